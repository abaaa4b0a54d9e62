/** A second network beside the first: one setting different, the same data, seeds and cursor. */

import { type Field, sameFields } from '../state/fields.ts';
import { COMPARED, configOf, epochUpdates, firstThan, type LabState, LOOK, lookOf, moment, otherOf, RUN, TABLE } from '../state/lab.ts';
import type { Client } from '../worker/client.ts';
import type { AnswerOf, LabConfig } from '../worker/protocol.ts';
import { divergence } from '../words.ts';
import { showCurves } from './curves.ts';
import type { Data } from './data.ts';
import type { LabStore, Places } from './dom.ts';
import { showCursor, showMoment } from './figure.ts';
import type { Looking } from './looking.ts';
import { duration, type Running, SHORT } from './running.ts';
import { Seen } from './seen.ts';
import { caption, place, plural } from './words.ts';
import { word } from '../word.ts';

export class Beside {
  readonly #places: Places;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  readonly #running: Running;
  readonly #looking: Looking;
  readonly #seen: Seen;
  #frame = 0;
  /** What B was asked for last. */
  #asked = '';

  constructor(places: Places, store: LabStore, client: Client, data: Data, running: Running, looking: Looking) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#data = data;
    this.#running = running;
    this.#looking = looking;
    this.#places.byId('compare').append(...COMPARED.map((name) => new Option(TABLE[name].label, name)));
    this.#seen = new Seen([this.#places.byId('other')], () => {
      this.#showA();
      this.#ask(SHORT * 5);
    });
    store.listen((state, before) => {
      if (state.byBatch !== before.byBatch) this.#again();
      if (!sameFields(state, before, ['compare', 'than', ...RUN, ...LOOK])) this.#later();
      this.#showState();
    });
    looking.listen(() => this.#showA());
    this.#places.byId('offer-b-take').addEventListener('click', () => {
      this.#asked = '';
      this.#ask(Number.POSITIVE_INFINITY);
    });
    const select = this.#places.byId('than-select');
    select.addEventListener('change', () => store.change({ than: select.selectedIndex }));
    /* another comparison begins with something else than what is here */
    this.#places.byId('compare').addEventListener('change', () => store.change({ than: firstThan(store.state, store.state.compare) }));
    for (const id of ['figure-a', 'figure-b'] as const) {
      const figure = this.#places.byId(id);
      figure.addEventListener('rnn-timestep', (event) => store.change({ t: (event as CustomEvent<{ timestep: number }>).detail.timestep }));
      figure.addEventListener('rnn-unit', (event) => store.change({ unit: (event as CustomEvent<{ unit?: number }>).detail.unit ?? 0 }));
      figure.addEventListener('rnn-fold', (event) => store.change({ fold: (event as CustomEvent<{ fold: number }>).detail.fold }));
    }
  }

  start(): void {
    this.#showState();
  }

  #again(): void {
    this.#asked = '';
    this.#later();
  }

  #later(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#ask(SHORT * 5);
    });
  }

  #ask(within: number): void {
    const { state } = this.#store;
    const other = otherOf(state);
    if (!other || !this.#seen.has(this.#places.byId('other'))) return;
    const [here, config] = [configOf(state), configOf(other)];
    const request = lookOf(other);
    const key = JSON.stringify(request);
    if (key === this.#asked) return;
    this.#asked = key;
    const failed = (message: string): void => {
      this.#asked = '';
      this.#places.setText('other-caption', message);
    };
    this.#client.ask('runB', { ...config, within }, {
      answer: (run) => {
        this.#places.byId('offer-b').hidden = !('offer' in run);
        if ('offer' in run) this.#places.setText('offer-b-text', `B takes about ${duration(run.offer)}; it is shown after ${plural(run.at, word('update'), word('updates'))}.`);
        else this.#showRun(config, here, run);
      },
      failed,
    });
    this.#client.ask('momentB', request, {
      answer: (answer) => {
        showMoment(this.#places.byId('figure-b'), answer, this.#data.sequences?.task.loss);
        this.#places.setText('other-place', place(answer, epochUpdates(other), other));
        this.#showState();
      },
      failed,
    });
  }

  /** B's curves over A's. */
  #showRun(config: LabConfig, here: LabConfig, run: Exclude<AnswerOf<'runB'>, { offer: number }>): void {
    const { shown } = this.#running;
    const charts = [this.#places.byId('metric-b'), this.#places.byId('loss-b')] as const;
    showCurves(charts, config, run, { byBatch: this.#store.state.byBatch, ghost: shown && sameFields(shown.config, here, RUN) ? shown : undefined, moving: false, sequences: this.#data.sequences });
    for (const chart of charts) chart.ghostName = 'A';
    const words = `B: ${caption(config, here, run)}`;
    this.#places.setText('other-caption', run.diverged ? `${words}. ${divergence(run.diverged)}` : words);
  }

  /** The first network once more, so that both are seen at once. */
  #showA(): void {
    const { seen } = this.#looking;
    if (!seen || !otherOf(this.#store.state) || !this.#seen.has(this.#places.byId('other'))) return;
    showMoment(this.#places.byId('figure-a'), seen.moment, this.#data.sequences?.task.loss);
    this.#places.setText('a-place', this.#looking.sentence);
    this.#showState();
  }

  #showState(): void {
    const { state } = this.#store;
    const { compare } = state;
    const other = otherOf(state);
    this.#places.byId('other').hidden = !other;
    const spec: Field | undefined = compare === 'none' ? undefined : TABLE[compare];
    this.#places.byId('than-number').hidden = spec?.kind !== 'number';
    this.#places.byId('than-choice').hidden = spec?.kind !== 'choice';
    if (!other || compare === 'none') return;
    this.#places.setText('a-name', `A: ${TABLE[compare].label} ${state[compare]}`);
    const dropped = state.weights.length > 0 && other.weights.length === 0 ? ' · without the weights that were typed' : '';
    this.#places.setText('b-name', `B: ${TABLE[compare].label} ${other[compare]}${dropped}`);
    this.#showThan(state, spec);
    showCursor(this.#places.byId('figure-a'), state);
    showCursor(this.#places.byId('figure-b'), other);
    const step = state.byBatch ? moment(other) : moment(other) / epochUpdates(other);
    for (const id of ['metric-b', 'loss-b'] as const) this.#places.byId(id).cursor = Number.isInteger(step) && step > 0 ? step : undefined;
  }

  #showThan({ compare, than, ...state }: LabState, spec: Field | undefined): void {
    if (compare === 'none') return;
    const here = String(state[compare]);
    if (spec?.kind === 'number') {
      this.#places.setText('than-a', here);
      const handle = this.#places.find<HTMLElementTagNameMap['rnn-handle']>('rnn-handle[field="than"]');
      if (handle) handle.spec = { ...spec, label: `${spec.label} of B` };
    } else if (spec?.kind === 'choice') {
      this.#places.setText('than-a-choice', here);
      const select = this.#places.byId('than-select');
      if (select.options.length !== spec.choices.length || select.options[0]?.value !== spec.choices[0]) select.replaceChildren(...spec.choices.map((name) => new Option(name, name)));
      select.selectedIndex = than;
    }
  }
}
