/** One end of a line, where the engine is: hears requests, lets the latest of each lane win, answers. */

import type { RnnError } from '../../wasm/js/errors.ts';
import { filesMissing } from '../shared/shared-sentences.ts';
import type { Requests } from './requests.ts';
import { END, type Failure, type FromWorker, PING, type ToWorker } from './protocol.ts';
import { checkConfirms, workBegins, workEnds } from './lock.ts';

/** A turn of the event loop, behind the messages that wait already; a timer would wait at least 4 ms. */
const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    turns.push(resolve);
    channel.port2.postMessage(null);
  });

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is known of an error, in fields. */
export function failureOf(error: unknown): Failure {
  const { code = 'FAILED', operation = '', diagnosis } = (error ?? {}) as Partial<RnnError>;
  /* the module for files is fetched when it is first needed, and its error says no more than an address */
  if (code === 'LOAD' && operation) return { code, operation, message: filesMissing() };
  const text = textOf(error);
  const message = operation && text.startsWith(`${operation}: `) ? text.slice(operation.length + 2) : text;
  return { code, operation, message, ...(diagnosis && { diagnosis }) };
}

/** Shorter work is finished though newer waits: else a finger that moves all the time would see nothing. */
const GIVE_UP = 250;

/** The engine's end of a line: a port. */
export interface Post {
  postMessage(message: FromWorker): void;
  addEventListener(kind: 'message', hear: (event: MessageEvent<ToWorker | typeof END | typeof PING>) => void): void;
}

/** Requests that come before the engine stands wait for it. Those who share an engine share its runs. */
export function serve(post: Post, answering: Promise<Requests>): void {
  const served = answering.then((requests) => {
    post.postMessage({ kind: 'ready', simd: requests.engine.simd });
    return new Served(post, requests);
  });
  served.catch((error: unknown) => post.postMessage({ kind: 'refused', message: textOf(error) }));
  post.addEventListener('message', ({ data }) => {
    if (data === PING) void checkConfirms().then((locks) => post.postMessage({ kind: 'pong', locks }));
    else
      served.then(
        (one) => (data === END ? one.end() : one.take(data)),
        () => undefined,
      );
  });
}

/** In the lanes of one run the latest request of each kind wins. */
const laneOf = ({ lane, run }: ToWorker): string => `${lane} ${run}`;

class Served {
  readonly #post: Post;
  readonly #requests: Requests;
  readonly #waiting = new Map<string, ToWorker>();
  readonly #busy = new Set<string>();
  #ended = false;
  /** The reader's data that are being read. Requests that come later may be about them, and wait. */
  #bringing: Promise<unknown> = Promise.resolve();

  constructor(post: Post, requests: Requests) {
    this.#post = post;
    this.#requests = requests;
  }

  /** What is under way is given up. */
  end(): void {
    this.#ended = true;
    this.#waiting.clear();
  }

  take(message: ToWorker): void {
    this.#waiting.set(laneOf(message), message);
    void this.#serve(laneOf(message));
  }

  async #serve(lane: string): Promise<void> {
    if (this.#busy.has(lane)) return;
    this.#busy.add(lane);
    workBegins();
    await turn(); /* messages that wait already are newer */
    for (let next = this.#waiting.get(lane); next; next = this.#waiting.get(lane)) {
      this.#waiting.delete(lane);
      await this.#work(next);
    }
    workEnds();
    this.#busy.delete(lane);
  }

  async #work(message: ToWorker): Promise<void> {
    const { lane, run, id, request } = message;
    const say = (said: FromWorker): void => this.#post.postMessage(said);
    const from = performance.now();
    const pause = async (share: number): Promise<boolean> => {
      say({ kind: 'part', lane, run, id, share });
      await turn();
      if (this.#ended) return false;
      return !this.#waiting.has(laneOf(message)) || performance.now() - from < GIVE_UP;
    };
    try {
      if (lane !== 'bring') await this.#bringing;
      const answering = Promise.resolve(this.#requests.answer(lane, request, pause));
      if (lane === 'bring') this.#bringing = answering.catch(() => undefined);
      const answer = await answering;
      if (answer) say({ kind: 'answer', lane, run, id, answer } as FromWorker);
    } catch (error) {
      say({ kind: 'failed', lane, run, id, failure: failureOf(error) });
    }
  }
}
