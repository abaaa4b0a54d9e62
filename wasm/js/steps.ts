/** How many answers are right at each time step, of a network that answers at every step. */

import {
  checkLengths,
  checkMultiple,
  checkNumber,
  checkOptions,
  checkPredictions,
  checkTargets,
  checkWhole,
  wrong,
} from './checks.ts';
import type { Core } from './core.ts';
import type { AnswersByStep, AnswersByStepOptions, Numbers } from './types.ts';

const OPTIONS = ['timesteps', 'outputs', 'lengths', 'among'] as const;

export async function answersByStep(
  core: Core,
  predictions: Numbers,
  y: Numbers,
  options: AnswersByStepOptions,
): Promise<AnswersByStep> {
  const operation = 'answersByStep';
  const { timesteps, outputs = 1, lengths, among = [] } = checkOptions(operation, options, OPTIONS);
  checkNumber(core, operation, 'timesteps', timesteps, 'timesteps');
  if (outputs !== 1) checkNumber(core, operation, 'outputs', outputs, 'classes');
  const said = checkPredictions(operation, 'predictions', predictions);
  checkMultiple(operation, 'predictions', said.length, timesteps * outputs, 'timesteps · outputs');
  const samples = said.length / (timesteps * outputs);
  const wanted = checkTargets(operation, 'y', y, 'numbers', samples, timesteps, 'sequence of predictions');
  const valid = checkLengths(operation, 'lengths', lengths, samples, timesteps);
  if (among.length && outputs === 1) throw wrong(operation, 'among is given with one output', 'several outputs');
  const classes = Uint32Array.from(among, (one, i) => checkWhole(operation, `among[${i}]`, one, 0, outputs - 1));
  const data = await core.data(operation);
  return data.withTemporary(operation, (temporary) => {
    const counts = temporary.space(8 * timesteps);
    const place = [temporary.put(said), outputs, temporary.put(wanted), samples, timesteps];
    const some = [valid ? temporary.put(valid) : 0, classes.length ? temporary.put(classes) : 0, classes.length];
    data.call(operation, 'answers_by_step', ...place, ...some, counts);
    const numbers = new Uint32Array(data.bytes(counts, 8 * timesteps).buffer);
    return { readouts: numbers.slice(0, timesteps), right: numbers.slice(timesteps) };
  });
}
