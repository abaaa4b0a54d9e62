// A figure and what moves it are in one view, and no part of the lab reserves much more room than it needs.
import assert from 'node:assert/strict';
import { forEachBrowser, type Tab } from './harness.ts';
import { openLab, scrollThrough, unfold } from './pages.ts';
import { atRest } from './states.ts';

/** How the parts of one update follow each other, with ten time steps. */
const PARTS: readonly (readonly [part: string, step: number])[] = [
  ...Array.from({ length: 10 }, (_, i) => ['forward', i + 1] as const),
  ['loss', 10],
  ...Array.from({ length: 10 }, (_, i) => ['backward', 10 - i] as const),
  ['sum', 10],
  ['move', 10],
];

/** Where the slow update, its sentence and the network's marked column are on the screen. */
const positions = (tab: Tab): Promise<Record<'dock' | 'sentence' | 'column' | 'figure', DOMRect>> =>
  tab.evaluate(() => {
    const figure = document.querySelector('#figure') as HTMLElement;
    const of = (element: Element | null | undefined): DOMRect => element?.getBoundingClientRect().toJSON();
    return {
      dock: of(document.querySelector('#slow-dock')),
      sentence: of(document.querySelector('#slow-dock [aria-current] > span')),
      column: of(figure.shadowRoot?.querySelector('.cursor')),
      figure: of(figure),
    };
  });

for (const [width, height] of [
  [1440, 900],
  [768, 900],
  [390, 844],
] as const)
  forEachBrowser(
    `lab: one update, slowly: each part, its sentence and the network are in one view, ${width} px`,
    async (tab) => {
      await openLab(tab, '#v=1&at=80');
      await atRest(tab);
      await unfold(tab, '#slow-dock');
      await tab.until(() => Math.abs(document.querySelector('#slow-dock')?.getBoundingClientRect().top ?? 9) < 1);
      const next = await tab.evaluate(() => {
        const { x, y, width, height } = (document.querySelector('#slow-next') as Element).getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      });
      const begun = await tab.evaluate(() => {
        const [dock, figure] = ['#slow-dock', '#figure'].map((part) => document.querySelector(part) as Element);
        return (figure?.getBoundingClientRect().top ?? 0) - (dock?.getBoundingClientRect().top ?? 0);
      });
      for (const hand of ['pointer', 'keyboard'] as const) {
        if (hand === 'keyboard') {
          await tab.press('Tab'); /* from the button for the next part to the slider */
          await tab.press('Home');
        }
        let first = hand === 'pointer' ? begun : undefined;
        for (const [i, [part, step]] of PARTS.entries()) {
          if (hand === 'pointer') await tab.clickAt(next);
          else await tab.press('ArrowRight');
          await tab.until(
            (part, step, slow) =>
              document.querySelector('#slow-dock [aria-current]')?.getAttribute('data-part') === part &&
              (document.querySelector('#figure') as unknown as { timestep: number }).timestep === step &&
              document.querySelector('#figure')?.shadowRoot?.querySelector('.cursor') &&
              document.querySelector<HTMLInputElement>('#slow-range')?.value === String(slow),
            part,
            step,
            i + 1,
          );
          const { dock, sentence, column, figure } = await positions(tab);
          const where = `${hand}, ${part} ${step}: ${JSON.stringify({ dock, sentence, column })}`;
          assert.ok(dock.top >= 0 && dock.bottom <= height, where);
          assert.ok(sentence.height > 0 && sentence.bottom <= dock.bottom && sentence.right <= width, where);
          assert.ok(column.left >= 0 && column.right <= width, where);
          assert.ok(column.top >= dock.bottom && column.bottom <= height, where);
          first ??= figure.top - dock.top;
          assert.ok(Math.abs(figure.top - dock.top - first) < 1, `${where}: the network moved`);
        }
      }
      /* going back by keyboard from below, what has the focus is not covered */
      await tab.focus('#figure >>> .numbers summary');
      await tab.evaluate(() => scrollBy(0, innerHeight / 2));
      for (let i = 0; i < 6; i++) {
        await tab.press('Shift', 'Tab');
        await tab.until(() => {
          const part = document.querySelector('#figure')?.shadowRoot?.activeElement;
          const dock = document.querySelector('#slow-dock') as Element;
          return !part || dock.getBoundingClientRect().bottom <= part.getBoundingClientRect().top;
        });
      }
      /* to close it ends it, and an address opens it */
      await tab.focus('#slow-dock > summary');
      await tab.press('Enter');
      await tab.until(() => !location.hash.includes('slow='));
      await openLab(tab, '#v=1&at=80&slow=3');
      assert.equal(await tab.evaluate(() => document.querySelector<HTMLDetailsElement>('#slow-dock')?.open), true);
      assert.deepEqual(tab.problems, []);
    },
    { width, height },
  );

const SCREEN = { width: 1440, height: 900 };

/**
 * The controls of the lab that change a figure, beside those inside a figure, and the key that changes each. `near`: the
 * figure that it is about, where it changes several.
 */
const CONTROLS: readonly (readonly [selector: string, key: string, near?: string])[] = [
  ['[data-field="task"]', 'ArrowDown'],
  ...['samples', 'steps'].map((field) => [`rnn-handle[field="${field}"] >>> .number`, 'ArrowRight'] as const),
  ...['data', 'seed'].map((field) => [`rnn-handle[field="${field}"] >>> .roll`, 'Enter'] as const),
  ['[data-field="cell"]', 'ArrowDown'],
  ...['layers', 'units', 'gain', 'rate', 'clip', 'batch', 'epochs'].map(
    (field) => [`rnn-handle[field="${field}"] >>> .number`, 'ArrowRight'] as const,
  ),
  ...['activation', 'initializer', 'optimizer'].map((field) => [`[data-field="${field}"]`, 'ArrowDown'] as const),
  ['#training >>> input[type=range]', 'ArrowLeft'],
  ['#by', 'ArrowDown'],
  ['rnn-handle[field="sample"] >>> .number', 'ArrowRight'],
  ['#slow-next', 'Enter', '#figure'],
  ['#slow-range', 'ArrowRight', '#figure'],
  ['#slow-back', 'Enter', '#figure'],
  ['[data-field="cut"]', 'ArrowDown'],
  ['rnn-handle[field="length"] >>> .number', 'ArrowRight'],
  ['[data-field="question"]', 'ArrowDown'],
  ['[data-field="compare"]', 'ArrowDown'],
  ['#many-run', 'Enter'],
];

/** Remembers what each figure shows: each drawing, and the whole if it has none. */
const remember = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    const drawings = (): Map<Element, string> =>
      new Map(
        [...document.querySelectorAll('main *')]
          .filter(({ localName, shadowRoot }) => shadowRoot && !/^rnn-(handle|training|symbol|save)$/.test(localName))
          .filter((figure) => figure.checkVisibility())
          .flatMap((figure) => {
            const parts = [...(figure.shadowRoot?.querySelectorAll('svg') ?? [])];
            return (parts.length > 0 ? parts : [figure]).map((part): [Element, string] => [
              part,
              part === figure ? (figure.shadowRoot?.innerHTML ?? '') : part.innerHTML,
            ]);
          }),
      );
    Object.assign(globalThis, { drawings, before: drawings() });
  });

forEachBrowser(
  'lab: each control and the nearest drawing that it changes are less than a screen apart',
  async (tab) => {
    for (const [control, key, near = ''] of CONTROLS) {
      const slow = control.startsWith('#slow');
      await openLab(tab, `#v=1&at=80&open=settings_cuts${slow ? '&slow=3' : ''}`);
      await scrollThrough(tab);
      await tab.middle(control);
      await atRest(tab);
      await remember(tab);
      await tab.focus(control);
      await tab.press(key);
      if (key === 'ArrowDown' && !control.includes('>>>') && !control.startsWith('#slow')) await tab.press('Tab');
      await tab.until(
        (selector, most, figure) => {
          const { drawings, before } = globalThis as unknown as {
            drawings(): Map<Element, string>;
            before: Map<Element, string>;
          };
          const part = selector
            .split('>>>')
            .reduce<Element | null | undefined>(
              (scope, one, i) => (i ? scope?.shadowRoot : document)?.querySelector(one.trim()),
              undefined,
            );
          const box = part?.getBoundingClientRect();
          if (!box) return false;
          const apart = [...drawings()]
            .filter(([drawing, shown]) => before.get(drawing) !== shown)
            .filter(([drawing]) => figure === '' || (drawing.getRootNode() as ShadowRoot).host?.matches(figure))
            .map(([drawing]) => drawing.getBoundingClientRect())
            .filter(({ height }) => height > 0)
            .map(({ top, bottom }) => Math.max(top - box.bottom, box.top - bottom, 0));
          return Math.min(...apart) < most;
        },
        control,
        SCREEN.height,
        near,
      );
    }
    assert.deepEqual(tab.problems, []);
  },
  SCREEN,
);

/** So many pixels of a part may stay empty. */
const EMPTY = 56;

forEachBrowser(
  'lab: no part keeps much more room than it has filled',
  async (tab) => {
    await openLab(tab);
    await scrollThrough(tab);
    await atRest(tab);
    await tab.evaluate(() => scrollTo(0, 0));
    const empty = await tab.evaluate(() => {
      const filled = (part: Element): number => {
        const range = document.createRange();
        range.selectNodeContents(part.shadowRoot ?? part);
        return range.getBoundingClientRect().height;
      };
      return [...document.querySelectorAll<HTMLElement>('main .slot, main [data-room], main .reserved')]
        .filter((part) => part.checkVisibility() && part.offsetHeight > 0)
        .map((part): [string, number] => [
          `${part.localName}#${part.id}.${part.className}`,
          Math.round(part.offsetHeight - filled(part)),
        ]);
    });
    assert.ok(empty.length > 2);
    assert.deepEqual(
      empty.filter(([, height]) => height > EMPTY),
      [],
    );
  },
  SCREEN,
);

forEachBrowser(
  'lab: a change by hand takes the room that is kept for it, and the network does not move',
  async (tab) => {
    await openLab(tab);
    await atRest(tab);
    const top = (): Promise<number> =>
      tab.evaluate(() => (document.querySelector('#figure') as Element).getBoundingClientRect().top + scrollY);
    const before = await top();
    await tab.focus('#figure >>> [data-input="9"]');
    await tab.press('ArrowUp');
    await tab.until(() => /label/.test(document.querySelector('#what-if-text')?.textContent ?? ''));
    assert.ok(Math.abs((await top()) - before) < 1, `from ${before} to ${await top()}`);
  },
  SCREEN,
);
