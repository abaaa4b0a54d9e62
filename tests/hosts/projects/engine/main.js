import { load } from 'unrolled';

const { sequential, task, readCsv } = await load();
const { x, y } = task('first', { samples: 20, timesteps: 4 });
const model = sequential({ units: 3, timesteps: 4, features: 1 });
const { loss } = await model.fit(x, y, { epochs: 2 });
const weights = await model.saveWeights(); // loads files.wasm
const { samples } = await readCsv('x1,y\n0.5,1\n'); // loads data.wasm
const said = `loss ${loss.at(-1)}, ${weights.length} bytes, ${samples} sequence`;
if (typeof document === 'object') document.body.append(said);
else console.log(said);
