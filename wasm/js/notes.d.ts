/** Notes in files of weights: the vocabulary of a text, and the windows and scales of a time series. */
import type { Module, TemporaryBlocks } from './core.ts';
import type { Sequential, WeightsNotes } from './types.ts';
/** A copy of the notes, if they suit the network. */
export declare function checkNotes(operation: string, model: Sequential, given: WeightsNotes): WeightsNotes;
/** Places the notes in the memory of the module for files, as weights_write takes them. */
export declare function putNotes(files: Module, temporary: TemporaryBlocks, operation: string, { vocabulary, series }: WeightsNotes): [count: number, address: number, bytes: number];
/** The notes of a file of weights that is in the memory of the module for files. */
export declare function takeNotes(files: Module, temporary: TemporaryBlocks, operation: string, file: readonly [address: number, bytes: number]): WeightsNotes;
