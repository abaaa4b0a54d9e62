/** The engine's end of a connection: receives requests, lets the newest of each lane win, and answers. */

import type { RnnError } from '../../wasm/js/errors.ts';
import { filesMissing } from '../shared/shared-sentences.ts';
import type { Requests } from './requests.ts';
import { END, type Failure, type FromWorker, PING, type ToWorker } from './protocol.ts';
import { checkConfirms, workBegins, workEnds } from './lock.ts';

/** Waits until all pending messages have been received. A timer would wait at least 4 ms. */
const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    turns.push(resolve);
    channel.port2.postMessage(null);
  });

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Converts an error into fields that can be sent. */
function failureOf(error: unknown): Failure {
  const { code = 'FAILED', operation = '', diagnosis, choice } = (error ?? {}) as Partial<RnnError & Failure>;
  /* the module for files is fetched when it is first needed, and its error says no more than an address */
  if (code === 'LOAD' && operation) return { code, operation, message: filesMissing() };
  const text = textOf(error);
  const message = operation && text.startsWith(`${operation}: `) ? text.slice(operation.length + 2) : text;
  return { code, operation, message, ...(diagnosis && { diagnosis }), ...(choice && { choice }) };
}

/**
 * In milliseconds. Shorter work is finished even if a newer request waits; otherwise a reader who drags all the time
 * would see nothing.
 */
const GIVE_UP = 250;

/** The engine's end of a message port. */
export interface ReplyPort {
  postMessage(message: FromWorker): void;
  addEventListener(kind: 'message', listener: (event: MessageEvent<ToWorker | typeof END | typeof PING>) => void): void;
}

/**
 * Serves one connection. Requests that arrive before the engine is ready wait for it. Connections to one engine share
 * its runs.
 */
export function serve(port: ReplyPort, answering: Promise<Requests>): void {
  const dispatcher = answering.then((requests) => {
    port.postMessage({ kind: 'ready', simd: requests.engine.simd });
    return new Dispatcher(port, requests);
  });
  dispatcher.catch((error: unknown) => port.postMessage({ kind: 'refused', message: textOf(error) }));
  port.addEventListener('message', ({ data }) => {
    if (data === PING) void checkConfirms().then((locks) => port.postMessage({ kind: 'pong', locks }));
    else
      dispatcher.then(
        (one) => (data === END ? one.end() : one.take(data)),
        () => undefined,
      );
  });
}

/** Requests of the same kind and run share a lane, in which the newest wins. */
const laneOf = ({ lane, run }: ToWorker): string => `${lane} ${run}`;

class Dispatcher {
  readonly #port: ReplyPort;
  readonly #requests: Requests;
  readonly #waiting = new Map<string, ToWorker>();
  readonly #busy = new Set<string>();
  #ended = false;
  /** The import under way. Later requests may depend on its data, so they wait. */
  #importing: Promise<unknown> = Promise.resolve();

  constructor(port: ReplyPort, requests: Requests) {
    this.#port = port;
    this.#requests = requests;
  }

  /** Gives up what is under way. */
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
    await turn(); /* requests that wait already are newer */
    for (let next = this.#waiting.get(lane); next; next = this.#waiting.get(lane)) {
      this.#waiting.delete(lane);
      await this.#work(next);
    }
    workEnds();
    this.#busy.delete(lane);
  }

  async #work(message: ToWorker): Promise<void> {
    const { lane, run, id, request } = message;
    const say = (said: FromWorker): void => this.#port.postMessage(said);
    const from = performance.now();
    const pause = async (share: number): Promise<boolean> => {
      say({ kind: 'part', lane, run, id, share });
      await turn();
      if (this.#ended) return false;
      return !this.#waiting.has(laneOf(message)) || performance.now() - from < GIVE_UP;
    };
    try {
      if (lane !== 'bring') await this.#importing;
      const answering = Promise.resolve(this.#requests.answer(lane, request, pause));
      if (lane === 'bring') this.#importing = answering.catch(() => undefined);
      const answer = await answering;
      if (answer) say({ kind: 'answer', lane, run, id, answer } as FromWorker);
    } catch (error) {
      say({ kind: 'failed', lane, run, id, failure: failureOf(error) });
    }
  }
}
