/** The notebook's page keeps its state in the address. */

import { drawAll } from '../app/draw-all.ts';
import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { mount } from '../app/mount.ts';
import * as notebook from '../app/notebook-features.ts';
import * as pictures from '../app/pictures.ts';
import { removeNotRunning } from '../app/not-running.ts';
import { translate } from '../shared/translate.ts';
import { printable } from '../shared/printing.ts';
import { keysOf } from '../state/fields.ts';
import { linkTo, locatedStore } from '../state/location.ts';
import { NOTEBOOK } from '../state/pages.ts';
import { ownWorker } from '../worker/own-worker.ts';

if (!leaveForLanguage(keysOf(NOTEBOOK))) {
  const store = locatedStore(NOTEBOOK);
  const link = (): string => linkTo(store);
  followLanguage(link);
  const mounted = mount(document.body, store, {
    link,
    connect: ownWorker(),
    pictures,
    notebook,
    unavailable: translate('You can still read the text and the code below.'),
  });
  printable({ host: document.body, root: document, draw: () => drawAll(mounted) });
  removeNotRunning();
}
