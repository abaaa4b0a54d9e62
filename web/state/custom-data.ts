/** The name of imported data in an address, and the positions of single numbers in any data. */

import { RANGES } from '../shared/core-facts.ts';
import type { Edits } from './fields.ts';

/** The sizes, the kind of the targets, and a hash of the numbers: "100x10x1b-1f0a…", "60x20x2c4s-…". */
export interface CustomDataKey {
  samples: number;
  timesteps: number;
  features: number;
  /** b: labels 0 and 1. c: classes. r: numbers. */
  kind: 'b' | 'c' | 'r';
  /** The number of classes, for kind c. */
  classes: number;
  /** True if each time step has a target. */
  every: boolean;
  hash: string;
}

/** The limits of the data that a page takes. */
export const LEAST_CUSTOM = 10;
export const MOST_CUSTOM = { samples: 2000, timesteps: 100, numbers: 2048 } as const;

export const CUSTOM_DATA_KEY = /^(\d{1,4})x(\d{1,3})x(\d{1,2})(?:(b|r)|c(\d{1,2}))(s?)-([0-9a-f]{16})$/;

/** Undefined if the text names no data that a page takes. */
export function customDataKey(text: string): CustomDataKey | undefined {
  const [, samples, timesteps, features, kind, classes, every, hash = ''] = CUSTOM_DATA_KEY.exec(text) ?? [];
  const own: CustomDataKey = {
    ...{ samples: Number(samples), timesteps: Number(timesteps), features: Number(features) },
    ...{ kind: (kind ?? 'c') as CustomDataKey['kind'], classes: Number(classes ?? 0), every: every === 's', hash },
  };
  const within =
    own.samples >= LEAST_CUSTOM &&
    own.samples <= MOST_CUSTOM.samples &&
    own.timesteps >= 1 &&
    own.timesteps <= MOST_CUSTOM.timesteps;
  const small = own.features >= 1 && own.timesteps * own.features <= MOST_CUSTOM.numbers;
  return within && small && (own.kind !== 'c' || (own.classes >= RANGES.classes[0] && own.classes <= RANGES.classes[1]))
    ? own
    : undefined;
}

export const customDataText = ({ samples, timesteps, features, kind, classes, every, hash }: CustomDataKey): string =>
  `${samples}x${timesteps}x${features}${kind === 'c' ? `c${classes}` : kind}${every ? 's' : ''}-${hash}`;

/**
 * The positions reserved for one sequence: its inputs, then its targets. They do not depend on the numbers of sequences
 * and time steps.
 */
const PLACES = 4096;

export const inputPlace = (sample: number, timestep: number, feature: number, features: number): number =>
  sample * PLACES + (timestep - 1) * features + feature;
export const targetPlace = (sample: number, readout: number): number => sample * PLACES + MOST_CUSTOM.numbers + readout;

export interface Place {
  sample: number;
  /** The index among the sequence's inputs, or among its targets. */
  index: number;
  target: boolean;
}

export function placeOf(place: number): Place {
  const index = place % PLACES;
  const target = index >= MOST_CUSTOM.numbers;
  return { sample: Math.floor(place / PLACES), index: target ? index - MOST_CUSTOM.numbers : index, target };
}

/** Sets the value at a position; undefined removes the change. */
export function withChange(edits: Edits, place: number, value: number | undefined): Edits {
  const others = edits.filter(([at]) => at !== place);
  return value === undefined ? others : [...others, [place, value] as const].sort(([a], [b]) => a - b);
}

/** True if the loss takes this value as a target. */
export function isTarget({ loss, classes = 2 }: { loss: string; classes?: number }, value: number): boolean {
  return (
    loss === 'mean_squared_error' ||
    (Number.isInteger(value) && value >= 0 && value < (loss === 'binary_crossentropy' ? 2 : classes))
  );
}
