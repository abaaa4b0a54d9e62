// A page that only trains, to measure the time from its load to the end of the first epoch. ?tfjs-wasm trains the peer.
export interface Cold {
  /** Since the beginning of the page's load, and since the engine's bytes arrived. */
  page: number;
  bytes?: number;
}

const worker = new Worker(`cold.worker.js${location.search}`, { type: 'module' });
worker.onmessage = ({ data: bytes }) => {
  (globalThis as unknown as { cold: Cold }).cold = { page: performance.now(), bytes };
};
