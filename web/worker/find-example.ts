/** Which sequence or setting shows what an experiment is about: measured with the engine, for a network as it is. */

import type { Cut, Dataset, Sequential, Unrolled } from '../../wasm/js/types.ts';
import { VANISHED } from '../figures/backward/backward-sentences.ts';
import { type Config, type State, OWN_TASK } from '../state/state.ts';
import type { CutEffect } from './protocol.ts';
import type { Pause } from './trainer.ts';

/** Traces between two looks at whether the answer is still wanted. */
const SLICE = 20;

/** A loss that grows by more than this shows that something is gone. */
const GROWN = 2;

/** What a cut does to one sequence. `graded`: there is no single answer that is right or wrong. */
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

/** The first of `count` sequences behind `sample`, in a circle, on which `effect` turns. */
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

/** From near to the reader's own settings to far. Data that were brought have as many time steps as they have. */
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

/** Whether the gradient of one sequence vanishes on its way back, with numbers that a float can still hold. */
export function vanishes(model: Sequential, { x, y }: Dataset, layer: number): boolean {
  const { norms } = model.backward(x, y, { layer });
  const [first, last] = [norms.dH[0] as number, norms.dH.at(-1) as number];
  return first > 0 && first < VANISHED * last;
}
