/** What the figure measures: so many sequences of so many time steps, read by the network, or by a dense layer. */

export interface Reading {
  sequences: number;
  /** The time steps of each sequence. */
  steps: number;
  /** All numbers of a sequence are read at once, by a dense layer with as many units, in place of the network. */
  dense: boolean;
}

/** A reading with its multiplications, those by U, W and V, and its time on this machine. */
export interface TimedReading extends Reading {
  /** For one sequence. */
  multiplications: { u: number; w: number; v: number; all: number };
  /** The share of the multiplications by W. */
  wShare: number;
  /** How many times as many multiplications the first reading has, and how many times as long it takes. */
  fewer: number;
  faster: number | undefined;
  /** Undefined while a handle is held. */
  milliseconds: number | undefined;
}

export type TimingSubject = 'chains' | 'lengths' | 'multiplications' | 'tree';

/** How many sequences are read side by side in the chart of lengths. The core puts four into one vector. */
export const SIDE_BY_SIDE = [1, 4, 16];
export const LANES = 4;
export const LENGTHS = [250, 500, 750, 1000];
/** The same 1,000 steps. */
const CHAINS: readonly (readonly [number, number])[] = [
  [1, 1000],
  [10, 100],
  [100, 10],
];
/** Enough that the time of a call does not count. */
const COMPARED = 1000;

/** `steps`: how many the network of the page reads. */
export function readingsOf(shows: TimingSubject, steps: number): Reading[] {
  if (shows === 'chains') return CHAINS.map(([sequences, each]) => ({ sequences, steps: each, dense: false }));
  if (shows === 'lengths')
    return SIDE_BY_SIDE.flatMap((sequences) => LENGTHS.map((each) => ({ sequences, steps: each, dense: false })));
  return shows === 'tree' ? [] : [false, true].map((dense) => ({ sequences: COMPARED, steps, dense }));
}
