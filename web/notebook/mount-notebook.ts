/** The notebook, wired: store, worker and places to its parts. */

import '../controls/rnn-cell.ts';
import '../figures/compare/element.ts';
import '../figures/curves/element.ts';
import '../figures/network/element.ts';
import '../figures/scatter/element.ts';
import '../controls/rnn-training.ts';
import { Outdated } from '../app/outdated.ts';
import { reserveHeight } from '../shared/reserve-height.ts';
import { scrollOverFields } from '../app/scrolling.ts';
import { Client, type ClientOptions, type Trouble } from '../worker/client.ts';
import { cannotRun } from '../shared/shared-sentences.ts';
import { wireOpenTables } from '../app/open-tables.ts';
import { Controls } from './notebook-controls.ts';
import type { NotebookOutdated, NotebookStore, PageParts } from './notebook-parts.ts';
import { NetworkFigure } from './network.ts';
import { Notebook } from './notebook-cells.ts';
import { offerPictures } from './notebook-pictures.ts';
import { SlowTraining } from './slow-training.ts';
import { translate } from '../shared/translate.ts';

export interface NotebookOptions {
  /** The address of what is shown, for those who take it away. */
  link: () => string;
  connect: ClientOptions['connect'];
  /** "Save picture" under each figure; default: yes. */
  pictures?: boolean;
}

export interface NotebookWired {
  client: Client;
  /** Nothing plays on. */
  pause: () => void;
  /** Nothing more is wanted: its engine is let go. */
  end: () => void;
}

export function mountNotebook(
  places: PageParts,
  store: NotebookStore,
  { link, connect, pictures = true }: NotebookOptions,
): NotebookWired {
  const tell = ({ kind, message }: Trouble): void => {
    const refused = kind === 'refused';
    places.setNotice(
      'refused',
      refused ? translate(`${cannotRun(message)} You can still read the text and the code below.`) : message,
    );
    places.byId('training').stopped = refused;
    places.byId('figure').disabled = refused;
    for (const button of places.all<HTMLButtonElement | HTMLInputElement>(
      '#run-all, .cell-run, [data-flag], [data-network]',
    ))
      button.disabled = refused;
  };
  scrollOverFields(places.root);
  reserveHeight(places.root);
  const client = new Client(tell, { connect, busy: (busy) => places.root.toggleAttribute('data-busy', busy) });
  const outdated: NotebookOutdated = new Outdated(places, store);
  const notebook = new Notebook(places, store, client, outdated);
  const controls = new Controls(places, store, notebook);
  const slow = new SlowTraining(places, store, client, outdated);
  const network = new NetworkFigure(places, store, client, outdated);
  wireOpenTables(places, store);

  controls.show();
  notebook.start();
  slow.start();
  network.start();
  if (pictures) offerPictures(places, store, link);
  const pause = (): void => slow.pause();
  const end = (): void => {
    pause();
    client.end();
  };
  return { client, pause, end };
}
