// Is the lab accessible, and does it fit, in every state, theme and width (720 px are 1440 at twice the size)? Is it silent where it must be?
import assert from 'node:assert/strict';
import { forEachBrowser, serveSite, type Tab } from './harness.ts';

/** Each shows something that the others do not. */
const STATES: readonly (readonly [name: string, address: string])[] = [
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
  ['a hostile address', '&units=abc&task=%3Cscript%3E&x=1:1e99&zzz=1'],
];

const settled = async (tab: Tab): Promise<void> => {
  await tab.until(() => (document.querySelector('#place')?.textContent ?? '') !== '' || !document.getElementById('needed')?.hidden);
  /* everything that folds stands open, and every figure has been in sight */
  await tab.evaluate(async () => {
    for (const more of document.querySelectorAll<HTMLDetailsElement>('main details')) more.open = true;
    for (const figure of document.querySelectorAll('main section, rnn-arithmetic, rnn-backward')) {
      figure.scrollIntoView({ behavior: 'instant' });
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    }
    scrollTo(0, 0);
  });
};

const WIDTHS = [320, 390, 720, 768, 1440];

forEachBrowser(
  'lab: no accessibility fault in any state and theme, and nothing cut off at any width',
  async (tab) => {
    const site = await serveSite();
    try {
      for (const [name, address] of STATES) {
        await tab.open('about:blank');
        await tab.open(`${site.url}lab.html#v=1${address}`);
        await settled(tab);
        assert.deepEqual(await tab.faults(), [], name);
        if (tab.browser === 'chromium') {
          await tab.page?.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
          assert.deepEqual(await tab.faults(), [], `${name}, dark`);
          await tab.page?.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
        }
        for (const width of WIDTHS) {
          await tab.resize(width, 900);
          const { page, seen } = (await tab.evaluate(
            () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(() => next({ page: document.documentElement.scrollWidth, seen: document.documentElement.clientWidth })))),
          )) as { page: number; seen: number };
          assert.ok(page <= seen, `${name}, ${width} px: ${page} of ${seen}`);
        }
        await tab.resize(1280, 900);
      }
      assert.deepEqual(tab.problems, []);
    } finally {
      await site.close();
    }
  },
  { without: { webkit: 'its window is no narrower than 500 px, and axe-core reads the same markup' } },
);

/** What a screen reader would be told unasked, in order. */
const listenIn = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    const heard: string[] = [];
    (globalThis as unknown as { heard: string[] }).heard = heard;
    const watch = (scope: Document | ShadowRoot): void => {
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const live = element?.closest('[aria-live]:not([aria-live=off]), [role=status], [role=alert], output:not([aria-live=off])') as HTMLElement | null;
          if (live && !live.hidden && live.textContent?.trim()) heard.push(live.textContent.trim());
        }
      }).observe(scope, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['hidden'] });
      for (const element of scope.querySelectorAll('*')) if (element.shadowRoot) watch(element.shadowRoot);
    };
    watch(document);
  }) as Promise<void>;

const heard = (tab: Tab): Promise<string[]> => tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0)) as Promise<string[]>;

forEachBrowser('lab: nothing is said unasked while a handle is dragged, a training is played or a slider speaks', async (tab) => {
  const site = await serveSite();
  try {
    await tab.open(`${site.url}lab.html#v=1&at=0&epochs=5`);
    await settled(tab);
    await listenIn(tab);
    await tab.drag('rnn-handle[field=rate] >>> .number', { x: 60, y: 0 });
    await tab.until(() => /learning rate 0.01 →/.test(document.querySelector('#caption')?.textContent ?? ''));
    assert.deepEqual(await heard(tab), []);
    await tab.focus('rnn-training >>> input');
    await tab.press('Home');
    for (let i = 0; i < 5; i++) await tab.press('ArrowRight');
    await tab.until(() => /batch 1 of 4/.test(document.querySelector('#place')?.textContent ?? '') || /After 1 epoch and 1/.test(document.querySelector('#place')?.textContent ?? ''));
    assert.deepEqual(await heard(tab), []);
    await tab.evaluate(() => document.querySelector('rnn-training')?.dispatchEvent(new CustomEvent('rnn-training', { detail: { action: 'toggle' } })));
    await tab.until(() => /^After 5 epochs/.test(document.querySelector('#place')?.textContent ?? ''));
    assert.deepEqual(await heard(tab), []);
    await tab.evaluate(() => document.getElementById('many-run')?.click());
    await tab.until(() => /^100 runs in/.test(document.getElementById('many-state')?.textContent ?? ''));
    assert.equal((await heard(tab)).filter((words) => /runs/.test(words)).length, 1);
  } finally {
    await site.close();
  }
});
