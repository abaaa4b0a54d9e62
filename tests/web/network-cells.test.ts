/**
 * `<rnn-network>` with the engine's traces must show every cell, layer, readout and cut with the traced numbers, and a
 * layer, a gate and a weight must be selectable by pointer and keys. The page is network-cells-fixture.ts.
 */

import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Trace, TraceLayer } from '../../wasm/js/types.ts';
import { colorOf, type Rgb, type ValueScale, valueScale } from '../../web/figures/network/color-scale.ts';
import { columnX, layout, rowMiddle, withStrips } from '../../web/figures/network/network-layout.ts';
import { roundUp } from '../../web/shared/format.ts';
import { formatNumber } from '../../web/shared/format.ts';
import { EVERY, forEachBrowser, inTheme, root, servePage, type Tab, type View } from './harness.ts';

const BODY = '<main><h1>The network over time</h1><rnn-network></rnn-network></main>';
const build = join(root, process.env['BUILD'] ?? 'build');

let site: Awaited<ReturnType<typeof servePage>>;
before(async () => {
  site = await servePage('network-cells', `import '${join(root, 'tests/web/network-cells-fixture.ts')}';`, BODY);
  for (const kind of ['simd', 'scalar'])
    copyFileSync(join(build, `js/unrolled.${kind}.wasm`), join(build, `tests/network-cells/unrolled.${kind}.wasm`));
});
after(() => site.close());

function withFigure(name: string, body: (tab: Tab) => Promise<void>, view: View = { width: 1200, height: 900 }): void {
  forEachBrowser(
    `network: ${name}`,
    async (tab) => {
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
const set = (tab: Tab, properties: Record<string, unknown>): Promise<unknown> =>
  tab.evaluate(async (given) => {
    Object.assign(globalThis.figure, given);
    await globalThis.figure.updateComplete;
  }, properties);
const settled = (tab: Tab): Promise<unknown> => tab.evaluate(() => globalThis.figure.updateComplete);
const inside = async (tab: Tab, selector: string): Promise<string> =>
  (await tab.text(deep(selector))).replace(/\s+/g, ' ').trim();
const count = (tab: Tab, selector: string): Promise<number> =>
  tab.evaluate((wanted) => globalThis.figure.shadowRoot?.querySelectorAll(wanted).length ?? 0, selector);
const heard = (tab: Tab): Promise<typeof globalThis.heard> => tab.evaluate(() => globalThis.heard.splice(0));
const rows = (tab: Tab): Promise<string[][]> =>
  tab.evaluate(() =>
    [...(globalThis.figure.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.children].map((cell) => cell.textContent ?? ''),
    ),
  );

/** The trace as plain arrays. */
const traceOf = (tab: Tab): Promise<Trace> =>
  tab.evaluate(() =>
    JSON.parse(
      JSON.stringify(globalThis.figure.trace, (_, value) =>
        ArrayBuffer.isView(value)
          ? Array.from(value as Float32Array, (one) => (Number.isFinite(one) ? one : String(one)))
          : value,
      ),
    ),
  ) as Promise<Trace>;

const text = (value: number | undefined, digits = 2): string => formatNumber(value as number, digits);

const GATES: Record<number, string[]> = { 3: ['u', 'r', 'g'], 4: ['i', 'f', 'g', 'o'] };

/** The texts that the line of values must contain for a unit at t. */
function unitFacts(layer: TraceLayer, gate: number, t: number, unit: number): string[] {
  const { units, gates, z, a, h, c } = layer;
  const at = ((t - 1) * gates + gate) * units + unit - 1;
  const said = [`h${t}[${unit}] = ${text(h[t * units + unit - 1])}`];
  if (c.length > 0) said.push(`c${t}[${unit}] = ${text(c[t * units + unit - 1])}`);
  if (gates === 1) return [...said, `z${t}[${unit}] = ${text(z[at])}`];
  const name = GATES[gates]?.[gate] as string;
  return [...said, `${name}${t}[${unit}] = ${name === 'g' ? 'tanh' : 'σ'}(${text(z[at])}) = ${text(a[at])}`];
}

for (const [cell, layers] of [
  ['gru', 1],
  ['lstm', 1],
  ['simple_rnn', 2],
  ['lstm', 3],
] as const) {
  withFigure(`${cell}, layers: ${layers}: every gate's and state's number is the trace’s`, async (tab) => {
    await open(tab, `?cell=${cell}&layers=${layers}&unit=3`);
    const trace = await traceOf(tab);
    assert.equal(trace.layers.length, layers);
    for (const [k, layer] of trace.layers.entries()) {
      for (let gate = 0; gate < layer.gates; gate++) {
        for (let t = 1; t <= trace.timesteps; t += 2) {
          await set(tab, { layer: k + 1, gate, timestep: t });
          const facts = await inside(tab, '.facts');
          for (const said of unitFacts(layer, gate, t, 3))
            assert.ok(facts.includes(said), `layer ${k + 1}: "${said}" in "${facts}"`);
        }
      }
    }
  });
}

withFigure('the table has the numbers of the chosen layer and gate', async (tab) => {
  await open(tab, '?cell=lstm&layers=2&layer=2&gate=1&unit=2');
  const trace = await traceOf(tab);
  const { units, gates, z, a, h, c } = trace.layers[1] as TraceLayer;
  await tab.click(deep('details.numbers summary'));
  await tab.until(() => !!globalThis.figure.shadowRoot?.querySelector('tbody'));
  const shown = await rows(tab);
  assert.equal(shown.length, 6);
  for (let t = 1; t <= 5; t++) {
    const at = ((t - 1) * gates + 1) * units + 1;
    const numbers = [
      trace.layers[0]?.x[t - 1],
      z[at],
      a[at],
      c[t * units + 1],
      h[t * units + 1],
      trace.logit[t - 1],
      trace.prediction[t - 1],
    ];
    /* the last column is the target, which only the last time step has */
    assert.deepEqual(shown[t]?.slice(0, -1), [String(t), ...numbers.map((value) => text(value, 4))]);
  }
});

withFigure('classes: bars, the most probable one and its probability, the target; the table has each', async (tab) => {
  await open(tab, '?K=3&cell=gru');
  const trace = await traceOf(tab);
  const last = [...trace.prediction.slice(-3)];
  const best = last.indexOf(Math.max(...last));
  const facts = await inside(tab, '.facts');
  assert.ok(
    facts.includes(
      `most probable: class ${best}, p = ${text(last[best], 3)} target ● class ${trace.y[0]}, loss ${text(trace.loss, 3)}`,
    ),
    facts,
  );
  assert.equal(await inside(tab, '.over .value.strong'), `class ${best}`);
  const bars = await tab.evaluate(() =>
    [...(globalThis.figure.shadowRoot?.querySelectorAll('.share') ?? [])].map(
      (bar) => [Number(bar.getAttribute('width')), bar.classList.contains('best')] as const,
    ),
  );
  const whole = await tab.evaluate(() =>
    Number(globalThis.figure.shadowRoot?.querySelector('.bars')?.getAttribute('width')),
  );
  assert.equal(bars.length, 3);
  bars.forEach(([long, full], k) => {
    assert.ok(Math.abs(long - whole * (last[k] as number)) < 0.1, `bar ${k}`);
    assert.equal(full, k === best);
  });
  const spoken = await tab.evaluate(() =>
    globalThis.figure.shadowRoot?.querySelector('#time')?.getAttribute('aria-valuetext'),
  );
  assert.ok(spoken?.endsWith(`class ${best}, p ${text(last[best], 3)}, target ${trace.y[0]}`), spoken ?? '');
  await tab.click(deep('details.numbers summary'));
  await tab.until(() => !!globalThis.figure.shadowRoot?.querySelector('tbody'));
  assert.deepEqual(
    (await rows(tab))[5]?.slice(-4, -1),
    last.map((p) => text(p, 4)),
  );
});

withFigure('regression: the value is on an axis that includes it and its target', async (tab) => {
  await open(tab, '?loss=mean_squared_error&T=8');
  const trace = await traceOf(tab);
  const value = trace.prediction[7];
  const facts = await inside(tab, '.facts');
  assert.ok(
    facts.includes(`ŷ = ${text(value, 3)} target ◆ y = ${text(trace.y[0], 3)}, loss ${text(trace.loss, 3)}`),
    facts,
  );
  assert.equal(await inside(tab, '.over .value.strong'), text(value, 3));
  const places = await tab.evaluate(() => {
    const root = globalThis.figure.shadowRoot as ShadowRoot;
    const axis = [...root.querySelectorAll('.under .level')].slice(0, 2).map((line) => line.getBoundingClientRect().y);
    return { axis, answer: (root.querySelector('.answer') as Element).getBoundingClientRect().y };
  });
  assert.ok(places.answer > Math.min(...places.axis) - 8 && places.answer < Math.max(...places.axis) + 8);
});

withFigure(
  'with a target at every step every readout is solid with its target, and none is called untrained',
  async (tab) => {
    await open(tab, '?seq&cell=lstm');
    const trace = await traceOf(tab);
    for (let t = 1; t <= 5; t++) {
      await set(tab, { timestep: t });
      assert.ok(
        (await inside(tab, '.facts')).includes(
          `p(y = 1) = ${text(trace.prediction[t - 1], 3)} target ${trace.y[t - 1] ? '●' : '○'} y${t} = ${trace.y[t - 1]}`,
        ),
      );
      assert.equal(await count(tab, '.over .answer'), t);
      assert.equal(await count(tab, '.over .target'), t);
      assert.equal(await count(tab, '.untrained'), 0);
    }
    assert.ok((await inside(tab, '.facts')).endsWith(`loss ${text(trace.loss, 3)} over all steps`));
    assert.doesNotMatch(await tab.evaluate(() => globalThis.figure.shadowRoot?.textContent ?? ''), /never trained/);
  },
);

withFigure(
  'layer, gate and state can be chosen by keys',
  async (tab) => {
    await open(tab, '?cell=lstm&layers=2&unit=1');
    for (const select of ['#layer', '#gate', '#state']) {
      await tab.focus(deep(select));
      await tab.press('ArrowDown');
      await settled(tab);
    }
    assert.deepEqual(await heard(tab), [
      { name: 'rnn-layer', detail: { layer: 2 } },
      { name: 'rnn-gate', detail: { gate: 1 } },
      { name: 'rnn-strips', detail: { state: 'c' } },
    ]);
    assert.match(await inside(tab, '.facts'), /f5\[1\] = σ/);
    assert.match(await inside(tab, '.legend'), /c has no bound/);
    // c: the strips and the line have the colors of c, and W is not drawn.
    assert.equal(await count(tab, 'rect.node.w'), 0);
    await set(tab, { disabled: true });
    assert.equal(
      await tab.evaluate(() => (globalThis.figure.shadowRoot?.querySelector('#gate') as HTMLSelectElement).disabled),
      true,
    );
  },
  { width: 1200, height: 900, without: { webkit: 'its selects open a list of the system' } },
);

/** The colors of one canvas at positions of the layout. */
const painted = (tab: Tab, canvas: string, places: (readonly [number, number])[]): Promise<string[]> =>
  tab.evaluate(
    (name, wanted) => {
      const shown = globalThis.figure.shadowRoot?.querySelector(`canvas.${name}`) as HTMLCanvasElement;
      const ratio = shown.width / shown.getBoundingClientRect().width;
      const g = shown.getContext('2d') as CanvasRenderingContext2D;
      return wanted.map(
        ([x, y]) =>
          `rgb(${[...g.getImageData(Math.floor(x * ratio), Math.floor(y * ratio), 1, 1).data].slice(0, 3).join(' ')})`,
      );
    },
    canvas,
    places,
  );

async function scaleOf(tab: Tab): Promise<ValueScale> {
  const ends = await tab.evaluate(() =>
    ['neg', 'zero', 'pos', 'error'].map((name) => {
      const probe = globalThis.figure.shadowRoot?.querySelector(`.probe.${name}`) as Element;
      return (getComputedStyle(probe).color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
    }),
  );
  return valueScale(...(ends as unknown as [Rgb, Rgb, Rgb, Rgb]));
}

withFigure('plates have the colors of the chosen gate’s weights, strips those of each state', async (tab) => {
  await open(tab, '?cell=lstm&layers=2&layer=2&state=c&weights=');
  const scale = await scaleOf(tab);
  const trace = await traceOf(tab);
  const [width, parameters, offset] = await tab.evaluate(() => {
    const { figure } = globalThis;
    const kernel = figure.tensors?.find(({ name }) => name === 'lstm_1/recurrent_kernel');
    return [figure.clientWidth, [...(figure.parameters ?? [])], kernel?.offset ?? 0] as const;
  });
  const l = layout({ width, timesteps: 5, units: 6, features: 1, fold: 0, layers: 2, layer: 2, kernelColumns: 6 });
  const { w } = l.gutter.plates;
  for (const gate of [0, 1, 2, 3]) {
    await set(tab, { gate });
    // recurrent_kernel[from][gate · U + into].
    const weight = (into: number, from: number): number => parameters[offset + from * 24 + gate * 6 + into] as number;
    const cells = Array.from({ length: 36 }, (_, k) => [Math.floor(k / 6), k % 6] as const);
    const most = Math.max(...cells.map(([into, from]) => Math.abs(weight(into, from))));
    const places = cells.map(
      ([into, from]) => [w.left + (w.width * (from + 0.4)) / 6, rowMiddle(l, into + 1)] as const,
    );
    assert.deepEqual(
      await painted(tab, 'plates', places),
      cells.map(([into, from]) => colorOf(scale, weight(into, from), most)),
    );
  }
  const [lower, upper] = trace.layers as [TraceLayer, TraceLayer];
  const most = Math.max(...upper.c.map(Math.abs));
  const limit = most <= 1 ? 1 : roundUp(most);
  // Between the edges of the rows of a low strip.
  const low = withStrips(l, l.stack[0] as (typeof l)['strips']);
  const left = await tab.evaluate(() =>
    Number(
      /translateX\((.*)px\)/.exec(
        (globalThis.figure.shadowRoot?.querySelector('canvas.cells') as HTMLElement).style.transform,
      )?.[1],
    ),
  );
  for (const t of [1, 4]) {
    const units = [1, 2, 3, 4, 5, 6];
    const x = columnX(l, t) + 8 - left;
    const whole = units.map((unit) => [x, rowMiddle(l, unit)] as const);
    assert.deepEqual(
      await painted(tab, 'cells', whole),
      units.map((unit) => colorOf(scale, upper.c[t * 6 + unit - 1] as number, limit)),
    );
    const thin = units.map((unit) => [x, rowMiddle(low, unit)] as const);
    assert.deepEqual(
      await painted(tab, 'cells', thin),
      units.map((unit) => colorOf(scale, lower.h[t * 6 + unit - 1] as number, 1)),
    );
  }
  // An edited weight has a diamond in the color of the selection.
  const ink = await tab.evaluate(
    () => getComputedStyle(globalThis.figure.shadowRoot?.querySelector('.probe.select') as Element).color,
  );
  await set(tab, { editedWeights: [offset + 4 * 24 + 3 * 6 + 1] });
  const middle = await painted(tab, 'plates', [[w.left + (w.width * 4.5) / 6, rowMiddle(l, 2)]]);
  assert.equal(middle[0], ink.replace(/, /g, ' '));
});

withFigure('another layer can be chosen on its low strip, and its input comes from the layer below', async (tab) => {
  await open(tab, '?layers=3&layer=2');
  // In the gutter: the name of the uppermost layer.
  const strip = await tab.evaluate(() => {
    const box = (globalThis.figure.shadowRoot?.querySelector('.cursor') as Element).getBoundingClientRect();
    const low = [...(globalThis.figure.shadowRoot?.querySelectorAll('.gutter .row') ?? [])].find((row) =>
      row.textContent?.startsWith('layer 3'),
    );
    const name = (low as Element).getBoundingClientRect();
    return { x: box.x + box.width / 2, y: name.y + name.height / 2 };
  });
  await tab.clickAt(strip);
  await settled(tab);
  assert.deepEqual(await heard(tab), [{ name: 'rnn-layer', detail: { layer: 3 } }]);
  assert.match(await inside(tab, '[role=status]'), /layer 3/);
});

withFigure('a weight can be chosen by keys and typed, and has its index in the flat parameters', async (tab) => {
  await open(tab, '?cell=gru&layers=2&layer=2&gate=1&unit=4&weights=');
  const [value, place] = await tab.evaluate(() => {
    const { tensors, parameters } = globalThis.figure;
    const kernel = tensors?.find(({ name }) => name === 'gru_1/recurrent_kernel');
    // Row 2 (from unit 3), gate r, unit 4, of 6 units and 3 gates.
    const index = (kernel?.offset ?? 0) + 2 * 18 + 6 + 3;
    return [parameters?.[index] as number, index];
  });
  await tab.focus(deep('#weight-column'));
  await tab.press('Control', 'a');
  await tab.type('3');
  await tab.press('Tab');
  await settled(tab);
  const field = () =>
    tab.evaluate(() => (globalThis.figure.shadowRoot?.querySelector('#weight-value') as HTMLInputElement).value);
  assert.equal(Math.fround(Number(await field())), value);
  assert.match(await inside(tab, '.weight'), /Wr\[4, 3\] = all 5 uses change/);
  await tab.press('Control', 'a');
  await tab.type('-0.75');
  await tab.press('Enter');
  const events = await heard(tab);
  assert.deepEqual(events.at(-1), { name: 'rnn-weight', detail: { index: place, value: -0.75, final: true } });
  assert.ok(events.every(({ detail }) => detail.index === place && Number.isFinite(detail.value)));
  // Once the page has accepted it, it is marked, with its original value.
  await set(tab, { editedWeights: [place] });
  assert.match(await inside(tab, '.weight'), new RegExp(`edited, was ${text(value + 1, 4)}; all 5 uses change$`));
  await set(tab, { editedWeights: [place, 0, 1] });
  assert.match(await inside(tab, '.weight'), /all 5 uses change; 2 more edited in other layers or gates$/);
});

withFigure('a weight can be chosen on its plate', async (tab) => {
  await open(tab, '?unit=2&weights=');
  const point = await tab.evaluate(() => {
    const plates = (globalThis.figure.shadowRoot?.querySelector('canvas.plates') as Element).getBoundingClientRect();
    const name = [...(globalThis.figure.shadowRoot?.querySelectorAll('.gutter .plate') ?? [])].find(
      (plate) => plate.textContent === 'W',
    );
    const row = (globalThis.figure.shadowRoot?.querySelector('[data-unit="5"]') as Element).getBoundingClientRect();
    const box = (name as Element).getBoundingClientRect();
    const gutter = (globalThis.figure.shadowRoot?.querySelector('.gutter') as Element).getBoundingClientRect();
    return {
      x: gutter.x + box.x + box.width / 2 + 2 - plates.x,
      y: gutter.y + row.y + row.height / 2 - plates.y,
    };
  });
  await tab.clickAt(point);
  await settled(tab);
  assert.deepEqual(await heard(tab), [{ name: 'rnn-unit', detail: { unit: 5 } }]);
  assert.match(await inside(tab, '.weight'), /W\[5, [34]\]/);
});

withFigure('each of many features can be reached by keys and typed', async (tab) => {
  await open(tab, '?F=12&t=4');
  await tab.focus(deep('.facts .feature'));
  await tab.press('Control', 'a');
  await tab.type('7');
  await tab.press('Tab');
  await settled(tab);
  assert.match(await inside(tab, '.facts'), /x4, 7 =/);
  await tab.focus(deep('.facts input'));
  await tab.press('Control', 'a');
  await tab.type('2');
  await tab.press('Enter');
  assert.deepEqual((await heard(tab)).at(-1), {
    name: 'rnn-input',
    detail: { timestep: 4, feature: 6, value: 2, final: true },
  });
});

withFigure('weights can only be typed if the page allows it', async (tab) => {
  await open(tab, '?unit=2');
  assert.equal(await count(tab, '.weight'), 0);
});

withFigure('a cut is drawn at its position and described', async (tab) => {
  await open(tab, '?cut=loop&unit=2');
  assert.equal(await count(tab, '.cross'), 5);
  assert.equal(await count(tab, 'rect.node.w'), 0);
  assert.match(await inside(tab, '.facts'), /✕ Cut: W = 0, so no time step receives the previous state/);
  assert.match(await inside(tab, '#description'), /Cut: W = 0/);
  await open(tab, '?cut=loop&cell=gru');
  assert.match(await inside(tab, '.facts'), /The state is still carried on by u ⊙ h/);
  assert.equal(await count(tab, '.severed .pass-tip'), 5);
  await open(tab, '?cut=state&reset=3');
  assert.equal(await count(tab, '.cross'), 1);
  assert.equal(await count(tab, 'rect.node.w'), 5);
  assert.match(await inside(tab, '.facts'), /time step 3 receives 0 instead of the previous state/);
  await set(tab, { timestep: 2 });
  assert.equal(await count(tab, '.cross'), 0, 'not before its time');
});

withFigure('with a thousand time steps only those near the view are drawn', async (tab) => {
  await open(tab, '?T=1000&t=700&layers=2&seq');
  for (const fold of [0, 0.5, 1]) {
    await set(tab, { fold });
    assert.ok((await count(tab, '.grip')) < 100, `fold ${fold}`);
    assert.ok((await count(tab, 'svg *')) < 6000, `fold ${fold}: ${await count(tab, 'svg *')}`);
  }
  await set(tab, { fold: 0, timestep: 1000 });
  const trace = await traceOf(tab);
  assert.ok((await inside(tab, '.facts')).includes(`p(y = 1) = ${text(trace.prediction[999], 3)}`));
  await tab.click(deep('details.numbers summary'));
  await tab.until(() => !!globalThis.figure.shadowRoot?.querySelector('tbody'));
  const shown = await rows(tab);
  assert.equal(shown.length, 101);
  assert.equal(shown.at(-1)?.[0], '1000');
});

const STATES = [
  '?cell=gru&layers=3&layer=2&gate=1&K=3&unit=3&weights=5&T=8',
  '?cell=lstm&layers=2&layer=2&loss=mean_squared_error&seq&unit=2&state=c',
  '?cut=loop&unit=2',
  '?cell=lstm&cut=state&reset=2&F=12&K=20&readouts',
  '?cell=gru&layers=2&fold=1&t=3',
  '?T=30&t=0',
];
for (const scheme of ['light', 'dark'] as const) {
  withFigure(
    `axe finds nothing in any cell, readout and cut, and the page never scrolls sideways, ${scheme}`,
    async (tab) => {
      /* make test asks at one width in each scheme */
      for (const width of EVERY ? [390, 768, 1440] : scheme === 'light' ? [390] : [1440]) {
        await tab.resize(width, 900);
        const { states, rules } = inTheme(scheme, STATES);
        for (const state of states) {
          await open(tab, state);
          await tab.evaluate(() => globalThis.figure.shadowRoot?.querySelector('details')?.setAttribute('open', ''));
          await tab.until(() => !!globalThis.figure.shadowRoot?.querySelector('tbody'));
          const beyond = await tab.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          assert.equal(beyond, 0, `${state} ${width}`);
          if (width !== 768) assert.deepEqual(await tab.faults(rules), [], `${state} ${scheme} ${width}`);
        }
      }
    },
    { scheme },
  );
}
