/** Chooses the network's module, finds it and starts it; does the same for the other modules when they are needed. */
import type { LoadOptions, Unrolled } from './types.ts';
/**
 * Loads the network's module and starts it, a new instance with each call. The module for files is loaded when
 * weights or a program are first read or written, and the module for data when data are first read, written or prepared.
 * @throws TypeError or RangeError for a wrong option.
 * @throws RnnError with code LOAD if the module is missing, blocked by the page's policy, damaged or of another
 * version.
 */
export declare function load(options?: LoadOptions): Promise<Unrolled>;
