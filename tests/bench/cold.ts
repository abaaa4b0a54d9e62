// A page that does nothing but train: how long from its load to the end of the first epoch? ?tfjs-wasm trains the peer.
export interface Cold {
  /** From the beginning of the page's load; from having the engine's bytes. */
  page: number;
  bytes?: number;
}

const worker = new Worker(`cold.worker.js${location.search}`, { type: 'module' });
worker.onmessage = ({ data: bytes }) => {
  (globalThis as unknown as { cold: Cold }).cold = { page: performance.now(), bytes };
};
