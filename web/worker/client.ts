/** The page's end of the worker: ask in a lane, hear the latest answer only. */

import type { AnswerOf, FromWorker, Lane, RequestOf, ToWorker } from './protocol.ts';

interface Hearer<L extends Lane> {
  answer: (answer: AnswerOf<L>) => void;
  part?: (share: number) => void;
  failed?: (message: string) => void;
}

type AnyHearer = Hearer<Lane> & { id: number };

export class Client {
  readonly #worker: Worker;
  readonly #hearers = new Map<Lane, AnyHearer>();
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

  /** A newer request of the same lane silences the older one. */
  ask<L extends Lane>(lane: L, request: RequestOf<L>, hearer: Hearer<L>): void {
    const id = ++this.#id;
    this.#hearers.set(lane, { ...(hearer as unknown as Hearer<Lane>), id });
    this.#worker.postMessage({ lane, id, request } as ToWorker);
  }

  #hear(message: Exclude<FromWorker, { kind: 'ready' | 'refused' }>): void {
    const hearer = this.#hearers.get(message.lane);
    if (hearer?.id !== message.id) return;
    if (message.kind === 'part') hearer.part?.(message.share);
    else if (message.kind === 'failed') hearer.failed?.(message.message);
    else hearer.answer(message.answer);
  }
}
