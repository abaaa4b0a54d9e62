import { load } from 'unrolled';
import dataBytes from 'unrolled/data.wasm';
import filesBytes from 'unrolled/files.wasm';
import bytes from 'unrolled/unrolled.simd.wasm';

load({ bytes, filesBytes, dataBytes }).then(async ({ sequential, task, readCsv }) => {
  const { x, y } = task('first', { samples: 20, timesteps: 4 });
  const model = sequential({ units: 3, timesteps: 4, features: 1 });
  const { loss } = await model.fit(x, y, { epochs: 2 });
  const weights = await model.saveWeights();
  const { samples } = await readCsv('x1,y\n0.5,1\n');
  console.log(`loss ${loss.at(-1)}, ${weights.length} bytes, ${samples} sequence`);
});
