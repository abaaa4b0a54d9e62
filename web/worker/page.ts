/** The same engine on the page itself, in slices, where no worker begins: one for all its lines. */

import type { Receive } from './engines.ts';
import { fetched } from './fetched.ts';
import { receiver } from './receive.ts';

let receive: Receive | undefined;

export function engineOnPage(lean: boolean): Receive {
  if (receive) return receive;
  const answering = fetched(lean);
  answering.catch(() => {
    receive = undefined; /* the next one asks the network again */
  });
  receive = receiver(answering);
  return receive;
}
