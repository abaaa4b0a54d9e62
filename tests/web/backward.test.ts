/**
 * `<rnn-backward>` in real browsers with the engine's numbers: they must be shown correctly, and it must work by
 * pointer, keys and screen reader.
 */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { load, type SequentialConfig, type Unrolled } from '../../build/js/unrolled.js';
import { forEachBrowser, inTheme, root, servePage, type Tab, type View } from './harness.ts';

const BODY =
  '<main><h1>Backward through time</h1><button id="elsewhere">Elsewhere</button><rnn-backward></rnn-backward></main>';

let site: Awaited<ReturnType<typeof servePage>>;
let u: Unrolled;
before(async () => {
  u = await load();
  site = await servePage('backward', `import '${join(root, 'tests/web/backward-fixture.ts')}';`, BODY);
});
after(() => site.close());

/** A slightly trained network, one of its sequences and a batch of 16. */
async function numbers(config: Partial<SequentialConfig> = {}, weight = 20) {
  const model = u.sequential({ units: 8, timesteps: 10, seed: 3, ...config });
  const { x, y } = u.task('first', { samples: 16, timesteps: model.timesteps });
  await model.fit(x, y, { epochs: 3 });
  const layer = model.layers - 1;
  const [one, target] = [x.slice(0, model.timesteps), y.slice(0, 1)];
  const sequence = model.backward(one, target, { layer });
  const batch = model.backward(x, y, { layer });
  const checks = [model.gradientCheck(one, target, weight), model.gradientCheck(x, y, weight)] as const;
  return {
    sequence,
    batch,
    checks,
    check: checks[0],
    tensors: model.tensors,
    layer: layer + 1,
    layers: model.layers,
    weight,
  };
}

const pack = (properties: object): string =>
  JSON.stringify(properties, (_, value) => {
    if (value instanceof Float32Array)
      return { floats: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
    return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
  });
const give = (tab: Tab, properties: object): Promise<void> =>
  tab.evaluate((text) => globalThis.give(text), pack(properties));

function withFigure(
  name: string,
  body: (tab: Tab, made: Awaited<ReturnType<typeof numbers>>) => Promise<void>,
  view: View = { width: 1000, height: 900 },
  config: Partial<SequentialConfig> = {},
): void {
  forEachBrowser(
    `backward: ${name}`,
    async (tab) => {
      const made = await numbers(config);
      await tab.open(site.url);
      await give(tab, made);
      await tab.until(() => !!globalThis.backward.shadowRoot?.querySelector('.sheet'));
      await body(tab, made);
      assert.deepEqual(tab.problems, []);
      assert.deepEqual(await tab.evaluate(() => globalThis.breaches), []);
    },
    view,
  );
}

const deep = (selector: string): string => `rnn-backward >>> ${selector}`;
const inside = async (tab: Tab, selector: string): Promise<string> =>
  (await tab.text(deep(selector))).replace(/\s+/g, ' ').trim();
const told = (tab: Tab): Promise<typeof globalThis.told> => tab.evaluate(() => globalThis.told.splice(0));
const settled = (tab: Tab): Promise<unknown> => tab.evaluate(() => globalThis.backward.updateComplete);
const attribute = (tab: Tab, selector: string, name: string): Promise<string | null | undefined> =>
  tab.evaluate(
    (wanted, named) => globalThis.backward.shadowRoot?.querySelector(wanted)?.getAttribute(named),
    selector,
    name,
  );

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** The value of a written number. */
function read(text: string): number {
  const [mantissa = '', power] = text.trim().replaceAll('\u2212', '-').split('·10');
  const exponent = (power ?? '⁰').replace(/./gu, (c) => (c === '⁻' ? '-' : String(RAISED.indexOf(c))));
  return Number(`${mantissa}e${exponent}`);
}
/** Checks that a shown number is the engine's, to its last digit. */
const same = (shown: string, number: number | undefined, digits = 3): void => {
  assert.equal(read(shown), Number((number as number).toPrecision(digits)), `${shown} for ${number}`);
};

withFigure('every shown number is the engine’s, for a sequence and for the mean', async (tab, made) => {
  for (const mean of [false, true]) {
    const data = mean ? made.batch : made.sequence;
    await give(tab, { mean, unit: 5 });
    const notice = await inside(tab, '.notice');
    const [, last = '', first = '', rate = ''] =
      /is (\S+) at t = 10 and (\S+) at t = 1\. .* multiplies it by (\S+?)\. It /.exec(notice) ?? [];
    same(last, data.norms.dH[9]);
    same(first, data.norms.dH[0]);
    same(rate, data.rateH);
    for (let t = 1; t <= 10; t++) {
      await give(tab, { timestep: t });
      same(await inside(tab, 'b.norm'), data.norms.dH[t - 1]);
      same(await inside(tab, 'b.term'), data.norms.term[t - 1]);
      same(await inside(tab, 'b.sum'), data.norms.sum[t - 1]);
      const facts = await inside(tab, '.facts');
      same(/\[5\] = (\S+)/.exec(facts)?.[1] ?? '', data.dH[(t - 1) * 8 + 4]);
      if (mean) same(/mean of the norms (\S+)/.exec(facts)?.[1] ?? '', data.norms.eachDH[t - 1]);
      assert.equal(facts.includes('empty: h₀ = 0'), t === 1);
    }
  }
});

withFigure('the table contains all numbers', async (tab, { batch }) => {
  await give(tab, { mean: true, unit: 2 });
  await tab.click(deep('details:not(.symbols) summary'));
  await tab.until(() => globalThis.backward.shadowRoot?.querySelectorAll('tbody tr').length === 10);
  const cells = await tab.evaluate(() =>
    [...(globalThis.backward.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.children].map((cell) => cell.textContent ?? ''),
    ),
  );
  cells.forEach((row, k) => {
    const expected = [
      k + 1,
      batch.norms.dH[k],
      batch.norms.eachDH[k],
      batch.dH[k * 8 + 1],
      batch.norms.term[k],
      batch.norms.sum[k],
    ];
    assert.equal(row.length, expected.length);
    row.forEach((cell, i) => {
      same(cell, expected[i]);
    });
  });
});

withFigure('the gradient check is near its gradient, for any weight', async (tab, { checks, tensors }) => {
  for (const [mean, check] of [
    [false, checks[0]],
    [true, checks[1]],
  ] as const) {
    await give(tab, { mean, check });
    same(await inside(tab, '.analytic'), check.analytic, 6);
    same(await inside(tab, '.numeric'), check.numeric, 6);
    same(await inside(tab, '.relative'), check.relativeError);
    assert.match(await inside(tab, '.check p.aside'), /^They agree\. .* (this sequence|the mean of 16 sequences)/);
  }
  await tab.focus(deep('#row'));
  await tab.press('ArrowUp');
  await tab.press('Enter');
  await tab.focus(deep('#column'));
  await tab.press('Control', 'a');
  await tab.type('99');
  await tab.press('Enter');
  await settled(tab);
  const [kernel, recurrent] = tensors;
  assert.equal(recurrent?.offset, 8);
  // 20 is row 2, column 5 of W
  assert.deepEqual(await told(tab), [
    { name: 'rnn-weight', detail: { index: 8 + 2 * 8 + 4 } },
    { name: 'rnn-weight', detail: { index: 8 + 2 * 8 + 7 } },
  ]);
  assert.equal(await inside(tab, '.pending'), 'Not computed yet.');
  await tab.focus(deep('#tensor'));
  await tab.press('Home');
  assert.deepEqual(await told(tab), [{ name: 'rnn-weight', detail: { index: kernel?.offset } }]);
});

withFigure('norms are on a logarithmic axis, with a separate row for zero', async (tab, made) => {
  const dH = made.sequence.norms.dH.slice();
  dH.set([0, 1e-40, 1e-6, 1e-4, 1e-2, 1, Number.NaN, 1, 1, 1]);
  await give(tab, { sequence: { ...made.sequence, norms: { ...made.sequence.norms, dH } } });
  const marks = await tab.evaluate(() =>
    [...(globalThis.backward.shadowRoot?.querySelectorAll('[data-time].norm') ?? [])].map((mark) => ({
      text: mark.textContent?.trim(),
      y: Number(mark.getAttribute('cy') ?? mark.getAttribute('y')),
    })),
  );
  assert.deepEqual(
    marks.map(({ text }) => text),
    ['0', '0', '', '', '', '', 'NaN', '', '', ''],
  );
  const y = marks.map((mark) => mark.y);
  const [a = 0, b = 0, c = 0, d = 0] = y.slice(2);
  assert.ok(Math.abs(a - b - (b - c)) < 0.01 && Math.abs(b - c - (c - d)) < 0.01 && a > d, `${y}`);
  assert.ok((y[0] as number) > a && y[0] === y[1], 'below the axis');
});

withFigure('the strips and the sum have the colors of their values', async (tab, made) => {
  const { sequence } = made;
  const dH = new Float32Array(80);
  dH.set([1, -1, 0, Number.NaN], 72);
  const terms = new Float32Array(640).fill(0);
  const sums = new Float32Array(640);
  sums[1 * 8 + 0] = 1; // W[from 2, to 1]: row 1, column 2 of the map
  await give(tab, { sequence: { ...sequence, dH, terms, sums } });
  const { colors, tokens, sum } = await tab.evaluate(() => {
    const root = globalThis.backward.shadowRoot as ShadowRoot;
    const canvas = root.querySelector('canvas') as HTMLCanvasElement;
    const box = canvas.getBoundingClientRect();
    const g = canvas.getContext('2d') as CanvasRenderingContext2D;
    const ratio = canvas.width / box.width;
    const pixel = (x: number, y: number) =>
      [...g.getImageData(Math.round((x - box.x) * ratio), Math.round((y - box.y) * ratio), 1, 1).data].slice(0, 3);
    const band = (root.querySelector('.cursor') as Element).getBoundingClientRect();
    const rows = [0, 1, 2, 3].map((j) => pixel(band.x + band.width / 2, box.y + 26 + 18 * (j + 0.5)));
    const probes = ['pos', 'neg', 'zero', 'error'].map((name) =>
      (getComputedStyle(root.querySelector(`.probe.${name}`) as Element).color.match(/\d+/g) ?? [])
        .slice(0, 3)
        .map(Number),
    );
    const first = (root.querySelector('.empty') as Element).getBoundingClientRect();
    const label = [...root.querySelectorAll('.gutter .name')].find(
      (one) => one.textContent === '← added up',
    ) as SVGTextElement;
    const top = box.y + Number(label.getAttribute('y')) + 10;
    const cell = first.width / 8;
    return {
      colors: rows,
      tokens: probes,
      sum: [pixel(first.x + 1.5 * cell, top + 0.5 * cell), pixel(first.x + 0.5 * cell, top + 1.5 * cell)],
    };
  });
  assert.deepEqual(colors, tokens);
  assert.deepEqual(sum, [tokens[0], tokens[2]]);
});

withFigure(
  'the brief figure frames the checked weight of W in the sum, and writes the size at the cursor',
  async (tab, made) => {
    const { sequence } = made;
    const checked = made.tensors.findIndex(({ name }) => name.endsWith('recurrent_kernel'));
    const index = 4 * 8 + 7; /* from unit 5 to unit 8 */
    const parameter = (made.tensors[checked]?.offset ?? 0) + index;
    const [terms, sums] = [new Float32Array(640), new Float32Array(640)];
    sums[index] = 1;
    await give(tab, { brief: true, sequence: { ...sequence, terms, sums }, check: { ...made.check, parameter } });
    await give(tab, { weight: parameter });
    assert.match(await inside(tab, '#checked'), /^We made W\[8, 5\] /);
    const [inFrame, positive] = await tab.evaluate(() => {
      const root = globalThis.backward.shadowRoot as ShadowRoot;
      const canvas = root.querySelector('canvas') as HTMLCanvasElement;
      const box = canvas.getBoundingClientRect();
      const frame = (root.querySelector('.framed') as Element).getBoundingClientRect();
      const ratio = canvas.width / box.width;
      const place = [frame.x + frame.width / 2 - box.x, frame.y + frame.height / 2 - box.y];
      const [x = 0, y = 0] = place.map((one) => Math.round(one * ratio));
      const g = canvas.getContext('2d') as CanvasRenderingContext2D;
      const color = getComputedStyle(root.querySelector('.probe.pos') as Element).color.match(/\d+/g) ?? [];
      return [[...g.getImageData(x, y, 1, 1).data].slice(0, 3), color.slice(0, 3).map(Number)];
    });
    assert.deepEqual(inFrame, positive);
    for (const timestep of [10, 4]) {
      await give(tab, { timestep });
      same(await inside(tab, '.size'), sequence.norms.dH[timestep - 1], 2);
    }
    await give(tab, { brief: false });
    assert.equal(await tab.evaluate(() => !!globalThis.backward.shadowRoot?.querySelector('.framed, .size')), false);
  },
);

withFigure('keys of a focused figure move through time and units, announced once', async (tab, made) => {
  await give(tab, { unit: 3 });
  await tab.focus(deep('.frame'));
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'ArrowDown', 'ArrowUp', 'Escape'])
    await tab.press(key as 'End');
  assert.deepEqual(await told(tab), [
    { name: 'rnn-timestep', detail: { timestep: 9 } },
    { name: 'rnn-timestep', detail: { timestep: 8 } },
    { name: 'rnn-timestep', detail: { timestep: 9 } },
    { name: 'rnn-timestep', detail: { timestep: 1 } },
    { name: 'rnn-timestep', detail: { timestep: 10 } },
    { name: 'rnn-unit', detail: { unit: 4 } },
    { name: 'rnn-unit', detail: { unit: 3 } },
    { name: 'rnn-unit', detail: {} },
  ]);
  await tab.press('ArrowLeft');
  await settled(tab);
  const spoken = await inside(tab, '[role=status]');
  assert.match(spoken, /^t = 9 of 10, norm of ∂L\/∂h /);
  same(/ (\S+)$/.exec(spoken)?.[1] ?? '', made.sequence.norms.dH[8]);
  await told(tab);
  await tab.focus(deep('#time'));
  await tab.press('ArrowLeft');
  await settled(tab);
  assert.match((await attribute(tab, '#time', 'aria-valuetext')) ?? '', /^t = 8 of 10, norm/);
  assert.equal(await inside(tab, '[role=status]'), '', 'the slider spoke');
  await told(tab);
  await tab.focus('#elsewhere');
  await tab.press('ArrowLeft');
  assert.deepEqual(await told(tab), []);
});

withFigure('the switch, the sliders and the gradient check work by keyboard', async (tab) => {
  await tab.focus('#elsewhere');
  const reached: string[] = [];
  for (let k = 0; k < 12; k++) {
    await tab.press('Tab');
    reached.push(
      await tab.evaluate(() => {
        const active = globalThis.backward.shadowRoot?.activeElement;
        return active?.id || active?.getAttribute('name') || active?.className || active?.tagName || '';
      }),
    );
  }
  assert.deepEqual(reached.slice(0, 8), ['mean', 'frame', 'time', 'unit', 'tensor', 'row', 'column', 'SUMMARY']);
  await tab.focus(deep('input[name=mean]'));
  await tab.press('ArrowRight');
  await settled(tab);
  assert.deepEqual(await told(tab), [{ name: 'rnn-mean', detail: { mean: true } }]);
  assert.match(await inside(tab, '.notice'), /norm of the mean ∂L\/∂h/);
});

withFigure('a click on a strip chooses its time step and its unit', async (tab) => {
  await give(tab, { timestep: 4 });
  const at = await tab.middle(deep('[data-time="7"]'));
  const y = await tab.evaluate(
    () =>
      (globalThis.backward.shadowRoot?.querySelector('.frame') as Element).getBoundingClientRect().y + 26 + 18 * 1.5,
  );
  await tab.clickAt({ x: at.x, y });
  assert.deepEqual(await told(tab), [
    { name: 'rnn-timestep', detail: { timestep: 7 } },
    { name: 'rnn-unit', detail: { unit: 2 } },
  ]);
});

withFigure(
  'an LSTM shows the cell state, too, layers can be chosen, and when disabled it accepts no input',
  async (tab, { sequence }) => {
    await tab.focus(deep('input[name=state]'));
    await tab.press('ArrowRight');
    await settled(tab);
    assert.deepEqual(await told(tab), [{ name: 'rnn-strips', detail: { state: 'c' } }]);
    same(await inside(tab, 'b.norm'), sequence.norms.dC[9]);
    const [, rate = ''] = /multiplies it by (\S+?)\. It /.exec(await inside(tab, '.notice')) ?? [];
    same(rate, sequence.rateC);
    await tab.focus(deep('.layer select'));
    await tab.press('ArrowUp');
    assert.deepEqual(await told(tab), [{ name: 'rnn-layer', detail: { layer: 1 } }]);
    await give(tab, { disabled: true });
    await tab.focus(deep('.frame'));
    await tab.press('ArrowLeft');
    for (const control of ['input[name=mean][value=mean]', '.frame', '#time']) await tab.click(deep(control));
    assert.deepEqual(await told(tab), []);
  },
  { width: 1000, height: 900 },
  { cell: 'lstm', layers: 2 },
);

withFigure(
  'long sequences scroll in the frame and not in the page, and the cursor stays visible',
  async (tab) => {
    for (const timestep of [50, 25, 1, 49]) {
      await give(tab, { timestep });
      await tab.until(() => {
        const root = globalThis.backward.shadowRoot as ShadowRoot;
        const frame = (root.querySelector('.frame') as Element).getBoundingClientRect();
        const band = (root.querySelector('.cursor') as Element).getBoundingClientRect();
        return band.left >= frame.left - 1 && band.right <= frame.right + 1;
      });
      const wide = await tab.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wide <= 0, `${wide}`);
      const drawn = await tab.evaluate(
        () => globalThis.backward.shadowRoot?.querySelectorAll('[data-time].norm').length ?? 0,
      );
      assert.ok(drawn < 20, `${drawn} columns`);
    }
  },
  { width: 390, height: 844 },
  { timesteps: 50, units: 32 },
);

for (const scheme of ['light', 'dark'] as const)
  forEachBrowser(
    `backward: axe finds nothing in any state, ${scheme}`,
    async (tab) => {
      const { states, rules } = inTheme(scheme, [
        [1000, {}, {}],
        [390, { timesteps: 50, units: 32 }, { mean: true, unit: 3 }],
        [768, { cell: 'gru' }, { unit: 1, timestep: 2 }],
        [1440, { cell: 'lstm', layers: 2 }, { state: 'c', disabled: true }],
      ] as const);
      for (const [width, config, more] of states) {
        await tab.resize(width, 900);
        await tab.open(site.url);
        await give(tab, { ...(await numbers(config)), ...more });
        await tab.until(() => !!globalThis.backward.shadowRoot?.querySelector('.sheet'));
        await tab.evaluate(() => {
          for (const one of globalThis.backward.shadowRoot?.querySelectorAll('details') ?? [])
            one.setAttribute('open', '');
        });
        await tab.until(() => !!globalThis.backward.shadowRoot?.querySelector('tbody'));
        assert.deepEqual(await tab.faults(rules), [], `${width} ${scheme}`);
        const wide = await tab.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(wide <= 0, `${width}: ${wide}`);
        if (process.env.SHOTS) await tab.screenshot(join(process.env.SHOTS, `backward-${width}-${scheme}.png`));
      }
      assert.deepEqual(tab.problems, []);
    },
    { scheme, height: 900 },
  );
