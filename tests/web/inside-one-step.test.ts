/** The figures of the chapters "Inside one step" and "How it learns" must show what the text says about them. */

import assert from 'node:assert/strict';
import { forEachBrowser, serveSite, type Tab } from './harness.ts';

async function openStep(tab: Tab, chapter: string, step: number): Promise<void> {
  const { url } = await serveSite();
  await tab.open('about:blank');
  await tab.open(`${url}${chapter}.html#v=1&lesson=${step}`);
  await tab.until(
    (at: number) =>
      document.querySelectorAll('[data-step]')[at - 1]?.hasAttribute('data-current') &&
      !document.body.hasAttribute('data-busy'),
    step,
  );
}

/** The bars of the sum. */
const bars = (tab: Tab, count: number): Promise<void> =>
  tab.until(
    (wanted: number) =>
      document.querySelector('rnn-arithmetic')?.shadowRoot?.querySelectorAll('[data-term]').length === wanted,
    count,
  );

/** The fills of all cells of the picture, column by column, once its answer begins with this word. */
async function cells(tab: Tab, answer: string): Promise<string[]> {
  await tab.until((word: string) => {
    const said = document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.said');
    return said?.textContent?.startsWith(word);
  }, answer);
  return tab.evaluate(() =>
    [...(document.querySelector('rnn-unrolled')?.shadowRoot?.querySelectorAll('.cell') ?? [])].map(
      (cell) => cell.getAttribute('fill') ?? '',
    ),
  );
}

forEachBrowser(
  'lesson: an answered question adds the terms of W; a bar outlines where its number comes from',
  async (tab) => {
    await openStep(tab, 'inside-one-step', 2);
    await bars(tab, 2);
    const form = 'form[data-guess="unit-reads"]';
    await tab.click(`${form} input[value="one"]`);
    await tab.click(`${form} .button.main`);
    await bars(tab, 10);
    await tab.hover(await tab.middle('rnn-arithmetic >>> [data-term="4"] .bar'));
    await tab.until(() => {
      const { shadowRoot } = document.querySelector('rnn-unrolled') as Element;
      const [outline, cell] = ['rect.source', '[data-column="1"] [data-unit="3"]'].map((one) =>
        shadowRoot?.querySelector(one)?.getBoundingClientRect(),
      );
      return (
        outline &&
        cell &&
        Math.abs(outline.y + outline.height / 2 - cell.y - cell.height / 2) < 2 &&
        Math.abs(outline.x - cell.x) < 12
      );
    });
    /* the figure is as the answer says, too, when the reader comes back to it */
    await tab.click('#step-next');
    await tab.until(() => location.hash === '#v=1&lesson=3');
    await tab.click('#step-back');
    await tab.until(() => location.hash.includes('lesson=2'));
    await bars(tab, 10);
    assert.deepEqual(tab.problems, []);
  },
);

forEachBrowser('lesson: V turned round changes the answer and no cell of the picture', async (tab) => {
  await openStep(tab, 'inside-one-step', 5);
  const before = await cells(tab, 'yes');
  assert.equal(before.length, 80);
  const form = 'form[data-guess="turned"]';
  await tab.click(`${form} .actions button:nth-child(2)`);
  assert.deepEqual(await cells(tab, 'no'), before);
  await tab.until(() => document.querySelector('[data-answer] [data-show="answer"]')?.textContent?.startsWith('0.00'));
  assert.deepEqual(tab.problems, []);
});

/** The columns of the gradients that are not blank, from the right, as the pixels say; `W`: the sum. */
const filled = (tab: Tab): Promise<(number | 'W')[]> =>
  tab.evaluate(() => {
    const root = document.querySelector('#strips')?.shadowRoot;
    const sheet = root?.querySelector('.sheet')?.getBoundingClientRect();
    const canvas = root?.querySelector('canvas');
    const pixels = canvas?.getContext('2d', { willReadFrequently: true });
    if (!root || !sheet || !canvas || !pixels) return [];
    const scale = canvas.width / canvas.getBoundingClientRect().width;
    const colored = (box: DOMRect, top: number, height: number): boolean => {
      const { data } = pixels.getImageData(
        Math.round((box.left + box.width / 2 - sheet.left - 6) * scale),
        Math.round(top * scale),
        Math.round(12 * scale),
        Math.round(height * scale),
      );
      return data.some((value) => value !== 0);
    };
    const ticks = [...root.querySelectorAll('.sheet .tick')].filter((tick) => /^\d+$/.test(tick.textContent ?? ''));
    const found: (number | 'W')[] = ticks
      .filter((tick) => colored(tick.getBoundingClientRect(), 10, 60))
      .map((tick) => Number(tick.textContent))
      .reverse();
    const sum = root.querySelector('.name.w')?.getBoundingClientRect();
    if (sum && colored(sum, sum.bottom - sheet.top + 6, 20)) found.push('W');
    return found;
  });

forEachBrowser(
  'lesson: the gradients of an update appear from the last time step to the first, and their sum at the end',
  async (tab) => {
    await openStep(tab, 'how-it-learns', 2);
    await cells(tab, 'yes');
    await tab.until(() => !!document.querySelector('#strips')?.shadowRoot?.querySelector('canvas'));
    await tab.focus('#slow-range');
    const at = async (part: string, t: number, wanted: (number | 'W')[]): Promise<void> => {
      await tab.until(
        ([name, until]: [string, number]) =>
          document.querySelector('[data-part][aria-current]')?.matches(`[data-part="${name}"]`) &&
          document.querySelector<HTMLElementTagNameMap['rnn-backward']>('#strips')?.until === until,
        [part, t] as [string, number],
      );
      await tab.evaluate(
        () => document.querySelector<HTMLElementTagNameMap['rnn-backward']>('#strips')?.updateComplete,
      );
      assert.deepEqual(await filled(tab), wanted, `${part}, ${t}`);
    };
    for (let part = 0; part < 11; part++) await tab.press('ArrowRight');
    await at('loss', 11, []);
    await tab.press('ArrowRight');
    await at('backward', 10, [10]);
    await tab.press('ArrowRight');
    await tab.press('ArrowRight');
    await at('backward', 8, [10, 9, 8]);
    for (let part = 0; part < 7; part++) await tab.press('ArrowRight');
    await at('backward', 1, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    await tab.press('ArrowRight');
    await at('sum', 0, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 'W']);
    await tab.press('ArrowLeft');
    await at('backward', 1, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  },
);

forEachBrowser(
  'lesson: one update has a forward pass, a backward pass and a change of the weights, and no state is hidden in the backward pass',
  async (tab) => {
    await openStep(tab, 'how-it-learns', 2);
    const shown = (): Promise<number> =>
      tab.evaluate(() => document.querySelector('rnn-unrolled')?.shadowRoot?.querySelectorAll('.cell').length ?? 0);
    const acting = (part: string): Promise<void> =>
      tab.until(
        (name: string) => document.querySelector('[data-part][aria-current]')?.matches(`[data-part="${name}"]`),
        part,
      );
    await cells(tab, 'yes');
    await tab.click('#slow-next');
    await acting('forward');
    assert.deepEqual(await filled(tab), []);
    await tab.until(() => document.querySelector('rnn-unrolled')?.timestep === 1);
    await tab.focus('#slow-range');
    await tab.press('End');
    await acting('move');
    await tab.until(() =>
      /All 89 parameters change once/.test(document.querySelector('[data-part="move"]')?.textContent ?? ''),
    );
    await tab.until(() => document.querySelector('rnn-unrolled')?.highlight === 'weights');
    await tab.press('ArrowLeft');
    await acting('sum');
    await tab.until(() => document.querySelector('rnn-unrolled')?.highlight === 'W');
    for (let part = 0; part < 3; part++) await tab.press('ArrowLeft');
    await acting('backward');
    await tab.until(() => document.querySelector<HTMLElementTagNameMap['rnn-backward']>('#strips')?.timestep === 3);
    assert.equal(await shown(), 80);
    assert.deepEqual(tab.problems, []);
  },
);
