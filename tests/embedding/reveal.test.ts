/** Slides: arrow keys, scaled slides, and figures that start when they are shown. */

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { type Point, root, type Tab, type View } from '../web/harness.ts';
import { gather, inHost, onDisk, ready, sameAsLab, timestep, walks } from './host.ts';

type Deck = {
  Reveal: {
    getIndices(): { h: number };
    getScale(): number;
    isReady(): boolean;
    isOverview(): boolean;
    isPaused(): boolean;
  };
};

function deck(): string {
  const folder = gather('reveal', 'figures.js');
  for (const part of ['reveal.js', 'reveal.css', 'theme'])
    cpSync(join(root, 'node_modules/reveal.js/dist', part), join(folder, 'reveal', part), { recursive: true });
  return onDisk(folder);
}

const slide = (tab: Tab): Promise<number> => tab.evaluate(() => (globalThis as unknown as Deck).Reveal.getIndices().h);
const onSlide = (tab: Tab, h: number): Promise<void> =>
  tab.until((wanted: number) => (globalThis as unknown as Deck).Reveal.getIndices().h === wanted, h);
const scale = (tab: Tab): Promise<number> => tab.evaluate(() => (globalThis as unknown as Deck).Reveal.getScale());

/** Moves the focus out of the figure. */
const leave = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    (active as HTMLElement | null)?.blur();
  });

/** Opens the deck at its slide with the network, and waits for it. */
async function network(tab: Tab): Promise<void> {
  await tab.open(deck());
  await tab.until(() => (globalThis as unknown as Deck).Reveal.isReady());
  await tab.press('ArrowRight');
  await onSlide(tab, 1);
  await ready(tab, '#network');
  await tab.until(() => document.querySelector('section.present')?.getAnimations({ subtree: false }).length === 0);
}

inHost('reveal: a figure starts when its slide is shown, with the right numbers', async (tab) => {
  await network(tab);
  await tab.press('ArrowRight');
  await onSlide(tab, 2);
  await ready(tab);
  await tab.press('ArrowLeft');
  await sameAsLab(tab, '#network');
});

inHost('reveal: keys belong to the figure inside of it, and to the slides outside', async (tab) => {
  await network(tab);
  await walks(tab, '#network');
  for (const key of ['ArrowUp', 'ArrowDown', 'Home']) await tab.press(key);
  assert.equal(await slide(tab), 1);
  /* even at the end, where an arrow key moves nothing */
  await tab.evaluate(() => (document.querySelector('#network') as RnnFigure).set({ t: 10 }));
  await tab.press('ArrowRight');
  /* the figure's buttons, fields and sliders */
  await tab.focus('#network >>> rnn-network >>> #time');
  await tab.press('ArrowLeft');
  await tab.until(() => (document.querySelector('#network') as RnnFigure).state?.['t'] === 9);
  await tab.press('Home');
  await tab.until(() => (document.querySelector('#network') as RnnFigure).state?.['t'] === 0);
  await tab.focus('#network >>> rnn-network >>> input[type="number"]');
  await tab.type('0.25');
  await tab.press('Home');
  await tab.focus('#network >>> rnn-training >>> button');
  const before = await tab.evaluate(() => (document.querySelector('#network') as RnnFigure).state?.['at']);
  await tab.press(' ');
  await tab.until((was: unknown) => (document.querySelector('#network') as RnnFigure).state?.['at'] !== was, before);
  assert.deepEqual(
    await tab.evaluate(() => [
      (globalThis as unknown as Deck).Reveal.getIndices().h,
      (globalThis as unknown as Deck).Reveal.isPaused(),
      (globalThis as unknown as Deck).Reveal.isOverview(),
    ]),
    [1, false, false],
  );
  /* a presenter's remote control, and keys pressed outside of the figure */
  await tab.press('PageDown');
  await onSlide(tab, 2);
  await leave(tab);
  await tab.press('ArrowLeft');
  await onSlide(tab, 1);
  assert.equal(await timestep(tab, '#network'), 0);
});

/** The center of an element of the figure in the window. */
const middle = (tab: Tab, selector: string): Promise<Point> =>
  tab.evaluate((inner: string) => {
    const box = (
      document
        .querySelector('#network')
        ?.shadowRoot?.querySelector('rnn-network')
        ?.shadowRoot?.querySelector(inner) as Element
    ).getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }, selector);

async function press(tab: Tab, from: Point, to = from): Promise<void> {
  await tab.mouse('move', from);
  await tab.mouse('down', from);
  if (to !== from) await tab.mouse('move', { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
  await tab.mouse('move', to);
  await tab.mouse('up', to);
}

/** The results of clicks at these fractions of a picture's width and height. */
async function clicks(
  tab: Tab,
  selector: string,
  at: readonly [number, number][],
  say: () => unknown,
): Promise<unknown[]> {
  const said: unknown[] = [];
  for (const [across, down] of at) {
    const point = await tab.evaluate(
      (inner: string, x: number, y: number) => {
        let scope: ShadowRoot | Document | null | undefined = document;
        let element: Element | null | undefined;
        for (const part of inner.split('>>>')) {
          element = scope?.querySelector(part.trim());
          scope = element?.shadowRoot;
        }
        const box = (element as Element).getBoundingClientRect();
        return { x: box.x + box.width * x, y: box.y + box.height * y };
      },
      selector,
      across,
      down,
    );
    await press(tab, point);
    said.push(await tab.evaluate(say));
  }
  return said;
}

const GRIP = '[data-input="4"] circle';
const BESIDE = '[data-input="3"] circle';
const CELLS: readonly [number, number][] = [
  [0.536, 0.2],
  [0.536, 0.3],
  [0.536, 0.4],
  [0.536, 0.5],
  [0.536, 0.6],
];
const EPOCHS: readonly [number, number][] = [
  [0.1, 0.5],
  [0.3, 0.5],
  [0.9, 0.5],
];
const units = new Map<string, string>();
const epochs = new Map<string, string>();

for (const [width, height] of [
  [1100, 900],
  [660, 540],
  [1540, 1260],
] as const) {
  const view: View = { width, height };
  inHost(
    `reveal: on slides of ${width} px the pointer hits the element below it`,
    async (tab) => {
      await network(tab);
      const times = await scale(tab);
      assert.ok(Math.abs(times - width / 1122) < 0.1, `scale ${times}`);
      const [grip, beside] = [await middle(tab, GRIP), await middle(tab, BESIDE)];
      await press(tab, grip, { x: grip.x, y: grip.y - 20 * times });
      await tab.until(
        (moved: string, stayed: string, before: number) => {
          const figure = document.querySelector('#network')?.shadowRoot?.querySelector('rnn-network')?.shadowRoot;
          const [one, other] = [moved, stayed].map(
            (inner) => figure?.querySelector(inner)?.getBoundingClientRect().y as number,
          );
          return Math.abs((one as number) - (other as number) - before) < 1;
        },
        GRIP,
        BESIDE,
        grip.y - beside.y - 20 * times,
      );
      const chosen = await clicks(
        tab,
        '#network >>> rnn-network >>> .sheet',
        CELLS,
        () => (document.querySelector('#network') as RnnFigure).state?.['unit'],
      );
      units.set(tab.browser, units.get(tab.browser) ?? String(chosen));
      assert.ok(new Set(chosen).size > 2, String(chosen));
      assert.equal(String(chosen), units.get(tab.browser));
      await leave(tab);
      await tab.press('ArrowRight');
      await onSlide(tab, 2);
      await ready(tab);
      await tab.until(() => document.querySelector('section.present')?.getAnimations().length === 0);
      const told = await clicks(tab, '#training >>> rnn-curves >>> .touch', EPOCHS, () =>
        document
          .querySelector('#training')
          ?.shadowRoot?.querySelector('rnn-curves')
          ?.shadowRoot?.querySelector('.touch')
          ?.getAttribute('aria-valuenow'),
      );
      epochs.set(tab.browser, epochs.get(tab.browser) ?? String(told));
      assert.ok(new Set(told).size === 3, String(told));
      assert.equal(String(told), epochs.get(tab.browser));
    },
    view,
  );
}

inHost(
  'reveal: a swipe next to a figure changes the slide, and on a figure it does not',
  async (tab) => {
    await tab.open(deck());
    await tab.until(() => (globalThis as unknown as Deck).Reveal.isReady());
    const screen = (tab.page as NonNullable<Tab['page']>).touchscreen;
    const swipe = async (): Promise<void> => {
      await screen.touchStart(600, 300);
      for (const x of [540, 480, 420, 360]) await screen.touchMove(x, 300);
      await screen.touchEnd();
    };
    await swipe();
    await onSlide(tab, 1);
    await ready(tab, '#network');
    await tab.until(() => document.getAnimations().length === 0);
    await tab.evaluate(() =>
      document.querySelector('#network')?.addEventListener('pointermove', () => (document.title = 'moved')),
    );
    await swipe();
    assert.equal(await tab.evaluate(() => document.title), 'moved');
    assert.equal(await slide(tab), 1);
  },
  { touch: true, without: { firefox: 'its driver knows no touch here', webkit: 'its driver knows no touch here' } },
);

inHost('reveal: a figure stops playing when its slide is left', async (tab) => {
  await network(tab);
  const button = (words: string): Promise<void> =>
    tab.until(
      (wanted: string) =>
        document
          .querySelector('#network')
          ?.shadowRoot?.querySelector('rnn-training')
          ?.shadowRoot?.querySelector('button')
          ?.textContent?.trim() === wanted,
      words,
    );
  await tab.evaluate(() => document.querySelector('#network')?.setAttribute('controls', 'play'));
  await button('Train');
  await tab.evaluate(() => {
    const figure = document.querySelector('#network') as RnnFigure;
    figure.set({ at: 0, epochs: 100 });
    figure.play();
  });
  await button('Pause');
  await tab.press('ArrowRight');
  await onSlide(tab, 2);
  await button('Train');
  assert.ok(Number(await tab.evaluate(() => (document.querySelector('#network') as RnnFigure).state?.['at'])) < 400);
});
