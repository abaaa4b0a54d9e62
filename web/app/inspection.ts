/**
 * The moment that is shown: the network after a certain update, one sequence traced through it, and the what-if
 * changes.
 */

import { lowered } from '../shared/format.ts';
import { plural, translate } from '../shared/translate.ts';
import { outOfRange } from '../state/address.ts';
import { type Edits, type EditsField, type Limits, limited, limitsOf, sameFields } from '../state/fields.ts';
import { configOf, END, RUN, weightLimits } from '../state/config.ts';
import {
  epochUpdates,
  isFrozen,
  isWhatIf,
  type MomentConfig,
  MOMENT,
  momentConfigOf,
  type State,
  TABLE,
} from '../state/state.ts';
import type { Moment, WorkLimit } from '../worker/protocol.ts';
import { place } from './captions.ts';
import type { Core } from './core.ts';
import { Listeners } from './listeners.ts';
import type { Training } from './training.ts';

/**
 * While a handle is dragged the curves have priority: the moment of the run whose curves are shown is requested only
 * once in this many milliseconds.
 */
const DRAGGED = 150;

/** A message announces an answer that takes longer than this, in milliseconds. */
const PATIENCE = 700;

/** A moment, and the state that it was requested for. */
export interface ShownMoment {
  state: State;
  moment: Moment;
}

interface Inspected {
  readonly name: string;
  /** True if the page's what-if changes apply to this network. */
  readonly main: boolean;
  readonly state: State | undefined;
  of(state: State): State | undefined;
}

export class Inspection {
  readonly #core: Core;
  readonly #run: Inspected;
  readonly #training: Training;
  readonly #listeners = new Listeners<[ShownMoment]>();
  readonly #changed = new Listeners();
  /** Requests that are sent together with the moment, at the same pace. */
  readonly #beside = new Listeners<[State]>();
  /** The name that the reader's file of weights had. */
  nameOf: (file: string) => string = () => '';
  /** True while the training plays: the new sequences are then not measured at each moment. */
  quick: () => boolean = () => false;
  #wanted = false;
  #seen: ShownMoment | undefined;
  #message = '';
  #busy = false;
  /** The time of the last request. */
  #last = 0;
  #frame = 0;
  #due = false;
  /** Announces an answer that takes long. */
  #slow: ReturnType<typeof setTimeout> | undefined;

  constructor(core: Core, run: Inspected, training: Training) {
    this.#core = core;
    this.#run = run;
    this.#training = training;
    core.store.listen((state, before) => this.#follow(state, before));
    core.store.listenToDrags({ end: () => this.#later(true) });
    training.listenToChoices(() => this.again());
  }

  /** Calls `listener` with the moment: at once if there is one, and whenever it changes. */
  listen(listener: (seen: ShownMoment) => void): () => void {
    const stop = this.#listeners.add(listener);
    if (this.#seen) listener(this.#seen);
    if (!this.#wanted) {
      this.#wanted = true;
      this.#ask();
    }
    return stop;
  }

  /** Calls `listener` when the sentence changes, or when a request begins or ends. */
  listenToSentence(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /**
   * Calls `listener` with the state that figures of one sequence request their numbers for, at most once a frame and never
   * more often than moments are requested.
   */
  listenBeside(listener: (state: State) => void): () => void {
    return this.#beside.add(listener);
  }

  get seen(): ShownMoment | undefined {
    return this.#seen;
  }

  get moment(): Moment | undefined {
    return this.#seen?.moment;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** True if the sentence is a message that does not depend on settings. */
  get isMessage(): boolean {
    return this.#message !== '';
  }

  /**
   * Says after which update the network is shown and how many sequences it answers correctly, or why there is no
   * moment.
   */
  get sentence(): string {
    if (this.#message) return this.#message;
    if (!this.#seen) return '';
    const { state, moment } = this.#seen;
    return place(moment, epochUpdates(state), state, this.nameOf(moment.file));
  }

  /**
   * The state that figures of this moment request their numbers for. While a handle is dragged it has the settings of
   * the run whose curves are shown.
   */
  get asking(): State | undefined {
    const { state } = this.#run;
    const { shown } = this.#training;
    return state && this.#core.store.moving && shown ? { ...state, ...shown.config } : state;
  }

  request(state: State): MomentConfig & WorkLimit {
    return { ...momentConfigOf(state), within: this.#training.within(configOf(state)) };
  }

  /** Repeats the request, because the run has been trained further or weights have arrived. */
  again(): void {
    this.#later(true);
  }

  /** Shows a message in place of the sentence about the moment. */
  say(message: string): void {
    this.#message = message;
    this.#changed.tell();
  }

  #follow(after: State, past: State): void {
    const [state, before] = [this.#run.of(after), this.#run.of(past)];
    if (!state) return;
    const moved = !before || !sameFields(state, before, [...RUN, ...MOMENT]);
    if (this.#run.main && before) this.#tellDropped(state, before);
    this.#later(moved);
  }

  /** Tells the reader that what-if changes were dropped, because they belong to one network and one sequence. */
  #tellDropped(state: State, before: State): void {
    const tell = (text: string): void => this.#core.parts.setNotice('what-if-dropped', text);
    const trained = !sameFields(state, before, [...RUN, 'at']);
    if (before.file !== '' && state.file === '' && trained)
      tell(
        translate(
          'The weights from a file were dropped, because another moment of the training was chosen. Choose the file again to continue with them.',
        ),
      );
    else if (isWhatIf(before) && !isWhatIf(state) && state.sample !== before.sample)
      tell(translate('What-if changes were dropped, because another sequence was chosen.'));
    else if (isWhatIf(before) && !isWhatIf(state) && trained)
      tell(translate('What-if changes were dropped, because another moment of the training was chosen.'));
    else if (isFrozen(state) || !sameFields(state, before, [...RUN, 'sample', 't', 'unit'])) tell('');
    if (state.edits.length + state.weights.length === 0) this.#core.parts.setNotice('what-if-dropped', '', 'limit');
  }

  // ------------------------------------------------------------------------------------------------ what if

  get #edits(): EditsField {
    return (this.#core.store.page.table['edits'] ?? TABLE.edits) as EditsField;
  }

  edit({ timestep, feature, value }: { timestep: number; feature: number; value: number }): void {
    const features = this.moment?.trace.layers[0]?.features ?? 1;
    const at = (timestep - 1) * features + feature + 1;
    const limits = limitsOf(this.#edits, this.moment?.ranges[feature]);
    const taken = this.#take('edits', at, value, this.moment?.original[at - 1], limits);
    this.#tellLimit(limits, `x${lowered(timestep)}`, value, taken);
  }

  /** Every use of a weight changes with it. */
  editWeight(index: number, value: number): void {
    const trained = this.moment?.trained[index];
    const limits = weightLimits(trained);
    const taken = this.#take('weights', index, value, trained, limits);
    this.#tellLimit(limits, translate('weight'), value, taken);
  }

  /** Puts the nearest value that may stand there; the value that stood there before is no change. */
  #take(field: 'edits' | 'weights', at: number, value: number, original: number | undefined, limits: Limits): number {
    const taken = limited(limits, value);
    const others: Edits = this.#core.store.state[field].filter(([where]) => where !== at);
    const edits = original === Math.fround(taken) ? others : [...others, [at, taken] as const];
    this.#core.store.change({ [field]: [...edits].sort(([a], [b]) => a - b) });
    return taken;
  }

  #tellLimit(limits: Limits, label: string, value: number, taken: number): void {
    const notice = taken === value ? '' : outOfRange({ label, ...limits }, String(value), taken);
    this.#core.parts.setNotice('what-if-dropped', notice, 'limit');
  }

  undo(): void {
    this.#core.store.change({ file: '', edits: [], weights: [], cut: 'none', length: 0 });
  }

  /**
   * What-if edits that an address speaks of: of inputs and weights that there are not, and beyond what these may be.
   */
  #dropBeyond({ original, trained, ranges }: Moment): void {
    const { edits, weights } = this.#core.store.state;
    const told: string[] = [];
    const within = (limits: Limits, label: string, at: number, value: number) => {
      const taken = limited(limits, value);
      if (taken !== value) told.push(outOfRange({ label, ...limits }, String(value), taken));
      return [at, taken] as const;
    };
    const features = ranges.length;
    const limits = (at: number): Limits => limitsOf(this.#edits, ranges[(at - 1) % features]);
    const label = (at: number): string => `x${lowered(Math.ceil(at / features))}`;
    const here = {
      edits: edits
        .filter(([at]) => at <= original.length)
        .map(([at, value]) => within(limits(at), label(at), at, value)),
      weights: weights
        .filter(([at]) => at < trained.length)
        .map(([at, value]) => within(weightLimits(trained[at]), translate('weight'), at, value)),
    };
    const dropped = edits.length - here.edits.length + weights.length - here.weights.length;
    if (dropped > 0)
      told.push(
        plural(dropped, {
          one: translate(`${dropped} what-if change was dropped, because there is no such input or weight.`),
          other: translate(`${dropped} what-if changes were dropped, because there are no such inputs or weights.`),
        }),
      );
    if (told.length === 0) return;
    this.#core.store.change(here);
    this.#core.parts.setNotice('what-if-dropped', told.join(' '));
  }

  // ------------------------------------------------------------------------------------------------ asking

  /** At most once a frame. `moved`: another moment, not only another place in it. */
  #later(moved: boolean): void {
    this.#due ||= moved;
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#due && this.#core.store.moving && performance.now() - this.#last < DRAGGED) {
        this.#later(true);
        return;
      }
      this.#last = performance.now();
      if (this.#due) this.#ask();
      this.#due = false;
      const { asking } = this;
      if (asking) this.#beside.tell(asking);
    });
  }

  #ask(): void {
    const state = this.asking;
    if (!this.#wanted || !state) return;
    clearTimeout(this.#slow);
    this.#busy = true;
    this.#slow = setTimeout(() => this.say(translate('The network is at work …')), PATIENCE);
    this.#changed.tell();
    this.#core.client.ask(
      'moment',
      { ...this.request(state), quick: this.quick() },
      {
        answer: (moment) => {
          clearTimeout(this.#slow);
          this.#seen = { state, moment };
          this.#message = '';
          this.#core.parts.setNotice('notices', '', `moment ${this.#run.name}`);
          this.#busy = this.#core.client.asks('moment', this.#run.name);
          const now = this.#run.state;
          if (now && sameFields(state, now, [...RUN, 'length']) && this.#run.main) this.#dropBeyond(moment);
          if (state.at !== END && moment.at > 0 && moment.at < state.at)
            this.#training.endsAt(configOf(state), moment.at);
          this.#listeners.tell(this.#seen);
          this.#changed.tell();
        },
        failed: ({ message }) => {
          clearTimeout(this.#slow);
          this.#busy = false;
          this.say(message);
          /* a chapter has no place for the sentence about the moment */
          const { parts } = this.#core;
          if (parts.all('[data-show="place"]').length === 0)
            parts.setNotice('notices', message, `moment ${this.#run.name}`);
        },
      },
      this.#run.name,
    );
  }
}
