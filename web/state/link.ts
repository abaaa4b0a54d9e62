/** The fields that a link holds, however it was copied. Chats, mails and word processors encode links a second time, write `&amp;` for `&`, begin
 *  them with a capital, move them into the query, and leave the sentence around them at their end. No legal value holds any of the characters that
 *  are decoded or removed here: the numbers of own data are base64url. */

/** Nobody sees them; a copied line break or a direction mark is among them. */
const INVISIBLE = /\u00ad|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u2064]|\ufeff|[\r\n\t]/g;
const AMPERSANDS = /&(?:(?:amp|#38|#x26);)+/gi;
const QUOTES = /&(?:quot|lt|gt|apos|nbsp|#\d+|#x[\da-f]+);/gi;
/** A word processor's minus signs and hyphens. */
const DASHES = /[\u2010\u2011\u2013\u2212]/g;

/** What a sentence puts around a link. */
const AROUND = ' "\'<>()[]{}«»“”„‘’‚‹›`*|\\,;:.!?…\u00a0&#';

/** What others append to links, to follow their readers. */
const TRACKING = /^(utm_\w+|(?:fb|g|d|ms|y|tw|tt)clid|[gw]braid|li_fat_id|igshid?|mc_[ce]id|mkt_tok|srsltid|_ga|_gl|_hs\w+|ref|ref_src|si)$/;

/** Bytes that are no text stay as they are. */
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

/** As often as it was encoded; each turn makes it shorter. */
function plain(text: string): string {
  let [before, after] = ['', text];
  for (let turns = 0; turns < 6 && before !== after; turns++) {
    before = after;
    after = decoded(before.replace(AMPERSANDS, '&'));
  }
  return after.replace(INVISIBLE, '').replace(QUOTES, '"').replace(DASHES, '-');
}

/** Without what stands around it. Not a regular expression: one would take quadratic time on a hostile text. */
function trimmed(text: string, atEnd = false): string {
  let [from, to] = [0, text.length];
  while (!atEnd && from < to && AROUND.includes(text[from] as string)) from++;
  while (to > from && AROUND.includes(text[to - 1] as string)) to--;
  return text.slice(from, to);
}

/** What follows the link in a text: `](…` of Markdown, `|…` of a chat, `">…` of a page, and words that hold no field. */
function ended(text: string): string {
  const end = text.search(/\]\(|[|"]/);
  const first = end < 0 ? text : text.slice(0, end);
  const space = /[^\s,&=]\s+[^\s\d&=]/.exec(first);
  return space && !first.slice(space.index + 1).includes('=') ? first.slice(0, space.index + 1) : first;
}

/** Of a hash or a query. A place in a page (`#network`) has none. */
function fieldsIn(part: string): URLSearchParams {
  const fields = new URLSearchParams();
  const text = trimmed(ended(trimmed(plain(part))));
  if (!text.includes('=')) return fields;
  for (const pair of text.replace(/:~:.*$/s, '').split(/[&?#]/)) {
    const at = pair.includes('=') ? pair.indexOf('=') : pair.length;
    const key = pair.slice(0, at).trim().replace(/^[/!]+/, '').toLowerCase();
    if (key !== '' && !TRACKING.test(key)) fields.append(key, trimmed(pair.slice(at + 1).trim(), true));
  }
  return fields;
}

const isState = (fields: URLSearchParams): boolean => fields.has('v') || fields.has('view');

interface Parts {
  query: URLSearchParams;
  hash: URLSearchParams;
}

/** An ampersand that is written `&#38;` begins no hash. */
function partsOf(link: string): Parts {
  const text = link.replace(AMPERSANDS, '&').replace(QUOTES, '"');
  const hash = text.indexOf('#');
  const query = text.slice(0, hash < 0 ? undefined : hash);
  return { query: fieldsIn(query.includes('?') ? query.slice(query.indexOf('?')) : ''), hash: fieldsIn(hash < 0 ? '' : text.slice(hash)) };
}

/** The fields of a whole link, of its hash, of its query, or of `v=1&…` alone. The hash wins. */
export function fieldsOf(link: string): URLSearchParams {
  const text = link.includes('=') && /[#?]/.test(link) ? link : plain(link);
  if (!/[#?]/.test(text)) return fieldsIn(text);
  const { query, hash } = partsOf(text);
  return isState(hash) || !isState(query) ? hash : query;
}

/** Is the page's state in its query? A version alone may be the server's, of its files. */
const isQueried = (query: URLSearchParams, keys: Iterable<string>): boolean => query.get('v') === '1' || [...keys, 'lang'].some((key) => query.has(key));

/** Where a page finds its state, as a hash; a hash that is a place in the page stays as it is. `keys`: those that the page knows. */
export function pageHash({ hash, search }: Pick<Location, 'hash' | 'search'>, keys: Iterable<string>): string {
  const parts = partsOf(search + hash);
  if (!isState(parts.hash) && isQueried(parts.query, keys)) return `#${parts.query}`;
  return [...parts.hash.keys()].length > 0 ? `#${parts.hash}` : hash;
}

/** The page's query without the state, which a reload would read again. */
export function queryBeside(search: string, keys: Iterable<string>): string {
  if (!isQueried(partsOf(search).query, keys)) return search;
  const others = search
    .slice(1)
    .replace(AMPERSANDS, '&')
    .split('&')
    .filter((pair) => pair !== '' && [...fieldsIn(pair).keys()].length === 0);
  return others.length > 0 ? `?${others.join('&')}` : '';
}
