// The lab must be accessible and fit in every state, theme and width (720 px are 1440 at twice the size), and silent
// for screen readers where it must be.
import assert from 'node:assert/strict';
import { forEachBrowser, type Tab } from './harness.ts';
import { openLab } from './pages.ts';
import { atRest, STATES, settled } from './states.ts';

const WIDTHS = [320, 390, 720, 768, 1440];

for (const [i, [name, address]] of STATES.entries())
  forEachBrowser(
    `lab: no accessibility fault in either theme, and nothing cut off at any width, ${name}`,
    async (tab) => {
      await openLab(tab, `#v=1${address}`);
      await settled(tab);
      assert.deepEqual(await tab.faults(), []);
      if (tab.browser === 'chromium') {
        await tab.page?.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
        await atRest(tab);
        assert.deepEqual(await tab.faults('dark'), [], 'dark');
      }
      for (const width of WIDTHS) {
        await tab.resize(width, 900);
        const { page, seen } = (await tab.evaluate(
          () =>
            new Promise((next) =>
              requestAnimationFrame(() =>
                requestAnimationFrame(() =>
                  next({ page: document.documentElement.scrollWidth, seen: document.documentElement.clientWidth }),
                ),
              ),
            ),
        )) as { page: number; seen: number };
        assert.ok(page <= seen, `${width} px: ${page} of ${seen}`);
      }
      assert.deepEqual(tab.problems, []);
    },
    {
      every: i % 3 > 0,
      without: { webkit: 'its window is no narrower than 500 px, and axe-core reads the same markup' },
    },
  );

/** The announcements of a screen reader, in order. */
const listenIn = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    const heard: string[] = [];
    (globalThis as unknown as { heard: string[] }).heard = heard;
    const watch = (scope: Document | ShadowRoot): void => {
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const live = element?.closest(
            '[aria-live]:not([aria-live=off]), [role=status], [role=alert], output:not([aria-live=off])',
          ) as HTMLElement | null;
          if (live && !live.hidden && live.textContent?.trim()) heard.push(live.textContent.trim());
        }
      }).observe(scope, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
        attributeFilter: ['hidden'],
      });
      for (const element of scope.querySelectorAll('*')) if (element.shadowRoot) watch(element.shadowRoot);
    };
    watch(document);
  }) as Promise<void>;

const heard = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0)) as Promise<string[]>;

forEachBrowser(
  'lab: nothing is announced while a handle is dragged, training is played or a slider speaks',
  async (tab) => {
    await openLab(tab, `#v=1&at=0&epochs=5&open=settings`);
    await settled(tab);
    await listenIn(tab);
    await tab.drag('rnn-handle[field=rate] >>> .number', { x: 60, y: 0 });
    await tab.until(() => /learning rate 0.01 →/.test(document.querySelector('#caption')?.textContent ?? ''));
    assert.deepEqual(await heard(tab), []);
    await tab.focus('rnn-training >>> input');
    await tab.press('Home');
    for (let i = 0; i < 5; i++) await tab.press('ArrowRight');
    await tab.until(
      () =>
        /batch 1 of 4/.test(document.querySelector('#place')?.textContent ?? '') ||
        /After 1 epoch and 1/.test(document.querySelector('#place')?.textContent ?? ''),
    );
    assert.deepEqual(await heard(tab), []);
    await tab.click('rnn-training >>> button.main');
    await tab.until(() => /^After 5 epochs/.test(document.querySelector('#place')?.textContent ?? ''));
    assert.deepEqual(await heard(tab), []);
    await tab.click('#many-run');
    await tab.until(() => /^100 runs in/.test(document.getElementById('many-state')?.textContent ?? ''));
    assert.equal((await heard(tab)).filter((words) => /runs/.test(words)).length, 1);
  },
);
