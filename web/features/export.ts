/** Downloads, and a link to copy. */

import { zipSync } from 'fflate';
import { copyFrom } from '../shared/copy.ts';
import { saveFile } from '../controls/save-picture.ts';
import { sameFields } from '../state/fields.ts';
import { configOf, isFrozen, type LabState, LOOK, lookOf, RUN } from '../state/lab-state.ts';
import type { Client } from '../worker/client.ts';
import type { LabStore, PageParts } from '../app/lab-parts.ts';
import type { Inspector } from '../app/inspector.ts';
import type { TrainingRun } from '../app/training-run.ts';
import { historyCsv, historyJson, traceCsv, traceJson } from './tables.ts';
import { translate } from '../shared/translate.ts';

type Taken =
  | 'link'
  | 'embed'
  | 'data'
  | 'weights'
  | 'keras'
  | 'pytorch'
  | 'history.json'
  | 'history.csv'
  | 'trace.json'
  | 'trace.csv';

/** A file's name follows from its contents, since the settings of the page may have changed in the meantime. */
const nameOf = ({ task, cell, units }: Pick<LabState, 'task' | 'cell' | 'units'>, end: string): string =>
  `${task}-${cell}-${units}${end}`;

/** Two formats of the same content share one place for error messages. */
const speakerOf = (what: Taken): string => what.replace(/\..*$/, '');

export class Export {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #trainingRun: TrainingRun;
  readonly #inspector: Inspector;

  constructor(
    places: PageParts,
    store: LabStore,
    client: Client,
    trainingRun: TrainingRun,
    inspector: Inspector,
    link: () => string,
  ) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#trainingRun = trainingRun;
    this.#inspector = inspector;
    /* a file that failed before may be available now, or with other settings */
    const forget = (...speakers: string[]): void => {
      for (const speaker of speakers) this.#places.setNotice('take-wrong', '', speaker);
    };
    inspector.listen(() => forget('trace', ...(trainingRun.shown ? ['history'] : [])));
    store.listen((state, before) => {
      if (!sameFields(state, before, [...RUN, 'at', 'file'])) forget('data', 'weights', 'keras', 'pytorch');
    });
    for (const button of this.#places.all<HTMLElement>('[data-take]')) {
      /* share.html exists only in the folder of lab.html */
      if (button.dataset['take'] === 'embed')
        button.hidden = !/\/lab(\.html)?$/.test(new URL(link(), location.href).pathname);
      button.addEventListener('click', () => {
        if (button.dataset['take'] === 'link') copyFrom(button, link);
        else if (button.dataset['take'] === 'embed')
          open(new URL(`share.html#view=network&${store.address.slice(1)}`, link()), '_blank', 'noopener');
        else this.#take(button.dataset['take'] as Taken);
      });
    }
  }

  #take(what: Taken): void {
    const { state } = this.#store;
    const { shown } = this.#trainingRun;
    const { seen } = this.#inspector;
    const config = configOf(state);
    const moment = { ...config, within: this.#trainingRun.within(config), at: state.at, file: state.file };
    const failed = (message: string): void =>
      this.#places.setNotice('take-wrong', translate(`No file: ${message}`), speakerOf(what));
    this.#places.setNotice('take-wrong', '', speakerOf(what));
    if (what === 'data')
      this.#client.ask('csv', config, { answer: ({ csv }) => saveFile(`${state.task}-data.csv`, csv), failed });
    else if (what === 'weights')
      this.#client.ask('weights', moment, {
        answer: ({ file }) => saveFile(nameOf(state, '.safetensors'), file),
        failed,
      });
    else if (what === 'keras' || what === 'pytorch') {
      const name = nameOf(state, '').replaceAll('-', '_');
      this.#client.ask(
        'program',
        { ...moment, framework: what, name },
        {
          answer: ({ files }) =>
            saveFile(`${nameOf(state, '')}-${what}.zip`, zipSync(files, { level: 9 }), 'application/zip'),
          failed,
        },
      );
    } else if (what.startsWith('history')) {
      if (!shown || !sameFields(shown.config, config, RUN))
        failed(translate('The run with these settings has not been trained to its end yet. Train it first.'));
      else if (what === 'history.json')
        saveFile(nameOf(shown.config, '-history.json'), historyJson(shown.run.history, shown.run.every));
      else saveFile(nameOf(shown.config, '-history.csv'), historyCsv(shown.run.history, shown.run.every));
    } else if (!seen || !sameFields(lookOf(seen.state), lookOf(state), [...RUN, ...LOOK]))
      failed(translate('the network has not read this sequence yet.'));
    else {
      const name = `${isFrozen(seen.state) ? '-what-if' : ''}-trace`;
      if (what === 'trace.json') saveFile(nameOf(seen.state, `${name}.json`), traceJson(seen.moment.trace));
      else saveFile(nameOf(seen.state, `${name}.csv`), traceCsv(seen.moment.trace));
    }
  }
}
