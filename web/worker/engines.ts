/**
 * Engines and the lines to them. An engine runs in a worker; on the page, in slices, where no worker begins, none
 * arrives, or none can load its module.
 */

import { END, type FromWorker, PING, type ToWorker } from './protocol.ts';

/** What a client is told. */
export interface Ears {
  hear: (message: FromWorker) => void;
  /** Another engine has come in place of the one before: it knows nothing yet. */
  renewed: () => void;
}

export interface Line {
  post(message: ToWorker): void;
  /** An engine that lives answers between two slices of its work. */
  ping(): void;
  /**
   * Whether a silent engine still works: a worker holds a lock meanwhile, and the browser frees the locks of one that
   * is gone. Undefined: not known.
   */
  works(): Promise<boolean | undefined>;
  /** The engine cannot hear: another one in its place. On the page nothing can be ended: it will be heard. */
  restart(): void;
  /** No worker came: the engine runs on the page instead. */
  move(): void;
  /** Nothing more is wanted. */
  end(): void;
}

export type Connect = (ears: Ears) => Line;

/** The engine's modules: the bytes of the network; of what reads and writes files the bytes, or the address. */
export interface Modules {
  network: Uint8Array;
  files: Uint8Array | string;
}

/** What an engine is told before and between its lines: its modules, the lock to hold while it works, another line. */
export interface Opening {
  modules?: Modules;
  lock?: string;
  port?: MessagePort;
}

export type Receive = (opening: Opening) => void;

/** Where engines come from. */
export interface Source {
  /** @throws Error where the page allows no worker. */
  worker: () => Worker;
  /** The engine that runs on the page; rejected with the reason where it cannot be had. */
  page: () => Receive | Promise<Receive>;
  /** The modules, for engines that do not fetch theirs. */
  modules?: () => Modules;
}

const transferOf = ({ port }: Opening): Transferable[] => (port ? [port] : []);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The engines of a page. */
export class Engines {
  readonly source: Source;
  readonly #most: number;
  readonly #all = new Set<Engine>();
  #onPage = false;

  /** `most`: as many workers share the lines of `shared`. */
  constructor(source: Source, most = 1) {
    this.source = source;
    this.#most = most;
  }

  get onPage(): boolean {
    return this.#onPage;
  }

  /** A line to an engine of its own. */
  readonly own: Connect = (ears) => new Engine(this).open(ears);

  /** A line to the engine with the fewest lines; to a new one while there is room for more. */
  readonly shared: Connect = (ears) => {
    const most = this.#onPage ? 1 : this.#most;
    const [least] = [...this.#all].sort((a, b) => a.load - b.load);
    const engine = least && (least.load === 0 || this.#all.size >= most) ? least : new Engine(this);
    this.#all.add(engine);
    return engine.open(ears);
  };

  /** From now on engines begin on the page. */
  stay(): void {
    this.#onPage = true;
  }
}

/** One engine and who speaks with it. */
class Engine {
  readonly #engines: Engines;
  readonly #lines = new Set<Wire>();
  #receive: Receive | undefined;
  #worker: Worker | undefined;
  /** The lock that the worker holds while it works. */
  #lock = '';
  /** The worker has said something: its script runs. */
  #heard = false;

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  get load(): number {
    return this.#lines.size;
  }

  open(ears: Ears): Wire {
    const wire = new Wire(this, ears);
    this.#lines.add(wire);
    this.#connect(wire);
    return wire;
  }

  close(wire: Wire): void {
    this.#lines.delete(wire);
    if (this.#lines.size === 0) this.#end();
  }

  restart(): void {
    if (this.#worker) this.#renew();
  }

  move(): void {
    if (!this.#worker) return;
    this.#engines.stay();
    this.#renew();
  }

  async works(): Promise<boolean | undefined> {
    if (!this.#worker) return true;
    try {
      return await navigator.locks.request(this.#lock, { ifAvailable: true }, (lock) => lock === null);
    } catch {
      return undefined;
    }
  }

  /**
   * What comes from the engine. A worker that cannot load its module may be under a policy of its own: the page tries
   * for itself.
   */
  hear(message: FromWorker, ears: Ears): void {
    this.#heard = true;
    if (message.kind === 'refused' && this.#worker) this.move();
    else ears.hear(message);
  }

  #renew(): void {
    this.#end();
    for (const wire of this.#lines) {
      this.#connect(wire);
      wire.ears.renewed();
    }
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#receive = undefined;
  }

  #connect(wire: Wire): void {
    this.#receive ??= this.#start();
    const { port1, port2 } = new MessageChannel();
    wire.take(port1);
    this.#receive({ port: port2 });
  }

  #start(): Receive {
    const receive = this.#startWorker() ?? this.#startOnPage();
    const modules = this.#engines.source.modules?.();
    if (modules) receive({ modules });
    return receive;
  }

  #startWorker(): Receive | undefined {
    if (this.#engines.onPage) return undefined;
    this.#heard = false;
    try {
      const worker = this.#engines.source.worker();
      /* one whose script runs outlives its errors */
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        if (worker === this.#worker && !this.#heard) this.move();
      });
      this.#worker = worker;
      const receive: Receive = (opening) => worker.postMessage(opening, transferOf(opening));
      this.#lock = ['unrolled-engine', Math.random(), performance.now()].join('-');
      receive({ lock: this.#lock });
      return receive;
    } catch {
      this.#engines.stay();
      return undefined;
    }
  }

  #startOnPage(): Receive {
    const page = this.#engines.source.page();
    if (typeof page === 'function') return page;
    return (opening) => {
      page.then(
        (receive) => receive(opening),
        (error: unknown) => {
          for (const { ears } of this.#lines) ears.hear({ kind: 'refused', message: reasonOf(error) });
        },
      );
    };
  }
}

/** One client's line. */
class Wire implements Line {
  readonly ears: Ears;
  readonly #engine: Engine;
  #port: MessagePort | undefined;

  constructor(engine: Engine, ears: Ears) {
    this.#engine = engine;
    this.ears = ears;
  }

  take(port: MessagePort): void {
    this.#port?.close();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#engine.hear(data, this.ears);
  }

  post(message: ToWorker): void {
    this.#port?.postMessage(message);
  }

  ping(): void {
    this.#port?.postMessage(PING);
  }

  works(): Promise<boolean | undefined> {
    return this.#engine.works();
  }

  restart(): void {
    this.#engine.restart();
  }

  move(): void {
    this.#engine.move();
  }

  end(): void {
    this.#port?.postMessage(END);
    this.#port?.close();
    this.#engine.close(this);
  }
}
