/** The lab's page: the whole lab, its state in the address. */

import { followLanguage, leaveForLanguage } from './language.ts';
import { Places } from './lab/dom.ts';
import { wireLab } from './lab/wire.ts';
import { itRuns } from './not-running.ts';
import { keysOf } from './state/fields.ts';
import { LAB } from './state/lab.ts';
import { linkTo, locatedStore } from './state/location.ts';
import { ownWorker } from './worker/connect.ts';

if (!leaveForLanguage(keysOf(LAB))) {
  const store = locatedStore(LAB);
  const link = (): string => linkTo(store);
  followLanguage(link);
  wireLab(new Places(document.body), store, { link, connect: ownWorker() });
  itRuns();
}
