/** What a network figure is given: a moment, and the cursor. */

import type { RnnNetwork } from '../elements/rnn-network.ts';
import { forwardOf } from '../network/trace.ts';
import type { LabState } from '../state/lab.ts';
import type { Moment } from '../worker/protocol.ts';

export function showMoment(figure: RnnNetwork, { trace, parameters, tensors, original }: Moment): void {
  const label = trace.readouts === 1 ? trace.y[0] : undefined;
  figure.trace = forwardOf(trace, label);
  figure.parameters = parameters;
  figure.tensors = tensors;
  figure.original = original;
  figure.label = label;
}

export function showCursor(figure: RnnNetwork, { t, unit, fold, readouts, edits }: LabState): void {
  figure.timestep = t;
  figure.unit = unit || undefined;
  figure.fold = fold;
  figure.readouts = readouts;
  figure.edited = edits.map(([at]) => at - 1);
}
