/**
 * The page that tests/web/unrolled.test.ts opens: one `<rnn-unrolled>` over a real engine, whose what-if changes are
 * answered as in a page. The query sets it up: T, U, F, cell, layers, K (classes), loss, seq, epochs, edit (t:value).
 */

import { load, type Loss, type SequentialConfig } from '../../wasm/js/unrolled.ts';
import '../../web/figures/unrolled/element.ts';
import type { RnnUnrolled } from '../../web/figures/unrolled/element.ts';
import { pictureOf as takePicture } from '../../web/picture/picture.ts';

declare global {
  var unrolled: RnnUnrolled;
  var told: { name: string; detail: Record<string, unknown> }[];
  var refused: string[];
  var pictureOf: typeof takePicture;
  var edit: (index: number, value: number) => void;
  /** Changes one weight. Without a value, the weight is restored. */
  var weigh: (index: number, value?: number) => void;
  /** Trains for this many more epochs. */
  var train: (epochs: number) => Promise<void>;
}

const ask = new URLSearchParams(location.search);
const number = (name: string, otherwise: number): number => Number(ask.get(name) ?? otherwise);

globalThis.refused = [];
globalThis.pictureOf = takePicture;
globalThis.told = [];
document.addEventListener('securitypolicyviolation', (event) => globalThis.refused.push(event.violatedDirective));

async function setUp(): Promise<void> {
  const { sequential, task } = await load();
  const [units, timesteps, features, layers, classes] = [
    number('U', 8),
    number('T', 10),
    number('F', 1),
    number('layers', 1),
    number('K', 0),
  ];
  const loss = (ask.get('loss') ?? (classes ? 'sparse_categorical_crossentropy' : 'binary_crossentropy')) as Loss;
  const config = {
    ...{ units, timesteps, features, layers, loss, seed: 42, cell: ask.get('cell') ?? 'simple_rnn' },
    ...{ returnSequences: ask.has('seq'), ...(classes ? { classes } : {}) },
  } as SequentialConfig;
  const model = sequential(config);
  const data = task('first', { samples: 500, timesteps });
  const plain = features === 1 && loss === 'binary_crossentropy' && !ask.has('seq');
  if (plain) {
    model.compile({ optimizer: 'adam', learningRate: 0.01 });
    await model.fit(data.x, data.y, { epochs: number('epochs', 40) });
  }
  const sample = number('sample', 3);
  const original = plain
    ? data.x.slice(sample * timesteps, (sample + 1) * timesteps)
    : Float32Array.from({ length: timesteps * features }, (_, k) => ((k * 7) % 16) / 10 - 0.5);
  const x = original.slice();
  const figure = document.querySelector('rnn-unrolled') as RnnUnrolled;
  const ranges = Array.from({ length: features }, () => (plain ? [0, 1] : [-0.5, 1]) as [number, number]);
  let weights: [index: number, value: number] | undefined;
  const show = (): void => {
    const { layers, prediction } = model.trace(original);
    const base = { x: original, h: layers.at(-1)?.h ?? [], prediction, weights: weights !== undefined };
    const trained = model.getWeights().flatMap((tensor) => [...tensor]);
    const changed = trained.slice();
    if (weights) changed[weights[0]] = weights[1];
    model.setWeights(changed);
    Object.assign(figure, { trace: model.trace(x), base });
    model.setWeights(trained);
  };
  globalThis.edit = (index, value) => {
    if (x[index] === Math.fround(value)) return;
    x[index] = value;
    show();
  };
  globalThis.weigh = (index, value) => {
    weights = value === undefined ? undefined : [index, value];
    show();
  };
  globalThis.train = async (epochs) => {
    await model.fit(data.x, data.y, { epochs });
    show();
  };
  const level = plain ? 0.5 : undefined;
  Object.assign(figure, { original, ranges, level, loss, timestep: number('t', timesteps), fold: number('fold', 0) });
  show();
  for (const name of ['rnn-timestep', 'rnn-fold', 'rnn-unit', 'rnn-input'] as const)
    document.addEventListener(name, (event) => {
      const { detail } = event as CustomEvent;
      globalThis.told.push({ name, detail: JSON.parse(JSON.stringify(detail)) });
      if (name === 'rnn-input')
        setTimeout(() => globalThis.edit((detail.timestep - 1) * features + detail.feature, detail.value));
    });
  globalThis.unrolled = figure;
}

setUp();
