/** The task's sequences, asked for once for all who show them. */

import { rangeOf } from '../figures/data/grid.ts';
import { sameFields } from '../state/fields.ts';
import { configOf, DATA } from '../state/lab-state.ts';
import type { Client } from '../worker/client.ts';
import type { AnswerOf, LabConfig } from '../worker/protocol.ts';
import type { LabStore, PageParts } from './lab-parts.ts';

export type Sequences = AnswerOf<'sequences'>;

export class Data {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #hearers: ((sequences: Sequences) => void)[] = [];
  #sequences: Sequences | undefined;
  #range: [number, number] | undefined;

  constructor(places: PageParts, store: LabStore, client: Client) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    store.listen((state, before) => {
      if (!sameFields(state, before, DATA)) this.start();
    });
  }

  get sequences(): Sequences | undefined {
    return this.#sequences;
  }

  /** The smallest and the largest x of all. */
  get range(): [number, number] {
    this.#range ??= rangeOf({ x: this.#sequences?.x ?? [] });
    return this.#range;
  }

  /** Are these the sequences that a moment was asked of? */
  areOf(state: Pick<LabConfig, (typeof DATA)[number]>): boolean {
    const of = this.#sequences?.request;
    return (
      of !== undefined &&
      JSON.stringify(of.changes) === JSON.stringify(state.changes) &&
      DATA.every((name) => name === 'changes' || of[name] === configOf(state as LabConfig)[name])
    );
  }

  listen(hearer: (sequences: Sequences) => void): void {
    this.#hearers.push(hearer);
  }

  start(): void {
    const { task, samples, steps, data, own, changes } = configOf(this.#store.state);
    this.#client.ask(
      'sequences',
      { task, samples, steps, data, own, changes },
      {
        answer: (answer) => {
          this.#sequences = answer;
          this.#range = undefined;
          this.#places.setNotice('notices', '', 'data');
          for (const hear of this.#hearers) hear(answer);
        },
        failed: (message) => this.#places.setNotice('notices', message, 'data'),
      },
    );
  }
}
