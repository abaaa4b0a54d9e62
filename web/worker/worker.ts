/** The worker of a page: lines to an engine of its own. */

import { fetched } from './fetched.ts';
import { LEAN } from './protocol.ts';
import { receiver } from './receive.ts';

const receive = receiver(fetched(self.name === LEAN));
self.addEventListener('message', ({ data }) => receive(data));
