// The words of the pages, found in their sources and replaced when a page is built in another language:
// web/languages/README.md.
// A phrase is what a translator sees: `{0}` stands for an expression of the code, `<0>…</0>` for an element inside a
// sentence.
import { parseAst } from 'rolldown/parseAst';

/** Elements that stand inside a sentence; any other ends it. */
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
/** Not read: code is code in every language. */
const SILENT = new Set(['pre', 'script', 'style']);
const SPOKEN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'data-label',
  'label',
  'placeholder',
  'title',
]);
/** Of the state's tables: the second argument is what a field is called. */
const FIELDS = new Set(['whole', 'real', 'choice', 'flag']);

/** Looks like a name of the code: one small word, or signs. Only a place that says so makes it a word. */
const isName = (phrase) => !/\s/.test(phrase) && !/^\p{Lu}\p{Ll}|[.:;!?…]$/u.test(phrase);

const HOLE = /\ue000(\d+)\ue001/g;
const hole = (i) => `\ue000${i}\ue001`;
const squeezed = (text) => text.replace(/[ \t\r\n]+/g, ' ');
/** Is there anything to say? One letter is a symbol. */
export const speaks = (phrase) => /\p{L}{2}/u.test(phrase.replace(/<\/?\d+>|\{\d+\}|&[a-z]+;/g, ' '));

// ------------------------------------------------------------------------------------------------ markup

const TOKEN = /<!--[\s\S]*?-->|<!doctype[^>]*>|<\/?[a-z][\w-]*(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;

/** A tag whose spoken attributes are replaced. */
function spokenTag(tag, translate) {
  const meta = /^<meta\b/i.test(tag) && /name="description"/.test(tag);
  return tag.replace(/(\s)([\w-]+)="([^"]*)"/g, (whole, blank, name, value) => {
    if (!SPOKEN.has(name) && !(meta && name === 'content')) return whole;
    return `${blank}${name}="${phraseOf(value, translate, 'attribute')}"`;
  });
}

/** Text with holes through the catalogue; blanks around it stay. */
function phraseOf(text, translate, where) {
  const [, before, middle, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
  const holes = [];
  const key = squeezed(middle.replace(HOLE, (_, i) => `{${holes.push(i) - 1}}`));
  if (key === '') return text;
  const said = where === 'literal' && isName(key) && !/^“.*”$/.test(key) ? undefined : translate(key, where);
  return said === undefined ? text : before + said.replace(/\{(\d+)\}/g, (_, i) => hole(holes[i])) + after;
}

/** One sentence's worth of markup: text, inline elements, holes. */
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
  const said = phraseOf(key, translate, 'text');
  return said.replace(/<(\/?)(\d+)>/g, (_, end, i) => (end ? tags[i].close : spokenTag(tags[i].open, translate)));
}

/** Markup in other words. `translate(phrase, where)`: undefined leaves it as it is. */
export function translateMarkup(markup, translate) {
  let out = '';
  let tokens = [];
  let depth = 0; /* of inline elements */
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
      /* as it is; but words inside of code that are marked, and labels, are words */
      const marked = tokens.length > 0 && /data-words/.test(silent.last);
      out +=
        tokens.map(({ text }) => (marked ? phraseOf(text, translate, 'text') : text)).join('') +
        spokenTag(tag, translate);
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

const escaped = (text) =>
  text.replace(/\\/g, '\\\\').replace(/`/g, '\\`').replace(/\$\{/g, '\\${').replace(/\n/g, '\\n');
const quoted = (text) => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;

/** Is this literal a word by its place, though it looks like a name? */
function placed(node, parent) {
  if (parent?.type === 'CallExpression') {
    const name = parent.callee.name;
    if (name === 'translate' && parent.arguments.includes(node)) return true;
    return FIELDS.has(name) && parent.arguments[1] === node;
  }
  return parent?.type === 'Property' && parent.value === node && parent.key.name === 'label';
}

const isType = (node) =>
  node.type.startsWith('TS') &&
  !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSEnumDeclaration'].includes(node.type);

/**
 * Code in other words. `translate(phrase, where)`; `where`: 'text' and 'attribute' of markup, 'word' by its place,
 * 'literal' any other.
 */
export function translateCode(code, translate) {
  const edits = (node, parent) => {
    if (isType(node) || node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return [];
    if (node.type === 'Literal' && typeof node.value === 'string') {
      const said = phraseOf(node.value, translate, placed(node, parent) ? 'word' : 'literal');
      return said === node.value ? [] : [{ start: node.start, end: node.end, text: quoted(said) }];
    }
    if (node.type === 'TaggedTemplateExpression' && ['html', 'svg'].includes(node.tag.name))
      return template(node.quasi, true, parent);
    if (node.type === 'TaggedTemplateExpression' && node.tag.name === 'css') return [];
    if (node.type === 'TemplateLiteral') return template(node, false, parent);
    const named = node.type === 'Property' && !node.computed ? node.key : undefined;
    return children(node).flatMap((child) => (child === named ? [] : edits(child, node)));
  };
  const template = (node, markup, parent) => {
    const inner = node.expressions.map((expression) => rendered(expression, node));
    const text = node.quasis
      .map(({ value }, i) => (markup ? value.raw : value.cooked) + (i < inner.length ? hole(i) : ''))
      .join('');
    const said = markup
      ? translateMarkup(text, translate)
      : phraseOf(text, translate, placed(node, parent) ? 'word' : 'literal');
    if (said === text) return node.expressions.flatMap((expression) => edits(expression, node));
    const whole = `\`${(markup ? said : escaped(said)).replace(HOLE, (_, i) => `\${${inner[i]}}`)}\``;
    return [{ start: node.start, end: node.end, text: whole }];
  };
  const rendered = (node, parent) => applied(edits(node, parent), node.start, node.end);
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

/** Every phrase of a source, also those that say nothing (`speaks`), each with where it stands. */
export function phrasesOf(source, { markup = false } = {}) {
  const found = new Map();
  const note = (phrase, where) => {
    found.set(phrase, where);
    return undefined;
  };
  if (markup) translateMarkup(source, note);
  else translateCode(source, note);
  return found;
}
