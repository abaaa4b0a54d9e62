/**
 * Nothing may jump. The test uses layout shift as Chromium measures it, including shifts that follow a reader's own
 * action, and the positions of figures.
 */

import assert from 'node:assert/strict';
import { forEachBrowser, type Tab } from './harness.ts';
import { openLab, openNotebook, scrollThrough } from './pages.ts';

/** The sum of all shifts of one action. */
const MOST = 0.02;
/** A figure may move by this many pixels on its page, because of rounding. */
const STILL = 1;

interface Action {
  name: string;
  /** The element to scroll to first. */
  at: string;
  act(tab: Tab): Promise<void>;
  /** The element whose text is different afterwards. */
  told: string;
}

const keys =
  (...names: string[]) =>
  async (tab: Tab): Promise<void> => {
    for (const name of names) await tab.press(name);
  };
const dragged =
  (selector: string, x: number) =>
  (tab: Tab): Promise<void> =>
    tab.drag(selector, { x, y: 0 }, 6);

const LAB: Action[] = [
  {
    name: 'a handle far from the figure',
    at: 'rnn-handle[field=rate] >>> .number',
    act: dragged('rnn-handle[field=rate] >>> .number', 60),
    told: '#caption',
  },
  {
    name: 'another number of epochs',
    at: 'rnn-handle[field=epochs] >>> .number',
    act: dragged('rnn-handle[field=epochs] >>> .number', 40),
    told: '#caption',
  },
  {
    name: 'another sequence',
    at: 'rnn-handle[field=sample] >>> .number',
    act: dragged('rnn-handle[field=sample] >>> .number', 60),
    told: '#figure >>> .facts',
  },
  { name: 'the start of the run', at: '#training >>> input', act: keys('Home'), told: '#place' },
  { name: 'one batch on', at: '#training >>> input', act: keys('ArrowRight'), told: '#place' },
  { name: 'the end of the run', at: '#training >>> input', act: keys('End'), told: '#place' },
  { name: 'a time step back', at: '#figure >>> .plot', act: keys('ArrowLeft'), told: '#figure >>> .facts' },
  { name: 'before the sequence', at: '#figure >>> .plot', act: keys('Home'), told: '#figure >>> .facts' },
  { name: 'its end', at: '#figure >>> .plot', act: keys('End'), told: '#figure >>> .facts' },
  { name: 'a unit', at: '#figure >>> .plot', act: keys('ArrowDown'), told: '#figure >>> .facts' },
  {
    name: 'an input changed',
    at: '#figure >>> [data-input="9"]',
    act: keys('ArrowUp', 'ArrowUp'),
    told: '#what-if-text',
  },
  {
    name: 'dropped by a training',
    at: 'rnn-handle[field=sample] >>> .number',
    act: keys('ArrowRight'),
    told: '#what-if-dropped',
  },
  {
    name: 'a time step of the arithmetic',
    at: '#arithmetic >>> .plots',
    act: keys('ArrowLeft'),
    told: '#arithmetic >>> .chain',
  },
  { name: 'a term', at: '#arithmetic >>> #term', act: keys('End'), told: '#arithmetic >>> .term-line' },
  { name: 'a time step backward', at: '#backward >>> .frame', act: keys('Home'), told: '#backward >>> .facts' },
  { name: 'a sequence by its slider', at: '#data >>> input[type=range]', act: keys('End'), told: '#data >>> output' },
];

const NOTEBOOK: Action[] = [
  {
    name: 'the first handle',
    at: '.first rnn-handle >>> .number',
    act: dragged('.first rnn-handle >>> .number', 90),
    told: '#compare >>> figcaption',
  },
  {
    name: 'a sequence of the scatter plot',
    at: '#scatter >>> .touch',
    act: keys('End'),
    told: '#scatter >>> .readout',
  },
  {
    name: 'another time step of it',
    at: '#scatter >>> input[type=range]',
    act: keys('End'),
    told: '#scatter >>> .readout',
  },
  {
    name: 'fewer epochs',
    at: 'rnn-handle[field=epochs] >>> .number',
    act: keys('ArrowLeft', 'ArrowLeft'),
    told: '#log',
  },
  { name: 'a batch', at: '#training >>> button:nth-of-type(5)', act: keys('Enter'), told: '#training >>> .state' },
  { name: 'an epoch', at: '#training >>> button:nth-of-type(6)', act: keys('Enter'), told: '#training >>> .state' },
  {
    name: 'the start again',
    at: '#training >>> button:nth-of-type(1)',
    act: keys('Enter'),
    told: '#training >>> .state',
  },
  { name: 'a time step of the network', at: '#figure >>> .plot', act: keys('ArrowLeft'), told: '#figure >>> .facts' },
  { name: 'its input changed', at: '#figure >>> .grip', act: keys('ArrowUp', 'ArrowUp'), told: '#what-if-text' },
  { name: 'dropped', at: 'rnn-handle[field=trained] >>> .number', act: keys('ArrowRight'), told: '#what-if-dropped' },
];

interface Watch {
  shifts: { value: number; of: string }[];
  places(): Record<string, number>;
}

const watch = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    const shifts: Watch['shifts'] = [];
    const name = (node: Node | null): string => {
      const element = node instanceof Element ? node : node?.parentElement;
      const host = (element?.getRootNode() as ShadowRoot | undefined)?.host;
      return `${host ? `${host.localName}#${host.id} ` : ''}${element?.localName}#${element?.id}.${element?.getAttribute('class') ?? ''}`;
    };
    interface Shift extends PerformanceEntry {
      value: number;
      sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
    }
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as Shift[])
        shifts.push({
          value,
          of: sources
            .map(({ node, previousRect: a, currentRect: b }) => `${name(node)} ${Math.round(a.y)} → ${Math.round(b.y)}`)
            .join('; '),
        });
    }).observe({ type: 'layout-shift' });
    const figures = [
      ...document.querySelectorAll(
        'rnn-network, rnn-curves, rnn-compare, rnn-arithmetic, rnn-backward, rnn-data, rnn-scatter',
      ),
    ].filter((figure) => figure.checkVisibility());
    const places = (): Record<string, number> =>
      Object.fromEntries(
        figures.map((figure) => [`${figure.localName}#${figure.id}`, figure.getBoundingClientRect().top + scrollY]),
      );
    Object.assign(globalThis, { watched: { shifts, places } satisfies Watch });
  });

/** The text of an element, which may be in a shadow root. */
const said = (tab: Tab, selector: string): Promise<string> => tab.text(selector);

/** Shifts are reported after the frame in which they happened. */
const frames = (tab: Tab): Promise<void> =>
  tab.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise((next) => requestAnimationFrame(next));
  });

async function still(tab: Tab, { name, at, act, told }: Action, where: string): Promise<void> {
  const point = await tab.middle(at);
  await tab.hover({ x: 1, y: point.y });
  await frames(tab);
  const before = await said(tab, told);
  const places = await tab.evaluate(() => {
    const { shifts, places } = (globalThis as unknown as { watched: Watch }).watched;
    shifts.length = 0;
    return places();
  });
  await tab.focus(at);
  await act(tab);
  await tab.until(
    (selector: string, text: string) =>
      (selector
        .split('>>>')
        .reduce<Element | null | undefined>(
          (scope, part, i) => ((i ? scope?.shadowRoot : document) ?? undefined)?.querySelector(part.trim()),
          undefined,
        )?.textContent ?? '') !== text,
    told,
    before,
  );
  await frames(tab);
  const { shifts, after } = await tab.evaluate(() => {
    const { shifts, places } = (globalThis as unknown as { watched: Watch }).watched;
    return { shifts, after: places() };
  });
  const sum = shifts.reduce((all, { value }) => all + value, 0);
  assert.ok(
    sum <= MOST,
    `${where}, ${name}: a shift of ${sum.toFixed(4)}: ${shifts.map(({ value, of }) => `${value.toFixed(4)} ${of}`).join('\n')}`,
  );
  for (const [figure, top] of Object.entries(places))
    assert.ok(
      Math.abs((after[figure] ?? top) - top) <= STILL,
      `${where}, ${name}: ${figure} moved from ${top} to ${after[figure]}`,
    );
}

/** Makes every figure visible once, as for a reader who has scrolled down the page. */
const walked = (tab: Tab): Promise<void> =>
  tab.evaluate(async () => {
    for (const part of document.querySelectorAll('main section, main > *, rnn-arithmetic, rnn-backward, rnn-network')) {
      part.scrollIntoView({ behavior: 'instant' });
      for (let frame = 0; frame < 3; frame++) await new Promise((next) => requestAnimationFrame(next));
    }
  });

for (const width of [1440, 768, 390])
  for (const [page, open, address, actions] of [
    ['lab', openLab, '#v=1&epochs=20&open=settings', LAB],
    ['notebook', openNotebook, '#v=1&net=8', NOTEBOOK],
  ] as const)
    forEachBrowser(
      `${page}: nothing jumps while a handle is dragged, time or training moves, or an input is changed and restored, ${width} px`,
      async (tab) => {
        await open(tab, address);
        await tab.until(() => (document.querySelector('#place, #network-caption')?.textContent ?? '') !== '');
        await walked(tab);
        if (page === 'lab')
          for (const figure of ['#arithmetic', '#backward']) {
            await tab.middle(figure); /* it asks for its numbers while it is near the screen */
            await tab.until((id: string) => document.querySelector(id)?.shadowRoot?.querySelector('.notice'), figure);
          }
        await watch(tab);
        for (const action of actions) await still(tab, action, `${page}, ${width} px`);
      },
      {
        width,
        height: width < 500 ? 844 : 900,
        every: width === 768,
        without: { firefox: 'it measures no layout shift', webkit: 'it measures no layout shift' },
      },
    );

/** A figure whose script comes late may be so much taller or shorter than the room that was reserved for it. */
const ROUGHLY = 100;

for (const width of [1440, 768, 390])
  for (const [page, open] of [
    ['lab', openLab],
    ['notebook', openNotebook],
  ] as const)
    forEachBrowser(
      `${page}: a figure takes the room that was reserved for it, ${width} px`,
      async (tab) => {
        const heights = (): Promise<[string, number, boolean][]> =>
          tab.evaluate(() =>
            [...document.querySelectorAll<HTMLElement>('main *')]
              .filter((element) => element.localName.startsWith('rnn-') && element.checkVisibility())
              .map((element) => [
                `${element.localName}#${element.id}`,
                element.offsetHeight,
                element.classList.contains('reserved'),
              ]),
          );
        await open(tab);
        const before = (await heights()).filter(([, , reserved]) => reserved);
        assert.ok(before.length > 0, 'every figure was there at once');
        await scrollThrough(tab);
        for (const [name] of before) {
          await tab.middle(name);
          await tab.until((figure: string) => !document.querySelector(figure)?.matches('.reserved'), name);
        }
        const after = new Map((await heights()).map(([name, height]) => [name, height]));
        for (const [name, height] of before)
          assert.ok(
            Math.abs((after.get(name) ?? 0) - height) <= ROUGHLY,
            `${name}: ${height} px were reserved, it takes ${after.get(name)}`,
          );
      },
      { width, height: width < 500 ? 844 : 900 },
    );

forEachBrowser(
  'a figure keeps its room until its numbers are there, however late they are',
  async (tab) => {
    /* the numbers come a second after the figure's script */
    await tab.page?.evaluateOnNewDocument(() => {
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]): void {
        setTimeout(() => Reflect.apply(postMessage, this, given), 1000);
      };
    });
    await openLab(tab);
    /* the lowest height of each figure near the screen, in each frame from now on */
    await tab.evaluate(() => {
      const lowest = new Map<Element, number>();
      Object.assign(globalThis, { lowest });
      const look = (): void => {
        for (const figure of document.querySelectorAll<HTMLElement>('rnn-data, rnn-sequence'))
          if (figure.checkVisibility())
            lowest.set(figure, Math.min(figure.offsetHeight, lowest.get(figure) ?? Number.POSITIVE_INFINITY));
        requestAnimationFrame(look);
      };
      look();
      document.querySelector('rnn-data')?.scrollIntoView({ behavior: 'instant' });
    });
    await tab.until(() => document.querySelector('rnn-data')?.shadowRoot?.querySelector('figure') != null);
    const least = await tab.evaluate(() => [
      ...(globalThis as unknown as { lowest: Map<Element, number> }).lowest.values(),
    ]);
    assert.ok(
      least.every((height) => height > 100),
      `${least} px`,
    );
  },
  {
    width: 1440,
    height: 900,
    without: {
      firefox: 'its driver runs no script before those of the page',
      webkit: 'its driver runs no script before those of the page',
    },
  },
);
