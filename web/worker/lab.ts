/** The lab's session: one run at a time, with checkpoints, so that any moment of it is near. It computes nothing. */

import type { Dataset, Loss, Sequential, Training, Unrolled } from '../../wasm/js/types.ts';
import { END, stepsRead } from '../state/lab.ts';
import type { AnswerOf, LabConfig, LabRun, Moment, RequestOf } from './protocol.ts';
import { DataSets, joined } from './sets.ts';
import type { Pause } from './slices.ts';

/** Long work hands over after so many milliseconds. */
const SLICE = 16;
/** Checkpoints of a run, and bytes that they may take. */
const CHECKPOINTS = 128;
const CHECKPOINT_BYTES = 32 * 2 ** 20;

interface Checkpoint {
  at: number;
  state: Uint8Array;
}

/** A model on its way through the run. */
class Track {
  readonly model: Sequential;
  readonly training: Training;
  at = 0;
  /** Where it stopped for good, if it diverged. */
  end = Number.POSITIVE_INFINITY;
  milliseconds = 0;

  constructor(model: Sequential, training: Training) {
    this.model = model;
    this.training = training;
  }

  restore({ at, state }: Checkpoint): void {
    this.model.restore(state);
    this.at = at;
  }

  /** Train on to this update, in slices that end at multiples of `stride`, where `reached` is called. Answers false if that is no longer
   *  wanted. */
  async forward(to: number, stride: number, pause: () => Promise<boolean>, reached?: () => void): Promise<boolean> {
    let from = performance.now();
    for (let slice = 1; this.at < Math.min(to, this.end); ) {
      const next = Math.min(to, (Math.floor(this.at / stride) + 1) * stride, this.at + slice);
      const before = performance.now();
      const { diverged, updates } = this.training.advance(next - this.at);
      this.at = diverged ? updates : next;
      if (diverged) this.end = this.at;
      else if (this.at % stride === 0) reached?.();
      const now = performance.now();
      if (now - before < SLICE / 4) slice *= 2;
      else if (now - before > SLICE) slice = Math.max(1, Math.floor(slice / 2));
      if (now - from < SLICE) continue;
      this.milliseconds += performance.now() - from;
      if (!(await pause())) return false;
      from = performance.now();
    }
    this.milliseconds += performance.now() - from;
    return true;
  }

  dispose(): void {
    this.training.dispose();
    this.model.dispose();
  }
}

/** What does not depend on the sequence that is looked at. */
type Look = Pick<Moment, 'at' | 'epoch' | 'batch' | 'training' | 'judging' | 'predictions' | 'trained'>;

interface Session {
  readonly key: string;
  readonly config: LabConfig;
  /** Trains the whole run and leaves checkpoints; goes to any moment; shows what is looked at, what-if weights and all. */
  readonly runner: Track;
  readonly viewer: Track;
  readonly probe: Sequential;
  readonly checkpoints: Checkpoint[];
  /** Updates between two checkpoints; of the whole run; of an epoch. */
  readonly stride: number;
  readonly updates: number;
  readonly batches: number;
  run: LabRun | undefined;
  look: Look | undefined;
}

function dispose({ runner, viewer, probe }: Session): void {
  runner.dispose();
  viewer.dispose();
  probe.dispose();
}

export class Lab {
  readonly #engine: Unrolled;
  readonly #sets: DataSets;
  #session: Session | undefined;

  constructor(engine: Unrolled) {
    this.#engine = engine;
    this.#sets = new DataSets(engine);
  }

  async run({ within, ...config }: RequestOf<'run'>, pause: Pause): Promise<AnswerOf<'run'> | undefined> {
    const session = this.#sessionOf(config);
    const { runner, checkpoints, stride, updates, batches } = session;
    if (session.run) return session.run;
    let offer = 0;
    const go = (): Promise<boolean> => {
      const share = runner.at / updates;
      if (runner.milliseconds <= within) return pause(share);
      offer = runner.milliseconds / share;
      return Promise.resolve(false);
    };
    const wanted = await runner.forward(updates, stride, go, () => checkpoints.push({ at: runner.at, state: runner.model.snapshot() }));
    if (offer) return { offer };
    if (!wanted || this.#session !== session) return undefined;
    const { history } = runner.training;
    const { milliseconds, model, at } = runner;
    session.run = { history, updates: at, batches, parameters: model.parameterCount, diverged: history.diverged, milliseconds };
    return session.run;
  }

  async moment(request: RequestOf<'moment'>, pause: Pause): Promise<Moment | undefined> {
    const { at, sample, edits, weights, cut, reset, length, ...config } = request;
    const session = this.#sessionOf(config);
    const look = await this.#lookAt(session, at, pause);
    if (!look) return undefined;
    const { probe } = session;
    const { x: original, y } = this.#sequence(config, sample, length);
    const x = original.slice();
    for (const [place, value] of edits) if (place <= x.length) x[place - 1] = value;
    const parameters = look.trained.slice();
    for (const [place, value] of weights) if (place < parameters.length) parameters[place] = value;
    probe.setWeights(parameters);
    const trace = probe.trace(x, y, { withoutRecurrence: cut === 'loop', resetBefore: cut === 'state' ? reset : 0 });
    return { ...look, trace, original, parameters, tensors: probe.tensors };
  }

  async weights({ at, ...config }: RequestOf<'weights'>, pause: Pause): Promise<AnswerOf<'weights'> | undefined> {
    const session = this.#sessionOf(config);
    const look = await this.#lookAt(session, at, pause);
    if (!look) return undefined;
    session.probe.setWeights(look.trained);
    return { file: session.probe.saveWeights() };
  }

  sequences({ task, samples, steps, data }: RequestOf<'sequences'>): AnswerOf<'sequences'> {
    const info = this.#task(task);
    const { x, y } = this.#sets.of({ task, samples, steps, data });
    const labels = info.loss === 'binary_crossentropy' && !info.returnSequences;
    return {
      task: info,
      x: x.slice(),
      y: y.slice(),
      commoner: labels ? this.#engine.commonerShare(y) : undefined,
      chance: labels ? this.#engine.chanceBand(this.#sets.fresh(task, steps, data).y.length) : undefined,
    };
  }

  #task(name: string): Unrolled['tasks'][number] {
    const info = this.#engine.tasks.find((task) => task.name === name);
    if (!info) throw new RangeError(`there is no task “${name}”`);
    return info;
  }

  /** A sequence of the data; more time steps keep the earlier values. */
  #sequence({ task, steps, data }: LabConfig, sample: number, length: number): Dataset {
    return this.#sets.of({ task, samples: 1, steps: stepsRead({ steps, length }), data, first: sample });
  }

  /** The network after so many updates: the nearest checkpoint, then the rest again. */
  async #lookAt(session: Session, at: number, pause: Pause): Promise<Look | undefined> {
    const { viewer, checkpoints, stride, config, updates } = session;
    const target = at === END ? updates : Math.min(at, updates);
    if (session.look?.at === Math.min(target, viewer.end)) return session.look;
    const nearest = checkpoints.findLast((checkpoint) => checkpoint.at <= target);
    if (nearest && (viewer.at > target || viewer.at < nearest.at)) viewer.restore(nearest);
    const wanted = await viewer.forward(target, stride, () => pause(viewer.at / Math.max(1, target)));
    if (!wanted || this.#session !== session) return undefined;
    const { epoch, batch } = viewer.training.advance(0);
    const { x, y } = this.#sets.of(config);
    const fresh = this.#sets.fresh(config.task, config.steps, config.data);
    const { model } = viewer;
    const [training, judging] = [model.evaluate(x, y), model.evaluate(fresh.x, fresh.y)];
    session.look = { at: viewer.at, epoch, batch, training, judging, predictions: model.predict(x), trained: joined(model.getWeights()) };
    return session.look;
  }

  #sessionOf(config: LabConfig): Session {
    const key = JSON.stringify(config);
    if (this.#session?.key === key) return this.#session;
    const made = this.#begin(key, config);
    if (this.#session) dispose(this.#session);
    this.#session = made;
    return made;
  }

  #begin(key: string, config: LabConfig): Session {
    const made: Sequential[] = [];
    const make = (): Sequential => {
      const model = this.#model(config);
      made.push(model);
      return model;
    };
    try {
      const [runner, viewer, probe] = [this.#track(make(), config), this.#track(make(), config), make()];
      const { batches } = runner.training.advance(0);
      const updates = config.epochs * batches;
      const checkpoints = [{ at: 0, state: runner.model.snapshot() }];
      const most = Math.max(2, Math.min(CHECKPOINTS, Math.floor(CHECKPOINT_BYTES / (checkpoints[0]?.state.length ?? 1))));
      const stride = Math.ceil(updates / most);
      return { key, config, runner, viewer, probe, checkpoints, stride, updates, batches, run: undefined, look: undefined };
    } catch (error) {
      for (const model of made) model.dispose();
      throw error;
    }
  }

  #model({ task, steps, cell, layers, units, activation, initializer, gain, seed, optimizer, rate, clip }: LabConfig): Sequential {
    const { features, loss, classes, returnSequences } = this.#task(task);
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

  #track(model: Sequential, config: LabConfig): Track {
    const { task, steps, data, epochs, batch, split } = config;
    const { x, y } = this.#sets.of(config);
    const judged = split > 0 ? { validationSplit: split } : { validationData: this.#sets.fresh(task, steps, data) };
    return new Track(model, model.training(x, y, { epochs, batchSize: batch, ...judged }));
  }
}
