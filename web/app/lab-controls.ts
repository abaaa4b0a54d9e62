/** The settings: state to page, and page to state; and what the task says of itself. */

import '../controls/rnn-handle.ts';
import { formatNumber } from '../shared/format.ts';
import { beyond } from '../state/address.ts';
import type { NumberField } from '../state/fields.ts';
import { type LabField, type LabState, OWN_TASK, stepsRead, TABLE } from '../state/lab-state.ts';
import { TASKS } from '../shared/core-facts.ts';
import { ownOf } from '../state/custom-data.ts';
import type { Data, Sequences } from './task-data.ts';
import { told } from '../shared/shared-sentences.ts';
import type { LabStore, PageParts } from './lab-parts.ts';
import { translate } from '../shared/translate.ts';

/** Below this width the settings stand folded at first. */
const NARROW = '(max-width: 47.99rem)';

export class Controls {
  readonly #places: PageParts;
  readonly #store: LabStore;

  constructor(places: PageParts, store: LabStore, data: Data) {
    this.#places = places;
    this.#store = store;
    const tasks = this.#places.find<HTMLSelectElement>('select[data-field="task"]');
    tasks?.append(...TASKS.map((name) => new Option(name, name)), new Option(translate('your own data'), OWN_TASK));
    this.#places.byId('fields').open = !matchMedia(NARROW).matches;
    store.listen(() => this.show());
    data.listen((sequences) => this.#tell(sequences));
    this.#listen();
  }

  show(): void {
    const { state } = this.#store;
    for (const handle of this.#places.all<HTMLElementTagNameMap['rnn-handle']>('rnn-handle')) {
      const name = handle.field as LabField;
      if (name !== 'than') handle.spec = TABLE[name] as NumberField; /* that one's is of the setting compared */
      handle.value = state[name] as number;
      if (name === 'sample') handle.maximum = state.samples - 1;
      if (name === 'reset') handle.maximum = stepsRead(state);
    }
    for (const choice of this.#places.all<HTMLSelectElement>('select[data-field]'))
      choice.value = String(state[choice.dataset['field'] as LabField]);
    /* what was brought has the extents that it has */
    const own = state.task === OWN_TASK ? ownOf(state.own) : undefined;
    const samples = this.#places.find<HTMLElementTagNameMap['rnn-handle']>('rnn-handle[field="samples"]');
    if (samples) samples.maximum = own?.samples;
    for (const part of this.#places.all<HTMLElement>('[data-made]')) part.hidden = own !== undefined;
    for (const option of this.#places.all<HTMLOptionElement>(`option[value="${OWN_TASK}"]`))
      option.hidden = state.own === '';
    for (const part of this.#places.all<HTMLElement>('[data-cell]')) part.hidden = part.dataset['cell'] !== state.cell;
    for (const part of this.#places.all<HTMLElement>('[data-cut]')) part.hidden = part.dataset['cut'] !== state.cut;
    this.#places.setNotice('notices', [...this.#store.standing, ...this.#store.notices].join(' '));
  }

  #listen(): void {
    const by = this.#places.byId('by');
    by.addEventListener('change', () => this.#store.change({ byBatch: by.selectedIndex === 1 }));
    this.#places.root.addEventListener('rnn-change', ({ detail: { name, value, typed } }) => {
      this.#store.notices.length = 0;
      if (typed !== undefined) this.#store.notices.push(beyond(this.#takes(name as LabField), typed, value));
      this.#store.change({ [name]: value } as Partial<LabState>);
      if (typed !== undefined) this.show();
    });
    for (const choice of this.#places.all<HTMLSelectElement>('select[data-field]')) {
      choice.addEventListener('change', () => {
        this.#store.notices.length = 0;
        this.#store.change({ [choice.dataset['field'] as LabField]: choice.value } as Partial<LabState>);
      });
    }
  }

  /** What the field takes now, which may be less than the table says. */
  #takes(name: LabField): NumberField {
    const handle = this.#places.find<HTMLElementTagNameMap['rnn-handle']>(`rnn-handle[field="${name}"]`);
    const spec = handle?.spec ?? (TABLE[name] as NumberField);
    return { ...spec, maximum: handle?.maximum ?? spec.maximum };
  }

  #tell({ task }: Sequences): void {
    this.#places.setText('task-text', told(task.text));
    this.#places.setText('task-solution', told(task.solution));
    const guess =
      task.loss === 'mean_squared_error'
        ? translate('Always answering the mean: a mean squared error of')
        : translate('Guessing: an accuracy of');
    this.#places.setText('task-chance', `${guess} ${formatNumber(task.chance, 3)}.`);
  }
}
