/** The whole run: asked for at every change, its curves, the run before as a ghost, and where in it we stand. */

import type { TrainingAction } from '../elements/rnn-training.ts';
import { configOf, epochUpdates, moment, RUN, runUpdates } from '../state/lab.ts';
import { sameFields } from '../state/fields.ts';
import type { Client } from '../worker/client.ts';
import type { LabRun } from '../worker/protocol.ts';
import { divergence } from '../words.ts';
import { type Shown, showCurves } from './curves.ts';
import type { Data } from './data.ts';
import { byId, type LabStore, setNotice, setText } from './dom.ts';
import { caption } from './words.ts';

/** A change trains at once if that takes no longer, in milliseconds; opening the page may take more. */
export const SHORT = 100;
const OPENING = 1500;

/** How long a run may take before its progress is told. */
const PATIENCE = 200;

export class Running {
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  #shown: Shown | undefined;
  #ghost: Shown | undefined;
  /** A handle is held: the ghost stays the run before it was taken. */
  #moving = false;
  #frame = 0;
  #speed = 40;
  #playing = false;
  #at = 0;
  #owed = 0;

  constructor(store: LabStore, client: Client, data: Data) {
    this.#store = store;
    this.#client = client;
    this.#data = data;
    data.listen(() => this.#show());
    store.listen((state, before) => {
      if (!sameFields(state, before, RUN)) this.#later();
      this.#showPlace();
    });
    document.body.addEventListener('rnn-change', ({ detail: { final } }) => {
      if (!this.#moving && !final) this.#ghost = this.#shown;
      this.#moving = !final;
    });
    byId('offer-take').addEventListener('click', () => this.#ask(Number.POSITIVE_INFINITY));
    const controls = byId('training');
    controls.addEventListener('rnn-training', (event) => this.#act(event.detail.action));
    controls.addEventListener('rnn-seek', (event) => {
      this.#play(false);
      this.#store.change({ at: event.detail.updates });
    });
    controls.addEventListener('rnn-speed', (event) => {
      this.#speed = event.detail.speed;
    });
    for (const id of ['metric', 'loss'] as const)
      byId(id).addEventListener('rnn-cursor', (event) => {
        const { epoch, chosen } = (event as CustomEvent<{ epoch: number | undefined; chosen: boolean }>).detail;
        if (chosen && epoch !== undefined) this.#store.change({ at: epoch * epochUpdates(this.#store.state) });
      });
  }

  /** The run that is shown. */
  get run(): LabRun | undefined {
    return this.#shown?.run;
  }

  start(): void {
    this.#ask(OPENING);
    this.#showPlace();
  }

  /** At most once a frame. */
  #later(): void {
    if (this.#frame) return;
    if (!this.#moving && this.#shown) this.#ghost = this.#shown;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#ask(SHORT);
    });
  }

  #ask(within: number): void {
    const config = configOf(this.#store.state);
    byId('offer').hidden = true;
    const from = performance.now();
    this.#client.ask('run', { ...config, within }, {
      answer: (answer) => {
        if ('offer' in answer) {
          setText('offer-text', `This run takes about ${duration(answer.offer)}; the figures show it as far as it was trained.`);
          setText('caption', '');
          setNotice('diverged', '');
          byId('offer').hidden = false;
          return;
        }
        byId('offer').hidden = true;
        this.#shown = { config, run: answer };
        this.#show();
      },
      part: (share) => {
        if (performance.now() - from > PATIENCE) setText('caption', `training: ${Math.round(100 * share)} %`);
      },
      failed: (message) => setText('caption', message),
    });
  }

  #show(): void {
    if (!this.#shown) return;
    const { config, run } = this.#shown;
    const ghost = this.#ghost && this.#ghost !== this.#shown ? this.#ghost : undefined;
    showCurves([byId('metric'), byId('loss')], config, run, { ghost, moving: this.#moving, sequences: this.#data.sequences });
    const words = caption(config, ghost?.config, run);
    setText('caption', words);
    setNotice('diverged', run.diverged ? `${divergence(run.diverged)} A lower learning rate, a smaller gain or clipping may help.` : '');
    this.#showPlace();
  }

  // -------------------------------------------------------------------------------------------------- where in the run

  #act(action: TrainingAction): void {
    const { state } = this.#store;
    const each = epochUpdates(state);
    const now = moment(state);
    if (action === 'toggle') {
      if (!this.#playing && now >= this.#end) this.#store.change({ at: 0 });
      this.#play(!this.#playing);
      return;
    }
    this.#play(false);
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

  #play(playing: boolean): void {
    if (playing === this.#playing) return;
    this.#playing = playing;
    this.#at = performance.now();
    this.#owed = 0;
    if (playing) requestAnimationFrame(this.#tick);
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
    if (moment(this.#store.state) >= this.#end) this.#play(false);
    else requestAnimationFrame(this.#tick);
  };

  #showPlace(): void {
    const { state } = this.#store;
    const now = Math.min(moment(state), this.#end);
    const each = epochUpdates(state);
    const controls = byId('training');
    controls.whole = this.#end;
    controls.updates = now;
    controls.running = this.#playing;
    controls.speed = this.#speed;
    controls.epochUpdates = each;
    const epoch = now / each;
    for (const id of ['metric', 'loss'] as const) byId(id).cursor = Number.isInteger(epoch) && epoch > 0 ? epoch : undefined;
  }
}

export const duration = (milliseconds: number): string => (milliseconds < 950 ? `${Math.round(milliseconds / 10) * 10} ms` : `${(milliseconds / 1000).toFixed(milliseconds < 9500 ? 1 : 0)} s`);
