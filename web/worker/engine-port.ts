/** Receives what an engine is sent before any connection, and each connection that is opened to it. */

import type { Modules, StartMessage, Receive } from './engines.ts';
import { serve } from './dispatcher.ts';
import { holdWhileWorking } from './lock.ts';
import type { Requests } from './requests.ts';

/** `begin` gets the modules, if the engine does not fetch them itself. */
export function receiver(answering: Promise<Requests>, begin: (modules: Modules) => void = () => undefined): Receive {
  answering.catch(() => undefined); /* every connection reports the failure */
  return ({ modules, lock, port }: StartMessage): void => {
    if (modules) begin(modules);
    if (lock) holdWhileWorking(lock);
    if (!port) return;
    serve(port, answering);
    port.start();
  };
}
