/**
 * The page must scroll where a reader scrolls: by wheel over a focused field, and by a finger that starts on a figure.
 * A tap must still choose.
 */

import assert from 'node:assert/strict';
import { forEachBrowser, type Point, serveSite, type Tab } from './harness.ts';
import { openLab } from './pages.ts';

const LAB = 'lab.html#v=1&steps=50&cell=lstm&x=3:0.9&w=5:1.5&cut=state&epochs=5&at=9';
/** The elements to touch, with their page, and whether a tap there chooses something. */
const FIGURES: readonly (readonly [page: string, selector: string, tapped: boolean])[] = [
  ['notebook.html#v=1', '#accuracy >>> .touch', true],
  ['notebook.html#v=1', '#compare >>> rnn-curves >>> .touch', true],
  ['notebook.html#v=1', '#scatter >>> .touch', false],
  ['notebook.html#v=1', '#scatter >>> input[type=range]', true],
  ['notebook.html#v=1', '.first rnn-handle >>> .number', false],
  [LAB, '#metric >>> .touch', true],
  [LAB, '#training >>> input[type=range]', true],
  [LAB, '#data >>> svg', true],
  [LAB, '#figure >>> canvas.cells', false],
  [LAB, '#figure >>> .whole', true],
  [LAB, '#arithmetic >>> .fall svg', true],
  [LAB, '#backward >>> .frame', true],
];

const EVENTS = [
  'rnn-cursor',
  'rnn-seek',
  'rnn-timestep',
  'rnn-unit',
  'rnn-change',
  'rnn-sample',
  'rnn-term',
  'rnn-input',
  'rnn-weight',
  'rnn-seed',
  'rnn-layer',
];

/** The events of figures since the last call. */
const heard = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0));

const listen = (tab: Tab): Promise<void> =>
  tab.evaluate((names) => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    for (const name of names)
      addEventListener(name, (event) => heard.push(`${name} ${JSON.stringify((event as CustomEvent).detail)}`));
  }, EVENTS);

const ready = (tab: Tab): Promise<void> =>
  tab.until(() => {
    const places = ['#place', '#compare', '#network-caption'].map((selector) => document.querySelector(selector));
    return (
      places.some((place) => place && (place.textContent ?? '') !== '') ||
      (places[1] as unknown as { left?: { series: unknown[] } } | null)?.left?.series.length
    );
  });

/** A finger that touches a page in motion stops it, and chooses nothing. */
const stoppedGliding = (tab: Tab): Promise<void> =>
  tab.evaluate(async () => {
    for (let last = Number.NaN, still = 0; still < 6; ) {
      await new Promise((next) => requestAnimationFrame(next));
      still = scrollY === last ? still + 1 : 0;
      last = scrollY;
    }
  });

async function swipe(tab: Tab, from: Point, by: number, sideways = false): Promise<void> {
  const { page } = tab;
  assert.ok(page);
  await page.touchscreen.touchStart(from.x, from.y);
  for (let moved = 5; moved <= by; moved += 5)
    await page.touchscreen.touchMove(from.x - (sideways ? moved : 0), from.y - (sideways ? 0 : moved));
  await page.touchscreen.touchEnd();
}

forEachBrowser(
  'a finger that scrolls over a figure changes nothing; a tap chooses',
  async (tab) => {
    const site = await serveSite();
    for (const page of ['notebook.html#v=1', LAB]) {
      await tab.open(site.url + page);
      await ready(tab);
      await listen(tab);
      for (const [, selector, tapped] of FIGURES.filter(([at]) => at === page)) {
        await tab.middle(selector.split(' >>> ')[0] as string); /* a figure draws once it is visible */
        await tab.until(
          (at: string) =>
            at
              .split('>>>')
              .reduce<Element | null | undefined>(
                (scope, part, i) => ((i ? scope?.shadowRoot : document) ?? undefined)?.querySelector(part.trim()),
                undefined,
              )
              ?.getClientRects().length,
          selector,
        );
        const { x, y } = await tab.middle(selector);
        await heard(tab);
        const before = await tab.evaluate(() => scrollY);
        await swipe(tab, { x, y }, 150);
        await tab.until((place: number) => scrollY > place + 50, before);
        assert.deepEqual(
          (await heard(tab)).filter((told) => !/rnn-cursor \{"chosen":false\}/.test(told)),
          [],
          `${selector}: a swipe`,
        );
        if (!tapped) continue;
        await stoppedGliding(tab);
        const at = await tab.middle(selector);
        await tab.page?.touchscreen.tap(at.x + 20, at.y + (selector.includes('input') ? 0 : 6));
        await tab.until(
          (_selector: string) => (globalThis as unknown as { heard: string[] }).heard.length > 0,
          selector,
        );
        if (!selector.includes('.whole')) continue;
        await heard(tab);
        await swipe(tab, await tab.middle(selector), 60, true);
        assert.ok(
          (await heard(tab)).some((told) => told.startsWith('rnn-timestep')),
          `${selector}: pulled sideways`,
        );
      }
    }
    assert.deepEqual(tab.problems, []);
  },
  {
    width: 390,
    height: 700,
    touch: true,
    without: { firefox: 'its driver has no touch screen here', webkit: 'its driver has no touch screen here' },
  },
);

forEachBrowser(
  'the wheel over a field in focus scrolls, and changes no number',
  async (tab) => {
    const site = await serveSite();
    for (const page of ['notebook.html#v=1', LAB]) {
      await tab.open('about:blank');
      await tab.open(site.url + page);
      await ready(tab);
      await tab.evaluate(() => {
        const roots = (scope: Document | ShadowRoot): (Document | ShadowRoot)[] => [
          scope,
          ...[...scope.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
        ];
        for (const more of roots(document).flatMap((scope) => [...scope.querySelectorAll('details')])) more.open = true;
        Object.assign(globalThis, {
          fields: () =>
            roots(document)
              .flatMap((scope) => [...scope.querySelectorAll('input[type=number], input[type=range], rnn-handle')])
              .filter((field) => field.checkVisibility()),
        });
      });
      const count = await tab.evaluate(() => (globalThis as unknown as { fields(): Element[] }).fields().length);
      assert.ok(count > 5);
      for (let index = 0; index < count; index++) {
        const handle = await tab.evaluate((at) => {
          const number = (globalThis as unknown as { fields(): HTMLElement[] })
            .fields()
            [at]?.shadowRoot?.querySelector<HTMLElement>('.number');
          number?.focus();
          return !!number;
        }, index);
        if (handle) await tab.press('Enter');
        const place = await tab.evaluate((at) => {
          const host = (globalThis as unknown as { fields(): HTMLElement[] }).fields()[at] as HTMLElement;
          const field = host.localName === 'rnn-handle' ? host.shadowRoot?.querySelector('input') : host;
          if (!field) return undefined;
          field.scrollIntoView({ block: 'center', behavior: 'instant' });
          field.focus({ preventScroll: true });
          Object.assign(globalThis, { field });
          /* the page, or a panel that scrolls by itself */
          const scrolled = (): number => {
            let sum = 0;
            for (
              let at: Element | null | undefined = field;
              at;
              at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host
            )
              sum += at.scrollTop;
            return sum;
          };
          Object.assign(globalThis, { scrolled });
          const { x, y, width, height } = field.getBoundingClientRect();
          return {
            ...{ x: x + width / 2, y: y + height / 2, value: (field as HTMLInputElement).value },
            ...{ scroll: scrollY, before: scrolled() },
          };
        }, index);
        if (!place) continue;
        await tab.hover(place);
        await tab.page?.mouse.wheel({ deltaY: scrolledDown(place.scroll) });
        await tab.until(
          (before: number) => Math.abs((globalThis as unknown as { scrolled(): number }).scrolled() - before) > 30,
          place.before,
        );
        const value = await tab.evaluate(() => (globalThis as unknown as { field: HTMLInputElement }).field.value);
        assert.equal(value, place.value, `${page}, field ${index}`);
        await tab.press('Escape');
      }
    }
  },
  { without: { webkit: 'its driver has no wheel' } },
);

/** Scrolls up if there is room above, which is everywhere but at the top. */
const scrolledDown = (scroll: number): number => (scroll > 200 ? -120 : 120);

forEachBrowser(
  'in a low window the end of the training panel can be reached',
  async (tab) => {
    await openLab(tab);
    const menu = '#loss + rnn-save >>> summary';
    const { y } = await tab.middle(menu);
    assert.ok(y > 0 && y < 600, `${y}`);
    await tab.click(menu);
    await tab.until(() => document.querySelector('#loss + rnn-save')?.shadowRoot?.querySelector('details')?.open);
  },
  { width: 1440, height: 600 },
);
