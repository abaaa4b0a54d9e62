// Finds the words of the pages in their sources, and replaces them when a page is built in another language
// (web/languages/README.md). Words are in three places: the pages' HTML, html`…` and svg`…` in the code, and the first
// argument of translate(…).
// A phrase is the text that a translator sees. In it, `{0}` is an expression of the code, and `<0>…</0>` an element
// inside a sentence.
import { parseAst } from 'rolldown/parseAst';

/** Elements inside a sentence. Any other element ends the sentence. */
const INLINE = new Set([
  'a',
  'b',
  'br',
  'code',
  'em',
  'i',
  'kbd',
  'rnn-handle',
  'rnn-symbol',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'tspan',
  'var',
]);
/** Elements that are not translated, because code is the same in every language. */
const SILENT = new Set(['pre', 'script', 'style']);
const SPOKEN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'data-label',
  'data-left-heading',
  'data-picture',
  'data-right-heading',
  'label',
  'no',
  'placeholder',
  'title',
  'yes',
]);

const HOLE = /\ue000(\d+)\ue001/g;
const hole = (i) => `\ue000${i}\ue001`;
const squeezed = (text) => text.replace(/[ \t\r\n]+/g, ' ');
/** True if a phrase contains words. A single letter is a symbol. */
export const speaks = (phrase) => /\p{L}{2}/u.test(phrase.replace(/<\/?\d+>|\{\d+\}|&[a-z]+;/g, ' '));

// ------------------------------------------------------------------------------------------------ markup

const TOKEN = /<!--[\s\S]*?-->|<!doctype[^>]*>|<\/?[a-z][\w-]*(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;

/** A tag with its attributes for screen readers and tooltips translated. */
function spokenTag(tag, translate) {
  const meta = /^<meta\b/i.test(tag) && /name="description"/.test(tag);
  return tag.replace(/(\s)([\w-]+)="([^"]*)"/g, (whole, blank, name, value) => {
    if (!SPOKEN.has(name) && !(meta && name === 'content')) return whole;
    return `${blank}${name}="${phraseOf(value, translate)}"`;
  });
}

/** The white space around a text, its phrase, and its expressions in their order. */
function parsed(text) {
  const [, before, middle, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
  const holes = [];
  const phrase = squeezed(middle.replace(HOLE, (_, i) => `{${holes.push(i) - 1}}`));
  const filled = (said) => before + said.replace(/\{(\d+)\}/g, (_, i) => hole(holes[i])) + after;
  return { phrase, filled };
}

/** Translates a text with expressions. The white space around it stays. */
function phraseOf(text, translate) {
  const { phrase, filled } = parsed(text);
  const said = phrase === '' ? undefined : translate(phrase);
  return said === undefined ? text : filled(said);
}

/** The catalogue's forms of a plural, { few: …, many: …, other: … }. Undefined if it has one text only. */
function pluralForms(text, translate) {
  const { phrase, filled } = parsed(text);
  const forms = translate(phrase);
  if (typeof forms !== 'object') return undefined;
  return Object.fromEntries(Object.entries(forms).map(([form, said]) => [form, filled(said)]));
}

/** Translates the markup of one sentence: text, inline elements and expressions. */
function run(tokens, translate) {
  const tags = [];
  const open = [];
  let key = '';
  for (const { tag, text } of tokens) {
    if (text !== undefined) key += text;
    else if (tag.startsWith('</')) {
      const i = open.pop();
      tags[i].close = tag;
      key += `</${i}>`;
    } else {
      const i = tags.push({ open: tag }) - 1;
      if (!/^<br\b|\/>$/i.test(tag)) open.push(i);
      key += `<${i}>`;
    }
  }
  const said = phraseOf(key, translate);
  return said.replace(/<(\/?)(\d+)>/g, (_, end, i) => (end ? tags[i].close : spokenTag(tags[i].open, translate)));
}

/** Translates markup. If `translate(phrase)` returns undefined, the phrase stays as it is. */
export function translateMarkup(markup, translate) {
  let out = '';
  let tokens = [];
  let depth = 0; /* The depth of inline elements. */
  let silent;
  const end = () => {
    out += run(tokens, translate);
    tokens = [];
    depth = 0;
  };
  let at = 0;
  for (const { 0: tag, index } of markup.matchAll(TOKEN)) {
    if (index > at) tokens.push({ text: markup.slice(at, index) });
    at = index + tag.length;
    const name = /^<\/?([a-z][\w-]*)/i.exec(tag)?.[1]?.toLowerCase();
    if (silent) {
      /* Code stays as it is, except the labels and the marked words in it. */
      const marked = tokens.length > 0 && /data-words/.test(silent.last);
      out += tokens.map(({ text }) => (marked ? phraseOf(text, translate) : text)).join('') + spokenTag(tag, translate);
      tokens = [];
      silent.last = tag;
      if (tag.startsWith('</') && name === silent.name) silent = undefined;
    } else if (name && INLINE.has(name) && (!tag.startsWith('</') || depth > 0)) {
      if (!/^<br\b|\/>$/i.test(tag)) depth += tag.startsWith('</') ? -1 : 1;
      tokens.push({ tag });
    } else {
      end();
      out += spokenTag(tag, translate);
      if (name && SILENT.has(name) && !tag.startsWith('</')) silent = { name, last: tag };
    }
  }
  if (at < markup.length) tokens.push({ text: markup.slice(at) });
  end();
  return out;
}

// ------------------------------------------------------------------------------------------------ code

const children = (node) =>
  Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value) => value && typeof value === 'object' && typeof value.type === 'string');

const isMark = (node) => node.type === 'CallExpression' && node.callee.name === 'translate';
const isMarkup = (node) => node.type === 'TaggedTemplateExpression' && /^(html|svg)$/.test(node.tag.name);

/** A template literal with code for each expression. */
const literal = (text, holes) => `\`${text.replace(HOLE, (_, i) => `\${${holes[i]}}`)}\``;
const escaped = (text) => text.replace(/[\\`]|\$\{/g, '\\$&');

/**
 * Translates code: the markup inside html`…` and svg`…`, and the first argument of translate(…). Everything else stays
 * as it is.
 */
export function translateCode(code, translate) {
  const edits = (node) => {
    if (isMarkup(node)) return markup(node);
    if (isMark(node)) return marked(node.arguments[0]);
    if (node.type === 'Property' && node.key.name === 'other' && isMark(node.value)) return forms(node);
    return children(node).flatMap(edits);
  };
  const edited = (node) => applied(edits(node), node.start, node.end);
  /** The text with numbered expressions, and the code of each expression. */
  const parts = ({ quasis, expressions }, form) => ({
    text: quasis.map(({ value }, i) => value[form] + (i < expressions.length ? hole(i) : '')).join(''),
    holes: expressions.map(edited),
  });
  const markup = (node) => {
    const { text, holes } = parts(node.quasi, 'raw');
    const said = translateMarkup(text, translate);
    if (said === text) return node.quasi.expressions.flatMap(edits);
    return [{ start: node.quasi.start, end: node.quasi.end, text: literal(said, holes) }];
  };
  const words = (node) => {
    if (node?.type === 'TemplateLiteral') return parts(node, 'cooked');
    if (typeof node?.value === 'string') return { text: node.value, holes: [] };
    throw new Error(
      `translate(${node ? code.slice(node.start, node.end) : ''}): expected a string or a template literal`,
    );
  };
  const marked = (node) => {
    const { text, holes } = words(node);
    if (text.trim() !== text)
      throw new Error(`translate('${text}'): a blank at an end says that it is no whole sentence`);
    const said = phraseOf(text, translate);
    if (said === text) return children(node).flatMap(edits);
    return [{ start: node.start, end: node.end, text: literal(escaped(said), holes) }];
  };
  /** Adds forms to plural(count, { one: translate(…), other: translate(…) }) for a language that has more of them. */
  const forms = (node) => {
    const { text, holes } = words(node.value.arguments[0]);
    const all = pluralForms(text, translate);
    if (!all) return marked(node.value.arguments[0]);
    const said = Object.entries(all).map(([form, phrase]) => `${form}: ${literal(escaped(phrase), holes)}`);
    return [{ start: node.start, end: node.end, text: said.join(', ') }];
  };
  const applied = (list, from, to) => {
    let out = '';
    let at = from;
    for (const { start, end, text } of list.sort((a, b) => a.start - b.start)) {
      out += code.slice(at, start) + text;
      at = end;
    }
    return out + code.slice(at, to);
  };
  return applied(edits(parseAst(code, { lang: 'ts' })), 0, code.length);
}

/** Every phrase of a source, also those without words (`speaks`). */
export function phrasesOf(source, { markup = false } = {}) {
  const found = new Set();
  const note = (phrase) => void found.add(phrase);
  if (markup) translateMarkup(source, note);
  else translateCode(source, note);
  return found;
}
