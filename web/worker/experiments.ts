/**
 * Answers that take one network apart: the arithmetic of a unit, gradients, questions, experiments and exported files.
 * This script is loaded with the first such request.
 */

import type { Dataset, Loss, Metric, Sequential, TraceOptions, Unrolled } from '../../wasm/js/types.ts';
import { arithmeticOf } from '../figures/arithmetic/numbers.ts';
import { AGREEMENT_TASK, configOf, END, isShipped, OWN_TASK, TEXT_WORDS, trained } from '../state/config.ts';
import type { Config } from '../state/state.ts';
import { formatNumber, grouped } from '../shared/format.ts';
import { translate } from '../shared/translate.ts';
import { type DataSets, concatenated, sequencesBetween } from './data-sets.ts';
import { candidates, effectOf, nextThatTurns, vanishes } from './find-example.ts';
import type { ImportedText } from './imported-forms.ts';
import type { AnswerOf, Answers, MomentRequest, Moment, RequestOf } from './protocol.ts';
import { QuestionFacts } from './question-facts.ts';
import type { Shipped } from './shipped-data.ts';
import { cutsOf, lastShownUpdate, type Session, type Sessions, type Snapshot } from './sessions.ts';
import { compareWithGuess, windowsOf } from './simple-guess.ts';
import { timed } from './timing.ts';
import type { Pause } from './trainer.ts';

/** Of the sentences whose verb agrees, the first words until a reader types others: the nearest noun needs the other verb. */
const TRAP = 'the cats that chased the dog';

/** How many words the network writes, and how many of the most probable ones are told at each of them. */
const WRITTEN = 12;
const BEST = 3;

/** How many sequences are traced before a newer request may come in. */
const TRACED = 50;

/** Concatenates the rows with these indices, each of `size` numbers. */
function gathered(
  numbers: ArrayLike<number> & { subarray(from: number, to: number): Float32Array },
  rows: Uint32Array,
  size: number,
): Float32Array {
  const out = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) out.set(numbers.subarray(row * size, (row + 1) * size), i * size);
  return out;
}

/** The index of the number with the largest magnitude; 0 if none is a number. */
const largestOf = (numbers: Float32Array): number =>
  numbers.reduce((best, value, i) => (Math.abs(value) > Math.abs(numbers[best] as number) ? i : best), 0);

/** Access to the moments of a run. */
export interface Moments {
  readonly engine: Unrolled;
  trace(session: Session, request: RequestOf<'moment'>, pause: Pause): Promise<Moment | undefined>;
  lookAt(session: Session, asking: MomentRequest, pause: Pause): Promise<Snapshot | undefined>;
}

export class Experiments
  implements
    Pick<
      Answers,
      | 'arithmetic'
      | 'backward'
      | 'cutting'
      | 'forecast'
      | 'lengths'
      | 'linearProbe'
      | 'timing'
      | 'words'
      | 'vanishing'
      | 'predict'
      | 'exploded'
      | 'weights'
      | 'program'
    >
{
  readonly #moments: Moments;
  readonly #sets: DataSets;
  readonly #sessions: Sessions;
  readonly #asked: QuestionFacts;

  constructor(moments: Moments, sets: DataSets, sessions: Sessions) {
    this.#moments = moments;
    this.#sets = sets;
    this.#sessions = sessions;
    this.#asked = new QuestionFacts(moments.engine, sets, sessions);
  }

  arithmetic(
    { t, unit, layer, gate, ...request }: RequestOf<'arithmetic'>,
    pause: Pause,
  ): Promise<AnswerOf<'arithmetic'> | undefined> {
    return this.#sessions.inTurn(configOf(request), pause, async (session) => {
      const moment = await this.#moments.trace(session, { ...request, quick: true }, pause);
      if (!moment) return undefined;
      const timestep = Math.min(Math.max(1, t), moment.trace.timesteps);
      return {
        numbers: arithmeticOf(session.probe, moment.trace, {
          timestep,
          unit: Math.max(1, unit),
          layer: layer - 1,
          gate,
        }),
      };
    });
  }

  backward(
    { layer, mean, weight, ...request }: RequestOf<'backward'>,
    pause: Pause,
  ): Promise<AnswerOf<'backward'> | undefined> {
    return this.#sessions.inTurn(configOf(request), pause, async (session) => {
      const moment = await this.#moments.trace(session, { ...request, quick: true }, pause);
      if (!moment) return undefined;
      const { probe, config } = session;
      const { labels } = moment;
      const { cut, timesteps, layers, y } = moment.trace;
      if (!mean && labels !== 'data' && labels !== 'rule')
        return { backward: undefined, check: undefined, largest: undefined, labels };
      const one: Dataset = { x: layers[0]?.x ?? new Float32Array(), y };
      const data = mean ? this.#batch(session) : one;
      const backward = probe.backward(data.x, data.y, {
        ...cut,
        layer: layer - 1,
        timesteps: mean ? config.steps : timesteps,
      });
      /* the check works with the length that was trained only */
      const checked =
        mean || timesteps === config.steps ? data : this.#sets.of({ ...config, count: 1, first: request.sample });
      const gradient = concatenated(probe.gradient(checked.x, checked.y).gradient);
      return {
        labels,
        backward,
        largest: largestOf(gradient),
        check: probe.gradientCheck(checked.x, checked.y, Math.min(weight, probe.parameterCount - 1)),
      };
    });
  }

  cutting(
    { cut, reset, sample, ...request }: RequestOf<'cutting'>,
    pause: Pause,
  ): Promise<AnswerOf<'cutting'> | undefined> {
    return this.#atMoment(request, pause, async ({ probe, config }) => {
      const { loss, returnSequences } = this.#sets.task(config);
      const graded = returnSequences === true || loss === 'mean_squared_error';
      const how = cut === 'loop' ? { withoutRecurrence: true } : { resetBefore: reset };
      const effect = (which: number) =>
        effectOf(this.#moments.engine, probe, this.#sets.of({ ...config, count: 1, first: which }), how, graded);
      const here = effect(sample);
      if (here === 'turns') return { effect: here, sample };
      const next = await nextThatTurns(sample, config.samples, effect, pause);
      return next && { effect: here, ...next };
    });
  }

  /** A model of each length gets the weights of the moment: no weight depends on the length. */
  lengths({ lengths, ...request }: RequestOf<'lengths'>, pause: Pause): Promise<AnswerOf<'lengths'> | undefined> {
    return this.#atMoment(request, pause, async ({ config }, look) => {
      const { leastTimesteps } = this.#sets.task(config);
      const values: (number | undefined)[] = [];
      for (const [i, steps] of lengths.entries()) {
        if (!(await pause(i / lengths.length))) return undefined;
        const other = { ...config, steps };
        await this.#sets.prepare(other);
        const data = steps >= leastTimesteps ? this.#sets.fresh(other) : undefined;
        values.push(data && this.#readAt(other, data, look.trained));
      }
      return { values };
    });
  }

  linearProbe(
    { cut, reset, ...request }: RequestOf<'linearProbe'>,
    pause: Pause,
  ): Promise<AnswerOf<'linearProbe'> | undefined> {
    return this.#atMoment(request, pause, async ({ config, probe }, { at, file }) => {
      const { x } = this.#sets.fresh(config) ?? this.#sets.of(config);
      const probed = (model: Sequential) => this.#probed(model, x, cutsOf({ cut, reset }), pause);
      const measured = Math.floor(x.length / config.steps / probe.features / 2);
      const r2 = await probed(probe);
      if (!r2 || (at === 0 && file === '')) return r2 && { r2, untrained: [], measured };
      const first = this.#sessions.model(config);
      try {
        const untrained = await probed(first);
        return untrained && { r2, untrained, measured };
      } finally {
        first.dispose();
      }
    });
  }

  /** R² of each number of these sequences, computed from the last state: fitted to one half, measured on the other. */
  async #probed(model: Sequential, x: Float32Array, cuts: TraceOptions, pause: Pause): Promise<number[] | undefined> {
    const { timesteps, features, units } = model;
    const width = timesteps * features;
    const half = Math.floor(x.length / width / 2);
    const states = new Float32Array(2 * half * units);
    for (let i = 0; i < 2 * half; i++) {
      if (i % TRACED === 0 && !(await pause(i / half / 2))) return undefined;
      const { layers } = model.trace(x.subarray(i * width, (i + 1) * width), undefined, cuts);
      states.set(layers.at(-1)?.h.slice(-units) ?? [], i * units);
    }
    const r2: number[] = [];
    for (let t = 0; t < timesteps; t++) {
      const rows = (from: number) => ({
        x: states.subarray(from * units, (from + half) * units),
        y: Array.from({ length: half }, (_, i) => x[(from + i) * width + t * features] as number),
      });
      r2.push((await this.#moments.engine.linearProbe(rows(0), rows(half))).r2);
    }
    return r2;
  }

  timing(
    { readings, measured, round: _, ...config }: RequestOf<'timing'>,
    pause: Pause,
  ): Promise<AnswerOf<'timing'> | undefined> {
    const { features } = this.#sets.task(config);
    /* a dense layer is a network with one time step, whose features are all numbers of the sequence */
    const dense = readings.some((reading) => reading.dense)
      ? this.#sessions.model({ ...config, steps: 1, cell: 'simple_rnn', layers: 1 }, config.steps * features)
      : undefined;
    const recurrent = this.#sessions.model(config);
    const readers = { recurrent, dense, numbers: this.#sets.of(config).x };
    return timed(this.#moments.engine, readers, readings, measured, pause).finally(() => {
      dense?.dispose();
      recurrent.dispose();
    });
  }

  words(request: RequestOf<'words'>, pause: Pause): Promise<AnswerOf<'words'> | undefined> {
    const { prompt: asked, temperature, draw, cut } = request;
    return this.#sessions.inTurn(configOf(request), pause, async (session) => {
      const look = await this.#moments.lookAt(session, request, pause);
      if (!look) return undefined;
      const { engine } = this.#moments;
      const { vocabulary, traps } = this.#wordsOf(session.config);
      const text = this.#sets.text(session.config);
      const prompt = asked === '' ? (text?.beginning ?? TRAP) : asked;
      const typed = await engine.readText(prompt);
      const strange = [...new Set(typed.tokens)]
        .map((token) => typed.vocabulary.tokens[token] as string)
        .filter((one) => !vocabulary.tokens.includes(one));
      if (strange.length > 0)
        throw new RangeError(
          translate(
            `The network cannot read “${strange.join(' ')}”, because it has not learned it. Use only words of the text that it learned.`,
          ),
        );
      const { tokens: given } = await engine.readText(prompt, { vocabulary });
      const wiped = cut !== 'none';
      const right = traps
        ? await this.#rightVerbs(session, look.trained, traps, wiped)
        : text
          ? await this.#rightHeldBack(session.config, look.trained, text, wiped)
          : await this.#rightInText(session.config, look.trained, wiped);
      const { probe } = session;
      session.traced = undefined;
      probe.setWeights(look.trained);
      const read = [...given];
      const write = (from: number, tokens: number, seed: number) =>
        probe.generate(read.slice(wiped ? from - 1 : 0, from), { temperature, seed, tokens, best: BEST });
      const best = read.slice(1).flatMap((_, i) => write(i + 1, 1, draw).best);
      for (let n = 0; n < WRITTEN; ) {
        const written = write(read.length, wiped ? 1 : WRITTEN, draw + n);
        read.push(...written.tokens);
        best.push(...written.best);
        n += written.tokens.length;
      }
      const word = (token = 0): string => vocabulary.tokens[token] as string;
      /* after a sentence there is only padding */
      const end = traps ? read.findIndex((token, i) => i >= given.length && word(token) === '.') : -1;
      if (end >= 0) read.length = end + 1;
      return {
        words: read.map(word),
        given: given.length,
        next: best
          .slice(0, read.length - 1)
          .map(({ tokens, probabilities }) =>
            Array.from(probabilities, (probability, k) => ({ word: word(tokens[k]), probability })),
          ),
        ...{ wiped, epoch: look.epoch, epochs: session.config.epochs, batches: session.batches },
        ...{ ...right, measured: traps ? 'verbs' : text ? 'held' : 'story' },
      };
    });
  }

  /** How much of the text is right: of the network's most probable next words, and of counting pairs. */
  async #rightInText(config: Config, weights: Float32Array, wiped: boolean): Promise<{ right: number; pairs: number }> {
    /* a network without memory knows its latest word only, so it may read them one by one */
    const steps = wiped ? 1 : TEXT_WORDS - 1;
    const whole = { ...config, steps, samples: TEXT_WORDS - steps };
    await this.#sets.prepare(whole);
    const data = this.#sets.of(whole);
    const counted = await this.#moments.engine.ngrams(this.#tokensOf(whole, data), { prior: 0 });
    return { right: this.#readAt(whole, data, weights), pairs: counted.accuracy };
  }

  /** The same of the part of the reader's text that was held back. */
  async #rightHeldBack(
    config: Config,
    weights: Float32Array,
    { training, test }: ImportedText,
    wiped: boolean,
  ): Promise<{ right: number; pairs: number }> {
    const { steps } = config;
    this.#holdsBack(config, training.y.length / steps, test.y.length / steps);
    const tokens = this.#tokensOf(config, training);
    /* with the default prior, as the sentence about the trained network counts it */
    const counted = await this.#moments.engine.ngrams(tokens, { data: this.#tokensOf(config, test) });
    return { right: this.#readAt(wiped ? { ...config, steps: 1 } : config, test, weights), pairs: counted.accuracy };
  }

  /** The same of the verbs of sentences, each the more probable one of its forms. */
  async #rightVerbs(
    { config, probe }: Session,
    weights: Float32Array,
    { among, ...data }: Required<Shipped>['traps'],
    withoutRecurrence: boolean,
  ): Promise<{ right: number; pairs: number }> {
    const { engine } = this.#moments;
    const { classes: outputs = 1 } = this.#sets.task(config);
    const share = async (predictions: Float32Array): Promise<number> => {
      const options = { timesteps: config.steps, outputs, among };
      const { readouts, right } = await engine.answersByStep(predictions, data.y, options);
      const sum = (counts: Uint32Array): number => counts.reduce((all, one) => all + one, 0);
      return sum(right) / sum(readouts);
    };
    const counted = await engine.ngrams(this.#tokensOf(config, this.#sets.of(config)), {
      ...{ prior: 0, data: this.#tokensOf(config, data) },
    });
    probe.setWeights(weights);
    return {
      right: await share(probe.predict(data.x, { withoutRecurrence })),
      pairs: await share(counted.predictions),
    };
  }

  #tokensOf(config: Config, { x, y }: Dataset) {
    const { features, classes, loss, returnSequences } = this.#sets.task(config);
    return { x, y, config: { timesteps: config.steps, features, classes, loss: loss as Loss, returnSequences } };
  }

  /** @throws RangeError if the data are no words. */
  #wordsOf(config: Config): Pick<Shipped, 'traps'> & Required<Pick<Shipped, 'vocabulary'>> {
    const { vocabulary, traps }: Pick<Shipped, 'vocabulary' | 'traps'> = isShipped(config.task)
      ? this.#sets.shipped(config)
      : { vocabulary: this.#sets.text(config)?.vocabulary };
    if (!vocabulary)
      throw new RangeError(translate('This figure needs a text, and the data of this network are not a text.'));
    return { vocabulary, traps };
  }

  /** The metric of these weights on new sequences. */
  #readAt(config: Config, { x, y }: Dataset, weights: Float32Array): number {
    const model = this.#sessions.model(config);
    try {
      model.setWeights(weights);
      const { accuracy, mean_absolute_error: error } = model.evaluate(x, y) as Partial<Record<Metric, number>>;
      return accuracy ?? (error as number);
    } finally {
      model.dispose();
    }
  }

  async forecast(
    { cut, reset, shuffled, ...request }: RequestOf<'forecast'>,
    pause: Pause,
  ): Promise<AnswerOf<'forecast'> | undefined> {
    const known = this.#sets.series(request);
    const ownWindows = known && (await windowsOf(known, configOf(request)));
    return this.#atMoment(request, pause, async ({ config, probe }) => {
      const { target } = this.#sets.task(config);
      const series = this.#sets.series(config);
      if (!target || !series)
        throw new RangeError(
          translate('This figure needs a table over time, and the data of this network are not one.'),
        );
      const { times, positions } = series;
      const counts = (['training', 'test'] as const).map((part) => series.windows[part]?.y.length ?? 0);
      const [taught, held] = counts as [number, number];
      if (config.task === OWN_TASK) this.#holdsBack(config, taught, held);
      const windows = ownWindows ?? series.windows;
      const { training } = windows;
      const fresh = windows.test as Dataset & { rows: Uint32Array };
      const rows = Array.from(fresh.rows, (row) => row + windows.note.lead);
      const cuts = cutsOf({ cut, reset });
      const { steps: timesteps, data } = config;
      const { features } = this.#sets.task(config);
      const read = (x: Float32Array): Float32Array =>
        probe.predict(shuffled ? this.#shuffled(x, timesteps, features, data) : x, cuts);
      const predictions = read(fresh.x);
      const error = (values: Float32Array, part: 'training' | 'test'): number =>
        windows.score(values, part).rootMeanSquaredError ?? Number.NaN;
      return {
        target,
        times: rows.map((row) => times[row] as string),
        positions: rows.map((row) => positions[row] as number),
        first: taught + held - fresh.y.length,
        actual: windows.undo(fresh.y),
        network: windows.undo(predictions),
        baselines: windows.baselines(),
        error: error(predictions, 'test'),
        trainingError: error(read(training.x), 'training'),
      };
    });
  }

  /** @throws RangeError if the network is trained on sequences that were held back when the data were read. */
  #holdsBack(config: Config, count: number, held: number): void {
    const all = count + held;
    if (config.samples === all && trained(config) <= count) return;
    throw new RangeError(
      translate(
        `This figure measures the network on the last ${grouped(held)} of the ${grouped(all)} sequences. It must not learn from them: set Sequences to ${grouped(all)} and Validation split to at least ${formatNumber(Math.ceil((100 * held) / all) / 100, 2)}.`,
      ),
    );
  }

  /** The same sequences, the time steps of each in an order of its own: that of random numbers of the core. */
  #shuffled(x: Float32Array, timesteps: number, features: number, dataSeed: number): Float32Array {
    const samples = x.length / timesteps / features;
    const { x: keys } = this.#moments.engine.task('random', { samples, timesteps, dataSeed });
    const rows = Uint32Array.from(keys, (_, row) => row);
    for (let row = 0; row < rows.length; row += timesteps)
      rows.subarray(row, row + timesteps).sort((a, b) => (keys[a] as number) - (keys[b] as number));
    return gathered(x, rows, features);
  }

  /** Says whether the network of a moment beats a simple guess; empty if it is no longer a number, and for `agreement`. */
  async compare(session: Session, look: Snapshot): Promise<string> {
    const { config, probe, compared } = session;
    const { judging, trained: weights } = look;
    if (!judging || !Number.isFinite(judging.loss) || config.task === AGREEMENT_TASK) return '';
    if (compared?.of === look) return compared.comparison;
    const all = this.#sets.of(config);
    const part = (from: number, to: number): Dataset => sequencesBetween(all, config.samples, from, to);
    const comparison = await compareWithGuess(this.#moments.engine, all.x, {
      ...{ config, judging, learned: part(0, trained(config)) },
      judges: this.#sets.fresh(config) ?? part(trained(config), config.samples),
      ...{ task: this.#sets.task(config), series: this.#sets.series(config) },
      predict: (x) => {
        session.traced = undefined;
        probe.setWeights(weights);
        return probe.predict(x);
      },
    });
    session.compared = { of: look, comparison };
    return comparison;
  }

  vanishing({ sample, layer, ...config }: RequestOf<'vanishing'>): AnswerOf<'vanishing'> {
    const change = candidates(config).find((one) => {
      const other = { ...config, steps: one.steps ?? config.steps, gain: one.gain ?? config.gain };
      const model = this.#sessions.model(other);
      try {
        return vanishes(model, this.#sets.of({ ...other, count: 1, first: sample }), layer - 1);
      } finally {
        model.dispose();
      }
    });
    return { change };
  }

  /** The facts that a question is made of. They belong to the original sequence, without what-if changes. */
  async predict(
    { question, layer, ...request }: RequestOf<'predict'>,
    pause: Pause,
  ): Promise<AnswerOf<'predict'> | undefined> {
    const config = configOf(request);
    if (question === 'luck') {
      const { within = Number.POSITIVE_INFINITY } = request;
      const long = await this.#sessions.using(config, (session) =>
        Promise.resolve(lastShownUpdate(session, within) !== undefined),
      );
      if (long)
        throw new RangeError(
          translate('This question is about the end of the training, and this run takes long. Train it first.'),
        );
      return this.#asked.luck(config, pause);
    }
    return this.#sessions.inTurn(config, pause, async (session) => {
      const moment = await this.#moments.trace(
        session,
        { ...request, edits: [], weights: [], cut: 'none', reset: 1, length: 0, quick: true },
        pause,
      );
      return moment && this.#asked.of(session, moment.trace, { question, sample: request.sample, layer });
    });
  }

  /** The size of the gradients at the last update before a divergence, layer by layer. */
  exploded(config: RequestOf<'exploded'>, pause: Pause): Promise<AnswerOf<'exploded'> | undefined> {
    return this.#atMoment({ ...config, at: END, file: '' }, pause, async (session, look) => {
      const { probe } = session;
      const { x, y } = this.#batch(session);
      const layers = Array.from({ length: config.layers }, (_, layer) => {
        const { norms, rateH } = probe.backward(x, y, { layer, timesteps: config.steps });
        return {
          first: norms.dH[0] as number,
          last: norms.dH.at(-1) as number,
          sum: norms.sum[0] as number,
          rate: rateH,
        };
      });
      return { at: look.at, layers };
    });
  }

  weights(request: RequestOf<'weights'>, pause: Pause): Promise<AnswerOf<'weights'> | undefined> {
    return this.#atMoment(request, pause, async ({ probe }) => ({ file: await probe.saveWeights() }));
  }

  program(
    { framework, name, ...request }: RequestOf<'program'>,
    pause: Pause,
  ): Promise<AnswerOf<'program'> | undefined> {
    return this.#atMoment(request, pause, async ({ probe, config }) => {
      const { features, returnSequences } = this.#sets.task(config);
      const text = async (data: Dataset): Promise<Uint8Array> =>
        new TextEncoder().encode(
          await this.#moments.engine.writeCsv({ ...data, timesteps: config.steps, features, returnSequences }),
        );
      const fresh = config.split > 0 ? undefined : this.#sets.fresh(config);
      const script = await probe.continueIn(framework, {
        ...{ data: `${name}.csv`, weights: `${name}.npz`, epochs: config.epochs, batchSize: config.batch },
        ...(config.split > 0 && { validationSplit: config.split }),
        ...(fresh && { validationData: `${name}_fresh.csv` }),
      });
      return {
        files: {
          [`${name}.py`]: new TextEncoder().encode(script),
          [`${name}.csv`]: await text(this.#sets.of(config)),
          ...(fresh && { [`${name}_fresh.csv`]: await text(fresh) }),
          [`${name}.npz`]: await probe.saveNpz(),
          [`${name}.safetensors`]: await probe.saveWeights(),
        },
      };
    });
  }

  /** An answer about the network of a moment: the session's probe has its weights. */
  #atMoment<T>(
    request: Config & MomentRequest,
    pause: Pause,
    answer: (session: Session, look: Snapshot) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    return this.#sessions.inTurn(configOf(request), pause, async (session) => {
      const look = await this.#moments.lookAt(session, request, pause);
      if (!look) return undefined;
      session.traced = undefined;
      session.probe.setWeights(look.trained);
      return answer(session, look);
    });
  }

  /** The sequences of the next update, in its order. Its gradient is the mean of theirs. */
  #batch({ config, look }: Session): Dataset {
    const { x, y } = this.#sets.of(config);
    const taken = look?.taken ?? new Uint32Array();
    return { x: gathered(x, taken, x.length / config.samples), y: gathered(y, taken, y.length / config.samples) };
  }
}
