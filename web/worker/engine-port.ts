/** An engine's door: what it is told before its lines, and each line that is opened to it. */

import type { Modules, Opening, Receive } from './engines.ts';
import { serve } from './dispatcher.ts';
import { holdWhileWorking } from './lock.ts';
import type { Requests } from './requests.ts';

/** `begin` hears the modules, where it does not fetch them itself. */
export function receiver(answering: Promise<Requests>, begin: (modules: Modules) => void = () => undefined): Receive {
  answering.catch(() => undefined); /* each line tells it */
  return ({ modules, lock, port }: Opening): void => {
    if (modules) begin(modules);
    if (lock) holdWhileWorking(lock);
    if (!port) return;
    serve(port, answering);
    port.start();
  };
}
