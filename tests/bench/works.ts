// The benchmarks. Each runs on every host. If the engine does not have the cell, it is reported as not run.

export type Host = 'native' | 'node' | 'chromium';
export type Engine = 'unrolled' | 'tfjs-wasm' | 'tfjs-cpu' | 'limit';

export interface Work {
  name: string;
  /** fit: `repeat` epochs in batches of 32, Adam at 0.001. evaluate, step, trace: `repeat` calls, timed together. */
  kind: 'fit' | 'evaluate' | 'step' | 'trace';
  cell: 'simple_rnn' | 'gru' | 'lstm';
  units: number;
  timesteps: number;
  samples: number;
  repeat: number;
  /** The number of rounds after the first run, each timed together with the limit. The median is reported. */
  rounds: number;
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
 * Products of one forward pass, including those with h₀ = 0, which an engine may skip: F·U + G·U·U per sample and step,
 * where G is the cell's number of gates, and U for the readout.
 */
export function products(work: Work): number {
  const gates = { simple_rnn: 1, gru: 3, lstm: 4 }[work.cell];
  return work.samples * (work.timesteps * gates * (work.units + work.units ** 2) + work.units);
}

/** Operations for the GFLOP/s of a fit: two per product, for one forward pass and a backward pass of twice its size. */
export function operations(work: Work): number | undefined {
  return work.kind === 'fit' ? 2 * 3 * products(work) * work.repeat : undefined;
}
