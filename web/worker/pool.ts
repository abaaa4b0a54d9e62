/** Several workers for work that falls into parts. They start when they are first needed. */

import { Client, type Trouble } from './client.ts';
import type { Connect } from './engines.ts';
import type { AnswerOf, RequestOf } from './protocol.ts';

const MOST = 4;

export class Pool {
  readonly #connect: Connect;
  #clients: Client[] = [];
  /** Which call is under way: an older one goes on no further. */
  #call = 0;
  /** Why a worker has no engine, and who waits for one. */
  #refused: Error | undefined;
  #waiting = new Set<(error: Error) => void>();

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  /** Ask for each part; `done` hears each answer as it comes. Resolves to whether all were answered.
   *  @throws Error of the first part that failed, or where a worker has no engine. */
  async each(parts: readonly RequestOf<'seeds'>[], done: (answer: AnswerOf<'seeds'>) => void): Promise<boolean> {
    this.#giveUp();
    if (this.#refused) {
      /* another try with other workers */
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

  /** What is under way is not wanted any more: workers in the midst of it begin anew when they are next needed. */
  cancel(): void {
    this.#giveUp();
  }

  /** For good. */
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
    if (kind !== 'refused') return; /* one that is late is told by whoever looks at the page's own engine */
    this.#refused = new Error(message);
    for (const stop of this.#waiting) stop(this.#refused);
  }
}
