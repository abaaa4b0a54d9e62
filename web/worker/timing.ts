/** The times of reading sequences on this machine, and the multiplications that it takes. */

import type { Sequential, Unrolled } from '../../wasm/js/types.ts';
import type { Reading, TimedReading } from '../figures/timing/readings.ts';
import { translate } from '../shared/translate.ts';
import type { AnswerOf } from './protocol.ts';
import type { Pause } from './trainer.ts';
import { LIMIT } from './work-estimate.ts';

/** In milliseconds, how long a reading is repeated before the clock is read. The clocks of some browsers move in steps of 1 ms. */
const SLICE = 8;
/** How often each reading is timed: once to warm up, because the browser may still compile, and then an odd number of times. */
const ROUNDS = 6;

/** What reads, and numbers to read, which are repeated as often as needed. */
interface Readers {
  recurrent: Sequential;
  dense: Sequential | undefined;
  numbers: Float32Array;
}

/**
 * The multiplications by weights that one sequence takes. At the first time step there is no state yet, so the core
 * leaves out W.
 */
function multiplicationsOf({ tensors, returnSequences }: Sequential, steps: number): TimedReading['multiplications'] {
  const sizeOf = (end: string, readout: boolean): number =>
    tensors
      .filter(({ name }) => name.endsWith(end) && name.startsWith('dense') === readout)
      .reduce((sum, { count }) => sum + count, 0);
  const u = sizeOf('/kernel', false) * steps;
  const w = sizeOf('/recurrent_kernel', false) * (steps - 1);
  const v = sizeOf('/kernel', true) * (returnSequences ? steps : 1);
  return { u, w, v, all: u + w + v };
}

/** The time of one call, in milliseconds. It begins when the clock has just moved. */
function timeOf(work: () => void): number {
  const before = performance.now();
  let from = before;
  while (from === before) from = performance.now();
  let calls = 0;
  let passed = 0;
  while (passed < SLICE) {
    work();
    calls += 1;
    passed = performance.now() - from;
  }
  return passed / calls;
}

/** Several times of each work. The works take turns, so that whatever else the machine does slows all of them. */
async function timesOf(works: readonly (() => void)[], pause: Pause): Promise<number[][] | undefined> {
  const times = works.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, work] of works.entries()) {
      const time = timeOf(work);
      if (round > 0) times[i]?.push(time);
      if (!(await pause(round / ROUNDS))) return undefined;
    }
  return times;
}

/** @throws RangeError if measuring would take much work. */
export async function timed(
  engine: Unrolled,
  { recurrent, dense, numbers }: Readers,
  readings: readonly Reading[],
  measured: boolean,
  pause: Pause,
): Promise<AnswerOf<'timing'> | undefined> {
  const plans = readings.map((reading) => {
    const [model, timesteps] = reading.dense && dense ? [dense, 1] : [recurrent, reading.steps];
    return { ...reading, model, timesteps, multiplications: multiplicationsOf(model, timesteps) };
  });
  const work = plans.reduce((sum, { sequences, multiplications }) => sum + sequences * multiplications.all, 0);
  if (measured && work * ROUNDS > LIMIT)
    throw new RangeError(
      translate('Measuring the time of a network of this size takes long. Choose fewer units or layers.'),
    );
  const works = plans.map(({ model, sequences, timesteps }) => {
    const count = sequences * timesteps * model.features;
    const x = Float32Array.from({ length: count }, (_, k) => numbers[k % numbers.length] as number);
    return () => void model.predict(x, { timesteps });
  });
  const times = measured ? await timesOf(works, pause) : [];
  if (!times) return undefined;
  const medians = times.map((several) => engine.quantile(several, 0.5));
  const [first] = plans;
  return {
    readings: plans.map(({ sequences, steps, dense, multiplications }, i) => ({
      ...{ sequences, steps, dense, multiplications },
      wShare: multiplications.w / multiplications.all,
      fewer: (first?.multiplications.all ?? 0) / multiplications.all,
      milliseconds: medians[i],
      faster: measured ? (medians[0] as number) / (medians[i] as number) : undefined,
    })),
  };
}
