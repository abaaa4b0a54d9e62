/** The whole run: asked for at every change, its curves, the run before as a ghost, and where in it we stand. */

import type { Divergence } from '../../wasm/js/types.ts';
import type { TrainingAction } from '../controls/rnn-training.ts';
import { configOf, epochUpdates, type LabState, moment, RUN, runUpdates, shownUpdate } from '../state/lab-state.ts';
import { sameFields } from '../state/fields.ts';
import type { Client } from '../worker/client.ts';
import type { LabConfig, Offer } from '../worker/protocol.ts';
import { LIMIT } from '../worker/work-estimate.ts';
import { divergence, duration, withGhost } from '../shared/shared-sentences.ts';
import { drawnByBatch, type Shown, showCurves } from './run-curves.ts';
import type { Data } from './task-data.ts';
import type { LabOutdated, LabStore, PageParts } from './lab-parts.ts';
import type { DragGesture } from './drag-gesture.ts';
import { FrameQueue } from './frame-queue.ts';
import { caption, changes, explosion, untilTrained } from './captions.ts';
import { formatNumber } from '../shared/format.ts';
import { translate } from '../shared/translate.ts';

/**
 * While a handle is held, fresh data are measured about so many times in a run: measuring them takes longer than
 * training.
 */
const JUDGED = 5;

/** How long a run may take before its progress is told. */
const PATIENCE = 200;

/** What is drawn and said of a run. */
const DRAWN = ['metric', 'loss', 'caption', 'diverged'] as const;
/** What is drawn and said of one moment of it. */
const MOMENT = ['figure', 'place', 'data', 'arithmetic', 'backward'] as const;

export class TrainingRun {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  readonly #gesture: DragGesture;
  readonly #outdated: LabOutdated;
  readonly #hearers: (() => void)[] = [];
  readonly #takers: (() => void)[] = [];
  readonly #paced = new FrameQueue<Shown>((shown) => this.#take(shown));
  #shown: Shown | undefined;
  #ghost: Shown | undefined;
  /** A run that is offered only: how long it takes, and the last update that is shown of it. */
  #offered: (Offer & { config: LabConfig }) | undefined;
  /** A run that is known to diverge though it was not trained to its end, and the last update before that. */
  #ended: { config: LabConfig; at: number } | undefined;
  /**
   * The run that the reader began or stopped, how much work it may be, and how much it might be before it was begun.
   */
  #chosen: { config: LabConfig; within: number; before: number } | undefined;
  /** What is said in place of the caption, until another run is drawn. */
  #said = '';
  #frame = 0;
  #playing = false;
  #at = 0;
  #owed = 0;

  constructor(
    places: PageParts,
    store: LabStore,
    client: Client,
    data: Data,
    gesture: DragGesture,
    outdated: LabOutdated,
  ) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#data = data;
    this.#gesture = gesture;
    this.#outdated = outdated;
    outdated.watch(DRAWN, RUN);
    data.listen(() => this.#show());
    store.listen((state, before) => {
      if (!sameFields(state, before, RUN)) this.#later();
      if (state.byBatch !== before.byBatch) this.#show();
      this.#showPlace();
    });
    gesture.listen({
      taken: () => {
        this.#ghost = this.#shown;
      },
      released: () => {
        this.#show();
        this.#refine();
      },
    });
    this.#places.byId('offer-take').addEventListener('click', () => this.#begin());
    this.#places.byId('offer-stop').addEventListener('click', () => this.#choose(this.#chosen?.before ?? 0));
    const controls = this.#places.byId('training');
    controls.addEventListener('rnn-training', (event) => this.#act(event.detail.action));
    controls.addEventListener('rnn-seek', (event) => {
      this.play(false);
      this.goTo(event.detail.updates);
    });
    controls.addEventListener('rnn-speed', (event) => {
      store.change({ speed: String(event.detail.speed) as LabState['speed'] });
    });
    for (const id of ['metric', 'loss'] as const)
      this.#places.byId(id).addEventListener('rnn-cursor', ({ detail: { epoch, chosen } }) => {
        const each = this.#byBatch ? 1 : epochUpdates(this.#store.state);
        if (chosen && epoch !== undefined) this.goTo(epoch * each);
        this.#showPlace(); /* the mark stays at the moment that is shown */
      });
  }

  /** The run that is shown, and its settings: while a newer one is trained, those are not the page's. */
  get shown(): Shown | undefined {
    return this.#shown;
  }

  /** Is the run with the page's settings offered only? */
  get offered(): boolean {
    return this.#offer !== undefined;
  }

  /** Is the training played? */
  get playing(): boolean {
    return this.#playing;
  }

  /**
   * How much work an answer about this run may be: any for one that was trained to its end here, or that the reader
   * asked for.
   */
  within(config: LabConfig): number {
    const of = (one: { config: LabConfig } | undefined): boolean =>
      one !== undefined && sameFields(one.config, config, RUN);
    if (this.#chosen && of(this.#chosen)) return this.#chosen.within;
    return of(this.#shown) ? Number.POSITIVE_INFINITY : LIMIT;
  }

  /** `hear` is called when more or less is to be shown: a run was begun or stopped, or playing ended. */
  listen(hear: () => void): void {
    this.#hearers.push(hear);
  }

  /** `hear` is called when another run is shown, or is offered in its place. */
  listenRun(hear: () => void): void {
    this.#takers.push(hear);
  }

  start(): void {
    this.#ask();
    this.#showPlace();
  }

  /** At most once a frame. */
  #later(): void {
    if (this.#frame) return;
    if (!this.#gesture.dragging && this.#shown) this.#ghost = this.#shown;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#ask();
    });
  }

  /** The reader begins the run that is offered. */
  #begin(): void {
    this.#outdated.renew(MOMENT, translate('This figure still shows the network before this training.'));
    this.#choose(Number.POSITIVE_INFINITY, this.within(configOf(this.#store.state)));
  }

  /** The reader begins or stops a run: other moments of it can be shown than before. */
  #choose(within: number, before = 0): void {
    this.#chosen = { config: configOf(this.#store.state), within, before };
    this.#offered = undefined;
    this.#ask();
    for (const hear of this.#hearers) hear();
  }

  #ask(): void {
    const config = configOf(this.#store.state);
    this.#places.byId('offer').hidden = true;
    if (this.#offered && !sameFields(this.#offered.config, config, RUN)) this.#offered = undefined;
    if (this.#chosen && !sameFields(this.#chosen.config, config, RUN)) this.#chosen = undefined;
    const from = performance.now();
    this.#outdated.busy(DRAWN, true);
    const every = this.#gesture.moving ? Math.ceil(config.epochs / JUDGED) : 1;
    this.#client.ask(
      'run',
      { ...config, within: this.within(config), every },
      {
        answer: (answer) => {
          if ('offer' in answer) {
            this.#paced.forget();
            this.#outdated.busy(DRAWN, false);
            this.#offered = { config, ...answer };
            this.#say(
              this.#shown
                ? translate(`The curves are of the run before: ${changes(this.#shown.config, config).join(', ')}.`)
                : '',
            );
            this.#showOffer(true);
            this.#showPlace();
            for (const hear of this.#takers) hear();
            return;
          }
          if (this.#gesture.moving) this.#paced.push({ config, run: answer });
          else this.#paced.now({ config, run: answer });
        },
        part: (share) => {
          if (performance.now() - from <= PATIENCE) return;
          this.#say('');
          this.#places.setText('offer-text', translate(`Training: ${Math.floor(100 * share)} %.`));
          this.#showOffer(false);
        },
        failed: (message) => {
          this.#paced.forget();
          this.#outdated.busy(DRAWN, false);
          this.#places.byId('offer').hidden = true;
          this.#say(message);
        },
      },
    );
  }

  /** Puts a message where the caption of the curves was. */
  #say(message: string): void {
    this.#said = message;
    this.#places.setText('caption', message);
    this.#outdated.drawn(['caption'], undefined);
  }

  #take(shown: Shown): void {
    this.#places.byId('offer').hidden = true;
    this.#shown = shown;
    this.#said = '';
    this.#offered = undefined;
    this.#show();
    this.#refine();
    for (const hear of this.#takers) hear();
    if (shown.run.diverged) this.#explain(shown, shown.run.diverged);
  }

  /** The handle rests, but what is shown was measured for a drag. */
  get #coarse(): boolean {
    return !this.#gesture.moving && (this.#shown?.run.every ?? 1) > 1;
  }

  /** The same in full. Of other settings nobody knows. */
  #refine(): void {
    if (this.#coarse && this.#shown && sameFields(this.#shown.config, configOf(this.#store.state), RUN)) this.#ask();
  }

  /** The line above the controls: a run that can be begun, or one that can be stopped. */
  #showOffer(begin: boolean): void {
    this.#places.byId('offer').hidden = false;
    this.#places.byId('offer-take').hidden = !begin;
    this.#places.byId('offer-stop').hidden = begin;
  }

  #show(): void {
    if (!this.#shown) return;
    const { config, run } = this.#shown;
    const ghost = this.#ghost && this.#ghost !== this.#shown ? this.#ghost : undefined;
    showCurves([this.#places.byId('metric'), this.#places.byId('loss')], config, run, {
      byBatch: this.#store.state.byBatch,
      ghost,
      moving: this.#gesture.moving,
      sequences: this.#data.sequences,
    });
    this.#places.setText('caption', this.#said || withGhost(caption(config, ghost?.config, run), ghost !== undefined));
    if (!run.diverged) this.#places.setNotice('diverged', '');
    this.#outdated.drawn(DRAWN, { ...this.#store.state, ...config });
    if (this.#said) this.#outdated.drawn(['caption'], undefined);
    this.#showPlace();
  }

  /** Is a step of the curves an update? */
  get #byBatch(): boolean {
    return drawnByBatch(this.#store.state.byBatch, this.#shown?.run);
  }

  /** Where it diverged, and which gradient exploded. */
  #explain({ config, run: { batches } }: Shown, where: Divergence): void {
    const said = translate(`${divergence(where, batches)} The curves show each batch up to there.`);
    this.#places.setNotice('diverged', said);
    this.#client.ask('exploded', config, {
      answer: (gradients) => {
        if (this.#shown?.config === config)
          this.#places.setNotice(
            'diverged',
            translate(
              `${said} ${explosion(gradients, config.steps)} A lower learning rate, a smaller gain or clipping may help.`,
            ),
          );
      },
    });
  }

  // -------------------------------------------------------------------------------------------------- where in the run

  #act(action: TrainingAction): void {
    const { state } = this.#store;
    const each = epochUpdates(state);
    const now = this.#now;
    if (action === 'toggle') {
      if (!this.#playing && now >= this.#reach) this.#store.change({ at: 0 });
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
      end: this.#reach,
    }[action];
    this.goTo(to);
  }

  /** Shows this update, or the last one that can be gone to. */
  goTo(updates: number): void {
    this.#store.change({ at: Math.min(updates, this.#reach) });
  }

  /** The run with these settings diverges: its moments end with this update. */
  endsAt(config: LabConfig, at: number): void {
    this.#ended = { config, at };
    this.#showPlace();
  }

  /** Nothing lies beyond a divergence. */
  get #end(): number {
    const { state } = this.#store;
    const config = configOf(state);
    const run = this.#shown && sameFields(this.#shown.config, config, RUN) ? this.#shown.run : undefined;
    if (run?.diverged) return run.updates;
    return this.#ended && sameFields(this.#ended.config, config, RUN) ? this.#ended.at : runUpdates(state);
  }

  /** What is offered of this run: nothing, if it is trained or was not asked for yet. */
  get #offer(): Offer | undefined {
    const offered = this.#offered;
    return offered && sameFields(offered.config, configOf(this.#store.state), RUN) ? offered : undefined;
  }

  /** The last update that can be gone to. */
  get #reach(): number {
    return Math.min(this.#end, this.#offer?.reach ?? Number.POSITIVE_INFINITY);
  }

  /** The update that the figures show. */
  get #now(): number {
    return shownUpdate(this.#store.state.at, this.#end, this.#offer?.reach);
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
    this.#owed += (Math.max(0, now - this.#at) / 1000) * Number(this.#store.state.speed);
    this.#at = now;
    const due = Math.floor(this.#owed);
    this.#owed -= due;
    const at = moment(this.#store.state);
    if (due > 0) this.#store.change({ at: Math.min(this.#reach, at + due) });
    if (moment(this.#store.state) >= this.#reach) this.play(false);
    else requestAnimationFrame(this.#tick);
  };

  /** Curves by epoch stand still between two epochs: what each batch scored is said. */
  #batchFigures(updates: number): string {
    const run =
      this.#shown && sameFields(this.#shown.config, configOf(this.#store.state), RUN) ? this.#shown.run : undefined;
    const [loss, metric] = [run?.batchLoss[updates - 1], run?.batchMetric[updates - 1]];
    if (!run || loss === undefined || metric === undefined) return '';
    const name = 'mean_absolute_error' in run.history ? translate('mean absolute error') : translate('accuracy');
    return translate(
      `The loss of this batch was ${formatNumber(loss, 4)}, and its ${name} was ${formatNumber(metric, 4)}.`,
    );
  }

  #showPlace(): void {
    const { state } = this.#store;
    const now = this.#now;
    if (this.#offer)
      this.#places.setText(
        'offer-text',
        translate(`This run takes about ${duration(this.#offer.offer)}. ${untilTrained(now)}`),
      );
    const each = epochUpdates(state);
    const controls = this.#places.byId('training');
    controls.whole = this.#end;
    controls.reach = this.#reach;
    controls.updates = now;
    controls.running = this.#playing;
    controls.speed = Number(this.#store.state.speed);
    controls.epochUpdates = each;
    controls.figures = this.#batchFigures(now);
    const by = this.#places.byId('by');
    by.selectedIndex = Number(this.#byBatch);
    by.disabled = this.#shown?.run.diverged !== undefined; /* it is drawn by batch whatever is chosen */
    const step = this.#byBatch ? now : now / each;
    for (const id of ['metric', 'loss'] as const)
      this.#places.byId(id).cursor = Number.isInteger(step) && step > 0 ? step : undefined;
  }
}
