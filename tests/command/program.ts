// Runs the command natively and under WASI in a temporary folder, and checks that both give the same bytes on stdout
// and stderr, the same exit code, and the same files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { WASI } from 'node:wasi';

setFlagsFromString('--no-turbo-fast-api-calls'); // see tests/wasi.mjs

const build = resolve(process.env['BUILD'] ?? 'build');
export const program = join(build, 'unrolled');
const wasm = await WebAssembly.compile(readFileSync(join(build, 'unrolled.wasm')));

export type Files = Record<string, string | Uint8Array>;

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
  files: Record<string, Buffer>; // the folder's contents afterwards
}

/** Runs `use` in a temporary folder with these files. A name that ends with / is a folder. */
export function inFolder<T>(files: Files, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      if (name.endsWith('/')) mkdirSync(join(folder, name));
      else writeFileSync(join(folder, name), content);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function contents(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

/** Runs the native program. stdout may be an open file. */
export function native(args: string[], files: Files = {}, stdout: 'pipe' | number = 'pipe'): Result {
  return inFolder(files, (folder) => {
    const done = spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', stdout, 'pipe'],
    });
    assert.equal(done.error, undefined);
    return { code: done.status ?? -1, stdout: done.stdout ?? '', stderr: done.stderr, files: contents(folder) };
  });
}

/** Runs the WASI program, which can only access the folder. */
export function wasi(args: string[], files: Files = {}, stdout?: number): Result {
  return inFolder(files, (folder) =>
    inFolder({}, (aside) => {
      const outputs = [stdout ?? openSync(join(aside, 'stdout'), 'w'), openSync(join(aside, 'stderr'), 'w')] as const;
      const system = new WASI({
        version: 'preview1',
        args: ['some/path/to/it', ...args],
        preopens: { '.': folder },
        stdout: outputs[0],
        stderr: outputs[1],
        returnOnExit: true,
      });
      const instance = new WebAssembly.Instance(wasm, system.getImportObject() as WebAssembly.Imports);
      const code = system.start(instance) as unknown as number;
      for (const output of stdout === undefined ? outputs : [outputs[1]]) closeSync(output);
      const text = (name: string) =>
        stdout === undefined || name === 'stderr' ? readFileSync(join(aside, name), 'utf8') : '';
      return { code, stdout: text('stdout'), stderr: text('stderr'), files: contents(folder) };
    }),
  );
}

/** Runs both programs, whose results must be equal. */
export function both(args: string[], files: Files = {}): Result {
  const a = native(args, files);
  const b = wasi(args, files);
  assert.equal(b.stdout, a.stdout, `stdout of WASI and native: ${args.join(' ')}`);
  assert.equal(b.stderr, a.stderr, `stderr of WASI and native: ${args.join(' ')}`);
  assert.equal(b.code, a.code, `exit code of WASI and native: ${args.join(' ')}`);
  assert.deepEqual(Object.keys(b.files), Object.keys(a.files), `files of WASI and native: ${args.join(' ')}`);
  for (const name of Object.keys(a.files))
    assert.ok(a.files[name]?.equals(b.files[name] as Buffer), `${name} of WASI and native`);
  return a;
}

/** Runs both programs, which must succeed and print nothing on stderr. */
export function succeeds(args: string[], files: Files = {}): Result {
  const result = both(args, files);
  assert.equal(result.stderr, '', args.join(' '));
  assert.equal(result.code, 0, args.join(' '));
  return result;
}

/**
 * Runs both programs, which must exit with the code, print exactly this line on stderr and leave the files unchanged.
 */
export function refuses(code: number, message: string, args: string[], files: Files = {}): Result {
  const result = both(args, files);
  assert.equal(result.stderr, `unrolled${message}\n`, args.join(' '));
  assert.equal(result.code, code, args.join(' '));
  const before = Object.keys(files).filter((name) => !name.endsWith('/'));
  assert.deepEqual(Object.keys(result.files), before.sort(), `files after: ${args.join(' ')}`);
  for (const name of before) assert.deepEqual(result.files[name], Buffer.from(files[name] as string), name);
  return result;
}

/** The value, which must not be undefined. */
export function there<T>(value: T | undefined): T {
  assert.notEqual(value, undefined);
  return value as T;
}

/** A data set of a task as CSV. */
export function csv(task: string, samples: number, steps: number, ...more: string[]): string {
  return native(['data', '--task', task, '--samples', String(samples), '--steps', String(steps), ...more]).stdout;
}

/** The lines of a text, without the empty one at its end. */
export function lines(text: string): string[] {
  assert.ok(text.endsWith('\n'));
  return text.slice(0, -1).split('\n');
}

export interface Tensors {
  metadata: Record<string, string>;
  values: Record<string, { shape: number[]; data: Float32Array }>;
}

/** Reads a safetensors file according to the description of the format. */
export function readTensors(file: Uint8Array): Tensors {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(file.subarray(8, 8 + length))) as Record<
    string,
    never
  >;
  const { __metadata__: metadata, ...entries } = header as Record<string, unknown>;
  const values: Tensors['values'] = {};
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets } = entry as { dtype: string; shape: number[]; data_offsets: [number, number] };
    assert.equal(dtype, 'F32');
    const start = 8 + length + data_offsets[0];
    const count = (data_offsets[1] - data_offsets[0]) / 4;
    const data = Float32Array.from({ length: count }, (_, i) => view.getFloat32(start + 4 * i, true));
    values[name] = { shape, data };
  }
  return { metadata: (metadata ?? {}) as Record<string, string>, values };
}

/** Writes a safetensors file with a header and numbers. */
export function makeTensors(header: unknown, numbers: number[]): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.from(new Float32Array(numbers).buffer)]);
}

/** Keras's five tensors of a small network, in the order of the parameters. */
export function headerOf(units: number, features: number, metadata?: Record<string, string>): Record<string, unknown> {
  const shapes: [string, number[]][] = [
    ['simple_rnn/kernel', [features, units]],
    ['simple_rnn/recurrent_kernel', [units, units]],
    ['simple_rnn/bias', [units]],
    ['dense/kernel', [units, 1]],
    ['dense/bias', [1]],
  ];
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let at = 0;
  for (const [name, shape] of shapes) {
    const bytes = 4 * shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + bytes] };
    at += bytes;
  }
  return header;
}

/** Ordinary weights: small, of both signs. */
export function someWeights(units: number, features: number, metadata?: Record<string, string>): Buffer {
  const count = features * units + units * units + 2 * units + 1;
  return makeTensors(
    headerOf(units, features, metadata),
    Array.from({ length: count }, (_, i) => Math.sin(7 * i + 1) / 2),
  );
}
