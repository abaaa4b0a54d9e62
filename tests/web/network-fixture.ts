/**
 * The page that tests/web/network.test.ts opens: one `<rnn-network>` with an artificial trace, whose numbers identify
 * their position. No network computes them.
 */

import '../../web/figures/network/element.ts';
import type { RnnNetwork } from '../../web/figures/network/element.ts';
import type { Trace } from '../../web/figures/network/trace.ts';

declare global {
  var figure: RnnNetwork;
  var heard: { name: string; detail: Record<string, unknown> }[];
  var violations: string[];
  var made: (timesteps: number, units: number, features: number) => Trace;
}

/** h_t[j] = ±(t/10 + j/1000), x_t = t/100 + feature/10, z_t[j] = −(t + j/100), p_t = t/(T + 2); h_0 = 0. */
globalThis.made = (timesteps, units, features) => {
  const at = (count: number, value: (k: number) => number) => Float32Array.from({ length: count }, (_, k) => value(k));
  const step = (k: number, width: number): number => Math.floor(k / width);
  const state = (t: number, j: number): number => (j % 2 ? 1 : -1) * (t / (timesteps + 1) + j / 1000);
  return {
    timesteps,
    units,
    features,
    label: 1,
    loss: 0.125,
    x: at(timesteps * features, (k) => (step(k, features) + 1) / 100 + (k % features) / 10),
    z: at(timesteps * units, (k) => -(step(k, units) + 1 + ((k % units) + 1) / 100)),
    h: at((timesteps + 1) * units, (k) => (k < units ? 0 : state(step(k, units), (k % units) + 1))),
    logit: at(timesteps, (k) => k + 0.5),
    probability: at(timesteps, (k) => (k + 1) / (timesteps + 2)),
  };
};

function setUp(): void {
  const ask = new URLSearchParams(location.search);
  const number = (name: string, otherwise: number): number => Number(ask.get(name) ?? otherwise);
  const [timesteps, units, features] = [number('T', 10), number('U', 8), number('F', 1)];
  const sizes = { kernel: features * units, recurrent_kernel: units * units, bias: units };
  let offset = 0;
  const tensor = (name: string, count: number) => {
    offset += count;
    return { name, shape: [count], offset: offset - count, count };
  };
  const tensors = Object.entries(sizes).map(([name, count]) => tensor(`simple_rnn/${name}`, count));
  tensors.push(tensor('dense/kernel', units), tensor('dense/bias', 1));
  globalThis.heard = [];
  const figure = document.querySelector('rnn-network') as RnnNetwork;
  for (const name of ['rnn-timestep', 'rnn-unit', 'rnn-fold', 'rnn-readouts', 'rnn-input', 'rnn-term']) {
    // Through JSON, because the drivers treat undefined differently.
    document.addEventListener(name, (event) => {
      globalThis.heard.push({ name, detail: JSON.parse(JSON.stringify((event as CustomEvent).detail)) });
    });
  }
  Object.assign(figure, {
    trace: globalThis.made(timesteps, units, features),
    parameters: Float32Array.from({ length: offset }, (_, k) => ((k % 21) - 10) / 20),
    tensors,
    timestep: number('t', timesteps),
    fold: number('fold', 0),
    unit: ask.has('unit') ? number('unit', 1) : undefined,
    readouts: ask.has('readouts'),
    disabled: ask.has('disabled'),
  });
  if (ask.has('edited')) {
    const original = (figure.trace as Trace).x.slice();
    original[number('edited', 0)] = 0.95;
    Object.assign(figure, { original, edited: [number('edited', 0)] });
  }
  globalThis.figure = figure;
}

globalThis.violations = [];
document.addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(event.violatedDirective));
setUp();
