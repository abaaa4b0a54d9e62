// The benchmarks. Each runs on every host, but experiments do not run natively. If the engine does not have the cell, it is reported as not run.

export type Host = 'native' | 'node' | 'chromium';
export type Engine = 'unrolled' | 'tfjs-wasm' | 'tfjs-cpu' | 'limit';

/** The training of an experiment in docs/experiments.md. */
export interface Experiment {
  data: 'weather' | 'words' | 'agreement';
  features: number;
  /** Outputs of each readout. */
  outputs: number;
  /** Readouts of each sequence. */
  readouts: number;
  batchSize: number;
  /** The learning rate of each epoch; the epochs after them have the last one. */
  learningRates: number[];
  globalClipnorm?: number;
}

export interface Work {
  name: string;
  /**
   * fit: `repeat` epochs in batches of 32, Adam at 0.001, or as the experiment says. evaluate, step, trace: `repeat`
   * calls, timed together.
   */
  kind: 'fit' | 'evaluate' | 'step' | 'trace';
  cell: 'simple_rnn' | 'gru' | 'lstm';
  units: number;
  timesteps: number;
  samples: number;
  repeat: number;
  /** The number of rounds after the first run, each timed together with the limit. The median is reported. */
  rounds: number;
  /** Its data and training in place of the random task; not run natively. */
  experiment?: Experiment;
  /** The number of rounds for the peers, which are slow. By default they are not run. */
  peers?: Partial<Record<'tfjs-wasm' | 'tfjs-cpu', number>>;
}

const notebook = {
  kind: 'fit',
  cell: 'simple_rnn',
  units: 32,
  timesteps: 10,
  samples: 100,
  repeat: 10,
  rounds: 21,
} as const;
const steady = { ...notebook, repeat: 200, rounds: 9 } as const;
const wide = { ...notebook, units: 128, timesteps: 50, samples: 1024, repeat: 1, rounds: 9 } as const;

const experiment = { kind: 'fit', rounds: 9, peers: { 'tfjs-wasm': 2 } } as const;

/** `first` epochs at one rate and `then` at a tenth of it. */
const tenth = (first: number, rate: number, then: number): number[] => [
  ...Array<number>(first).fill(rate),
  ...Array<number>(then).fill(rate / 10),
];

/** Three experiments with one seed each: on four years of weather, on 88 words, and on 400 sentences. */
const experiments: Work[] = [
  {
    ...experiment,
    ...{ name: 'weather', cell: 'gru', units: 8, timesteps: 7, samples: 1454, repeat: 12 },
    experiment: {
      ...{ data: 'weather', features: 3, outputs: 1, readouts: 1 },
      ...{ batchSize: 32, learningRates: tenth(9, 0.01, 3) },
    },
  },
  {
    ...experiment,
    ...{ name: 'words', cell: 'simple_rnn', units: 32, timesteps: 12, samples: 76, repeat: 40 },
    experiment: {
      ...{ data: 'words', features: 30, outputs: 30, readouts: 12 },
      ...{ batchSize: 16, learningRates: [0.01], globalClipnorm: 1 },
    },
  },
  {
    ...experiment,
    ...{ name: 'agreement', cell: 'gru', units: 16, timesteps: 12, samples: 400, repeat: 12 },
    experiment: {
      ...{ data: 'agreement', features: 25, outputs: 25, readouts: 12 },
      ...{ batchSize: 16, learningRates: tenth(9, 0.03, 3) },
    },
  },
];

/** One row of growth with its own sizes, and enough epochs to be timed. */
function grown(sizes: Partial<Pick<Work, 'units' | 'timesteps' | 'samples'>>): Work {
  const words = Object.entries(sizes).flat().join(' ');
  const work: Work = { ...notebook, ...sizes, name: `growth ${words}`, repeat: 1, rounds: 5 };
  return { ...work, repeat: Math.max(1, Math.ceil(3e8 / (operations(work) ?? 1))) };
}

export const works: Work[] = [
  { ...notebook, name: 'notebook', peers: { 'tfjs-wasm': 5, 'tfjs-cpu': 3 } },
  { ...steady, name: 'steady', peers: { 'tfjs-wasm': 2 } },
  { ...wide, name: 'wide', peers: { 'tfjs-wasm': 2 } },
  { ...steady, name: 'gru 32', cell: 'gru' },
  { ...wide, name: 'gru 128', cell: 'gru' },
  { ...steady, name: 'lstm 32', cell: 'lstm' },
  { ...wide, name: 'lstm 128', cell: 'lstm' },
  ...experiments,
  { ...notebook, name: 'evaluate', kind: 'evaluate', samples: 1000, repeat: 20, rounds: 21 },
  { ...notebook, name: 'step', kind: 'step', samples: 1, repeat: 20_000, rounds: 9 },
  { ...notebook, name: 'trace', kind: 'trace', samples: 1, repeat: 500, rounds: 9 },
];

/**
 * Three sweeps from the notebook's size, and one model larger than the memory with which the module starts, whose
 * memory is checked.
 */
export const growth: Record<'units' | 'timesteps' | 'samples' | 'memory', Work[]> = {
  units: [8, 16, 32, 64, 128, 256, 512].map((units) => grown({ units })),
  timesteps: [10, 30, 100, 300, 1000].map((timesteps) => grown({ timesteps })),
  samples: [100, 1000, 10_000, 100_000].map((samples) => grown({ samples })),
  memory: [grown({ units: 128, timesteps: 1000 })],
};

/**
 * Products of one forward pass, including those with h₀ = 0, which an engine may skip: G·(F·U + U·U) per sample and
 * step, where G is the cell's number of gates, and U for each output of each readout.
 */
export function products(work: Work): number {
  const gates = { simple_rnn: 1, gru: 3, lstm: 4 }[work.cell];
  const { features, outputs, readouts } = work.experiment ?? { features: 1, outputs: 1, readouts: 1 };
  const { samples, timesteps, units } = work;
  return samples * (timesteps * gates * (features * units + units ** 2) + readouts * outputs * units);
}

/** Operations for the GFLOP/s of a fit: two per product, for one forward pass and a backward pass of twice its size. */
export function operations(work: Work): number | undefined {
  return work.kind === 'fit' ? 2 * 3 * products(work) * work.repeat : undefined;
}
