/**
 * The page that tests/web/arithmetic.test.ts opens: one `<rnn-arithmetic>` with a real engine, connected as in a page.
 */

import { load, type SequentialConfig } from '../../wasm/js/unrolled.ts';
import { type Arithmetic, arithmeticOf } from '../../web/figures/arithmetic/numbers.ts';
import '../../web/figures/arithmetic/element.ts';
import '../../web/controls/rnn-symbol.ts';
import type { RnnArithmetic } from '../../web/figures/arithmetic/element.ts';

declare global {
  var sum: RnnArithmetic;
  var told: { name: string; detail: Record<string, unknown> }[];
  var refused: string[];
  var traced: ReturnType<import('../../wasm/js/unrolled.ts').Sequential['trace']>;
  var reading: (place: Partial<Arithmetic>) => void;
}

globalThis.refused = [];
document.addEventListener('securitypolicyviolation', (event) => globalThis.refused.push(event.violatedDirective));

async function setUp(): Promise<void> {
  const ask = new URLSearchParams(location.search);
  const number = (name: string, otherwise: number): number => Number(ask.get(name) ?? otherwise);
  const { sequential, task } = await load();
  const [timesteps, features, layers] = [number('T', 10), number('F', 1), number('L', 1)];
  const config = {
    units: number('U', 8),
    timesteps,
    features,
    layers,
    cell: ask.get('cell') ?? 'simple_rnn',
    activation: ask.get('activation') ?? 'tanh',
  };
  const model = sequential(config as SequentialConfig);
  const { x } = task('first', { samples: features, timesteps });
  const weights = model.getWeights();
  // Different biases, because initial ones are zero.
  model.setWeights(weights.map((tensor, k) => (k % 3 === 2 ? tensor.map((b, i) => b + (i % 7) / 20 - 0.15) : tensor)));
  const cut = { withoutRecurrence: ask.has('cut'), resetBefore: number('reset', 0) };
  globalThis.traced = model.trace(x, undefined, cut);
  globalThis.told = [];
  const figure = document.querySelector('rnn-arithmetic') as RnnArithmetic;
  let place = { timestep: number('t', 3), unit: number('unit', 5), layer: layers - 1, gate: number('gate', 0) };
  globalThis.reading = (more) => {
    place = { ...place, ...more };
    figure.numbers = arithmeticOf(model, globalThis.traced, place);
  };
  for (const name of ['rnn-timestep', 'rnn-unit', 'rnn-gate', 'rnn-term'])
    document.addEventListener(name, (event) => {
      const { detail } = event as CustomEvent;
      globalThis.told.push({ name, detail: JSON.parse(JSON.stringify(detail)) });
      if (name !== 'rnn-term') globalThis.reading(detail);
    });
  figure.disabled = ask.has('disabled');
  globalThis.reading({});
  globalThis.sum = figure;
}

setUp();
