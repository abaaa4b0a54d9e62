/** The work itself, by the engine: this file asks it and keeps what it made. It computes nothing. */

import type { History, Sequential, Training, Unrolled } from '../../wasm/js/types.ts';
import { forwardOf } from '../figures/network/trace.ts';
import { batches } from '../state/fields.ts';
import type { AnswerOf, Bands, Batches, Config, Quantiles, RequestOf, Run, Takes, TaskName } from './protocol.ts';
import { FRESH } from './protocol.ts';
import { DataSets, joined } from './data-sets.ts';
import { advance, type Pause, timed } from './slices.ts';
import { Track } from './trainer.ts';
import { type Extent, workOf } from './work-estimate.ts';

const LOW = 0.05;
const HIGH = 0.95;

/** The update in which a run diverged; 0: it did not. */
const stopOf = ({ diverged }: History, config: Config): number =>
  diverged ? (diverged.epoch - 1) * batches(config) + diverged.batch : 0;

/** Of the network figure's training: Keras's default. */
const BATCH = 32;

const slowKey = ({ task, updates: _, ...config }: RequestOf<'slow'>): string => JSON.stringify([config, task]);
const networkKey = ({ samples, steps, data, seed, units, epochs, rate }: RequestOf<'network'>): string =>
  JSON.stringify([samples, steps, data, seed, units, epochs, rate]);

/** What `make` makes; of work that is not begun unasked, how long it would take. */
async function orOffer<T>(
  pause: Pause,
  work: number,
  within: number | undefined,
  make: (pause: Pause) => Promise<T | undefined>,
): Promise<T | Takes | undefined> {
  if (work <= (within ?? Number.POSITIVE_INFINITY)) return make(pause);
  const time = timed(pause);
  return (await make(time.pause)) ?? (time.takes === undefined ? undefined : { offer: time.takes });
}

export class Runs {
  readonly #engine: Unrolled;
  readonly #sets: DataSets;
  #network: { key: string; model: Sequential; accuracy: number } | undefined;
  #slow:
    | {
        key: string;
        model: Sequential;
        training: Training;
        updates: number;
        batchLoss: number[];
        batchAccuracy: number[];
      }
    | undefined;

  constructor(engine: Unrolled) {
    this.#engine = engine;
    this.#sets = new DataSets(engine);
  }

  /** The kept models' memory is given back. */
  dispose(): void {
    this.#network?.model.dispose();
    this.#slow?.model.dispose();
    this.#network = undefined;
    this.#slow = undefined;
  }

  train({ within, ...request }: RequestOf<'train'>, pause: Pause): Promise<AnswerOf<'train'> | undefined> {
    return orOffer(pause, this.#work(request, { epochs: request.epochs * request.tasks.length }), within, (go) =>
      this.#train(request, go),
    );
  }

  async #train(
    { tasks, ...config }: RequestOf<'train'>,
    pause: Pause,
  ): Promise<Partial<Record<TaskName, Run>> | undefined> {
    const answer: Partial<Record<TaskName, Run>> = {};
    for (const [i, task] of tasks.entries()) {
      const run = await this.#run(config, task, (share) => pause((i + share) / tasks.length));
      if (!run) return undefined;
      answer[task] = run;
    }
    /* by epoch a run that diverged may show nothing: what is beside it is drawn as far, batch by batch */
    const stop = Math.max(0, ...Object.values(answer).map(({ history }) => stopOf(history, config)));
    if (stop > 0)
      for (const task of tasks) {
        const upTo = await this.#batches(config, task, stop, () => pause(1));
        if (!upTo) return undefined;
        Object.assign(answer[task] as Run, { upTo });
      }
    return answer;
  }

  band({ within, ...request }: RequestOf<'band'>, pause: Pause): Promise<AnswerOf<'band'> | undefined> {
    return orOffer(pause, this.#work(request, { epochs: request.epochs * request.runs }), within, (go) =>
      this.#band(request, go),
    );
  }

  async #band(request: RequestOf<'band'>, pause: Pause): Promise<AnswerOf<'band'> | undefined> {
    const { task, runs, ...config } = request;
    const histories: Run['history'][] = [];
    let diverged = 0;
    for (let run = 0; run < runs; run++) {
      const made = await this.#run({ ...config, seed: run }, task, (share) => pause((run + share) / runs));
      if (!made || !(await pause(run / runs))) return undefined;
      if (made.history.diverged) diverged += 1;
      else histories.push(made.history);
    }
    const quantiles = (of: (history: Run['history']) => readonly number[] | undefined): Quantiles => {
      const at = (q: number): number[] =>
        histories.length === 0
          ? []
          : Array.from({ length: config.epochs }, (_, epoch) =>
              this.#engine.quantile(
                histories.map((history) => of(history)?.[epoch] ?? Number.NaN),
                q,
              ),
            );
      return { low: at(LOW), median: at(0.5), high: at(HIGH) };
    };
    const bands: Bands = {
      loss: quantiles((history) => history.loss),
      accuracy: quantiles((history) => history.accuracy),
      val_loss: quantiles((history) => history.val_loss),
      val_accuracy: quantiles((history) => history.val_accuracy),
    };
    return { bands, runs: histories.length, diverged };
  }

  data({ samples, steps, data }: RequestOf<'data'>): AnswerOf<'data'> {
    const random = this.#sets.of({ task: 'random', samples, steps, data });
    const first = this.#sets.of({ task: 'first', samples, steps, data });
    return {
      x: random.x.slice(),
      y: { random: random.y.slice(), first: first.y.slice() },
      majority: { random: this.#engine.majorityShare(random.y), first: this.#engine.majorityShare(first.y) },
      chance: this.#engine.chanceBand(FRESH),
    };
  }

  summary({ units, steps, activation }: RequestOf<'summary'>): AnswerOf<'summary'> {
    const model = this.#engine.sequential({ units, timesteps: steps, activation });
    try {
      return { text: model.summary() };
    } finally {
      model.dispose();
    }
  }

  network({ within, ...request }: RequestOf<'network'>, pause: Pause): Promise<AnswerOf<'network'> | undefined> {
    return orOffer(
      pause,
      this.#network?.key === networkKey(request) ? 0 : this.#work(request, { epochs: request.epochs, judged: 0 }),
      within,
      (go) => this.#traced(request, go),
    );
  }

  async #traced(request: RequestOf<'network'>, pause: Pause): Promise<AnswerOf<'network'> | undefined> {
    const { samples, steps, data, sample, edits } = request;
    const trained = await this.#trainedNetwork(request, pause);
    if (!trained) return undefined;
    const { x, y, labels, original } = this.#sets.read({
      task: 'first',
      samples,
      steps,
      data,
      sample,
      length: 0,
      edits,
    });
    const label = y?.[0] as number; /* this task's rule speaks of every sequence */
    const { model, accuracy } = trained;
    const parameters = joined(model.getWeights());
    return {
      trace: forwardOf(model.trace(x, label), label),
      parameters,
      tensors: model.tensors,
      original,
      label,
      labels,
      accuracy,
    };
  }

  slow({ within, ...request }: RequestOf<'slow'>, pause: Pause): Promise<AnswerOf<'slow'> | undefined> {
    const missing = request.updates - (this.#slow?.key === slowKey(request) ? this.#slow.updates : 0);
    const epochs = (missing < 0 ? request.updates : missing) / batches(request);
    return orOffer(pause, this.#work(request, { epochs }), within, (go) => this.#stepped(request, go));
  }

  async #stepped(request: RequestOf<'slow'>, pause: Pause): Promise<AnswerOf<'slow'> | undefined> {
    const { task, updates, ...config } = request;
    const key = slowKey(request);
    if (this.#slow?.key !== key || this.#slow.updates > updates) {
      const old = this.#slow;
      this.#slow = undefined; /* should beginning fail, nothing dead is left */
      old?.model.dispose();
      this.#slow = { key, updates: 0, batchLoss: [], batchAccuracy: [], ...this.#begin(config, task) };
    }
    const slow = this.#slow;
    const missing = updates - slow.updates;
    const go = (done: number): Promise<boolean> => {
      slow.updates += done;
      return pause(1 - (updates - slow.updates) / Math.max(1, missing));
    };
    const wanted = await advance(slow.training, missing, go, ({ diverged, batchLoss, batchAccuracy }) => {
      if (diverged) return;
      slow.batchLoss.push(batchLoss);
      slow.batchAccuracy.push(batchAccuracy ?? Number.NaN);
    });
    if (!wanted) return undefined;
    slow.updates = updates;
    const upTo = { batchLoss: Float64Array.from(slow.batchLoss), batchMetric: Float64Array.from(slow.batchAccuracy) };
    return { history: slow.training.history, progress: slow.training.advance(0), upTo };
  }

  /** Multiply-adds of so many epochs. */
  #work(
    { units, steps, samples }: Pick<Config, 'units' | 'steps' | 'samples'>,
    extent: Pick<Extent, 'epochs'> & Partial<Extent>,
  ): number {
    const model = this.#engine.sequential({ units, timesteps: steps });
    const parameters = model.parameterCount;
    model.dispose();
    return workOf({ parameters, steps, learned: samples, judged: FRESH, ...extent });
  }

  async #trainedNetwork(
    request: RequestOf<'network'>,
    pause: Pause,
  ): Promise<{ model: Sequential; accuracy: number } | undefined> {
    const { samples, steps, data, seed, units, epochs, rate } = request;
    const key = networkKey(request);
    if (this.#network?.key === key) return this.#network;
    const model = this.#engine.sequential({ units, timesteps: steps, seed });
    let kept = false;
    try {
      model.compile({ learningRate: rate });
      const set = this.#sets.of({ task: 'first', samples, steps, data });
      if (epochs > 0) {
        const training = model.training(set.x, set.y, { epochs, batchSize: BATCH });
        const whole = epochs * batches({ samples, batch: BATCH });
        let done = 0;
        const wanted = await advance(training, Number.POSITIVE_INFINITY, (more) => {
          done += more;
          return pause(done / whole);
        });
        if (!wanted) return undefined;
        training.dispose();
      }
      const fresh = this.#sets.fresh('first', steps, data);
      const { accuracy } = model.evaluate(fresh.x, fresh.y);
      this.#network?.model.dispose();
      this.#network = { key, model, accuracy };
      kept = true;
      return this.#network;
    } finally {
      if (!kept) model.dispose();
    }
  }

  #begin(config: Config, task: TaskName): { model: Sequential; training: Training } {
    const { units, steps, activation, seed, rate, samples, data, epochs, batch } = config;
    const set = this.#sets.of({ task, samples, steps, data });
    const fresh = this.#sets.fresh(task, steps, data);
    const model = this.#engine.sequential({ units, timesteps: steps, activation, seed });
    try {
      model.compile({ learningRate: rate });
      return { model, training: model.training(set.x, set.y, { epochs, batchSize: batch, validationData: fresh }) };
    } catch (error) {
      model.dispose();
      throw error;
    }
  }

  /** The same run once more, batch by batch. */
  async #batches(
    config: Config,
    task: TaskName,
    updates: number,
    pause: () => Promise<boolean>,
  ): Promise<Batches | undefined> {
    const { model, training } = this.#begin(config, task);
    const track = new Track(model, training);
    const [batchLoss, batchMetric]: [number[], number[]] = [[], []];
    track.note = (loss, metric) => {
      batchLoss.push(loss);
      batchMetric.push(metric);
    };
    try {
      if (!(await track.forward(updates, Number.POSITIVE_INFINITY, pause))) return undefined;
      return { batchLoss: Float64Array.from(batchLoss), batchMetric: Float64Array.from(batchMetric) };
    } finally {
      track.dispose();
    }
  }

  async #run(config: Config, task: TaskName, pause: Pause): Promise<Run | undefined> {
    let from = performance.now();
    let milliseconds = 0;
    const { model, training } = this.#begin(config, task);
    try {
      const whole = config.epochs * batches(config);
      let done = 0;
      const wanted = await advance(training, Number.POSITIVE_INFINITY, async (more) => {
        done += more;
        milliseconds += performance.now() - from; /* what others do meanwhile is not this run's time */
        const go = await pause(done / whole);
        from = performance.now();
        return go;
      });
      if (!wanted) return undefined;
      const history = training.history;
      const set = this.#sets.of({ ...config, task });
      const evaluation = history.diverged ? undefined : model.evaluate(set.x, set.y);
      milliseconds += performance.now() - from;
      return { history, evaluation, updates: model.counters.updates, milliseconds };
    } finally {
      training.dispose();
      model.dispose();
    }
  }
}
