/** Saves files, and copies links. */

import { zipSync } from 'fflate';
import type { App } from '../app/app.ts';
import { saveFile } from '../controls/save-picture.ts';
import { copyFrom } from '../shared/copy.ts';
import { partMissing } from '../shared/shared-sentences.ts';
import { translate } from '../shared/translate.ts';
import { sameFields } from '../state/fields.ts';
import { configOf, RUN } from '../state/config.ts';
import { isFrozen, MOMENT, momentConfigOf, type State } from '../state/state.ts';
import type { Failure } from '../worker/protocol.ts';
import { historyCsv, historyJson, traceCsv, traceJson } from './tables.ts';

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

/** Names a file by the settings of its content, which may differ from the current ones. */
const nameOf = ({ task, cell, units }: Pick<State, 'task' | 'cell' | 'units'>, end: string): string =>
  `${task}-${cell}-${units}${end}`;

/** The two formats of one export share their message, because they fail for the same reason. */
const speakerOf = (what: Taken): string => what.replace(/\..*$/, '');

export class Export {
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    const { link, parts, store } = app;
    const { training, inspection } = app.run('');
    /* the missing result may have arrived, and other settings may allow the export */
    const forget = (...speakers: string[]): void => {
      for (const speaker of speakers) parts.setNotice('take-wrong', '', speaker);
    };
    inspection.listen(() => forget('trace', ...(training.shown ? ['history'] : [])));
    store.listen((state, before) => {
      if (!sameFields(state, before, [...RUN, 'at', 'file'])) forget('data', 'weights', 'keras', 'pytorch');
    });
    for (const button of parts.all('[data-take]')) {
      /* only lab.html has share.html beside it */
      if (button.dataset['take'] === 'embed')
        button.hidden = !/\/lab(\.html)?$/.test(new URL(link() ?? '', location.href).pathname) || link() === undefined;
      if (button.dataset['take'] === 'link') button.hidden = link() === undefined;
      button.addEventListener('click', () => {
        if (button.dataset['take'] === 'link') copyFrom(button, () => link() ?? '');
        else if (button.dataset['take'] === 'embed')
          open(
            new URL(`share.html#view=network&${store.address.slice(1)}`, link() ?? location.href),
            '_blank',
            'noopener',
          );
        else this.#take(button.dataset['take'] as Taken);
      });
    }
  }

  #take(what: Taken): void {
    const { parts, client, store } = this.#app;
    const { training, inspection } = this.#app.run('');
    const { state } = store;
    const { shown } = training;
    const { seen } = inspection;
    const config = configOf(state);
    const moment = { ...config, within: training.within(config), at: state.at, file: state.file };
    const refuse = (message: string): void =>
      parts.setNotice('take-wrong', translate(`The file was not saved: ${message}`), speakerOf(what));
    const failed = ({ code, message }: Failure): void => refuse(code === 'LOAD' ? `${partMissing()}.` : message);
    parts.setNotice('take-wrong', '', speakerOf(what));
    if (what === 'data')
      client.ask('csv', config, { answer: ({ csv }) => saveFile(`${state.task}-data.csv`, csv), failed });
    else if (what === 'weights')
      client.ask('weights', moment, {
        answer: ({ file }) => saveFile(nameOf(state, '.safetensors'), file),
        failed,
      });
    else if (what === 'keras' || what === 'pytorch') {
      const name = nameOf(state, '').replaceAll('-', '_');
      client.ask(
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
        refuse(translate('The run with these settings has not been trained to its end yet. Train it first.'));
      else if (what === 'history.json')
        saveFile(nameOf(shown.config, '-history.json'), historyJson(shown.run.history, shown.run.every));
      else saveFile(nameOf(shown.config, '-history.csv'), historyCsv(shown.run.history, shown.run.every));
    } else if (!seen || !sameFields(momentConfigOf(seen.state), momentConfigOf(state), [...RUN, ...MOMENT]))
      refuse(translate('the network has not read this sequence yet.'));
    else {
      const name = `${isFrozen(seen.state) ? '-what-if' : ''}-trace`;
      if (what === 'trace.json') saveFile(nameOf(seen.state, `${name}.json`), traceJson(seen.moment.trace));
      else saveFile(nameOf(seen.state, `${name}.csv`), traceCsv(seen.moment.trace));
    }
  }
}
