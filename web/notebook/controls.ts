/** Handles, choices, switches and links of the page: state to page, and page to state. */

import '../elements/rnn-handle.ts';
import { copyFrom } from '../elements/copy.ts';
import { beyond } from '../state/address.ts';
import { batches } from '../state/fields.ts';
import { type ChoiceName, type NumberName, numberField, type State } from '../state/notebook.ts';
import { byId, cell, CELLS, type NotebookStore, setNotice } from './dom.ts';
import type { Notebook } from './notebook.ts';

/** Fields of the network figure, which the notebook's runs do not follow from. */
const NETWORK: readonly string[] = ['trained', 'sample'];

const all = <E extends Element>(selector: string): NodeListOf<E> => document.querySelectorAll<E>(selector);

export class Controls {
  readonly #store: NotebookStore;
  readonly #notebook: Notebook;

  constructor(store: NotebookStore, notebook: Notebook) {
    this.#store = store;
    this.#notebook = notebook;
    store.listen(() => this.show());
    this.#listen();
  }

  show(): void {
    const state = this.#store.state;
    for (const handle of all<HTMLElementTagNameMap['rnn-handle']>('rnn-handle')) {
      handle.spec = numberField(handle.field as NumberName);
      handle.value = state[handle.field as NumberName];
      if (handle.field === 'sample') handle.maximum = state.samples - 1;
    }
    for (const choice of all<HTMLSelectElement>('select[data-field]')) choice.value = state[choice.dataset['field'] as ChoiceName];
    for (const flag of all<HTMLInputElement>('input[data-flag]')) flag.checked = state[flag.dataset['flag'] as 'band'];
    for (const part of all<HTMLElement>('[data-task]')) part.hidden = part.dataset['task'] !== state.task;
    const shown: Record<string, string> = {
      epochs: String(state.epochs),
      steps: String(state.steps),
      samples: String(state.samples),
      batch: String(state.batch),
      batches: String(batches(state)),
      network: state.network,
      labels: state.point === 0 ? `np.repeat(y[:, None], ${state.steps}, axis=1)` : 'y',
      'point-index': state.point === 0 ? ':' : String(state.point - 1),
    };
    for (const place of all<HTMLElement>('[data-show]')) {
      const text = shown[place.dataset['show'] ?? ''] ?? '';
      if (place.textContent !== text) place.textContent = text;
    }
    setNotice('notices', this.#store.notices.join(' '));
  }

  #listen(): void {
    document.body.addEventListener('rnn-change', ({ detail: { name, value, final, typed } }) => {
      this.#forgetNotices();
      if (typed !== undefined) this.#store.notices.push(beyond(numberField(name as NumberName), typed, value));
      const change = { [name]: value } as Partial<State>;
      if (NETWORK.includes(name)) this.#store.change(change);
      else this.#notebook.move(change, final);
      if (typed !== undefined) this.show();
    });
    for (const choice of all<HTMLSelectElement>('select[data-field]')) {
      choice.addEventListener('change', () => {
        this.#forgetNotices();
        this.#notebook.move({ [choice.dataset['field'] as ChoiceName]: choice.value } as Partial<State>, true);
      });
    }
    for (const flag of all<HTMLInputElement>('input[data-flag]')) {
      flag.addEventListener('change', () => this.#store.change({ band: flag.checked }));
    }
    byId('scatter').addEventListener('rnn-timestep', (event) => {
      this.#store.change({ point: (event as CustomEvent<{ timestep: number }>).detail.timestep });
    });
    document.body.addEventListener('rnn-run', ({ detail: { name } }) => this.#notebook.run(name));
    byId('run-all').addEventListener('click', () => {
      for (const name of CELLS) this.#notebook.run(name);
    });
    const copyAll = byId('copy-all');
    copyAll.addEventListener('click', () => copyFrom(copyAll, () => CELLS.map((name) => cell(name).code).join('\n')));
    /* a place in the page is not a state: scroll there and leave the address alone */
    for (const link of all<HTMLAnchorElement>('a[href^="#"]:not([data-state])')) {
      link.addEventListener('click', (event) => {
        const place = document.querySelector<HTMLElement>(link.getAttribute('href') ?? '#');
        if (!place) return;
        event.preventDefault();
        place.scrollIntoView();
        place.tabIndex = -1;
        place.focus({ preventScroll: true });
      });
    }
  }

  /** The reader moved on: what was clamped at the start need not be said any longer. */
  #forgetNotices(): void {
    this.#store.notices.length = 0;
  }
}
