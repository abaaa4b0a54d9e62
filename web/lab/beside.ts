/** A second network beside the first: one setting different, the same data, seeds and cursor. */

import { type Field, sameFields } from '../state/fields.ts';
import { COMPARED, configOf, epochUpdates, firstThan, type LabState, moment, otherOf, RUN, TABLE } from '../state/lab.ts';
import type { Client } from '../worker/client.ts';
import { divergence } from '../words.ts';
import { showCurves } from './curves.ts';
import type { Data } from './data.ts';
import { byId, type LabStore, setText } from './dom.ts';
import { showCursor, showMoment } from './figure.ts';
import { MOMENT } from './looking.ts';
import { duration, SHORT } from './running.ts';
import { caption, place } from './words.ts';

export class Beside {
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  #frame = 0;

  constructor(store: LabStore, client: Client, data: Data) {
    this.#store = store;
    this.#client = client;
    this.#data = data;
    byId('compare').append(...COMPARED.map((name) => new Option(TABLE[name].label, name)));
    store.listen((state, before) => {
      if (!sameFields(state, before, ['compare', 'than', ...RUN, ...MOMENT])) this.#later();
      this.#showState();
    });
    const select = byId('than-select');
    select.addEventListener('change', () => store.change({ than: select.selectedIndex }));
    /* another comparison begins with something else than what is here */
    byId('compare').addEventListener('change', () => store.change({ than: firstThan(store.state, store.state.compare) }));
    const figure = byId('figure-b');
    figure.addEventListener('rnn-timestep', (event) => store.change({ t: (event as CustomEvent<{ timestep: number }>).detail.timestep }));
    figure.addEventListener('rnn-unit', (event) => store.change({ unit: (event as CustomEvent<{ unit?: number }>).detail.unit ?? 0 }));
    figure.addEventListener('rnn-fold', (event) => store.change({ fold: (event as CustomEvent<{ fold: number }>).detail.fold }));
  }

  start(): void {
    this.#showState();
    this.#ask();
  }

  #later(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#ask();
    });
  }

  #ask(): void {
    const { state } = this.#store;
    const other = otherOf(state);
    if (!other) return;
    const [here, config] = [configOf(state), configOf(other)];
    this.#client.ask('runB', { ...config, within: SHORT * 5 }, {
      answer: (run) => {
        if ('offer' in run) {
          setText('other-caption', `This run would take about ${duration(run.offer)}: it is shown as far as it was trained.`);
          return;
        }
        showCurves([byId('metric-b'), byId('loss-b')], config, run, { ghost: undefined, moving: false, sequences: this.#data.sequences });
        const words = `B: ${caption(config, here, run)}`;
        setText('other-caption', run.diverged ? `${words}. ${divergence(run.diverged)}` : words);
      },
      failed: (message) => setText('other-caption', message),
    });
    const { at, sample, edits, weights, cut, reset, length } = other;
    this.#client.ask('momentB', { ...config, at, sample, edits, weights, cut, reset, length }, {
      answer: (answer) => {
        showMoment(byId('figure-b'), answer, this.#data.sequences?.task.loss);
        setText('other-place', `B: ${place(answer, epochUpdates(other), other.split)}`);
        this.#showState();
      },
      failed: (message) => setText('other-place', message),
    });
  }

  #showState(): void {
    const { state } = this.#store;
    const { compare } = state;
    const other = otherOf(state);
    byId('other').hidden = !other;
    const spec: Field | undefined = compare === 'none' ? undefined : TABLE[compare];
    byId('than-number').hidden = spec?.kind !== 'number';
    byId('than-choice').hidden = spec?.kind !== 'choice';
    if (!other || compare === 'none') return;
    this.#showThan(state, spec);
    showCursor(byId('figure-b'), other);
    const epoch = moment(other) / epochUpdates(other);
    for (const id of ['metric-b', 'loss-b'] as const) byId(id).cursor = Number.isInteger(epoch) && epoch > 0 ? epoch : undefined;
  }

  #showThan({ compare, than, ...state }: LabState, spec: Field | undefined): void {
    if (compare === 'none') return;
    const here = String(state[compare]);
    if (spec?.kind === 'number') {
      setText('than-a', here);
      const handle = document.querySelector<HTMLElementTagNameMap['rnn-handle']>('rnn-handle[field="than"]');
      if (handle) handle.spec = { ...spec, label: `${spec.label} of B` };
    } else if (spec?.kind === 'choice') {
      setText('than-a-choice', here);
      const select = byId('than-select');
      if (select.options.length !== spec.choices.length || select.options[0]?.value !== spec.choices[0]) select.replaceChildren(...spec.choices.map((name) => new Option(name, name)));
      select.selectedIndex = than;
    }
  }
}
