/** The worker of a page: lines to an engine of its own. */

import { loadEngine } from './load-engine.ts';
import { receiver } from './engine-port.ts';

const receive = receiver(loadEngine());
self.addEventListener('message', ({ data }) => receive(data));
