/** The notebook's page: its state in the address; the smaller engine is enough. */

import { Places } from './notebook/dom.ts';
import { wireNotebook } from './notebook/wire.ts';
import { linkTo, locatedStore } from './state/location.ts';
import { NOTEBOOK } from './state/notebook.ts';
import { ownWorker } from './worker/connect.ts';

const store = locatedStore(NOTEBOOK);
wireNotebook(new Places(document.body), store, { link: () => linkTo(store), connect: ownWorker({ lean: true }) });
