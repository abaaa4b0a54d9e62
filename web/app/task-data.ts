/**
 * The sequences that a run is trained on. They are requested once for all figures, and only if something shows them.
 */

import { rangeOf } from '../figures/data/grid.ts';
import { picked, sameFields } from '../state/fields.ts';
import { configOf, DATA } from '../state/config.ts';
import type { Config, State } from '../state/state.ts';
import type { AnswerOf } from '../worker/protocol.ts';
import type { Core } from './core.ts';
import { Listeners } from './listeners.ts';

export type Sequences = AnswerOf<'sequences'>;

export class TaskData {
  readonly #core: Core;
  readonly #run: { name: string; state: State | undefined };
  readonly #listeners = new Listeners<[Sequences]>();
  #wanted = false;
  #sequences: Sequences | undefined;
  #range: [number, number] | undefined;
  #asked = '';

  constructor(core: Core, run: { name: string; state: State | undefined }) {
    this.#core = core;
    this.#run = run;
    core.store.listen(() => this.#ask());
  }

  get sequences(): Sequences | undefined {
    return this.#sequences;
  }

  /** The smallest and the largest x of all sequences. */
  get range(): [number, number] {
    this.#range ??= rangeOf({ x: this.#sequences?.x ?? [] });
    return this.#range;
  }

  /** True if these are the sequences of this state. */
  areOf(state: Pick<Config, (typeof DATA)[number]>): boolean {
    const of = this.#sequences?.request;
    return of !== undefined && sameFields(of, configOf(state as Config), DATA);
  }

  /** Calls `listener` with the sequences: at once if they are here, and whenever they change. */
  listen(listener: (sequences: Sequences) => void): () => void {
    const stop = this.#listeners.add(listener);
    if (this.#sequences) listener(this.#sequences);
    this.#wanted = true;
    this.#ask();
    return stop;
  }

  /** Repeats the request, because missing data have arrived. */
  again(): void {
    this.#asked = '';
    this.#ask();
  }

  #ask(): void {
    const { state, name } = this.#run;
    if (!this.#wanted || !state) return;
    const request = picked(configOf(state), DATA);
    const asked = JSON.stringify(request);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#core.client.ask(
      'sequences',
      request,
      {
        answer: (answer) => {
          this.#sequences = answer;
          this.#range = undefined;
          this.#core.parts.setNotice('notices', '', `data ${name}`);
          this.#listeners.tell(answer);
        },
        failed: ({ message }) => {
          this.#asked = '';
          this.#core.parts.setNotice('notices', message, `data ${name}`);
        },
      },
      name,
    );
  }
}
