/**
 * `<rnn-network>` in real browsers: the numbers must be those of the trace, and it must work by pointer, keys and
 * screen reader. The page is the fixture in this folder.
 */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Trace } from '../../web/figures/network/trace.ts';
import { formatNumber } from '../../web/shared/format.ts';
import { forEachBrowser, inTheme, root, servePage, type Tab, type View } from './harness.ts';

const BODY =
  '<main><h1>The network over time</h1><button id="elsewhere" class="button">Elsewhere</button><rnn-network></rnn-network></main>';

let site: Awaited<ReturnType<typeof servePage>>;
before(async () => {
  site = await servePage('network', `import '${join(root, 'tests/web/network-fixture.ts')}';`, BODY);
});
after(() => site.close());

/**
 * One test in each browser, with a fixture set up by `query`. Neither an error nor a violation of the policy may occur.
 */
function withFigure(
  name: string,
  query: string,
  body: (tab: Tab) => Promise<void>,
  view: View = { width: 1200, height: 900 },
): void {
  forEachBrowser(
    `network: ${name}`,
    async (tab) => {
      await open(tab, query);
      await body(tab);
      assert.deepEqual(tab.problems, []);
      assert.deepEqual(await tab.evaluate(() => globalThis.violations), []);
    },
    view,
  );
}

async function open(tab: Tab, query: string): Promise<void> {
  await tab.open(site.url + query);
  await tab.until(() => !!globalThis.figure?.shadowRoot?.querySelector('.sheet'));
}

const deep = (selector: string): string => `rnn-network >>> ${selector}`;
/** Sets properties as a page would, and waits until the figure is drawn. */
const set = (tab: Tab, properties: Record<string, unknown>): Promise<unknown> =>
  tab.evaluate(async (given) => {
    Object.assign(globalThis.figure, given);
    await globalThis.figure.updateComplete;
  }, properties);
const settled = (tab: Tab): Promise<unknown> => tab.evaluate(() => globalThis.figure.updateComplete);
const inside = async (tab: Tab, selector: string): Promise<string> =>
  (await tab.text(deep(selector))).replace(/\s+/g, ' ').trim();
const all = (tab: Tab, selector: string): Promise<string[]> =>
  tab.evaluate(
    (wanted) =>
      [...(globalThis.figure.shadowRoot?.querySelectorAll(wanted) ?? [])].map((found) => found.textContent ?? ''),
    selector,
  );
const attribute = (tab: Tab, selector: string, name: string): Promise<string | null | undefined> =>
  tab.evaluate(
    (wanted, named) => globalThis.figure.shadowRoot?.querySelector(wanted)?.getAttribute(named),
    selector,
    name,
  );
const heardAll = (tab: Tab): Promise<typeof globalThis.heard> => tab.evaluate(() => globalThis.heard.splice(0));
/** The events, without those for terms that the pointer crosses. */
const heard = async (tab: Tab): Promise<typeof globalThis.heard> =>
  (await heardAll(tab)).filter(({ name }) => name !== 'rnn-term');

withFigure('every shown number is the trace’s', '?unit=5&readouts', async (tab) => {
  const { x, z, h, p } = await tab.evaluate(() => {
    const trace = globalThis.figure.trace as Trace;
    return { x: [...trace.x], z: [...trace.z], h: [...trace.h], p: [...trace.probability] };
  });
  const text = (value: number | undefined): string => formatNumber(value as number);
  for (let t = 1; t <= 10; t++) {
    await set(tab, { timestep: t });
    const facts = await inside(tab, '.facts');
    assert.match(facts, new RegExp(`t = ${t} of 10`));
    assert.ok(facts.includes(`z${t}[5] = ${text(z[(t - 1) * 8 + 4])}`), facts);
    assert.ok(facts.includes(`h${t}[5] = ${text(h[t * 8 + 4])}`), facts);
    assert.ok(facts.includes(`p(y = 1) = ${formatNumber(p[t - 1] as number, 3)}`), facts);
    const field = await tab.evaluate(
      () => (globalThis.figure.shadowRoot?.querySelector('.facts input') as HTMLInputElement).value,
    );
    assert.equal(Math.fround(Number(field)), x[t - 1]);
    assert.deepEqual(await all(tab, '.point .value'), x.slice(0, t).map(text));
  }
  assert.match(await inside(tab, '.facts'), /target ● y = 1, loss 0\.125/);
});

withFigure('the table has the trace up to the cursor', '?unit=5&t=4', async (tab) => {
  await tab.click(deep('summary'));
  await tab.until(() => globalThis.figure.shadowRoot?.querySelector('tbody') !== null);
  const cells = await tab.evaluate(() =>
    [...(globalThis.figure.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    ),
  );
  assert.equal(cells.length, 5);
  assert.deepEqual(cells[0], ['0', '', '', '0.0000', '', '', '']);
  assert.deepEqual(cells[4], ['4', '0.0400', '\u22124.0500', '0.3686', '3.5000', '0.3333', '']);
});

withFigure('nothing beyond the cursor is in the page', '?readouts', async (tab) => {
  for (const timestep of [0, 1, 6, 10]) {
    await set(tab, { timestep });
    assert.equal((await all(tab, '.grip')).length, timestep);
    assert.equal((await all(tab, 'rect.node.w')).length, timestep);
    assert.equal((await all(tab, '.answer')).length, timestep);
    assert.equal((await all(tab, '.name')).length, timestep + 1);
  }
  await set(tab, { timestep: 10, readouts: false });
  assert.equal((await all(tab, '.answer')).length, 1);
  await set(tab, { timestep: 9 });
  assert.equal((await all(tab, '.answer')).length, 0);
});

withFigure('cells have the colors of their values', '?t=10', async (tab) => {
  const colors = await tab.evaluate(async () => {
    const { figure } = globalThis;
    const trace = globalThis.made(10, 8, 1);
    // One column with both ends and the middle of the scale.
    trace.h.set([1, -1, 0, Number.NaN], 10 * 8);
    figure.trace = trace;
    await figure.updateComplete;
    const root = figure.shadowRoot as ShadowRoot;
    const canvas = root.querySelector('canvas.cells') as HTMLCanvasElement;
    const box = canvas.getBoundingClientRect();
    const band = (root.querySelector('.cursor') as Element).getBoundingClientRect();
    const strips = [...root.querySelectorAll('.gutter .tick')].filter((tick) => /^[1-4]$/.test(tick.textContent ?? ''));
    const rows = strips.filter((tick) => tick.getBoundingClientRect().top > band.top + 120).slice(0, 4);
    const g = canvas.getContext('2d') as CanvasRenderingContext2D;
    const scale = canvas.width / box.width;
    return rows.map((tick) => {
      const row = tick.getBoundingClientRect();
      const x = (band.x + band.width / 2 - box.x) * scale;
      const y = (row.y + row.height / 2 - box.y) * scale;
      return [...g.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3);
    });
  });
  const tokens = await tab.evaluate(() =>
    ['pos', 'neg', 'zero', 'error'].map((name) => {
      const probe = globalThis.figure.shadowRoot?.querySelector(`.probe.${name}`) as Element;
      return (getComputedStyle(probe).color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
    }),
  );
  assert.deepEqual(colors, tokens);
});

withFigure('arrow keys move through time and units, only inside the focused figure', '?unit=3', async (tab) => {
  await tab.focus(deep('.plot'));
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'ArrowDown', 'ArrowUp', 'Escape'])
    await tab.press(key as 'End');
  assert.deepEqual(await heard(tab), [
    { name: 'rnn-timestep', detail: { timestep: 9 } },
    { name: 'rnn-timestep', detail: { timestep: 8 } },
    { name: 'rnn-timestep', detail: { timestep: 9 } },
    { name: 'rnn-timestep', detail: { timestep: 0 } },
    { name: 'rnn-timestep', detail: { timestep: 10 } },
    { name: 'rnn-unit', detail: { unit: 4 } },
    { name: 'rnn-unit', detail: { unit: 3 } },
    { name: 'rnn-unit', detail: {} },
  ]);
  await tab.focus('#elsewhere');
  for (const key of ['ArrowLeft', 'ArrowDown'] as const) await tab.press(key);
  assert.deepEqual(await heard(tab), []);
});

withFigure('the sliders announce the sentence, and the live region does not repeat it', '?unit=5', async (tab) => {
  await tab.focus(deep('#time'));
  await tab.press('ArrowLeft');
  await settled(tab);
  assert.equal(await attribute(tab, '#time', 'aria-valuetext'), 't = 9 of 10, x 0.09, unit 5, h 0.82');
  await tab.focus(deep('#unit'));
  await tab.press('ArrowRight');
  await settled(tab);
  assert.equal(await attribute(tab, '#unit', 'aria-valuetext'), 'unit 6 of 8, h \u22120.82 at t = 9');
  await tab.focus(deep('#fold'));
  await tab.press('End');
  await settled(tab);
  assert.equal(await attribute(tab, '#fold', 'aria-valuetext'), 'folded: one cell with a loop');
  assert.deepEqual(
    (await heard(tab)).map((event) => event.name),
    ['rnn-timestep', 'rnn-unit', 'rnn-fold'],
  );
  assert.equal(await inside(tab, '[role=status]'), '');
  // The live region announces a button's effect, and nothing else does.
  await tab.click(deep('button.back'));
  await settled(tab);
  assert.equal(await inside(tab, '[role=status]'), 't = 8 of 10, x 0.08, unit 6, h \u22120.73');
});

withFigure(
  'dragging an x: events follow the pointer, the last one is final, and numbers wait for the new trace',
  '',
  async (tab) => {
    const dot = deep('[data-input="4"] .touch');
    await tab.click(dot);
    assert.deepEqual(await heard(tab), [], 'taken and let go, it is not changed');
    await tab.evaluate(() => {
      const region = globalThis.figure.shadowRoot?.querySelector('[role=status]') as Element;
      document.addEventListener('rnn-input', () =>
        globalThis.heard.push({ name: 'spoken', detail: { text: region.textContent } }),
      );
    });
    await tab.drag(dot, { x: 3, y: -29 });
    const events = await heard(tab);
    const dragged = events.filter(({ name }) => name === 'rnn-input');
    assert.ok(dragged.length >= 4);
    dragged.forEach(({ detail }, k) => {
      assert.deepEqual([detail.timestep, detail.feature, detail.final], [5, 0, k === dragged.length - 1]);
    });
    const values = dragged.map(({ detail }) => detail.value as number);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
    assert.ok((values.at(-1) as number) > 0.45 && (values.at(-1) as number) < 0.65, `${values}`);
    assert.ok(
      events.every(({ name, detail }) => name !== 'spoken' || detail.text === ''),
      'silent while dragging',
    );
    assert.equal((await all(tab, '.point .value'))[4], '0.05');
    await settled(tab);
    /* it announces once the numbers of the changed input are there */
    await tab.evaluate(() => {
      globalThis.figure.trace = { ...globalThis.figure.trace } as typeof globalThis.figure.trace;
    });
    await tab.until(() =>
      globalThis.figure.shadowRoot?.querySelector('[role=status]')?.textContent?.startsWith('t = 10 of 10'),
    );
    // Clamped to the axis, however far the pointer goes.
    await tab.drag(dot, { x: 0, y: -250 });
    assert.equal((await heard(tab)).filter(({ name }) => name === 'rnn-input').at(-1)?.detail.value, 1);
  },
);

withFigure('each x can be reached and changed by keys', '', async (tab) => {
  await tab.focus(deep('[data-input="9"]'));
  await tab.press('ArrowUp');
  assert.deepEqual(await heard(tab), [
    { name: 'rnn-input', detail: { timestep: 10, feature: 0, value: 0.11, final: true } },
  ]);
  for (let k = 0; k < 9; k++) await tab.press('ArrowLeft');
  assert.equal(await tab.evaluate(() => globalThis.figure.shadowRoot?.activeElement?.getAttribute('data-input')), '0');
  await tab.press('PageDown');
  await tab.press('End');
  assert.deepEqual(
    (await heard(tab)).map(({ detail }) => [detail.timestep, detail.value]),
    [
      [1, 0],
      [1, 1],
    ],
  );
  assert.equal(await attribute(tab, '[data-input="0"]', 'aria-valuetext'), 'x at t = 1, 0.01');
  assert.equal(await inside(tab, '.facts sub'), '1');
});

withFigure('an x can be typed', '?t=7', async (tab) => {
  await tab.focus(deep('.facts input'));
  await tab.press('Control', 'a');
  await tab.type('-1.5');
  await tab.press('Enter');
  const events = await heard(tab);
  assert.deepEqual(events.at(-1), { name: 'rnn-input', detail: { timestep: 7, feature: 0, value: -1.5, final: true } });
  assert.ok(events.slice(0, -1).every(({ detail }) => detail.final === false));
  for (const { detail } of events) assert.ok(Number.isFinite(detail.value));
});

withFigure('an edited x shows its original as a ghost', '?edited=2&t=3', async (tab) => {
  assert.equal((await all(tab, 'circle.ghost')).length, 1);
  assert.match(await inside(tab, '.facts'), /was 0\.95/);
  assert.equal(await attribute(tab, '[data-input="2"]', 'aria-valuetext'), 'x at t = 3, 0.03, edited, was 0.95');
});

withFigure('a unit is chosen on its row or cell, and deselected by choosing it again', '', async (tab) => {
  await tab.click(deep('[data-unit="6"]'));
  await tab.click(deep('[data-unit="6"]'));
  // The middle of the cursor's column is on a strip.
  await tab.click(deep('.cursor'));
  const events = await heard(tab);
  assert.deepEqual(events.slice(0, 2), [
    { name: 'rnn-unit', detail: { unit: 6 } },
    { name: 'rnn-unit', detail: {} },
  ]);
  const unit = events[2]?.detail.unit as number;
  assert.ok(unit >= 1 && unit <= 8);
  await settled(tab);
  assert.match(await inside(tab, '.facts'), new RegExp(`h10\\[${unit}\\] = `));
  // There is no unit next to the strips.
  await tab.click(deep('.facts'));
  assert.deepEqual(await heard(tab), []);
});

withFigure('when disabled it shows its numbers and accepts no input', '?disabled&unit=2', async (tab) => {
  await tab.focus(deep('.plot'));
  await tab.press('ArrowLeft');
  await tab.drag(deep('[data-input="4"] .touch'), { x: 0, y: -30 });
  for (const control of ['button.back', 'button.play', '.check input']) await tab.click(deep(control));
  assert.deepEqual(await heard(tab), []);
});

withFigure('a second press of Play pauses it', '?t=0', async (tab) => {
  await tab.click(deep('button.play'));
  await settled(tab);
  assert.equal(await attribute(tab, 'button.play', 'aria-label'), 'Pause');
  await tab.click(deep('button.play'));
  assert.equal(await tab.evaluate(() => globalThis.figure.playing), false);
});

withFigure('Play moves to the end and stops', '?t=5', async (tab) => {
  await tab.click(deep('button.play'));
  /* A step arrives gradually: its x is there before the cursor moves. */
  await tab.until(() => {
    const { timestep, shadowRoot } = globalThis.figure;
    return shadowRoot?.querySelectorAll('.grip').length === timestep + 1;
  });
  await tab.until(() => !globalThis.figure.playing);
  await settled(tab);
  assert.deepEqual(
    (await heard(tab)).map(({ name, detail }) => [name, detail.timestep]),
    [6, 7, 8, 9, 10].map((timestep) => ['rnn-timestep', timestep]),
  );
  assert.match(await inside(tab, '[role=status]'), /^t = 10 of 10/);
});

withFigure(
  'with reduced motion Play only steps',
  '?t=9',
  async (tab) => {
    await tab.evaluate(() => {
      const seen = () => globalThis.figure.shadowRoot?.querySelectorAll('.grip').length ?? 0;
      const watch = () => {
        if (seen() > globalThis.figure.timestep) globalThis.violations.push('a step was shown on its way');
        if (globalThis.figure.timestep < 10) requestAnimationFrame(watch);
      };
      watch();
      globalThis.figure.play();
    });
    await tab.until(() => globalThis.figure.timestep === 10 && !globalThis.figure.playing);
  },
  { reducedMotion: true, without: { webkit: 'its driver takes no such wish' } },
);

withFigure(
  'on a phone the figure scrolls in its frame and not in the page, and the cursor stays visible',
  '?T=50&unit=3',
  async (tab) => {
    for (const timestep of [50, 25, 0, 1, 49]) {
      await set(tab, { timestep });
      const seen = await tab.evaluate(() => {
        const root = globalThis.figure.shadowRoot as ShadowRoot;
        const frame = (root.querySelector('.frame') as Element).getBoundingClientRect();
        const band = (root.querySelector('.cursor') as Element).getBoundingClientRect();
        const { scrollWidth, clientWidth } = document.documentElement;
        return { left: band.left - frame.left, right: frame.right - band.right, page: scrollWidth - clientWidth };
      });
      assert.ok(seen.left > -8 && seen.right > -8, `t = ${timestep}: ${JSON.stringify(seen)}`);
      assert.equal(seen.page, 0);
    }
    const touch = await tab.evaluate(() => {
      const root = globalThis.figure.shadowRoot as ShadowRoot;
      const style = (selector: string): string => getComputedStyle(root.querySelector(selector) as Element).touchAction;
      const size = (root.querySelector('.touch') as Element).getBoundingClientRect().width;
      return [style('.touch'), style('.frame'), Math.round(size)];
    });
    assert.deepEqual(touch, ['none', 'manipulation', 44]) /* pan-x pan-y pinch-zoom */;
  },
  { width: 390, height: 900 },
);

withFigure(
  'a finger on an x drags it without scrolling the page, and next to it the page scrolls',
  '',
  async (tab) => {
    const { page } = tab;
    assert.ok(page);
    const swipe = async (from: { x: number; y: number }, up: number): Promise<void> => {
      await page.touchscreen.touchStart(from.x, from.y);
      for (let y = 0; y <= up; y += 5) await page.touchscreen.touchMove(from.x, from.y - y);
      await page.touchscreen.touchEnd();
    };
    const point = await tab.middle(deep('[data-input="9"] .touch'));
    const before = await tab.evaluate(() => scrollY);
    await swipe(point, 40);
    const events = await heard(tab);
    assert.equal(events.at(-1)?.detail.final, true);
    assert.ok((events.at(-1)?.detail.value as number) > 0.6, 'dragged to the end, not taken over by scrolling');
    assert.equal(await tab.evaluate(() => scrollY), before);
    await swipe({ x: point.x - 40, y: point.y - 100 }, 100);
    await tab.until((place: number) => scrollY > place, before);
    assert.deepEqual(await heard(tab), []);
  },
  {
    width: 390,
    height: 600,
    touch: true,
    without: { firefox: 'its driver has no touch screen here', webkit: 'its driver has no touch screen here' },
  },
);

withFigure(
  'a focus elsewhere in the frame is not moved back to the cursor',
  '?T=50',
  async (tab) => {
    const scroll = () =>
      tab.evaluate(() => (globalThis.figure.shadowRoot?.querySelector('.frame') as Element).scrollLeft);
    await tab.evaluate(() => {
      (globalThis.figure.shadowRoot?.querySelector('.frame') as Element).scrollLeft = 100;
    });
    await tab.until(() => globalThis.figure.shadowRoot?.querySelector('[data-input="3"]') !== null);
    await tab.evaluate(async () => {
      globalThis.figure.trace = globalThis.made(50, 8, 1);
      await globalThis.figure.updateComplete;
    });
    assert.equal(await scroll(), 100);
  },
  { width: 700, height: 900 },
);

withFigure(
  'an input that is changed comes into view, and stays there until the cursor moves',
  '?T=50',
  async (tab) => {
    /** Whether the point of this x is inside of the frame. */
    const inView = (index: number) =>
      tab.evaluate((wanted) => {
        const root = globalThis.figure.shadowRoot as ShadowRoot;
        const frame = (root.querySelector('.frame') as Element).getBoundingClientRect();
        const point = root.querySelector(`[data-input="${wanted}"]`)?.getBoundingClientRect();
        return point !== undefined && point.left >= frame.left && point.right <= frame.right;
      }, index);
    const change = (index: number, value: number) =>
      tab.evaluate(
        async (at, to) => {
          const { figure, made } = globalThis;
          const trace = made(50, 8, 1);
          figure.original = trace.x.slice();
          trace.x[at] = to;
          Object.assign(figure, { trace, edited: [at] });
          await figure.updateComplete;
        },
        index,
        value,
      );
    assert.deepEqual([await inView(0), await inView(49)], [false, true]);
    await change(0, 0.7);
    assert.deepEqual([await inView(0), await inView(49)], [true, false]);
    await tab.resize(720, 900); /* the frame has another width */
    await tab.until(() => globalThis.figure.shadowRoot?.querySelector('.figure')?.clientWidth !== undefined);
    await settled(tab);
    assert.equal(await inView(0), true);
    await set(tab, { timestep: 49 });
    assert.deepEqual([await inView(0), await inView(48)], [false, true]);
    await change(48, 0.7); /* it is in view already */
    assert.equal(await inView(48), true);
    await change(49, 0.7); /* after the cursor nothing is drawn */
    assert.equal(await inView(48), true);
  },
  { width: 700, height: 900 },
);

/** The centers of shapes on the screen. */
const middles = (tab: Tab, selector: string): Promise<{ x: number; y: number }[]> =>
  tab.evaluate(
    (wanted) =>
      [...(globalThis.figure.shadowRoot?.querySelectorAll(wanted) ?? [])].map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }),
    selector,
  );
const near = (a: { x: number; y: number } | undefined, x: number | undefined, y: number | undefined): void => {
  assert.ok(
    a && Math.abs(a.x - (x ?? Number.NaN)) < 1.5 && Math.abs(a.y - (y ?? Number.NaN)) < 5,
    `${JSON.stringify(a)}: not at ${x}, ${y}`,
  );
};

withFigure(
  'the source of a highlighted term is framed: value, weight and connection; highlighting by a property dispatches no event',
  '?unit=5&t=4',
  async (tab) => {
    const [row] = await middles(tab, '.gutter [data-unit="7"]');
    const [column] = await middles(tab, '.tick[data-time="3"]');
    await set(tab, { highlight: { kind: 'h', index: 6 } });
    const sheet = await middles(tab, '.over .highlight:not(.thread)');
    assert.equal(sheet.length, 1);
    near(sheet[0], column?.x, row?.y);
    assert.equal((await all(tab, '.over .highlight.thread')).length, 1);
    const [weight] = await middles(tab, '.gutter .highlight');
    const [own] = await middles(tab, '.gutter [data-unit="5"]');
    assert.ok(Math.abs((weight?.y ?? 0) - (own?.y ?? 99)) < 5, 'in the chosen unit’s row of W');
    await set(tab, { highlight: { kind: 'x', index: 0 } });
    const [point] = await middles(tab, '[data-input="3"] .dot');
    near((await middles(tab, '.over .highlight'))[0], point?.x, point?.y);
    await set(tab, { highlight: { kind: 'b' } });
    assert.equal((await all(tab, '.gutter .highlight')).length, 1);
    for (const highlight of [{ kind: 'h', index: 99 }, { kind: 'written' }, undefined]) {
      await set(tab, { highlight });
      assert.equal((await all(tab, '.highlight')).length, 0, JSON.stringify(highlight));
    }
    await set(tab, { highlight: { kind: 'h', index: 6 }, timestep: 0 });
    assert.equal((await all(tab, '.over .highlight')).length, 0, 'nothing was read before h_0');
    assert.deepEqual(await heardAll(tab), []);
  },
);

withFigure('pointing at or focusing a term dispatches an event, leaving it too', '?unit=5&t=4', async (tab) => {
  const terms = async () => (await heardAll(tab)).filter(({ name }) => name === 'rnn-term').map(({ detail }) => detail);
  const [row] = await middles(tab, '.gutter [data-unit="7"]');
  const [column] = await middles(tab, '.tick[data-time="3"]');
  const [cursor] = await middles(tab, '.tick[data-time="4"]');
  await tab.hover({ x: column?.x ?? 0, y: row?.y ?? 0 });
  await tab.hover({ x: (column?.x ?? 0) + 3, y: row?.y ?? 0 });
  assert.deepEqual(await terms(), [{ kind: 'h', index: 6 }]);
  await tab.hover({ x: cursor?.x ?? 0, y: row?.y ?? 0 });
  assert.deepEqual(await terms(), [{}], 'h of the step itself is no term of it');
  await tab.hover((await middles(tab, '[data-input="3"] .dot'))[0] ?? { x: 0, y: 0 });
  assert.deepEqual(await terms(), [{ kind: 'x', index: 0 }]);
  await tab.hover({ x: 2, y: 2 });
  assert.deepEqual(await terms(), [{}]);
  await tab.focus(deep('[data-input="3"]'));
  assert.deepEqual(await terms(), [{ kind: 'x', index: 0 }]);
  await tab.focus('#elsewhere');
  assert.deepEqual(await terms(), [{}]);
});

withFigure('text that is not a number is reported and changes nothing', '?t=7', async (tab) => {
  const value = (): Promise<string | undefined> =>
    tab.evaluate(() => globalThis.figure.shadowRoot?.querySelector<HTMLInputElement>('.facts input')?.value);
  const before = await value();
  await tab.focus(deep('.facts input'));
  await tab.evaluate(() => globalThis.figure.shadowRoot?.querySelector<HTMLInputElement>('.facts input')?.select());
  await tab.press('Backspace');
  await tab.type('e');
  await tab.press('Tab');
  await settled(tab);
  assert.equal(await value(), before);
  assert.match(await inside(tab, '.complaint'), /^This is not a number like .*The old value stays\.$/);
  assert.equal(await inside(tab, '[role=status]'), await inside(tab, '.complaint'));
  assert.deepEqual(await heard(tab), []);
  await set(tab, { timestep: 6 });
  assert.equal((await all(tab, '.complaint')).length, 0);
});

withFigure(
  'if the sheet scrolls, all time steps are below it, and a press there moves the cursor',
  '?T=60',
  async (tab) => {
    assert.equal((await all(tab, '.overview')).length, 1);
    const place = () =>
      tab.evaluate(() => {
        const box = (selector: string) =>
          (globalThis.figure.shadowRoot?.querySelector(selector) as Element).getBoundingClientRect();
        const [whole, seen, here] = [box('.whole'), box('.seen'), box('.here')];
        return { whole: [whole.left, whole.right], seen: [seen.left, seen.right], here: here.left + here.width / 2 };
      });
    const end = await place();
    assert.ok(Math.abs((end.seen[1] as number) - (end.whole[1] as number)) < 3, 'scrolled to the end');
    const wide = (end.whole[1] as number) - (end.whole[0] as number);
    const column = wide / 61;
    assert.ok(Math.abs(end.here - ((end.whole[1] as number) - column / 2)) < 1.5);
    await tab.evaluate(() =>
      globalThis.figure.shadowRoot?.querySelector('.whole')?.scrollIntoView({ block: 'center' }),
    );
    const shown = (await middles(tab, '.whole'))[0] as { y: number };
    const at = { x: (end.whole[0] as number) + 1.5 * column, y: shown.y };
    await tab.clickAt(at);
    await settled(tab);
    assert.deepEqual(await heard(tab), [{ name: 'rnn-timestep', detail: { timestep: 1 } }]);
    const start = await place();
    assert.ok(Math.abs((start.seen[0] as number) - (start.whole[0] as number)) < 3, 'scrolled to the start');
    await tab.evaluate(async () => {
      globalThis.figure.trace = globalThis.made(8, 8, 1);
      await globalThis.figure.updateComplete;
    });
    assert.equal((await all(tab, '.overview')).length, 0, 'where all is seen there is none');
  },
);

withFigure(
  'the figure follows width and colors while it is in the page, even after it was removed and added again',
  '',
  async (tab) => {
    const probe = (): Promise<string> =>
      tab.evaluate(() => {
        const canvas = globalThis.figure.shadowRoot?.querySelector('canvas.plates') as HTMLCanvasElement;
        return `${canvas.clientWidth} ${canvas.toDataURL()}`;
      });
    await tab.evaluate(() => {
      const { figure } = globalThis;
      const box = document.createElement('div');
      figure.remove();
      box.style.width = '500px';
      box.append(figure);
      document.querySelector('main')?.append(box);
    });
    await tab.until(
      () => (globalThis.figure.shadowRoot?.querySelector('.plot') as Element).getBoundingClientRect().width === 500,
    );
    await tab.until(() =>
      (globalThis.figure.shadowRoot?.querySelector('.figure') as Element).classList.contains('narrow'),
    );
    const light = await probe();
    await tab.evaluate(async () => {
      document.documentElement.dataset.theme = 'dark';
      await new Promise(requestAnimationFrame);
      await globalThis.figure.updateComplete;
    });
    assert.notEqual(await probe(), light);
    const drawn = await tab.evaluate(async () => {
      const { figure } = globalThis;
      figure.remove();
      let asked = 0;
      const update = figure.requestUpdate.bind(figure);
      figure.requestUpdate = () => {
        asked++;
        update();
      };
      document.documentElement.dataset.theme = 'light';
      await new Promise(requestAnimationFrame);
      return asked;
    });
    assert.equal(drawn, 0, 'out of the page it watches nothing');
  },
);

const STATES = [
  '',
  '?unit=3&readouts&edited=2',
  '?t=0',
  '?fold=1&t=4',
  '?fold=0.5',
  '?U=32&unit=20',
  '?T=50&U=128',
  '?F=3&unit=1',
  '?disabled',
];
for (const scheme of ['light', 'dark'] as const) {
  withFigure(
    `axe finds nothing in any state, ${scheme}`,
    '',
    async (tab) => {
      const { states, rules } = inTheme(scheme, STATES);
      for (const state of states) {
        await tab.resize(state.includes('T=50') ? 390 : 1200, 900);
        await open(tab, state);
        await tab.evaluate(() => globalThis.figure.shadowRoot?.querySelector('details')?.setAttribute('open', ''));
        await tab.until(() => !!globalThis.figure.shadowRoot?.querySelector('tbody'));
        assert.deepEqual(await tab.faults(rules), [], `${state} ${scheme}`);
      }
    },
    { scheme },
  );
}
