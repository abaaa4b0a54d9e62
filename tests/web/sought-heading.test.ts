// Links that name a heading of the lab, as the plans for teachers do: the lab opens there, and stays there while the
// figures above are loaded and drawn.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forEachBrowser, root, serveSite, type Tab } from './harness.ts';

/**
 * Until the figures on the screen are loaded and drawn, and the engine has nothing to do. `rnn-many` draws nothing
 * before its 100 runs, and the parts of an update are there from the beginning.
 */
const settled = (tab: Tab): Promise<void> =>
  tab.until(() => {
    const near = (element: Element): boolean => {
      const { top, bottom } = element.getBoundingClientRect();
      return element.checkVisibility() && bottom > 0 && top < innerHeight;
    };
    return (
      !document.querySelector('.not-running') &&
      !document.body.hasAttribute('data-busy') &&
      ![...document.querySelectorAll('.reserved:not(rnn-many, #slowly)')].some(near)
    );
  });

interface Place {
  /** The share of the screen that is above the heading. */
  share: number;
  heading: string;
  focused: boolean;
  address: string;
  notices: string;
}

const placeOf = (tab: Tab, name: string): Promise<Place> =>
  tab.evaluate((name: string) => {
    const heading = document.getElementById(`${name}-title`) as HTMLElement;
    return {
      share: heading.getBoundingClientRect().top / innerHeight,
      heading: heading.textContent ?? '',
      focused: document.activeElement === heading,
      address: location.href,
      notices: document.getElementById('notices')?.textContent ?? '',
    };
  }, name);

const UPPER = 0.5;

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const)
  forEachBrowser(
    `sought heading: ${width} pixels: each link of the plans and questions opens the lab at its heading`,
    async (tab) => {
      const { url } = await serveSite();
      await tab.open(`${url}teachers.html`);
      const links = await tab.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLAnchorElement>(
            '[id^=plan-] a[href*="lab.html#"], .question > p a[href*="lab.html#"]',
          ),
        ].map(({ href, textContent }) => [href, textContent ?? ''] as const),
      );
      assert.ok(links.length > 40, String(links.length));
      for (const [href, text] of new Map(links)) {
        const name = /&to=([a-z]+)$/.exec(href)?.[1];
        assert.ok(name, href);
        await tab.open('about:blank');
        await tab.open(href);
        await settled(tab);
        const { share, heading, focused, address, notices } = await placeOf(tab, name);
        assert.equal(heading, text, href);
        assert.ok(share >= 0 && share < UPPER, `${href}: ${share}`);
        assert.ok(focused, href);
        assert.equal(address, href.replace(/&to=.*/, ''));
        assert.equal(notices, '', href);
      }
      assert.deepEqual(tab.problems, []);
    },
    { width, height },
  );

forEachBrowser('sought heading: it is left with the first key, and a later link leads to another one', async (tab) => {
  const { url } = await serveSite();
  await tab.open(`${url}lab.html#v=1&at=0&to=data`);
  await tab.until(() => document.activeElement?.id === 'data-title');
  await settled(tab);
  const top = (): Promise<number> => tab.evaluate(() => scrollY);
  const begun = await top();
  await tab.press('Home');
  /* figures that come into view while the browser scrolls may change their height, and end it before the top */
  await tab.until(async (before: number) => {
    const there = scrollY;
    for (let frames = 0; frames < 12; frames++) await new Promise(requestAnimationFrame);
    return scrollY === there && there < before / 2;
  }, begun);
  const left = await top();
  await tab.evaluate(async () => {
    document.body.append(Object.assign(document.createElement('p'), { textContent: 'The page becomes higher.' }));
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
  });
  assert.equal(await top(), left);
  await tab.evaluate(() => {
    location.hash = '#v=1&at=40&to=Backward';
  });
  await tab.until(() => document.activeElement?.id === 'backward-title');
  await settled(tab);
  const { share, address, notices } = await placeOf(tab, 'backward');
  assert.ok(share >= 0 && share < UPPER, String(share));
  assert.equal(address, `${url}lab.html#v=1&at=40`);
  assert.equal(notices, '');
});

forEachBrowser('sought heading: one that is not there is named, and the page opens at its beginning', async (tab) => {
  const { url } = await serveSite();
  await tab.open(`${url}lab.html?v=1&at=40&to=nowhere`);
  await settled(tab);
  const { share, address, notices } = await placeOf(tab, 'entrance');
  assert.ok(share >= 0 && share < UPPER, String(share));
  assert.equal(address, `${url}lab.html#v=1&at=40`);
  assert.match(notices, /^heading: “nowhere” is not one of entrance, settings, training, .*; entrance is used\.$/);
});

forEachBrowser('sought heading: the one file opens the lab at it, too, whatever it showed before', async (tab) => {
  const file = pathToFileURL(join(root, process.env.DIST ?? 'dist', 'unrolled.html')).href;
  const at = (name: string): Promise<unknown> =>
    tab.until((name: string) => {
      const focused = document.querySelector('rnn-figure')?.shadowRoot?.activeElement;
      const top = focused?.getBoundingClientRect().top ?? -1;
      return focused?.id === `${name}-title` && top >= 0 && top < innerHeight / 2;
    }, name);
  await tab.open(`${file}#view=lab&v=1&at=0&to=training`);
  await at('training');
  assert.match(await tab.evaluate(() => location.hash), /^#view=lab&v=1&at=0$/);
  for (const hash of ['#view=lesson', '#view=lab&v=1&at=40&to=data', '#view=lab&v=1&at=40&to=predict'] as const) {
    await tab.evaluate((hash: string) => {
      location.hash = hash;
    }, hash);
    if (hash.includes('to=')) await at(hash.replace(/.*to=/, ''));
    else await tab.until(() => document.querySelector('rnn-figure')?.shadowRoot?.querySelector('.chapter'));
  }
  await tab.evaluate(() => {
    location.hash = '#view=lab&v=1&at=40&to=nowhere';
  });
  await tab.until(() =>
    /“nowhere” is not one of/.test(document.querySelector('rnn-figure')?.shadowRoot?.textContent ?? ''),
  );
  assert.deepEqual(tab.problems, []);
});
