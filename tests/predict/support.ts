// Helpers of both tests: a question as the page asks it, and the same network from the engine alone.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Trace } from '../../wasm/js/types.ts';
import { questionOf } from '../../web/figures/predict/build.ts';
import type { Question, QuestionName } from '../../web/figures/predict/question.ts';
import type { DataNames } from '../../web/shared/data-names.ts';
import { initialOf } from '../../web/state/fields.ts';
import { LAB } from '../../web/state/pages.ts';
import { configOf, END } from '../../web/state/config.ts';
import { type State, TABLE } from '../../web/state/state.ts';
import { Requests } from '../../web/worker/requests.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
export const engine = await load();

export const stateOf = (part: Partial<State> = {}): State => LAB.settle({ ...initialOf(TABLE), ...part });

const lab = new Requests(engine);

/** A question as the page asks it. */
export async function ask(question: QuestionName, state: State, names: DataNames = {}): Promise<Question | string> {
  const { at, sample, file, layer } = state;
  const answer = await lab.predict({ ...configOf(state), at, sample, file, layer, question }, async () => true);
  if (!answer) throw new Error('given up');
  return questionOf(answer.facts, names);
}

/** The sequence on which the page asks about the cut loop, given the present one. */
export async function sequenceForLoop(state: State): Promise<number> {
  const { at, sample, file, reset } = state;
  const answer = await lab.cutting({ ...configOf(state), at, sample, file, reset, cut: 'loop' }, async () => true);
  return answer?.sample ?? sample;
}

export async function asked(question: QuestionName, state: State): Promise<Question> {
  const made = await ask(question, state);
  if (typeof made === 'string') throw new Error(made);
  return made;
}

/** The same network at the same moment, trained with the engine alone, and the sequence of the question. */
export function network(state: State) {
  const { task, samples, steps, data, cell, layers, units, activation, seed, rate, epochs, batch, at, sample } = state;
  const info = engine.tasks.find(({ name }) => name === task)!;
  const { features, classes, returnSequences = false } = info;
  const set = engine.task(task, { samples, timesteps: steps, dataSeed: data });
  const config = {
    units,
    timesteps: steps,
    features,
    cell,
    layers,
    seed,
    returnSequences,
    loss: info.loss as 'binary_crossentropy',
    ...(cell === 'simple_rnn' && { activation }),
    ...(classes && { classes }),
  };
  const model = engine.sequential(config);
  model.compile({ learningRate: rate });
  model.training(set.x, set.y, { epochs, batchSize: batch }).advance(at === END ? Number.POSITIVE_INFINITY : at);
  const [width, readouts] = [steps * features, returnSequences ? steps : 1];
  const x = set.x.slice(sample * width, (sample + 1) * width);
  const y = set.y.slice(sample * readouts, (sample + 1) * readouts);
  const trace = (changed: Float32Array = x): Trace => model.trace(changed, returnSequences ? y : y[0]);
  return { info, set, model, x, y, trace };
}

/** The answer after the last time step; of several classes the most probable one. */
export function answerOf({ prediction, outputs }: Trace): { values: Float32Array; class: number } {
  const values = prediction.slice(-outputs);
  return { values, class: outputs > 1 ? values.indexOf(Math.max(...values)) : Number((values[0] as number) > 0.5) };
}
