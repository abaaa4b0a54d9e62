/** An engine's door: what it is told before its lines, and each line that is opened to it. */

import type { Opening, Receive } from './engines.ts';
import { type Answering, serve } from './serve.ts';
import { holdWhileWorking } from './lock.ts';

/** `begin` hears the module, where it does not fetch it itself. */
export function receiver(answering: Promise<Answering>, begin: (bytes: Uint8Array) => void = () => undefined): Receive {
  answering.catch(() => undefined); /* each line tells it */
  return ({ bytes, lock, port }: Opening): void => {
    if (bytes) begin(bytes);
    if (lock) holdWhileWorking(lock);
    if (!port) return;
    serve(port, answering);
    port.start();
  };
}
