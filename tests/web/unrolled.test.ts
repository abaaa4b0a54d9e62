/**
 * `<rnn-unrolled>` over a real engine (unrolled-fixture.ts): the numbers and colors are those of the same training in
 * Node, a drag changes the answer as the engine says, and everything keeps its place at every width.
 */

import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { load, type Sequential } from '../../build/js/unrolled.js';
import { colorOf, type Rgb, valueScale } from '../../web/figures/network/color-scale.ts';
import { formatNumber } from '../../web/shared/format.ts';
import { forEachBrowser, inTheme, root, servePage, type Tab, type View } from './harness.ts';

const BODY = '<main><h1>A recurrent network</h1><rnn-unrolled yes="yes" no="no"></rnn-unrolled></main>';
const build = join(root, process.env['BUILD'] ?? 'build');
const SAMPLE = 3;

let site: Awaited<ReturnType<typeof servePage>>;
let model: Sequential;
let x: Float32Array;
let task: Awaited<ReturnType<typeof load>>['task'];
before(async () => {
  site = await servePage('unrolled', `import '${join(root, 'tests/web/unrolled-fixture.ts')}';`, BODY);
  for (const kind of ['simd', 'scalar'])
    copyFileSync(join(build, `js/unrolled.${kind}.wasm`), join(build, `tests/unrolled/unrolled.${kind}.wasm`));
  const { sequential, ...core } = await load();
  task = core.task;
  model = sequential({ units: 8, timesteps: 10, seed: 42 });
  const data = task('first', { samples: 500, timesteps: 10 });
  model.compile({ optimizer: 'adam', learningRate: 0.01 });
  await model.fit(data.x, data.y, { epochs: 40 });
  x = data.x.slice(SAMPLE * 10, (SAMPLE + 1) * 10);
});
after(() => site.close());

function figure(name: string, body: (tab: Tab) => Promise<void>, view: View = {}): void {
  forEachBrowser(
    `unrolled: ${name}`,
    async (tab) => {
      await body(tab);
      assert.deepEqual(tab.problems, []);
      assert.deepEqual(await tab.evaluate(() => globalThis.refused), []);
    },
    { width: 900, height: 900, reducedMotion: true, ...view },
  );
}

async function open(tab: Tab, query = ''): Promise<void> {
  await tab.open(site.url + query);
  await tab.until(() => !!globalThis.unrolled?.shadowRoot?.querySelector('.cell, .column.later'));
}

const deep = (selector: string): string => `rnn-unrolled >>> ${selector}`;
const set = (tab: Tab, properties: Record<string, unknown>): Promise<unknown> =>
  tab.evaluate(async (given) => {
    Object.assign(globalThis.unrolled, given);
    await globalThis.unrolled.updateComplete;
  }, properties);
const texts = (tab: Tab, selector: string): Promise<string[]> =>
  tab.evaluate(
    (wanted) =>
      [...(globalThis.unrolled.shadowRoot?.querySelectorAll(wanted) ?? [])].map((one) =>
        (one.textContent ?? '').replace(/\s+/g, ' ').trim(),
      ),
    selector,
  );
const attributes = (tab: Tab, selector: string, name: string): Promise<(string | null)[]> =>
  tab.evaluate(
    (wanted, attribute) =>
      [...(globalThis.unrolled.shadowRoot?.querySelectorAll(wanted) ?? [])].map((one) => one.getAttribute(attribute)),
    selector,
    name,
  );
const told = (tab: Tab): Promise<typeof globalThis.told> => tab.evaluate(() => globalThis.told.splice(0));

/** The page's colors of −1, 0 and 1. */
const ends = (tab: Tab): Promise<[Rgb, Rgb, Rgb]> =>
  tab.evaluate(
    () =>
      ['neg', 'zero', 'pos'].map((name) => {
        const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
        const probe = globalThis.unrolled.shadowRoot?.querySelector(`.probe.${name}`) as Element;
        canvas.fillStyle = getComputedStyle(probe).color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      }) as unknown as [Rgb, Rgb, Rgb],
  );

async function cellsAre(tab: Tab, trace: ReturnType<Sequential['trace']>): Promise<void> {
  const scale = valueScale(...(await ends(tab)), [0, 0, 0]);
  const { h, units } = trace.layers[0] as (typeof trace.layers)[number];
  assert.deepEqual(
    await attributes(tab, '.cell', 'fill'),
    [...h.subarray(units)].map((value) => colorOf(scale, value, 1)),
  );
}

const p = (trace: ReturnType<Sequential['trace']>): number => trace.prediction[trace.timesteps - 1] as number;

/** As a beginner reads it: two decimals, three near 0 and 1, and no claim that an answer is certain. */
const equation = (value: number): string => {
  if (value < 0.0005 || value >= 0.9995) return `p ≈ ${Math.round(value)}`;
  return `p = ${value.toFixed(value < 0.005 || value >= 0.995 ? 3 : 2)}`;
};

figure('every value, cell and the answer are those of the same training in Node', async (tab) => {
  await open(tab);
  const trace = model.trace(x);
  assert.deepEqual(
    await texts(tab, '.value'),
    [...x].map((value) => value.toFixed(2)),
  );
  await cellsAre(tab, trace);
  assert.ok(p(trace) < 0.1, `${p(trace)}`);
  assert.deepEqual(await texts(tab, '.said'), [`no${equation(p(trace))}`]);
  assert.match(
    (await texts(tab, '#sentence'))[0] ?? '',
    /^Time step 10 of 10\. .* The answer is no, p\(y = 1\) = 0\.00/,
  );
});

figure('a dragged dot says so at every step, and the answer becomes the engine’s', async (tab) => {
  await open(tab);
  const dot = deep('[data-input="0"] .touch');
  await tab.drag(dot, { x: 0, y: -45 });
  const heard = await told(tab);
  const last = heard.at(-1)?.detail as { timestep: number; feature: number; value: number; final: boolean };
  assert.ok(heard.length > 2 && heard.every(({ name }) => name === 'rnn-input'));
  assert.deepEqual([last.timestep, last.feature, last.final], [1, 0, true]);
  assert.ok(last.value > 0.55 && last.value <= 1, `${last.value}`);
  const changed = x.slice();
  changed[0] = last.value;
  const trace = model.trace(changed);
  assert.ok(p(trace) > 0.9);
  await tab.until(
    (wanted: string) => globalThis.unrolled.shadowRoot?.querySelector('.said')?.textContent?.includes(wanted),
    equation(p(trace)),
  );
  await cellsAre(tab, trace);
  /* the cells that differ visibly are marked, and the original value stays as a ghost */
  const [h, was] = [trace, model.trace(x)].map(({ layers }) => layers[0]?.h as Float32Array) as [
    Float32Array,
    Float32Array,
  ];
  const moved = Array.from({ length: 10 }, (_, t) =>
    Array.from({ length: 8 }, (_, j) => Math.abs((h[(t + 1) * 8 + j] as number) - (was[(t + 1) * 8 + j] as number))),
  ).map((column) => column.filter((by) => by >= 0.1).length);
  const bars = (await attributes(tab, '.changed', 'd')).map((path) => path?.match(/M/g)?.length);
  assert.deepEqual(bars, moved.filter(Boolean));
  assert.equal((await attributes(tab, 'circle.ghost', 'r')).length, 1);
  const all = moved.reduce((sum, count) => sum + count, 0);
  assert.deepEqual(await texts(tab, '.caption'), [`Changing x₁ moved ${all} of the 80 values of the states.`]);
  await tab.until(() =>
    globalThis.unrolled.shadowRoot?.querySelector('#sentence')?.textContent?.includes('answer is yes'),
  );
  /* back at its value, nothing is marked */
  await tab.evaluate((value) => globalThis.edit(0, value), x[0] as number);
  await tab.until(() => !globalThis.unrolled.shadowRoot?.querySelector('circle.ghost'));
});

/** The number of cells in each column whose value changed by at least a tenth of the scale. */
const movedCells = (was: ReturnType<Sequential['trace']>, is: ReturnType<Sequential['trace']>): number[] => {
  const [h, before] = [is, was].map(({ layers }) => layers[0]?.h as Float32Array) as [Float32Array, Float32Array];
  return Array.from(
    { length: 10 },
    (_, t) =>
      Array.from({ length: 8 }, (_, j) =>
        Math.abs((h[(t + 1) * 8 + j] as number) - (before[(t + 1) * 8 + j] as number)),
      ).filter((by) => by >= 0.1).length,
  );
};

figure('a weight that the page changes is marked wherever it moves a cell, until it is undone', async (tab) => {
  await open(tab);
  const place = 8 + 3 * 8 + 2; /* W[4, 3] follows U */
  const trained = model.getWeights().flatMap((tensor) => [...tensor]);
  const changed = trained.slice();
  changed[place] = 2;
  const was = model.trace(x);
  model.setWeights(changed);
  const moved = movedCells(was, model.trace(x));
  model.setWeights(trained);
  assert.ok(moved[0] === 0 && moved.slice(1).some(Boolean), `${moved}`);
  await tab.evaluate((at) => globalThis.weigh(at, 2), place);
  await tab.until(() => !!globalThis.unrolled.shadowRoot?.querySelector('.changed'));
  assert.deepEqual(
    (await attributes(tab, '.changed', 'd')).map((path) => path?.match(/M/g)?.length),
    moved.filter(Boolean),
  );
  const all = moved.reduce((sum, count) => sum + count, 0);
  assert.deepEqual(await texts(tab, '.caption'), [`What you changed moved ${all} of the 80 values of the states.`]);
  assert.match((await texts(tab, '.note')).join(), /before: no, p = 0\.00/);
  await tab.evaluate((at) => globalThis.weigh(at), place);
  await tab.until(() => !globalThis.unrolled.shadowRoot?.querySelector('.changed'));
  assert.deepEqual(await texts(tab, '.caption'), ['One cell, drawn once for each of 10 time steps.']);
});

figure('after more training a changed input is compared in the new network, not with the old one', async (tab) => {
  await open(tab, '?epochs=1');
  const { sequential, task } = await load();
  const data = task('first', { samples: 500, timesteps: 10 });
  const other = sequential({ units: 8, timesteps: 10, seed: 42 });
  other.compile({ optimizer: 'adam', learningRate: 0.01 });
  await other.fit(data.x, data.y, { epochs: 1 });
  const edited = x.slice();
  edited[0] = 0.9;
  const marks = async (): Promise<void> => {
    const all = movedCells(other.trace(x), other.trace(edited)).reduce((sum, count) => sum + count, 0);
    await tab.until(
      (wanted: string) => globalThis.unrolled.shadowRoot?.querySelector('.caption')?.textContent === wanted,
      `Changing x₁ moved ${all} of the 80 values of the states.`,
    );
    const before = p(other.trace(x));
    assert.match(
      (await texts(tab, '.note')).join(),
      new RegExp(`before: ${before >= 0.5 ? 'yes' : 'no'}, ${equation(before)}`),
    );
  };
  await tab.evaluate(() => globalThis.edit(0, 0.9));
  await marks();
  await other.fit(data.x, data.y, { epochs: 30 });
  await tab.evaluate(() => globalThis.train(30));
  await marks();
  /* a page that has nothing to compare with marks nothing */
  await tab.evaluate(() => {
    globalThis.unrolled.base = undefined;
  });
  await tab.until(() => !globalThis.unrolled.shadowRoot?.querySelector('.changed'));
});

figure(
  'a change runs through the columns once the dot is released, not while it is dragged',
  async (tab) => {
    await open(tab);
    const running = (): Promise<number> =>
      tab.evaluate(
        () =>
          [...(globalThis.unrolled.shadowRoot?.querySelectorAll('.column') ?? [])].flatMap((one) => one.getAnimations())
            .length,
      );
    const { x, y } = await tab.middle(deep('[data-input="0"] .touch'));
    await tab.mouse('move', { x, y });
    await tab.mouse('down', { x, y });
    await tab.mouse('move', { x, y: y - 40 });
    await tab.until(() => !!globalThis.unrolled.shadowRoot?.querySelector('.changed'));
    assert.equal(await running(), 0);
    await tab.mouse('up', { x, y: y - 40 });
    await tab.until(() =>
      [...(globalThis.unrolled.shadowRoot?.querySelectorAll('.column') ?? [])].some(
        (one) => one.getAnimations().length > 0,
      ),
    );
  },
  { reducedMotion: false },
);

figure(
  'a finger on a dot drags it without scrolling the page, and on the columns the page scrolls',
  async (tab) => {
    await open(tab);
    const { page } = tab;
    assert.ok(page);
    const swipe = async (from: { x: number; y: number }, up: number): Promise<void> => {
      await page.touchscreen.touchStart(from.x, from.y);
      for (let y = 0; y <= up; y += 5) await page.touchscreen.touchMove(from.x, from.y - y);
      await page.touchscreen.touchEnd();
    };
    const point = await tab.middle(deep('[data-input="0"] .touch'));
    const size = await tab.evaluate(() => {
      const { width, height } = globalThis.unrolled.shadowRoot
        ?.querySelector('.touch')
        ?.getBoundingClientRect() as DOMRect;
      return [width, height];
    });
    assert.ok(Math.min(...size) >= 24 && Math.max(...size) >= 44, `${size}`);
    const before = await tab.evaluate(() => scrollY);
    await swipe(point, 40);
    const last = (await told(tab)).at(-1)?.detail;
    assert.equal(last?.['final'], true);
    assert.ok((last?.['value'] as number) > 0.6, `${last?.['value']}`);
    assert.equal(await tab.evaluate(() => scrollY), before);
    const column = await tab.middle(deep('.column'));
    const place = await tab.evaluate(() => scrollY);
    await swipe(column, 100);
    await tab.until((was: number) => scrollY > was, place);
    assert.deepEqual(await told(tab), []);
  },
  {
    width: 390,
    height: 300,
    touch: true,
    without: { firefox: 'its driver has no touch screen here', webkit: 'its driver has no touch screen here' },
  },
);

figure('a click on a dot changes nothing', async (tab) => {
  await open(tab);
  await tab.click(deep('[data-input="2"] .touch'));
  assert.deepEqual(await told(tab), []);
});

figure('keys move a dot, go to its neighbors, walk through time and choose a unit', async (tab) => {
  await open(tab);
  await tab.focus(deep('[data-input="0"]'));
  assert.deepEqual(await attributes(tab, '[data-input="0"]', 'aria-valuetext'), [
    `x₁ = ${formatNumber(x[0] as number)}, not above ½`,
  ]);
  await tab.press('End');
  await tab.until(() => !!globalThis.unrolled.shadowRoot?.querySelector('.ghost'));
  assert.deepEqual(await attributes(tab, '[data-input="0"]', 'aria-valuetext'), ['x₁ = 1.00, above ½']);
  await tab.press('ArrowDown');
  assert.deepEqual(
    (await told(tab)).map(({ detail }) => detail.value),
    [1, 0.99],
  );
  await tab.press('ArrowRight');
  await tab.until(() => globalThis.unrolled.shadowRoot?.activeElement?.getAttribute('data-input') === '1');
  await tab.focus(deep('.plot'));
  for (const key of ['ArrowLeft', 'ArrowDown', 'ArrowDown', 'Home', 'Escape']) await tab.press(key);
  assert.deepEqual(
    (await told(tab)).map(({ name, detail }) => [name, detail.timestep ?? detail.unit]),
    [
      ['rnn-timestep', 9],
      ['rnn-unit', 1],
      ['rnn-unit', 2],
      ['rnn-timestep', 0],
      ['rnn-unit', undefined],
    ],
  );
});

for (const width of [900, 390])
  figure(
    `where each step has an answer, a yes is filled and a no is not, ${width} px wide`,
    async (tab) => {
      for (const sample of [0, 1, 2, 3]) {
        await open(tab, `?sample=${sample}`);
        await set(tab, { readouts: true, timestep: 10 });
        const data = task('first', { samples: 500, timesteps: 10 });
        const { prediction } = model.trace(data.x.slice(sample * 10, (sample + 1) * 10));
        const filled = await tab.evaluate(() => {
          const root = globalThis.unrolled.shadowRoot as ShadowRoot;
          const paper = getComputedStyle(root.querySelector('.column .frame') as Element).fill;
          return [...root.querySelectorAll('.small, .pill')].map((shape) => getComputedStyle(shape).fill !== paper);
        });
        assert.deepEqual(
          filled,
          [...prediction].map((p) => p >= 0.5),
          `sequence ${sample}`,
        );
        assert.ok(filled.includes(true) && filled.includes(false), `sequence ${sample}`);
        const unread = await tab.evaluate(() => {
          const root = globalThis.unrolled.shadowRoot as ShadowRoot;
          const texts = [...root.querySelectorAll<SVGElement>('.earlier text, .said tspan')];
          return texts.filter((text) => {
            const shape = text.closest('g')?.querySelector('.small, .pill') as Element;
            return getComputedStyle(text).fill === getComputedStyle(shape).fill;
          }).length;
        });
        assert.equal(unread, 0, `sequence ${sample}`);
      }
    },
    { width },
  );

figure('columns after the cursor are empty, and the answer appears at the last step', async (tab) => {
  await open(tab, '?t=4');
  assert.equal((await attributes(tab, '.cell', 'fill')).length, 4 * 8);
  assert.equal((await attributes(tab, '.column.later', 'data-column')).length, 6);
  assert.deepEqual(await texts(tab, '.said'), []);
  await set(tab, { readouts: true });
  const trace = model.trace(x);
  assert.deepEqual(
    await texts(tab, '.earlier text'),
    [...trace.prediction.subarray(0, 4)].map((value) => value.toFixed(2)),
  );
  assert.match((await texts(tab, '.note')).join(), /not trained/);
  assert.deepEqual(await attributes(tab, '.earlier > .trained', 'data-readout'), []);
  await set(tab, { trainedAt: 3 });
  assert.deepEqual(await attributes(tab, '.earlier > .trained', 'data-readout'), ['3']);
  assert.doesNotMatch((await texts(tab, '.note')).join(), /not trained/);
  await set(tab, { trainedAt: undefined });
  await tab.click(deep('.next'));
  assert.deepEqual(await texts(tab, '.time output'), ['time step 5 of 10']);
  await tab.click(deep('.play'));
  await tab.until(() => globalThis.unrolled.timestep === 10 && !globalThis.unrolled.playing);
  assert.equal((await texts(tab, '.said')).length, 1);
  assert.deepEqual(
    (await told(tab)).map(({ detail }) => detail.timestep),
    [5, 6, 7, 8, 9, 10],
  );
});

figure(
  'folded, there is one cell, one U, one W that begins and ends at it, and the cursor runs through it',
  async (tab) => {
    await open(tab, '?t=6');
    await tab.click(deep('[data-fold="1"]'));
    assert.deepEqual(await told(tab), [{ name: 'rnn-fold', detail: { fold: 1 } }]);
    const parts = async (): Promise<(string | null)[][]> => [
      await attributes(tab, '.column', 'data-column'),
      await attributes(tab, '.of-u', 'data-t'),
      await attributes(tab, '.of-w', 'data-t'),
    ];
    assert.deepEqual(await parts(), [['6'], ['6'], ['6']]);
    const loop = await tab.evaluate(() => {
      const way = globalThis.unrolled.shadowRoot?.querySelector('.of-w .line') as SVGPathElement;
      const frame = (globalThis.unrolled.shadowRoot?.querySelector('.frame') as SVGRectElement).getBBox();
      const [from, to] = [way.getPointAtLength(0), way.getPointAtLength(way.getTotalLength())];
      const right = frame.x + frame.width;
      return [from, to].map(({ x, y }) => x - right < 12 && x >= right && y > frame.y && y < frame.y + frame.height);
    });
    assert.deepEqual(loop, [true, true]);
    await tab.click(deep('.next'));
    assert.deepEqual(await parts(), [['7'], ['7'], ['7']]);
    await set(tab, { fold: 0.7 });
    /* as the columns meet, all but the cursor's arrows fade */
    const shown = await tab.evaluate(() =>
      [...(globalThis.unrolled.shadowRoot?.querySelectorAll('.of-w, .column') ?? [])].map((one) =>
        Number(getComputedStyle(one).opacity),
      ),
    );
    assert.deepEqual([shown.length, shown.filter((opacity) => opacity === 1).length], [20, 2]);
    await set(tab, { fold: 0 });
    assert.equal((await parts())[0]?.length, 10);
  },
);

figure(
  'the fold takes its time, and ends where it should',
  async (tab) => {
    await open(tab);
    await tab.click(deep('[data-fold="1"]'));
    await tab.until(() => globalThis.unrolled.shadowRoot?.querySelectorAll('.column').length === 1);
  },
  { reducedMotion: false },
);

/** Texts that leave the drawing, or lie over one another. */
function crowding(): string[] {
  const svg = globalThis.unrolled.shadowRoot?.querySelector('svg') as SVGElement;
  const frame = svg.getBoundingClientRect();
  /* from the top of a capital to below a comma: the box of a font of formulas is twice as high in some browsers */
  const boxOf = (text: SVGTextElement): { left: number; right: number; top: number; bottom: number } => {
    const { left, right } = text.getBoundingClientRect();
    const base = frame.top + Number(text.getAttribute('y'));
    const size = Number.parseFloat(getComputedStyle(text).fontSize);
    return { left, right, top: base - 0.75 * size, bottom: base + 0.2 * size };
  };
  const boxes = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent ?? '', box: boxOf(text) }));
  const out = boxes.filter(
    ({ box }) =>
      box.left < frame.left - 0.5 ||
      box.right > frame.right + 0.5 ||
      box.top < frame.top - 0.5 ||
      box.bottom > frame.bottom + 0.5,
  );
  const over = boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (b) =>
          Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 0.5 &&
          Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 0.5,
      )
      .map((b) => `${a.text} over ${b.text}`),
  );
  const column = [...svg.querySelectorAll('.frame')].map((one) => one.getBoundingClientRect());
  const letters = [...svg.querySelectorAll<SVGTextElement>('.letter')].filter((one) => {
    const box = boxOf(one);
    return column.some(
      (c) => box.left < c.right - 1.5 && box.right > c.left + 1.5 && box.bottom > c.top && box.top < c.bottom,
    );
  });
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
  return [
    ...out.map(({ text }) => `${text} leaves the drawing`),
    ...over,
    ...letters.map((one) => `${one.textContent} lies on a column`),
    ...wide,
  ];
}

for (const width of [280, 390, 700, 900])
  figure(
    `no text leaves the drawing or lies over another at ${width} px`,
    async (tab) => {
      const faults: string[] = [];
      for (const query of [
        '',
        '?T=1',
        '?T=50&U=32',
        '?T=5&U=1&t=0',
        '?F=3',
        '?F=16&K=4&T=12',
        '?loss=mean_squared_error&F=2',
        '?seq=1',
        '?cell=lstm&layers=2',
      ]) {
        await open(tab, query);
        for (const state of [{}, { readouts: true, timestep: 3, unit: 1 }, { fold: 1 }]) {
          await set(tab, state);
          faults.push(...(await tab.evaluate(crowding)).map((fault) => `${query} ${JSON.stringify(state)}: ${fault}`));
        }
      }
      assert.deepEqual(faults, []);
    },
    { width },
  );

figure('of several layers the top one is shown', async (tab) => {
  await open(tab, '?layers=2&U=4&epochs=1');
  const shown = await tab.evaluate(() => {
    const { layers } = globalThis.unrolled.trace as import('../../wasm/js/unrolled.ts').Trace;
    return [...(layers[1]?.h ?? [])].slice(4);
  });
  const scale = valueScale(...(await ends(tab)), [0, 0, 0]);
  assert.deepEqual(
    await attributes(tab, '.cell', 'fill'),
    shown.map((value) => colorOf(scale, value, 1)),
  );
});

figure('the table has every number up to the cursor', async (tab) => {
  await open(tab, '?t=3');
  await tab.click(deep('summary'));
  await tab.until(() => !!globalThis.unrolled.shadowRoot?.querySelector('tbody'));
  const { layers } = model.trace(x);
  const h = layers[0]?.h as Float32Array;
  const rows = await texts(tab, 'tbody tr');
  assert.equal(rows.length, 4);
  const cells = (await texts(tab, 'tbody tr:last-child td')).slice(0, 9);
  assert.deepEqual(
    cells,
    [x[2] as number, ...h.subarray(24, 32)].map((value) => formatNumber(value, 4)),
  );
});

figure('what is highlighted stays, the rest steps back, and the numbers stay legible', async (tab) => {
  await open(tab);
  await set(tab, { highlight: 'W' });
  const opacities = await tab.evaluate(() =>
    ['.part.w', '.part.u', '.part.h', '.value', '.step'].map((selector) => {
      let opacity = 1;
      for (let at = globalThis.unrolled.shadowRoot?.querySelector(selector); at; at = at.parentElement)
        opacity *= Number(getComputedStyle(at).opacity);
      return opacity;
    }),
  );
  assert.deepEqual(opacities, [1, 0.3, 0.3, 1, 1]);
});

figure('what is pointed at is highlighted, with an event, until the pointer leaves or drags', async (tab) => {
  await open(tab);
  await tab.evaluate(() =>
    document.addEventListener('rnn-part', (event) =>
      globalThis.told.push({ name: 'rnn-part', detail: (event as CustomEvent).detail }),
    ),
  );
  const parts = async (): Promise<unknown[]> =>
    (await told(tab)).filter(({ name }) => name === 'rnn-part').map(({ detail }) => detail['part']);
  /* an arrow is two pixels wide: the room around it counts as the arrow */
  const beside = async (selector: string): Promise<void> => {
    const { x, y } = await tab.middle(deep(selector));
    await tab.hover({ x: x + 6, y: y + 3 });
  };
  for (const [selector, part] of [
    ['.of-u[data-t="4"] .line', 'U'],
    ['.of-v .line', 'V'],
    ['.of-w[data-t="5"] .line', 'W'],
    ['.cell[data-unit="3"]', 'h'],
    ['.answer', 'answer'],
    ['[data-input="6"] .mark', 'x'],
  ] as const) {
    if (part === 'W') await tab.hover(await tab.middle(deep('.of-w[data-t="5"] .line')));
    else await beside(selector);
    await tab.until((wanted: string) => globalThis.unrolled.getAttribute('highlight') === wanted, part);
  }
  assert.deepEqual(await parts(), ['U', 'V', 'W', 'h', 'answer', 'x']);
  /* while a dot is dragged and after it, the columns are looked at */
  await tab.drag(deep('[data-input="6"] .touch'), { x: 0, y: 20 });
  await tab.until(() => globalThis.unrolled.highlight === '');
  await tab.hover({ x: 1, y: 1 });
  for (const part of ['U', 'W', 'V']) {
    await tab.focus(deep(`.legend [data-part="${part}"]`));
    await tab.until((wanted: string) => globalThis.unrolled.highlight === wanted, part);
  }
  await tab.focus(deep('.plot'));
  await tab.until(() => globalThis.unrolled.highlight === '');
});

figure('a cell tells its value to the pointer and to the keyboard, and a legend tells the colors', async (tab) => {
  await open(tab);
  const { h } = model.trace(x).layers[0] as { h: Float32Array };
  const value = (t: number, unit: number): string => `[${unit}] = ${formatNumber(h[t * 8 + unit - 1] as number)}`;
  assert.deepEqual(await texts(tab, '.tip'), []);
  await tab.hover(await tab.middle(deep('[data-column="3"] .cell[data-unit="2"]')));
  await tab.until(() => !!globalThis.unrolled.shadowRoot?.querySelector('.tip'));
  assert.deepEqual(await texts(tab, '.tip'), [`h₃${value(3, 2)}`]);
  await tab.hover({ x: 1, y: 1 });
  await tab.until(() => !globalThis.unrolled.shadowRoot?.querySelector('.tip'));
  await tab.focus(deep('.plot'));
  await tab.press('ArrowDown', 'ArrowLeft');
  await tab.until(() => globalThis.unrolled.shadowRoot?.querySelector('.tip')?.textContent?.startsWith('h₉'));
  assert.deepEqual(await texts(tab, '.tip'), [`h₉${value(9, 1)}`]);
  assert.deepEqual(await texts(tab, '.scale'), ['h: −1 0 1']);
  /* the ends of the legend are the colors of the cells */
  const [low, zero, high] = await ends(tab);
  const rgb = (color: Rgb): string => `rgb(${color.join(', ')})`;
  const bars = await tab.evaluate(() =>
    [...(globalThis.unrolled.shadowRoot?.querySelectorAll('.scale i') ?? [])].map(
      (bar) => getComputedStyle(bar).backgroundImage,
    ),
  );
  assert.ok(bars[0]?.includes(rgb(low)) && bars[0].includes(rgb(zero)), bars[0]);
  assert.ok(bars[1]?.includes(rgb(zero)) && bars[1].includes(rgb(high)), bars[1]);
});

figure(
  'many time steps have one line for W behind their columns and ticks for U, without arrow heads',
  async (tab) => {
    await open(tab, '?T=50&t=20');
    assert.equal((await attributes(tab, 'path.head', 'd')).length, 1 /* V's */);
    assert.equal((await attributes(tab, '.of-w .line', 'd')).length, 2 /* up to the cursor, and later */);
    const ticks = (await attributes(tab, '.of-u .line', 'd')).map((path) => path?.match(/M/g)?.length);
    assert.deepEqual(ticks, [20, 30]);
    const behind = await tab.evaluate(() => {
      const { shadowRoot } = globalThis.unrolled;
      const [line, column] = ['.of-w .line', '.column'].map((one) => shadowRoot?.querySelector(one) as Element);
      return (line as Element).compareDocumentPosition(column as Element) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    assert.ok(behind);
    await set(tab, { fold: 1 });
    assert.equal((await attributes(tab, '.of-w .head', 'd')).length, 1);
  },
  { width: 750 },
);

figure('its picture has every cell and text of the screen, and says the answer', async (tab) => {
  await open(tab);
  const svg = await tab.evaluate(async () => (await globalThis.pictureOf(globalThis.unrolled, '')).svg);
  const count = (pattern: RegExp): number => svg.match(pattern)?.length ?? 0;
  assert.match(svg, /<title>A recurrent network, unrolled<\/title>/);
  assert.match(svg, /The answer is no, p\(y = 1\) = 0\.00/);
  const colors = (await attributes(tab, '.cell', 'fill')).map(
    (fill) => `#${(fill?.match(/\d+/g) ?? []).map((byte) => Number(byte).toString(16).padStart(2, '0')).join('')}`,
  );
  for (const color of new Set(colors))
    assert.ok(count(new RegExp(color, 'g')) >= colors.filter((one) => one === color).length);
  for (const text of [...(await texts(tab, '.value')), ...(await texts(tab, '.step'))])
    assert.ok(svg.includes(`>${text}</text>`), text);
  assert.ok(!svg.includes('>Folded<') && !svg.includes('>Play<'));
});

for (const scheme of ['light', 'dark'] as const)
  figure(
    `axe finds nothing, ${scheme}`,
    async (tab) => {
      await open(tab);
      const faults: string[] = [];
      const { states, rules } = inTheme(scheme, [
        {},
        { timestep: 3, readouts: true, unit: 2, highlight: 'W' },
        { fold: 1, open: true },
        { fixed: true },
      ]);
      for (const state of states) {
        await set(tab, state);
        faults.push(...(await tab.faults(rules)));
      }
      assert.deepEqual(faults, []);
    },
    { scheme },
  );
