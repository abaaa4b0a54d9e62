/**
 * `<rnn-lengths>` and `<rnn-norms>` in their chapters: what a reader chooses there is in the address and in the words, and
 * a step that shows an untrained network keeps showing it.
 */

import assert from 'node:assert/strict';
import { formatNumber, scientific } from '../../web/shared/format.ts';
import { accuraciesAt, backwardAt } from '../lesson/many-seeds.ts';
import { chapter } from '../lesson/chapter.ts';
import { forEachBrowser, serveSite, type Tab } from './harness.ts';

const LENGTHS = '[data-when="lesson=4|5"] rnn-lengths';
const NORMS = '[data-when="lesson=1|2|6"] rnn-norms';

async function open(tab: Tab, address: string, figure: string): Promise<void> {
  const { url } = await serveSite();
  await tab.open(`${url}${address}`);
  await tab.until((one: string) => !!document.querySelector(one)?.shadowRoot?.querySelector('circle'), figure);
}

const says = (tab: Tab, figure: string, words: string): Promise<void> =>
  tab.until(
    (one: string, wanted: string) =>
      document.querySelector(one)?.shadowRoot?.querySelector('output')?.textContent?.includes(wanted),
    figure,
    words,
  );

forEachBrowser('lengths: a length is chosen with keys and in the chart, and is in the address', async (tab) => {
  const state = chapter('any-length').at(4);
  const [seven = 0, far = 0] = await accuraciesAt(state, [7, 1000]);
  const right = (share: number): string => `right on ${formatNumber(100 * share, 1)} % of 1,000 new sequences`;
  await open(tab, 'any-length.html#v=1&lesson=4', LENGTHS);
  await says(tab, LENGTHS, 'Reading 10 time steps, as in its training');
  await tab.focus(`${LENGTHS} >>> input`);
  await tab.press('ArrowLeft');
  await tab.press('ArrowLeft');
  await tab.press('ArrowLeft');
  await says(tab, LENGTHS, `Reading 7 time steps: ${right(seven)}`);
  await tab.until(() => location.hash === '#v=1&lesson=4&t=7&len=7');
  await tab.press('End');
  await says(tab, LENGTHS, `Reading 1,000 time steps: ${right(far)}`);
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('norms: the gain moves the gradient of an untrained network, and the slider reads it', async (tab) => {
  const state = chapter('vanishing-and-exploding').at(2);
  const first = async (gain: number): Promise<string> => {
    const { backward } = await backwardAt({ ...state, gain });
    return `t = 1: ${scientific(backward?.norms.dH[0] ?? Number.NaN, 2)}`;
  };
  await open(tab, 'vanishing-and-exploding.html#v=1&lesson=2&t=1', NORMS);
  await says(tab, NORMS, await first(1.5));
  await tab.click('section[data-current] rnn-handle[field="gain"] >>> .step');
  await tab.until(() => location.hash === '#v=1&lesson=2&gain=1.4&t=1');
  await says(tab, NORMS, await first(1.4));
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('norms: the curve behind is from before a change of this step, not from another step', async (tab) => {
  const state = chapter('vanishing-and-exploding').at(2);
  const last = async (gain: number): Promise<string> => {
    const { backward } = await backwardAt({ ...state, gain });
    return `t = 50: ${scientific(backward?.norms.dH[49] ?? Number.NaN, 2)}`;
  };
  const behind = (): Promise<boolean> =>
    tab.evaluate(
      (one: string) =>
        !!document.querySelector(one)?.shadowRoot?.querySelector('svg[viewBox][height] path.ghost + .curve'),
      NORMS,
    );
  await open(tab, 'vanishing-and-exploding.html#v=1&lesson=1', NORMS);
  await says(tab, NORMS, await last(1));
  await tab.click('#step-next');
  await says(tab, NORMS, await last(1.5));
  assert.equal(await behind(), false);
  await tab.click('section[data-current] rnn-handle[field="gain"] >>> .step');
  await says(tab, NORMS, await last(1.4));
  assert.equal(await behind(), true);
  await tab.click('#step-back');
  await says(tab, NORMS, await last(1));
  assert.equal(await behind(), false);
  assert.deepEqual(tab.problems, []);
});
