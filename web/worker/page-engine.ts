/** The same engine on the page itself, in slices, where no worker begins: one for all its lines. */

import type { Receive } from './engines.ts';
import { loadEngine } from './load-engine.ts';
import { receiver } from './engine-port.ts';

let receive: Receive | undefined;

export function engineOnPage(): Receive {
  if (receive) return receive;
  const answering = loadEngine();
  answering.catch(() => {
    receive = undefined; /* the next one asks the network again */
  });
  receive = receiver(answering);
  return receive;
}
