// TF.js as a browser takes it: core, layers and the two backends that need no graphics card. Bundled by tests/bench.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';

export { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
export { randomUniform, ready, setBackend, tensor, train } from '@tensorflow/tfjs-core';
export { layers, sequential } from '@tensorflow/tfjs-layers';
