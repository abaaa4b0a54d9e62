// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code in strings
// Are the words of a page found where a reader meets them, and nothing else replaced?
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { phrasesOf, speaks, translateCode, translateMarkup } from '../../web/packaging/words.mjs';
import { plural } from '../../web/shared/translate.ts';
import { root } from '../house/tree.ts';

const by =
  (words: Record<string, string>) =>
  (phrase: string): string | undefined =>
    words[phrase];
const loud = (phrase: string): string => phrase.toUpperCase();
const found = (code: string): string[] => [...phrasesOf(code)].filter(speaks);

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

test('in code: markup in templates and what is marked, with holes in any order; nothing else', () => {
  const code = [
    "import { x } from 'a file';",
    "type Kind = 'a kind' | 'b';",
    "const a = 'Two words.', b = `Two ${c} words.`, o = { label: 'A label' }, f = whole('n', 'A field', 1);",
    'const s = translate(`${a} of ${b + translate(`in ${c} here`)}`);',
    "const w = translate('units'), t = css`a { content: 'Two words' }`;",
    'const m = html`<p title="A title" class="a class">Step ${k ? \'no word\' : translate(\'a word\')}</p>`;',
    "const n = svg`<text>${1} of ${2}</text>`, p = html`${'a file'}<code>x</code>`;",
  ].join('\n');
  assert.deepEqual(found(code), ['in {0} here', '{0} of {1}', 'units', 'a word', 'A title', 'Step {0}']);
  const said = translateCode(
    code,
    by({
      '{0} of {1}': '{1}: {0}',
      'in {0} here': 'hier {0}',
      units: 'Einheiten',
      'Step {0}': 'Schritt {0}',
      'Two words.': 'Zwei.',
      'A label': 'Ein Wort',
    }),
  ).split('\n');
  assert.equal(said.slice(0, 3).join('\n'), code.split('\n').slice(0, 3).join('\n'));
  assert.equal(said[3], 'const s = translate(`${b + translate(`hier ${c}`)}: ${a}`);');
  assert.equal(said[4], "const w = translate(`Einheiten`), t = css`a { content: 'Two words' }`;");
  assert.equal(
    said[5],
    'const m = html`<p title="A title" class="a class">Schritt ${k ? \'no word\' : translate(\'a word\')}</p>`;',
  );
  assert.equal(said[6], "const n = svg`<text>${2}: ${1}</text>`, p = html`${'a file'}<code>x</code>`;");
});

test('what cannot be known when the page is built is no sentence', () => {
  for (const code of ['translate(name)', "translate(a ? 'one' : 'two')", "translate('one' + 'two')", 'translate()'])
    assert.throws(
      () => translateCode(code, by({})),
      /^Error: translate\(.*\): expected a string or a template literal$/,
    );
});

test('a part that is glued to a sentence is refused', () => {
  for (const code of ["translate(' and more')", 'translate(`${n} of `)'])
    assert.throws(() => translateCode(code, by({})), /a blank at an end says that it is no whole sentence$/);
});

test('a language may have more forms of a plural than English', () => {
  const code = 'plural(n, { one: translate(`${n} file`), other: translate(`${n} files`) })';
  const polish = { few: '{0} pliki', many: '{0} plików', other: '{0} pliku' };
  const said = translateCode(code, (phrase) => ({ '{0} file': '{0} plik', '{0} files': polish })[phrase]);
  assert.deepEqual(
    [0, 1, 2].map((n) => plural(n, { one: `${n} file`, other: `${n} files` })),
    ['0 files', '1 file', '2 files'],
  );
  const rules = new Intl.PluralRules('pl');
  const inPolish = (n: number, forms: Record<string, string>): string | undefined => forms[rules.select(n)];
  const say = new Function('plural', 'translate', 'n', `return ${said}`);
  assert.deepEqual(
    [1, 2, 5, 22, 1.5].map((n) => say(inPolish, (text: string) => text, n)),
    ['1 plik', '2 pliki', '5 plików', '22 pliki', '1.5 pliku'],
  );
});

test('quotes, backslashes and braces of a translation stay text', () => {
  const said = translateCode(
    "const a = translate('two words'), b = translate(`${c} words`);",
    by({ 'two words': "it's \\ `x` ${y}\n", '{0} words': '`${z}` \\ {0}' }),
  );
  const run = new Function('translate', 'c', 'y', 'z', `${said} return [a, b];`);
  assert.deepEqual(
    run((text: string) => text, 3, 1, 2),
    ["it's \\ `x` ${y}\n", '`${z}` \\ 3'],
  );
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
    const before = [...phrasesOf(source, { markup })];
    assert.deepEqual(phrasesOf(said, { markup }), new Set(before.map(marked)), name);
  }
});
