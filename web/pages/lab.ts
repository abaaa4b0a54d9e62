/** The lab's page keeps its state in the address. */

import { drawAll } from '../app/draw-all.ts';
import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { mount } from '../app/mount.ts';
import { removeNotRunning } from '../app/not-running.ts';
import * as lab from '../app/lab-features.ts';
import * as pictures from '../app/pictures.ts';
import { HEADING_KEY, soughtHeading } from '../app/sought-heading.ts';
import { printable } from '../shared/printing.ts';
import { keysOf } from '../state/fields.ts';
import { linkTo, locatedStore } from '../state/location.ts';
import { LAB } from '../state/pages.ts';
import { ownWorker } from '../worker/own-worker.ts';

const keys = [...keysOf(LAB), HEADING_KEY];
if (!leaveForLanguage(keys)) {
  const goToHeading = soughtHeading(keys);
  const store = locatedStore(LAB);
  const link = (): string => linkTo(store);
  followLanguage(link);
  const mounted = mount(document.body, store, { link, connect: ownWorker(), pictures, lab });
  printable({ host: document.body, root: document, draw: () => drawAll(mounted) });
  removeNotRunning();
  goToHeading(document, (notice) => store.change({}, { notices: [...store.notices, notice] }));
}
