/** Engines for all figures of a page: a few workers that figures share, or the page itself where workers are refused. */

import { inflateSync } from 'fflate';
import { engine, wasm } from 'virtual:engine';
import type { Connect, Ears } from '../worker/connect.ts';
import { END, type FromWorker, type ToWorker } from '../worker/protocol.ts';
import { trusted } from './trusted.ts';

const MOST = 4;

type Receive = (message: { bytes?: Uint8Array; port?: MessagePort }, transfer?: Transferable[]) => void;

let module: Uint8Array | undefined;
function bytes(): Uint8Array {
  module ??= inflateSync(Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0)));
  return module;
}

/** `refused` is called, perhaps at once, where no worker may begin. */
function startWorker(refused: () => void): { receive: Receive; end: () => void } | undefined {
  const url = URL.createObjectURL(new Blob([`const receive = (${engine})(); onmessage = ({ data }) => receive(data);`], { type: 'text/javascript' }));
  try {
    const worker = new Worker(trusted().createScriptURL(url), { name: 'unrolled' });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      refused();
    });
    return { receive: (message, transfer = []) => worker.postMessage(message, transfer), end: () => worker.terminate() };
  } catch {
    return undefined;
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

/** One engine and who speaks with it. */
class Engine {
  #lines = new Set<Wire>();
  #receive: Receive | undefined;
  #end: () => void = () => undefined;
  static onPage = false;

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
    if (this.#lines.size > 0) return;
    this.#end();
    this.#receive = undefined;
  }

  /** It cannot hear: another one, for all of them. On the page nothing can be ended: it will be heard. */
  restart(): void {
    if (Engine.onPage) return;
    this.#end();
    this.#receive = undefined;
    this.#renew();
  }

  #renew(): void {
    for (const wire of this.#lines) {
      this.#connect(wire);
      wire.ears.renewed();
    }
  }

  #connect(wire: Wire): void {
    this.#receive ??= this.#start();
    const { port1, port2 } = new MessageChannel();
    wire.take(port1);
    this.#receive({ port: port2 }, [port2]);
  }

  #start(): Receive {
    const worker = Engine.onPage ? undefined : startWorker(() => this.#refuse());
    if (!worker) Engine.onPage = true;
    const receive = worker?.receive ?? engine();
    this.#end = worker?.end ?? (() => undefined);
    receive({ bytes: bytes() });
    return receive;
  }

  /** The page's policy allows no worker. */
  #refuse(): void {
    if (Engine.onPage) return;
    Engine.onPage = true;
    for (const one of pool) one.#move();
  }

  #move(): void {
    this.#end();
    this.#receive = undefined;
    this.#renew();
  }
}

/** One figure's line. */
class Wire {
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
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.ears.hear(data);
  }

  post(message: ToWorker): void {
    this.#port?.postMessage(message);
  }

  restart(): void {
    this.#engine.restart();
  }

  end(): void {
    this.#port?.postMessage(END);
    this.#port?.close();
    this.#engine.close(this);
  }
}

const pool = new Set<Engine>();

/** The engine with the fewest figures; a new one while there is room for more. */
export const sharedEngine: Connect = (ears) => {
  const most = Engine.onPage ? 1 : Math.min(MOST, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
  const [least] = [...pool].sort((a, b) => a.load - b.load);
  const engine = least && (least.load === 0 || pool.size >= most) ? least : new Engine();
  pool.add(engine);
  return engine.open(ears);
};
