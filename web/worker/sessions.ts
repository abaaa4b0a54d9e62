/** Runs that are under way or kept, each with its models and checkpoints. */

import type { Loss, Sequential, Training, Unrolled } from '../../wasm/js/types.ts';
import { GATES } from '../shared/core-facts.ts';
import { OWN_TASK, trained } from '../state/lab-state.ts';
import { FRESH, type LabConfig, type LabRun, type Moment } from './protocol.ts';
import { type DataSets, joined } from './data-sets.ts';
import type { Pause } from './slices.ts';
import { type Checkpoint, Track } from './trainer.ts';
import { workOf } from './work-estimate.ts';

/** Checkpoints of a run, and bytes that they may take. */
const CHECKPOINTS = 128;
const CHECKPOINT_BYTES = 16 * 2 ** 20;
/**
 * Runs that are kept: going back to the one before costs nothing. Large ones are fewer: so many numbers of a batch's
 * activations.
 */
const KEPT = 4;
const KEPT_NUMBERS = 4_000_000;

const sizeOf = ({ cell, layers, units, steps, batch, samples }: LabConfig): number =>
  GATES[cell] * layers * units * steps * Math.min(batch, samples);

/** Sequences of an epoch: those that are learned from, and those that judge it. */
function countsOf(config: LabConfig): { learned: number; judged: number } {
  const learned = trained(config);
  const held = config.samples - learned;
  return { learned, judged: config.split > 0 ? held : config.task === OWN_TASK ? 0 : FRESH };
}

export const allFinite = (numbers: Float32Array): boolean => numbers.every((number) => Number.isFinite(number));

/** What does not depend on the sequence that is looked at. */
export type Look = Pick<
  Moment,
  'at' | 'epoch' | 'batch' | 'training' | 'judging' | 'predictions' | 'answers' | 'trained' | 'file' | 'next'
> & {
  /** Which training sequences the next update takes. */
  taken: Uint32Array;
};

export interface Session {
  readonly config: LabConfig;
  /** Fresh data are measured after each so-manieth epoch. */
  readonly every: number;
  /**
   * Trains the whole run and leaves checkpoints; goes to any moment; shows what is looked at, what-if weights and all.
   */
  readonly runner: Track;
  readonly viewer: Track;
  readonly probe: Sequential;
  readonly checkpoints: Checkpoint[];
  /** Updates between two checkpoints; of the whole run; of an epoch. */
  readonly stride: number;
  readonly updates: number;
  readonly batches: number;
  /** Multiply-adds of the whole run, whatever `every` is. */
  readonly work: number;
  /** Of each update of the run so far, before it. */
  readonly batchLoss: number[];
  readonly batchMetric: number[];
  run: LabRun | undefined;
  look: Look | undefined;
  /** The same moment with weights from a file. */
  loaded: { of: Look; look: Look } | undefined;
  /** What the probe read last: its weights are still those. */
  traced: { key: string; moment: Moment } | undefined;
  /** Lanes that train the run: whoever looks at a later moment waits for them. */
  running: number;
  /** The last of those who use viewer and probe, which are one each: the next one waits for it. */
  turn: Promise<unknown>;
  /** Answers that are being made of it. */
  uses: number;
}

function dispose({ runner, viewer, probe }: Session): void {
  runner.dispose();
  viewer.dispose();
  probe.dispose();
}

/** The run itself, up to here. */
export async function train(
  { runner, checkpoints, stride, updates }: Session,
  to: number,
  go: Pause,
): Promise<boolean> {
  const mark = (): void => {
    if (runner.at > (checkpoints.at(-1)?.at ?? -1)) checkpoints.push({ at: runner.at, state: runner.model.snapshot() });
  };
  const wanted = await runner.forward(to, stride, () => go(runner.at / updates), mark);
  /* the last update may have made weights that are no numbers, or ended the epoch: then the one before it is the last
     to be looked at */
  const { model, training, diverged, end, at } = runner;
  if (diverged && end === at && at > 0 && (training.nextBatch().length === 0 || !allFinite(joined(model.getWeights()))))
    runner.end -= 1;
  return wanted;
}

export class Sessions {
  readonly #engine: Unrolled;
  readonly #sets: DataSets;
  /** The latest last. */
  readonly #sessions = new Map<string, Session>();

  constructor(engine: Unrolled, sets: DataSets) {
    this.#engine = engine;
    this.#sets = sets;
  }

  /** One after another: what one lane looks at, no other lane moves. */
  inTurn<T>(
    config: LabConfig,
    pause: Pause,
    make: (session: Session) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    return this.using(config, (session) => {
      const turn = session.turn.then(async () => ((await pause(0)) ? make(session) : undefined));
      session.turn = turn.catch(() => undefined);
      return turn;
    });
  }

  /** Nothing that is in use is given back. Without `every`: of this run the one that was used last. */
  async using<T>(config: LabConfig, make: (session: Session) => Promise<T>, every?: number): Promise<T> {
    const session = this.#sessionOf(config, every);
    session.uses += 1;
    try {
      return await make(session);
    } finally {
      session.uses -= 1;
    }
  }

  #sessionOf(config: LabConfig, every?: number): Session {
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

  /** The oldest go first; nothing that is in use is given back. */
  #makeRoom(numbers: number): void {
    let size = numbers;
    for (const { config } of this.#sessions.values()) size += sizeOf(config);
    for (const [key, old] of this.#sessions) {
      if (this.#sessions.size < KEPT && size <= KEPT_NUMBERS) return;
      if (old.uses > 0) continue;
      this.#sessions.delete(key);
      size -= sizeOf(old.config);
      dispose(old);
    }
  }

  #begin(config: LabConfig, every: number): Session {
    const made: Sequential[] = [];
    const make = (): Sequential => {
      const model = this.model(config);
      made.push(model);
      return model;
    };
    const track = (judged: boolean): Track => {
      const model = make();
      return new Track(model, this.training(model, config, judged ? every : 0));
    };
    try {
      /* a split takes sequences away from the training: the viewer has it, too, but needs no judging beyond it */
      const [runner, viewer, probe] = [track(true), track(false), make()];
      const [batchLoss, batchMetric]: [number[], number[]] = [[], []];
      runner.note = (loss, metric) => {
        batchLoss.push(loss);
        batchMetric.push(metric);
      };
      const { batches } = runner.training.advance(0);
      const updates = config.epochs * batches;
      const checkpoints = [{ at: 0, state: runner.model.snapshot() }];
      const most = Math.max(
        2,
        Math.min(CHECKPOINTS, Math.floor(CHECKPOINT_BYTES / (checkpoints[0]?.state.length ?? 1))),
      );
      const stride = Math.ceil(updates / most);
      const work = workOf({ ...config, parameters: runner.model.parameterCount, ...countsOf(config) });
      return {
        config,
        every,
        work,
        runner,
        viewer,
        probe,
        checkpoints,
        batchLoss,
        batchMetric,
        stride,
        updates,
        batches,
        run: undefined,
        look: undefined,
        loaded: undefined,
        traced: undefined,
        running: 0,
        turn: Promise.resolve(),
        uses: 0,
      };
    } catch (error) {
      for (const model of made) model.dispose();
      throw error;
    }
  }

  /** A whole run beside those that are kept; `look` sees its end. */
  async apart<T>(config: LabConfig, go: () => Promise<boolean>, look: (track: Track) => T): Promise<T | undefined> {
    const model = this.model(config);
    const track = new Track(model, this.training(model, config, 0));
    try {
      return (await track.forward(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, go)) ? look(track) : undefined;
    } finally {
      track.dispose();
    }
  }

  model(config: LabConfig, features = this.#sets.task(config).features): Sequential {
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

  /** Fresh data are measured after each so-manieth epoch; 0: never. */
  training(model: Sequential, config: LabConfig, every: number): Training {
    const { epochs, batch, split } = config;
    const { x, y } = this.#sets.of(config);
    const fresh =
      every > 0 && split === 0 && config.task !== OWN_TASK
        ? this.#sets.fresh(config.task, config.steps, config.data)
        : undefined;
    return model.training(x, y, {
      epochs,
      batchSize: batch,
      ...(split > 0 && { validationSplit: split }),
      ...(fresh && { validationData: fresh }),
      validationFreq: Math.max(1, every),
    });
  }
}
