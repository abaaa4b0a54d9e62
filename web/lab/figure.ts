/** What a network figure is given: a moment, and the cursor. */

import type { RnnNetwork } from '../elements/rnn-network.ts';
import type { LabState } from '../state/lab.ts';
import type { Moment } from '../worker/protocol.ts';

export function showMoment(figure: RnnNetwork, { trace, parameters, trained, tensors, original }: Moment, loss: string | undefined): void {
  figure.trace = trace;
  figure.loss = loss;
  figure.parameters = parameters;
  figure.originalParameters = trained;
  figure.tensors = tensors;
  figure.original = original;
}

export function showCursor(figure: RnnNetwork, { t, unit, layer, gate, cell, fold, readouts, edits, weights, cut, reset }: LabState): void {
  figure.timestep = t;
  figure.unit = unit || undefined;
  figure.layer = layer;
  /* behind the last gate is the state's path, which has no plate of its own */
  figure.gate = Math.min(gate, { simple_rnn: 0, gru: 2, lstm: 3 }[cell]);
  figure.fold = fold;
  figure.readouts = readouts;
  figure.cut = cut;
  figure.reset = reset;
  figure.edited = edits.map(([at]) => at - 1);
  figure.editedWeights = weights.map(([at]) => at);
}
