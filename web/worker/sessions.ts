/** Runs that are under way or cached, each with its models and checkpoints. */

import type { Loss, Sequential, Training, Unrolled } from '../../wasm/js/types.ts';
import { GATES } from '../shared/core-facts.ts';
import { hasNew, trained } from '../state/config.ts';
import type { Config, State } from '../state/state.ts';
import { FRESH, type Run, type Moment } from './protocol.ts';
import { type DataSets, concatenated } from './data-sets.ts';
import { type Checkpoint, type Pause, Trainer } from './trainer.ts';
import { LIMIT, workOf } from './work-estimate.ts';

/** The maximum number of checkpoints of a run, and of bytes that they take. */
const CHECKPOINTS = 128;
const CHECKPOINT_BYTES = 16 * 2 ** 20;
/**
 * The number of cached runs: going back to the previous one takes no time. There are fewer of large ones, limited by
 * the sum of the numbers in a batch's activations.
 */
const KEPT = 4;
const KEPT_NUMBERS = 4_000_000;

const sizeOf = ({ cell, layers, units, steps, batch, samples }: Config): number =>
  GATES[cell] * layers * units * steps * Math.min(batch, samples);

/** A cut as the engine takes it. */
export const cutsOf = ({
  cut,
  reset,
}: Pick<State, 'cut' | 'reset'>): { withoutRecurrence: boolean; resetBefore: number } => ({
  withoutRecurrence: cut === 'loop',
  resetBefore: cut === 'state' ? reset : 0,
});

/** The number of sequences that each epoch is measured on. */
function judgedBy(config: Config): number {
  if (config.split > 0) return config.samples - trained(config);
  return hasNew(config.task) ? FRESH : 0;
}

export const allFinite = (numbers: Float32Array): boolean => numbers.every((number) => Number.isFinite(number));

/** The part of a moment that does not depend on the sequence that is shown. */
export type Snapshot = Pick<
  Moment,
  'at' | 'epoch' | 'batch' | 'training' | 'judging' | 'predictions' | 'answers' | 'trained' | 'file'
> & {
  /** The training sequences of the next update. */
  taken: Uint32Array;
};

/** In milliseconds of training, the least distance between checkpoints that makes up for the copy. */
const APART = 2;

/** Makes a model of the session's shape, and its training. `judged`: new sequences are measured. */
interface Maker {
  model: () => Sequential;
  training: (model: Sequential, judged: boolean) => Training;
}

export class Session {
  readonly config: Config;
  /** New sequences are measured after each `every` epochs. */
  readonly every: number;
  /** Trains the whole run, and leaves checkpoints. */
  readonly runner: Trainer;
  readonly checkpoints: Checkpoint[];
  /**
   * `stride`: the least number of updates between two checkpoints. `updates`: of the whole run. `batches`: of an epoch.
   */
  readonly stride: number;
  readonly updates: number;
  readonly batches: number;
  /** Multiply-adds of the whole run, independent of `every`. */
  readonly work: number;
  /** One value for each update so far, measured before the update. */
  readonly batchLoss: number[] = [];
  readonly batchMetric: number[] = [];
  run: Run | undefined;
  /** The last moment that was requested. */
  look: Snapshot | undefined;
  /** What was said of a moment beside a simple guess. */
  compared: { of: Snapshot; comparison: string } | undefined;
  /** The same moment with weights from a file. */
  loaded: { of: Snapshot; look: Snapshot } | undefined;
  /**
   * The last sequence that the probe traced. The probe still has those weights. `place`: the moment and the sequence,
   * without what-if changes of inputs and weights.
   */
  traced: { key: string; place: string; moment: Moment } | undefined;
  /** The number of requests that train the run. Requests for later moments wait for them. */
  running = 0;
  /** The last request that uses viewer and probe. There is one of each, so the next request waits for it. */
  turn: Promise<unknown> = Promise.resolve();
  /** The number of answers that are being made from this session. */
  uses = 0;
  readonly #make: Maker;
  #viewer: Trainer | undefined;
  #probe: Sequential | undefined;
  /** The time of the last checkpoint. */
  #marked = 0;

  constructor(config: Config, every: number, make: Maker, judged: number) {
    this.config = config;
    this.every = every;
    this.#make = make;
    this.runner = this.#trainer(true);
    this.runner.note = (loss, metric) => {
      this.batchLoss.push(loss);
      this.batchMetric.push(metric);
    };
    this.batches = this.runner.training.advance(0).batches;
    this.updates = config.epochs * this.batches;
    const first = { at: 0, state: this.runner.model.snapshot() };
    this.checkpoints = [first];
    const most = Math.max(2, Math.min(CHECKPOINTS, Math.floor(CHECKPOINT_BYTES / first.state.length)));
    this.stride = Math.ceil(this.updates / most);
    const { parameterCount: parameters } = this.runner.model;
    this.work = workOf({ parameters, steps: config.steps, epochs: config.epochs, learned: trained(config), judged });
  }

  /** Moves to any moment. Its training has the same split, but measures nothing. */
  get viewer(): Trainer {
    this.#viewer ??= this.#trainer(false);
    return this.#viewer;
  }

  /** Has the weights of the moment that is shown, including what-if changes. */
  get probe(): Sequential {
    this.#probe ??= this.#make.model();
    return this.#probe;
  }

  #trainer(judged: boolean): Trainer {
    const model = this.#make.model();
    try {
      return new Trainer(model, this.#make.training(model, judged));
    } catch (error) {
      model.dispose();
      throw error;
    }
  }

  /** Trains the run up to this update. Returns false if that is no longer wanted. */
  async train(to: number, go: Pause): Promise<boolean> {
    const { runner, checkpoints, stride, updates } = this;
    const mark = (): void => {
      const now = performance.now();
      if (runner.at <= (checkpoints.at(-1)?.at ?? -1) || (now - this.#marked < APART && runner.at < updates)) return;
      checkpoints.push({ at: runner.at, state: runner.model.snapshot() });
      this.#marked = now;
    };
    const wanted = await runner.forward(to, stride, () => go(runner.at / updates), mark);
    /* the last update may have produced weights that are not finite, or ended the epoch; then the update before it
       is the last that can be shown */
    const { model, training, diverged, end, at } = runner;
    const broken = (): boolean => training.nextBatch().length === 0 || !allFinite(concatenated(model.getWeights()));
    if (diverged && end === at && at > 0 && broken()) runner.end -= 1;
    return wanted;
  }

  dispose(): void {
    this.runner.dispose();
    this.#viewer?.dispose();
    this.#probe?.dispose();
  }
}

export class Sessions {
  readonly #engine: Unrolled;
  readonly #sets: DataSets;
  /** Ordered by last use. */
  readonly #sessions = new Map<string, Session>();

  constructor(engine: Unrolled, sets: DataSets) {
    this.#engine = engine;
    this.#sets = sets;
  }

  /** Runs one request after another, so that no lane moves the viewer of another. */
  inTurn<T>(config: Config, pause: Pause, make: (session: Session) => Promise<T | undefined>): Promise<T | undefined> {
    return this.using(config, (session) => {
      const turn = session.turn.then(async () => ((await pause(0)) ? make(session) : undefined));
      session.turn = turn.catch(() => undefined);
      return turn;
    });
  }

  /** A session in use is not disposed. Without `every`: the session of this run that was used last. */
  async using<T>(config: Config, make: (session: Session) => Promise<T>, every?: number): Promise<T> {
    const session = this.#sessionOf(config, every);
    session.uses += 1;
    try {
      return await make(session);
    } finally {
      session.uses -= 1;
    }
  }

  #sessionOf(config: Config, every?: number): Session {
    const run = JSON.stringify(config);
    const known = [...this.#sessions.entries()]
      .filter(([key, one]) => key.startsWith(run) && (every === undefined || one.every === every))
      .at(-1);
    const key = known?.[0] ?? `${run} ${every ?? 1}`;
    let session = known?.[1];
    if (!session) {
      this.#makeRoom(sizeOf(config));
      session = this.#begin(config, every ?? 1);
    }
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    return session;
  }

  /** Disposes the oldest sessions that are not in use. */
  #makeRoom(numbers: number): void {
    let size = numbers;
    for (const { config } of this.#sessions.values()) size += sizeOf(config);
    for (const [key, old] of this.#sessions) {
      if (this.#sessions.size < KEPT && size <= KEPT_NUMBERS) return;
      if (old.uses > 0) continue;
      this.#sessions.delete(key);
      size -= sizeOf(old.config);
      old.dispose();
    }
  }

  #begin(config: Config, every: number): Session {
    const make = {
      model: () => this.model(config),
      training: (model: Sequential, judged: boolean) => this.training(model, config, judged ? every : 0),
    };
    return new Session(config, every, make, judgedBy(config));
  }

  /**
   * Trains a whole run outside of the cache; `look` gets it at its end. `every`: new sequences are measured after each
   * `every` epochs; 0: never.
   */
  async apart<T>(
    config: Config,
    go: (trainer: Trainer) => Promise<boolean>,
    look: (trainer: Trainer) => T,
    every = 0,
  ): Promise<T | undefined> {
    const model = this.model(config);
    const trainer = new Trainer(model, this.training(model, config, every));
    try {
      return (await trainer.forward(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, () => go(trainer)))
        ? look(trainer)
        : undefined;
    } finally {
      trainer.dispose();
    }
  }

  model(config: Config, features = this.#sets.task(config).features): Sequential {
    const { loss, classes, returnSequences } = this.#sets.task(config);
    const { steps, cell, layers, units, activation, initializer, gain, seed, optimizer, rate, clip } = config;
    const model = this.#engine.sequential({
      ...{ units, timesteps: steps, features, cell, layers, loss: loss as Loss, seed },
      ...{ recurrentInitializer: initializer, recurrentGain: gain },
      ...(cell === 'simple_rnn' && { activation }),
      ...(classes && { classes }),
      ...(returnSequences && { returnSequences }),
    });
    model.compile({ optimizer, learningRate: rate, globalClipnorm: clip });
    return model;
  }

  /** `every`: new sequences are measured after each `every` epochs; 0: never. */
  training(model: Sequential, config: Config, every: number): Training {
    const { epochs, batch, split } = config;
    const { x, y } = this.#sets.of(config);
    const fresh = every > 0 && split === 0 ? this.#sets.fresh(config) : undefined;
    return model.training(x, y, {
      epochs,
      batchSize: batch,
      ...(split > 0 && { validationSplit: split }),
      ...(fresh && { validationData: fresh }),
      validationFreq: Math.max(1, every),
    });
  }
}

/** The last update of an offered run that can be shown; undefined if the run may be trained to its end, or has been. */
export const lastShownUpdate = ({ updates, work, run }: Session, within: number): number | undefined =>
  work > within && !run ? Math.floor((updates * Math.min(within, LIMIT)) / work) : undefined;
