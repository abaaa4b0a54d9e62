/**
 * Engines and the connections to them. An engine runs in a worker; or on the page, in slices, if no worker can be
 * started, none responds, or none can load its module.
 */

import { END, type FromWorker, PING, type ToWorker } from './protocol.ts';

/** The callbacks of a client. */
export interface ConnectionCallbacks {
  message: (message: FromWorker) => void;
  /** A new engine has replaced the previous one, and knows nothing yet. */
  renewed: () => void;
}

export interface Connection {
  post(message: ToWorker): void;
  /** A living engine answers between two slices of its work. */
  ping(): void;
  /**
   * True if a silent engine still works: a worker holds a lock meanwhile, and browsers release the locks of a dead one.
   * Undefined if unknown.
   */
  works(): Promise<boolean | undefined>;
  /**
   * Replaces an engine that cannot receive messages. An engine on the page cannot be ended, and will receive them
   * later.
   */
  restart(): void;
  /** Starts the engine on the page instead, because no worker came. */
  move(): void;
  /** Ends the connection. */
  end(): void;
}

export type Connect = (callbacks: ConnectionCallbacks) => Connection;

/** The engine's modules: the bytes of the network, and the bytes or the addresses of those that are loaded later. */
export interface Modules {
  network: Uint8Array;
  files: Uint8Array | string;
  data: Uint8Array | string;
}

/**
 * What an engine is sent outside of connections: its modules, the name of the lock that it holds while it works, or a
 * new connection.
 */
export interface StartMessage {
  modules?: Modules;
  lock?: string;
  port?: MessagePort;
}

export type Receive = (opening: StartMessage) => void;

/** How engines are started. */
export interface Source {
  /** @throws Error if the page allows no worker. */
  worker: () => Worker;
  /** The engine that runs on the page; rejects with the reason if it cannot be loaded. */
  page: () => Receive | Promise<Receive>;
  /** The modules, for engines that do not fetch them. */
  modules?: () => Modules;
}

const transferOf = ({ port }: StartMessage): Transferable[] => (port ? [port] : []);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The engines of a page. */
export class Engines {
  readonly source: Source;
  readonly #most: number;
  readonly #all = new Set<Engine>();
  #onPage = false;

  /** `most`: the maximum number of workers among which `shared` distributes its connections. */
  constructor(source: Source, most = 1) {
    this.source = source;
    this.#most = most;
  }

  get onPage(): boolean {
    return this.#onPage;
  }

  /** Connects to a new engine. */
  readonly own: Connect = (callbacks) => new Engine(this).open(callbacks);

  /** Connects to the engine with the fewest connections, or to a new one while there are fewer than the maximum. */
  readonly shared: Connect = (callbacks) => {
    const most = this.#onPage ? 1 : this.#most;
    const [least] = [...this.#all].sort((a, b) => a.load - b.load);
    const engine = least && (least.load === 0 || this.#all.size >= most) ? least : new Engine(this);
    this.#all.add(engine);
    return engine.open(callbacks);
  };

  /** From now on engines are started on the page. */
  stay(): void {
    this.#onPage = true;
  }
}

/** One engine and its connections. */
class Engine {
  readonly #engines: Engines;
  readonly #connections = new Set<PortConnection>();
  #receive: Receive | undefined;
  #worker: Worker | undefined;
  /** The lock that the worker holds while it works. */
  #lock = '';
  /** True if the worker has sent anything, which means that its script runs. */
  #hasAnswered = false;

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  get load(): number {
    return this.#connections.size;
  }

  open(callbacks: ConnectionCallbacks): PortConnection {
    const connection = new PortConnection(this, callbacks);
    this.#connections.add(connection);
    this.#connect(connection);
    return connection;
  }

  close(connection: PortConnection): void {
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#end();
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
   * Passes on a message of the engine. If a worker cannot load its module, it may be under a policy of its own, so the
   * page tries to load it.
   */
  deliver(message: FromWorker, callbacks: ConnectionCallbacks): void {
    this.#hasAnswered = true;
    if (message.kind === 'refused' && this.#worker) this.move();
    else callbacks.message(message);
  }

  #renew(): void {
    this.#end();
    for (const connection of this.#connections) {
      this.#connect(connection);
      connection.callbacks.renewed();
    }
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#receive = undefined;
  }

  #connect(connection: PortConnection): void {
    this.#receive ??= this.#start();
    const { port1, port2 } = new MessageChannel();
    connection.take(port1);
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
    this.#hasAnswered = false;
    try {
      const worker = this.#engines.source.worker();
      /* a worker whose script has started survives its errors */
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        if (worker === this.#worker && !this.#hasAnswered) this.move();
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
          for (const { callbacks } of this.#connections)
            callbacks.message({ kind: 'refused', message: reasonOf(error) });
        },
      );
    };
  }
}

/** The connection of one client. */
class PortConnection implements Connection {
  readonly callbacks: ConnectionCallbacks;
  readonly #engine: Engine;
  #port: MessagePort | undefined;

  constructor(engine: Engine, callbacks: ConnectionCallbacks) {
    this.#engine = engine;
    this.callbacks = callbacks;
  }

  take(port: MessagePort): void {
    this.#port?.close();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#engine.deliver(data, this.callbacks);
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
