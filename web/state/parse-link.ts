/**
 * The fields that a link holds, however it was copied. Chats, mails and word processors encode links a second time,
 * write `&amp;` for `&`, begin them with a capital, move them into the query, and leave the sentence around them at
 * their end. No legal value holds any of the characters that are decoded or removed here: the numbers of own data are
 * base64url.
 */

import { nearestOf } from './nearest.ts';

/**
 * Invisible characters, such as soft hyphens and direction marks, and Markdown's backslashes are not part of a value.
 */
const INVISIBLE = /\u00ad|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u2064]|\ufeff|\\/g;
const AMPERSANDS = /&(?:(?:amp|#38|#x26);)+/gi;
const NUMERIC = /&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi;
const QUOTES = /&(?:quot|lt|gt|apos|nbsp);/gi;
/** Minus signs and hyphens of word processors. */
const DASHES = /[\u2010\u2011\u2013\u2212]/g;
export const plainDashes = (text: string): string => text.replace(DASHES, '-');
/** ASCII letters in full width. */
const WIDE = /[\uff01-\uff5e]/g;

/**
 * Characters that a sentence may put around a link: punctuation of any script, and letters of scripts that write no
 * spaces.
 */
const AROUND = /[\s<>|`~^=]|(?![%@_-])\p{P}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Parameters that others append to links to track readers. */
const TRACKING =
  /^(utm_\w+|(?:fb|g|d|ms|y|tw|tt)clid|[gw]braid|li_fat_id|igshid?|mc_[ce]id|mkt_tok|srsltid|_ga|_gl|_hs\w+|ref|ref_src|si)$/;

/** Decodes a text. Bytes that are no text stay as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
      try {
        return decodeURIComponent(bytes);
      } catch {
        return bytes;
      }
    });
  }
}

/** The character that an HTML number stands for. */
const characterOf = (whole: string, hex?: string, decimal?: string): string => {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
};

/** Decodes repeatedly. It ends, because each turn makes the text shorter. */
function decodedFully(text: string): string {
  let [before, after] = ['', text];
  for (let turns = 0; turns < 6 && before !== after; turns++) {
    before = after;
    after = decoded(before.replace(AMPERSANDS, '&').replace(NUMERIC, characterOf));
  }
  const narrow = (wide: string): string => String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
  return plainDashes(after.replace(INVISIBLE, '').replace(QUOTES, '"').replace(WIDE, narrow));
}

/** Removes what surrounds a link. A regular expression would take quadratic time on a hostile text. */
function unwrapped(text: string, atEnd = false): string {
  let [from, to] = [0, text.length];
  while (!atEnd && from < to && (AROUND.test(text[from] as string) || text[from] === '_')) from++;
  while (to > from && AROUND.test(text[to - 1] as string)) to--;
  return text.slice(from, to);
}

/**
 * Joins a link that was broken into lines, between two fields or within one. The marks of quoted lines go with the
 * break.
 */
function joined(text: string): string {
  const [first = '', ...others] = text.split(/[\r\n][\s>]*/);
  return others.reduce((before, line) => {
    const isWhole = before
      .slice(Math.max(before.lastIndexOf('&'), before.lastIndexOf('#'), before.lastIndexOf('?')) + 1)
      .includes('=');
    return before + (isWhole && /^[a-z]+=/i.test(line) ? '&' : '') + line;
  }, first);
}

/** Removes what follows a link: `](…` of Markdown, `|…` of a chat, `">…` of a page, and words that hold no field. */
function ended(text: string): string {
  const end = text.search(/\]\(|[|"“”„«»]/);
  const quoted = end < 0 ? text : text.slice(0, end);
  const tag = quoted.search(/[<>]/);
  const first = tag < 0 || /&\w+=/.test(quoted.slice(tag)) ? quoted : quoted.slice(0, tag);
  const space = /[^\s,&=]\s+[^\s\d&=]/.exec(first);
  return space && !first.slice(space.index + 1).includes('=') ? first.slice(0, space.index + 1) : first;
}

/** Reads a space as an ampersand if a line was broken there. */
const spaced = (text: string): string => text.replace(/(^|[&?#])([a-z]+=[^\s&=]+)[^\S\r\n]+(?=[a-z]+=)/gi, '$1$2&');

/** Removes the end of emphasis (`_…_`) from values that cannot end with it; base64url can. */
function valueOf(key: string, text: string): string {
  const value = unwrapped(text.trim(), true);
  return key === 'csv' ? value : unwrapped(value.replace(/_{1,3}$/, ''), true);
}

/** The fields of a hash or a query. The id of an element (`#network`) has none. */
function fieldsIn(part: string): URLSearchParams {
  const fields = new URLSearchParams();
  const text = unwrapped(ended(spaced(joined(unwrapped(decodedFully(part))))));
  if (!text.includes('=')) return fields;
  for (const pair of text.replace(/:~:.*$/s, '').split(/[&?#]/)) {
    const at = pair.includes('=') ? pair.indexOf('=') : pair.length;
    const key = pair
      .slice(0, at)
      .trim()
      .replace(/^[/!]+|\s/g, '')
      .toLowerCase();
    if (key !== '' && !TRACKING.test(key)) fields.append(key, valueOf(key, pair.slice(at + 1)));
  }
  return fields;
}

/** True if these fields describe a state, correctly or not. */
export const isState = (fields: URLSearchParams): boolean => fields.has('v') || fields.has('view');

interface Parts {
  query: URLSearchParams;
  hash: URLSearchParams;
}

/** The ampersand in `&#38;` does not begin a hash. */
function partsOf(link: string): Parts {
  const text = link.replace(AMPERSANDS, '&').replace(NUMERIC, characterOf).replace(QUOTES, '"');
  const hash = text.indexOf('#');
  const query = text.slice(0, hash < 0 ? undefined : hash);
  return {
    query: fieldsIn(query.includes('?') ? query.slice(query.indexOf('?')) : ''),
    hash: fieldsIn(hash < 0 ? '' : text.slice(hash)),
  };
}

/** The fields of a whole link, of its hash, of its query, or of `v=1&…` alone. The hash has priority. */
export function fieldsOf(link: string): URLSearchParams {
  const text = link.includes('=') && /[#?]/.test(link) ? link : decodedFully(link);
  if (!/[#?]/.test(text)) return fieldsIn(text);
  const { query, hash } = partsOf(text);
  return isState(hash) || !isState(query) ? hash : query;
}

/** True if the query holds the state. A version alone may be the server's, for its files. */
function isQueried(query: URLSearchParams, keys: readonly string[]): boolean {
  if (query.get('v') === '1' || (query.has('view') && keys.includes('view'))) return true;
  return query.has('v') && keys.some((key) => query.has(key));
}

type Address = Pick<Location, 'hash' | 'search'>;

/**
 * The page's state as a hash; the id of an element stays as it is. `keys`: those that the page knows. From a query,
 * which may hold foreign parameters, only these and misspelled ones are taken.
 */
export function pageHash({ hash, search }: Address, keys: readonly string[]): string {
  const parts = partsOf(search + hash);
  if (!isState(parts.hash) && isQueried(parts.query, keys)) {
    const own = [...parts.query].filter(([key]) => key === 'v' || key === 'lang' || nearestOf(keys, key) !== undefined);
    return `#${new URLSearchParams(own)}`;
  }
  return [...parts.hash.keys()].length > 0 ? `#${parts.hash}` : hash;
}

/** The language that an address asks for, with or without a state. */
export function languageIn({ hash, search }: Address): string | undefined {
  const parts = partsOf(search + hash);
  return (parts.hash.get('lang') ?? parts.query.get('lang'))?.toLowerCase();
}

/** The query without the state, which a reload would otherwise read again. Foreign parameters stay. */
export function queryWithoutState(search: string, keys: readonly string[]): string {
  const { query } = partsOf(search);
  const own = isQueried(query, keys) ? [...keys, 'v', 'view', 'lang'] : ['lang'];
  if (!own.some((key) => query.has(key))) return search;
  const others = search
    .slice(1)
    .replace(AMPERSANDS, '&')
    .split('&')
    .flatMap((pair) => {
      const fields = [...fieldsIn(pair)];
      if (!fields.some(([key]) => own.includes(key))) return pair === '' ? [] : [pair];
      return fields.filter(([key]) => !own.includes(key)).map((field) => String(new URLSearchParams([field])));
    });
  return others.length > 0 ? `?${others.join('&')}` : '';
}
