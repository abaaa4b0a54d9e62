/** A fixed run with the JavaScript interface, in Node or in a browser. */

import type { SequentialConfig, Unrolled } from '../../wasm/js/types.ts';

export interface Case {
  name: string;
  task: string;
  samples: number;
  timesteps: number;
  network: { units: number } & Record<string, number | string>;
  epochs: number;
  batchSize?: number;
  optimizer?: Record<string, number | string | boolean>;
}

/** Runs a case with the JavaScript interface and returns the parameters' bytes. */
export async function run(engine: Unrolled, wanted: Case): Promise<Uint8Array> {
  const task = engine.tasks.find(({ name }) => name === wanted.task);
  if (!task) throw new Error(`no task ${wanted.task}`);
  const { samples, timesteps, epochs, batchSize = 32 } = wanted;
  const shape = {
    features: task.features,
    loss: task.loss,
    returnSequences: task.returnSequences ?? false,
    ...(task.classes && { classes: task.classes }),
  };
  const model = engine.sequential({ timesteps, ...shape, ...wanted.network } as unknown as SequentialConfig);
  if (wanted.optimizer) model.compile(wanted.optimizer);
  const { x, y } = engine.task(wanted.task, { samples, timesteps });
  await model.fit(x, y, { epochs, batchSize });
  const weights = model.getWeights();
  const bytes = new Uint8Array(4 * model.parameterCount);
  let at = 0;
  for (const part of weights) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  model.dispose();
  return bytes;
}
