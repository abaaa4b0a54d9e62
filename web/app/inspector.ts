/** The moment that is looked at: the network as it was then, one sequence through it, and what if. */

import { lowered } from '../figures/network/hit-test.ts';
import { beyond } from '../state/address.ts';
import { type Limits, limited, limitsOf, sameFields } from '../state/fields.ts';
import {
  configOf,
  END,
  epochUpdates,
  isFrozen,
  isWhatIf,
  type LabLook,
  type LabState,
  LOOK,
  lookOf,
  RUN,
  TABLE,
  weightLimits,
} from '../state/lab-state.ts';
import type { Client } from '../worker/client.ts';
import type { Moment, Within } from '../worker/protocol.ts';
import type { Data, Sequences } from './task-data.ts';
import type { DragGesture } from './drag-gesture.ts';
import type { ImportWeights } from '../features/import-weights.ts';
import type { TrainingRun } from './training-run.ts';
import { Visibility } from './visibility.ts';
import { placeText, showCursor, showMoment } from './network-properties.ts';
import type { LabOutdated, LabStore, PageParts } from './lab-parts.ts';
import { place, plural, whatIf } from './captions.ts';
import { unlabelled } from '../shared/shared-sentences.ts';
import { translate } from '../shared/translate.ts';

/** What is drawn and said of the moment alone. */
const MOMENT = ['figure', 'place', 'data'] as const;
/** Which way back is shown, and which weight is checked. */
const BACKWARD = ['layer', 'mean', 'weight'] as const;
/** Which sum is taken apart. */
const PLACE = ['t', 'unit', 'layer', 'gate'] as const;

/**
 * While a handle is dragged the curves come first: a moment is asked for once in so many milliseconds, of the run whose
 * curves are shown.
 */
const DRAGGED = 150;

/** An answer that takes longer is announced, in milliseconds. */
const PATIENCE = 700;

export class Inspector {
  readonly #places: PageParts;
  readonly #gesture: DragGesture;
  readonly #trainingRun: TrainingRun;
  readonly #importWeights: ImportWeights;
  readonly #outdated: LabOutdated;
  /** When a moment was last asked for. */
  #last = 0;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  readonly #hearers: ((moment: Moment) => void)[] = [];
  /** The latest answer, and the state that asked for it. */
  #latest: { state: LabState; moment: Moment } | undefined;
  readonly #seen: Visibility;
  /** What the figures in sight were asked for last. */
  #asked = { arithmetic: '', backward: '' };
  /** The moment that the network figure was given. */
  #drawn: Moment | undefined;
  #frame = 0;
  #due = false;
  /** Tells that an answer takes its time. */
  #slow: ReturnType<typeof setTimeout> | undefined;

  constructor(
    places: PageParts,
    store: LabStore,
    client: Client,
    data: Data,
    gesture: DragGesture,
    trainingRun: TrainingRun,
    importWeights: ImportWeights,
    outdated: LabOutdated,
  ) {
    this.#places = places;
    this.#gesture = gesture;
    this.#trainingRun = trainingRun;
    this.#importWeights = importWeights;
    this.#outdated = outdated;
    outdated.watch(['figure', 'place'], [...RUN, ...LOOK]);
    outdated.watch(['data'], [...RUN, 'at', 'file']);
    outdated.watch(['arithmetic'], [...RUN, ...LOOK, ...PLACE]);
    outdated.watch(['backward'], [...RUN, ...LOOK, ...BACKWARD]);
    gesture.listen({ released: () => this.#later(true) });
    trainingRun.listen(() => this.again());
    this.#store = store;
    this.#client = client;
    this.#data = data;
    this.#seen = new Visibility(
      [this.#places.byId('figure'), this.#places.byId('arithmetic'), this.#places.byId('backward')],
      () => this.#appeared(),
    );
    data.listen((sequences) => this.#showData(sequences));
    store.listen((state, before) => this.#changed(state, before));
    const figure = this.#places.byId('figure');
    for (const id of ['figure', 'figure-a', 'figure-b'] as const) this.#hear(id);
    const arithmetic = this.#places.byId('arithmetic');
    arithmetic.addEventListener('rnn-timestep', ({ detail }) => store.change({ t: detail.timestep }));
    arithmetic.addEventListener('rnn-unit', ({ detail }) => store.change({ unit: detail.unit }));
    arithmetic.addEventListener('rnn-gate', ({ detail }) => store.change({ gate: detail.gate }));
    arithmetic.addEventListener('rnn-choice', ({ detail }) => store.change({ term: detail.term }));
    arithmetic.addEventListener('rnn-order', ({ detail }) => store.change({ order: detail.order }));
    const backward = this.#places.byId('backward');
    backward.addEventListener('rnn-timestep', ({ detail }) => store.change({ t: detail.timestep }));
    backward.addEventListener('rnn-unit', ({ detail }) => store.change({ unit: detail.unit ?? 0 }));
    backward.addEventListener('rnn-layer', ({ detail }) => store.change({ layer: detail.layer }));
    backward.addEventListener('rnn-strips', ({ detail }) => store.change({ gradient: detail.state }));
    backward.addEventListener('rnn-mean', ({ detail }) => store.change({ mean: detail.mean }));
    backward.addEventListener('rnn-weight', ({ detail }) => store.change({ weight: detail.index }));
    this.#places.byId('data').addEventListener('rnn-sample', ({ detail }) => store.change({ sample: detail.sample }));
    this.#places.byId('data').addEventListener('rnn-wrong', ({ detail }) => store.change({ wrong: detail.wrong }));
    this.#places.byId('undo').addEventListener('click', () => {
      store.change({ file: '', edits: [], weights: [], cut: 'none', length: 0 });
      figure.focus(); /* the button is gone */
    });
  }

  /** All networks show the same place in the same way. */
  #hear(id: 'figure' | 'figure-a' | 'figure-b'): void {
    const store = this.#store;
    const figure = this.#places.byId(id);
    figure.addEventListener('rnn-timestep', ({ detail }) => store.change({ t: detail.timestep }));
    figure.addEventListener('rnn-unit', ({ detail }) => store.change({ unit: detail.unit ?? 0 }));
    figure.addEventListener('rnn-fold', ({ detail }) => store.change({ fold: Math.round(detail.fold * 1000) / 1000 }));
    figure.addEventListener('rnn-readouts', ({ detail }) => store.change({ readouts: detail.readouts }));
    figure.addEventListener('rnn-layer', ({ detail }) => store.change({ layer: detail.layer }));
    figure.addEventListener('rnn-gate', ({ detail }) => store.change({ gate: detail.gate }));
    figure.addEventListener('rnn-strips', ({ detail }) => store.change({ strips: detail.state }));
    figure.addEventListener('rnn-field', ({ detail: { input, weight } }) => {
      if (input !== undefined) store.change({ shownInput: input + 1 });
      if (weight) store.change({ shownWeight: placeText(weight) });
    });
    if (id === 'figure-b') return; /* what is changed is changed in the first network, and in the second with it */
    figure.addEventListener('rnn-input', ({ detail }) => this.#edit(detail));
    figure.addEventListener('rnn-weight', ({ detail: { index, value } }) => {
      if (value !== undefined) this.#editWeight(index, value);
    });
  }

  /** Draws what is not on the screen, too. */
  drawAll(): void {
    this.#seen.all();
  }

  /** What is shown. */
  get moment(): Moment | undefined {
    return this.#latest?.moment;
  }

  /** The same, with the state that it is of. */
  get seen(): { state: LabState; moment: Moment } | undefined {
    return this.#latest;
  }

  /** Where the network stands, and how many it answers rightly. */
  get sentence(): string {
    const { state, moment } = this.#latest ?? {};
    return state && moment ? place(moment, epochUpdates(state), state, this.#importWeights.nameOf(moment.file)) : '';
  }

  listen(hearer: (moment: Moment) => void): void {
    this.#hearers.push(hearer);
  }

  /** The run goes further than it did: what was asked for is something else now. */
  again(): void {
    this.#asked = { arithmetic: '', backward: '' };
    this.#later(true);
  }

  start(): void {
    this.#ask();
    this.#askArithmetic();
    this.#askBackward();
    this.#showState();
  }

  #changed(state: LabState, before: LabState): void {
    if (before.file !== '' && state.file === '' && !sameFields(state, before, [...RUN, 'at']))
      this.#places.setNotice(
        'what-if-dropped',
        translate('The weights from a file were dropped: training moved. Choose the file again to go on with them.'),
      );
    else if (isWhatIf(before) && !isWhatIf(state) && !sameFields(state, before, [...RUN, 'at', 'sample']))
      this.#places.setNotice(
        'what-if-dropped',
        translate(
          `What-if changes were dropped: ${state.sample !== before.sample ? translate('another sequence was chosen') : translate('training moved')}.`,
        ),
      );
    else if (isFrozen(state) || !sameFields(state, before, [...RUN, 'sample', 't', 'unit']))
      this.#places.setNotice('what-if-dropped', '');
    if (state.edits.length + state.weights.length === 0) this.#places.setNotice('what-if-dropped', '', 'limit');
    const moved = !sameFields(state, before, [...RUN, ...LOOK]);
    if (moved || !sameFields(state, before, [...PLACE, ...BACKWARD])) this.#later(moved);
    this.#showState();
  }

  #edit({ timestep, feature, value }: { timestep: number; feature: number; value: number }): void {
    const features = this.moment?.trace.layers[0]?.features ?? 1;
    const at = (timestep - 1) * features + feature + 1;
    const [taken, notice] = this.#within(
      limitsOf(TABLE.edits, this.moment?.ranges[feature]),
      `x${lowered(timestep)}`,
      value,
    );
    const others = this.#store.state.edits.filter(([where]) => where !== at);
    const same = this.moment?.original[at - 1] === Math.fround(taken);
    const edits = same ? others : [...others, [at, taken] as const];
    this.#store.change({ edits: edits.sort(([a], [b]) => a - b) });
    this.#places.setNotice('what-if-dropped', notice, 'limit');
  }

  /** Every use of a weight changes with it. */
  #editWeight(index: number, value: number): void {
    const [taken, notice] = this.#within(weightLimits(this.moment?.trained[index]), translate('weight'), value);
    const others = this.#store.state.weights.filter(([at]) => at !== index);
    const weights = this.moment?.trained[index] === Math.fround(taken) ? others : [...others, [index, taken] as const];
    this.#store.change({ weights: weights.sort(([a], [b]) => a - b) });
    this.#places.setNotice('what-if-dropped', notice, 'limit');
  }

  /** The nearest number within the limits, and what is to be said of it. */
  #within(limits: Limits, label: string, value: number): [taken: number, notice: string] {
    const taken = limited(limits, value);
    return [taken, taken === value ? '' : beyond({ label, ...limits }, String(value), taken)];
  }

  /** At most once a frame. `moved`: another moment, not only another place in it. */
  #later(moved: boolean): void {
    this.#due ||= moved;
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#due && this.#gesture.moving && performance.now() - this.#last < DRAGGED) {
        this.#later(true);
        return;
      }
      this.#last = performance.now();
      if (this.#due) this.#ask();
      this.#due = false;
      this.#askArithmetic();
      this.#askBackward();
    });
  }

  /** What is asked for. */
  get #state(): LabState {
    const { state } = this.#store;
    const { shown } = this.#trainingRun;
    return this.#gesture.moving && shown ? { ...state, ...shown.config } : state;
  }

  /** Puts a message where the moment that the figure shows is described. */
  #say(message: string): void {
    this.#places.setText('place', message);
    this.#outdated.drawn(['place'], undefined);
  }

  #request(state: LabState): LabLook & Within {
    return { ...lookOf(state), within: this.#trainingRun.within(configOf(state)) };
  }

  #ask(): void {
    const state = this.#state;
    clearTimeout(this.#slow);
    this.#outdated.busy(MOMENT, true);
    this.#slow = setTimeout(() => this.#say(translate('The network is at work …')), PATIENCE);
    this.#client.ask(
      'moment',
      { ...this.#request(state), quick: this.#trainingRun.playing },
      {
        answer: (moment) => {
          clearTimeout(this.#slow);
          this.#latest = { state, moment };
          for (const figure of ['arithmetic', 'backward'])
            this.#places.setNotice('notices', '', figure); /* asked again, they speak for themselves */
          if (sameFields(state, this.#store.state, [...RUN, 'length'])) this.#dropBeyond(moment);
          if (state.at !== END && moment.at > 0 && moment.at < state.at)
            this.#trainingRun.endsAt(configOf(state), moment.at);
          this.#outdated.busy(MOMENT, false);
          this.#show(moment);
          for (const hear of this.#hearers) hear(moment);
        },
        failed: (message) => {
          clearTimeout(this.#slow);
          this.#outdated.busy(MOMENT, false);
          this.#say(message);
        },
      },
    );
  }

  /**
   * What-if edits that an address speaks of: of inputs and weights that there are not, and beyond what these may be.
   */
  #dropBeyond({ original, trained, ranges }: Moment): void {
    const { edits, weights } = this.#store.state;
    const told: string[] = [];
    const within = (limits: Limits, label: string, at: number, value: number) => {
      const [taken, notice] = this.#within(limits, label, value);
      if (notice) told.push(notice);
      return [at, taken] as const;
    };
    const features = ranges.length;
    const here = {
      edits: edits
        .filter(([at]) => at <= original.length)
        .map(([at, value]) =>
          within(
            limitsOf(TABLE.edits, ranges[(at - 1) % features]),
            `x${lowered(Math.ceil(at / features))}`,
            at,
            value,
          ),
        ),
      weights: weights
        .filter(([at]) => at < trained.length)
        .map(([at, value]) => within(weightLimits(trained[at]), translate('weight'), at, value)),
    };
    const dropped = edits.length - here.edits.length + weights.length - here.weights.length;
    if (dropped > 0)
      told.push(
        translate(
          `${plural(dropped, translate('what-if change'), translate('what-if changes'))} dropped: there is no such input or weight.`,
        ),
      );
    if (told.length === 0) return;
    this.#store.change(here);
    this.#places.setNotice('what-if-dropped', told.join(' '));
  }

  /** A figure came into sight: it gets what it missed. */
  #appeared(): void {
    if (this.#latest) this.#draw(this.#latest.moment);
    this.#askArithmetic();
    this.#askBackward();
  }

  #askArithmetic(): void {
    const state = this.#state;
    const { t, unit, layer, gate } = state;
    const request = { ...this.#request(state), t, unit, layer, gate };
    const key = JSON.stringify(request);
    if (key === this.#asked.arithmetic || !this.#seen.has(this.#places.byId('arithmetic'))) return;
    this.#asked.arithmetic = key;
    this.#outdated.busy(['arithmetic'], true);
    this.#client.ask('arithmetic', request, {
      answer: ({ numbers }) => {
        this.#places.setNotice('notices', '', 'arithmetic');
        this.#places.byId('arithmetic').numbers = numbers;
        this.#outdated.drawn(['arithmetic'], state);
      },
      failed: (message) => {
        this.#asked.arithmetic = '';
        this.#outdated.busy(['arithmetic'], false);
        this.#places.setNotice('notices', message, 'arithmetic');
      },
    });
  }

  #askBackward(): void {
    const state = this.#state;
    const { layer, mean, weight } = state;
    const request = { ...this.#request(state), layer, mean, weight };
    const key = JSON.stringify(request);
    if (key === this.#asked.backward || !this.#seen.has(this.#places.byId('backward'))) return;
    this.#asked.backward = key;
    this.#outdated.busy(['backward'], true);
    this.#client.ask('backward', request, {
      answer: ({ backward, check, largest, labels }) => {
        this.#places.setNotice('notices', '', 'backward');
        const figure = this.#places.byId('backward');
        if (mean) figure.batch = backward;
        else figure.sequence = backward;
        figure.mean = mean;
        figure.check = check;
        figure.weight = check?.parameter ?? weight;
        figure.unlabelled = unlabelled(labels, this.#data.sequences?.task);
        figure.largest = largest;
        this.#outdated.drawn(['backward'], state);
      },
      failed: (message) => {
        this.#asked.backward = '';
        this.#outdated.busy(['backward'], false);
        this.#places.setNotice('notices', message, 'backward');
      },
    });
  }

  #showData({ task, x, y, request }: Sequences): void {
    const data = this.#places.byId('data');
    data.x = x;
    data.y = y;
    data.timesteps = request.steps;
    data.features = task.features;
    data.loss = task.loss;
    data.outputs = task.classes ?? 1;
    this.#places.byId('figure').loss = task.loss;
    if (this.#latest) {
      /* the task may come after the moment, and says why there is no label */
      const { labels } = this.#latest.moment;
      for (const id of ['figure', 'backward'] as const) this.#places.byId(id).unlabelled = unlabelled(labels, task);
    }
    this.#showAnswers();
  }

  #show(moment: Moment): void {
    this.#draw(moment);
    this.#showAnswers();
    this.#places.byId('backward').tensors = moment.tensors;
    this.#places.setText('place', this.sentence);
    this.#outdated.drawn(['place'], this.#latest?.state);
    this.#showState();
  }

  /** What the network says of the sequences that are shown; nothing, while it was asked of others. */
  #showAnswers(): void {
    const data = this.#places.byId('data');
    const { moment, state } = this.#latest ?? {};
    const fitting = moment && state && this.#data.areOf(state);
    data.predictions = fitting ? moment.predictions : [];
    data.classes = (fitting && moment.answers?.classes) || [];
    data.right = (fitting && moment.answers?.right) || [];
    if (fitting) this.#outdated.drawn(['data'], state);
  }

  #draw(moment: Moment): void {
    if (!this.#seen.has(this.#places.byId('figure'))) return;
    this.#outdated.drawn(['figure'], this.#latest?.state);
    if (moment === this.#drawn) return;
    this.#drawn = moment;
    showMoment(this.#places.byId('figure'), moment, this.#data.sequences?.task);
  }

  /** What follows from the state alone, without asking the core. */
  #showState(): void {
    const { state } = this.#store;
    showCursor(this.#places.byId('figure'), state);
    const backward = this.#places.byId('backward');
    backward.timestep = state.t;
    backward.unit = state.unit || undefined;
    backward.layer = state.layer;
    backward.layers = state.layers;
    backward.joined = state.layer < state.layers || this.#data.sequences?.task.returnSequences === true;
    backward.state = state.gradient;
    const arithmetic = this.#places.byId('arithmetic');
    arithmetic.order = state.order;
    arithmetic.term = state.term;
    const data = this.#places.byId('data');
    data.sample = state.sample;
    data.wrong = state.wrong;
    this.#places.byId('what-if').hidden = !isFrozen(state);
    if (isFrozen(state))
      this.#places.setText(
        'what-if-text',
        whatIf(state, this.moment, this.#data.sequences?.task, this.#importWeights.nameOf(state.file)),
      );
  }
}
