import { RnnError } from './errors.ts';
import type { LoadOptions, Unrolled } from './types.ts';

/** Bring a module to life. */
export async function load(_options: LoadOptions = {}): Promise<Unrolled> {
  throw new RnnError('LOAD', 'load', 'not built yet');
}
