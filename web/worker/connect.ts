/** Lines to an engine: one that a client has for itself, and what any other kind has to be. */

import { type FromWorker, LEAN, type ToWorker } from './protocol.ts';

/** What a client is told. */
export interface Ears {
  hear: (message: FromWorker) => void;
  /** Another engine has come in place of the one before: it knows nothing yet. */
  renewed: () => void;
}

export interface Line {
  post(message: ToWorker): void;
  /** The engine cannot hear: another one in its place. */
  restart(): void;
  /** Nothing more is wanted. */
  end(): void;
}

export type Connect = (ears: Ears) => Line;

/** A worker of its own. `lean`: the notebook's part of the engine is enough. */
export const ownWorker =
  ({ lean = false } = {}): Connect =>
  ({ hear, renewed }) => {
    const start = (): Worker => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: lean ? LEAN : '' });
      worker.addEventListener('message', (event: MessageEvent<FromWorker>) => hear(event.data));
      worker.addEventListener('error', (event) => hear({ kind: 'refused', message: event.message || 'the worker did not start' }));
      return worker;
    };
    let worker = start();
    return {
      post: (message) => worker.postMessage(message),
      restart: () => {
        worker.terminate();
        worker = start();
        renewed();
      },
      end: () => worker.terminate(),
    };
  };
