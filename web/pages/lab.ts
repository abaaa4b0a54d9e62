/** The lab's page: the whole lab, its state in the address. */

import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { PageParts } from '../app/lab-parts.ts';
import { mountLab } from '../app/mount-lab.ts';
import { itRuns } from '../app/not-running.ts';
import { keysOf } from '../state/fields.ts';
import { LAB } from '../state/lab-state.ts';
import { linkTo, locatedStore } from '../state/location.ts';
import { ownWorker } from '../worker/own-worker.ts';

if (!leaveForLanguage(keysOf(LAB))) {
  const store = locatedStore(LAB);
  const link = (): string => linkTo(store);
  followLanguage(link);
  mountLab(new PageParts(document.body), store, { link, connect: ownWorker() });
  itRuns();
}
