/** The notebook's page: state -> worker -> elements. */

import './elements/rnn-cell.ts';
import './elements/rnn-compare.ts';
import './elements/rnn-curves.ts';
import './elements/rnn-network.ts';
import './elements/rnn-scatter.ts';
import './elements/rnn-training.ts';
import { Controls } from './notebook/controls.ts';
import { byId, setNotice } from './notebook/dom.ts';
import { NetworkFigure } from './notebook/network.ts';
import { Notebook } from './notebook/notebook.ts';
import { offerPictures } from './notebook/pictures.ts';
import { SlowTraining } from './notebook/slow.ts';
import { NOTEBOOK } from './state/notebook.ts';
import { locatedStore } from './state/location.ts';
import { Client } from './worker/client.ts';

const store = locatedStore(NOTEBOOK);
const client = new Client((reason) => {
  setNotice('refused', `The network cannot run here: ${reason}. The text and the code below still read.`);
  byId('training').stopped = true;
  byId('figure').disabled = true;
  for (const button of document.querySelectorAll<HTMLButtonElement | HTMLInputElement>('#run-all, .cell-run, [data-flag], [data-network]')) button.disabled = true;
}, { lean: true });
const notebook = new Notebook(store, client);
const controls = new Controls(store, notebook);
const slow = new SlowTraining(store, client);
const network = new NetworkFigure(store, client);

controls.show();
notebook.start();
slow.start();
network.start();
offerPictures(store);
