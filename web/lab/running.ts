/** The whole run: asked for at every change, its curves, the run before as a ghost, and where in it we stand. */

import type { Divergence } from '../../wasm/js/types.ts';
import type { TrainingAction } from '../elements/rnn-training.ts';
import { configOf, epochUpdates, moment, RUN, runUpdates } from '../state/lab.ts';
import { sameFields } from '../state/fields.ts';
import type { Client } from '../worker/client.ts';
import type { LabConfig } from '../worker/protocol.ts';
import { divergence } from '../words.ts';
import { type Shown, showCurves } from './curves.ts';
import type { Data } from './data.ts';
import type { LabStore, Places } from './dom.ts';
import type { Held } from './held.ts';
import { Paced } from './paced.ts';
import { caption, changes, explosion, plural } from './words.ts';
import { word } from '../word.ts';

/** A change trains at once if that takes no longer, in milliseconds; opening the page may take more. */
export const SHORT = 100;
const OPENING = 1500;

/** While a handle is held, fresh data are measured about so many times in a run: measuring them takes longer than training. */
const JUDGED = 5;

/** In full, a run that was short while a handle was held takes up to so many times as long. */
const FULL = 5;

/** How long a run may take before its progress is told. */
const PATIENCE = 200;

export class Running {
  readonly #places: Places;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  readonly #held: Held;
  readonly #hearers: (() => void)[] = [];
  readonly #paced = new Paced<Shown>((shown) => this.#take(shown));
  #shown: Shown | undefined;
  #ghost: Shown | undefined;
  /** A long run, trained so far only. */
  #offered: { config: LabConfig; at: number } | undefined;
  #frame = 0;
  #speed = 40;
  #playing = false;
  #at = 0;
  #owed = 0;

  constructor(places: Places, store: LabStore, client: Client, data: Data, held: Held) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#data = data;
    this.#held = held;
    data.listen(() => this.#show());
    store.listen((state, before) => {
      if (!sameFields(state, before, RUN)) this.#later();
      if (state.byBatch !== before.byBatch) this.#show();
      this.#showPlace();
    });
    held.listen({
      taken: () => {
        this.#ghost = this.#shown;
      },
      released: () => {
        this.#show();
        this.#refine();
      },
    });
    this.#places.byId('offer-take').addEventListener('click', () => this.#ask(Number.POSITIVE_INFINITY));
    /* asked for again with no time at all, it is offered as it stands */
    this.#places.byId('offer-stop').addEventListener('click', () => this.#ask(0));
    const controls = this.#places.byId('training');
    controls.addEventListener('rnn-training', (event) => this.#act(event.detail.action));
    controls.addEventListener('rnn-seek', (event) => {
      this.play(false);
      this.#store.change({ at: event.detail.updates });
    });
    controls.addEventListener('rnn-speed', (event) => {
      this.#speed = event.detail.speed;
    });
    for (const id of ['metric', 'loss'] as const)
      this.#places.byId(id).addEventListener('rnn-cursor', (event) => {
        const { epoch, chosen } = (event as CustomEvent<{ epoch: number | undefined; chosen: boolean }>).detail;
        const { byBatch } = this.#store.state;
        if (chosen && epoch !== undefined) this.#store.change({ at: byBatch ? epoch : epoch * epochUpdates(this.#store.state) });
      });
  }

  /** The run that is shown, and its settings: while a newer one is trained, those are not the page's. */
  get shown(): Shown | undefined {
    return this.#shown;
  }

  /** Is the training played? */
  get playing(): boolean {
    return this.#playing;
  }

  /** `hear` is called when there is more to be shown: an offered run was trained, or playing ended. */
  listen(hear: () => void): void {
    this.#hearers.push(hear);
  }

  start(): void {
    this.#ask(OPENING);
    this.#showPlace();
  }

  /** At most once a frame. */
  #later(): void {
    if (this.#frame) return;
    if (!this.#held.dragging && this.#shown) this.#ghost = this.#shown;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#ask(this.#coarse ? FULL * SHORT : SHORT);
    });
  }

  #ask(within: number): void {
    const config = configOf(this.#store.state);
    this.#places.byId('offer').hidden = true;
    if (this.#offered && !sameFields(this.#offered.config, config, RUN)) this.#offered = undefined;
    const from = performance.now();
    const every = this.#held.moving ? Math.ceil(config.epochs / JUDGED) : 1;
    this.#client.ask('run', { ...config, within, every }, {
      answer: (answer) => {
        if ('offer' in answer) {
          this.#paced.forget();
          this.#offered = { config, at: answer.at };
          this.#places.setText('offer-text', `This run takes about ${duration(answer.offer)}; the figures show it after ${plural(answer.at, word('update'), word('updates'))}.`);
          this.#places.setText('caption', this.#shown ? `The curves are of the run before: ${changes(config, this.#shown.config).join(', ')}.` : '');
          this.#places.setNotice('diverged', '');
          this.#offer(true);
          this.#showPlace();
          return;
        }
        if (this.#held.moving) this.#paced.push({ config, run: answer });
        else this.#paced.now({ config, run: answer });
      },
      part: (share) => {
        if (performance.now() - from <= PATIENCE) return;
        this.#places.setText('caption', '');
        this.#places.setText('offer-text', `Training: ${Math.floor(100 * share)} %.`);
        this.#offer(false);
      },
      failed: (message) => {
        this.#paced.forget();
        this.#places.byId('offer').hidden = true;
        this.#places.setText('caption', message);
      },
    });
  }

  #take(shown: Shown): void {
    this.#places.byId('offer').hidden = true;
    this.#shown = shown;
    const more = this.#offered !== undefined;
    this.#offered = undefined;
    this.#show();
    this.#refine();
    if (more) for (const hear of this.#hearers) hear();
    if (shown.run.diverged) this.#explain(shown.config, shown.run.diverged);
  }

  /** The handle rests, but what is shown was measured for a drag. */
  get #coarse(): boolean {
    return !this.#held.moving && (this.#shown?.run.every ?? 1) > 1;
  }

  /** The same in full, which is not to be offered only: it was short. Of other settings nobody knows. */
  #refine(): void {
    if (this.#coarse && this.#shown && sameFields(this.#shown.config, configOf(this.#store.state), RUN)) this.#ask(Number.POSITIVE_INFINITY);
  }

  /** The line above the controls: a run that can be begun, or one that can be stopped. */
  #offer(begin: boolean): void {
    this.#places.byId('offer').hidden = false;
    this.#places.byId('offer-take').hidden = !begin;
    this.#places.byId('offer-stop').hidden = begin;
  }

  #show(): void {
    if (!this.#shown) return;
    const { config, run } = this.#shown;
    const ghost = this.#ghost && this.#ghost !== this.#shown ? this.#ghost : undefined;
    showCurves([this.#places.byId('metric'), this.#places.byId('loss')], config, run, { byBatch: this.#store.state.byBatch, ghost, moving: this.#held.moving, sequences: this.#data.sequences });
    const words = caption(config, ghost?.config, run);
    this.#places.setText('caption', words);
    if (!run.diverged) this.#places.setNotice('diverged', '');
    this.#showPlace();
  }

  /** Where it diverged, and which gradient exploded. */
  #explain(config: LabConfig, where: Divergence): void {
    this.#places.setNotice('diverged', divergence(where));
    this.#client.ask('exploded', config, {
      answer: (gradients) => {
        if (this.#shown?.config === config) this.#places.setNotice('diverged', `${divergence(where)} ${explosion(gradients, config.steps)} A lower learning rate, a smaller gain or clipping may help.`);
      },
    });
  }

  // -------------------------------------------------------------------------------------------------- where in the run

  #act(action: TrainingAction): void {
    const { state } = this.#store;
    const each = epochUpdates(state);
    const now = moment(state);
    if (action === 'toggle') {
      if (!this.#playing && now >= this.#end) this.#store.change({ at: 0 });
      this.play(!this.#playing);
      return;
    }
    this.play(false);
    const to = {
      batch: now + 1,
      epoch: (Math.floor(now / each) + 1) * each,
      back: Math.max(0, now - 1),
      'back-epoch': Math.max(0, (Math.ceil(now / each) - 1) * each),
      reset: 0,
      end: this.#end,
    }[action];
    this.#store.change({ at: Math.min(to, this.#end) });
  }

  /** Nothing lies beyond a divergence. */
  get #end(): number {
    const { state } = this.#store;
    const run = this.#shown && sameFields(this.#shown.config, configOf(state), RUN) ? this.#shown.run : undefined;
    return run?.diverged ? run.updates : runUpdates(state);
  }

  /** So many epochs on; negative: back. */
  step(epochs: number): void {
    for (let i = 0; i < Math.abs(epochs); i++) this.#act(epochs > 0 ? 'epoch' : 'back-epoch');
  }

  /** On from the moment that is shown, or stop. */
  play(playing: boolean): void {
    if (playing === this.#playing) return;
    this.#playing = playing;
    this.#at = performance.now();
    this.#owed = 0;
    if (playing) requestAnimationFrame(this.#tick);
    else for (const hear of this.#hearers) hear();
    this.#showPlace();
  }

  #tick = (now: number): void => {
    if (!this.#playing) return;
    this.#owed += (Math.max(0, now - this.#at) / 1000) * this.#speed;
    this.#at = now;
    const due = Math.floor(this.#owed);
    this.#owed -= due;
    const at = moment(this.#store.state);
    if (due > 0) this.#store.change({ at: Math.min(this.#end, at + due) });
    if (moment(this.#store.state) >= this.#end) this.play(false);
    else requestAnimationFrame(this.#tick);
  };

  #showPlace(): void {
    const { state } = this.#store;
    const trained = this.#offered && sameFields(this.#offered.config, configOf(state), RUN) ? this.#offered.at : Number.POSITIVE_INFINITY;
    const now = Math.min(moment(state), this.#end, trained);
    const each = epochUpdates(state);
    const controls = this.#places.byId('training');
    controls.whole = this.#end;
    controls.updates = now;
    controls.running = this.#playing;
    controls.speed = this.#speed;
    controls.epochUpdates = each;
    const step = state.byBatch ? now : now / each;
    for (const id of ['metric', 'loss'] as const) this.#places.byId(id).cursor = Number.isInteger(step) && step > 0 ? step : undefined;
  }
}

/** "340 ms", "2.4 s", "14 min", "3.9 h". */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 0.95) return `${Math.round(milliseconds / 10) * 10} ms`;
  if (seconds < 100) return `${seconds.toFixed(seconds < 9.5 ? 1 : 0)} s`;
  return seconds < 5700 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
