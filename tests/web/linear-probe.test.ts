/**
 * `<rnn-linear-probe>` in its chapter: a number is chosen with keys and in the chart and is in the address, the guess shows
 * the network after training beside the one before, and data without new sequences are measured on those of the training.
 */

import assert from 'node:assert/strict';
import { chapter } from '../lesson/chapter.ts';
import { probedAt } from '../lesson/many-seeds.ts';
import { forEachBrowser, type Tab } from './harness.ts';
import { openChapter } from './pages.ts';

const FIGURE = '[data-when="lesson=2|3|6"]';
const page = chapter('what-it-remembers');
const shown = (value = Number.NaN): string => value.toFixed(2).replace('-', '−');

const says = (tab: Tab, words: string): Promise<void> =>
  tab.until(
    (one: string, wanted: string) =>
      document.querySelector(`rnn-linear-probe${one}`)?.shadowRoot?.querySelector('output')?.textContent === wanted,
    FIGURE,
    words,
  );

const bars = (tab: Tab, kind: string): Promise<number> =>
  tab.evaluate(
    (one: string, name: string) =>
      document.querySelector(`rnn-linear-probe${one}`)?.shadowRoot?.querySelectorAll(`rect.${name}`).length ?? 0,
    FIGURE,
    kind,
  );

forEachBrowser('linear probe: the guess trains the network, and the old bars stay as outlines', async (tab) => {
  await openChapter(tab, 'what-it-remembers', '#v=1&lesson=2');
  const before = await probedAt(page.at(2));
  const after = await probedAt(page.at(2, 'at=-1'));
  await says(tab, `The first number: R² is ${shown(before.r2[0])} before training.`);
  assert.deepEqual([await bars(tab, 'bar'), await bars(tab, 'ghost')], [20, 0]);
  await tab.click('[data-current] form[data-guess] .actions .button:not(.main)');
  await says(
    tab,
    `The first number: R² is ${shown(after.r2[0])}. Before training it was ${shown(after.untrained[0])}.`,
  );
  const positive = after.r2.filter((value) => (value ?? 0) > 0).length;
  assert.deepEqual([await bars(tab, 'bar'), await bars(tab, 'ghost')], [positive, 20]);
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('linear probe: a number is chosen with keys and in the chart, and is in the address', async (tab) => {
  await openChapter(tab, 'what-it-remembers', '#v=1&lesson=3');
  const { r2, untrained } = await probedAt(page.at(3));
  const told = (t: number, which: string): string =>
    `${which}: R² is ${shown(r2[t - 1])}. Before training it was ${shown(untrained[t - 1])}.`;
  await says(tab, told(1, 'The first number'));
  await tab.focus(`rnn-linear-probe${FIGURE} >>> input`);
  await tab.press('ArrowRight');
  await says(tab, told(2, 'The number 18 steps before the last'));
  await tab.until(() => location.hash === '#v=1&lesson=3&t=2');
  await tab.press('End');
  await says(tab, told(20, 'The last number'));
  /* the middle of the chart */
  await tab.click(`rnn-linear-probe${FIGURE} >>> .plot svg`);
  await tab.until(() => /&t=1[01]$/.test(location.hash));
  await tab.until(
    (one: string) =>
      /^The number (9|10) steps before the last: /.test(
        document.querySelector(`rnn-linear-probe${one}`)?.shadowRoot?.querySelector('output')?.textContent ?? '',
      ),
    FIGURE,
  );
  /* the table has what the chart shows */
  const rows = await tab.evaluate(
    (one: string) =>
      [
        ...(document.querySelector(`rnn-linear-probe${one}`)?.shadowRoot?.querySelectorAll<HTMLElement>('tbody tr') ??
          []),
      ].map((row) => [...row.children].map((cell) => cell.textContent)),
    FIGURE,
  );
  assert.deepEqual(
    rows,
    r2.map((value, i) => [String(19 - i), shown(value), shown(untrained[i])]),
  );
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('linear probe: a text has no new sequences, so its own are halved', async (tab) => {
  await openChapter(tab, 'what-it-remembers', '#v=1&lesson=3&task=text');
  /* 88 words in windows of 20 and one more */
  await tab.until(
    (one: string) =>
      document
        .querySelector(`rnn-linear-probe${one}`)
        ?.shadowRoot?.querySelector('figcaption')
        ?.textContent?.includes('It was fitted on 34 sequences and measured on 34 others.'),
    FIGURE,
  );
  assert.deepEqual(tab.problems, []);
});
