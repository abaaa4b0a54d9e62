/**
 * `<rnn-timing>` in its chapter: times appear with the guess and are measured again, multiplications follow the units, and a
 * figure whose measurement was given up measures when it is seen again. No test says how long anything takes.
 */

import assert from 'node:assert/strict';
import { readingsOf } from '../../web/figures/timing/readings.ts';
import { grouped } from '../../web/shared/format.ts';
import { chapter, timing } from '../lesson/chapter.ts';
import { forEachBrowser, type Tab } from './harness.ts';
import { openChapter } from './pages.ts';

const SEEN = (subject: string): string => `rnn-timing[shows="${subject}"]`;

/** Waits until a figure that is visible says what was measured. */
const measured = (tab: Tab, subject: string): Promise<void> =>
  tab.until(
    (one: string) =>
      [...document.querySelectorAll(one)].some(
        (figure) =>
          figure.checkVisibility() &&
          !figure.hasAttribute('data-outdated') &&
          figure.shadowRoot?.querySelector('output')?.textContent?.includes('Measured in your browser just now'),
      ),
    SEEN(subject),
  );

forEachBrowser('timing: the times appear with the guess, and are measured again', async (tab) => {
  await openChapter(tab, 'slow', '#v=1&lesson=1');
  await tab.until((one: string) => document.querySelector(one)?.shadowRoot?.querySelector('.chain'), SEEN('chains'));
  const shown = await tab.evaluate(
    (one: string) => document.querySelector(one)?.shadowRoot?.querySelector('figure')?.textContent ?? '',
    SEEN('chains'),
  );
  assert.match(shown, /10 sequences of 100 steps/);
  assert.doesNotMatch(shown, /\d\s*ms|Measure/);
  await tab.click('[data-current] form[data-guess] input[value=tenth]');
  await tab.click('[data-current] form[data-guess] .actions .main');
  await measured(tab, 'chains');
  const timed = `${SEEN('chains')}:not([untimed])`;
  await tab.evaluate((one: string) => {
    const figure = document.querySelector<HTMLElement & { readings: unknown }>(one);
    Object.assign(window, { before: figure?.readings });
  }, timed);
  await tab.click(`${timed} >>> button`);
  await tab.until((one: string) => {
    const figure = document.querySelector<HTMLElement & { readings: unknown }>(one);
    return figure?.readings !== (window as unknown as { before: unknown }).before;
  }, timed);
  await measured(tab, 'chains');
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('timing: one unit more, and the multiplications are those of the larger network', async (tab) => {
  await openChapter(tab, 'slow', '#v=1&lesson=3');
  await tab.click('[data-current] form[data-guess] .actions .button:not(.main)');
  await measured(tab, 'multiplications');
  await tab.focus('[data-current] rnn-handle[field=units] >>> [role=slider]');
  await tab.press('ArrowUp');
  await tab.until(() => /&units=\d+/.test(location.hash));
  const units = Number(await tab.evaluate(() => /&units=(\d+)/.exec(location.hash)?.[1]));
  assert.ok(units > 32, String(units));
  const state = { ...chapter('slow').at(3), units };
  const readings = await timing(state, readingsOf('multiplications', state.steps), false);
  for (const { multiplications } of readings ?? [])
    await tab.until(
      (one: string, words: string) =>
        document.querySelector(one)?.shadowRoot?.querySelector('figure')?.textContent?.includes(words),
      SEEN('multiplications'),
      `= ${grouped(multiplications.all)}`,
    );
  await measured(tab, 'multiplications');
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('timing: a figure that was left while it measured measures when it is seen again', async (tab) => {
  await openChapter(tab, 'slow', '#v=1&lesson=2');
  /* its script is there, so the request is on its way */
  await tab.until((one: string) => document.querySelector(one)?.matches(':defined'), SEEN('lengths'));
  await tab.click('#steps ol li:nth-child(5) a');
  await measured(tab, 'chains');
  await tab.click('#steps ol li:nth-child(2) a');
  await measured(tab, 'lengths');
  assert.deepEqual(tab.problems, []);
});
