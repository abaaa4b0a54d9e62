/**
 * Requests the whole run whenever its settings change. Keeps the run that is shown, the previous one as a ghost, and
 * the offer of a run that takes long.
 */

import { duration } from '../shared/shared-sentences.ts';
import { list, translate } from '../shared/translate.ts';
import { sameFields } from '../state/fields.ts';
import { configOf, RUN, shownUpdate } from '../state/config.ts';
import { type Config, runUpdates, type State } from '../state/state.ts';
import type { Offer, Run as Trained } from '../worker/protocol.ts';
import { LIMIT } from '../worker/work-estimate.ts';
import { changes, haveOtherData, untilTrained } from './captions.ts';
import type { Core } from './core.ts';
import { FrameQueue } from './frame-queue.ts';
import { Listeners } from './listeners.ts';

/** A run and its settings. */
export interface ShownRun {
  config: Config;
  run: Trained;
}

/** The line above the figures, which offers to begin a run or to stop it. */
export interface OfferLine {
  text: string;
  begins: boolean;
}

/**
 * While a handle is held, the new sequences are measured about this many times in a run, because measuring takes longer
 * than training.
 */
const JUDGED = 5;

/** The progress of a run that takes longer than this is shown, in milliseconds. */
const PATIENCE = 700;

export class Training {
  readonly #core: Core;
  readonly #run: { name: string; state: State | undefined };
  /** The run whose Train and Stop buttons control this one, too. */
  readonly #leader: Training | undefined;
  readonly #changed = new Listeners();
  readonly #another = new Listeners<[ShownRun | undefined]>();
  readonly #chose = new Listeners();
  readonly #paced = new FrameQueue<ShownRun>((shown) => this.#take(shown));
  /** For each figure that shows the run: whether it is near the screen. */
  readonly #wanting = new Set<() => boolean>();
  #shown: ShownRun | undefined;
  #ghost: ShownRun | undefined;
  /** A run that is only offered: its duration, and the last update of it that can be shown. */
  #offered: (Offer & { config: Config }) | undefined;
  /** A run that is known to diverge though it was not trained to its end, and the last update before the divergence. */
  #ended: { config: Config; at: number } | undefined;
  /**
   * The run that the reader began or stopped, the work that it may take, and the work that it might take before that.
   */
  #chosen: { config: Config; within: number; before: number } | undefined;
  /** A message in place of the caption, until another run is drawn; empty if there is none. */
  #said = '';
  #progress = '';
  #busy = false;
  #frame = 0;
  /** Only the page's own run is timed again, and only once. */
  #timed: boolean;
  /** The settings of the last request. */
  #asked: Config | undefined;

  constructor(core: Core, run: { name: string; state: State | undefined }, leader?: Training) {
    this.#core = core;
    this.#run = run;
    this.#leader = leader;
    this.#timed = leader !== undefined;
    core.store.listen(({ lesson }, before) => {
      const { config } = this;
      const stepped = lesson !== before.lesson;
      const newRun = config && !(this.#asked && sameFields(config, this.#asked, RUN));
      /* the run of another step of the lesson is not one to compare with */
      if (stepped || (newRun && !core.store.dragging && this.#shown)) this.#ghost = stepped ? undefined : this.#shown;
      if (newRun) this.#later();
      else if (stepped) this.#another.tell(this.#shown);
      if (!newRun) this.#changed.tell();
    });
    core.store.listenToDrags({
      start: () => {
        this.#ghost = this.#shown;
      },
      end: () => {
        const { config } = this;
        if (config && this.#asked && !sameFields(config, this.#asked, RUN)) this.#ask();
        else this.#refine();
        this.#changed.tell();
      },
    });
    leader?.listenToChoices(() => this.#ask());
  }

  /** True for the network that is compared with the page's own. */
  get #isB(): boolean {
    return this.#run.name === 'b';
  }

  /** Requests the run, because something shows it. `near`: whether that is near the screen. */
  want(near: () => boolean = () => true): void {
    this.#wanting.add(near);
    if (this.#wanting.size === 1) this.#ask();
  }

  /** The current settings; undefined if there is no such network. */
  get config(): Config | undefined {
    return this.#run.state && configOf(this.#run.state);
  }

  /** The run that is shown. While a newer one is trained, its settings are not the current ones. */
  get shown(): ShownRun | undefined {
    return this.#shown;
  }

  /** The previous run, if it differs from the one that is shown. */
  get ghost(): ShownRun | undefined {
    return this.#ghost === this.#shown ? undefined : this.#ghost;
  }

  /** The previous run, if it was trained on the same data: what another task measures is no line to compare with. */
  get comparableGhost(): ShownRun | undefined {
    const { ghost } = this;
    return ghost && this.#shown && !haveOtherData(ghost.config, this.#shown.config) ? ghost : undefined;
  }

  /** The run that is shown, if it has the current settings. */
  get current(): ShownRun | undefined {
    const { config } = this;
    return this.#shown && config && sameFields(this.#shown.config, config, RUN) ? this.#shown : undefined;
  }

  /** A message in place of the caption; empty if there is none. */
  get message(): string {
    return this.#said;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** True if the run with the current settings is only offered. */
  get offered(): boolean {
    return this.#offer !== undefined;
  }

  /** The text of the offer line; undefined if there is none. */
  get line(): OfferLine | undefined {
    if (this.#progress) return { text: this.#progress, begins: false };
    const offer = this.#offer;
    if (!offer) return undefined;
    const time = duration(offer.offer);
    return {
      text: this.#isB ? translate(`B takes about ${time}.`) : translate(`This run takes about ${time}.`),
      begins: true,
    };
  }

  /** Says which moment the figures show while the run is only offered; empty otherwise. */
  get meanwhile(): string {
    return this.offered ? untilTrained(this.now) : '';
  }

  /**
   * The work that an answer about this run may take, in multiply-adds: unlimited if the run was trained to its end
   * here, or if the reader began it.
   */
  within(config: Config): number {
    const chosen = (this.#leader ?? this).#chosen;
    /* runs that follow a leader differ from it only in the task */
    const like = this.#leader && chosen ? { ...config, task: chosen.config.task } : config;
    if (chosen && sameFields(chosen.config, like, RUN)) return chosen.within;
    return this.#shown && sameFields(this.#shown.config, config, RUN) ? Number.POSITIVE_INFINITY : LIMIT;
  }

  /** Calls `listener` whenever the offer, the message or the progress changes. */
  listen(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** Calls `listener` when another run is shown, or offered. */
  listenToRuns(listener: (shown: ShownRun | undefined) => void): () => void {
    return this.#another.add(listener);
  }

  /** Calls `listener` when the reader has begun or stopped a run, because other moments of it can now be shown. */
  listenToChoices(listener: () => void): () => void {
    return this.#chose.add(listener);
  }

  /** Requests the run at most once a frame. */
  #later(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#ask();
    });
  }

  /** Requests the run again, because missing data have arrived. */
  again(): void {
    this.#ask();
  }

  /** Begins the run that is offered. */
  begin(): void {
    const { config } = this;
    if (config) this.#choose(Number.POSITIVE_INFINITY, this.within(config));
  }

  stop(): void {
    this.#choose(this.#chosen?.before ?? 0);
  }

  #choose(within: number, before = 0): void {
    const { config } = this;
    if (!config) return;
    this.#chosen = { config, within, before };
    this.#offered = undefined;
    this.#ask();
    this.#chose.tell();
  }

  #ask(): void {
    const { config } = this;
    const { store, client } = this.#core;
    const { moving } = store;
    if (this.#wanting.size === 0 || !config) return;
    /* while a handle is held, runs that nobody sees are not trained */
    if (moving && ![...this.#wanting].some((near) => near())) return;
    this.#asked = config;
    this.#progress = '';
    if (this.#offered && !sameFields(this.#offered.config, config, RUN)) this.#offered = undefined;
    if (this.#chosen && !sameFields(this.#chosen.config, config, RUN)) this.#chosen = undefined;
    const from = performance.now();
    this.#busy = true;
    const every = moving ? Math.ceil(config.epochs / JUDGED) : 1;
    client.ask(
      'run',
      { ...config, within: this.within(config), every },
      {
        answer: (answer) => {
          if ('offer' in answer) {
            this.#paced.forget();
            this.#busy = false;
            this.#progress = '';
            this.#offered = { config, ...answer };
            this.#said = this.#shown
              ? translate(`The curves show the previous run: ${list(changes(this.#shown.config, config))}.`)
              : '';
            this.#changed.tell();
            this.#another.tell(undefined);
          } else if (store.moving) this.#paced.push({ config, run: answer });
          else this.#paced.now({ config, run: answer });
        },
        part: (share) => {
          /* while a handle moves, each of its runs would show and hide the line, and the page would jump */
          if (moving || performance.now() - from <= PATIENCE) return;
          this.#said = '';
          const percent = Math.floor(100 * share);
          this.#progress = this.#isB ? translate(`Training B: ${percent} %.`) : translate(`Training: ${percent} %.`);
          this.#changed.tell();
        },
        failed: ({ message }) => {
          this.#paced.forget();
          this.#busy = false;
          this.#progress = '';
          this.#said = message;
          this.#asked = undefined;
          this.#changed.tell();
        },
      },
      this.#run.name,
    );
    this.#changed.tell();
  }

  #take(shown: ShownRun): void {
    this.#shown = shown;
    this.#said = '';
    this.#progress = '';
    this.#busy = this.#core.client.asks('run', this.#run.name);
    this.#offered = undefined;
    this.#changed.tell();
    this.#refine();
    this.#another.tell(shown);
    if (!this.#timed) void this.#timeAgain(shown);
  }

  /**
   * The page's first run also waits for the browser to compile the engine. Once nothing else is asked for, the run is
   * timed again, unless it takes so long that compiling is a small part of it.
   */
  async #timeAgain(shown: ShownRun): Promise<void> {
    this.#timed = true;
    const { client } = this.#core;
    await client.idle();
    if (this.current !== shown || shown.run.milliseconds > PATIENCE) return;
    client.ask(
      'run',
      { ...shown.config, within: this.within(shown.config), every: shown.run.every, again: true },
      {
        answer: (run) => {
          if ('offer' in run) return;
          shown.run = run;
          if (this.#shown === shown) this.#another.tell(shown);
        },
      },
      this.#run.name,
    );
  }

  /** After a drag, requests the run again if it was measured only a few times. */
  #refine(): void {
    if (this.#core.store.moving || !this.current) return;
    if ((this.#shown?.run.every ?? 1) > 1) this.#ask();
  }

  // ------------------------------------------------------------------------------------------------ where in the run

  /** The run with these settings diverges: its moments end with this update. */
  endsAt(config: Config, at: number): void {
    this.#ended = { config, at };
    this.#changed.tell();
  }

  /** Nothing lies beyond a divergence. */
  get end(): number {
    const { config } = this;
    const { state } = this.#run;
    if (!config || !state) return 0;
    const run = this.current?.run;
    if (run?.diverged) return run.updates;
    return this.#ended && sameFields(this.#ended.config, config, RUN) ? this.#ended.at : runUpdates(state);
  }

  /** The offer of this run: none, if it is trained or was not asked for yet. */
  get #offer(): Offer | undefined {
    const { config } = this;
    return this.#offered && config && sameFields(this.#offered.config, config, RUN) ? this.#offered : undefined;
  }

  /** The last update that can be gone to. */
  get reach(): number {
    return Math.min(this.end, this.#offer?.reach ?? Number.POSITIVE_INFINITY);
  }

  /** The update that the figures show. */
  get now(): number {
    return shownUpdate(this.#run.state?.at ?? 0, this.end, this.#offer?.reach);
  }
}
