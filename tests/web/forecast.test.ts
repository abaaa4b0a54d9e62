/**
 * `<rnn-forecast>` in its chapter: a day is chosen with keys and in the chart, its days are in the network, and a changed
 * number has a forecast.
 */

import assert from 'node:assert/strict';
import { formatNumber } from '../../web/shared/format.ts';
import { chapter, forecasts } from '../lesson/chapter.ts';
import { forEachBrowser, type Tab } from './harness.ts';
import { openChapter } from './pages.ts';

const FIGURE = '[data-when="lesson=3"]';
const NETWORK = 'rnn-unrolled';

const says = (tab: Tab, wanted: string): Promise<void> =>
  tab.until(
    (one: string, words: string) =>
      document
        .querySelector(`rnn-forecast${one}`)
        ?.shadowRoot?.querySelector('output')
        ?.textContent?.replace(/\u00a0/g, ' ')
        .includes(words),
    FIGURE,
    wanted,
  );

/** The temperature of the last day that the network reads, and its answer. */
const reads = (tab: Tab, last: string, answer: string): Promise<void> =>
  tab.until(
    (network: string, temperature: string, said: string) => {
      const root = document.querySelector(network)?.shadowRoot;
      const values = [...(root?.querySelectorAll('.value') ?? [])].map(({ textContent }) => textContent?.trim());
      return values[6] === temperature && root?.querySelector('.said')?.textContent?.includes(said);
    },
    NETWORK,
    last,
    answer,
  );

forEachBrowser(
  'forecast: a day is chosen with keys and in the chart, and the network reads the days before it',
  async (tab) => {
    const state = chapter('tomorrows-temperature').at(3);
    const { actual, network } = await forecasts(state);
    const day = state.sample - state.samples;
    const degrees = (values: Float64Array, index: number): string => `${formatNumber(values[index] as number, 1)} °C`;
    await openChapter(tab, 'tomorrows-temperature', '#v=1&lesson=3');
    await says(tab, `18 November 2013: it was ${degrees(actual, day)}.`);
    await reads(tab, formatNumber(actual[day - 1] as number, 1), degrees(network, day));
    await tab.focus(`rnn-forecast${FIGURE} >>> input`);
    await tab.press('ArrowLeft');
    await says(tab, `17 November 2013: it was ${degrees(actual, day - 1)}.`);
    await says(tab, `the network ${degrees(network, day - 1)}.`);
    await reads(tab, formatNumber(actual[day - 2] as number, 1), degrees(network, day - 1));
    await tab.until((sample: string) => location.hash.includes(`sample=${sample}`), String(state.sample - 1));
    await tab.click(`rnn-forecast${FIGURE} >>> .plot svg`);
    await tab.until(() => !location.hash.includes('sample=1743'));
    assert.deepEqual(tab.problems, []);
  },
);

forEachBrowser('forecast: less wind on the last day, and the forecast rises beside the old one', async (tab) => {
  await openChapter(tab, 'tomorrows-temperature', '#v=1&lesson=3');
  await reads(tab, '15.6', '8.7 °C');
  await tab.focus(`${NETWORK} >>> [data-input="20"]`);
  await tab.press('PageDown');
  await tab.press('PageDown');
  await says(tab, 'With the changed numbers the network says');
  /* the two figures are drawn one after the other */
  await tab.until((network: string) => {
    const root = document.querySelector(network)?.shadowRoot;
    const [before = Number.NaN, after = Number.NaN] = ['.note', '.said'].map((part) =>
      Number(
        [...(root?.querySelectorAll(part) ?? [])]
          .map(({ textContent }) => /(−?[\d.]+) °C/.exec(textContent ?? '')?.[1])
          .find(Boolean)
          ?.replace('−', '-'),
      ),
    );
    return before === 8.7 && after > 9;
  }, NETWORK);
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('forecast: data that are not there are told in a chapter, whichever figure asks', async (tab) => {
  const told = (words: string): Promise<void> =>
    tab.until((wanted: string) => document.querySelector('#notices')?.textContent?.includes(wanted), words);
  await openChapter(tab, 'tomorrows-temperature', '#v=1&lesson=4&columns=9');
  await told('columns=9 cannot be read');
  /* this chapter has no figure of the table, only the network */
  await openChapter(tab, 'one-cell', '#v=1&lesson=1&task=series&period=1999');
  await told('The table is too short for 500 sequences of 10 days before 1999');
  await openChapter(tab, 'tomorrows-temperature', '#v=1&lesson=3&len=3');
  await told('time steps read: 3 does not fit the other settings; 0 is used.');
  await openChapter(tab, 'tomorrows-temperature', '#v=1&lesson=2&task=first');
  await told('This figure needs a table over time');
});
