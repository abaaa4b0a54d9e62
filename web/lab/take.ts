/** What a reader takes away: files, and a link. */

import { copyFrom } from '../elements/copy.ts';
import { saveFile } from '../pictures.ts';
import { configOf, isWhatIf } from '../state/lab.ts';
import type { Client } from '../worker/client.ts';
import { all, type LabStore } from './dom.ts';
import type { Looking } from './looking.ts';
import { linkOf } from './pictures.ts';
import type { Running } from './running.ts';
import { historyCsv, historyJson, traceCsv, traceJson } from './tables.ts';

type Taken = 'link' | 'weights' | 'history.json' | 'history.csv' | 'trace.json' | 'trace.csv';

export class TakeAway {
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #running: Running;
  readonly #looking: Looking;

  constructor(store: LabStore, client: Client, running: Running, looking: Looking) {
    this.#store = store;
    this.#client = client;
    this.#running = running;
    this.#looking = looking;
    for (const button of all<HTMLElement>('[data-take]')) {
      button.addEventListener('click', () => {
        if (button.dataset['take'] === 'link') copyFrom(button, () => linkOf(this.#store));
        else this.#take(button.dataset['take'] as Taken);
      });
    }
  }

  #take(what: Taken): void {
    const { state } = this.#store;
    const name = (end: string): string => `${state.task}-${state.cell}-${state.units}${end}`;
    const changed = isWhatIf(state) ? '-what-if' : '';
    const history = this.#running.run?.history;
    const trace = this.#looking.moment?.trace;
    if (what === 'weights') this.#client.ask('weights', { ...configOf(state), at: state.at }, { answer: ({ file }) => saveFile(name('.safetensors'), file) });
    else if (what === 'history.json' && history) saveFile(name('-history.json'), historyJson(history));
    else if (what === 'history.csv' && history) saveFile(name('-history.csv'), historyCsv(history));
    else if (what === 'trace.json' && trace) saveFile(name(`${changed}-trace.json`), traceJson(trace));
    else if (what === 'trace.csv' && trace) saveFile(name(`${changed}-trace.csv`), traceCsv(trace));
  }
}
