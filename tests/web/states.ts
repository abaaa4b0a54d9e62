// States of the lab that tests visit.
import type { Tab } from './harness.ts';

/** Each state shows something that the others do not. */
export const STATES: readonly (readonly [name: string, address: string])[] = [
  ['first', ''],
  ['before the first update, folded', '&at=0&fold=1'],
  ['gru, two layers, a gate', '&cell=gru&layers=2&gate=2&unit=3&t=4'],
  ['lstm, the path of its state', '&cell=lstm&gate=4&unit=2'],
  ['classes', '&task=order&steps=20&at=40'],
  ['numbers, many features', '&task=adding&steps=12'],
  ['a target at every step', '&task=echo&cell=gru'],
  ['what if', '&x=3:0.9&w=5:1.5&cut=state&reset=4'],
  ['another length', '&len=20'],
  ['a question', '&q=term&cell=lstm'],
  ['compared', '&compare=rate&than=0.1'],
  ['many seeds', '&many=1&epochs=3'],
  ['the batch’s mean, slowly', '&at=9&mean=1&slow=14'],
  ['diverged', '&activation=relu&optimizer=sgd&rate=1000'],
  ['offered', '&units=256&steps=100&n=2000&epochs=1000'],
  ['changed data', '&d=0:0.5_2048:1'],
  ['curves by batch, held back', '&by=1&split=0.2'],
  ['wide', '&units=128&steps=100&epochs=1'],
  ['data that are not here', '&task=own&own=60x12x2b-0123456789abcdef'],
  ['weights that are not here', '&file=0123456789abcdef'],
  ['a hostile address', '&units=abc&task=%3Cscript%3E&x=1:1e99&zzz=1'],
];

/** Makes every figure visible once. */
const lookedAt = (tab: Tab): Promise<void> =>
  tab.evaluate(async () => {
    for (const figure of document.querySelectorAll('main section, rnn-arithmetic, rnn-backward')) {
      figure.scrollIntoView({ behavior: 'instant' });
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    }
    scrollTo(0, 0);
  }) as Promise<void>;

/** Waits until the lab has opened, answered and drawn everything. */
export const settled = async (tab: Tab): Promise<void> => {
  await tab.until(
    () => (document.querySelector('#place')?.textContent ?? '') !== '' || !document.getElementById('needed')?.hidden,
  );
  await tab.evaluate(() => {
    for (const more of document.querySelectorAll<HTMLDetailsElement>('main details')) more.open = true;
  });
  /* A figure that becomes visible for the first time asks for its numbers. Figures out of view keep the height that
   * they had when last visible. */
  for (let looks = 0; looks < 2; looks++) {
    await lookedAt(tab);
    await atRest(tab);
  }
};

/**
 * Waits until everything has been answered and drawn. It waits for several frames, because an answer may cause another
 * request, and a drawing another one.
 */
export const atRest = (tab: Tab): Promise<void> =>
  tab.until(async () => {
    for (let frames = 0; frames < 4; frames++) {
      await new Promise((next) => requestAnimationFrame(next));
      if (document.body.hasAttribute('data-busy')) return false;
    }
    return true;
  });
