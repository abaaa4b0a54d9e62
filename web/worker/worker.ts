/** The worker of a page: serves connections to its own engine. */

import { loadEngine } from './load-engine.ts';
import { receiver } from './engine-port.ts';

const receive = receiver(loadEngine());
self.addEventListener('message', ({ data }) => receive(data));
