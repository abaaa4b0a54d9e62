/** Several workers for work that can be divided. They are started when they are first needed. */

import { Client, type Trouble } from './client.ts';
import type { Connect } from './engines.ts';
import type { AnswerOf, RequestOf } from './protocol.ts';

const MOST = 4;

export class Pool {
  readonly #connect: Connect;
  #clients: Client[] = [];
  /** The number of the current call. Older calls stop when it changes. */
  #call = 0;
  /** Why a worker has no engine, and the callbacks of those who wait for one. */
  #refused: Error | undefined;
  #waiting = new Set<(error: Error) => void>();

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  /**
   * Requests each part; `done` gets each answer as it comes. Resolves to true if all parts were answered. @throws Error
   * of the first part that failed, or if a worker has no engine.
   */
  async each(parts: readonly RequestOf<'seeds'>[], done: (answer: AnswerOf<'seeds'>) => void): Promise<boolean> {
    this.#giveUp();
    if (this.#refused) {
      /* try again with new workers */
      for (const client of this.#clients.splice(0)) client.end();
      this.#refused = undefined;
    }
    const call = this.#call;
    const size = Math.min(MOST, Math.max(1, (navigator.hardwareConcurrency || 2) - 1), parts.length);
    while (this.#clients.length < size)
      this.#clients.push(new Client((trouble) => this.#tell(trouble), { connect: this.#connect }));
    let next = 0;
    const work = async (client: Client): Promise<void> => {
      for (let part = parts[next++]; part && call === this.#call; part = parts[next++]) {
        const answer = await this.#ask(client, part);
        if (call === this.#call) done(answer);
      }
    };
    try {
      await Promise.all(this.#clients.slice(0, size).map(work));
    } catch (error) {
      if (call !== this.#call) return false;
      this.#giveUp();
      throw error;
    }
    return call === this.#call;
  }

  /** Gives up what is under way. Workers that are busy are replaced when they are next needed. */
  cancel(): void {
    this.#giveUp();
  }

  /** Ends all workers. */
  end(): void {
    this.#giveUp();
    for (const client of this.#clients.splice(0)) client.end();
  }

  #ask(client: Client, part: RequestOf<'seeds'>): Promise<AnswerOf<'seeds'>> {
    return new Promise((answered, failed) => {
      const over = (): void => {
        this.#waiting.delete(stop);
      };
      const stop = (error: Error): void => {
        over();
        failed(error);
      };
      if (this.#refused) {
        failed(this.#refused);
        return;
      }
      this.#waiting.add(stop);
      client.ask('seeds', part, {
        answer: (answer) => {
          over();
          answered(answer);
        },
        failed: ({ message }) => stop(new Error(message)),
      });
    });
  }

  #giveUp(): void {
    this.#call += 1;
    if (this.#waiting.size === 0) return;
    for (const client of this.#clients.splice(0)) client.end();
    for (const stop of this.#waiting) stop(new Error('given up'));
  }

  #tell({ kind, message }: Trouble): void {
    if (kind !== 'refused') return; /* a late engine is reported by the page's own client */
    this.#refused = new Error(message);
    for (const stop of this.#waiting) stop(this.#refused);
  }
}
