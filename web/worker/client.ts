/** The page's end of the worker: ask in a lane, hear its answers in order. */

import type { AnswerOf, FromWorker, Lane, RequestOf, ToWorker } from './protocol.ts';

interface Hearer<L extends Lane> {
  answer: (answer: AnswerOf<L>) => void;
  part?: (share: number) => void;
  failed?: (message: string) => void;
}

type AnyHearer = Hearer<Lane> & { id: number };

export class Client {
  readonly #worker: Worker;
  /** Who waits for an answer, by lane, oldest first. */
  readonly #hearers = new Map<Lane, AnyHearer[]>();
  #id = 0;

  /** `refused` hears why there is no engine. */
  constructor(refused: (message: string) => void) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      const message = event.data;
      if (message.kind === 'refused') refused(message.message);
      else if (message.kind !== 'ready') this.#hear(message);
    });
    this.#worker.addEventListener('error', (event) => refused(event.message || 'the worker did not start'));
  }

  /** A newer request wins: the worker gives up the older one if that is long, and answers both if it is short. Answers come in order. */
  ask<L extends Lane>(lane: L, request: RequestOf<L>, hearer: Hearer<L>): void {
    const id = ++this.#id;
    const hearers = this.#hearers.get(lane) ?? [];
    hearers.push({ ...(hearer as unknown as Hearer<Lane>), id });
    this.#hearers.set(lane, hearers);
    this.#worker.postMessage({ lane, id, request } as ToWorker);
  }

  #hear(message: Exclude<FromWorker, { kind: 'ready' | 'refused' }>): void {
    const hearers = this.#hearers.get(message.lane) ?? [];
    const at = hearers.findIndex(({ id }) => id === message.id);
    const hearer = hearers[at];
    if (!hearer) return;
    if (message.kind === 'part') {
      if (at === hearers.length - 1) hearer.part?.(message.share);
      return;
    }
    hearers.splice(0, at + 1); /* those before it were given up */
    if (message.kind === 'failed') hearer.failed?.(message.message);
    else hearer.answer(message.answer);
  }
}
