// Runs a WASI program like a native one: node tests/wasi.mjs PROGRAM.wasm [ARGUMENT ...]. The program can only access
// the current folder and the temporary folder, under their real names.
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, isAbsolute } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { WASI } from 'node:wasi';

// Node 20 crashes in a call from wasm after seconds of computing, unless fast API calls are disabled.
setFlagsFromString('--no-turbo-fast-api-calls');

const [program, ...args] = process.argv.slice(2);
const folders = { '.': process.cwd(), [tmpdir()]: tmpdir() };
for (const path of args.filter(isAbsolute))
  folders[path.slice(0, path.lastIndexOf('/')) || '/'] ??= path.slice(0, path.lastIndexOf('/')) || '/';
const wasi = new WASI({
  version: 'preview1',
  args: [basename(program, '.wasm'), ...args],
  preopens: folders,
  returnOnExit: true,
});
const { instance } = await WebAssembly.instantiate(await readFile(program), wasi.getImportObject());
process.exitCode = wasi.start(instance);
