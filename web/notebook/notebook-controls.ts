/** Handles, choices, switches and links of the page: state to page, and page to state. */

import '../controls/rnn-handle.ts';
import { copyFrom } from '../shared/copy.ts';
import { beyond } from '../state/address.ts';
import { batches } from '../state/fields.ts';
import { type ChoiceName, type NumberName, numberField, type State } from '../state/notebook-state.ts';
import { CELLS, type NotebookStore, type PageParts } from './notebook-parts.ts';
import type { Notebook } from './notebook-cells.ts';

/** Fields of the network figure, which the notebook's runs do not follow from. */
const NETWORK: readonly string[] = ['trained', 'sample'];

/** All over the same epochs: one of them is marked in each. */
const CHARTS = ['compare', 'accuracy', 'loss', 'slow-accuracy', 'slow-loss'] as const;

export class Controls {
  readonly #places: PageParts;
  readonly #store: NotebookStore;
  readonly #notebook: Notebook;

  constructor(places: PageParts, store: NotebookStore, notebook: Notebook) {
    this.#places = places;
    this.#store = store;
    this.#notebook = notebook;
    store.listen(() => this.show());
    this.#listen();
  }

  show(): void {
    const state = this.#store.state;
    for (const handle of this.#places.all<HTMLElementTagNameMap['rnn-handle']>('rnn-handle')) {
      handle.spec = numberField(handle.field as NumberName);
      handle.value = state[handle.field as NumberName];
      if (handle.field === 'sample') handle.maximum = state.samples - 1;
    }
    for (const choice of this.#places.all<HTMLSelectElement>('select[data-field]'))
      choice.value = state[choice.dataset['field'] as ChoiceName];
    for (const flag of this.#places.all<HTMLInputElement>('input[data-flag]'))
      flag.checked = state[flag.dataset['flag'] as 'band'];
    for (const part of this.#places.all<HTMLElement>('[data-task]')) part.hidden = part.dataset['task'] !== state.task;
    this.#places.byId('scatter').sample = state.dot < 0 ? undefined : state.dot;
    for (const id of CHARTS) this.#places.byId(id).cursor = state.cursor || undefined;
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
    for (const place of this.#places.all<HTMLElement>('[data-show]')) {
      const text = shown[place.dataset['show'] ?? ''] ?? '';
      if (place.textContent !== text) place.textContent = text;
    }
    this.#places.setNotice('notices', [...this.#store.standing, ...this.#store.notices].join(' '));
  }

  #listen(): void {
    this.#places.root.addEventListener('rnn-change', ({ detail: { name, value, final, typed } }) => {
      this.#forgetNotices();
      if (typed !== undefined) this.#store.notices.push(beyond(numberField(name as NumberName), typed, value));
      const change = { [name]: value } as Partial<State>;
      if (NETWORK.includes(name)) this.#store.change(change);
      else this.#notebook.move(change, final);
      if (typed !== undefined) this.show();
    });
    for (const choice of this.#places.all<HTMLSelectElement>('select[data-field]')) {
      choice.addEventListener('change', () => {
        this.#forgetNotices();
        this.#notebook.move({ [choice.dataset['field'] as ChoiceName]: choice.value } as Partial<State>, true);
      });
    }
    for (const flag of this.#places.all<HTMLInputElement>('input[data-flag]')) {
      flag.addEventListener('change', () => this.#store.change({ band: flag.checked }));
    }
    this.#places.byId('scatter').addEventListener('rnn-timestep', ({ detail }) => {
      this.#store.change({ point: detail.timestep });
    });
    this.#places.byId('scatter').addEventListener('rnn-sample', ({ detail: { sample, chosen } }) => {
      if (chosen) this.#store.change({ dot: sample ?? -1 });
    });
    for (const id of CHARTS)
      this.#places.byId(id).addEventListener('rnn-cursor', ({ detail: { epoch, chosen } }) => {
        if (chosen) this.#store.change({ cursor: epoch ?? 0 });
      });
    this.#places.root.addEventListener('rnn-run', ({ detail: { name } }) => this.#notebook.run(name));
    this.#places.byId('run-all').addEventListener('click', () => {
      for (const name of CELLS) this.#notebook.run(name);
    });
    const copyAll = this.#places.byId('copy-all');
    copyAll.addEventListener('click', () =>
      copyFrom(copyAll, () => CELLS.map((name) => this.#places.cell(name).code).join('\n')),
    );
    /* a place in the page is not a state: scroll there and leave the address alone */
    for (const link of this.#places.all<HTMLAnchorElement>('a[href^="#"]:not([data-state])')) {
      link.addEventListener('click', (event) => {
        const place = this.#places.find<HTMLElement>(link.getAttribute('href') ?? '#');
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
