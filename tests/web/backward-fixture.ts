/**
 * The page that tests/web/backward.test.ts opens: one `<rnn-backward>`. The test gives it the engine's numbers,
 * computed in Node.
 */

import '../../web/figures/backward/element.ts';
import type { RnnBackward } from '../../web/figures/backward/element.ts';

declare global {
  var backward: RnnBackward;
  var told: { name: string; detail: Record<string, unknown> }[];
  var breaches: string[];
  var give: (text: string) => Promise<void>;
}

/** Reads JSON in which arrays of floats are their bytes, and NaN is a word. */
function revive(_: string, value: unknown): unknown {
  const { floats, number } = (value ?? {}) as { floats?: string; number?: string };
  if (number !== undefined) return Number(number);
  if (floats === undefined) return value;
  return new Float32Array(Uint8Array.from(atob(floats), (c) => c.charCodeAt(0)).buffer);
}

globalThis.told = [];
globalThis.breaches = [];
document.addEventListener('securitypolicyviolation', (event) => globalThis.breaches.push(event.violatedDirective));
globalThis.backward = document.querySelector('rnn-backward') as RnnBackward;
globalThis.give = async (text) => {
  Object.assign(globalThis.backward, JSON.parse(text, revive));
  await globalThis.backward.updateComplete;
};
for (const name of ['rnn-timestep', 'rnn-unit', 'rnn-mean', 'rnn-strips', 'rnn-layer', 'rnn-weight']) {
  document.addEventListener(name, (event) => {
    globalThis.told.push({ name, detail: JSON.parse(JSON.stringify((event as CustomEvent).detail)) });
  });
}
