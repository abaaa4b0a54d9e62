/** The JavaScript interface of Unrolled: `const { sequential } = await load()`. */
export type { Diagnosis } from './errors.ts';
export { RnnError } from './errors.ts';
export { load } from './load.ts';
export type * from './types.ts';
