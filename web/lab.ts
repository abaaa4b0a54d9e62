/** The lab's page: state -> worker -> elements. */

import './elements/rnn-arithmetic.ts';
import './elements/rnn-backward.ts';
import './elements/rnn-curves.ts';
import './elements/rnn-data.ts';
import './elements/rnn-many.ts';
import './elements/rnn-network.ts';
import './elements/rnn-sequence.ts';
import './elements/rnn-symbol.ts';
import './elements/rnn-training.ts';
import { Beside } from './lab/beside.ts';
import { Bring } from './lab/bring.ts';
import { Controls } from './lab/controls.ts';
import { Data } from './lab/data.ts';
import { byId, setNotice } from './lab/dom.ts';
import { Held } from './lab/held.ts';
import { Looking } from './lab/looking.ts';
import { Many } from './lab/many.ts';
import { offerPictures } from './lab/pictures.ts';
import { Predict } from './lab/predict.ts';
import { Running } from './lab/running.ts';
import { Slowly } from './lab/slowly.ts';
import { TakeAway } from './lab/take.ts';
import { Terms } from './lab/terms.ts';
import { LAB } from './state/lab.ts';
import { Store } from './state/store.ts';
import { Client } from './worker/client.ts';

const store = new Store(LAB);
const client = new Client(
  (reason) => {
  setNotice('refused', `The network cannot run here: ${reason}.`);
  byId('training').stopped = true;
  byId('figure').disabled = true;
  },
  { first: () => bring.messages() },
);
const held = new Held();
const data = new Data(store, client);
const bring = new Bring(store, client, data);
const controls = new Controls(store, data);
const running = new Running(store, client, data, held);
const looking = new Looking(store, client, data, held, running);
const beside = new Beside(store, client, data, running, looking);
const predict = new Predict(store, client, running);
const many = new Many(store, client, data, held, bring);
new Slowly(store, looking);
new Terms();
new TakeAway(store, client, running, looking);
offerPictures(store);

bring.listen(() => {
  data.start();
  running.start();
  looking.again();
  predict.again();
});
controls.show();
bring.start();
data.start();
running.start();
looking.start();
predict.start();
beside.start();
many.start();
