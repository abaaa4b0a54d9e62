/**
 * The page that tests/web/network-cells.test.ts opens: one `<rnn-network>` with the engine's trace of an untrained
 * network. The query sets it up: cell, layers, U, T, F, K (classes), loss, seq, cut, reset.
 */

import { type Cut, load, type Loss, type SequentialConfig, type Trace, type Unrolled } from '../../wasm/js/unrolled.ts';
import '../../web/figures/network/element.ts';
import type { RnnNetwork } from '../../web/figures/network/element.ts';

declare global {
  var figure: RnnNetwork;
  var heard: { name: string; detail: Record<string, unknown> }[];
  var violations: string[];
}

const ask = new URLSearchParams(location.search);
const number = (name: string, otherwise: number): number => Number(ask.get(name) ?? otherwise);

function config(): SequentialConfig {
  const classes = number('K', 0);
  const loss = (ask.get('loss') ?? (classes ? 'sparse_categorical_crossentropy' : 'binary_crossentropy')) as Loss;
  return {
    units: number('U', 6),
    timesteps: number('T', 5),
    features: number('F', 1),
    layers: number('layers', 1),
    cell: (ask.get('cell') ?? 'simple_rnn') as NonNullable<SequentialConfig['cell']>,
    returnSequences: ask.has('seq'),
    seed: 7,
    loss,
    ...(classes ? { classes } : {}),
  };
}

/** x_t[f] from −0.5 to 1, with targets that are valid for the loss. */
function setUp(engine: Unrolled): void {
  const wanted = config();
  const model = engine.sequential(wanted);
  const { timesteps, features, outputs } = model;
  const x = Float32Array.from({ length: timesteps * features }, (_, k) => ((k * 7) % 16) / 10 - 0.5);
  const target = (t: number): number =>
    wanted.loss === 'mean_squared_error' ? t / 10 - 0.25 : t % Math.max(2, outputs);
  const y = Array.from({ length: wanted.returnSequences ? timesteps : 1 }, (_, k) => target(k + 1));
  const cut = ask.get('cut') ?? 'none';
  const reset = number('reset', 0);
  const cuts: Record<string, Cut> = { none: {}, loop: { withoutRecurrence: true }, state: { resetBefore: reset } };
  const trace: Trace = model.trace(x, y, cuts[cut] ?? {});
  const weights = model.getWeights();
  const parameters = new Float32Array(model.parameterCount);
  model.tensors.forEach((tensor, k) => parameters.set(weights[k] as Float32Array, tensor.offset));
  const unit = ask.has('unit') ? number('unit', 1) : undefined;
  Object.assign(document.querySelector('rnn-network') as RnnNetwork, {
    trace,
    parameters,
    tensors: model.tensors,
    loss: wanted.loss,
    layer: number('layer', 1),
    gate: number('gate', 0),
    state: ask.get('state') ?? 'h',
    timestep: number('t', timesteps),
    fold: number('fold', 0),
    unit,
    cut,
    reset,
    readouts: ask.has('readouts'),
    ...(ask.has('weights') ? { editedWeights: ask.get('weights')?.split(',').filter(Boolean).map(Number) } : {}),
    originalParameters: parameters.map((value) => value + 1),
  });
  model.dispose();
}

globalThis.violations = [];
globalThis.heard = [];
document.addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(event.violatedDirective));
for (const name of ['rnn-timestep', 'rnn-unit', 'rnn-layer', 'rnn-gate', 'rnn-strips', 'rnn-weight', 'rnn-input']) {
  document.addEventListener(name, (event) => {
    globalThis.heard.push({ name, detail: JSON.parse(JSON.stringify((event as CustomEvent).detail)) });
  });
}
globalThis.figure = document.querySelector('rnn-network') as RnnNetwork;
load().then(setUp);
