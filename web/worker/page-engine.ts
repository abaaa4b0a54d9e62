/** The same engine on the page itself, in slices, where no worker begins: one of each kind for all its lines. */

import type { Receive } from './engines.ts';
import { loadEngine } from './load-engine.ts';
import { receiver } from './engine-port.ts';

const receivers = new Map<boolean, Receive>();

export function engineOnPage(lean: boolean): Receive {
  const known = receivers.get(lean);
  if (known) return known;
  const answering = loadEngine(lean);
  answering.catch(() => receivers.delete(lean)); /* the next one asks the network again */
  const receive = receiver(answering);
  receivers.set(lean, receive);
  return receive;
}
