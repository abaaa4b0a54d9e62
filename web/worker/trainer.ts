/** Trains a model through a run, in slices of time. */

import type { Sequential, Training } from '../../wasm/js/types.ts';

/** In milliseconds, the length of a slice of long work. */
const SLICE = 16;

/**
 * Called between two slices of long work with the share that is done. It lets newer messages in, and returns whether
 * the work is still wanted.
 */
export type Pause = (share: number) => Promise<boolean>;

export interface Checkpoint {
  at: number;
  state: Uint8Array;
}

/** A model at some update of a run. */
export class Trainer {
  readonly model: Sequential;
  readonly training: Training;
  at = 0;
  /** The last update, if the training is done or has diverged. */
  end = Number.POSITIVE_INFINITY;
  diverged = false;
  milliseconds = 0;
  /** Called with the metrics of each batch, measured before its update. */
  note: ((loss: number, metric: number) => void) | undefined;

  constructor(model: Sequential, training: Training) {
    this.model = model;
    this.training = training;
  }

  /** `end` remains known. Whether the next update diverges is found out again. */
  restore({ at, state }: Checkpoint): void {
    this.model.restore(state);
    this.at = at;
    this.diverged = false;
  }

  /**
   * Trains up to this update. `reached` is called at multiples of `stride` and at the end, `pause` after each slice.
   * Returns false if the training is no longer wanted.
   */
  async forward(to: number, stride: number, pause: () => Promise<boolean>, reached?: () => void): Promise<boolean> {
    let from = performance.now();
    while (this.at < Math.min(to, this.end)) {
      const { diverged, updates, done, batchLoss, batchMetric } = this.training.advance(1);
      this.diverged ||= diverged !== undefined;
      this.at = diverged ? updates : this.at + 1;
      if (Number.isFinite(batchLoss))
        this.note?.(batchLoss, batchMetric); /* also the last value of a run that diverges, if it is finite */
      if (diverged || done) this.end = this.at;
      else if (this.at % stride === 0 || this.at === to) reached?.();
      const now = performance.now();
      if (now - from < SLICE) continue;
      this.milliseconds += now - from;
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
