/** Moves through the moments of a training: by buttons, step by step, or playing. */

import type { TrainingAction } from '../controls/rnn-training.ts';
import { epochUpdates } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { Listeners } from './listeners.ts';
import type { Training } from './training.ts';

export class Player {
  readonly #store: Store;
  readonly #training: Training;
  readonly #changed = new Listeners();
  readonly #stopped = new Listeners();
  #playing = false;
  /** The time of the previous frame, and the part of an update that is still due. */
  #at = 0;
  #owed = 0;

  constructor(store: Store, training: Training) {
    this.#store = store;
    this.#training = training;
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** Calls `listener` when playing begins or ends. */
  listen(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** Calls `listener` when playing has ended. */
  listenToStops(listener: () => void): () => void {
    return this.#stopped.add(listener);
  }

  act(action: TrainingAction): void {
    const each = epochUpdates(this.#store.state);
    const { now, reach } = this.#training;
    if (action === 'toggle') {
      if (!this.#playing && now >= reach) this.#store.change({ at: 0 });
      this.play(!this.#playing);
      return;
    }
    this.play(false);
    const to = {
      batch: now + 1,
      epoch: (Math.floor(now / each) + 1) * each,
      back: Math.max(0, now - 1),
      'back-epoch': Math.max(0, (Math.ceil(now / each) - 1) * each),
      reset: 0,
      end: reach,
    }[action];
    this.goTo(to);
  }

  /** Shows this update, or the last one that can be shown. */
  goTo(updates: number): void {
    this.#store.change({ at: Math.min(updates, this.#training.reach) });
  }

  /** Moves this many epochs forward; back if the number is negative. */
  step(epochs: number): void {
    for (let i = 0; i < Math.abs(epochs); i++) this.act(epochs > 0 ? 'epoch' : 'back-epoch');
  }

  /** Plays on from the moment that is shown, or stops. */
  play(playing: boolean): void {
    if (playing === this.#playing) return;
    this.#playing = playing;
    this.#at = performance.now();
    this.#owed = 0;
    if (playing) requestAnimationFrame(this.#tick);
    else this.#stopped.tell();
    this.#changed.tell();
  }

  #tick = (now: number): void => {
    if (!this.#playing) return;
    this.#owed += (Math.max(0, now - this.#at) / 1000) * Number(this.#store.state.speed);
    this.#at = now;
    const due = Math.floor(this.#owed);
    this.#owed -= due;
    if (due > 0) this.goTo(this.#training.now + due);
    if (this.#training.now >= this.#training.reach) this.play(false);
    else requestAnimationFrame(this.#tick);
  };
}
