/**
 * Answers requests: a run, any moment of it, one sequence through the network of that moment, and more. The engine
 * computes everything.
 */

import type { Dataset, Metrics, History, Sequential, Trace, Unrolled } from '../../wasm/js/types.ts';
import { limited } from '../state/fields.ts';
import { configOf, isShipped, OWN_TASK, shownUpdate, trained, weightLimits } from '../state/config.ts';
import type { Config } from '../state/state.ts';
import type { Experiments, Moments } from './experiments.ts';
import { Files } from './files.ts';
import type {
  AnswerOf,
  Answers,
  MomentRequest,
  Bands,
  Lane,
  Moment,
  Quantiles,
  RequestOf,
  Run,
  SeedRun,
} from './protocol.ts';
import { allFinite, cutsOf, lastShownUpdate, type Session, Sessions, type Snapshot } from './sessions.ts';
import { sequencesBetween, DataSets, concatenated } from './data-sets.ts';
import type { Pause, Trainer } from './trainer.ts';
import { experimentsMissing } from '../shared/shared-sentences.ts';

const endOf = ({ layers, prediction }: Trace): Moment['unchanged'] => ({
  h: (layers.at(-1) as Trace['layers'][number]).h,
  prediction,
});

/** The metrics on the new sequences at the end of an epoch, if the run measured them. */
function judged({ config, run, batches }: Session, at: number): Metrics | undefined {
  const epoch = at / batches / (run?.every ?? 1);
  const { val_loss: loss, val_accuracy: accuracy, val_mean_absolute_error: error } = run?.history ?? {};
  if (config.split > 0 || !Number.isInteger(epoch) || epoch === 0 || loss?.[epoch - 1] === undefined) return undefined;
  const figures = {
    loss: loss[epoch - 1],
    ...(accuracy ? { accuracy: accuracy[epoch - 1] } : { mean_absolute_error: error?.[epoch - 1] }),
  };
  return figures as unknown as Metrics;
}

/**
 * The duration of a long run is estimated from this many milliseconds of it; or from some sequences, if one update
 * takes more multiply-adds than TRIAL_WORK.
 */
const TRIAL = 60;
const TRIAL_WORK = 1e9;
const TRIAL_SEQUENCES = 8;

/** The middle 90 % of many runs. */
const LOW = 0.05;
const HIGH = 0.95;

export class Requests implements Answers, Moments {
  readonly engine: Unrolled;
  readonly #sets: DataSets;
  readonly #sessions: Sessions;
  readonly #files: Files;
  #experiments: Promise<Experiments> | undefined;

  constructor(engine: Unrolled) {
    this.engine = engine;
    this.#sets = new DataSets(engine);
    this.#sessions = new Sessions(engine, this.#sets);
    this.#files = new Files(engine, this.#sessions);
  }

  answer(lane: Lane, request: RequestOf<Lane>, pause: Pause): unknown {
    const answers = this as unknown as Record<Lane, (request: RequestOf<Lane>, pause: Pause) => unknown>;
    const data = 'task' in request ? this.#sets.prepare(request) : undefined;
    return data ? data.then(() => answers[lane](request, pause)) : answers[lane](request, pause);
  }

  arithmetic: Answers['arithmetic'] = async (...asked) => (await this.#experimenting()).arithmetic(...asked);
  backward: Answers['backward'] = async (...asked) => (await this.#experimenting()).backward(...asked);
  cutting: Answers['cutting'] = async (...asked) => (await this.#experimenting()).cutting(...asked);
  lengths: Answers['lengths'] = async (...asked) => (await this.#experimenting()).lengths(...asked);
  linearProbe: Answers['linearProbe'] = async (...asked) => (await this.#experimenting()).linearProbe(...asked);
  forecast: Answers['forecast'] = async (...asked) => (await this.#experimenting()).forecast(...asked);
  timing: Answers['timing'] = async (...asked) => (await this.#experimenting()).timing(...asked);
  words: Answers['words'] = async (...asked) => (await this.#experimenting()).words(...asked);
  vanishing = async (request: RequestOf<'vanishing'>): Promise<AnswerOf<'vanishing'>> =>
    (await this.#experimenting()).vanishing(request);
  predict: Answers['predict'] = async (...asked) => (await this.#experimenting()).predict(...asked);
  weights: Answers['weights'] = async (...asked) => (await this.#experimenting()).weights(...asked);
  program: Answers['program'] = async (...asked) => (await this.#experimenting()).program(...asked);
  exploded: Answers['exploded'] = async (...asked) => (await this.#experimenting()).exploded(...asked);

  /** Loaded only when needed. After a failure the next request tries again. */
  #experimenting(): Promise<Experiments> {
    this.#experiments ??= import('./experiments.ts').then(
      ({ Experiments }) => new Experiments(this, this.#sets, this.#sessions),
      () => {
        this.#experiments = undefined;
        throw Object.assign(new Error(experimentsMissing()), { code: 'LOAD' });
      },
    );
    return this.#experiments;
  }

  run(
    { within = Number.POSITIVE_INFINITY, every = 1, again = false, ...config }: RequestOf<'run'>,
    pause: Pause,
  ): Promise<AnswerOf<'run'> | undefined> {
    return this.#sessions.using(
      config,
      async (session) => {
        const { runner, updates, batches } = session;
        if (session.run) return again ? this.#timeAgain(config, session.run, pause) : session.run;
        const reach = lastShownUpdate(session, within);
        if (reach !== undefined) return { offer: await this.#estimate(session, pause), reach };
        session.running += 1;
        const wanted = await session.train(updates, pause).finally(() => {
          session.running -= 1;
        });
        if (!wanted) return undefined;
        const { history } = runner.training;
        const { model, at, end } = runner;
        session.run = {
          history,
          every,
          updates: Math.min(at, end),
          batches,
          parameters: model.parameterCount,
          diverged: history.diverged,
          batchLoss: Float64Array.from(session.batchLoss),
          batchMetric: Float64Array.from(session.batchMetric),
          ...this.#evaluate(runner, config),
          trainings: 1,
        };
        return session.run;
      },
      every,
    );
  }

  /** The training data's metrics at the end of a run, and the time of training and measuring. */
  #evaluate({ model, training, milliseconds }: Trainer, config: Config): Pick<Run, 'evaluation' | 'milliseconds'> {
    const from = performance.now();
    const { x, y } = this.#learned(config);
    const evaluation = training.history.diverged ? undefined : model.evaluate(x, y);
    return { evaluation, milliseconds: milliseconds + performance.now() - from };
  }

  /** Trains the run once more beside the one that is kept: every number is the same, only its time is new. */
  async #timeAgain(config: Config, run: Run, pause: Pause): Promise<Run | undefined> {
    const timed = await this.#sessions.apart(
      config,
      ({ at }) => pause(at / run.updates),
      (trainer) => this.#evaluate(trainer, config),
      run.every,
    );
    if (!timed) return undefined;
    run.milliseconds = timed.milliseconds;
    run.trainings += 1;
    return run;
  }

  /**
   * The duration of the whole run in milliseconds, estimated from its first updates, or from some sequences if one
   * update takes long. The updates made here are never shown.
   */
  async #estimate(session: Session, pause: Pause): Promise<number> {
    const { runner, probe, config, updates, work } = session;
    if (work > updates * TRIAL_WORK) {
      session.traced = undefined;
      const { x } = this.#some(config, 0, Math.min(TRIAL_SEQUENCES, config.samples));
      const from = performance.now();
      probe.predict(x);
      const share =
        (probe.parameterCount * config.steps * x.length) / (config.steps * this.#sets.task(config).features) / work;
      return Math.max(1, performance.now() - from) / share;
    }
    await session.train(updates, (share) => (runner.milliseconds > TRIAL ? Promise.resolve(false) : pause(share)));
    return (runner.milliseconds * updates) / Math.max(1, runner.at);
  }

  progress({ at, within, ...config }: RequestOf<'progress'>, pause: Pause): Promise<AnswerOf<'progress'> | undefined> {
    return this.#sessions.inTurn(config, pause, async (session) =>
      (await this.#view(session, { at, within, file: '' }, pause)) ? session.viewer.training.advance(0) : undefined,
    );
  }

  next(
    { at, within, file, weight, ...config }: RequestOf<'next'>,
    pause: Pause,
  ): Promise<AnswerOf<'next'> | undefined> {
    return this.#sessions.inTurn(config, pause, async (session) => {
      const asking = { at, within, file };
      if (!(await this.#view(session, asking, pause))) return undefined;
      const { viewer, stride, updates } = session;
      if (file !== '' || viewer.at >= updates) return { value: undefined };
      /* one update more; the next request for a moment goes back */
      if (!(await viewer.forward(viewer.at + 1, stride, () => pause(1)))) return undefined;
      const moved = viewer.diverged ? undefined : concatenated(viewer.model.getWeights());
      return { value: moved && allFinite(moved) ? moved[weight] : undefined };
    });
  }

  async summary(config: RequestOf<'summary'>): Promise<AnswerOf<'summary'>> {
    const model = this.#sessions.model(config);
    try {
      return { text: model.summary() };
    } finally {
      model.dispose();
    }
  }

  async band({ runs, within, ...config }: RequestOf<'band'>, pause: Pause): Promise<AnswerOf<'band'> | undefined> {
    const long = await this.#sessions.using(config, (session) =>
      session.work * runs > (within ?? Number.POSITIVE_INFINITY) ? this.#estimate(session, pause) : Promise.resolve(0),
    );
    if (long > 0) return { offer: long * runs };
    const histories: History[] = [];
    let diverged = 0;
    for (let seed = 0; seed < runs; seed++) {
      const history = await this.#sessions.apart(
        { ...config, seed },
        () => pause(seed / runs),
        ({ training }) => training.history,
        1,
      );
      if (!history || !(await pause((seed + 1) / runs))) return undefined;
      if (history.diverged) diverged += 1;
      else histories.push(history);
    }
    const quantiles = (of: keyof Bands): Quantiles => {
      const at = (q: number): number[] =>
        histories.length === 0
          ? []
          : Array.from({ length: config.epochs }, (_, epoch) =>
              this.engine.quantile(
                histories.map((history) => history[of]?.[epoch] ?? Number.NaN),
                q,
              ),
            );
      return { low: at(LOW), median: at(0.5), high: at(HIGH) };
    };
    const bands = {
      loss: quantiles('loss'),
      accuracy: quantiles('accuracy'),
      val_loss: quantiles('val_loss'),
      val_accuracy: quantiles('val_accuracy'),
    };
    return { bands, runs: histories.length, diverged };
  }

  moment(request: RequestOf<'moment'>, pause: Pause): Promise<Moment | undefined> {
    return this.#sessions.inTurn(configOf(request), pause, (session) => this.trace(session, request, pause));
  }

  load(request: RequestOf<'load'>): Promise<AnswerOf<'load'>> {
    return this.#files.load(request);
  }

  async seeds({ seeds, brought, ...config }: RequestOf<'seeds'>, pause: Pause): Promise<AnswerOf<'seeds'> | undefined> {
    if (brought) await this.#sets.bring(brought);
    const runs: SeedRun[] = [];
    for (const [i, seed] of seeds.entries()) {
      const run = await this.#sessions.apart(
        { ...config, seed },
        () => pause(i / seeds.length),
        ({ model, training: { history } }): SeedRun => {
          const judges = this.#judges(config) ?? this.#sets.of(config);
          const figure = (figures: Metrics | History): unknown =>
            'mean_absolute_error' in figures ? figures.mean_absolute_error : figures.accuracy;
          const final = history.diverged ? undefined : (figure(model.evaluate(judges.x, judges.y)) as number);
          return { seed, values: figure(history) as number[], final };
        },
      );
      if (!run) return undefined;
      runs.push(run);
      if (!(await pause((i + 1) / seeds.length))) return undefined;
    }
    return { runs };
  }

  bring(request: RequestOf<'bring'>): Promise<AnswerOf<'bring'>> {
    return this.#sets.bring(request);
  }

  look(request: RequestOf<'look'>): Promise<AnswerOf<'look'>> {
    return this.#sets.look(request);
  }

  async csv(request: RequestOf<'csv'>): Promise<AnswerOf<'csv'>> {
    const { features, returnSequences } = this.#sets.task(request);
    const { x, y } = this.#sets.of(request);
    return { csv: await this.engine.writeCsv({ x, y, timesteps: request.steps, features, returnSequences }) };
  }

  quantiles({ values, at }: RequestOf<'quantiles'>): AnswerOf<'quantiles'> {
    return { quantiles: at.map((q) => this.engine.quantile(values, q)) };
  }

  sequences(request: RequestOf<'sequences'>): AnswerOf<'sequences'> {
    const info = this.#sets.task(request);
    const { x, y } = this.#sets.of(request);
    const before = this.#sets.of({ ...request, changes: [] });
    const labels = info.loss === 'binary_crossentropy' && !info.returnSequences;
    const fresh = this.#sets.fresh(request);
    return {
      request,
      task: info,
      x: x.slice(),
      y: y.slice(),
      unchanged: {
        inputs: this.#sets.ranges({ ...request, changes: [] }),
        targets: this.engine.columnRanges(before.y),
      },
      majority: labels ? this.engine.majorityShare(y) : undefined,
      chance: labels && fresh ? this.engine.chanceBand(fresh.y.length) : undefined,
    };
  }

  /**
   * The sequences that a run is measured on: new ones, or for imported data those that the split holds back, as in the
   * core.
   */
  #judges(config: Config): Dataset | undefined {
    const fresh = this.#sets.fresh(config);
    if (fresh || config.split === 0) return fresh;
    return this.#some(config, trained(config), config.samples);
  }

  /** The sequences that are trained on. A split holds back the last ones. */
  #learned(config: Config): Dataset {
    return this.#some(config, 0, trained(config));
  }

  /** The sequences with indices from `from` to before `to`. */
  #some(config: Config, from: number, to: number): Dataset {
    return sequencesBetween(this.#sets.of(config), config.samples, from, to);
  }

  /** Traces one sequence through the network of a moment, with the what-if changes. */
  async trace(
    session: Session,
    { at, within, sample, file, edits, weights, cut, reset, length, quick = false }: RequestOf<'moment'>,
    pause: Pause,
  ): Promise<Moment | undefined> {
    const look = await this.lookAt(session, { at, within, file }, pause, quick);
    if (!look) return undefined;
    const { task } = session.config;
    const compared = look.judging && !quick && (task === OWN_TASK || isShipped(task));
    /* without the script for experiments the moment is shown all the same */
    const experiments = compared && (await this.#experimenting().catch(() => undefined));
    const comparison = experiments ? await experiments.compare(session, look) : '';
    const key = JSON.stringify([
      look.at,
      look.file,
      look.judging,
      comparison,
      sample,
      edits,
      weights,
      cut,
      reset,
      length,
    ]);
    if (session.traced?.key === key) return session.traced.moment;
    const { probe, config } = session;
    const { x, y, labels, original, ranges } = this.#sets.read({ ...config, sample, length, edits });
    const parameters = look.trained.slice();
    for (const [place, value] of weights)
      if (place < parameters.length) parameters[place] = limited(weightLimits(look.trained[place]), value);
    const cuts = cutsOf({ cut, reset });
    const place = JSON.stringify([look.at, look.file, sample, cut, reset, length]);
    let unchanged = session.traced?.place === place ? session.traced.moment.unchanged : undefined;
    if (!unchanged && edits.length + weights.length > 0) {
      probe.setWeights(look.trained);
      unchanged = endOf(probe.trace(original, undefined, cuts));
    }
    probe.setWeights(parameters);
    const trace = probe.trace(x, y, cuts);
    unchanged ??= endOf(trace);
    const { tensors } = probe;
    session.traced = {
      key,
      place,
      moment: { ...look, comparison, trace, labels, original, unchanged, ranges, parameters, tensors },
    };
    return session.traced.moment;
  }

  /** The network of a moment; with the weights from a file, if one is named, present and fits. */
  async lookAt(session: Session, asking: MomentRequest, pause: Pause, quick = true): Promise<Snapshot | undefined> {
    const { file } = asking;
    const look = await this.#momentOf(session, asking, pause, quick);
    const trained = look && this.#files.of(file);
    if (!trained || trained.length !== session.probe.parameterCount) return look;
    const { loaded } = session;
    if (
      loaded?.look.file === file &&
      loaded.of === look &&
      (quick || loaded.look.judging || !this.#judges(session.config))
    )
      return loaded.look;
    session.traced = undefined;
    session.probe.setWeights(trained);
    const measured = this.#measure(session, session.probe, !quick);
    session.loaded = { of: look, look: { ...look, ...measured, trained, file } };
    return session.loaded.look;
  }

  /** Measures a network on all sequences. */
  #measure(
    { config }: Session,
    model: Sequential,
    judge: boolean,
  ): Pick<Snapshot, 'training' | 'judging' | 'predictions' | 'answers'> {
    const { x, y } = this.#sets.of(config);
    const learned = this.#learned(config);
    const judges = judge ? this.#judges(config) : undefined;
    const predictions = model.predict(x);
    return {
      training: model.evaluate(learned.x, learned.y),
      judging: judges && model.evaluate(judges.x, judges.y),
      predictions,
      answers:
        this.#sets.task(config).loss !== 'mean_squared_error'
          ? this.engine.answers(predictions, y, model.outputs)
          : undefined,
    };
  }

  /** Moves the viewer to the requested update: restores the nearest checkpoint before it and trains the rest again. */
  async #view(
    session: Session,
    { at, within = Number.POSITIVE_INFINITY }: MomentRequest,
    pause: Pause,
  ): Promise<boolean> {
    const { runner, checkpoints, stride, updates } = session;
    const wanted = shownUpdate(at, updates, lastShownUpdate(session, within));
    while (session.running > 0 && runner.at < Math.min(wanted, runner.end))
      if (!(await pause(runner.at / wanted))) return false;
    let target = Math.min(wanted, runner.end);
    if (runner.at < target && !(await session.train(target, pause))) return false;
    target = Math.min(target, runner.end);
    const { viewer } = session;
    const nearest = checkpoints.findLast((checkpoint) => checkpoint.at <= target);
    if (nearest && (viewer.at > target || viewer.at < nearest.at)) viewer.restore(nearest);
    return viewer.forward(target, stride, () => pause(viewer.at / Math.max(1, target)));
  }

  /** The network after some updates. `quick`: the new sequences are not measured, unless the run measured them. */
  async #momentOf(
    session: Session,
    asking: MomentRequest,
    pause: Pause,
    quick: boolean,
  ): Promise<Snapshot | undefined> {
    if (!(await this.#view(session, asking, pause))) return undefined;
    const { viewer, config, look } = session;
    const judges = this.#judges(config);
    if (look?.at === viewer.at && (quick || look.judging || !judges)) return look;
    const { epoch, batch } = viewer.training.advance(0);
    const known = judged(session, viewer.at);
    const measured = this.#measure(session, viewer.model, !known && !quick);
    const judging = known ?? measured.judging;
    const trained = concatenated(viewer.model.getWeights());
    const taken = viewer.training.nextBatch();
    session.look = { at: viewer.at, epoch, batch, ...measured, judging, trained, file: '', taken };
    return session.look;
  }
}
