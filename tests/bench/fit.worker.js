// The notebook's fit, ten epochs on 100 × 10 × 1 with 32 units: the first one, and the median of twenty warm ones, in milliseconds.
import { load } from '../../build/js/unrolled.js';

const began = performance.now();
const unrolled = await load();
const loaded = performance.now() - began;
const { x, y } = unrolled.task('random', { samples: 100, timesteps: 10 });
const times = [];
for (let run = 0; run < 61; run++) {
  const model = unrolled.sequential({ units: 32, timesteps: 10, seed: run });
  model.compile({ optimizer: 'adam', learningRate: 0.001 });
  const from = performance.now();
  await model.fit(x, y, { epochs: 10, batchSize: 32 });
  times.push(performance.now() - from);
  model.dispose();
}
const warm = times.slice(41).sort((a, b) => a - b);
postMessage({ loaded, first: times[0], median: (warm[9] + warm[10]) / 2 });
