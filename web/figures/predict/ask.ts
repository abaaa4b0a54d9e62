/** Computes the facts of a question. It runs in the worker, where the engine is. */

import type { Dataset, Sequential, Task, Tensor, Trace, Unrolled } from '../../../wasm/js/types.ts';
import { arithmeticOf } from '../arithmetic/numbers.ts';
import type { Facts, Kind, AnswerKind, NetworkAnswer } from './facts.ts';
import { RANGES } from '../../shared/core-facts.ts';
import { pick, type QuestionName, type Setting } from './question.ts';
import { translate } from '../../shared/translate.ts';

/** A moment of a run, and the engine. */
export interface Source {
  engine: Pick<Unrolled, 'answers'>;
  /** A model with the weights of the moment. */
  probe: Sequential;
  /** The trace of the sequence without what-if changes. */
  trace: Trace;
  set: Dataset;
  task: Task;
  setting: Setting & { sample: number; seed: number };
  /** Whether the figures can show a sequence of another length. */
  otherLengths: boolean;
  /** From 1. */
  layer: number;
  /** Passes a model with other sizes to `look` and releases it afterwards. */
  like<T>(change: { steps?: number; features?: number }, look: (model: Sequential) => T): T;
}

const none = (reason: string): Facts => ({ question: 'none', reason });

const kindOf = ({ task, trace }: Source): Kind =>
  trace.outputs > 1 ? 'class' : task.loss === 'mean_squared_error' ? 'value' : 'probability';
const answerKindOf = (source: Source): AnswerKind => ({
  kind: kindOf(source),
  timesteps: source.trace.timesteps,
  features: source.trace.layers[0]?.features ?? 1,
  cell: source.probe.cell,
});

function networkAnswer({ engine, task }: Source, { prediction, outputs, loss, y }: Trace): NetworkAnswer {
  const answer = prediction.slice(-outputs);
  if (task.loss === 'mean_squared_error') return { answer, loss, class: undefined, right: undefined };
  const { classes, right } = engine.answers(answer, y.slice(-1), outputs);
  return { answer, loss, class: classes[0], right: right[0] === 1 };
}

const extent = (values: Iterable<number>): [number, number] => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
};

/** The new x is at the far end of the range of its feature, at least half the range away. */
function input(source: Source): Facts {
  const { trace, set, probe, setting } = source;
  const read = answerKindOf(source);
  const { timesteps, features } = read;
  const timestep = [1, timesteps, 1 + pick(timesteps, setting, 1)][pick(3, setting, 0)] as number;
  const feature = 1 + pick(features, setting, 2);
  const index = (timestep - 1) * features + feature - 1;
  const x = trace.layers[0]?.x.slice() ?? new Float32Array();
  const was = x[index] as number;
  const [low, high] = extent(set.x.filter((_, i) => i % features === feature - 1));
  /* This makes the new value a round number. */
  const unit = Number((high - low).toPrecision(1)) / 20;
  const value = Number((Math.round((was - low > high - was ? low : high) / unit) * unit).toPrecision(6));
  if (!(high > low) || !(Math.abs(value - was) > (high - low) / 4))
    return none(translate('In these data this x is nearly the same everywhere, so there is no other value to try.'));
  x[index] = value;
  const [least, most] = read.kind === 'value' ? extent(set.y) : [0, 1];
  /* The target belonged to the sequence before the change, so only the answer counts. */
  const after = probe.trace(x).prediction.slice(-trace.outputs);
  return {
    question: 'input',
    ...read,
    timestep,
    feature,
    was,
    value,
    before: networkAnswer(source, trace),
    after,
    span: most - least,
  };
}

function loop(source: Source): Facts {
  const { trace, task, probe } = source;
  const after = probe.trace(trace.layers[0]?.x ?? [], task.returnSequences ? trace.y : trace.y[0], {
    withoutRecurrence: true,
  });
  const read = answerKindOf(source);
  const graded = task.returnSequences === true || read.kind === 'value';
  return {
    question: 'loop',
    ...read,
    graded,
    target: trace.y[0] as number,
    before: networkAnswer(source, trace),
    after: networkAnswer(source, after),
  };
}

/** The longest sequence to which the figures can be switched. */
const MOST_STEPS = 50;

function length({ probe, setting, otherLengths, like }: Source): Facts {
  const [timesteps, longer] = [setting.steps, 2 * setting.steps];
  const longerParameters = like({ steps: longer }, ({ parameterCount }) => parameterCount);
  const shows = longer <= MOST_STEPS && otherLengths;
  return { question: 'length', timesteps, longer, parameters: probe.parameterCount, longerParameters, shows };
}

/** The number of terms to choose from. */
const PROPOSED = 4;

/** The number of sums that are tried until one has a largest term. */
const TRIES = 100;

/**
 * The choices are the largest term, the largest of each other kind, and then any others. The unit and the time step do
 * not depend on the cursor.
 */
function term({ trace, probe, setting, layer }: Source): Facts {
  /* The first time step is left out because its sum has no states. */
  const steps = Math.max(1, trace.timesteps - 1);
  const from = pick(steps * probe.units, setting, 3);
  for (let tried = 0; tried < Math.min(TRIES, steps * probe.units); tried++) {
    const at = (from + tried) % (steps * probe.units);
    const place = { timestep: trace.timesteps - (at % steps), unit: 1 + Math.floor(at / steps) };
    const arithmetic = arithmeticOf(probe, trace, { ...place, layer: layer - 1, gate: 0 });
    const { kind, product } = arithmetic.terms;
    const size = (k: number): number => Math.abs(product[k] as number);
    const ordered = kind.map((_, k) => k).sort((p, q) => size(q) - size(p) || p - q);
    const [largest, second] = ordered as [number, number];
    if (!product.every((value) => Number.isFinite(value)) || !(size(largest) > size(second))) continue;
    const firsts = ordered.filter((k) => ordered.find((other) => kind[other] === kind[k]) === k);
    const rest = ordered.filter((k) => !firsts.includes(k));
    const next = pick(Math.max(1, rest.length), setting, 4);
    const proposed = [...firsts, ...rest.slice(next), ...rest.slice(0, next)].slice(0, PROPOSED);
    return { question: 'term', arithmetic, proposed: proposed.sort((p, q) => p - q) };
  }
  return none(
    translate('No sum of this network has a largest term at this moment: look at it earlier or later in its training.'),
  );
}

function backward({ trace, probe, layer }: Source, question: 'gradient' | 'empty'): Facts {
  const { cell, activation, layers } = probe;
  const { timesteps, readouts } = trace;
  const { norms, rateH } = probe.backward(trace.layers[0]?.x ?? [], trace.y, { layer: layer - 1, timesteps });
  const finite = (values: Float32Array): boolean => values.every((value) => Number.isFinite(value));
  if (!finite(norms.dH) || !finite(norms.term))
    return none(translate('The gradients of this sequence are no longer finite numbers.'));
  return { question, cell, activation, timesteps, layers, layer, everyStep: readouts > 1, norms, rate: rateH };
}

function readout(source: Source): Facts {
  const { trace, setting } = source;
  const { timesteps, outputs, readouts, prediction } = trace;
  const timestep = 1 + pick(timesteps - 1, setting, 5);
  const at = (t: number): Float32Array => prediction.slice((t - 1) * outputs, t * outputs);
  return {
    question: 'readout',
    ...answerKindOf(source),
    timestep,
    readouts,
    class: networkAnswer(source, trace).class,
    there: at(timestep),
    last: at(timesteps),
  };
}

function feature({ probe, like }: Source): Facts {
  const { features } = probe;
  if (features >= RANGES.features[1]) return none(translate('There are as many features as there can be.'));
  const matrices = ({ tensors }: Sequential): Tensor[] =>
    [/\/kernel$/, /\/recurrent_kernel$/, /^dense\/kernel$/].map(
      (name) => tensors.find((tensor) => name.test(tensor.name)) as Tensor,
    );
  return { question: 'feature', features, now: matrices(probe), more: like({ features: features + 1 }, matrices) };
}

/** `end`: the accuracies after that many epochs, or undefined if the run diverged. */
export function luck(
  { chanceBand }: Pick<Unrolled, 'chanceBand'>,
  { epochs }: Setting,
  more: number,
  end: { training: number; fresh: number; count: number } | undefined,
): Facts {
  return end
    ? { question: 'luck', epochs, more, ...end, band: chanceBand(end.count) }
    : none(translate('With so many epochs the training diverges.'));
}

/** The facts of any question except `luck`, which needs a run of its own. */
export function factsOf(name: Exclude<QuestionName, 'luck'>, source: Source): Facts {
  switch (name) {
    case 'input':
      return input(source);
    case 'loop':
      return loop(source);
    case 'length':
      return length(source);
    case 'term':
      return term(source);
    case 'gradient':
    case 'empty':
      return backward(source, name);
    case 'readout':
      return readout(source);
    case 'feature':
      return feature(source);
  }
}
