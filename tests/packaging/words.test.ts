// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code in strings
// Are the words of a page found where a reader meets them, and nothing else replaced?
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { phrasesOf, speaks, translateCode, translateMarkup, type Where } from '../../web/packaging/words.mjs';
import { root } from '../house/tree.ts';

const by =
  (words: Record<string, string>) =>
  (phrase: string): string | undefined =>
    words[phrase];
const loud = (phrase: string): string => phrase.toUpperCase();
const found = (code: string): [string, Where][] => [...phrasesOf(code)].filter(([phrase]) => speaks(phrase));

test('a sentence is one phrase, whatever stands inside of it', () => {
  const words = by({ 'Drag <0>me</0>, then <1></1>.': 'Dann <1></1>; <0>mich</0> zieh.' });
  assert.equal(
    translateMarkup('<p>Drag <b class="x">me</b>, then <i>\n</i>.</p>', by({})),
    '<p>Drag <b class="x">me</b>, then <i>\n</i>.</p>',
  );
  assert.equal(
    translateMarkup('<p>\n  Drag <b class="x">me</b>,\n  then <i></i>.\n</p>', words),
    '<p>\n  Dann <i></i>; <b class="x">mich</b> zieh.\n</p>',
  );
});

test('what is spoken is said, what is code is left', () => {
  const markup =
    '<button aria-label="next step" class="next step" title="Next step">Go on</button><pre>Go on</pre><!-- Go on -->';
  assert.equal(
    translateMarkup(markup, loud),
    '<button aria-label="NEXT STEP" class="next step" title="NEXT STEP">GO ON</button><pre>Go on</pre><!-- Go on -->',
  );
});

test('in code: sentences with holes in any order, markup, marked words and labels; no names, types, imports and keys', () => {
  const code = [
    "import { x } from 'a file';",
    "type Kind = 'a kind' | 'b';",
    'const s = `${a} of ${b + `in ${c} here`}`;',
    "const n = 'name', w = translate('units'), o = { 'a key': 1, label: 'seed' };",
    "const f = whole('n', 'sequences', 1);",
    'const m = html`<p title="A title">Step ${k}</p>`;',
  ].join('\n');
  assert.deepEqual(found(code), [
    ['in {0} here', 'literal'],
    ['{0} of {1}', 'literal'],
    ['units', 'word'],
    ['seed', 'word'],
    ['sequences', 'word'],
    ['A title', 'attribute'],
    ['Step {0}', 'text'],
  ]);
  const words = by({
    '{0} of {1}': '{1}: {0}',
    'in {0} here': 'hier {0}',
    units: 'Einheiten',
    'Step {0}': 'Schritt {0}',
  });
  const said = translateCode(code, words).split('\n');
  assert.equal(said[2], 'const s = `${b + `hier ${c}`}: ${a}`;');
  assert.equal(said[3], "const n = 'name', w = translate('Einheiten'), o = { 'a key': 1, label: 'seed' };");
  assert.equal(said[5], 'const m = html`<p title="A title">Schritt ${k}</p>`;');
});

test('quotes, backslashes and braces of a translation stay text', () => {
  const said = translateCode(
    "const a = 'two words', b = `${c} words`;",
    by({ 'two words': "it's \\ `x` ${y}", '{0} words': '`${z}` \\ {0}' }),
  );
  const run = new Function('c', 'y', 'z', `${said} return [a, b];`);
  assert.deepEqual(run(3, 1, 2), ["it's \\ `x` ${y}", '`${z}` \\ 3']);
});

test('every phrase of the page can be replaced, and stays the phrase it was', () => {
  const files = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(ts|html)$/.test(name),
  );
  assert.ok(files.length > 100);
  const marked = (phrase: string): string => `«${phrase} »`;
  for (const name of files) {
    const source = readFileSync(join(root, 'web', name), 'utf8');
    const markup = name.endsWith('.html');
    const said = markup ? translateMarkup(source, marked) : translateCode(source, marked);
    const before = [...phrasesOf(source, { markup }).keys()];
    assert.deepEqual(new Set(phrasesOf(said, { markup }).keys()), new Set(before.map(marked)), name);
  }
});
