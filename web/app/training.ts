/**
 * The whole run, asked for at every change of its settings: the run that is shown, the run before as a ghost, and the
 * offer of a run that takes long.
 */

import { duration } from '../shared/shared-sentences.ts';
import { list, translate } from '../shared/translate.ts';
import { sameFields } from '../state/fields.ts';
import { type Config, configOf, RUN, runUpdates, shownUpdate, type State } from '../state/state.ts';
import type { Offer, Run as Trained } from '../worker/protocol.ts';
import { LIMIT } from '../worker/work-estimate.ts';
import { changes, untilTrained } from './captions.ts';
import type { Core } from './core.ts';
import { FrameQueue } from './frame-queue.ts';
import { Listeners } from './listeners.ts';

/** A run, and the settings that it is of. */
export interface Shown {
  config: Config;
  run: Trained;
}

/** The line above the figures: a run that can be begun, or one that can be stopped. */
export interface OfferLine {
  text: string;
  begins: boolean;
}

/**
 * While a handle is held, fresh data are measured about so many times in a run: measuring them takes longer than
 * training.
 */
const JUDGED = 5;

/** How long a run may take before its progress is told, in milliseconds. */
const PATIENCE = 700;

export class Training {
  readonly #core: Core;
  readonly #run: { name: string; state: State | undefined };
  /** The run whose Train and Stop buttons this one follows, too. */
  readonly #leader: Training | undefined;
  readonly #changed = new Listeners();
  readonly #another = new Listeners<[Shown | undefined]>();
  readonly #chose = new Listeners();
  readonly #paced = new FrameQueue<Shown>((shown) => this.#take(shown));
  /** Whether a figure that shows the run is near the screen. */
  readonly #wanting = new Set<() => boolean>();
  #shown: Shown | undefined;
  #ghost: Shown | undefined;
  /** A run that is offered only: how long it takes, and the last update that is shown of it. */
  #offered: (Offer & { config: Config }) | undefined;
  /** A run that is known to diverge though it was not trained to its end, and the last update before that. */
  #ended: { config: Config; at: number } | undefined;
  /**
   * The run that the reader began or stopped, how much work it may be, and how much it might be before it was begun.
   */
  #chosen: { config: Config; within: number; before: number } | undefined;
  /** A message in place of the caption, until another run is drawn. */
  #said = '';
  #progress = '';
  #busy = false;
  #frame = 0;
  /** Only the page's own run is timed again, and only once. */
  #timed: boolean;
  /** The settings that were asked for last. */
  #asked: Config | undefined;

  constructor(core: Core, run: { name: string; state: State | undefined }, leader?: Training) {
    this.#core = core;
    this.#run = run;
    this.#leader = leader;
    this.#timed = leader !== undefined;
    core.store.listen(() => {
      const { config } = this;
      if (config && !(this.#asked && sameFields(config, this.#asked, RUN))) this.#later();
      else this.#changed.tell();
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

  /** The network beside the page's own. */
  get #isB(): boolean {
    return this.#run.name === 'b';
  }

  /** Someone shows the run: it is asked for. `near`: whether that is near the screen. */
  want(near: () => boolean = () => true): void {
    this.#wanting.add(near);
    if (this.#wanting.size === 1) this.#ask();
  }

  /** The settings that the page asks for; undefined: there is no such network. */
  get config(): Config | undefined {
    return this.#run.state && configOf(this.#run.state);
  }

  /** The run that is shown, and its settings: while a newer one is trained, those are not the page's. */
  get shown(): Shown | undefined {
    return this.#shown;
  }

  /** The run before, if it is another one. */
  get ghost(): Shown | undefined {
    return this.#ghost === this.#shown ? undefined : this.#ghost;
  }

  /** The run that is shown, if it is of the page's settings. */
  get current(): Shown | undefined {
    const { config } = this;
    return this.#shown && config && sameFields(this.#shown.config, config, RUN) ? this.#shown : undefined;
  }

  /** A message in place of the caption; empty: none. */
  get message(): string {
    return this.#said;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Is the run with the page's settings offered only? */
  get offered(): boolean {
    return this.#offer !== undefined;
  }

  /** What the offer line says; undefined: nothing. */
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

  /** What the figures show meanwhile; empty: the run itself. */
  get meanwhile(): string {
    return this.offered ? untilTrained(this.now) : '';
  }

  /**
   * How much work an answer about this run may be: any for one that was trained to its end here, or that the reader
   * asked for.
   */
  within(config: Config): number {
    const chosen = (this.#leader ?? this).#chosen;
    /* the runs that follow differ in their tasks alone */
    const like = this.#leader && chosen ? { ...config, task: chosen.config.task } : config;
    if (chosen && sameFields(chosen.config, like, RUN)) return chosen.within;
    return this.#shown && sameFields(this.#shown.config, config, RUN) ? Number.POSITIVE_INFINITY : LIMIT;
  }

  /** Hears whenever something of it is to be shown anew. */
  listen(hear: () => void): () => void {
    return this.#changed.add(hear);
  }

  /** Hears when another run is shown, or is offered in its place. */
  listenToRuns(hear: (shown: Shown | undefined) => void): () => void {
    return this.#another.add(hear);
  }

  /** Hears when the reader has begun or stopped a run: other moments of it can be shown than before. */
  listenToChoices(hear: () => void): () => void {
    return this.#chose.add(hear);
  }

  /** At most once a frame. */
  #later(): void {
    if (!this.#core.store.dragging && this.#shown) this.#ghost = this.#shown;
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#ask();
    });
  }

  /** Another engine, or data that were missing. */
  again(): void {
    this.#ask();
  }

  /** The reader begins the run that is offered. */
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
    /* of what nobody sees only the end of a drag is trained */
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
              ? translate(`The curves are of the run before: ${list(changes(this.#shown.config, config))}.`)
              : '';
            this.#changed.tell();
            this.#another.tell(undefined);
          } else if (store.moving) this.#paced.push({ config, run: answer });
          else this.#paced.now({ config, run: answer });
        },
        part: (share) => {
          if (performance.now() - from <= PATIENCE) return;
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

  #take(shown: Shown): void {
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
  async #timeAgain(shown: Shown): Promise<void> {
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

  /** The handle rests, but what is shown was measured for a drag: the same in full. Of other settings nobody knows. */
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
