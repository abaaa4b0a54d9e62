/** Long work in slices, so that newer messages are heard. */

import type { Progress, Training } from '../../wasm/js/types.ts';

/**
 * Between two slices of long work: lets newer messages in, tells how far it is. Answers whether the work is still
 * wanted.
 */
export type Pause = (share: number) => Promise<boolean>;

/** Long work hands over after so many milliseconds. */
const SLICE = 24;

/** The pace of work is known after so many milliseconds. */
const PACE = 250;

export interface Timed {
  pause: Pause;
  /** How long the whole takes, in milliseconds, once that is known. */
  takes: number | undefined;
}

/** Work that goes on until its pace is known. What others do between two slices does not count. */
export function timed(pause: Pause): Timed {
  let spent = 0;
  let from = performance.now();
  const time: Timed = {
    takes: undefined,
    pause: async (share) => {
      spent += performance.now() - from;
      if (spent > PACE && share > 0) time.takes = spent / share;
      const wanted = await pause(share);
      from = performance.now();
      return wanted && time.takes === undefined;
    },
  };
  return time;
}

/**
 * So many updates, in slices; `pause` hears how many a slice did. With `each`, which hears of every update, they are
 * made one by one.
 */
export async function advance(
  training: Training,
  updates: number,
  pause: (done: number) => Promise<boolean>,
  each?: (progress: Progress) => void,
): Promise<boolean> {
  let left = updates;
  let at = performance.now();
  let since = 0;
  for (let slice = 1; ; ) {
    const before = performance.now();
    const wanted = Math.min(slice, left);
    const progress = training.advance(wanted);
    if (wanted > 0) each?.(progress);
    left -= wanted;
    since += wanted;
    if (progress.done || left <= 0) return true;
    const now = performance.now();
    if (each) slice = 1;
    else if (now - before < SLICE / 4) slice *= 2;
    else if (now - before > SLICE) slice = Math.max(1, Math.floor(slice / 2));
    if (now - at < SLICE / 2) continue;
    if (!(await pause(since))) return false;
    since = 0;
    at = performance.now();
  }
}
