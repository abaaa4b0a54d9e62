/**
 * What the parts of a page share: its elements, its state, its connection to the engine, and the marks of earlier
 * settings.
 */

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
