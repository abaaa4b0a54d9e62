/** A second network B next to the first: one setting differs, while data, seeds and cursor are the same. */

import type { RnnEvents } from '../shared/events.ts';
import { type Field, sameFields } from '../state/fields.ts';
import {
  COMPARED,
  configOf,
  epochUpdates,
  firstThan,
  type LabState,
  LOOK,
  lookOf,
  moment,
  otherOf,
  RUN,
  runUpdates,
  shownUpdate,
  TABLE,
} from '../state/lab-state.ts';
import type { Client } from '../worker/client.ts';
import type { LabConfig, Moment } from '../worker/protocol.ts';
import { LIMIT } from '../worker/work-estimate.ts';
import { divergence, duration } from '../shared/shared-sentences.ts';
import { drawnByBatch, type Shown, showCurves } from '../app/run-curves.ts';
import type { Data } from '../app/task-data.ts';
import type { LabOutdated, LabStore, PageParts } from '../app/lab-parts.ts';
import { showCursor, showMoment } from '../app/network-properties.ts';
import type { Inspector } from '../app/inspector.ts';
import type { TrainingRun } from '../app/training-run.ts';
import { Visibility } from '../app/visibility.ts';
import { caption, place, untilTrained } from '../app/captions.ts';
import { translate } from '../shared/translate.ts';

/** The fields that determine B in addition to the settings of A. */
const COMPARISON = ['compare', 'than'] as const;
const CURVES = ['metric-b', 'loss-b', 'other-caption'] as const;
const FIGURE = ['figure-b', 'other-place'] as const;

export class CompareNetworks {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  readonly #trainingRun: TrainingRun;
  readonly #inspector: Inspector;
  readonly #outdated: LabOutdated;
  readonly #seen: Visibility;
  #frame = 0;
  /** The latest results of B. */
  #run: Shown | undefined;
  #moment: { state: LabState; moment: Moment } | undefined;
  /** Are B's curves drawn by update instead of by epoch? */
  #byBatch = false;
  /** The run of B that is offered, and the one that the reader started. */
  #offered: LabConfig | undefined;
  #chosen: LabConfig | undefined;
  /** The latest request for B. */
  #asked = '';

  constructor(
    places: PageParts,
    store: LabStore,
    client: Client,
    data: Data,
    trainingRun: TrainingRun,
    inspector: Inspector,
    outdated: LabOutdated,
  ) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#data = data;
    this.#trainingRun = trainingRun;
    this.#inspector = inspector;
    this.#outdated = outdated;
    outdated.watch(CURVES, [...RUN, ...COMPARISON]);
    outdated.watch(FIGURE, [...RUN, ...LOOK, ...COMPARISON]);
    outdated.watch(['figure-a', 'a-place'], [...RUN, ...LOOK]);
    this.#places.byId('compare').append(...COMPARED.map((name) => new Option(TABLE[name].label, name)));
    this.#seen = new Visibility([this.#places.byId('other')], () => {
      this.#showA();
      this.#ask();
    });
    for (const id of ['metric-b', 'loss-b'] as const)
      this.#places.byId(id).addEventListener('rnn-cursor', ({ detail }) => this.#seek(detail));
    store.listen((state, before) => {
      if (state.byBatch !== before.byBatch) this.#showRun();
      if (!sameFields(state, before, ['compare', 'than', ...RUN, ...LOOK])) this.#later();
      this.#showState();
    });
    inspector.listen(() => this.#showA());
    trainingRun.listenRun(() => this.#showRun());
    data.listen((sequences) => {
      for (const id of ['figure-a', 'figure-b'] as const) this.#places.byId(id).loss = sequences.task.loss;
      this.#showRun();
    });
    this.#places.byId('offer-b-take').addEventListener('click', () => {
      this.#chosen = this.#offered;
      this.#offered = undefined;
      this.#ask();
      this.#showState();
    });
    const select = this.#places.byId('than-select');
    select.addEventListener('change', () => store.change({ than: select.selectedIndex }));
    /* the results here belong to another comparison */
    this.#places
      .byId('compare')
      .addEventListener('change', () => store.change({ than: firstThan(store.state, store.state.compare) }));
  }

  /** Choosing a moment in B's curves moves A to the same fraction of its run. */
  #seek({ epoch, chosen }: RnnEvents['rnn-cursor']): void {
    const { state } = this.#store;
    const other = otherOf(state);
    if (!chosen || !other) return;
    const epochs = (epoch ?? 0) / (this.#byBatch ? epochUpdates(other) : 1);
    if (epoch !== undefined) this.#trainingRun.goTo(Math.round(epochs * epochUpdates(state)));
    this.#showState(); /* the mark stays at the moment that is shown */
  }

  start(): void {
    this.#showState();
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
    if (!other || !this.#seen.has(this.#places.byId('other'))) return;
    const config = configOf(other);
    const within = this.#chosen && sameFields(this.#chosen, config, RUN) ? Number.POSITIVE_INFINITY : LIMIT;
    const request = { ...lookOf(other), within };
    const key = JSON.stringify(request);
    if (key === this.#asked) {
      this.#showRun();
      this.#showFigure();
      return;
    }
    this.#asked = key;
    this.#outdated.busy([...CURVES, ...FIGURE], true);
    const failed = (place: 'other-caption' | 'other-place', message: string): void => {
      this.#asked = '';
      this.#outdated.busy([...CURVES, ...FIGURE], false);
      this.#places.setText(place, message);
      this.#outdated.drawn([place], undefined);
    };
    this.#client.ask(
      'runB',
      { ...config, within },
      {
        answer: (run) => {
          this.#offered = 'offer' in run ? config : undefined;
          this.#outdated.busy(CURVES, false);
          if ('offer' in run)
            this.#places.setText(
              'offer-b-text',
              translate(
                `B takes about ${duration(run.offer)}. ${untilTrained(shownUpdate(other.at, runUpdates(other), run.reach))}`,
              ),
            );
          else {
            this.#run = { config, run };
            this.#showRun();
          }
          this.#showState();
        },
        part: (share) => {
          if (within < Number.POSITIVE_INFINITY) return;
          this.#places.setText('other-caption', translate(`Training B: ${Math.floor(100 * share)} %.`));
          this.#outdated.drawn(['other-caption'], undefined);
        },
        failed: (message) => failed('other-caption', message),
      },
    );
    this.#client.ask('momentB', request, {
      answer: (answer) => {
        this.#moment = { state: other, moment: answer };
        this.#outdated.busy(FIGURE, false);
        showMoment(this.#places.byId('figure-b'), answer, this.#data.sequences?.task);
        this.#places.setText('other-place', place(answer, epochUpdates(other), other));
        this.#showFigure();
        this.#showState();
      },
      failed: (message) => failed('other-place', message),
    });
  }

  /** Draws B's curves over A's, if both are there. */
  #showRun(): void {
    const { state } = this.#store;
    const other = otherOf(state);
    if (
      !this.#run ||
      !other ||
      !sameFields(this.#run.config, configOf(other), RUN) ||
      !this.#seen.has(this.#places.byId('other'))
    )
      return;
    const { config, run } = this.#run;
    const here = configOf(state);
    const { shown, offered } = this.#trainingRun;
    const ghost = shown && sameFields(shown.config, here, RUN) ? shown : undefined;
    if (!ghost && !offered) return; /* they are drawn again when A's arrive */
    const charts = [this.#places.byId('metric-b'), this.#places.byId('loss-b')] as const;
    this.#byBatch = drawnByBatch(state.byBatch, ghost?.run, run);
    showCurves(charts, config, run, { byBatch: this.#byBatch, ghost, moving: false, sequences: this.#data.sequences });
    for (const chart of charts) chart.ghostName = 'A';
    const parts = [
      `B: ${caption(config, here, run)}.`,
      ...(run.diverged ? [divergence(run.diverged, run.batches)] : []),
      ...(ghost ? [] : [translate('The curves of A are missing: A is not trained yet.')]),
    ];
    this.#places.setText('other-caption', parts.join(' '));
    this.#outdated.drawn(CURVES, state);
  }

  /** Removes the out-of-date mark of B's figure once it has the present settings. */
  #showFigure(): void {
    const { state } = this.#store;
    const other = otherOf(state);
    if (this.#moment && other && sameFields(lookOf(this.#moment.state), lookOf(other), [...RUN, ...LOOK]))
      this.#outdated.drawn(FIGURE, state);
  }

  /** Shows the first network again next to B, so that both are visible at once. */
  #showA(): void {
    const { seen } = this.#inspector;
    if (!seen || !otherOf(this.#store.state) || !this.#seen.has(this.#places.byId('other'))) return;
    showMoment(this.#places.byId('figure-a'), seen.moment, this.#data.sequences?.task);
    this.#places.setText('a-place', this.#inspector.sentence);
    this.#outdated.drawn(['figure-a', 'a-place'], seen.state);
    this.#showState();
  }

  #showState(): void {
    const { state } = this.#store;
    const { compare } = state;
    const other = otherOf(state);
    this.#places.byId('other').hidden = !other;
    this.#places.byId('offer-b').hidden = !other || !this.#offered || !sameFields(this.#offered, configOf(other), RUN);
    const spec: Field | undefined = compare === 'none' ? undefined : TABLE[compare];
    this.#places.byId('than-number').hidden = spec?.kind !== 'number';
    this.#places.byId('than-choice').hidden = spec?.kind !== 'choice';
    if (!other || compare === 'none') return;
    this.#places.setText('a-name', `A: ${TABLE[compare].label} ${state[compare]}`);
    const dropped =
      state.weights.length > 0 && other.weights.length === 0 ? translate(' · without the weights that were typed') : '';
    this.#places.setText('b-name', `B: ${TABLE[compare].label} ${other[compare]}${dropped}`);
    this.#showThan(state, spec);
    showCursor(this.#places.byId('figure-a'), state);
    showCursor(this.#places.byId('figure-b'), other);
    const step = this.#byBatch ? moment(other) : moment(other) / epochUpdates(other);
    for (const id of ['metric-b', 'loss-b'] as const)
      this.#places.byId(id).cursor = Number.isInteger(step) && step > 0 ? step : undefined;
  }

  #showThan({ compare, than, ...state }: LabState, spec: Field | undefined): void {
    if (compare === 'none') return;
    const here = String(state[compare]);
    if (spec?.kind === 'number') {
      this.#places.setText('than-a', here);
      const handle = this.#places.find<HTMLElementTagNameMap['rnn-handle']>('rnn-handle[field="than"]');
      if (handle) handle.spec = { ...spec, label: translate(`${spec.label} of B`) };
    } else if (spec?.kind === 'choice') {
      this.#places.setText('than-a-choice', here);
      const select = this.#places.byId('than-select');
      if (select.options.length !== spec.choices.length || select.options[0]?.value !== spec.choices[0])
        select.replaceChildren(...spec.choices.map((name) => new Option(name, name)));
      select.selectedIndex = than;
    }
  }
}
