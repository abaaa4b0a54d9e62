/** A model on its way through a run, in slices. */

import type { Sequential, Training } from '../../wasm/js/types.ts';

/** Long work hands over after so many milliseconds. */
const SLICE = 16;

/**
 * Between two slices of long work: lets newer messages in, tells how far it is. Answers whether the work is still
 * wanted.
 */
export type Pause = (share: number) => Promise<boolean>;

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
  /** Hears the figures of each batch, before its update. */
  note: ((loss: number, metric: number) => void) | undefined;

  constructor(model: Sequential, training: Training) {
    this.model = model;
    this.training = training;
  }

  /** `end` stays known; whether the update that comes next diverges is found anew. */
  restore({ at, state }: Checkpoint): void {
    this.model.restore(state);
    this.at = at;
    this.diverged = false;
  }

  /**
   * Train on to this update. `reached` is called at the multiples of `stride` and at the end, `pause` after each slice
   * of time. Answers false if that is no longer wanted.
   */
  async forward(to: number, stride: number, pause: () => Promise<boolean>, reached?: () => void): Promise<boolean> {
    let from = performance.now();
    while (this.at < Math.min(to, this.end)) {
      const { diverged, updates, done, batchLoss, batchMetric } = this.training.advance(1);
      this.diverged ||= diverged !== undefined;
      this.at = diverged ? updates : this.at + 1;
      if (Number.isFinite(batchLoss))
        this.note?.(batchLoss, batchMetric); /* the last one of a run that diverges, too, if it is a number */
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
