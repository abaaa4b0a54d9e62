/** The built modules and interface, and helpers of several tests. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { load, type Sequential, type Unrolled } from '../../build/js/unrolled.js';

export * from '../../build/js/unrolled.js';

export const KINDS = ['simd', 'scalar'] as const;
export type Kind = (typeof KINDS)[number];

export const bytesOf = (kind: Kind): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(new URL(`../../build/js/unrolled.${kind}.wasm`, import.meta.url)));
export const dataBytes = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(new URL('../../build/js/data.wasm', import.meta.url)));
export const filesBytes = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(new URL('../../build/js/files.wasm', import.meta.url)));
export const loadKind = (kind: Kind): Promise<Unrolled> => load({ wasm: kind });

/** The notebook's model, and 100 sequences with a label that can be learned. */
export const NOTEBOOK = { units: 32, timesteps: 10, features: 1, seed: 42 } as const;
export const twin = (u: Unrolled, samples = 100) => u.task('first', { samples, timesteps: 10 });

export const bits = (...arrays: ArrayBufferView[]): string => {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest('hex');
};

export const weightBits = (model: Sequential): string => bits(...model.getWeights());

/** The error that a function throws, or with which its promise is rejected. */
export async function thrown(
  run: () => unknown,
): Promise<Error & { code?: string; operation?: string; diagnosis?: { line: number; column: number } }> {
  try {
    await run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
