/** Several workers for work that falls into parts. They start when they are first needed. */

import { Client } from './client.ts';
import type { AnswerOf, RequestOf } from './protocol.ts';

const MOST = 4;

export class Pool {
  #clients: Client[] = [];
  /** Which call is under way: an older one goes on no further. */
  #call = 0;

  /** Ask for each part; `done` hears each answer as it comes. Resolves to whether all were answered. */
  async each(parts: readonly RequestOf<'seeds'>[], done: (answer: AnswerOf<'seeds'>) => void): Promise<boolean> {
    const call = ++this.#call;
    const size = Math.min(MOST, Math.max(1, (navigator.hardwareConcurrency || 2) - 1), parts.length);
    while (this.#clients.length < size) this.#clients.push(new Client(() => undefined));
    let next = 0;
    const work = async (client: Client): Promise<void> => {
      for (let part = parts[next++]; part && call === this.#call; part = parts[next++]) {
        const request = part;
        const answer = await new Promise<AnswerOf<'seeds'>>((answered, failed) => {
          client.ask('seeds', request, { answer: answered, failed: (message) => failed(new Error(message)) });
        });
        if (call === this.#call) done(answer);
      }
    };
    await Promise.all(this.#clients.slice(0, size).map(work));
    return call === this.#call;
  }

  cancel(): void {
    this.#call += 1;
  }
}
