/** The notebook's page: its state in the address; the smaller engine is enough. */

import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { PageParts } from '../notebook/notebook-parts.ts';
import { mountNotebook } from '../notebook/mount-notebook.ts';
import { itRuns } from '../app/not-running.ts';
import { keysOf } from '../state/fields.ts';
import { linkTo, locatedStore } from '../state/location.ts';
import { NOTEBOOK } from '../state/notebook-state.ts';
import { ownWorker } from '../worker/own-worker.ts';

if (!leaveForLanguage(keysOf(NOTEBOOK))) {
  const store = locatedStore(NOTEBOOK);
  const link = (): string => linkTo(store);
  followLanguage(link);
  mountNotebook(new PageParts(document.body), store, { link, connect: ownWorker() });
  itRuns();
}
