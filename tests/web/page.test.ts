// The notebook as a reader uses it in real browsers, with real clicks, drags and keys. The numbers must be the
// engine's.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forEachBrowser, root, serveSite, type Tab, type View } from './harness.ts';
import { openNotebook, scrollThrough } from './pages.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

interface Wanted {
  task?: string;
  samples?: number;
  steps?: number;
  units?: number;
  activation?: 'tanh' | 'relu';
  rate?: number;
  epochs?: number;
  batch?: number;
  seed?: number;
  data?: number;
}

/** The same run by the engine in Node. */
async function run(wanted: Wanted = {}) {
  const { task = 'random', samples = 100, steps = 10, units = 32, activation = 'tanh', rate = 0.001 } = wanted;
  const { epochs = 10, batch = 32, seed = 42, data = 42 } = wanted;
  const set = engine.task(task, { samples, timesteps: steps, dataSeed: data });
  const fresh = engine.task(task, { samples: 1000, timesteps: steps, dataSeed: data, firstSample: engine.newSample });
  const model = engine.sequential({ units, timesteps: steps, activation, seed });
  model.compile({ learningRate: rate });
  const history = await model.fit(set.x, set.y, { epochs, batchSize: batch, validationData: fresh });
  return { history, evaluation: model.evaluate(set.x, set.y) };
}

const four = (value: number | undefined): string => (value ?? Number.NaN).toFixed(4);

/** round(x, 4) as Python prints it. */
const asPython = (value: number | undefined): string => String(Number((value ?? Number.NaN).toFixed(4)));

async function lastLine(wanted: Wanted = {}): Promise<string> {
  const { history } = await run(wanted);
  const { loss, accuracy = [], val_loss = [], val_accuracy = [] } = history;
  return `accuracy: ${four(accuracy.at(-1))} - loss: ${four(loss.at(-1))} - val_accuracy: ${four(val_accuracy.at(-1))} - val_loss: ${four(val_loss.at(-1))}`;
}

const logEnds = (tab: Tab, line: string): Promise<void> =>
  tab.until((text: string) => document.querySelector('#log')?.textContent?.endsWith(text), line);

const FIRST = '.first rnn-handle >>> .number';

/** Opens the page at an address, waits for its first run, and checks at the end that the console is empty. */
function page(
  name: string,
  address: string,
  use: (tab: Tab, url: string) => Promise<void>,
  view: View = {},
  slow = false,
): void {
  forEachBrowser(
    name,
    async (tab) => {
      const { url } = await serveSite();
      if (slow) await tab.open(`${url}notebook.html${address}`);
      else await openNotebook(tab, address || '#v=1');
      await use(tab, url);
      assert.deepEqual(tab.problems, []);
    },
    view,
  );
}

page('every cell of the notebook has run, with the engine’s numbers', '', async (tab) => {
  await logEnds(tab, await lastLine());
  const { evaluation } = await run();
  assert.equal(await tab.text('#shapes'), '(100, 10, 1) (100,)');
  assert.match(await tab.text('#summary'), /1,088[\s\S]*33[\s\S]*Total params: 1,121/);
  assert.equal(
    await tab.text('#evaluation'),
    `Accuracy of our model : ${asPython(evaluation.accuracy)}\nloss of our model : ${asPython(evaluation.loss)}`,
  );
  const compared = await tab.evaluate(() => {
    const compare = document.querySelector('rnn-compare') as unknown as {
      left: { series: { values: number[] }[] };
      right: { series: { values: number[] }[] };
    };
    return [compare.left, compare.right].map((side) => side.series.map(({ values }) => [...values]));
  });
  for (const [i, task] of ['random', 'first'].entries()) {
    const { history } = await run({ task });
    assert.deepEqual(compared[i], [history.accuracy, history.val_accuracy]);
  }
});

page('dragging the rate trains again, leaves a ghost and says what changed', '', async (tab) => {
  await tab.drag(FIRST, { x: 156, y: 0 });
  const rate = Number(await tab.text(FIRST));
  assert.ok(rate > 0.005 && rate < 0.02, String(rate));
  await logEnds(tab, await lastLine({ rate }));
  await tab.until(
    (words: string) =>
      (document.querySelector('rnn-compare') as unknown as { caption: string }).caption.startsWith(words),
    `learning rate 0.001 → ${rate} · same data, same start · 1,121 parameters · `,
  );
  const ghost = await tab.evaluate(() => [
    ...(document.querySelector('rnn-compare') as unknown as { left: { ghost: { values: number[] }[] } }).left.ghost[0]!
      .values,
  ]);
  assert.deepEqual(ghost, (await run()).history.accuracy);
  assert.ok(await tab.evaluate(() => document.querySelector('rnn-code-cell[name=fit]')?.classList.contains('changed')));
  assert.ok(
    !(await tab.evaluate(() => document.querySelector('rnn-code-cell[name=data]')?.classList.contains('changed'))),
  );
});

page('handles obey arrow keys, and a number can be typed', '', async (tab) => {
  await tab.focus('rnn-code-cell[name=fit] rnn-handle[field=epochs] >>> .number');
  for (const key of ['ArrowRight', 'ArrowRight', 'PageUp', 'ArrowLeft']) await tab.press(key);
  await logEnds(tab, await lastLine({ epochs: 21 }));
  await tab.press('Enter');
  await tab.type('7');
  await tab.press('Enter');
  await logEnds(tab, await lastLine({ epochs: 7 }));
  assert.equal(
    await tab.evaluate(
      () =>
        document.querySelector('rnn-code-cell[name=fit] rnn-handle[field=epochs]')?.shadowRoot?.activeElement
          ?.className,
    ),
    'number',
  );
});

page('the labels can be switched, which is a new entry in the browser’s history', '', async (tab) => {
  await tab.focus('select[data-field=task]');
  await tab.press('ArrowDown');
  await logEnds(tab, await lastLine({ task: 'first' }));
  await tab.until(() => location.hash === '#v=1&task=first');
  await tab.evaluate(() => history.back());
  await logEnds(tab, await lastLine());
});

page(
  'an address gives the same figure after a reload',
  '#v=1&task=first&rate=0.02&epochs=12&seed=7&data=8&units=16&t=4&unit=3',
  async (tab) => {
    const wanted = { task: 'first', rate: 0.02, epochs: 12, seed: 7, data: 8, units: 16 };
    await logEnds(tab, await lastLine(wanted));
    await scrollThrough(tab);
    const at = await tab.evaluate(() => {
      const figure = document.querySelector('rnn-network') as unknown as { timestep: number; unit: number };
      return [figure.timestep, figure.unit];
    });
    assert.deepEqual(at, [4, 3]);
  },
);

page(
  'values out of range are clamped, and the page says so',
  '#v=1&units=100000&epochs=2&rate=nonsense',
  async (tab) => {
    const text = await tab.text('#notices');
    assert.match(text, /units: “100000” is not in the range 1 to 512; 512 is used/);
    assert.match(text, /learning rate: “nonsense” is not a number/);
  },
  {},
  true,
);

page('results of earlier settings are marked at once until computed again', '#v=1&task=first&net=8', async (tab) => {
  await scrollThrough(tab);
  await tab.until(
    () => (document.querySelector('#slow-accuracy') as unknown as { series: readonly unknown[] }).series.length > 0,
  );
  await tab.evaluate(() => {
    document.addEventListener('rnn-change', () => {
      document.body.dataset['marked'] ??= [...document.querySelectorAll('[data-outdated]')]
        .map(({ id }) => id)
        .sort()
        .join(' ');
    });
  });
  await tab.focus('rnn-handle[field=rate] >>> .number');
  await tab.press('ArrowRight');
  assert.equal(
    await tab.evaluate(() => document.body.dataset['marked']),
    'accuracy compare evaluation log loss slow-accuracy slow-log slow-loss',
  );
  await tab.until(() => document.querySelectorAll('[data-outdated], .outdated, [aria-busy]').length === 0);
  await tab.evaluate(() => {
    delete document.body.dataset['marked'];
  });
  await tab.focus('rnn-handle[field=steps] >>> .number');
  await tab.press('ArrowRight');
  const all =
    'accuracy compare evaluation figure log loss network-caption scatter shapes slow-accuracy slow-log slow-loss summary';
  assert.equal(await tab.evaluate(() => document.body.dataset['marked']), all);
  await scrollThrough(tab);
  await tab.until(() => document.querySelectorAll('[data-outdated], .outdated, [aria-busy]').length === 0);
});

page('divergence is reported, and the curves stay', '#v=1&task=first&rate=1000&activation=relu', async (tab) => {
  await scrollThrough(tab);
  assert.match(await tab.text('#log'), /Training diverged: in epoch 1, batch \d/);
  assert.match(await tab.text('#evaluation'), /nothing to evaluate/);
  /* drawn by batch up to the last finite loss, because the epoch was not completed */
  const told = await tab.text('#loss >>> #summary');
  const update = Number(/The run stopped in update (\d+)/.exec(told)?.[1]);
  assert.equal(update, 2, 'one value is left, which is said once');
  assert.match(told, /^this batch: 0\.\d+ after update 1\. .* The value axis is logarithmic\.$/);
  assert.match(await tab.text('#log'), new RegExp(`\\(update ${update}\\)`));
  assert.match(
    await tab.text('#compare >>> rnn-curves:nth-of-type(2) >>> #summary'),
    /^this batch: [\d.]+ after update 1\./,
  );
});

page('slow training steps forward and back, and replays exactly', '#v=1&task=first', async (tab) => {
  await scrollThrough(tab);
  const state = (): Promise<string> => tab.text('rnn-training >>> .state');
  const press = (action: string): Promise<void> => tab.click(`rnn-training >>> [data-action=${action}]`);
  const says = (words: string): Promise<void> =>
    tab.until(
      (text: string) =>
        document.querySelector('rnn-training')?.shadowRoot?.querySelector('.state')?.textContent?.includes(text),
      words,
    );
  await says('Before update 1 of 40.');
  await press('batch');
  await says('Epoch 1, batch 1 of 4 done: update 1 of 40.');
  const one = await state();
  await press('epoch');
  await says('1 epoch done: update 4 of 40.');
  await press('reset');
  await says('Before update 1');
  await press('batch');
  await says('batch 1 of 4 done');
  assert.equal(await state(), one);
  await tab.select('rnn-training >>> select', '200');
  await press('toggle');
  await says('10 epochs done: update 40 of 40.');
  const { history } = await run({ task: 'first' });
  await tab.until(
    (words: string) => document.querySelector('#slow-log')?.textContent?.includes(words),
    `accuracy: ${four(history.accuracy?.at(-1))} - loss: ${four(history.loss.at(-1))}`,
  );
});

page('slow training draws each batch as it is done, and prints what Keras prints', '#v=1&task=first', async (tab) => {
  await scrollThrough(tab);
  const chart = (name: string): Promise<number[]> =>
    tab.evaluate(
      (id) => [
        ...(((document.querySelector(`#slow-${id}`) as unknown as { series: { values: ArrayLike<number> }[] }).series[0]
          ?.values as number[]) ?? []),
      ],
      name,
    );
  await tab.until(() => document.querySelector('#training')?.shadowRoot?.textContent?.includes('Before update 1'));
  assert.deepEqual(await chart('loss'), []);
  const set = engine.task('first', { samples: 100, timesteps: 10 });
  const model = engine.sequential({ units: 32, timesteps: 10, seed: 42 });
  model.compile({ learningRate: 0.001 });
  const training = model.training(set.x, set.y, { epochs: 10 });
  const losses: number[] = [];
  for (let update = 1; update <= 6; update++) {
    await tab.click('#training >>> button:nth-of-type(5)');
    const { epoch, batch, loss, accuracy, batchLoss } = training.advance(1);
    losses.push(batchLoss);
    await tab.until(
      (count: number) =>
        (document.querySelector('#slow-loss') as unknown as { series: { values: ArrayLike<number> }[] }).series[0]
          ?.values.length === count,
      update,
    );
    assert.deepEqual(await chart('loss'), losses);
    assert.equal((await chart('accuracy')).length, update);
    if (batch === 0) continue;
    const lines = [`Epoch ${epoch + 1}/10`, `${batch}/4 ━ accuracy: ${four(accuracy)} - loss: ${four(loss)}`];
    await tab.until((end: string) => document.querySelector('#slow-log')?.textContent?.endsWith(end), lines.join('\n'));
  }
  assert.match(await tab.text('#slow-log'), /^Epoch 1\/10\n4\/4 ━ accuracy: 0\.\d+ - loss: 0\.\d+ - val_accuracy: /);
});

page('a what-if edit freezes the weights, and is dropped with a notice when they move', '#v=1&net=8', async (tab) => {
  await scrollThrough(tab);
  await tab.until(() => (document.querySelector('rnn-network') as unknown as { trace?: unknown }).trace);
  await tab.focus('rnn-network >>> .plot');
  await tab.press('Home');
  await tab.press('ArrowRight');
  await tab.focus('rnn-network >>> .facts input');
  await tab.press('Control', 'a');
  await tab.type('0.9');
  await tab.press('Enter');
  await tab.until(() => !document.querySelector<HTMLElement>('#what-if')?.hidden);
  const set = engine.task('first', { samples: 100, timesteps: 10 });
  const model = engine.sequential({ units: 8, timesteps: 10, seed: 42 });
  model.compile({ learningRate: 0.01 });
  await model.fit(set.x, set.y, { epochs: 40 });
  const x = set.x.slice(0, 10);
  x[0] = 0.9;
  const probability = [...model.trace(x, set.y[0]).prediction];
  await tab.until(
    (p: number) =>
      (document.querySelector('rnn-network') as unknown as { trace: { prediction: Float32Array } }).trace
        .prediction[9] === p,
    probability[9] as number,
  );
  await tab.focus('rnn-handle[field=trained] >>> .number');
  await tab.press('ArrowRight');
  await tab.until(() => document.querySelector('#what-if-dropped')?.textContent?.includes('another moment'));
  assert.ok(await tab.evaluate(() => document.querySelector<HTMLElement>('#what-if')?.hidden));
});

page('the code is plain Python when copied', '', async (tab) => {
  const code = await tab.evaluate(() =>
    [...document.querySelectorAll('rnn-code-cell')]
      .map((cell) => (cell as unknown as { code: string }).code)
      .join('\n'),
  );
  assert.match(code, /^x = np\.random\.rand\(100, 10, 1\)$/m);
  assert.match(code, /^y = np\.random\.randint\(0, 2, size=len\(x\)\)$/m);
  assert.match(code, /^y_new = np\.random\.randint\(0, 2, size=1000\)$/m);
  assert.match(code, /SimpleRNN\(32, activation="tanh"\)/);
  assert.match(code, /Adam\(learning_rate=0\.001\)/);
  assert.match(code, /epochs=10, batch_size=32,/);
  assert.ok(!/[−“”…]/.test(code));
});

for (const scheme of ['light', 'dark'] as const) {
  page(
    `axe-core finds nothing, ${scheme}`,
    '',
    async (tab) => {
      await logEnds(tab, await lastLine());
      assert.deepEqual(await tab.faults(scheme), []);
    },
    { scheme },
  );
}

/** Each update is short, so a training that has begun can be stopped soon on any machine. */
const HOURS = 'n=200&steps=100&units=512&epochs=1000&batch=8';

for (const width of [390, 768, 1440]) {
  page(
    `no horizontal scrolling at ${width} px`,
    `#v=1&${HOURS}`,
    async (tab) => {
      /* a run of this size is only offered, on the fastest machine too */
      await tab.until(() => document.querySelector('.long:not([hidden])') !== null);
      assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    },
    { width, height: 844 },
    true,
  );
}

forEachBrowser('without the wasm the page stays readable and says what failed', async (tab) => {
  const site = await serveSite('.wasm');
  try {
    await tab.open(`${site.url}notebook.html`);
    await tab.until(() => !document.querySelector<HTMLElement>('#refused')?.hidden);
    assert.match(await tab.text('#refused'), /cannot run here/);
    assert.match(await tab.text('main'), /Nothing in x tells the label/);
  } finally {
    await site.close();
  }
});

/** The message about a long computation in a part of the page; '' while it is hidden. */
const lineIn = (tab: Tab, part: string, what: RegExp): Promise<void> =>
  tab.until(
    (selector: string, source: string) => {
      const line = document.querySelector<HTMLElement>(`${selector} .long`);
      return new RegExp(source).test(line?.hidden ? '' : (line?.textContent ?? ''));
    },
    part,
    what.source,
  );

page(
  'training that would take hours is offered with its duration, and can be stopped',
  `#v=1&${HOURS}`,
  async (tab) => {
    for (const part of [
      '.first',
      'rnn-code-cell[name="fit"]',
      'rnn-code-cell[name="evaluate"]',
      'rnn-code-cell[name="curves"]',
    ])
      await lineIn(tab, part, /^This run takes about [\d.]+ (min|h)\. /);
    await tab.click('rnn-code-cell[name="fit"] .long button:not([hidden])');
    await lineIn(tab, 'rnn-code-cell[name="fit"]', /^Training: 0 %\. /);
    await tab.click('rnn-code-cell[name="fit"] .long button:not([hidden])');
    await lineIn(tab, '.first', /^This run takes about /);
    await tab.evaluate(() => {
      location.hash = '#v=1&epochs=3';
    });
    await lineIn(tab, '.first', /^$/);
    await tab.until(() => document.querySelector('#log')?.textContent?.includes('Epoch 3/3'));
  },
  {},
  true,
);

page('cells say which settings their results have while others are only offered', '#v=1&epochs=3', async (tab) => {
  await tab.until(() => document.querySelector('#log')?.textContent?.includes('Epoch 3/3'));
  await tab.evaluate((fields: string) => {
    location.hash = `#v=1&${fields}`;
  }, HOURS);
  await lineIn(tab, 'rnn-code-cell[name="evaluate"]', /^This run takes about /);
  assert.match(await tab.text('rnn-code-cell[name="evaluate"] .outdated'), /earlier settings: .*units 32 → 512/);
});

page(
  'a network, training step by step and a band that take long are offered, too',
  `#v=1&n=2000&steps=100&units=512&epochs=1000&updates=50000&trained=400&net=32&band=1`,
  async (tab) => {
    await scrollThrough(tab);
    await lineIn(tab, '[data-card="slow"]', /^This run takes about [\d.]+ (min|h)\. /);
    await lineIn(
      tab,
      '[data-card="network"]',
      /^This run takes about [\d.]+ (s|min|h)\. Until you train it, the network is shown untrained \(update 0\)\. /,
    );
    await tab.until(() => document.getElementById('band-state')?.textContent?.startsWith('The band of 20 seeds takes'));
    assert.equal(await tab.text('#band-begin'), 'Train');
  },
  {},
  true,
);

page(
  'Copy code copies the numbers shown, and the button gets its label back',
  '#v=1&task=first&rate=30',
  async (tab) => {
    await tab.evaluate(() => {
      const copied: string[] = [];
      const clipboard = { writeText: (text: string) => Promise.resolve(void copied.push(text)) };
      Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
      Object.assign(window, { copied });
    });
    const button = 'rnn-code-cell[name="compile"] .cell-copy';
    const says = (words: string): Promise<void> =>
      tab.until((place: string, text: string) => document.querySelector(place)?.textContent === text, button, words);
    await tab.click(button);
    await says('Copied');
    await tab.click(button);
    await says('Copy code');
    await tab.click('#copy-all');
    const copied = await tab.evaluate(() => (window as unknown as { copied: string[] }).copied);
    assert.equal(copied.length, 3);
    assert.match(copied[1] ?? '', /^model\.compile\(optimizer=keras\.optimizers\.Adam\(learning_rate=30\.0\),\n/);
    assert.match(copied[2] ?? '', /y = \(x\[:, 0, 0\] > 0\.5\)\.astype\(int\)\n/);
    assert.doesNotMatch(copied[2] ?? '', /randint/);
  },
);

const networkInput = (tab: Tab, index: number): Promise<number> =>
  tab.evaluate(
    (at: number) =>
      (document.querySelector('rnn-network') as unknown as { trace: { layers: { x: Float32Array }[] } }).trace.layers[0]
        ?.x[at] as number,
    index,
  );
const networkReady = async (tab: Tab): Promise<void> => {
  await scrollThrough(tab);
  await tab.until(() => (document.querySelector('rnn-network') as unknown as { trace?: unknown })?.trace !== undefined);
};

page('dragging x₁ across ½ changes the label in picture, facts, table, badge and speech', '#v=1&net=8', async (tab) => {
  await networkReady(tab);
  const facts = (): Promise<string> => tab.text('rnn-network >>> .facts');
  assert.match(await facts(), /target ● y = 1, loss/);
  await tab.drag('rnn-network >>> [data-input="0"]', { x: 0, y: 40 });
  await tab.until(() =>
    (document.querySelector('rnn-network')?.shadowRoot?.querySelector('.facts')?.textContent ?? '').includes(
      'target of the changed sequence ○ y = 0',
    ),
  );
  assert.ok((await networkInput(tab, 0)) < 0.5);
  const [, p = '', loss = ''] =
    /= (0\.\d{3})\s+target of the changed sequence ○ y = 0, loss ([\d.]+)/.exec(await facts()) ?? [];
  assert.ok(Number(p) < 0.5 && Math.abs(Number(loss) + Math.log(1 - Number(p))) < 2e-3, await facts());
  await tab.until(() =>
    document
      .getElementById('what-if-text')
      ?.textContent?.endsWith('The label follows the change: the rule says y = 0 for the changed sequence.'),
  );
  await tab.until(() =>
    /target of the changed sequence 0$/.test(
      document.querySelector('rnn-network')?.shadowRoot?.querySelector('[role=status]')?.textContent ?? '',
    ),
  );
  assert.equal(
    await tab.evaluate(
      () => document.querySelector('rnn-network')?.shadowRoot?.querySelectorAll('circle.target.none').length,
    ),
    1,
  );
  await tab.click('rnn-network >>> .numbers summary');
  await tab.until(
    () =>
      document.querySelector('rnn-network')?.shadowRoot?.querySelector('tbody tr:last-child td:last-child')
        ?.textContent === '0',
  );
  assert.match(
    await tab.text('rnn-network >>> caption'),
    /The target is what the rule says for the changed sequence\.$/,
  );
  await tab.click('#undo');
  await tab.until(() =>
    (document.querySelector('rnn-network')?.shadowRoot?.querySelector('.facts')?.textContent ?? '').includes(
      'target ● y = 1, loss',
    ),
  );
  assert.doesNotMatch(await tab.text('rnn-network >>> caption'), /changed/);
});

page('a point of the network follows the pointer down, even when the badge appears', '#v=1&net=8', async (tab) => {
  await networkReady(tab);
  await tab.evaluate(() => document.querySelector('#network')?.scrollIntoView());
  const before = await networkInput(tab, 0);
  await tab.drag('rnn-network >>> [data-input="0"]', { x: 0, y: 20 });
  await tab.until(() => !document.querySelector<HTMLElement>('#what-if')?.hidden);
  const after = await networkInput(tab, 0);
  assert.ok(after < before && after > before - 0.5, `${before} → ${after}`);
});

page('changed inputs are dropped by new training, and the page says so', '#v=1&x=3:0.9_10:0.1', async (tab) => {
  await networkReady(tab);
  await tab.focus('rnn-handle[field=steps] >>> .number');
  await tab.press('ArrowLeft');
  await tab.until(
    () =>
      document.querySelector('#what-if-dropped')?.textContent ===
      'What-if changes were dropped, because another moment of the training was chosen.',
  );
  assert.equal(await tab.evaluate(() => document.querySelector<HTMLElement>('#what-if')?.hidden), true);
});

page('typing a digit on a handle starts a number; values out of range are clamped and reported', '', async (tab) => {
  await tab.focus('rnn-handle[field=epochs] >>> .number');
  await tab.press('2');
  await tab.press('5');
  await tab.press('Enter');
  await logEnds(tab, await lastLine({ epochs: 25 }));
  for (const key of ['9', '9', '9', '9', 'Enter']) await tab.press(key);
  await tab.until(
    () =>
      document.querySelector('#notices')?.textContent ===
      'epochs: “9999” is not in the range 1 to 1,000; 1,000 is used.',
  );
});

page('the band of 20 seeds follows the address', '#v=1&band=1', async (tab) => {
  await scrollThrough(tab);
  const bands = (): Promise<void> =>
    tab.until(
      () =>
        (document.querySelector('#accuracy') as unknown as { bands: unknown[] }).bands.length === 2 &&
        /^median/.test(document.querySelector('#band-state')?.textContent ?? ''),
    );
  await bands();
  await tab.evaluate(() => {
    location.hash = '#v=1&rate=0.01&band=1';
  });
  await logEnds(tab, await lastLine({ rate: 0.01 }));
  await bands();
  await tab.evaluate(() => {
    location.hash = '#v=1&task=first&activation=relu&rate=1000&band=1';
  });
  await tab.until(() => document.querySelector('#band-state')?.textContent === 'all 20 seeds diverged');
});

page('slow training stops where it diverged', '#v=1&task=first&activation=relu&rate=1000&updates=30', async (tab) => {
  await tab.until(() => {
    const training = document.querySelector('rnn-training') as unknown as { updates: number; whole: number };
    return training.whole < 5 && training.updates === training.whole;
  });
});

page(
  'an update that takes long does not delay newer requests',
  '#v=1&units=512&steps=100&n=2000&batch=1024',
  async (tab) => {
    await tab.evaluate(() => {
      location.hash = '#v=1&rate=0.002';
    });
    await logEnds(tab, await lastLine({ rate: 0.002 }));
  },
  {},
  true,
);

/** Notes, of each run that the engine answers, how often it was trained and its milliseconds. */
const NOTE_RUNS = `
globalThis.runs = [];
globalThis.MessageChannel = class extends MessageChannel {
  constructor() {
    super();
    this.port1.addEventListener('message', ({ data }) => {
      if (data.lane === 'run' && data.run === '' && data.kind === 'answer')
        globalThis.runs.push([data.answer.trainings, data.answer.milliseconds]);
    });
  }
};`;

forEachBrowser(
  'the first caption shows the time of the run’s second training, when the engine is compiled',
  async (tab) => {
    await tab.page?.evaluateOnNewDocument(NOTE_RUNS);
    await openNotebook(tab);
    await tab.until(() => {
      const [time] = (globalThis as unknown as { runs: [number, number][] }).runs.flatMap(([trainings, ms]) =>
        trainings === 2 ? [ms < 9.95 ? ms.toFixed(1) : ms.toFixed(0)] : [],
      );
      const { caption } = document.querySelector('rnn-compare') as unknown as { caption: string };
      return time && caption === `1,121 parameters · ${time} ms`;
    });
    const runs = await tab.evaluate(() => (globalThis as unknown as { runs: [number, number][] }).runs);
    assert.deepEqual(
      runs.map(([trainings]) => trainings),
      [1, 2],
    );
    /* the run after a change is timed once: the engine is compiled */
    await tab.focus(FIRST);
    await tab.press('ArrowRight');
    await logEnds(tab, await lastLine({ rate: Number(await tab.text(FIRST)) }));
    const later = await tab.evaluate(() => (globalThis as unknown as { runs: [number, number][] }).runs);
    assert.deepEqual([...new Set(later.slice(2).map(([trainings]) => trainings))], [1]);
  },
  { without: { webkit: 'takes no script before the page’s' } },
);
