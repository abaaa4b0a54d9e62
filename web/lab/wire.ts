/**
 * The lab, wired: store, worker and places to its parts. Parts that a view leaves out are wired, too, but not shown.
 */

import '../elements/rnn-arithmetic.ts';
import '../elements/rnn-backward.ts';
import '../elements/rnn-curves.ts';
import '../elements/rnn-data.ts';
import '../elements/rnn-many.ts';
import '../elements/rnn-network.ts';
import '../elements/rnn-sequence.ts';
import '../elements/rnn-symbol.ts';
import '../elements/rnn-training.ts';
import { Outdated } from '../outdated.ts';
import { reserveHeight } from '../reserve-height.ts';
import { scrollOverFields } from '../scrolling.ts';
import { configOf } from '../state/lab.ts';
import { Client, type ClientOptions, type Trouble } from '../worker/client.ts';
import { Pool } from '../worker/pool.ts';
import { cannotRun } from '../words.ts';
import { wireOpenTables } from '../open-tables.ts';
import { Beside } from './beside.ts';
import { Bring } from './bring.ts';
import { Controls } from './controls.ts';
import { Data } from './data.ts';
import type { LabOutdated, LabStore, Places } from './dom.ts';
import { Experiments } from './experiments.ts';
import { Held } from './held.ts';
import { Loading } from './loading.ts';
import { Looking } from './looking.ts';
import { Many } from './many.ts';
import { offerPictures } from './pictures.ts';
import { Predict } from './predict.ts';
import { Running } from './running.ts';
import { Slowly } from './slowly.ts';
import { TakeAway } from './take.ts';
import { Terms } from './terms.ts';

export interface Lab {
  client: Client;
  /** Nothing plays on. */
  pause: () => void;
  /** Nothing more is wanted: its engines are let go. */
  end: () => void;
  running: Running;
  loading: Loading;
  looking: Looking;
}

export interface LabOptions {
  /** The address of what is shown, for those who take it away. */
  link: () => string;
  connect: ClientOptions['connect'];
  /** "Save picture" under each figure; default: yes. */
  pictures?: boolean;
}

export function wireLab(places: Places, store: LabStore, { link, connect, pictures = true }: LabOptions): Lab {
  const tell = ({ kind, message }: Trouble): void => {
    const refused = kind === 'refused';
    places.setNotice('refused', refused ? cannotRun(message) : message);
    places.byId('training').stopped = refused;
    places.byId('figure').disabled = refused;
  };
  scrollOverFields(places.root);
  reserveHeight(places.root);
  const client = new Client(tell, {
    connect,
    first: () => [...bring.messages(), ...loading.messages()],
    busy: (busy) => places.root.toggleAttribute('data-busy', busy),
  });
  const pool = new Pool(connect);
  const held = new Held(places);
  /* data of another task are no setting */
  const outdated: LabOutdated = new Outdated(places, store, (state) => ({ ...state, ...configOf(state) }));
  const data = new Data(places, store, client);
  const bring = new Bring(places, store, client, data);
  const controls = new Controls(places, store, data);
  const running = new Running(places, store, client, data, held, outdated);
  const loading = new Loading(places, store, client, running);
  const looking = new Looking(places, store, client, data, held, running, loading, outdated);
  const beside = new Beside(places, store, client, data, running, looking, outdated);
  const predict = new Predict(places, store, client, running, outdated);
  new Experiments(places, store, client, running, looking, predict);
  const many = new Many(places, store, client, data, held, bring, pool, outdated);
  const slowly = new Slowly(places, store, looking);
  wireOpenTables(places, store);
  new Terms(places);
  new TakeAway(places, store, client, running, looking, link);
  if (pictures) offerPictures(places, store, link);

  bring.listen(() => {
    data.start();
    running.start();
    loading.start();
    looking.again();
    predict.again();
  });
  loading.listen(() => {
    looking.again();
    predict.again();
  });
  controls.show();
  bring.start();
  loading.start();
  data.start();
  running.start();
  looking.start();
  predict.start();
  beside.start();
  many.start();
  const pause = (): void => {
    running.play(false);
    slowly.pause();
  };
  const end = (): void => {
    pause();
    held.end();
    client.end();
    pool.end();
  };
  return { client, pause, end, running, loading, looking };
}
