/** What a network figure is given: a moment, and the cursor. */

import type { Task } from '../../wasm/js/types.ts';
import type { RnnNetwork } from '../figures/network/element.ts';
import type { Place, Role } from '../figures/network/weights.ts';
import { GATES } from '../shared/core-facts.ts';
import type { LabState } from '../state/lab-state.ts';
import { unlabelled } from '../shared/shared-sentences.ts';
import type { Moment } from '../worker/protocol.ts';

export function showMoment(
  figure: RnnNetwork,
  { trace, labels, parameters, trained, tensors, original, ranges }: Moment,
  task: Task | undefined,
): void {
  figure.trace = trace;
  figure.relabelled = labels === 'rule';
  figure.unlabelled = unlabelled(labels, task);
  figure.ranges = ranges;
  figure.loss = task?.loss;
  figure.parameters = parameters;
  figure.originalParameters = trained;
  figure.tensors = tensors;
  figure.original = original;
}

export function showCursor(
  figure: RnnNetwork,
  { t, unit, layer, gate, cell, fold, readouts, edits, weights, cut, reset, strips, shownInput, shownWeight }: LabState,
): void {
  figure.timestep = t;
  figure.unit = unit || undefined;
  figure.layer = layer;
  /* behind the last gate is the state's path, which has no plate of its own */
  figure.gate = Math.min(gate, GATES[cell] - 1);
  figure.state = strips;
  figure.input = shownInput > 0 ? shownInput - 1 : undefined;
  figure.weight = placeOf(shownWeight);
  figure.fold = fold;
  figure.readouts = readouts;
  figure.cut = cut;
  figure.reset = reset;
  figure.edited = edits.map(([at]) => at - 1);
  figure.editedWeights = weights.map(([at]) => at);
}

/** A weight's place as the state holds it: matrix, unit and column from 1. */
export const placeText = ({ role, unit, column }: Place): string => `${role}${unit}.${column + 1}`;

const places = new Map<string, Place>();

/** The same place for the same text: another object would be another choice. */
function placeOf(text: string): Place | undefined {
  const [, role, unit, column] = /^(.)(\d+)\.(\d+)$/.exec(text) ?? [];
  if (role === undefined) return undefined;
  const place = places.get(text) ?? {
    role: role as Role,
    unit: Math.max(1, Number(unit)),
    column: Math.max(0, Number(column) - 1),
  };
  places.set(text, place);
  return place;
}
