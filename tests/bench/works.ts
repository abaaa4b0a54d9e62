// What is timed: one entry a work. Every entry runs on every host; one whose cell the engine refuses is told as not
// run.

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
  /** How often it is timed after the first time, each time beside the limit. The median is told. */
  rounds: number;
  /** How often the peers are timed after their first time, which are slow; by default they are not. */
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

/** One row of growth: its own sizes, and as many epochs as make it long enough to time. */
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

/** Three sweeps from the notebook's size, and one model larger than the memory that the module is loaded with: of that
 *  alone the memory is judged. */
export const growth: Record<'units' | 'timesteps' | 'samples' | 'memory', Work[]> = {
  units: [8, 16, 32, 64, 128, 256, 512].map((units) => grown({ units })),
  timesteps: [10, 30, 100, 300, 1000].map((timesteps) => grown({ timesteps })),
  samples: [100, 1000, 10_000, 100_000].map((samples) => grown({ samples })),
  memory: [grown({ units: 128, timesteps: 1000 })],
};

/**
 * Products of one forward pass, that with h₀ = 0 too, which no engine need do: F·U + G·U·U a sample and step with G the
 * cell's recurrent parts, U at the readout.
 */
export function products(work: Work): number {
  const gates = { simple_rnn: 1, gru: 3, lstm: 4 }[work.cell];
  return work.samples * (work.timesteps * gates * (work.units + work.units ** 2) + work.units);
}

/** What the GFLOP/s of a fit count: two operations a product, one pass forward and two backward. */
export function operations(work: Work): number | undefined {
  return work.kind === 'fit' ? 2 * 3 * products(work) * work.repeat : undefined;
}
