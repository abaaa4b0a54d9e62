// One benchmark in a new JavaScript engine. node.ts and worker.ts call it on their hosts.
import type { load, Sequential, SequentialConfig } from '../../wasm/js/unrolled.ts';
import { experimentData } from './experiments.ts';
import type { Work } from './works.ts';

/** The result, in the form that native.c prints. */
export interface Timing {
  /** Milliseconds of the very first run; for step and trace per call. */
  first: number;
  /** Milliseconds of each round. */
  times: number[];
  /** GFLOP/s of the limit before each round. */
  limits: number[];
  /** Native only: size of model, workspace and fit, and of the data. */
  block_bytes?: number;
  data_bytes?: number;
  /** In wasm: the size of the module's memory at the end. */
  memory_bytes?: number;
}

/** The reason, in place of a timing, why there is none. */
export interface NotRun {
  missing: string;
}

const LIMIT_TURNS = 2 ** 20;
const LIMIT_OPERATIONS = 384; // limit.h

type Load = typeof load;
type LimitRun = (turns: number) => number;

export async function limitOf(bytes: BufferSource): Promise<LimitRun> {
  const { exports } = (await WebAssembly.instantiate(bytes)).instance;
  return exports.limit_run as LimitRun;
}

/** GFLOP/s, the best of 5. */
function limit(run: LimitRun): number {
  let best = 0;
  for (let i = 0; i < 5; i++) {
    const from = performance.now();
    run(LIMIT_TURNS);
    best = Math.max(best, (LIMIT_TURNS * LIMIT_OPERATIONS) / ((performance.now() - from) * 1e6));
  }
  return best;
}

/**
 * Calls a function for this many milliseconds, and at least twice, because engines optimize functions that are called
 * often.
 */
async function warm(milliseconds: number, call: () => unknown): Promise<void> {
  const until = performance.now() + milliseconds;
  for (let i = 0; i < 2 || performance.now() < until; i++) await call();
}

/** The duration of `body` in milliseconds. */
async function timed(body: () => unknown): Promise<number> {
  const from = performance.now();
  await body();
  return performance.now() - from;
}

function calls(work: Work, model: Sequential, x: Float32Array, y: Float32Array, count: number): void {
  if (work.kind === 'evaluate') {
    for (let i = 0; i < count; i++) model.evaluate(x, y);
    return;
  }
  const inputs = Array.from(x.subarray(0, work.timesteps));
  for (let i = 0; i < count; i++)
    if (work.kind === 'step') model.step(inputs[i % inputs.length] as number);
    else model.trace(inputs, i % 2);
}

/** `read` gives the text of a file of the folder. */
export async function session(
  work: Work,
  load: Load,
  limitBytes: BufferSource,
  read: (name: string) => Promise<string> | string,
): Promise<Timing | NotRun> {
  const unrolled = await load();
  const { units, timesteps, samples, repeat } = work;
  const { batchSize, learningRates, globalClipnorm, readouts } = { batchSize: 32, readouts: 1, ...work.experiment };
  const { x, y, config: shape } = await experimentData(unrolled, work, read);
  if (y.length !== samples * readouts)
    throw new Error(`${work.name} has ${y.length / readouts} sequences: expected ${samples}`);
  // the option is given only if it is needed, because older engines with one cell do not have it
  const cell = work.cell === 'simple_rnn' ? {} : { cell: work.cell };
  const config = { ...shape, units, timesteps, ...cell } as SequentialConfig;
  const once = async (count = repeat): Promise<number> => {
    const model = unrolled.sequential(config);
    model.compile({ optimizer: 'adam', learningRate: 0.001, ...(globalClipnorm ? { globalClipnorm } : {}) });
    const took =
      work.kind === 'fit'
        ? await timed(() => model.fit(x, y, { epochs: repeat, batchSize, ...(learningRates ? { learningRates } : {}) }))
        : (await timed(() => calls(work, model, x, y, count))) / count;
    model.dispose();
    return took;
  };
  try {
    unrolled.sequential(config).dispose();
  } catch (error) {
    if (work.cell !== 'simple_rnn' && (error instanceof TypeError || error instanceof RangeError))
      return { missing: 'no such cell' };
    throw error;
  }
  const first = await once(1);
  const run = await limitOf(limitBytes);
  await warm(300, () => once());
  await warm(100, () => limit(run));
  const times: number[] = [];
  const limits: number[] = [];
  for (let round = 0; round < work.rounds; round++) {
    limits.push(limit(run));
    times.push(await once());
  }
  return { first, times, limits, memory_bytes: unrolled.memoryBytes };
}
