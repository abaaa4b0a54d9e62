/**
 * `<rnn-arithmetic>` in real browsers with a real engine: the numbers must be those of the trace, terms must be
 * highlighted, and it must work by pointer, keys and screen reader. The page is the fixture in this folder.
 */

import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { formatNumber } from '../../web/shared/format.ts';
import { forEachBrowser, inTheme, root, servePage, type Tab, type View } from './harness.ts';

const BODY =
  '<main><h1>The arithmetic</h1><button id="elsewhere" class="button">Elsewhere</button><rnn-arithmetic></rnn-arithmetic></main>';

let site: Awaited<ReturnType<typeof servePage>>;
before(async () => {
  site = await servePage('arithmetic', `import '${join(root, 'tests/web/arithmetic-fixture.ts')}';`, BODY);
  const build = join(root, process.env.BUILD ?? 'build');
  for (const kind of ['simd', 'scalar'])
    copyFileSync(join(build, 'js', `unrolled.${kind}.wasm`), join(build, 'tests/arithmetic', `unrolled.${kind}.wasm`));
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
    `arithmetic: ${name}`,
    async (tab) => {
      await open(tab, query);
      await body(tab);
      assert.deepEqual(tab.problems, []);
      assert.deepEqual(await tab.evaluate(() => globalThis.refused), []);
    },
    view,
  );
}

async function open(tab: Tab, query: string): Promise<void> {
  await tab.open(site.url + query);
  await tab.until(() => !!globalThis.sum?.shadowRoot?.querySelector('.fall svg .bar'));
}

const deep = (selector: string): string => `rnn-arithmetic >>> ${selector}`;
const settled = (tab: Tab): Promise<unknown> => tab.evaluate(() => globalThis.sum.updateComplete);
const plain = (text: string): string => text.replace(/[\s\u200b]+/g, ' ').trim();
const inside = async (tab: Tab, selector: string): Promise<string> => {
  await settled(tab);
  return plain(await tab.text(deep(selector)));
};
const all = async (tab: Tab, selector: string): Promise<string[]> => {
  const found = await tab.evaluate(
    (wanted) => [...(globalThis.sum.shadowRoot?.querySelectorAll(wanted) ?? [])].map((one) => one.textContent ?? ''),
    selector,
  );
  return found.map(plain);
};
const attribute = (tab: Tab, selector: string, name: string): Promise<string | null | undefined> =>
  tab.evaluate(
    (wanted, named) => globalThis.sum.shadowRoot?.querySelector(wanted)?.getAttribute(named),
    selector,
    name,
  );
const told = (tab: Tab): Promise<typeof globalThis.told> => tab.evaluate(() => globalThis.told.splice(0));
/** A number as the page writes it. */
const text = (value: number | undefined, digits = 3): string => formatNumber(value as number, digits);

/** The numbers of one unit, read from the arrays of the trace. */
const tracedUnit = (tab: Tab, t: number, unit: number) =>
  tab.evaluate(
    (timestep, j) => {
      const { layers } = globalThis.traced;
      const { x, z, a, h, c, units, features, gates } = layers[layers.length - 1] as (typeof layers)[number];
      const gate = (array: Float32Array) =>
        Array.from({ length: gates }, (_, k) => array[((timestep - 1) * gates + k) * units + j - 1] as number);
      return {
        x: [...x.slice((timestep - 1) * features, timestep * features)],
        before: [...h.slice((timestep - 1) * units, timestep * units)],
        z: gate(z),
        a: gate(a),
        h: h[timestep * units + j - 1] as number,
        c: c.length ? (c[timestep * units + j - 1] as number) : Number.NaN,
      };
    },
    t,
    unit,
  );

withFigure('every shown number is the trace’s, at every time step', '', async (tab) => {
  await tab.click(deep('summary'));
  await tab.until(() => !!globalThis.sum.shadowRoot?.querySelector('tbody tr'));
  for (let t = 1; t <= 10; t++) {
    await tab.evaluate((timestep) => globalThis.reading({ timestep }), t);
    const { x, before, z, h } = await tracedUnit(tab, t, 5);
    const chain = await inside(tab, '.chain');
    assert.ok(chain.includes(`${text(z[0])} = z${t}[5]`) && chain.includes(`${text(h)}= h${t}[5]`), chain);
    assert.deepEqual(await all(tab, '.result .number'), [text(z[0])]);
    const curve = await inside(tab, '.bend svg');
    assert.ok(curve.includes(`h${t} [5] = ${text(h)}`) && curve.includes(`z${t} [5] = ${text(z[0])}`), curve);
    const rows = await tab.evaluate(() =>
      [...(globalThis.sum.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) =>
        [...row.children].map((cell) => cell.textContent),
      ),
    );
    const states = t === 1 ? [] : before;
    assert.deepEqual(
      rows.map((row) => row[2]),
      ['1', ...x, ...states].map((value) => (value === '1' ? value : text(value as number, 6))),
    );
    assert.equal(rows.at(-1)?.[4], text(z[0], 6));
    const numbers = await all(tab, '.term .number');
    assert.deepEqual(
      numbers,
      await tab
        .evaluate(() => [...(globalThis.sum.numbers?.terms.product ?? [])])
        .then((products) => products.map((one) => text(one))),
    );
  }
});

withFigure(
  'gates and the path of the cell state show the traced numbers, and are chosen by radio',
  '?cell=lstm',
  async (tab) => {
    const { z, a, h, c } = await tracedUnit(tab, 3, 5);
    const lines = await all(tab, '.gate');
    for (const [k, line] of lines.slice(0, 4).entries())
      assert.ok(line.includes(`(${text(z[k])}) = ${text(a[k])}`), line);
    assert.ok(lines[4]?.includes(`c3[5] = ${text(c)}, h3[5] = ${text(h)}`), lines[4]);
    await tab.focus(deep('.gate input:checked'));
    for (const gate of [1, 2, 3, 4]) {
      await tab.press('ArrowDown');
      await settled(tab);
      assert.deepEqual(await told(tab), [{ name: 'rnn-gate', detail: { gate } }]);
      const results = await all(tab, '.result .number');
      assert.deepEqual(results, gate < 4 ? [text(z[gate])] : [text(c), text(h)]);
      assert.equal(
        await tab.evaluate(
          () => globalThis.sum.shadowRoot?.querySelector<HTMLInputElement>('.gate input:checked')?.value,
        ),
        String(gate),
      );
    }
    const path = (await all(tab, '.line')).join(' ');
    assert.ok(path.includes(`= ${text(c)}`) && path.includes(`= ${text(h)}`) && path.includes(`${text(a[1])} ×`), path);
  },
);

withFigure(
  'shapes are next to the symbols, and each symbol has an explanation',
  '?U=32&cell=gru&F=2&gate=2',
  async (tab) => {
    assert.deepEqual(await all(tab, '.symbol small'), [
      'one number',
      '(2)',
      '(2)',
      'one number',
      '(32)',
      '(32)',
      'one number',
      'one number',
    ]);
    await tab.focus(deep('.symbol:nth-of-type(1) rnn-symbol >>> button'));
    await tab.press('ArrowRight');
    await tab.press('ArrowRight');
    const heard = await tab.evaluate(() => {
      const symbol = globalThis.sum.shadowRoot?.activeElement;
      return `${symbol?.textContent}: ${symbol?.shadowRoot?.querySelector('.tip.open')?.textContent}`;
    });
    assert.match(
      plain(heard),
      /^Ug\[5\]: Input weights\. How much .* Shape: 2 numbers\. Shape of the whole: 32 × 2 for each of the 3 sums, the same at every time step\. In Keras: kernel, \(2, 96\)/,
    );
  },
);

withFigure(
  'each group’s contribution is shown separately from the running sum, and together they give the engine’s number',
  '',
  async (tab) => {
    const { part, sum, product } = await tab.evaluate(() => {
      const { terms } = globalThis.sum.numbers as NonNullable<typeof globalThis.sum.numbers>;
      return { part: [...terms.part], sum: [...terms.sum], product: [...terms.product] };
    });
    assert.equal(
      part.at(-1),
      product.slice(2).reduce((so, one) => Math.fround(so + one)),
      'W·h alone, added in the engine’s order',
    );
    const { z, h } = await tracedUnit(tab, 3, 5);
    assert.deepEqual(
      await all(tab, '.chain .own'),
      [part[0], part[1], part.at(-1), h].map((one) => text(one)),
    );
    assert.deepEqual(
      await all(tab, '.chain .sum'),
      [sum[0], sum[1], z[0]].map((one) => text(one)),
    );
    assert.deepEqual(await all(tab, '.chain .so-far'), [
      `sum so far ${text(sum[0])}`,
      `sum so far ${text(sum[1])}`,
      `sum ${text(z[0])} = z3[5]`,
      '= h3[5]',
    ]);
  },
);

withFigure('pointing at a term dispatches an event and highlights it, and so does leaving it', '', async (tab) => {
  const middle = await tab.middle(deep('[data-term="4"] .label'));
  assert.ok(middle.y > 0);
  await tab.click(deep('[data-term="4"] .label'));
  await settled(tab);
  assert.deepEqual(await told(tab), [{ name: 'rnn-term', detail: { kind: 'h', index: 2 } }]);
  assert.equal((await all(tab, '.band')).length, 1);
  assert.match(await inside(tab, '.term-line'), /^W\[5,3\]·h2\[3\] = /);
  await tab.click(deep('[data-term="1"] .label'));
  await tab.click(deep('[data-term="0"] .label'));
  await tab.click('#elsewhere');
  assert.deepEqual(
    (await told(tab)).map(({ detail }) => detail),
    [{ kind: 'x', index: 0 }, { kind: 'b', index: 4 }, {}],
  );
  assert.equal((await all(tab, '.band')).length, 0);
});

withFigure('a term can be highlighted by a property, without an event', '?U=120', async (tab) => {
  await tab.evaluate(() => {
    globalThis.sum.highlight = { kind: 'h', index: 76 };
  });
  assert.match(await inside(tab, '.callout'), /^W\[5,77\]·h2 \[77\] = /);
  assert.match(await inside(tab, '.term-line'), /^W\[5,77\]/);
  await tab.evaluate(() => {
    globalThis.sum.highlight = { kind: 'h', index: 500 };
  });
  assert.deepEqual(await all(tab, '.band'), []);
  assert.deepEqual(await told(tab), []);
});

withFigure('time, unit, terms and order can be chosen with the keyboard', '', async (tab) => {
  await tab.focus(deep('.plots'));
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'] as const) {
    await tab.press(key);
    await settled(tab);
  }
  assert.deepEqual(await told(tab), [
    { name: 'rnn-timestep', detail: { timestep: 4 } },
    { name: 'rnn-timestep', detail: { timestep: 3 } },
    { name: 'rnn-unit', detail: { unit: 6 } },
    { name: 'rnn-unit', detail: { unit: 5 } },
  ]);
  const { z } = await tracedUnit(tab, 3, 5);
  assert.equal(
    await inside(tab, '[role=status]'),
    `This is a waterfall of 10 terms of unit 5 at time step 3. z 3 [5] is ${text(z[0])}.`,
  );
  await tab.press('Tab');
  assert.equal(await tab.evaluate(() => globalThis.sum.shadowRoot?.activeElement?.id), 'term');
  for (let k = 0; k < 2; k++) await tab.press('ArrowRight');
  await settled(tab);
  assert.deepEqual(
    (await told(tab)).map(({ detail }) => detail),
    [
      { kind: 'b', index: 4 },
      { kind: 'x', index: 0 },
      { kind: 'h', index: 0 },
    ],
  );
  const said = await attribute(tab, '#term', 'aria-valuetext');
  assert.match(
    said ?? '',
    /^W \[5,1\] times h 2 \[1\]: .* is .*\. The sum goes from .* to .*\. This is term 3 of 10\.$/,
  );
  await tab.press('Tab');
  assert.deepEqual(
    (await told(tab)).map(({ detail }) => detail),
    [{}],
    'left, no term is lit',
  );
  await tab.press('ArrowDown');
  await settled(tab);
  assert.equal(await tab.evaluate(() => globalThis.sum.order), 'size');
  const sizes = await tab.evaluate(() => {
    const { product } = globalThis.sum.numbers?.terms ?? { product: new Float32Array() };
    return [...(globalThis.sum.shadowRoot?.querySelectorAll('.term') ?? [])].map((row) =>
      Math.abs(product[Number(row.getAttribute('data-term'))] as number),
    );
  });
  assert.deepEqual(
    sizes,
    [...sizes].sort((p, q) => q - p),
  );
  // At the first and last time step or unit no event is dispatched.
  await tab.evaluate(() => globalThis.reading({ timestep: 1, unit: 1 }));
  await tab.focus(deep('.plots'));
  for (const key of ['ArrowLeft', 'ArrowUp'] as const) await tab.press(key);
  assert.deepEqual(await told(tab), []);
});

withFigure(
  'time step and unit can be typed; values out of range are clamped, and text that is not a number is dropped',
  '',
  async (tab) => {
    const type = async (field: string, value: string) => {
      await tab.focus(deep(field));
      await tab.press('Control', 'a');
      await tab.type(value);
      await tab.press('Enter');
      await settled(tab);
      return tab.evaluate(
        (selector) => globalThis.sum.shadowRoot?.querySelector<HTMLInputElement>(selector)?.value,
        field,
      );
    };
    assert.equal(await type('#timestep', '7'), '7');
    assert.equal(await type('#unit', '99'), '8');
    assert.equal(await type('#unit', '-'), '8');
    assert.deepEqual(await told(tab), [
      { name: 'rnn-timestep', detail: { timestep: 7 } },
      { name: 'rnn-unit', detail: { unit: 8 } },
    ]);
    const { z } = await tracedUnit(tab, 7, 8);
    assert.deepEqual(await all(tab, '.result .number'), [text(z[0])]);
  },
);

withFigure('the copied text is the whole calculation with all digits', '', async (tab) => {
  await tab.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (words: string) => Object.assign(globalThis, { copied: words }) },
    });
  });
  await tab.click(deep('.copy'));
  const copied = await tab.evaluate(() => (globalThis as unknown as { copied: string }).copied);
  const { z, h } = await tracedUnit(tab, 3, 5);
  const lines = copied.trim().split('\n');
  assert.equal(lines[0], 'simple_rnn, unit 5 of 8, time step 3 of 10');
  assert.equal(lines.length, 13);
  assert.equal(Math.fround(Number(lines.at(-2)?.split(' = ').at(-1))), z[0]);
  assert.equal(Math.fround(Number(lines.at(-1)?.split(' = ').at(-1))), h);
});

withFigure('when disabled it shows its numbers and dispatches no events', '?disabled&cell=lstm', async (tab) => {
  await tab.focus(deep('.plots'));
  await tab.press('ArrowRight');
  await tab.click(deep('.gate:nth-of-type(2) input'));
  await tab.click(deep('#unit'));
  await tab.type('3');
  assert.deepEqual(await told(tab).then((events) => events.filter(({ name }) => name !== 'rnn-term')), []);
});

const STATES = [
  '',
  '?t=1',
  '?cut',
  '?reset=3&cell=gru&gate=2',
  '?cell=lstm&gate=4',
  '?cell=gru&gate=3',
  '?U=32',
  '?U=512&unit=500&L=2',
  '?F=3&activation=relu',
  '?disabled&cell=gru',
];

for (const width of [390, 768, 1440])
  withFigure(
    `nothing is wider than ${width} px, and rows stay within their picture`,
    '',
    async (tab) => {
      for (const state of STATES) {
        await open(tab, state);
        const found = await tab.evaluate(() => {
          const shadow = globalThis.sum.shadowRoot as ShadowRoot;
          const picture = (shadow.querySelector('.fall svg') as Element).getBoundingClientRect();
          const outside = [...shadow.querySelectorAll('.fall svg *, .bend svg *')]
            .map((part) => part.getBoundingClientRect())
            .filter(({ left, right }) => left < -0.5 || right > innerWidth + 0.5);
          return {
            over: document.documentElement.scrollWidth - innerWidth,
            outside: outside.length,
            picture: picture.width,
          };
        });
        assert.deepEqual([found.over <= 0, found.outside], [true, 0], `${state}: ${JSON.stringify(found)}`);
        assert.ok(found.picture > 300);
      }
    },
    { width, height: 900, every: width === 768 },
  );

for (const scheme of ['light', 'dark'] as const)
  withFigure(
    `axe finds nothing in any state, ${scheme}`,
    '',
    async (tab) => {
      const { states, rules } = inTheme(scheme, STATES);
      for (const state of states) {
        await tab.resize(state.includes('512') ? 390 : 1200, 900);
        await open(tab, state);
        await tab.evaluate(() => globalThis.sum.shadowRoot?.querySelector('details')?.setAttribute('open', ''));
        await tab.until(() => !!globalThis.sum.shadowRoot?.querySelector('tbody'));
        await tab.evaluate(() => {
          globalThis.sum.highlight = { kind: 'x', index: 0 };
        });
        await settled(tab);
        assert.deepEqual(await tab.faults(rules), [], `${state} ${scheme}`);
      }
    },
    { scheme },
  );
