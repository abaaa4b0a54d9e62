/** The lab's page: the whole lab, its state in the address. */

import { Places } from './lab/dom.ts';
import { wireLab } from './lab/wire.ts';
import { LAB } from './state/lab.ts';
import { linkTo, locatedStore } from './state/location.ts';
import { ownWorker } from './worker/connect.ts';

const store = locatedStore(LAB);
wireLab(new Places(document.body), store, { link: () => linkTo(store), connect: ownWorker() });
