/** The task's sequences, asked for once for all who show them. */

import { sameFields } from '../state/fields.ts';
import type { Client } from '../worker/client.ts';
import type { AnswerOf } from '../worker/protocol.ts';
import { type LabStore, setNotice } from './dom.ts';

export type Sequences = AnswerOf<'sequences'>;

export class Data {
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #hearers: ((sequences: Sequences) => void)[] = [];
  #sequences: Sequences | undefined;

  constructor(store: LabStore, client: Client) {
    this.#store = store;
    this.#client = client;
    store.listen((state, before) => {
      if (!sameFields(state, before, ['task', 'samples', 'steps', 'data'])) this.start();
    });
  }

  get sequences(): Sequences | undefined {
    return this.#sequences;
  }

  listen(hearer: (sequences: Sequences) => void): void {
    this.#hearers.push(hearer);
  }

  start(): void {
    const { task, samples, steps, data } = this.#store.state;
    this.#client.ask('sequences', { task, samples, steps, data }, {
      answer: (answer) => {
        this.#sequences = answer;
        for (const hear of this.#hearers) hear(answer);
      },
      failed: (message) => setNotice('notices', message),
    });
  }
}
