/** The page's end of the worker: ask in a lane, hear its answers in order. */

import { type AnswerOf, type FromWorker, type Lane, LEAN, type RequestOf, type ToWorker } from './protocol.ts';

interface Hearer<L extends Lane> {
  answer: (answer: AnswerOf<L>) => void;
  part?: (share: number) => void;
  failed?: (message: string) => void;
}

interface Asked {
  id: number;
  hearer: Hearer<Lane>;
  message: ToWorker;
}

/** A worker that says nothing for so long, while something newer waits, is in one update that takes seconds: it cannot hear. */
const PATIENCE = 1000;

interface ClientOptions {
  /** What a worker that begins anew has to know. */
  first?: () => readonly ToWorker[];
  /** The notebook's part of the engine is enough. */
  lean?: boolean;
}

export class Client {
  #worker: Worker;
  readonly #refused: (message: string) => void;
  readonly #first: () => readonly ToWorker[];
  readonly #lean: boolean;
  /** Who waits for an answer, by lane, oldest first. */
  readonly #asked = new Map<Lane, Asked[]>();
  #id = 0;
  #ready = false;
  #watch: ReturnType<typeof setTimeout> | undefined;

  /** `refused` hears why there is no engine. */
  constructor(refused: (message: string) => void, { first = () => [], lean = false }: ClientOptions = {}) {
    this.#refused = refused;
    this.#first = first;
    this.#lean = lean;
    this.#worker = this.#start();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: this.#lean ? LEAN : '' });
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      const message = event.data;
      if (message.kind === 'refused') this.#refused(message.message);
      else if (message.kind === 'ready') this.#ready = true;
      else this.#hear(message);
      this.#listenOn();
    });
    worker.addEventListener('error', (event) => this.#refused(event.message || 'the worker did not start'));
    return worker;
  }

  /** A newer request wins: the worker gives up the older one if that is long, and answers both if it is short. Answers come in order. */
  ask<L extends Lane>(lane: L, request: RequestOf<L>, hearer: Hearer<L>): void {
    const id = ++this.#id;
    const asked = this.#asked.get(lane) ?? [];
    const waited = asked.length > 0;
    const message = { lane, id, request } as ToWorker;
    asked.push({ id, hearer: hearer as unknown as Hearer<Lane>, message });
    this.#asked.set(lane, asked);
    this.#worker.postMessage(message);
    if (waited && this.#watch === undefined) this.#listenOn();
  }

  /** Nothing more is wanted of it. */
  end(): void {
    clearTimeout(this.#watch);
    this.#asked.clear();
    this.#worker.terminate();
  }

  /** While something newer waits in a lane, the worker has to say something from time to time. */
  #listenOn(): void {
    clearTimeout(this.#watch);
    const waits = [...this.#asked.values()].some((asked) => asked.length > 1);
    this.#watch = waits && this.#ready ? setTimeout(() => this.#restart(), PATIENCE) : undefined;
  }

  /** Another worker for the newest request of each lane; the older ones are given up. */
  #restart(): void {
    this.#watch = undefined;
    this.#worker.terminate();
    this.#ready = false;
    this.#worker = this.#start();
    for (const message of this.#first()) this.#worker.postMessage(message);
    for (const asked of this.#asked.values()) {
      const latest = asked.at(-1);
      asked.splice(0, asked.length - 1);
      if (latest) this.#worker.postMessage(latest.message);
    }
  }

  #hear(message: Exclude<FromWorker, { kind: 'ready' | 'refused' }>): void {
    const asked = this.#asked.get(message.lane) ?? [];
    const at = asked.findIndex(({ id }) => id === message.id);
    const hearer = asked[at]?.hearer;
    if (!hearer) return;
    if (message.kind === 'part') {
      if (at === asked.length - 1) hearer.part?.(message.share);
      return;
    }
    asked.splice(0, at + 1); /* those before it were given up */
    if (message.kind === 'failed') hearer.failed?.(message.message);
    else hearer.answer(message.answer);
  }
}
