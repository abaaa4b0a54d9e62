// The lab as a reader uses it in real browsers: every moment of training, exact and in both directions; changed inputs;
// the address.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { formatNumber } from '../../web/shared/format.ts';
import { forEachBrowser, root, serveSite, type Tab, type View } from './harness.ts';
import { openLab, unfold, walkTo } from './pages.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

interface Wanted {
  task?: string;
  steps?: number;
  cell?: 'simple_rnn' | 'gru' | 'lstm';
  layers?: number;
  units?: number;
  rate?: number;
  epochs?: number;
  updates?: number;
  seed?: number;
}

/** The lab's first network after this many updates, trained by the engine in Node. */
function after({
  task = 'first',
  steps = 10,
  cell = 'simple_rnn',
  layers = 1,
  units = 8,
  rate = 0.01,
  epochs = 40,
  updates = Infinity,
  seed = 42,
}: Wanted = {}) {
  const { features, loss, classes, returnSequences } = engine.tasks.find(
    ({ name }) => name === task,
  ) as (typeof engine.tasks)[number];
  const set = engine.task(task, { samples: 100, timesteps: steps });
  const fresh = engine.task(task, { samples: 1000, timesteps: steps, firstSample: engine.newSample });
  const config = { units, timesteps: steps, features, cell, layers, seed, loss: loss as 'binary_crossentropy' };
  const model = engine.sequential({
    ...config,
    ...(classes && { classes }),
    ...(returnSequences && { returnSequences }),
  });
  model.compile({ learningRate: rate });
  const training = model.training(set.x, set.y, { epochs, validationData: fresh });
  training.advance(updates);
  return { model, set, fresh, history: training.history, next: training.nextBatch() };
}

const trace = ({ model, set }: ReturnType<typeof after>, sample = 0) => {
  const width = model.timesteps * model.features;
  return model.trace(set.x.slice(sample * width, (sample + 1) * width), set.y[sample]);
};

interface Figure {
  trace: { layers: { h: Float32Array }[] };
  parameters: Float32Array;
}

const shownWeights = (tab: Tab): Promise<number[]> =>
  tab.evaluate(() => [...(document.querySelector('rnn-network') as unknown as Figure).parameters]);
const shownStates = (tab: Tab): Promise<number[]> =>
  tab.evaluate(() => [...(document.querySelector('rnn-network') as unknown as Figure).trace.layers[0]!.h]);
const weights = (made: ReturnType<typeof after>): number[] => made.model.getWeights().flatMap((tensor) => [...tensor]);
/** Scrolls to a figure, because figures that are not visible are not drawn. Waits until it is on the screen. */
const see = (tab: Tab, selector: string): Promise<void> =>
  tab.until((wanted: string) => {
    const figure = document.querySelector(wanted);
    figure?.scrollIntoView({ behavior: 'instant' });
    const box = figure?.getBoundingClientRect();
    return box && box.width > 0 && box.top < innerHeight && box.bottom > 0;
  }, selector);

/** Makes every figure visible once. */
async function everything(tab: Tab): Promise<void> {
  await tab.until(() => (document.querySelector('#caption')?.textContent ?? '') !== '');
  await see(tab, 'rnn-arithmetic');
  await tab.until(() => !!(document.querySelector('rnn-arithmetic') as unknown as { numbers?: object }).numbers);
  await see(tab, 'rnn-backward');
  await tab.until(() => !!(document.querySelector('rnn-backward') as unknown as { check?: object }).check);
}

/** Waits until the figure shows the network after this many updates, and returns that network. */
const untilWeights = async (tab: Tab, wanted: Wanted): Promise<ReturnType<typeof after>> => {
  const made = after(wanted);
  await see(tab, 'rnn-network');
  await tab.until(
    (expected: string) => {
      const figure = document.querySelector('rnn-network') as unknown as Figure;
      return JSON.stringify([...(figure.parameters ?? [])]) === expected;
    },
    JSON.stringify(weights(made)),
  );
  return made;
};

function lab(name: string, address: string, use: (tab: Tab, url: string) => Promise<void>, view: View = {}): void {
  forEachBrowser(
    `lab: ${name}`,
    async (tab) => {
      const site = await serveSite();
      await openLab(tab, address);
      await see(tab, 'rnn-network');
      await tab.until(() => !!(document.querySelector('rnn-network') as unknown as Partial<Figure>)?.trace);
      await use(tab, site.url);
      assert.deepEqual(tab.problems, []);
    },
    view,
  );
}

for (const folder of ['', 'de/'])
  forEachBrowser(`lab: all ten time steps have room in a window of 1280 pixels: /${folder}`, async (tab) => {
    for (const address of ['', '#v=1&x=1:0']) {
      await openLab(tab, address, folder);
      await see(tab, 'rnn-network');
      await tab.until(() => !!document.querySelector('rnn-network')?.shadowRoot?.querySelector('[data-input="9"]'));
      const [frame, ...points] = await tab.evaluate(() => {
        const root = document.querySelector('rnn-network')?.shadowRoot as ShadowRoot;
        return [...root.querySelectorAll('.frame, .grip')]
          .map((part) => part.getBoundingClientRect())
          .map(({ left, right }) => [left, right] as const);
      });
      assert.equal(points.length, 10);
      for (const [left, right] of points)
        assert.ok(frame && left >= frame[0] && right <= frame[1], `${left}–${right} in ${frame}`);
    }
    /* the training is beside the network */
    const tops = await tab.evaluate(() =>
      ['.stage > .training', '.stage > .network'].map(
        (part) => document.querySelector(part)?.getBoundingClientRect().left,
      ),
    );
    assert.ok((tops[0] ?? 0) > (tops[1] ?? 0) + 640, String(tops));
  });

lab('opens trained, with the engine’s numbers', '', async (tab) => {
  const wanted = after();
  await untilWeights(tab, {});
  assert.deepEqual(await shownStates(tab), [...trace(wanted).layers[0]!.h]);
  const percent = (made: { accuracy?: number }): string => formatNumber(100 * (made.accuracy ?? Number.NaN), 1);
  const { model, set, fresh } = wanted;
  const words = `After 40 epochs: right on ${percent(model.evaluate(set.x, set.y))} % of all training sequences and on ${percent(model.evaluate(fresh.x, fresh.y))} % of 1,000 new ones.`;
  assert.equal(await tab.text('#place'), words);
  const curves = await tab.evaluate(() =>
    (['metric', 'loss'] as const).map((id) =>
      (document.getElementById(id) as unknown as { series: { values: number[] }[] }).series.map(({ values }) => [
        ...values,
      ]),
    ),
  );
  const { accuracy, val_accuracy, loss, val_loss } = wanted.history;
  assert.deepEqual(curves, [
    [accuracy, val_accuracy],
    [loss, val_loss],
  ]);
  assert.match(await tab.text('#task-text'), /first value/);
});

lab('steps through training in both directions, bit by bit', '#v=1&at=47&open=training', async (tab) => {
  await untilWeights(tab, { updates: 47 });
  for (const [action, updates] of [
    ['back', 46],
    ['back-epoch', 44],
    ['back-epoch', 40],
    ['batch', 41],
    ['epoch', 44],
    ['reset', 0],
    ['end', 160],
  ] as const) {
    await tab.click(`rnn-training >>> [data-action=${action}]`);
    await untilWeights(tab, { updates });
  }
});

lab(
  'curves by batch show each batch before its update, and new data at the ends of epochs; the cursor is an update',
  '#v=1&epochs=5&by=1',
  async (tab) => {
    const { model, set, fresh } = after({ epochs: 5, updates: 0 });
    const training = model.training(set.x, set.y, { epochs: 5, validationData: fresh });
    const batches = Array.from({ length: 20 }, () => training.advance(1));
    await tab.until(() => (document.getElementById('loss') as unknown as { series: unknown[] }).series.length === 2);
    const shown = await tab.evaluate(() =>
      (document.getElementById('loss') as unknown as { series: { values: number[]; each?: number }[] }).series.map(
        ({ values, each = 1 }) => [[...values], each],
      ),
    );
    assert.deepEqual(shown, [
      [batches.map(({ batchLoss }) => batchLoss), 1],
      [training.history.val_loss, 4],
    ]);
    const metric = await tab.evaluate(() => [
      ...((document.getElementById('metric') as unknown as { series: { values: number[] }[] }).series[0]?.values ?? []),
    ]);
    assert.deepEqual(
      metric,
      batches.map(({ batchMetric }) => batchMetric),
    );
    await tab.focus('#loss >>> .touch');
    await tab.press('Home');
    for (let i = 0; i < 6; i++) await tab.press('ArrowRight');
    await untilWeights(tab, { epochs: 5, updates: 7 });
    assert.match(await tab.text('#loss >>> .readout'), /^update 7: this batch \d\.\d+, new data \d\.\d+$/);
    await tab.until(() => location.hash === '#v=1&epochs=5&at=7&by=1');
    assert.deepEqual(await tab.faults('light', '#loss'), []);
  },
);

for (const [folder, mean, batch, all] of [
  ['', 'epoch 7: mean in training ', 'of this batch', ' of all training sequences'],
  ['de/', 'Epoche 7: Mittel im Training ', 'dieses Batches', ' aller Trainingssequenzen'],
] as const)
  forEachBrowser(`lab: each of three accuracies on training data says which it is: /${folder}`, async (tab) => {
    const { model, set, history } = after({ updates: 28 });
    const { batchMetric } = (() => {
      const again = after({ updates: 0 }).model.training(set.x, set.y, { epochs: 40 });
      again.advance(27);
      return again.advance(1);
    })();
    const right = 100 * (model.evaluate(set.x, set.y).accuracy as number);
    const [whole, one] = [(history['accuracy'] as number[])[6], batchMetric].map(Number);
    assert.equal(new Set([right / 100, whole, one]).size, 3, 'three numbers that differ');
    await openLab(tab, '#v=1&at=28', folder);
    await tab.until(
      (start: string) =>
        document.querySelector('#metric')?.shadowRoot?.querySelector('.readout')?.textContent?.startsWith(start),
      mean,
    );
    const readout = await tab.text('#metric >>> .readout');
    assert.ok(readout.startsWith(`${mean}${whole?.toFixed(2)}, `), `${readout}, not ${whole}`);
    for (const chart of ['#metric', '#loss']) {
      const named = await tab.evaluate((selector: string) => {
        const title = document.querySelector(selector)?.shadowRoot?.querySelector('.title');
        return title?.textContent !== '' && title?.checkVisibility() && title.scrollWidth <= title.clientWidth;
      }, chart);
      assert.equal(named, true, `${chart} is named beside its numbers`);
    }
    assert.ok((await tab.text('#metric >>> #summary')).includes(`${mean.split(': ')[1]?.trim()}: `));
    const state = await tab.text('#training >>> .state');
    assert.ok(state.includes(batch) && state.includes(one?.toFixed(4) as string), state);
    const place = (await tab.text('#place')).replaceAll('\u00a0', ' ');
    assert.ok(place.includes(`${right.toFixed(1)} %${all}`), place);
  });

lab(
  'before the end of the run, the moment is marked in the curves, and the curves are faint from there on',
  '',
  async (tab) => {
    const EPOCHS = 40;
    for (const chart of ['#metric', '#loss'])
      for (const at of [0, 2, 47, 80, 160]) {
        await tab.evaluate((update) => {
          location.hash = `#v=1${update < 160 ? `&at=${update}` : ''}`;
        }, at);
        await see(tab, chart);
        await tab.until(
          (name, update) => (document.querySelector(name) as unknown as { moment?: number }).moment === update / 4,
          chart,
          at,
        );
        const shown = await tab.evaluate(async (name) => {
          const element = document.querySelector(name) as HTMLElement & { updateComplete: Promise<boolean> };
          await element.updateComplete;
          const root = element.shadowRoot as ShadowRoot;
          const touch = root.querySelector('.touch') as HTMLElement;
          const axis = touch.getBoundingClientRect();
          /** The last epoch of a path, from its right end on an axis from 1 to 40. */
          const end = (path: Element): number => {
            const { right, width, height } = path.getBoundingClientRect();
            return width + height === 0 ? 0 : 1 + ((right - axis.left) / axis.width) * 39;
          };
          const paths = [...root.querySelectorAll('path.run')];
          const faint = (path: Element): boolean => Number(getComputedStyle(path).opacity) < 0.5;
          return {
            full: paths.filter((path) => !faint(path)).map(end),
            faint: paths.filter(faint).map(end),
            mark: end(root.querySelector('.moment') as Element),
            foot: root.querySelector('.foot')?.textContent ?? '',
            weight: getComputedStyle(root.querySelector('.label.train b') as Element).fontWeight,
            summary: root.querySelector('#summary')?.textContent ?? '',
            said: touch.ariaValueText ?? touch.getAttribute('aria-valuetext') ?? '',
            now: touch.getAttribute('aria-valuenow'),
          };
        }, chart);
        const near = (values: number[], epoch: number): void => {
          assert.equal(values.length, 2);
          for (const value of values) assert.ok(Math.abs(value - epoch) < 0.35, `${at}: ${values}, not ${epoch}`);
        };
        const epoch = Math.floor(at / 4);
        assert.equal(shown.now, String(epoch));
        if (at === 160) {
          near(shown.full, EPOCHS);
          assert.deepEqual([shown.faint, shown.mark, shown.weight], [[], 0, '600']);
          assert.doesNotMatch(shown.summary, /faint/);
          continue;
        }
        near(shown.faint, EPOCHS);
        near(shown.full, epoch < 2 ? 0 : epoch);
        assert.equal(shown.weight, '400');
        assert.ok(
          at < 4 ? shown.mark < 1 && shown.mark > -1 : Math.abs(shown.mark - at / 4) < 0.35,
          `${at}: marked at ${shown.mark}`,
        );
        assert.equal(shown.foot, at % 4 === 0 ? String(epoch) : '');
        assert.match(shown.summary, at === 0 ? /before its first update/ : /From there on, the curves are faint\./);
        if (at === 0) assert.equal(shown.said, 'before the first update');
        else if (at % 4) assert.ok(shown.said.startsWith(`in epoch ${epoch + 1}`), shown.said);
        else assert.ok(shown.said.startsWith(`epoch ${epoch}: `), shown.said);
      }
    /* keys go on from the moment */
    await tab.evaluate(() => {
      location.hash = '#v=1&at=0';
    });
    await untilWeights(tab, { updates: 0 });
    await tab.focus('#loss >>> .touch');
    await tab.press('ArrowLeft');
    await tab.press('ArrowRight');
    await untilWeights(tab, { updates: 4 });
    assert.deepEqual(await tab.faults('light', '.stage > .training'), []);
  },
);

lab('a moment can be chosen by keyboard, and is in the address', '', async (tab) => {
  await tab.focus('rnn-training >>> input');
  await tab.press('Home');
  await untilWeights(tab, { updates: 0 });
  for (let i = 0; i < 3; i++) await tab.press('ArrowRight');
  await untilWeights(tab, { updates: 3 });
  assert.match(
    await tab.text('rnn-training >>> .state'),
    /^Epoch 1, batch 3 of 4 done: update 3 of 160\. The loss of this batch was 0\.\d{4}, and its accuracy was \d\.\d{4}\.$/,
  );
  await tab.until(() => location.hash === '#v=1&at=3');
});

lab(
  'every cell, several layers, classes, and a target at every step',
  '#v=1&task=order&cell=lstm&layers=2&steps=20&at=12',
  async (tab) => {
    await untilWeights(tab, { task: 'order', cell: 'lstm', layers: 2, steps: 20, updates: 12 });
    await openLab(tab, '#v=1&task=echo&cell=gru&at=9');
    await untilWeights(tab, { task: 'echo', cell: 'gru', updates: 9 });
    await openLab(tab, '#v=1&task=adding&at=9');
    await untilWeights(tab, { task: 'adding', updates: 9 });
    assert.match(await tab.text('#place'), /^After 2 epochs and 1 of 4 batches: loss /);
  },
);

for (const [folder, width, several, many] of [
  ['', 1280, '3 inputs are changed, at the time steps 1, 3, and 7.', '10 inputs at 10 time steps are changed.'],
  ['de/', 1280, '3 Eingaben sind geändert, in den Zeitschritten 1, 3 und 7.', '10 Eingaben in 10 Zeitschritten'],
  ['de/', 1440, '3 Eingaben sind geändert, in den Zeitschritten 1, 3 und 7.', '10 Eingaben in 10 Zeitschritten'],
  ['', 768, '3 inputs are changed, at the time steps 1, 3, and 7.', '10 inputs at 10 time steps are changed.'],
] as const)
  forEachBrowser(
    `lab: several what-if changes are counted in the room of one: ${width} px, /${folder}`,
    async (tab) => {
      await openLab(tab, '#v=1', folder);
      await see(tab, 'rnn-network');
      await tab.until(() => !!(document.querySelector('rnn-network') as unknown as Partial<Figure>)?.trace);
      const tops = (): Promise<number[]> =>
        tab.evaluate(() =>
          ['.slot', 'rnn-network'].map(
            (part) =>
              (document.querySelector(part)?.getBoundingClientRect().top ?? 0) -
              (document.getElementById('network-title')?.getBoundingClientRect().top ?? 0),
          ),
        );
      const before = await tops();
      const all = Array.from({ length: 10 }, (_, k) => `${k + 1}:0.${k + 1}`).join('_');
      for (const [change, told] of [
        ['&x=3:0.9', '0.90'],
        ['&x=1:0.9_3:0.8_7:0.1', several],
        [`&x=${all}&w=3:0.5_5:0.25`, many],
      ] as const) {
        await tab.evaluate((hash) => {
          location.hash = `#v=1${hash}`;
        }, change);
        await tab.until(
          (words: string) =>
            document.getElementById('what-if-text')?.textContent?.includes(words) &&
            /0\.\d\d\d/.test(document.getElementById('what-if-text')?.textContent ?? ''),
          told,
        );
        assert.deepEqual(await tops(), before, change);
      }
      await tab.click('#undo');
      await tab.until(() => document.getElementById('what-if')?.hidden);
      assert.deepEqual(await tops(), before);
    },
    { width, height: 800 },
  );

lab(
  'changed inputs: the weights are frozen, undo works, and changes are dropped when training moves',
  '#v=1&at=80&x=3:0.9&cut=loop',
  async (tab) => {
    const made = after({ updates: 80 });
    const x0 = made.set.x.slice(0, 10);
    const x = x0.slice();
    x[2] = 0.9;
    const wanted = made.model.trace(x, made.set.y[0], { withoutRecurrence: true });
    await tab.until(
      (expected: string) =>
        JSON.stringify([...(document.querySelector('rnn-network') as unknown as Figure).trace.layers[0]!.h]) ===
        expected,
      JSON.stringify([...wanted.layers[0]!.h]),
    );
    assert.match(
      await tab.text('#what-if-text'),
      /^The weights are frozen\. x at time step 3 is 0\.90 instead of \d\.\d\d\. W is 0 at every time step\. The answer after time step 10 changes from p\(y = 1\) = \d\.\d{3} to \d\.\d{3}\. The label follows the change: the rule says y = [01] for the changed sequence\.$/,
    );
    const [was, now] = [made.model.predict(x0)[0], wanted.prediction.at(-1)].map((p) => formatNumber(p as number, 3));
    assert.ok((await tab.text('#what-if-text')).includes(`p(y = 1) = ${was} to ${now}. `));
    assert.deepEqual(await shownWeights(tab), weights(made));
    await tab.focus('rnn-training >>> input');
    await tab.press('ArrowRight');
    await untilWeights(tab, { updates: 81 });
    assert.equal(
      await tab.text('#what-if-dropped'),
      'What-if changes were dropped, because another moment of the training was chosen.',
    );
    assert.deepEqual(await shownStates(tab), [...trace(after({ updates: 81 })).layers[0]!.h]);
  },
);

lab('the same weights process more time steps than they were trained on', '#v=1&at=80&len=25', async (tab) => {
  const { model } = after({ updates: 80 });
  const { x, y } = engine.task('first', { samples: 1, timesteps: 25 });
  const wanted = model.trace(x, y[0]);
  await tab.until(
    (expected: string) =>
      JSON.stringify([...(document.querySelector('rnn-network') as unknown as Figure).trace.layers[0]!.h]) === expected,
    JSON.stringify([...wanted.layers[0]!.h]),
  );
});

lab('one update step by step: the active part is highlighted', '#v=1&at=80&slow=1', async (tab) => {
  const { model, set } = after({ updates: 80 });
  const wanted = trace({ ...after({ updates: 80 }), model, set });
  /* A key moves the stepper at once, but the sentence follows with the page's next frame. */
  const highlighted = (part: string): Promise<void> =>
    tab.until(
      (end) => document.querySelector('[data-part][aria-current]')?.textContent?.trim().endsWith(end) === true,
      part,
    );
  const number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 3);
  const { h, dHNorm } = wanted.layers[0]!;
  await tab.focus('#slow-range'); /* the sentences are asked for once they come near the screen */
  await highlighted(`h₁[1] = ${number(h[8])}.`);
  for (let i = 0; i < 10; i++) await tab.press('ArrowRight');
  await highlighted(
    `the answer is ${number(wanted.prediction.at(-1))}, the target ${wanted.y[0]}. The loss is ${number(wanted.loss)}.`,
  );
  for (let i = 0; i < 4; i++) await tab.press('ArrowRight');
  await highlighted(
    `Time step 7: ∂L/∂h₇ arrives from time step 8, through W. Its size (the norm) is ${number(dHNorm[6])}.`,
  );
  await tab.until(() => (document.querySelector('rnn-network') as unknown as { timestep: number }).timestep === 7);
  await tab.press('End');
  const at = model.tensors[1]!.offset;
  const [before, next] = [weights(after({ updates: 80 })), weights(after({ updates: 81 }))];
  await tab.until(
    (part) => document.querySelector('[data-part][aria-current]')?.textContent?.includes(part) === true,
    `W[1, 1]: ${number(before[at])} → ${number(next[at])}.`,
  );
  await tab.until(() => location.hash.includes('slow=23'));
});

lab('one update step by step: at the end of the run it shows the last update', '', async (tab) => {
  await untilWeights(tab, {});
  await unfold(tab, '#slow-dock');
  await tab.focus('#slow-next'); /* figures above it that become visible move it */
  await tab.press('Enter');
  await tab.until(() => location.hash.includes('slow=1'));
  assert.equal(await tab.evaluate(() => location.hash), '#v=1&at=159&t=1&slow=1&open=slow');
  await untilWeights(tab, { updates: 159 });
  await tab.focus('#slow-range');
  await tab.press('End');
  await tab.until(() =>
    /^Move\. .* All 89 parameters change once/.test(
      document.querySelector('[data-part][aria-current]')?.textContent ?? '',
    ),
  );
});

lab(
  'if the answer stays correct with the loop cut, a sequence where it becomes wrong is offered and shown',
  '',
  async (tab) => {
    await untilWeights(tab, {});
    await unfold(tab, 'details[data-fold=cuts]');
    await tab.select('select[data-field="cut"]', 'loop');
    await tab.until(() => !document.querySelector<HTMLElement>('#cut-offer')?.hidden);
    assert.equal(await tab.text('#cut-offer-text'), 'On this sequence the answer stays right all the same.');
    await tab.click('#cut-offer-show');
    await tab.until(
      () =>
        document.querySelector<HTMLElement>('#cut-offer')?.hidden === true && /sample=\d+&cut=loop/.test(location.hash),
    );
    const sample = Number(/sample=(\d+)/.exec(await tab.evaluate(() => location.hash))?.[1]);
    const made = after();
    const { y, prediction } = trace(made, sample);
    assert.equal((prediction.at(-1) as number) > 0.5, y[0] === 1);
    const answer = await tab.evaluate(() =>
      (document.querySelector('rnn-network') as unknown as { trace: { prediction: Float32Array } }).trace.prediction.at(
        -1,
      ),
    );
    assert.notEqual((answer as number) > 0.5, y[0] === 1);
    await tab.click('#undo');
    await tab.until(() => document.querySelector<HTMLElement>('#what-if')?.hidden === true);
  },
);

lab('a gradient that grows back in time is described so, and a vanishing one is offered and shown', '', async (tab) => {
  await everything(tab);
  const notice = (): Promise<string> => tab.text('rnn-backward >>> .notice');
  assert.match(await notice(), /It grows going back in time/);
  assert.match(
    await tab.text('rnn-backward >>> .check'),
    /They agree\. They are .* apart\. With 32-bit numbers a difference of up to .* is possible/,
  );
  await tab.click('rnn-backward >>> #vanish');
  await tab.until(() => location.hash.includes('at=0'));
  await tab.until(() =>
    /It shrinks going back in time/.test(
      document.querySelector('rnn-backward')?.shadowRoot?.querySelector('.notice')?.textContent ?? '',
    ),
  );
  await tab.until(() => !document.querySelector('rnn-backward')?.shadowRoot?.querySelector('#vanish'));
});

lab(
  'training step by step shows the metrics of each batch, between points of the curves by epoch',
  '#v=1&at=0&open=training',
  async (tab) => {
    await untilWeights(tab, { updates: 0 });
    const state = (): Promise<string> => tab.text('rnn-training >>> .state');
    const { model, set } = after({ updates: 0 });
    model.compile({ learningRate: 0.01 });
    const training = model.training(set.x, set.y, { epochs: 40 });
    for (let update = 1; update <= 5; update++) {
      await tab.click('rnn-training >>> [data-action=batch]');
      const { batchLoss, batchAccuracy } = training.advance(1);
      await tab.until(
        (wanted: string) =>
          document.querySelector('rnn-training')?.shadowRoot?.querySelector('.state')?.textContent?.includes(wanted),
        `update ${update} of 160`,
      );
      assert.ok(
        (await state()).endsWith(
          `The loss of this batch was ${batchLoss.toFixed(4)}, and its accuracy was ${(batchAccuracy as number).toFixed(4)}.`,
        ),
        await state(),
      );
    }
  },
);

lab('a change trains again, leaves a ghost and says what changed', '#v=1&open=settings', async (tab) => {
  await untilWeights(tab, {});
  await tab.focus('rnn-handle[field=epochs] >>> .number');
  await tab.press('ArrowRight');
  await untilWeights(tab, { epochs: 41 });
  await tab.until(
    () =>
      document
        .querySelector('#caption')
        ?.textContent?.startsWith('epochs 40 → 41 · same data, same start · 89 parameters · ') === true,
  );
  const ghost = await tab.evaluate(() => [
    ...((document.getElementById('loss') as unknown as { ghost: { values: number[] }[] }).ghost[0]?.values ?? []),
  ]);
  assert.deepEqual(ghost, after().history.loss);
});

lab(
  'while a handle is dragged, new data are evaluated sometimes; after it is released, at each epoch, bit by bit',
  '#v=1&epochs=10&open=settings',
  async (tab) => {
    type Drawn = { each?: number; values: number[] };
    const fresh = (): Promise<Drawn> =>
      tab.evaluate(() => {
        const { each, values } = (document.getElementById('loss') as unknown as { series: Drawn[] }).series[1] as Drawn;
        return { ...(each && { each }), values: [...values] };
      }) as Promise<Drawn>;
    await untilWeights(tab, { epochs: 10 });
    const { x, y } = await tab.middle('rnn-handle[field=rate] >>> .number');
    await tab.hover({ x, y });
    await tab.mouse('down', { x, y });
    for (let by = 1; by <= 20; by++) await tab.hover({ x: x + by, y });
    await tab.until(() => (document.getElementById('loss') as unknown as { series: Drawn[] }).series[1]?.each === 2);
    assert.equal((await fresh()).values.length, 5);
    await tab.mouse('up', { x: x + 20, y });
    await tab.until(
      () => (document.getElementById('loss') as unknown as { series: Drawn[] }).series[1]?.values.length === 10,
    );
    const rate = Number(await tab.text('rnn-handle[field=rate] >>> .number'));
    assert.notEqual(rate, 0.01);
    assert.deepEqual((await fresh()).values, after({ epochs: 10, rate }).history.val_loss);
  },
);

lab(
  'releasing a handle where a run takes long offers the run and does not start it',
  '#v=1&epochs=10&open=settings',
  async (tab) => {
    await untilWeights(tab, { epochs: 10 });
    const { x, y } = await tab.middle('rnn-handle[field=rate] >>> .number');
    await tab.hover({ x, y });
    await tab.mouse('down', { x, y });
    for (let by = 1; by <= 20; by++) await tab.hover({ x: x + by, y });
    await tab.until(
      () => (document.getElementById('loss') as unknown as { series: { each?: number }[] }).series[1]?.each === 2,
    );
    /* the last change of the drag is much more expensive than any before */
    await tab.evaluate(() => {
      const handle = document.querySelector('rnn-handle[field=rate]');
      const change = (name: string, value: number, final: boolean): void =>
        void handle?.dispatchEvent(
          new CustomEvent('rnn-change', { detail: { name, value, final }, bubbles: true, composed: true }),
        );
      change('units', 512, false);
      change('samples', 2000, true);
    });
    await tab.mouse('up', { x: x + 20, y });
    await tab.until(() => document.getElementById('offer-text')?.textContent?.startsWith('This run takes about'));
  },
);

lab('a decimal comma is read as a decimal point', '#v=1&epochs=4&open=settings', async (tab) => {
  await tab.focus('rnn-handle[field=rate] >>> .number');
  await tab.press('Enter');
  await tab.until(() => document.querySelector('rnn-handle[field=rate]')?.shadowRoot?.querySelector('input'));
  await tab.type('0,125');
  await tab.press('Enter');
  await tab.until(() => location.hash.includes('rate='));
  assert.match(await tab.evaluate(() => location.hash), /rate=0\.125(&|$)/);
});

lab('a long run is offered, not started', '#v=1&epochs=2', async (tab) => {
  await tab.evaluate(() => {
    location.hash = '#v=1&units=256&steps=100&n=2000&epochs=1000';
  });
  await tab.until(() => document.getElementById('offer-text')?.textContent?.startsWith('This'));
  assert.match(
    await tab.text('#offer-text'),
    /^This run takes about \d+(\.\d)? (s|min|h)\. Until you train it, the network is shown untrained \(update 0\)\.$/,
  );
});

lab(
  'the address of a long run shows the untrained network, or the update in it, after every load',
  '#v=1&units=512',
  async (tab) => {
    const told = async (): Promise<string[]> => [
      await tab.text('#place'),
      await tab.text('rnn-training >>> .state'),
      (await tab.text('#offer-text')).replace(/about [\d.]+ \w+/, ''),
    ];
    const untilOffered = (): Promise<void> =>
      tab.until(
        () =>
          document.getElementById('offer-text')?.textContent?.startsWith('This run takes about') &&
          document.getElementById('place')?.textContent?.includes(' new '),
      );
    await untilWeights(tab, { units: 512, updates: 0 });
    await untilOffered();
    const first = await told();
    assert.match(first[0] ?? '', /^Before the first update: right on /);
    assert.equal(first[1], 'Before update 1 of 160.');
    assert.match(first[2] ?? '', /the network is shown untrained \(update 0\)\.$/);
    /* stepping goes as far as possible without a request to the reader, and the address has this position */
    await tab.focus('rnn-training >>> input');
    await tab.press('End');
    await tab.until(() => /at=\d+/.test(location.hash));
    const at = Number(/at=(\d+)/.exec(await tab.evaluate(() => location.hash))?.[1]);
    assert.ok(at > 0 && at < 160, `${at}`);
    await untilWeights(tab, { units: 512, updates: at });
    assert.match(await tab.text('rnn-training >>> .state'), new RegExp(`update ${at} of 160`));
    await openLab(tab, `#v=1&units=512&at=${at - 1}`);
    await untilWeights(tab, { units: 512, updates: at - 1 });
    await untilOffered();
    assert.match(await tab.text('#offer-text'), new RegExp(`the network is shown after ${at - 1} updates?\\.$`));
    /* beyond the runs that begin without a click */
    await openLab(tab, `#v=1&units=512&at=${at + 1}`);
    await untilWeights(tab, { units: 512, updates: 0 });
    await untilOffered();
    assert.deepEqual(await told(), first);
  },
);

lab('a long run can be stopped and continued', '#v=1&epochs=2', async (tab) => {
  await tab.evaluate(() => {
    location.hash = '#v=1&cell=lstm&units=64&steps=60&n=1000&epochs=400';
  });
  await tab.until(() => !document.getElementById('offer')?.hidden);
  await tab.click('#offer-take');
  await tab.until(
    () =>
      document.getElementById('offer-text')?.textContent?.startsWith('Training: ') &&
      !document.getElementById('offer-stop')?.hidden,
  );
  await tab.click('#offer-stop');
  await tab.until(
    () =>
      document.getElementById('offer-text')?.textContent?.startsWith('This run takes about') &&
      document.getElementById('offer-stop')?.hidden === true,
  );
  assert.equal(await tab.evaluate(() => document.getElementById('offer-take')?.hidden), false);
});

lab(
  'a run that starts by itself can be stopped: words, slider and figure are at the same update, and training ends',
  '#v=1&epochs=2',
  async (tab) => {
    const told = async (): Promise<void> => {
      await tab.until(
        () =>
          document.getElementById('offer-text')?.textContent?.startsWith('This run takes about') &&
          document.getElementById('place')?.textContent?.startsWith('Before the first update'),
      );
      assert.match(await tab.text('#offer-text'), /the network is shown untrained \(update 0\)\.$/);
      assert.equal(await tab.text('rnn-training >>> .state'), 'Before update 1 of 160.');
    };
    for (const at of ['', '&at=120']) {
      await openLab(tab, '#v=1&epochs=2');
      /* The page believes that every run takes long, so it offers to stop it. It is stopped at once. */
      await tab.evaluate(() => {
        const now = performance.now.bind(performance);
        performance.now = () => 1000 * now();
        const stop = document.getElementById('offer-stop') as HTMLElement;
        new MutationObserver((_, observer) => {
          if (stop.hidden || document.getElementById('offer')?.hidden) return;
          observer.disconnect();
          stop.click();
        }).observe(document.getElementById('offer') as HTMLElement, { attributes: true, subtree: true });
      });
      await tab.evaluate((hash) => {
        location.hash = hash;
      }, `#v=1&units=118${at}`);
      await told();
      await untilWeights(tab, { units: 118, updates: 0 });
    }
    await tab.click('#offer-take');
    await untilWeights(tab, { units: 118, updates: 120 });
    await tab.until(() => document.getElementById('offer')?.hidden);
  },
);

lab('when playing ends the figures are not marked as out of date', '#v=1&epochs=20', async (tab) => {
  await everything(tab);
  await tab.evaluate(() => {
    new MutationObserver(() => {
      for (const mark of document.querySelectorAll('.outdated'))
        if (mark.textContent?.includes('before this training')) document.body.dataset['wrong'] = mark.textContent;
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await tab.click('rnn-training >>> button.main');
  await tab.until(() => document.querySelector('rnn-training')?.running);
  await tab.until(() => !document.querySelector('rnn-training')?.running);
  await tab.until(() => document.querySelectorAll('[data-outdated]').length === 0);
  assert.equal(await tab.evaluate(() => document.body.dataset['wrong'] ?? ''), '');
});

lab(
  'a late moment chosen in B’s curves goes no further than A may without a click, and the offer ends with another B',
  '#v=1&epochs=4',
  async (tab) => {
    await openLab(tab, '#v=1&units=256&compare=units&than=2');
    await tab.until(() => document.getElementById('offer-text')?.textContent?.startsWith('This run takes about'));
    await see(tab, '#loss-b');
    await tab.until(
      () => ((document.querySelector('#loss-b') as unknown as { series?: unknown[] }).series ?? []).length > 0,
    );
    const reach = await tab.evaluate(
      () => (document.querySelector('rnn-training') as unknown as { reach: number }).reach,
    );
    assert.ok(reach > 0 && reach < 160);
    await tab.focus('#loss-b >>> .touch');
    await tab.press('End');
    await tab.until((at: number) => location.hash.includes(`at=${at}`), reach);
    await untilWeights(tab, { units: 256, updates: reach });
    /* first B is only offered, then B is another, short run */
    await openLab(tab, '#v=1&epochs=4&compare=units&than=512');
    await see(tab, '#other');
    await tab.evaluate(() => {
      location.hash = '#v=1&compare=units&than=512&n=2000&steps=60';
    });
    await tab.until(() => !document.getElementById('offer-b')?.hidden);
    await tab.evaluate(() => {
      location.hash = '#v=1&epochs=4&compare=units&than=2';
    });
    await tab.until(() => document.getElementById('offer-b')?.hidden);
  },
);

/** Ids of the parts that are marked as out of date. */
const marked = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => [...document.querySelectorAll('[data-outdated]')].map(({ id }) => id).sort()) as Promise<string[]>;

lab(
  'figures of earlier settings are marked at once, with the difference, until they are drawn again',
  '#v=1&epochs=3&compare=rate&than=0.03&many=1&open=settings',
  async (tab) => {
    await everything(tab);
    await see(tab, '#many');
    await tab.until(() => document.querySelector('#many-state')?.textContent?.startsWith('100 runs'));
    for (const curves of ['#metric-b', '#loss-b']) {
      await see(tab, curves);
      await tab.until((id) => document.querySelector(id)?.shadowRoot?.querySelector('svg path'), curves);
    }
    await see(tab, '#figure-b');
    await tab.until(() => !!(document.querySelector('#figure-b') as unknown as { trace?: object }).trace);
    await tab.evaluate(() => {
      document.addEventListener('rnn-change', () => {
        document.body.dataset['marked'] ??= [...document.querySelectorAll('[data-outdated]')]
          .map(({ id }) => id)
          .sort()
          .join(' ');
      });
    });
    assert.deepEqual(await marked(tab), []);
    await tab.focus('rnn-handle[field=units] >>> .number');
    await tab.press('ArrowRight');
    const all =
      'a-place arithmetic backward caption data diverged figure figure-a figure-b loss loss-b many many-state metric metric-b other-caption other-place place';
    assert.equal(await tab.evaluate(() => document.body.dataset['marked']), all);
    for (const selector of ['#figure', '#arithmetic', '#backward', '#figure-b', '#many']) await see(tab, selector);
    await see(tab, '#figure');
    await tab.until(
      () =>
        !['figure', 'data', 'metric', 'loss', 'place', 'caption', 'many'].some((id) =>
          document.getElementById(id)?.hasAttribute('data-outdated'),
        ),
    );
    /* a run that is only offered: the network is shown untrained, and the curves stay those of the previous run and say
     * so */
    await tab.evaluate(() => {
      location.hash = '#v=1&epochs=3&units=512&n=2000&steps=40';
    });
    await tab.until(() => document.getElementById('offer-text')?.textContent?.startsWith('This run takes about'));
    await tab.until(
      () =>
        document.querySelector('#place')?.textContent?.startsWith('Before the first update') &&
        !document.getElementById('figure')?.hasAttribute('data-outdated'),
    );
    /* the figures are not marked as busy, so that screen readers do not skip them */
    await tab.until(
      () =>
        document.querySelectorAll(
          '#figure[aria-busy], #metric[aria-busy], #loss[aria-busy], #place[aria-busy], #caption[aria-busy], #data[aria-busy]',
        ).length === 0,
    );
    const said = await tab.evaluate(
      () =>
        document.getElementById(document.getElementById('loss')?.getAttribute('aria-describedby') ?? '')?.textContent,
    );
    assert.match(said ?? '', /^This figure still shows earlier settings: /);
    const left = await marked(tab);
    for (const id of ['metric', 'loss']) assert.ok(left.includes(id), `${id} in ${left}`);
    assert.equal(
      await tab.evaluate(() => document.getElementById('loss')?.previousElementSibling?.textContent),
      'This figure still shows earlier settings: sequences 100 → 2000, time steps 10 → 40, and units 9 → 512.',
    );
    await see(tab, '#loss');
    await tab.until(
      () =>
        getComputedStyle(document.getElementById('loss')?.previousElementSibling as Element).opacity === '1' &&
        getComputedStyle(document.getElementById('loss') as Element).filter !== 'none',
    );
    await tab.evaluate(() => history.back());
    await tab.until(
      () =>
        !['figure', 'metric', 'loss', 'place', 'caption'].some((id) =>
          document.getElementById(id)?.hasAttribute('data-outdated'),
        ),
    );
    assert.equal(
      await tab.evaluate(() => document.querySelectorAll('.curves .outdated').length),
      await tab.evaluate(() => document.querySelectorAll('.curves [data-outdated]').length),
    );
  },
);

lab(
  'A is drawn behind B whichever is ready first, and B is marked while it has other settings',
  '#v=1&epochs=4',
  async (tab, url) => {
    type Chart = { ghost: { values: number[] }[]; series: { values: number[] }[] };
    const wanted = JSON.stringify([after({ units: 2 }).history.loss, after({ units: 8 }).history.loss]);
    for (let load = 0; load < 3; load++) {
      await tab.open(`${url}embed.html?${load}#v=1&view=compare&compare=units&than=2`);
      await tab.until((expected: string) => {
        const chart = document
          .querySelector('rnn-figure')
          ?.shadowRoot?.querySelector('#loss-b') as unknown as Chart | null;
        return (
          chart &&
          JSON.stringify([[...(chart.series[0]?.values ?? [])], [...(chart.ghost[0]?.values ?? [])]]) === expected
        );
      }, wanted);
      await tab.until(
        () => document.querySelector('rnn-figure')?.shadowRoot?.querySelectorAll('[data-outdated]').length === 0,
      );
    }
    /* A is only offered: B says so, and is not drawn over the curves of another A */
    await tab.open(`${url}embed.html?long#v=1&view=compare&compare=units&than=2&units=512`);
    await tab.until(() =>
      document
        .querySelector('rnn-figure')
        ?.shadowRoot?.querySelector('#other-caption')
        ?.textContent?.includes('The curves of A are missing: A is not trained yet.'),
    );
  },
);

lab('Escape in backpropagation chooses no unit, which is a state', '#v=1&epochs=1', async (tab) => {
  await see(tab, 'rnn-backward');
  await tab.until(() => !!document.querySelector('rnn-backward')?.shadowRoot?.querySelector('[tabindex="0"]'));
  await tab.focus('rnn-backward >>> [tabindex="0"]');
  await tab.press('Escape');
  await tab.until(() => location.hash.includes('unit=0'));
});

const backwardWords = (tab: Tab): Promise<string> => tab.text('rnn-backward >>> .figure');

lab(
  'for a changed input without a label there are no target and no loss, with the reason, forward and backward',
  '#v=1&task=random&epochs=2&x=1:0.9',
  async (tab) => {
    const reason = 'The labels are random: there is no rule.';
    await tab.until(
      (why: string) =>
        (document.querySelector('rnn-network')?.shadowRoot?.querySelector('.facts')?.textContent ?? '').includes(
          `no target: ${why}`,
        ),
      reason,
    );
    assert.doesNotMatch(await tab.text('rnn-network >>> .facts'), /loss/);
    assert.ok((await tab.text('#what-if-text')).endsWith(`${reason} Target and loss are left out.`));
    await tab.evaluate(() => document.getElementById('backward')?.scrollIntoView());
    await tab.until(
      (why: string) =>
        (document.querySelector('rnn-backward')?.shadowRoot?.querySelector('.no-target')?.textContent ?? '').endsWith(
          why,
        ),
      reason,
    );
    /* the mean over the batch agrees with the data */
    await tab.click('rnn-backward >>> fieldset.mean label:last-of-type');
    await tab.until(() => document.querySelector('rnn-backward')?.shadowRoot?.querySelector('.facts'));
    assert.doesNotMatch(await backwardWords(tab), /without a target/);
    await tab.click('#undo');
    await tab.until(() =>
      /target [●○] y = [01], loss/.test(
        document.querySelector('rnn-network')?.shadowRoot?.querySelector('.facts')?.textContent ?? '',
      ),
    );
  },
);

lab('changed inputs that do not exist are dropped, and reported', '#v=1&epochs=1&x=3:0.5_11:5&w=89:5', async (tab) => {
  await tab.until(
    () =>
      document.getElementById('what-if-dropped')?.textContent ===
      '2 what-if changes were dropped, because there are no such inputs or weights.',
  );
  await tab.until(() => location.hash === '#v=1&epochs=1&x=3:0.5');
  assert.match(
    await tab.text('#what-if-text'),
    /^The weights are frozen\. x at time step 3 is 0\.50 instead of \d\.\d\d\. /,
  );
});

lab('once an offered run is trained, all figures show it', '#v=1&epochs=1', async (tab) => {
  const wanted: Wanted = { cell: 'lstm', units: 48, steps: 50, epochs: 60 };
  await everything(tab);
  await tab.evaluate(() => {
    location.hash = '#v=1&cell=lstm&units=48&steps=50&epochs=60';
  });
  await tab.until(() => !document.getElementById('offer')?.hidden);
  assert.match(await tab.text('#caption'), /^The curves show the previous run: .*units 8 → 48/);
  assert.equal(await tab.text('rnn-training >>> .state'), 'Before update 1 of 240.');
  await tab.click('#offer-take');
  const { model, set } = await untilWeights(tab, wanted);
  await see(tab, 'rnn-backward');
  const [x, y] = [set.x.slice(0, 50), set.y.slice(0, 1)];
  await tab.until(
    (dH: string) =>
      JSON.stringify([
        ...((document.querySelector('rnn-backward') as unknown as { sequence?: { dH: Float32Array } }).sequence?.dH ??
          []),
      ]) === dH,
    JSON.stringify([...model.backward(x, y).dH]),
  );
  assert.match(await tab.text('rnn-training >>> .state'), /update 240 of 240/);
});

lab(
  'a run that explodes is drawn batch by batch on a logarithmic axis up to its last finite loss, and the update is named',
  '#v=1&activation=relu&optimizer=sgd&rate=1000',
  async (tab) => {
    type Chart = { series: { values: number[] }[]; log: boolean; step: string; diverged?: { epoch: number } };
    await see(tab, '#loss');
    await tab.until(() => (document.getElementById('loss') as unknown as Chart).diverged !== undefined);
    const { values, log, step, stop } = await tab.evaluate(() => {
      const chart = document.getElementById('loss') as unknown as Chart;
      return {
        values: [...(chart.series[0]?.values ?? [])],
        log: chart.log,
        step: chart.step,
        stop: chart.diverged?.epoch,
      };
    });
    const model = engine.sequential({ units: 8, timesteps: 10, activation: 'relu' });
    model.compile({ optimizer: 'sgd', learningRate: 1000 });
    const set = engine.task('first', { samples: 100, timesteps: 10 });
    const training = model.training(set.x, set.y, { epochs: 40 });
    const losses: number[] = [];
    for (let one = training.advance(1); ; one = training.advance(1)) {
      if (Number.isFinite(one.batchLoss)) losses.push(one.batchLoss);
      if (one.done) break;
    }
    assert.ok(losses.length > 1);
    assert.deepEqual(
      { values, log, step, stop },
      { values: losses, log: true, step: 'update', stop: losses.length + 1 },
    );
    assert.match(await tab.text('#loss >>> .label.stop'), new RegExp(`^diverged at update ${losses.length + 1}$`));
    assert.match(
      await tab.text('#loss >>> #summary'),
      new RegExp(
        `^this batch: 0\\.69 after update 1, .* after update ${losses.length}\\..*The run stopped in update ${losses.length + 1}: diverged\\. The value axis is logarithmic\\.$`,
      ),
    );
    assert.match(await tab.text('#diverged'), new RegExp(`\\(update ${losses.length + 1}\\)`));
    /* the curve rises across the chart, so its ends have a distance */
    const inked = await tab.evaluate(() => {
      const labels = [
        ...(document.getElementById('loss')?.shadowRoot?.querySelectorAll<HTMLElement>('.label.train') ?? []),
      ];
      return labels.map(({ textContent }) => textContent);
    });
    assert.equal(inked.length, 1);
    assert.deepEqual(await tab.faults('light', '#loss'), []);
  },
);

lab(
  'a loss that stays finite but is useless is drawn on a logarithmic axis, and one that learns is not',
  '#v=1&rate=100000',
  async (tab) => {
    type Chart = { log: boolean; series: { values: number[] }[] };
    const log = (): Promise<boolean> => tab.evaluate(() => (document.getElementById('loss') as unknown as Chart).log);
    const untilDrawn = (): Promise<void> =>
      tab.until(() => (document.getElementById('loss') as unknown as Chart).series.length > 0);
    await untilDrawn();
    assert.equal(await log(), true);
    await openLab(tab, '#v=1');
    await untilDrawn();
    assert.equal(await log(), false);
  },
);

lab(
  'divergence is reported: where, and which gradient exploded',
  '#v=1&activation=relu&optimizer=sgd&rate=1000',
  async (tab) => {
    await tab.until(() =>
      /Training diverged: in epoch 1, batch \d.* ‖∂L\/∂h₁₀‖ was (\d\S*|no finite number) and ‖∂L\/∂h₁‖ was (\d\S*|no finite number)\. .*‖∂L\/∂W‖ was (\d|no finite)/.test(
        document.querySelector('#diverged')?.textContent ?? '',
      ),
    );
    assert.ok((await shownWeights(tab)).every((weight) => weight !== null));
  },
);

lab('following an anchor in the page keeps the state', '#v=1&at=12', async (tab) => {
  await untilWeights(tab, { updates: 12 });
  await tab.focus('.skip');
  await tab.press('Enter');
  await tab.until(() => location.hash === '#v=1&at=12');
  await tab.press('Tab');
  assert.equal(await tab.evaluate(() => document.activeElement?.getAttribute('field')), 'sample');
});

lab('a new task is a new entry in the browser’s history', '', async (tab) => {
  await untilWeights(tab, {});
  await tab.focus('select[data-field=task]');
  await tab.press('ArrowDown');
  await untilWeights(tab, { task: 'last' });
  await tab.until(() => location.hash === '#v=1&task=last');
  await tab.evaluate(() => history.back());
  await untilWeights(tab, {});
});

lab(
  'malicious addresses are clamped and reported',
  '#v=1&units=0&task=%3Cb%3E&cell=7&at=99999999&x=0:1&w=-1:2&len=51&reset=0&split=1',
  async (tab) => {
    const told = await tab.text('#notices');
    assert.match(told, /units: “0” is not in the range 1 to 512; 1 is used/);
    assert.match(told, /task: “<b” is not one of random, first/);
    assert.match(told, /validation split: “1” is not in the range/);
  },
);

for (const width of [390, 1440])
  lab(
    `has no accessibility faults and no horizontal scrolling at ${width} px`,
    '#v=1&x=3:0.9',
    async (tab) => {
      await everything(tab);
      assert.deepEqual(await tab.faults(), []);
      assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    },
    { width, height: 900 },
  );

lab('exports history, numbers and weights bit by bit', '#v=1&at=80', async (tab) => {
  const { model, history, ...made } = { ...after(), ...{ moment: after({ updates: 80 }) } };
  await untilWeights(tab, { updates: 80 });
  await tab.until(() => (document.querySelector('#caption')?.textContent ?? '') !== '');
  await tab.evaluate(() => {
    const taken: Record<string, number[]> = {};
    Object.assign(globalThis, { taken });
    /* the files that would be saved, by name */
    const blobs = new Map<string, Blob>();
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      const url = make(blob);
      blobs.set(url, blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function click() {
      void blobs
        .get(this.href)
        ?.arrayBuffer()
        .then((bytes) => {
          taken[this.download] = [...new Uint8Array(bytes)];
        });
    };
  });
  const take = async (what: string, name: string): Promise<Uint8Array> => {
    await tab.click(`[data-take="${what}"]`);
    await tab.until((file) => file in (globalThis as unknown as { taken: object }).taken, name);
    return Uint8Array.from(
      await tab.evaluate(
        (file) => (globalThis as unknown as { taken: Record<string, number[]> }).taken[file] as number[],
        name,
      ),
    );
  };
  const text = async (what: string, name: string): Promise<string> => new TextDecoder().decode(await take(what, name));
  assert.deepEqual(JSON.parse(await text('history.json', 'first-simple_rnn-8-history.json')), history);
  const rows = (await text('history.csv', 'first-simple_rnn-8-history.csv'))
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  assert.deepEqual(rows[0], ['epoch', 'loss', 'accuracy', 'val_loss', 'val_accuracy']);
  assert.deepEqual(
    rows.slice(1).map((row) => Number(row[3])),
    history.val_loss,
  );
  const wanted = trace(made.moment);
  const json = JSON.parse(await text('trace.json', 'first-simple_rnn-8-trace.json'));
  assert.deepEqual(Float32Array.from(json.layers[0].dH), wanted.layers[0]!.dH);
  const table = (await text('trace.csv', 'first-simple_rnn-8-trace.csv'))
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const column = table[0]!.indexOf('layer1_h5');
  assert.deepEqual(
    Float32Array.from(table.slice(1), (row) => Number(row[column])),
    Float32Array.from({ length: 11 }, (_, t) => wanted.layers[0]!.h[t * 8 + 4] as number),
  );
  assert.deepEqual(await take('weights', 'first-simple_rnn-8.safetensors'), await made.moment.model.saveWeights());
  for (const framework of ['keras', 'pytorch']) {
    const files = unzipSync(await take(framework, `first-simple_rnn-8-${framework}.zip`));
    const base = 'first_simple_rnn_8';
    assert.deepEqual(
      Object.keys(files).sort(),
      ['.csv', '.npz', '.py', '.safetensors', '_fresh.csv'].map((end) => base + end),
    );
    assert.deepEqual(files[`${base}.npz`], await made.moment.model.saveNpz());
    assert.deepEqual(files[`${base}.safetensors`], await made.moment.model.saveWeights());
    const script = new TextDecoder().decode(files[`${base}.py`]);
    for (const said of [
      framework === 'keras' ? 'import keras' : 'import torch',
      `${base}.csv`,
      `${base}.npz`,
      `${base}_fresh.csv`,
    ])
      assert.ok(script.includes(said), said);
    assert.deepEqual((await engine.readCsv(new TextDecoder().decode(files[`${base}_fresh.csv`]))).y, made.fresh.y);
  }
});

lab('a hundred seeds: runs and quantiles are the engine’s, and a run can be opened', '#v=1&many=1', async (tab) => {
  type Many = { runs: { seed: number; values: number[]; final: number }[]; caption: string };
  await see(tab, '#many');
  await tab.until(() => !!(document.getElementById('many') as unknown as Many).caption);
  const { runs, caption } = await tab.evaluate(() => {
    const { runs: all, caption: words } = document.getElementById('many') as unknown as Many;
    return { runs: all.map(({ seed, values, final }) => ({ seed, values: [...values], final })), caption: words };
  });
  assert.deepEqual(
    runs.map(({ seed }) => seed),
    Array.from({ length: 100 }, (_, seed) => seed),
  );
  for (const seed of [0, 42, 99]) {
    const { history, model, fresh } = after({ seed });
    assert.deepEqual(runs[seed], {
      seed,
      values: history.accuracy,
      final: model.evaluate(fresh.x, fresh.y).accuracy,
    });
  }
  const [low, median, high] = [0.05, 0.5, 0.95].map((q) =>
    formatNumber(
      engine.quantile(
        runs.map(({ final }) => final),
        q,
      ),
      3,
    ),
  );
  assert.equal(caption, `On new data: median ${median}, nine in ten between ${low} and ${high}.`);
  await tab.focus('rnn-many >>> input');
  await tab.press('Home');
  for (let i = 0; i < 7; i++) await tab.press('ArrowRight');
  await tab.press('Tab');
  await tab.press('Enter');
  await untilWeights(tab, { seed: 7 });
  await tab.until(() => location.hash === '#v=1&seed=7&many=1&run=7' || location.hash === '#v=1&seed=7&many=1');
  assert.deepEqual(await tab.faults('light', 'rnn-many'), []);
});

lab('a hundred seeds can be canceled', '#v=1&many=1&units=64&steps=50&epochs=100', async (tab) => {
  await see(tab, '#many');
  await tab.until(() => document.querySelector<HTMLElement>('#many-stop')?.hidden === false);
  await tab.click('#many-stop');
  await tab.until(() => document.querySelector('#many-state')?.textContent === 'Cancelled.');
  await tab.until(() => !location.hash.includes('many'));
});

lab('the sentence about the run before goes when the new run begins', '#v=1&epochs=3', async (tab) => {
  await tab.evaluate(() => {
    location.hash = '#v=1&units=512&steps=100&n=2000';
  });
  await tab.until(() =>
    document.querySelector('#caption')?.textContent?.startsWith('The curves show the previous run'),
  );
  await tab.click('#offer-take');
  await tab.until(() => document.getElementById('offer-stop')?.hidden === false);
  assert.equal(await tab.text('#caption'), '');
});

lab('comparison of two networks: one setting differs, the cursor is the same', '#v=1&at=80&t=4', async (tab) => {
  await untilWeights(tab, { updates: 80 });
  const other = (wanted: Wanted): Promise<void> =>
    tab.until(
      (expected: string) =>
        JSON.stringify([...((document.getElementById('figure-b') as unknown as Partial<Figure>).parameters ?? [])]) ===
        expected,
      JSON.stringify(weights(after(wanted))),
    );
  await tab.select('#compare', 'rate');
  await see(tab, '#other');
  await other({ rate: 0.03, updates: 80 });
  await untilWeights(tab, { updates: 80 });
  await see(tab, '#other');
  /* both are visible at the same time: A's curves behind B's, A's network next to B's */
  const ghost = await tab.evaluate(() =>
    (document.getElementById('metric-b') as unknown as { ghost: { values: number[] }[] }).ghost.map(({ values }) => [
      ...values,
    ]),
  );
  const { accuracy, val_accuracy } = after().history;
  assert.deepEqual(ghost, [accuracy, val_accuracy]);
  assert.deepEqual(
    await tab.evaluate(() => [...(document.getElementById('figure-a') as unknown as Figure).parameters]),
    weights(after({ updates: 80 })),
  );
  assert.equal(
    await tab.evaluate(() => (document.getElementById('figure-b') as unknown as { timestep: number }).timestep),
    4,
  );
  await tab.until(
    () =>
      document
        .querySelector('#other-caption')
        ?.textContent?.startsWith('B: learning rate 0.01 → 0.03 · same data, same start') === true,
  );
  await tab.select('#compare', 'cell');
  await see(tab, '#other');
  await other({ cell: 'gru', updates: 80 });
  await tab.until(() => location.hash === '#v=1&at=80&t=4&compare=cell&than=1');
  assert.deepEqual(await tab.faults('light', '#other'), []);
});

lab('the arithmetic follows the moment, the time step and the unit', '#v=1&at=80&t=3&unit=5&x=3:0.9', async (tab) => {
  const { model, set } = after({ updates: 80 });
  const x = set.x.slice(0, 10);
  x[2] = 0.9;
  const told = model.trace(x, set.y[0]);
  const z = (t: number, unit: number): number => told.layers[0]!.z[(t - 1) * 8 + unit - 1] as number;
  const untilSum = (value: number): Promise<void> =>
    tab.until((wanted: number) => {
      const { numbers } = document.querySelector('rnn-arithmetic') as unknown as {
        numbers?: { terms: { sum: Float32Array } };
      };
      return numbers?.terms.sum.at(-1) === wanted;
    }, value);
  await see(tab, 'rnn-arithmetic');
  await untilSum(z(3, 5));
  await walkTo(tab, 3, 7);
  await see(tab, 'rnn-arithmetic');
  await untilSum(z(7, 5));
  await tab.focus('rnn-arithmetic >>> .plots');
  for (const unit of [4, 3, 2]) {
    await tab.press('ArrowUp');
    await untilSum(z(7, unit));
  }
});

lab('a term and its source are highlighted together, whichever is pointed at', '#v=1&at=80&t=5&unit=3', async (tab) => {
  type Highlighting = HTMLElement & { highlight: unknown };
  const highlightOf = (element: string): Promise<string> =>
    tab.evaluate((name) => JSON.stringify((document.querySelector(name) as Highlighting).highlight) ?? '', element);
  await see(tab, 'rnn-arithmetic');
  await tab.until(() => !!document.querySelector('rnn-arithmetic')?.shadowRoot?.querySelector('#term'));
  await tab.focus('rnn-arithmetic >>> #term');
  for (let k = 0; k < 4; k++) await tab.press('ArrowRight');
  await tab.until(() => (document.querySelector('rnn-network') as Highlighting).highlight !== undefined);
  assert.equal(await highlightOf('rnn-network'), '{"kind":"h","index":2}');
  await tab.until(() => document.querySelector('rnn-network')?.shadowRoot?.querySelectorAll('.highlight').length === 3);
  await tab.press('Tab');
  await tab.until(() => (document.querySelector('rnn-network') as Highlighting).highlight === undefined);
  await tab.focus('rnn-network >>> [data-input="4"]');
  await tab.until(() => (document.querySelector('rnn-arithmetic') as Highlighting).highlight !== undefined);
  assert.equal(await highlightOf('rnn-arithmetic'), '{"kind":"x","index":0}');
  await tab.until(() => document.querySelector('rnn-arithmetic')?.shadowRoot?.querySelector('.band') !== null);
  assert.deepEqual(await tab.faults('light', 'rnn-arithmetic'), []);
});

lab('handles of real numbers move in suitable steps', '#v=1&epochs=2&open=settings', async (tab) => {
  const steps = async (field: string, keys: readonly ('ArrowRight' | 'ArrowLeft' | 'PageUp')[]): Promise<string> => {
    await tab.focus(`rnn-handle[field=${field}] >>> .number`);
    for (const key of keys) await tab.press(key);
    return tab.text(`rnn-handle[field=${field}] >>> .number`);
  };
  assert.equal(await steps('gain', ['ArrowRight', 'ArrowRight', 'ArrowRight']), '1.3');
  assert.equal(await steps('split', ['ArrowRight', 'ArrowRight', 'ArrowRight']), '0.15');
  assert.equal(await steps('clip', ['PageUp', 'ArrowLeft']), '0.9');
  assert.equal(await steps('units', ['ArrowRight']), '9');
  await tab.drag('rnn-handle[field=gain] >>> .number', { x: 6 + 18, y: 0 });
  const dragged = Number(await tab.text('rnn-handle[field=gain] >>> .number'));
  assert.ok(dragged > 1.3 && dragged < 1.7, `${dragged}: two steps, or a fifth of doubling`);
  assert.match(String(dragged), /^1\.\d$/);
  await tab.focus('rnn-handle[field=gain] >>> .number');
  await tab.press('Enter');
  await tab.press('Backspace');
  await tab.press('Enter');
  assert.equal(await tab.text('rnn-handle[field=gain] >>> .number'), String(dragged));
  assert.equal(
    await tab.text('rnn-handle[field=gain] >>> .complaint'),
    `This must be a number from 0 to 10. The value is still ${dragged}.`,
  );
});

lab('every figure explains its symbols', '#v=1&at=80&t=5&unit=3', async (tab) => {
  for (const figure of ['rnn-network', 'rnn-arithmetic', 'rnn-backward']) {
    await see(tab, figure);
    await tab.until(
      (name: string) => (document.querySelector(name)?.shadowRoot?.querySelectorAll('rnn-symbol').length ?? 0) > 4,
      figure,
    );
    await tab
      .middle(`${figure} >>> rnn-symbol`)
      .then((at) => tab.hover(at)); /* the first gesture loads what they say */
    await tab.until(
      (name: string) =>
        document.querySelector(name)?.shadowRoot?.querySelector('rnn-symbol')?.shadowRoot?.querySelector('.tip')
          ?.textContent,
      figure,
    );
    const said = await tab.evaluate(async (name) => {
      const root = document.querySelector(name)?.shadowRoot;
      const found = [...(root?.querySelectorAll('rnn-symbol') ?? [])];
      await Promise.all(
        found.map((symbol) => (symbol as unknown as { updateComplete: Promise<boolean> }).updateComplete),
      );
      const stops = found.filter((symbol) => symbol.shadowRoot?.querySelector('button')?.tabIndex === 0).length;
      return {
        texts: found.map((symbol) => symbol.shadowRoot?.querySelector('.tip')?.textContent ?? ''),
        stops,
        groups: root?.querySelectorAll('[data-symbols]').length ?? 0,
      };
    }, figure);
    assert.ok(
      said.texts.every((text) => /\w\./.test(text)),
      JSON.stringify(said.texts),
    );
    assert.equal(said.stops, said.groups, `${figure}: one stop a group`);
  }
});

lab('a typed weight changes all its uses, is reported, and can be undone', '#v=1&at=80&unit=2', async (tab) => {
  const { model, set } = after({ updates: 80 });
  const at = model.tensors[1]!.offset + 9;
  await untilWeights(tab, { updates: 80 });
  for (const [field, text] of [
    ['#weight-column', '2'],
    ['#weight-value', '1.5'],
  ] as const) {
    await tab.focus(`rnn-network >>> ${field}`);
    await tab.press('Control', 'a');
    await tab.type(text);
    await tab.press('Enter');
  }
  const edited = weights({ model } as ReturnType<typeof after>);
  edited[at] = 1.5;
  model.setWeights(edited);
  const wanted = model.trace(set.x.slice(0, 10), set.y[0]);
  await tab.until(
    (expected: string) =>
      JSON.stringify([...(document.querySelector('rnn-network') as unknown as Figure).trace.layers[0]!.h]) === expected,
    JSON.stringify([...wanted.layers[0]!.h]),
  );
  assert.match(
    await tab.text('#what-if-text'),
    /^The weights are frozen\. simple_rnn\/recurrent_kernel\[2, 2\] is 1\.50 instead of .*\. The answer after time step 10 .*\.$/,
  );
  await tab.click('#undo');
  await untilWeights(tab, { updates: 80 });
});

lab(
  'backpropagation is that of this moment, for one sequence and for the next batch, and a weight’s gradient is checked',
  '#v=1&at=80&weight=9',
  async (tab) => {
    const { model, set, next } = after({ updates: 80 });
    type Way = {
      sequence?: { dH: Float32Array };
      batch?: { dH: Float32Array };
      check?: { numeric: number; parameter: number };
    };
    const untilWay = (which: 'sequence' | 'batch', dH: Float32Array, numeric: number): Promise<void> =>
      tab.until(
        (name: 'sequence' | 'batch', wanted: string, value: number) => {
          const way = document.querySelector('rnn-backward') as unknown as Way;
          return JSON.stringify([...(way[name]?.dH ?? [])]) === wanted && way.check?.numeric === value;
        },
        which,
        JSON.stringify([...dH]),
        numeric,
      );
    await see(tab, 'rnn-backward');
    const [x, y] = [set.x.slice(0, 10), set.y.slice(0, 1)];
    await untilWay('sequence', model.backward(x, y).dH, model.gradientCheck(x, y, 9).numeric);
    await tab.focus('rnn-backward >>> input[name=mean]');
    await tab.press('ArrowRight');
    const batch = {
      x: Float32Array.from([...next].flatMap((one) => [...set.x.slice(one * 10, one * 10 + 10)])),
      y: Float32Array.from(next, (one) => set.y[one] as number),
    };
    assert.equal(next.length, 32);
    await untilWay('batch', model.backward(batch.x, batch.y).dH, model.gradientCheck(batch.x, batch.y, 9).numeric);
    await tab.until(() => location.hash === '#v=1&at=80&mean=1&weight=9');
  },
);

lab('the data figure shows each sequence with the answer of the network at this moment', '#v=1&at=20', async (tab) => {
  const { model, set } = after({ updates: 20 });
  const wanted = [...model.predict(set.x)];
  await see(tab, 'rnn-data');
  await tab.until(
    (expected: string) =>
      JSON.stringify([
        ...((document.querySelector('rnn-data') as unknown as { predictions: Float32Array }).predictions ?? []),
      ]) === expected,
    JSON.stringify(wanted),
  );
  const words = (sample: number): string =>
    `sequence ${sample} of 0 to 99, y = ${set.y[sample]}, p(y = 1) ${formatNumber(wanted[sample] as number, 2)}, ${(wanted[sample] as number) > 0.5 === (set.y[sample] as number) > 0.5 ? 'right' : 'wrong'}`;
  assert.equal(await tab.text('rnn-data >>> output'), words(0));
  await tab.focus('rnn-data >>> input');
  await tab.press('End');
  await tab.until(() => location.hash === '#v=1&at=20&sample=99');
  assert.equal(await tab.text('rnn-data >>> output'), words(99));
  await see(tab, 'rnn-network');
  await tab.until(
    (expected: string) =>
      JSON.stringify([...(document.querySelector('rnn-network') as unknown as Figure).trace.layers[0]!.h]) === expected,
    JSON.stringify([...trace(after({ updates: 20 }), 99).layers[0]!.h]),
  );
});
