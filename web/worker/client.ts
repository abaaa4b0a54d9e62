/** The page's end of the worker: ask in a lane, hear its answers in order. */

import type { Connect, Line } from './connect.ts';
import type { AnswerOf, FromWorker, Lane, RequestOf, ToWorker } from './protocol.ts';

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

export interface ClientOptions {
  connect: Connect;
  /** What an engine that begins anew has to know. */
  first?: () => readonly ToWorker[];
  /** Hears when something is asked for, and when all has been answered. */
  busy?: (busy: boolean) => void;
}

export class Client {
  readonly #line: Line;
  readonly #refused: (message: string) => void;
  readonly #first: () => readonly ToWorker[];
  readonly #busy: (busy: boolean) => void;
  /** Who waits for an answer, by lane, oldest first. */
  readonly #asked = new Map<Lane, Asked[]>();
  #id = 0;
  #ready = false;
  #ended = false;
  #rest: (() => void)[] = [];
  #watch: ReturnType<typeof setTimeout> | undefined;

  /** `refused` hears why there is no engine. */
  constructor(refused: (message: string) => void, { connect, first = () => [], busy = () => undefined }: ClientOptions) {
    this.#refused = refused;
    this.#first = first;
    this.#busy = busy;
    this.#line = connect({ hear: (message) => this.#take(message), renewed: () => this.#again() });
  }

  #take(message: FromWorker): void {
    if (message.kind === 'refused') this.#refused(message.message);
    else if (message.kind === 'ready') this.#ready = true;
    else this.#hear(message);
    this.#listenOn();
  }

  /** A newer request wins: the worker gives up the older one if that is long, and answers both if it is short. Answers come in order. */
  ask<L extends Lane>(lane: L, request: RequestOf<L>, hearer: Hearer<L>): void {
    if (this.#ended) return;
    const id = ++this.#id;
    const asked = this.#asked.get(lane) ?? [];
    const waited = asked.length > 0;
    const message = { lane, id, request } as ToWorker;
    asked.push({ id, hearer: hearer as unknown as Hearer<Lane>, message });
    this.#asked.set(lane, asked);
    this.#busy(true);
    this.#line.post(message);
    if (waited && this.#watch === undefined) this.#listenOn();
  }

  /** Is an answer under way? */
  get busy(): boolean {
    return [...this.#asked.values()].some((asked) => asked.length > 0);
  }

  /** Resolves once nothing is under way. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.#rest.push(resolve)) : Promise.resolve();
  }

  #rested(): void {
    if (this.busy) return;
    this.#busy(false);
    for (const hear of this.#rest.splice(0)) hear();
  }

  /** Nothing more is wanted of it. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#watch);
    this.#asked.clear();
    this.#rested();
    this.#line.end();
  }

  /** While something newer waits in a lane, the worker has to say something from time to time. */
  #listenOn(): void {
    clearTimeout(this.#watch);
    if (this.#ended) return;
    const waits = [...this.#asked.values()].some((asked) => asked.length > 1);
    this.#watch = waits && this.#ready ? setTimeout(() => this.#line.restart(), PATIENCE) : undefined;
  }

  /** Another engine gets the newest request of each lane; the older ones are given up. */
  #again(): void {
    if (this.#ended) return;
    clearTimeout(this.#watch);
    this.#watch = undefined;
    this.#ready = false;
    for (const message of this.#first()) this.#line.post(message);
    for (const asked of this.#asked.values()) {
      const latest = asked.at(-1);
      asked.splice(0, asked.length - 1);
      if (latest) this.#line.post(latest.message);
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
    this.#rested();
  }
}
