/** Long work in slices, so that newer messages are heard. */

import type { Training } from '../../wasm/js/types.ts';

/** Between two slices of long work: lets newer messages in, tells how far it is. Answers whether the work is still wanted. */
export type Pause = (share: number) => Promise<boolean>;

/** Long work hands over after so many milliseconds. */
const SLICE = 24;

/** So many updates, in slices; `pause` hears how many a slice did. */
export async function advance(training: Training, updates: number, pause: (done: number) => Promise<boolean>): Promise<boolean> {
  let left = updates;
  let at = performance.now();
  let since = 0;
  for (let slice = 1; ; ) {
    const before = performance.now();
    const wanted = Math.min(slice, left);
    const { done } = training.advance(wanted);
    left -= wanted;
    since += wanted;
    if (done || left <= 0) return true;
    const now = performance.now();
    if (now - before < SLICE / 4) slice *= 2;
    else if (now - before > SLICE) slice = Math.max(1, Math.floor(slice / 2));
    if (now - at < SLICE / 2) continue;
    if (!(await pause(since))) return false;
    since = 0;
    at = performance.now();
  }
}
