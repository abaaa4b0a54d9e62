/** In the notebook's prose, a word of the glossary has its tooltip where each section first uses it. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GLOSSARY, type GlossaryName } from '../../web/symbols/lesson-words.ts';
import { root } from '../house/tree.ts';

const page = readFileSync(join(root, 'web/pages/notebook.html'), 'utf8');
const sections = page.slice(page.indexOf('<main'), page.indexOf('</main>')).split(/(?=<h[23][ >])/);

/** Marks around the text of a word that has a tooltip. */
const [OPEN, CLOSE] = ['\u0001', '\u0002'];

/** The prose of a section. Code, formulas, links and the words of buttons and empty outputs are no prose. */
const proseOf = (section: string): string =>
  [...section.matchAll(/<(p|li|dd)\b(?![^>]*class="(?:cell-empty|caption|notice|badge|formula))[^>]*>[\s\S]*?<\/\1>/g)]
    .map(([paragraph]) => paragraph.replace(/<(code|pre|a|button)\b[\s\S]*?<\/\1>/g, ' '))
    .join(' ')
    .replace(/\s+/g, ' ');

/** The prose, with marks around the words whose tooltip explains this term. */
const marked = (prose: string, term: string): string =>
  prose
    .replace(/<rnn-symbol term="(\w+)">(.*?)<\/rnn-symbol>/g, (_, of: string, word: string) =>
      of === term ? OPEN + word + CLOSE : word,
    )
    .replace(/<[^>]+>/g, '');

/** The notebook's own cells have the name of an RNN's cell. The page's lead says RNN in full, and marks the short form. */
const AMBIGUOUS: readonly GlossaryName[] = ['cell', 'rnn'];

for (const section of sections) {
  const heading = /<h[123][^>]*>(.*?)<\/h[123]>/.exec(section)?.[1] ?? '';
  test(`notebook: ${heading}: each word of the glossary has its tooltip at its first use`, () => {
    const prose = proseOf(section);
    for (const [term, { name }] of Object.entries(GLOSSARY)) {
      if (AMBIGUOUS.includes(term as GlossaryName)) continue;
      const text = marked(prose, term);
      const first = new RegExp(`\\b${name}(?:s|es)?\\b`, 'i').exec(text);
      if (first)
        assert.equal(
          text[first.index - 1],
          OPEN,
          `${name}: “${text.slice(Math.max(0, first.index - 40), first.index + 40)}”`,
        );
    }
  });
}

test('notebook: the tooltips explain words of the glossary', () => {
  const terms = [...page.matchAll(/<rnn-symbol term="(\w+)">/g)].map(([, term]) => term as string);
  assert.ok(terms.length > 50);
  for (const term of terms) assert.ok(Object.hasOwn(GLOSSARY, term), term);
});
