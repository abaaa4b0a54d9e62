/**
 * Finds a sequence or a setting that shows the effect of an experiment, measured with the engine on the given network.
 */

import type { Cut, Dataset, Sequential, Unrolled } from '../../wasm/js/types.ts';
import { VANISHED } from '../figures/backward/backward-sentences.ts';
import { OWN_TASK } from '../state/config.ts';
import type { Config, State } from '../state/state.ts';
import type { CutEffect } from './protocol.ts';
import type { Pause } from './trainer.ts';

/** The number of traces between two checks whether the answer is still wanted. */
const SLICE = 20;

/** A loss that grows by more than this factor shows that information is missing. */
const GROWN = 2;

/**
 * The effect of a cut on one sequence. `graded`: its answer is a number or a series, so it is not simply right or
 * wrong.
 */
export function effectOf(
  engine: Pick<Unrolled, 'answers'>,
  probe: Sequential,
  { x, y }: Dataset,
  cut: Cut,
  graded: boolean,
): CutEffect {
  const [before, after] = [probe.trace(x, y), probe.trace(x, y, cut)];
  if (graded) return after.loss > GROWN * before.loss ? 'turns' : 'little';
  const right = ({ prediction, outputs }: typeof before): boolean =>
    engine.answers(prediction.slice(-outputs), y.slice(-1), outputs).right[0] === 1;
  return !right(before) ? 'wrong' : right(after) ? 'right' : 'turns';
}

/** The first of `count` sequences after `sample`, cyclically, that `effect` turns. */
export async function nextThatTurns(
  sample: number,
  count: number,
  effect: (sample: number) => CutEffect,
  pause: Pause,
): Promise<{ sample: number | undefined } | undefined> {
  for (let i = 1; i < count; i++) {
    const next = (sample + i) % count;
    if (effect(next) === 'turns') return { sample: next };
    if (i % SLICE === 0 && !(await pause(i / count))) return undefined;
  }
  return { sample: undefined };
}

/** Settings in order of their distance from the reader's own. Imported data keep their number of time steps. */
export function candidates({ task, steps }: Config): Partial<State>[] {
  const longer = task === OWN_TASK || steps >= 50 ? {} : { steps: 50, t: 50 };
  return [
    { at: 0 },
    { at: 0, ...longer },
    { at: 0, ...longer, gain: 0.5 },
    { at: 0, ...longer, gain: 0.2 },
    { at: 0, ...longer, gain: 0.05 },
  ];
}

/**
 * True if backpropagation through time makes the gradient of one sequence vanish, while it still consists of normal
 * floats.
 */
export function vanishes(model: Sequential, { x, y }: Dataset, layer: number): boolean {
  const { norms } = model.backward(x, y, { layer });
  const [first, last] = [norms.dH[0] as number, norms.dH.at(-1) as number];
  return first > 0 && first < VANISHED * last;
}
