/**
 * The lab, wired: store, worker and places to its parts. Parts that a view leaves out are wired, too, but not shown.
 */

import '../figures/arithmetic/element.ts';
import '../figures/backward/element.ts';
import '../figures/curves/element.ts';
import '../figures/data/element.ts';
import '../figures/many/element.ts';
import '../figures/network/element.ts';
import '../figures/sequence/element.ts';
import '../controls/rnn-symbol.ts';
import '../controls/rnn-training.ts';
import { Outdated } from './outdated.ts';
import { reserveHeight } from '../shared/reserve-height.ts';
import { scrollOverFields } from './scrolling.ts';
import { configOf } from '../state/lab-state.ts';
import { Client, type ClientOptions, type Trouble } from '../worker/client.ts';
import { Pool } from '../worker/pool.ts';
import { cannotRun } from '../shared/shared-sentences.ts';
import { wireOpenTables } from './open-tables.ts';
import { CompareNetworks } from '../features/compare-networks.ts';
import { ImportData } from '../features/import-data.ts';
import { Controls } from './lab-controls.ts';
import { Data } from './task-data.ts';
import type { LabOutdated, LabStore, PageParts } from './lab-parts.ts';
import { Experiments } from './experiments.ts';
import { DragGesture } from './drag-gesture.ts';
import { ImportWeights } from '../features/import-weights.ts';
import { Inspector } from './inspector.ts';
import { Many } from '../figures/many/feed.ts';
import { offerPictures } from './lab-pictures.ts';
import { Predict } from '../figures/predict/feed.ts';
import { TrainingRun } from './training-run.ts';
import { UpdateStepper } from '../figures/update-stepper/feed.ts';
import { Export } from '../features/export.ts';
import { Terms } from './terms.ts';

export interface Lab {
  client: Client;
  /** Nothing plays on. */
  pause: () => void;
  /** Nothing more is wanted: its engines are let go. */
  end: () => void;
  trainingRun: TrainingRun;
  importWeights: ImportWeights;
  inspector: Inspector;
}

export interface LabOptions {
  /** The address of what is shown, for those who take it away. */
  link: () => string;
  connect: ClientOptions['connect'];
  /** "Save picture" under each figure; default: yes. */
  pictures?: boolean;
}

export function mountLab(places: PageParts, store: LabStore, { link, connect, pictures = true }: LabOptions): Lab {
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
    first: () => [...importData.messages(), ...importWeights.messages()],
    busy: (busy) => places.root.toggleAttribute('data-busy', busy),
  });
  const pool = new Pool(connect);
  const gesture = new DragGesture(places);
  /* data of another task are no setting */
  const outdated: LabOutdated = new Outdated(places, store, (state) => ({ ...state, ...configOf(state) }));
  const data = new Data(places, store, client);
  const importData = new ImportData(places, store, client, data);
  const controls = new Controls(places, store, data);
  const trainingRun = new TrainingRun(places, store, client, data, gesture, outdated);
  const importWeights = new ImportWeights(places, store, client, trainingRun);
  const inspector = new Inspector(places, store, client, data, gesture, trainingRun, importWeights, outdated);
  const comparison = new CompareNetworks(places, store, client, data, trainingRun, inspector, outdated);
  const predict = new Predict(places, store, client, trainingRun, outdated);
  new Experiments(places, store, client, trainingRun, inspector, predict);
  const many = new Many(places, store, client, data, gesture, importData, pool, outdated);
  const stepper = new UpdateStepper(places, store, inspector);
  wireOpenTables(places, store);
  new Terms(places);
  new Export(places, store, client, trainingRun, inspector, link);
  if (pictures) offerPictures(places, store, link);

  importData.listen(() => {
    data.start();
    trainingRun.start();
    importWeights.start();
    inspector.again();
    predict.again();
  });
  importWeights.listen(() => {
    inspector.again();
    predict.again();
  });
  controls.show();
  importData.start();
  importWeights.start();
  data.start();
  trainingRun.start();
  inspector.start();
  predict.start();
  comparison.start();
  many.start();
  const pause = (): void => {
    trainingRun.play(false);
    stepper.pause();
  };
  const end = (): void => {
    pause();
    gesture.end();
    client.end();
    pool.end();
  };
  return { client, pause, end, trainingRun, importWeights, inspector };
}
