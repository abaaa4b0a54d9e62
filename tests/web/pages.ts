// How tests open the lab and the notebook, bring data and walk through time.
import { pageName } from '../../web/packaging/lesson.mjs';
import { serveSite, type Tab } from './harness.ts';

/**
 * Opens the lab at an address and waits until it shows a moment, or says which data it needs. `folder`: of a language,
 * as in `de/`.
 */
export async function openLab(tab: Tab, address = '', folder = ''): Promise<void> {
  const { url } = await serveSite();
  await tab.open('about:blank'); /* an address that differs in its hash alone would be no load */
  await tab.open(`${url}${folder}lab.html${address}`);
  await tab.until(
    () =>
      (document.querySelector('#place')?.textContent ?? '') !== '' ||
      document.getElementById('needed')?.hidden === false,
  );
}

/** Opens the notebook at an address and waits until the output of its training begins. */
export async function openNotebook(tab: Tab, address = '#v=1', folder = ''): Promise<void> {
  const { url } = await serveSite();
  await tab.open('about:blank');
  await tab.open(`${url}${folder}notebook.html${address}`);
  await tab.until(() => (document.querySelector('#log')?.textContent ?? '') !== '');
}

/**
 * Scrolls through the page, so that each figure is there: its script is loaded, and its numbers are asked for, only
 * once it comes near the screen.
 */
export async function scrollThrough(tab: Tab): Promise<void> {
  await tab.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
      scrollTo(0, y);
      for (let frame = 0; frame < 3; frame++) await new Promise((next) => requestAnimationFrame(next));
    }
  });
  await tab.until(() => {
    const scope = document.querySelector('rnn-figure')?.shadowRoot ?? document;
    const loading = [...scope.querySelectorAll<HTMLElement>('.reserved:not(:defined)')];
    return loading.every((figure) => !figure.checkVisibility());
  });
}

/** Opens a folded part of the page. It uses keys, because the parts above it may still move. */
export async function unfold(tab: Tab, details: string): Promise<void> {
  if (await tab.evaluate((selector) => document.querySelector<HTMLDetailsElement>(selector)?.open, details)) return;
  await tab.focus(`${details} > summary`);
  await tab.press('Enter');
  await tab.until((selector: string) => document.querySelector<HTMLDetailsElement>(selector)?.open, details);
}

/** Pastes data into the field of the lab that takes them. */
export async function pasteData(tab: Tab, text: string): Promise<void> {
  await unfold(tab, '#bring');
  await tab.paste('#bring-text', text);
}

/** Opens the panel of the reader's data at one of its doors, and pastes a table or a text. */
export async function throughDoor(tab: Tab, door: 'series' | 'text', text: string): Promise<void> {
  await unfold(tab, '#bring');
  await tab.click(`#bring [value=${door}]`);
  await tab.paste('#bring-text', text);
  await tab.until(() => !document.getElementById('bring-preview')?.hidden);
}

/** Walks from one time step to a later one, by keys in the network. */
export async function walkTo(tab: Tab, from: number, to: number): Promise<void> {
  await tab.middle('rnn-network');
  await tab.focus('rnn-network >>> .plot');
  for (let t = from + 1; t <= to; t++) {
    await tab.press('ArrowRight');
    await tab.until(
      (step) => (document.querySelector('rnn-network') as unknown as { timestep: number }).timestep === step,
      t,
    );
  }
}

/** Opens a chapter of the lesson at an address and waits until one of its steps is shown. */
export async function openChapter(tab: Tab, name: string, address = ''): Promise<void> {
  const { url } = await serveSite();
  await tab.open('about:blank');
  await tab.open(`${url}${pageName(name)}.html${address}`);
  await tab.until(() => document.body?.hasAttribute('data-stepped'));
}
