/** What every part of a page has: its parts, its state, its line to the engine, and the marks of earlier settings. */

import type { Store } from '../state/store.ts';
import type { Client } from '../worker/client.ts';
import type { Outdated } from './outdated.ts';
import type { PageParts } from './page-parts.ts';

export interface Core {
  readonly parts: PageParts;
  readonly store: Store;
  readonly client: Client;
  readonly outdated: Outdated;
}
