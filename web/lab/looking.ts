/** The moment that is looked at: the network as it was then, one sequence through it, and what if. */

import { lowered } from '../network/point.ts';
import { forwardOf } from '../network/trace.ts';
import { beyond } from '../state/address.ts';
import { sameFields } from '../state/fields.ts';
import { isWhatIf, type LabState, RUN, TABLE } from '../state/lab.ts';
import type { Client } from '../worker/client.ts';
import type { Moment } from '../worker/protocol.ts';
import { byId, type LabStore, setNotice, setText } from './dom.ts';
import { configOf, place, whatIf } from './words.ts';
import { epochUpdates } from '../state/lab.ts';

/** What the moment follows from, beside the run. */
const MOMENT = ['at', 'sample', 'edits', 'weights', 'cut', 'reset', 'length'] as const;

export class Looking {
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #hearers: ((moment: Moment) => void)[] = [];
  #moment: Moment | undefined;
  #frame = 0;

  constructor(store: LabStore, client: Client) {
    this.#store = store;
    this.#client = client;
    store.listen((state, before) => this.#changed(state, before));
    const figure = byId('figure');
    const on = <Detail>(name: string, hear: (detail: Detail) => void): void =>
      figure.addEventListener(name, (event) => hear((event as CustomEvent<Detail>).detail));
    on<{ timestep: number }>('rnn-timestep', ({ timestep }) => store.change({ t: timestep }));
    on<{ unit: number | undefined }>('rnn-unit', ({ unit }) => store.change({ unit: unit ?? 0 }));
    on<{ fold: number }>('rnn-fold', ({ fold }) => store.change({ fold: Math.round(fold * 1000) / 1000 }));
    on<{ readouts: boolean }>('rnn-readouts', ({ readouts }) => store.change({ readouts }));
    on<{ timestep: number; feature: number; value: number }>('rnn-input', (detail) => this.#edit(detail));
    byId('undo').addEventListener('click', () => {
      store.change({ edits: [], weights: [], cut: 'none', length: 0 });
      figure.focus(); /* the button is gone */
    });
  }

  /** What is shown. */
  get moment(): Moment | undefined {
    return this.#moment;
  }

  listen(hearer: (moment: Moment) => void): void {
    this.#hearers.push(hearer);
  }

  start(): void {
    this.#ask();
    this.#showState();
  }

  #changed(state: LabState, before: LabState): void {
    if (isWhatIf(before) && !isWhatIf(state) && !sameFields(state, before, [...RUN, 'at', 'sample']))
      setNotice('what-if-dropped', `What-if changes were dropped: ${state.sample !== before.sample ? 'another sequence was chosen' : 'training moved'}.`);
    else if (isWhatIf(state)) setNotice('what-if-dropped', '');
    if (!sameFields(state, before, [...RUN, ...MOMENT])) this.#later();
    this.#showState();
  }

  #edit({ timestep, feature, value }: { timestep: number; feature: number; value: number }): void {
    const spec = TABLE.edits;
    const taken = Math.min(spec.maximum, Math.max(spec.minimum, Math.round(value * 1e4) / 1e4));
    const beyondRange = value < spec.minimum || value > spec.maximum;
    setNotice('what-if-dropped', beyondRange ? beyond({ ...spec, label: `x${lowered(timestep)}` }, String(value), taken) : '');
    const features = this.#moment?.trace.layers[0]?.features ?? 1;
    const at = (timestep - 1) * features + feature + 1;
    const others = this.#store.state.edits.filter(([where]) => where !== at);
    const same = Math.abs((this.#moment?.original[at - 1] ?? Number.NaN) - taken) < 5e-5;
    const edits = same ? others : [...others, [at, taken] as const];
    this.#store.change({ edits: edits.sort(([a], [b]) => a - b) });
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
    const { at, sample, edits, weights, cut, reset, length } = state;
    this.#client.ask('moment', { ...configOf(state), at, sample, edits, weights, cut, reset, length }, {
      answer: (moment) => {
        this.#moment = moment;
        this.#show(moment);
        for (const hear of this.#hearers) hear(moment);
      },
      failed: (message) => setText('place', message),
    });
  }

  #show(moment: Moment): void {
    const { state } = this.#store;
    const figure = byId('figure');
    const { trace } = moment;
    const label = trace.readouts === 1 ? trace.y[0] : undefined;
    figure.trace = forwardOf(trace, label);
    figure.parameters = moment.parameters;
    figure.tensors = moment.tensors;
    figure.original = moment.original;
    figure.label = label;
    setText('place', place(moment, epochUpdates(state), state.split));
    this.#showState();
  }

  /** What follows from the state alone, without asking the core. */
  #showState(): void {
    const { state } = this.#store;
    const { t, unit, fold, readouts, edits } = state;
    const figure = byId('figure');
    figure.timestep = t;
    figure.unit = unit || undefined;
    figure.fold = fold;
    figure.readouts = readouts;
    figure.edited = edits.map(([at]) => at - 1);
    byId('what-if').hidden = !isWhatIf(state);
    if (isWhatIf(state)) setText('what-if-text', whatIf(state, this.#moment));
  }
}
