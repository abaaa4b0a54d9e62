// The same benchmark with TF.js: its own layers and its own Adam.
import type { NotRun, Timing } from './session.ts';
import type { Work } from './works.ts';

export type TensorFlow = Record<
  'layers' | 'randomUniform' | 'ready' | 'sequential' | 'setBackend' | 'tensor' | 'train',
  // biome-ignore lint/suspicious/noExplicitAny: its packages, with their types, are installed only on request
  any
>;
export type Peer = 'tfjs-wasm' | 'tfjs-cpu';

/**
 * The sizes and the loss of a work. The values are random, because the time does not depend on them; the two labels of
 * the notebook's task alternate.
 */
function shapeOf({ experiment, samples, timesteps }: Work) {
  const { features, outputs, readouts } = experiment ?? { features: 1, outputs: 1, readouts: 1 };
  const target = Float32Array.from({ length: samples * readouts * outputs }, (_, i) =>
    outputs > 1 ? Number(i % outputs === Math.floor(i / outputs) % outputs) : i % 2,
  );
  const loss = outputs > 1 ? 'categoricalCrossentropy' : experiment ? 'meanSquaredError' : 'binaryCrossentropy';
  const activation = outputs > 1 ? 'softmax' : experiment ? 'linear' : 'sigmoid';
  return {
    ...{ features, outputs, loss, activation, target, returnSequences: readouts > 1 },
    targetShape: [samples, ...(readouts > 1 ? [timesteps] : []), outputs],
  };
}

/** A new model and its fit, without pauses for a page to draw. TF.js has no global clipnorm. */
export function peerFit(tf: TensorFlow, work: Work) {
  const { samples, timesteps, units, experiment } = work;
  const { features, outputs, loss, activation, target, targetShape, returnSequences } = shapeOf(work);
  const x = tf.randomUniform([samples, timesteps, features]);
  const y = tf.tensor(target, targetShape);
  const rates = experiment?.learningRates ?? [0.001];
  const layer = work.cell === 'gru' ? tf.layers.gru : tf.layers.simpleRNN;
  return async (): Promise<number> => {
    const model = tf.sequential();
    model.add(layer({ units, returnSequences, inputShape: [timesteps, features] }));
    model.add(tf.layers.dense({ units: outputs, activation }));
    const optimizer = tf.train.adam(rates[0]);
    model.compile({ optimizer, loss, metrics: experiment?.data === 'weather' ? [] : ['accuracy'] });
    const onEpochBegin = (epoch: number): void => {
      optimizer.learningRate = rates[Math.min(epoch, rates.length - 1)];
    };
    const [epochs, batchSize] = [work.repeat, experiment?.batchSize ?? 32];
    const how = { epochs, batchSize, shuffle: true, verbose: 0, yieldEvery: 'never', callbacks: { onEpochBegin } };
    const from = performance.now();
    await model.fit(x, y, how);
    const took = performance.now() - from;
    model.dispose();
    return took;
  };
}

export async function peerSession(engine: Peer, work: Work, tf: TensorFlow): Promise<Timing | NotRun> {
  const backend = engine.replace('tfjs-', '');
  if (!(await tf.setBackend(backend))) return { missing: `TF.js refuses its backend ${backend}` };
  await tf.ready();
  const fit = peerFit(tf, work);
  const first = await fit();
  const times: number[] = [];
  for (let round = 0; round < (work.peers?.[engine] ?? 0); round++) times.push(await fit());
  return { first, times, limits: [] };
}
