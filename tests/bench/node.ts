// One session in its own Node process, which prints one line of JSON.
//
//   node --import ./tests/typescript.mjs tests/bench/node.ts FOLDER '{"engine": …, "work": …}'
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { load } from '../../wasm/js/unrolled.ts';
import type { Task } from './hosts.ts';
import { session } from './session.ts';
import { peerSession } from './tfjs.ts';

const folder = resolve(process.argv[2] as string);
const { engine, work } = JSON.parse(process.argv[3] as string) as Task;

function tensorflow() {
  const require = createRequire(new URL('../peers/package.json', import.meta.url));
  console.warn = () => {}; // TF.js prints a greeting
  const tf = require('@tensorflow/tfjs');
  require('@tensorflow/tfjs-backend-wasm').setWasmPaths(join(folder, 'tfjs') + sep);
  return tf;
}

if (engine === 'unrolled') {
  const unrolled = (await import(pathToFileURL(join(folder, 'unrolled.js')).href)) as { load: typeof load };
  console.log(
    JSON.stringify(
      await session(work, unrolled.load, Uint8Array.from(readFileSync(join(folder, 'limit.wasm'))), (name) =>
        readFileSync(join(folder, name), 'utf8'),
      ),
    ),
  );
} else console.log(JSON.stringify(await peerSession(engine, work, tensorflow())));
