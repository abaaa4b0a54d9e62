// A reader draws the curve that they expect, and compares it with the run: by pointer, touch and keys. The run's numbers
// must be those of the engine in Node.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  drawLine,
  firstEpoch,
  savedText,
  readSaved,
  setPoint,
  type Sketch,
} from '../../web/figures/sketch/sketch-data.ts';
import { forEachBrowser, type Point, root, type Tab, type View } from './harness.ts';
import { catchFiles, differences, saved } from './picture-files.ts';
import { serveUnruly, type UnrulySite } from './unruly.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

const ADDRESS = '#v=1&task=random&n=100&units=16&rate=0.02&epochs=40';

/** The same run by the engine in Node, judged on new data after each epoch. */
async function history(epochs = 40) {
  const set = engine.task('random', { samples: 100, timesteps: 10, dataSeed: 42 });
  const validationData = engine.task('random', {
    samples: 1000,
    timesteps: 10,
    dataSeed: 42,
    firstSample: engine.newSample,
  });
  const model = engine.sequential({ units: 16, timesteps: 10, seed: 42 });
  model.compile({ learningRate: 0.02 });
  return model.fit(set.x, set.y, { epochs, batchSize: 32, validationData });
}

// ---- The drawn curve alone ----

const close = (a: Sketch, b: Sketch): void => {
  assert.equal(a.length, b.length);
  a.forEach((value, i) => assert.ok(Object.is(value, b[i]) || Math.abs(value - (b[i] as number)) < 1e-9, `${a} ${b}`));
};

test('sketch: a line has the values between its ends, in both directions, over what was drawn', () => {
  const right = drawLine([], { epoch: 2, value: 0 }, { epoch: 6, value: 1 });
  close(right, [Number.NaN, 0, 0.25, 0.5, 0.75, 1]);
  close(drawLine([], { epoch: 6, value: 1 }, { epoch: 2, value: 0 }), right);
  close(drawLine(right, { epoch: 5, value: 0 }, { epoch: 4, value: 0 }), [Number.NaN, 0, 0.25, 0, 0, 1]);
});

test('sketch: a value that is set has no effect beyond the marks beside it, and leaves no gap', () => {
  const marks = [1, 5, 10, 15, 20];
  let sketch: Sketch = [];
  for (const [epoch, value] of [
    [10, 0.4],
    [20, 0.9],
    [3, 0.1],
    [12, 0.2],
    [15, 0.7],
    [1, 0.5],
  ] as const) {
    const was = sketch;
    sketch = setPoint(sketch, { epoch, value }, marks);
    assert.ok(Math.abs((sketch[epoch - 1] as number) - value) < 1e-9);
    assert.ok(sketch.slice(firstEpoch(sketch) - 1).every(Number.isFinite), `${sketch}`);
    const low = Math.max(0, ...marks.filter((mark) => mark < epoch));
    const high = Math.min(99, ...marks.filter((mark) => mark > epoch));
    was.forEach((one, i) => {
      if (Number.isFinite(one) && (i + 1 <= low || i + 1 >= high))
        assert.ok(Object.is(one, sketch[i]), `epoch ${i + 1} for ${epoch}`);
    });
  }
});

test('sketch: what is kept is read back; what is damaged is not', () => {
  for (const values of [[], [0.5], [Number.NaN, Number.NaN, 0.25, 1]])
    for (const revealed of [true, false])
      assert.deepEqual(readSaved(savedText({ values, revealed })), { values, revealed });
  for (const text of DAMAGED) assert.equal(readSaved(text), undefined, text);
});

const DAMAGED = [
  '',
  '{',
  'null',
  '7',
  '{"values":[0.5]}',
  '{"values":"0.5","revealed":true}',
  '{"values":["0.5"],"revealed":true}',
  '{"values":[0.5,null,0.5],"revealed":true}',
  '{"values":[null],"revealed":true}',
  '{"values":[1e999],"revealed":true}',
  '{"values":[0.5,[0.5]],"revealed":true}',
  '{"values":[0.5],"revealed":"yes"}',
];

// ---- In the page ----

let site: UnrulySite;
/** The markup that a test adds to the top of the lab, and to the beginning of its head. */
let [markup, head] = ['', ''];
before(async () => {
  const lab = readFileSync(join(root, process.env.DIST ?? 'dist', 'lab.html'), 'utf8');
  site = await serveUnruly((path) => {
    if (path === '/refuse.js')
      return {
        type: 'text/javascript',
        body: "Object.defineProperty(globalThis, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
      };
    if (path !== '/lab.html') return undefined;
    const body = lab.replace('<head>', `<head>${head}`).replace(/<main[^>]*>/, (main) => main + markup);
    return { type: 'text/html', body };
  });
});
after(() => site.close());

interface Figure extends HTMLElement {
  values: number[];
  revealed: boolean;
  run?: { values: number[] };
  updateComplete: Promise<unknown>;
}
declare global {
  var sketched: { values: readonly number[]; revealed: boolean }[];
}

const ONE = '<rnn-sketch name="one"></rnn-sketch>';

async function open(tab: Tab, figures = ONE, address = ADDRESS): Promise<void> {
  [markup, head] = [figures, ''];
  await visit(tab, address);
}

async function visit(tab: Tab, address = ADDRESS): Promise<void> {
  await tab.open('about:blank');
  await tab.open(`${site.url}lab.html${address}`);
  await tab.until(() => (document.querySelector('rnn-sketch') as unknown as Figure).run);
  await tab.evaluate(() => {
    globalThis.sketched = [];
    document.body.addEventListener('rnn-sketch', ({ detail }) => globalThis.sketched.push(detail));
  });
}

function sketch(name: string, use: (tab: Tab) => Promise<void>, view: View = { width: 700, height: 1000 }): void {
  forEachBrowser(
    `sketch: ${name}`,
    async (tab) => {
      await use(tab);
      assert.deepEqual(tab.problems, []);
    },
    view,
  );
}

const inside = (selector: string, figure = 'rnn-sketch'): string => `${figure} >>> ${selector}`;
const text = async (tab: Tab, selector: string): Promise<string> => {
  await tab.evaluate(() => (document.querySelector('rnn-sketch') as unknown as Figure).updateComplete);
  return (await tab.text(inside(selector))).replace(/\s+/g, ' ').trim();
};
const state = (tab: Tab): Promise<{ values: (number | null)[]; revealed: boolean }> =>
  tab.evaluate(async () => {
    const figure = document.querySelector('rnn-sketch') as unknown as Figure;
    await figure.updateComplete;
    return { values: [...figure.values], revealed: figure.revealed };
  });
const disabled = (tab: Tab, id: string): Promise<string | null | undefined> =>
  tab.evaluate(
    (button) => document.querySelector('rnn-sketch')?.shadowRoot?.getElementById(button)?.getAttribute('aria-disabled'),
    id,
  );

/** The position of an epoch and a value on the screen, computed from the numbers on the axes. */
async function axes(tab: Tab): Promise<(epoch: number, value: number) => Point> {
  await tab.middle(inside('.touch'));
  const [x, y] = await tab.evaluate(() => {
    const texts = [...(document.querySelector('rnn-sketch')?.shadowRoot?.querySelectorAll('.back text') ?? [])];
    const places = texts.map((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return [Number(one.textContent), (left + right) / 2, (top + bottom) / 2] as const;
    });
    const ends = (anchor: string) =>
      places.filter((_, i) => texts[i]?.getAttribute('text-anchor') === anchor) as [number, number, number][];
    const [across, up] = [ends('middle'), ends('end')];
    const two = (list: [number, number, number][], at: 1 | 2) => {
      const [first, last] = [list[0], list.at(-1)] as [[number, number, number], [number, number, number]];
      return [first[0], first[at], last[0], last[at]];
    };
    return [two(across, 1), two(up, 2)];
  });
  const between = ([a = 0, from = 0, b = 1, to = 0]: number[], value: number): number =>
    from + ((value - a) / (b - a)) * (to - from);
  return (epoch, value) => ({ x: between(x as number[], epoch), y: between(y as number[], value) });
}

/** One stroke through these points. */
async function draw(tab: Tab, points: readonly (readonly [epoch: number, value: number])[]): Promise<void> {
  const at = await axes(tab);
  const [first, ...rest] = points.map(([epoch, value]) => at(epoch, value)) as [Point, ...Point[]];
  await tab.mouse('move', first);
  await tab.mouse('down', first);
  let from = first;
  for (const to of rest) {
    for (let i = 1; i <= 5; i++)
      await tab.mouse('move', { x: from.x + ((to.x - from.x) * i) / 5, y: from.y + ((to.y - from.y) * i) / 5 });
    from = to;
  }
  await tab.mouse('up', from);
}

/** Within two pixels of the plot, and half an epoch. */
const near = (
  values: readonly (number | null)[],
  wanted: readonly (readonly [epoch: number, value: number])[],
): void => {
  for (const [epoch, value] of wanted)
    assert.ok(
      Math.abs((values[epoch - 1] ?? Number.NaN) - value) < 0.025,
      `${epoch}: ${values[epoch - 1]}, not ${value}`,
    );
};

sketch(
  'drawn with the pointer, drawn over, compared with the run of the engine, and kept for a reload',
  async (tab) => {
    await open(tab);
    assert.equal(await disabled(tab, 'compare'), 'true');
    await draw(tab, [
      [1, 0.5],
      [20, 0.7],
      [40, 0.55],
    ]);
    const drawn = await state(tab);
    assert.equal(drawn.values.length, 40);
    near(drawn.values, [
      [1, 0.5],
      [10, 0.6],
      [20, 0.7],
      [30, 0.63],
      [40, 0.55],
    ]);
    assert.equal(await disabled(tab, 'compare'), 'false');
    /* back and forth in one stroke: the later part stays */
    await draw(tab, [
      [10, 0.6],
      [20, 0.2],
      [12, 0.9],
    ]);
    const edited = await state(tab);
    near(edited.values, [
      [1, 0.5],
      [12, 0.9],
      [20, 0.2],
      [40, 0.55],
    ]);
    assert.deepEqual(edited.values.slice(20), drawn.values.slice(20));
    const { accuracy = [] } = await history();
    const page = await tab.evaluate(
      () => document.querySelector('rnn-sketch')?.shadowRoot?.querySelector('figure')?.textContent,
    );
    assert.ok(!page?.includes(`${accuracy.at(-1)?.toFixed(2)} training`), 'nothing tells the result before');
    await tab.click(inside('#compare'));
    const [mine, reached] = [edited.values.at(-1) ?? Number.NaN, accuracy.at(-1) ?? Number.NaN].map((one) =>
      one.toFixed(2),
    );
    const words = `You drew ${mine} at the end. The network reached ${reached} on its training data.`;
    assert.equal(await text(tab, '.result'), words);
    /* the run's line goes through the engine's values */
    const at = await axes(tab);
    const line = await tab.evaluate(() => {
      const path = document.querySelector('rnn-sketch')?.shadowRoot?.querySelector('.run.train') as SVGPathElement;
      const { x, y } = (path.ownerSVGElement as SVGSVGElement).getBoundingClientRect();
      return [...(path.getAttribute('d') ?? '').matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, a, b]) => [
        Number(a) + x,
        Number(b) + y,
      ]);
    });
    assert.equal(line.length, 40);
    accuracy.forEach((value, i) => {
      const wanted = at(i + 1, value);
      const [x = 0, y = 0] = line[i] as number[];
      assert.ok(Math.hypot(x - wanted.x, y - wanted.y) < 2, `epoch ${i + 1}: ${[x, y]}, not ${JSON.stringify(wanted)}`);
    });
    /* the plot takes no more strokes */
    await draw(tab, [
      [1, 0],
      [40, 0],
    ]);
    assert.deepEqual(await state(tab), { ...edited, revealed: true });
    assert.deepEqual(
      await tab.evaluate(() => globalThis.sketched.map(({ revealed, values }) => [revealed, values.length])),
      [
        [false, 40],
        [false, 40],
        [true, 40],
      ],
    );
    await visit(tab);
    assert.deepEqual(await state(tab), { ...edited, revealed: true });
    assert.equal(await text(tab, '.result'), words);
    assert.equal(
      await tab.evaluate(() =>
        document.querySelector('rnn-sketch')?.shadowRoot?.querySelector('.back .ghost[d^=M]')?.getAttribute('class'),
      ),
      'ghost train',
    );
  },
);

sketch('with keys alone: two sliders draw a line, and the plot and the sliders agree', async (tab) => {
  await open(tab);
  await tab.focus(inside('#compare'));
  await tab.press('Enter');
  assert.match(await text(tab, '.actions [role=status]'), /^Draw first: /);
  assert.equal((await state(tab)).revealed, false);
  await tab.focus(inside('summary'));
  await tab.press('Enter');
  await tab.press('Tab');
  for (let i = 0; i < 10; i++) await tab.press('ArrowDown');
  assert.equal((await state(tab)).values[0], 0.4);
  assert.equal((await state(tab)).values.length, 1);
  for (let i = 0; i < 4; i++) await tab.press('Tab');
  await tab.press('End');
  const { values } = await state(tab);
  near(
    values,
    Array.from({ length: 40 }, (_, i) => [i + 1, 0.4 + (0.6 * i) / 39]),
  );
  const shown = await tab.evaluate(() =>
    [...(document.querySelector('rnn-sketch')?.shadowRoot?.querySelectorAll<HTMLElement>('.slider') ?? [])].map(
      (row) => {
        const input = row.querySelector('input');
        return [
          row.querySelector('label')?.textContent,
          row.querySelector('output')?.textContent,
          input?.getAttribute('aria-valuetext'),
          input?.value,
        ];
      },
    ),
  );
  assert.deepEqual(
    shown.map(([label]) => label),
    [1, 10, 20, 30, 40].map((epoch) => `Accuracy after epoch ${epoch}`),
  );
  for (const [label, output, spoken, value] of shown) {
    const drawn = values[Number(label?.match(/\d+$/)?.[0]) - 1] as number;
    assert.equal(output, drawn.toFixed(2));
    assert.equal(spoken, output);
    assert.ok(Math.abs(Number(value) - drawn) < 0.006, `${label}: ${value}`);
  }
  /* the pointer moves the sliders, and a slider bends the curve between its neighbors alone */
  await draw(tab, [
    [20, 0.2],
    [30, 0.2],
  ]);
  const before = (await state(tab)).values;
  near(
    [
      await tab.evaluate(() =>
        Number((document.querySelector('rnn-sketch')?.shadowRoot?.getElementById('at-30') as HTMLInputElement).value),
      ),
    ],
    [[1, 0.2]],
  );
  await tab.focus(inside('#at-30'));
  await tab.press('ArrowUp');
  const after = (await state(tab)).values;
  assert.equal(after[29], Number(((Math.round((before[29] as number) * 100) + 1) / 100).toFixed(2)));
  assert.deepEqual([after.slice(0, 20), after[39]], [before.slice(0, 20), before[39]]);
  await tab.focus(inside('#compare'));
  await tab.press(' ');
  const { accuracy = [] } = await history();
  assert.equal(
    await text(tab, '.result'),
    `You drew 1.00 at the end. The network reached ${accuracy.at(-1)?.toFixed(2)} on its training data.`,
  );
  assert.equal(await tab.text(inside('.slider output')), `${before[0]?.toFixed(2)}, run ${accuracy[0]?.toFixed(2)}`);
});

sketch('without a sketch: shown at once, started over, and drawn only in part', async (tab) => {
  await open(tab, '<rnn-sketch name="one" of="new" quantity="loss"></rnn-sketch>');
  const { val_loss = [] } = await history();
  const [half, end] = [val_loss[19], val_loss[39]].map((one) => one?.toFixed(2));
  await tab.click(inside('#show'));
  assert.equal(await text(tab, '.title'), 'Loss on new data');
  assert.equal(await text(tab, '.result'), `The network reached ${end} on new data.`);
  await tab.click(inside('#clear'));
  assert.deepEqual(await state(tab), { values: [], revealed: false });
  assert.equal(await text(tab, '.result'), '');
  assert.equal(await text(tab, '#summary'), 'Nothing is drawn yet.');
  await draw(tab, [
    [10, 0.6],
    [20, 0.4],
  ]);
  const { values } = await state(tab);
  assert.deepEqual([values.length, values.slice(0, 9).every((one) => !Number.isFinite(one))], [20, true]);
  await tab.click(inside('#compare'));
  assert.equal(
    await text(tab, '.result'),
    `You drew ${values[19]?.toFixed(2)} after epoch 20, where the network had reached ${half} on new data. It reached ${end} at the end.`,
  );
});

sketch('another run: its curve is drawn, the sketch stays, and the axis says how long it is', async (tab) => {
  await open(tab);
  await draw(tab, [
    [1, 0.5],
    [40, 0.8],
  ]);
  await tab.click(inside('#compare'));
  const { values } = await state(tab);
  await tab.evaluate(
    (address) => {
      location.hash = address;
    },
    ADDRESS.replace('epochs=40', 'epochs=20'),
  );
  await tab.until(() => (document.querySelector('rnn-sketch') as unknown as Figure).run?.values.length === 20);
  const { accuracy = [] } = await history(20);
  assert.deepEqual((await state(tab)).values, values);
  assert.equal(
    await text(tab, '.result'),
    `You drew ${values[19]?.toFixed(2)} after epoch 20, where the network had reached ${accuracy.at(-1)?.toFixed(2)} on its training data.`,
  );
  assert.equal(await tab.text(inside('.back text[text-anchor=middle]:last-of-type')), '40');
});

sketch(
  'a kept sketch that is damaged is ignored, a sketch without a name keeps none, and names stay apart',
  async (tab) => {
    await open(
      tab,
      `${DAMAGED.map((_, i) => `<rnn-sketch name="d${i}"></rnn-sketch>`).join('')}<rnn-sketch></rnn-sketch>`,
    );
    await tab.evaluate((all: string[]) => {
      all.forEach((kept, i) => sessionStorage.setItem(`unrolled-sketch d${i}`, kept));
      sessionStorage.setItem('unrolled-sketch ', '{"values":[0.5],"revealed":true}');
    }, DAMAGED);
    await visit(tab);
    assert.deepEqual(
      await tab.evaluate(() =>
        [...document.querySelectorAll('rnn-sketch')].flatMap((one) => {
          const { values, revealed } = one as unknown as Figure;
          return values.length > 0 || revealed ? [one.getAttribute('name')] : [];
        }),
      ),
      [],
    );
    await draw(tab, [
      [1, 0.5],
      [40, 0.8],
    ]);
    await visit(tab);
    assert.deepEqual(
      await tab.evaluate(() =>
        [...document.querySelectorAll('rnn-sketch')].flatMap((one) =>
          (one as unknown as Figure).values.length ? [one.getAttribute('name')] : [],
        ),
      ),
      ['d0'],
    );
  },
);

sketch('where nothing may be kept, it works until a reload', async (tab) => {
  [markup, head] = [ONE, '<script src="./refuse.js"></script>'];
  await visit(tab);
  await draw(tab, [
    [1, 0.5],
    [40, 0.8],
  ]);
  await tab.click(inside('#compare'));
  assert.match(await text(tab, '.result'), /^You drew 0\.8\d? at the end\./);
  await visit(tab);
  assert.deepEqual(await state(tab), { values: [], revealed: false });
});

sketch(
  'a finger draws in the plot, and scrolls the page beside it and once the run is shown',
  async (tab) => {
    await open(tab);
    const { page } = tab;
    assert.ok(page);
    const swipe = async (from: Point, to: Point): Promise<number> => {
      const before = await tab.evaluate(() => scrollY);
      await page.touchscreen.touchStart(from.x, from.y);
      for (let i = 1; i <= 10; i++)
        await page.touchscreen.touchMove(from.x + ((to.x - from.x) * i) / 10, from.y + ((to.y - from.y) * i) / 10);
      await page.touchscreen.touchEnd();
      return (await tab.evaluate(() => scrollY)) - before;
    };
    const at = await axes(tab);
    const [low, high] = [at(1, 0.1), at(40, 0.9)];
    assert.equal(await swipe(low, high), 0);
    near((await state(tab)).values, [
      [1, 0.1],
      [20, 0.49],
      [40, 0.9],
    ]);
    await tab.click(inside('#compare'));
    const again = await axes(tab);
    await swipe(again(20, 0.1), again(20, 0.9));
    await tab.until(() => scrollY > 0);
  },
  {
    width: 390,
    height: 700,
    touch: true,
    without: { firefox: 'its driver has no touch screen here', webkit: 'its driver has no touch screen here' },
  },
);

sketch('the picture of both curves looks like the screen and says what they are', async (tab) => {
  await open(tab, '<rnn-sketch id="one" data-picture="the sketch"></rnn-sketch>');
  await catchFiles(tab);
  await draw(tab, [
    [1, 0.5],
    [40, 0.8],
  ]);
  await tab.click(inside('#compare'));
  const words = await text(tab, '.result');
  const { name, bytes } = await saved(tab, 'one', 'SVG');
  assert.equal(name, 'sketch-epoch-40.svg');
  const svg = bytes.toString();
  for (const part of [words, 'your sketch', 'guessing', 'Accuracy on the training data'])
    assert.ok(
      svg
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .includes(part),
      `${part} is not in ${svg}`,
    );
  const { made, blank } = await differences(tab, 'one', '.plot', svg);
  assert.ok(blank > 1 && made < blank / 4, `${made} of ${blank}`);
});

for (const scheme of ['light', 'dark'] as const)
  sketch(
    `axe finds nothing before and after, and nothing is wider than the page, ${scheme}`,
    async (tab) => {
      await open(tab, `<div id="here">${ONE}<rnn-sketch of="new" quantity="loss"></rnn-sketch></div>`);
      const check = async (): Promise<void> => {
        const faults = await tab.faults(scheme);
        assert.deepEqual(
          faults.filter((fault) => fault.includes('rnn-sketch')),
          [],
        );
        for (const width of [320, 390, 700, 900]) {
          await tab.resize(width, 1000);
          assert.ok(
            await tab.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
            `${width} px`,
          );
        }
      };
      await tab.click(inside('summary'));
      await check();
      await draw(tab, [
        [1, 0.5],
        [40, 0.8],
      ]);
      await check();
      await tab.click(inside('#compare'));
      await check();
    },
    {
      width: 700,
      height: 1000,
      scheme,
      without: { webkit: 'its window is no narrower than 500 px, and axe-core reads the same markup' },
    },
  );
