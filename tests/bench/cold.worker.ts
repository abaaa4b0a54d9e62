// Trains the notebook's first epoch and reports the time since the wasm's bytes arrived.
import { load } from '../../wasm/js/unrolled.ts';
import { peerFit } from './tfjs.ts';
import { works } from './works.ts';

const beside = (name: string): string => new URL(name, import.meta.url).href;
const notebook = works[0];

if (notebook && location.search === '?tfjs-wasm') {
  const tf = await import(beside('tfjs/tfjs.js'));
  tf.setWasmPaths(beside('tfjs/'));
  await tf.setBackend('wasm');
  await peerFit(tf, { ...notebook, repeat: 1 })();
  postMessage(undefined);
} else {
  const bytes = await (await fetch(beside('unrolled.simd.wasm'))).arrayBuffer();
  const from = performance.now();
  const { task, sequential } = await load({ bytes });
  const { x, y } = task('random', { samples: 100, timesteps: 10 });
  const model = sequential({ units: 32, timesteps: 10 });
  await model.fit(x, y, { epochs: 1, batchSize: 32 });
  postMessage(performance.now() - from);
}
