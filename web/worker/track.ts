/** A model on its way through a run, in slices. */

import type { Sequential, Training } from '../../wasm/js/types.ts';

/** Long work hands over after so many milliseconds. */
const SLICE = 16;

export interface Checkpoint {
  at: number;
  state: Uint8Array;
}

/** A model on its way through the run. */
export class Track {
  readonly model: Sequential;
  readonly training: Training;
  at = 0;
  /** Where it stopped for good, if it diverged. */
  end = Number.POSITIVE_INFINITY;
  diverged = false;
  milliseconds = 0;

  constructor(model: Sequential, training: Training) {
    this.model = model;
    this.training = training;
  }

  restore({ at, state }: Checkpoint): void {
    this.model.restore(state);
    this.at = at;
  }

  /** Train on to this update, in slices that end at multiples of `stride`, where `reached` is called. Answers false if that is no longer
   *  wanted. */
  async forward(to: number, stride: number, pause: () => Promise<boolean>, reached?: () => void): Promise<boolean> {
    let from = performance.now();
    for (let slice = 1; this.at < Math.min(to, this.end); ) {
      const next = Math.min(to, (Math.floor(this.at / stride) + 1) * stride, this.at + slice);
      const before = performance.now();
      const { diverged, updates, done } = this.training.advance(next - this.at);
      this.at = diverged ? updates : next;
      this.diverged ||= diverged !== undefined;
      if (diverged || done) this.end = this.at;
      else if (this.at % stride === 0 || this.at === to) reached?.();
      const now = performance.now();
      if (now - before < SLICE / 4) slice *= 2;
      else if (now - before > SLICE) slice = Math.max(1, Math.floor(slice / 2));
      if (now - from < SLICE) continue;
      this.milliseconds += performance.now() - from;
      if (!(await pause())) return false;
      from = performance.now();
    }
    this.milliseconds += performance.now() - from;
    return true;
  }

  dispose(): void {
    this.training.dispose();
    this.model.dispose();
  }
}
