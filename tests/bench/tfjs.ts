// The same benchmark with TF.js: its own layers and its own Adam.
import type { NotRun, Timing } from './session.ts';
import type { Work } from './works.ts';

export type TensorFlow = Record<
  'layers' | 'randomUniform' | 'ready' | 'sequential' | 'setBackend' | 'tensor' | 'train',
  // biome-ignore lint/suspicious/noExplicitAny: its packages, with their types, are installed only on request
  any
>;
export type Peer = 'tfjs-wasm' | 'tfjs-cpu';

/** A new model and its fit, without pauses for a page to draw; the data have two columns. */
export function peerFit(tf: TensorFlow, work: Work) {
  const { samples, timesteps, units } = work;
  const x = tf.randomUniform([samples, timesteps, 1]);
  const y = tf.tensor(
    Float32Array.from({ length: samples }, (_, i) => i % 2),
    [samples, 1],
  );
  return async (): Promise<number> => {
    const model = tf.sequential();
    model.add(tf.layers.simpleRNN({ units, inputShape: [timesteps, 1] }));
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
    model.compile({ optimizer: tf.train.adam(0.001), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    const from = performance.now();
    await model.fit(x, y, { epochs: work.repeat, batchSize: 32, shuffle: true, verbose: 0, yieldEvery: 'never' });
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
