/** Chooses the network's module, finds it and starts it; does the same for the other modules when they are needed. */

import { checkAttached, checkChoice, checkOptions, isObject, wrongKind, wrongValue } from './checks.ts';
import { Core, type Other } from './core.ts';
import { engine } from './engine.ts';
import { RnnError } from './errors.ts';
import type { LoadOptions, Unrolled } from './types.ts';

const KINDS = ['auto', 'simd', 'scalar'];

/** A module with one function that returns a vector: () -> v128, i32.const 0, i8x16.splat. */
const SIMD_PROBE = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  5,
  1,
  96,
  0,
  1,
  123,
  3,
  2,
  1,
  0,
  10,
  8,
  1,
  6,
  0,
  65,
  0,
  253,
  15,
  11,
);

/** Each module has an export by which it is recognized. */
const NETWORK = 'model_init';

/** The modules that are loaded when they are first needed, and how an error message describes their task. */
const OTHERS: Readonly<Record<Other, { mark: string; does: string }>> = {
  files: { mark: 'weights_measure', does: 'weights and programs are read and written' },
  data: { mark: 'windows_make', does: 'data are read and prepared' },
};

/**
 * Where each module is if no option says so: beside this script. Each address is written out, because a bundler finds a
 * file only by an address in exactly this form. Our own builds always pass an address or bytes, so Vite need not look for
 * the files there; the npm package is without that comment.
 */
const BESIDE = {
  'unrolled.simd.wasm': () => new URL(/* @vite-ignore */ './unrolled.simd.wasm', import.meta.url),
  'unrolled.scalar.wasm': () => new URL(/* @vite-ignore */ './unrolled.scalar.wasm', import.meta.url),
  'files.wasm': () => new URL(/* @vite-ignore */ './files.wasm', import.meta.url),
  'data.wasm': () => new URL(/* @vite-ignore */ './data.wasm', import.meta.url),
};
type ModuleFile = keyof typeof BESIDE;

/** The reason why a module could not be loaded. The caller adds the name of the function. */
const failure = (message: string, cause?: unknown): Error =>
  new Error(message, cause === undefined ? undefined : { cause });
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Node's file functions, or undefined in other environments. The module is looked up at run time, so that bundlers do
 * not try to include it.
 */
function nodeFiles(): typeof import('node:fs/promises') | undefined {
  const host = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process;
  return host?.getBuiltinModule?.('node:fs/promises') as typeof import('node:fs/promises') | undefined;
}

/** The address of a module, or in Node also a path. option: the option that `url` came from. */
function locate(file: ModuleFile, option: 'url' | `${Other}Url`, url: string | URL | undefined): URL | string {
  if (url === undefined) return BESIDE[file]();
  if (typeof url !== 'string' && !(isObject(url) && url instanceof URL))
    throw wrongKind('load', option, url, 'a string or a URL');
  const text = String(url);
  const whole = text.endsWith('/') ? text + file : text;
  try {
    return new URL(whole, globalThis.location?.href);
  } catch {
    if (nodeFiles()) return whole;
    throw wrongValue('load', option, text, 'an address, absolute or relative to the page');
  }
}

async function readFile(address: URL | string): Promise<Uint8Array | undefined> {
  const files = typeof address === 'string' || address.protocol === 'file:' ? nodeFiles() : undefined;
  try {
    return await files?.readFile(address);
  } catch (error) {
    throw failure(`cannot read the WebAssembly module: ${messageOf(error)}`, error);
  }
}

async function fetchFile(address: URL | string): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (error) {
    const hint = String(address).startsWith('file:')
      ? '; a page opened from a file must pass the modules to load(), as bytes, filesBytes and dataBytes'
      : '';
    throw failure(`cannot fetch ${address}: ${messageOf(error)}${hint}`, error);
  }
  if (!response.ok)
    throw failure(`cannot fetch ${address}: the server answers ${response.status} ${response.statusText}`.trimEnd());
  return response.arrayBuffer();
}

function bytesOf(source: BufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

async function compile(source: BufferSource, from: string): Promise<WebAssembly.Instance> {
  const bytes = bytesOf(source);
  const magic = SIMD_PROBE.subarray(0, 4);
  if (!magic.every((byte, i) => bytes[i] === byte))
    throw failure(`${from} is not a WebAssembly module: it does not begin with \\0asm`);
  try {
    return (await WebAssembly.instantiate(bytes as Uint8Array<ArrayBuffer>)).instance;
  } catch (error) {
    const message = messageOf(error);
    if (/content security policy|unsafe-eval/i.test(message))
      throw failure(
        `the page's Content-Security-Policy refuses WebAssembly: its script-src needs 'wasm-unsafe-eval' (${message})`,
        error,
      );
    throw failure(`${from} is damaged, or this engine cannot run it: ${message}`, error);
  }
}

const isBytes = (value: unknown): value is BufferSource =>
  isObject(value) && (ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]');

/** The exports of a module from its bytes or its address. `mark`: an export by which to recognize it. */
async function start(
  address: URL | string,
  given: BufferSource | undefined,
  mark: string,
): Promise<WebAssembly.Exports> {
  const source = given ?? (await readFile(address)) ?? (await fetchFile(address));
  const { exports } = await compile(source as BufferSource, String(address));
  if (!(exports.memory instanceof WebAssembly.Memory) || typeof exports[mark] !== 'function')
    throw failure(`${address} is not Unrolled's module`);
  (exports._initialize as (() => void) | undefined)?.();
  return exports;
}

/**
 * The address of a file in the same folder as a module. Returns undefined if that has no folder: for a blob: or data:
 * address.
 */
function beside(module: URL | string, file: string): URL | string | undefined {
  if (typeof module === 'string') return module.replace(/[^/\\]*$/, file);
  try {
    return new URL(file, module);
  } catch {
    return undefined;
  }
}

/** Starts another module. If that fails, the message says what to do. address: undefined if it is unknown. */
async function startOther(
  name: Other,
  address: URL | string | undefined,
  given: BufferSource | undefined,
): Promise<WebAssembly.Exports> {
  const { mark, does } = OTHERS[name];
  if (!given && !address)
    throw failure(
      `${does} by a module of its own, ${name}.wasm; pass its bytes to load() as ${name}Bytes, or its address as ${name}Url`,
    );
  const remedy = given
    ? `pass the bytes of ${name}.wasm to load() as ${name}Bytes`
    : `put ${name}.wasm there, or pass its bytes to load() as ${name}Bytes`;
  return start(given ? `${name}Bytes` : (address as URL | string), given, mark).catch((error: unknown) => {
    throw failure(`${messageOf(error)}; ${remedy}`, error);
  });
}

/**
 * Trains for two updates and discards the result, so that the engine compiles and optimizes the code before the first training that
 * somebody waits for. This takes about 5 ms and makes that training as much shorter.
 */
function warm({ sequential, task }: Unrolled): void {
  const { x, y } = task('random', { samples: 32, timesteps: 10 });
  const model = sequential({ units: 32, timesteps: 10 });
  model.training(x, y, { epochs: 2 }).advance();
  model.dispose();
}

/**
 * Loads the network's module and starts it, a new instance with each call. The module for files is loaded when
 * weights or a program are first read or written, and the module for data when data are first read, written or prepared.
 * @throws TypeError or RangeError for a wrong option.
 * @throws RnnError with code LOAD if the module is missing, blocked by the page's policy, damaged or of another
 * version.
 */
export async function load(options: LoadOptions = {}): Promise<Unrolled> {
  checkOptions('load', options, ['wasm', 'url', 'bytes', 'filesUrl', 'filesBytes', 'dataUrl', 'dataBytes']);
  const { wasm = 'auto', url, bytes } = options;
  checkChoice('load', 'wasm', wasm, KINDS);
  const refuse = (error: unknown): never => {
    throw new RnnError('LOAD', 'load', messageOf(error), { cause: (error as Error).cause });
  };
  if (typeof WebAssembly !== 'object') refuse(failure('this engine has no WebAssembly'));
  for (const name of ['bytes', 'filesBytes', 'dataBytes'] as const) {
    const value = options[name];
    if (value === undefined) continue;
    const expected = 'an ArrayBuffer or a view of one';
    if (!isBytes(value)) throw wrongKind('load', name, value, expected);
    checkAttached('load', name, value, expected);
  }
  const simd = WebAssembly.validate(SIMD_PROBE);
  if (wasm === 'simd' && !simd) refuse(failure('this engine has no WebAssembly SIMD'));
  const kind = wasm === 'auto' ? (simd ? 'simd' : 'scalar') : wasm;
  const address = bytes && url === undefined ? undefined : locate(`unrolled.${kind}.wasm`, 'url', url);
  const other = (name: Other): (() => Promise<WebAssembly.Exports>) => {
    const [otherUrl, otherBytes] = [options[`${name}Url`], options[`${name}Bytes`]];
    const file = `${name}.wasm` as const;
    /* A bundler may rename each module and move it, so the others are beside the network's only where `url` says so. */
    const ours = url === undefined && !bytes;
    const place =
      ours || otherUrl !== undefined ? locate(file, `${name}Url`, otherUrl) : address && beside(address, file);
    const given = otherBytes && bytesOf(otherBytes).slice(); /* the caller may change it before it is used */
    return () => startOther(name, place, given as BufferSource | undefined);
  };
  const others = { files: other('files'), data: other('data') };
  const exports = await start(bytes ? 'bytes' : (address as URL | string), bytes, NETWORK).catch(refuse);
  const unrolled = engine(new Core(exports, others));
  warm(unrolled);
  return unrolled;
}
