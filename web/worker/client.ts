/**
 * The page's end of the connection to an engine: sends requests, passes on the answers in order, and notices an engine
 * that does not start or has died.
 */

import { engineLate, engineStopped } from '../shared/shared-sentences.ts';
import type { Connect, Connection } from './engines.ts';
import type { AnswerOf, Failure, FromWorker, Lane, RequestOf, ToWorker } from './protocol.ts';

interface AnswerCallbacks<L extends Lane> {
  answer: (answer: AnswerOf<L>) => void;
  part?: (share: number) => void;
  failed?: (failure: Failure) => void;
}

interface PendingRequest {
  id: number;
  callbacks: AnswerCallbacks<Lane>;
  message: ToWorker;
}

/**
 * In milliseconds. A worker that is silent for this long while a newer request waits is inside one long update and
 * cannot receive messages.
 */
const PATIENCE = 1000;

/**
 * In milliseconds, the interval at which the engine is asked for a sign of life. Durations are counted in these beats,
 * because none happen in a background tab or a laptop that sleeps.
 */
const BEAT = 2000;
/** After this many beats without an engine a message says so, and later the engine is started on the page instead. */
const LATE = 5;
const MOVE = 15;
/** An engine is taken for dead if it was silent and did not work for this many beats in a row. */
const GONE = 2;
/**
 * The same for an engine that may be working (SILENT) or that is known to work (STUCK): an update of the largest
 * networks takes minutes. The number of beats doubles after each death.
 */
const SILENT = 15;
const STUCK = 90;
/** A request that an engine has not survived this many times is given up. */
const MOST_DEATHS = 3;

/**
 * Why a client has no answers: `refused` is permanent, `late` may pass, and `none` means that there is no trouble any
 * more.
 */
export interface Trouble {
  kind: 'refused' | 'late' | 'none';
  message: string;
}

export interface ClientOptions {
  connect: Connect;
  /** Messages that a restarted engine gets first. */
  first?: () => readonly ToWorker[];
  /** Called with true when something is requested, and with false when everything has been answered. */
  busy?: (busy: boolean) => void;
}

export class Client {
  readonly #connection: Connection;
  readonly #tell: (trouble: Trouble) => void;
  readonly #first: () => readonly ToWorker[];
  readonly #busy: (busy: boolean) => void;
  /** Requests that wait for an answer, by run and lane, oldest first. */
  readonly #asked = new Map<string, PendingRequest[]>();
  #id = 0;
  #ready = false;
  #refused = false;
  #ended = false;
  #rest: (() => void)[] = [];
  #watch: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setTimeout> | undefined;
  #beatAt = 0;
  /** Beats since the last sign of life; beats since the engine started; beats in a row in which it was found idle. */
  #silent = 0;
  #beats = 0;
  #idle = 0;
  /** True if the engine has sent anything. */
  #hasAnswered = false;
  /** True if the engine holds a lock while it works. */
  #locks = false;
  #deaths = 0;
  #told: Trouble['kind'] = 'none';

  /** `tell` is called if there is no engine, if it is late, and when it has started. */
  constructor(tell: (trouble: Trouble) => void, { connect, first = () => [], busy = () => undefined }: ClientOptions) {
    this.#tell = tell;
    this.#first = first;
    this.#busy = busy;
    this.#connection = connect({ message: (message) => this.#take(message), renewed: () => this.#again() });
    this.#listen();
  }

  #take(message: FromWorker): void {
    this.#silent = 0;
    this.#idle = 0;
    this.#hasAnswered = true;
    if (message.kind === 'pong') this.#locks = message.locks;
    else if (message.kind === 'refused') this.#trouble('refused', message.message);
    else if (message.kind === 'ready') {
      this.#ready = true;
      this.#trouble('none');
    } else this.#deliver(message);
    this.#listenOn();
  }

  #trouble(kind: Trouble['kind'], message = ''): void {
    this.#refused = kind === 'refused';
    if (kind === 'none' && this.#told === 'none') return;
    this.#told = kind;
    this.#tell({ kind, message });
  }

  /**
   * Sends a request; the answers come in order. The newest request of a lane wins: the worker gives up an older one
   * that takes long, and answers both if the older one is short. `run`: the name of the run that the lane belongs to.
   */
  ask<L extends Lane>(lane: L, request: RequestOf<L>, callbacks: AnswerCallbacks<L>, run = ''): void {
    if (this.#ended) return;
    const id = ++this.#id;
    const asked = this.#asked.get(`${lane} ${run}`) ?? [];
    const waited = asked.length > 0;
    const message = { lane, run, id, request } as ToWorker;
    asked.push({ id, callbacks: callbacks as unknown as AnswerCallbacks<Lane>, message });
    this.#asked.set(`${lane} ${run}`, asked);
    this.#busy(true);
    this.#connection.post(message);
    if (waited && this.#watch === undefined) this.#listenOn();
    this.#listen();
  }

  /** True if a request of this lane waits for its answer. */
  asks(lane: Lane, run = ''): boolean {
    return (this.#asked.get(`${lane} ${run}`)?.length ?? 0) > 0;
  }

  /** True if any request waits for its answer. */
  get busy(): boolean {
    return [...this.#asked.values()].some((asked) => asked.length > 0);
  }

  /** Resolves when all requests have been answered. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.#rest.push(resolve)) : Promise.resolve();
  }

  #rested(): void {
    if (this.busy) return;
    this.#busy(false);
    this.#deaths = 0;
    for (const listener of this.#rest.splice(0)) listener();
  }

  /** Ends the connection; requests under way get no answer. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#watch);
    clearTimeout(this.#beat);
    this.#asked.clear();
    this.#rested();
    this.#connection.end();
  }

  /** While a newer request waits in a lane, the worker has to send messages; a silent one is restarted. */
  #listenOn(): void {
    clearTimeout(this.#watch);
    if (this.#ended) return;
    const waits = [...this.#asked.values()].some((asked) => asked.length > 1);
    this.#watch = waits && this.#ready ? setTimeout(() => this.#connection.restart(), PATIENCE) : undefined;
  }

  /** Sends the newest request of each lane to the restarted engine. Older ones are given up. */
  #again(): void {
    if (this.#ended) return;
    clearTimeout(this.#watch);
    this.#watch = undefined;
    this.#ready = false;
    this.#refused = false;
    this.#hasAnswered = false;
    this.#locks = false;
    this.#silent = 0;
    this.#beats = 0;
    this.#idle = 0;
    for (const message of this.#first()) this.#connection.post(message);
    for (const asked of this.#asked.values()) {
      const latest = asked.at(-1);
      asked.splice(0, asked.length - 1);
      if (latest) this.#connection.post(latest.message);
    }
    this.#listen();
  }

  // ------------------------------------------------------------------------------------------------- does it live?

  /** Begin to ask whether the engine responds; while nothing is wanted of it, nobody asks. */
  #listen(): void {
    if (this.#beat !== undefined || this.#ended || this.#refused) return;
    this.#silent = 0;
    this.#beats = 0;
    this.#idle = 0;
    this.#next();
  }

  #next(): void {
    this.#connection.ping();
    this.#beatAt = performance.now();
    this.#beat = setTimeout(() => void this.#check(), BEAT);
  }

  async #check(): Promise<void> {
    const asleep = performance.now() - this.#beatAt > 2 * BEAT || globalThis.document?.hidden;
    if (!asleep) {
      this.#silent += 1;
      this.#beats += 1;
      if (!this.#ready) this.#await();
      else if (this.busy) await this.#examine();
    }
    this.#beat = undefined;
    if (this.#ended || this.#refused || (this.#ready && !this.busy)) return;
    this.#next();
  }

  /** It has not come yet: its script, or its module. */
  #await(): void {
    if (this.#beats === LATE) this.#trouble('late', engineLate());
    if (this.#beats === MOVE && !this.#hasAnswered) this.#connection.move();
  }

  /** It was there, and is silent. */
  async #examine(): Promise<void> {
    const works = this.#locks ? await this.#connection.works() : undefined;
    this.#idle = works === false ? this.#idle + 1 : 0;
    const patience = (works ? STUCK : SILENT) * 2 ** this.#deaths;
    if (this.#silent === 0 || (this.#idle < GONE && this.#silent < patience)) return;
    this.#deaths += 1;
    if (this.#deaths >= MOST_DEATHS) this.#fail(engineStopped());
    this.#connection.restart();
  }

  /** Nobody waits any longer for what the engine does not survive. */
  #fail(message: string): void {
    const all = [...this.#asked.values()].flatMap((asked) => asked.splice(0).slice(-1));
    for (const { callbacks } of all) callbacks.failed?.({ code: 'STOPPED', operation: '', message });
    this.#rested();
  }

  #deliver(message: Exclude<FromWorker, { kind: 'pong' | 'ready' | 'refused' }>): void {
    const asked = this.#asked.get(`${message.lane} ${message.run}`) ?? [];
    const at = asked.findIndex(({ id }) => id === message.id);
    const callbacks = asked[at]?.callbacks;
    if (!callbacks) return;
    if (message.kind === 'part') {
      if (at === asked.length - 1) callbacks.part?.(message.share);
      return;
    }
    asked.splice(0, at + 1); /* those before it were given up */
    if (message.kind === 'failed') callbacks.failed?.(message.failure);
    else callbacks.answer(message.answer);
    this.#rested();
  }
}
