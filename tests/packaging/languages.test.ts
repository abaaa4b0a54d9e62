// Does each language have a translation for every phrase of the pages, and for nothing else?
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { catalogueFor, catalogueNames, catalogueOf, LANGUAGES } from '../../web/packaging/languages.mjs';
import { phrasesOf, speaks } from '../../web/packaging/words.mjs';
import { loadKind } from '../wasm/support.ts';
import { NOT_OFFERED } from '../../web/packaging/core-facts.mjs';
import { root } from '../house/tree.ts';

const web = join(root, 'web');
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(ts|html)$/.test(name) && !name.endsWith('.d.ts'),
);
const phrases = sources.flatMap((name) =>
  [...phrasesOf(readFileSync(join(web, name), 'utf8'), { markup: name.endsWith('.html') })].map((phrase) => ({
    file: name,
    catalogue: catalogueFor(join(web, name)),
    phrase,
  })),
);
const others = LANGUAGES.filter((language) => language !== 'en');

/** The parts of a phrase that its translation must contain, too: `{0}`, `<0>`, `</0>`. */
const held = (phrase: string): string[] => [...phrase.matchAll(/\{\d+\}|<\/?\d+>/g)].map(String).sort();
const said = (key: string): string => key.replace(/^[\w/-]+\.(ts|html): /, '');

test('there is another language', () => assert.ok(others.includes('de')));

for (const language of others) {
  const words = (name: string): Record<string, string> => catalogueOf(language, name);

  test(`${language}: every phrase has its words`, () => {
    const missing = phrases.filter(
      ({ file, catalogue, phrase }) =>
        speaks(phrase) &&
        !(phrase in words(catalogue)) &&
        !(`${file.split('/').slice(1).join('/')}: ${phrase}` in words(catalogue)),
    );
    assert.deepEqual(missing, []);
  });

  test(`${language}: no words for what no page says`, () => {
    const used = new Set(
      phrases.flatMap(({ file, catalogue, phrase }) => [
        `${catalogue}/${phrase}`,
        `${catalogue}/${file.split('/').slice(1).join('/')}: ${phrase}`,
      ]),
    );
    const idle = catalogueNames(language)
      .filter((name) => name !== 'core')
      .flatMap((name) => Object.keys(words(name)).map((key) => `${name}/${key}`))
      .filter((key) => !used.has(key) && key !== 'pages/English');
    assert.deepEqual(idle, []);
  });

  test(`${language}: a translation holds what its phrase holds, and none is empty`, () => {
    for (const name of catalogueNames(language))
      for (const [key, text] of Object.entries(words(name))) {
        assert.ok(text.trim() !== '' || /^\W+$/.test(key), `${name}: ${key}`);
        assert.deepEqual([...new Set(held(text))], [...new Set(held(said(key)))], `${name}: ${key}`);
        for (const [tag] of text.matchAll(/<\d+>/g))
          if (said(key).includes(tag.replace('<', '</')))
            assert.ok(text.indexOf(tag) < text.indexOf(tag.replace('<', '</')), `${name}: ${key}`);
      }
  });

  test(`${language}: a number stays on one line with its unit or percent sign`, () => {
    const parted = catalogueNames(language).flatMap((name) =>
      Object.values(words(name)).filter((text) => /[\d}>] (%|°C|MB|px|ms|s|m\/s)(?!\p{L})/u.test(text)),
    );
    assert.deepEqual(parted, []);
  });

  test(`${language}: what the core says of the tasks that pages offer has words, and nothing else has`, async () => {
    const engine = await loadKind('simd');
    const offered = Object.entries(await engine.taskTexts()).filter(([name]) => !NOT_OFFERED.includes(name));
    const sentences = [...new Set(offered.flatMap(([, text]) => Object.values(text)))];
    assert.deepEqual(Object.keys(words('core')).sort(), sentences.sort());
  });
}
