/** The same engine on the page itself, in slices, if no worker can be started. All connections share it. */

import type { Receive } from './engines.ts';
import { loadEngine } from './load-engine.ts';
import { receiver } from './engine-port.ts';

let receive: Receive | undefined;

export function engineOnPage(): Receive {
  if (receive) return receive;
  const answering = loadEngine();
  answering.catch(() => {
    receive = undefined; /* the next attempt fetches the script again */
  });
  receive = receiver(answering);
  return receive;
}
