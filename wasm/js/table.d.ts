/** Reads a table of a time series. The core reads it, in the module for data. */
import type { Core } from './core.ts';
import type { ReadTableOptions, Table } from './series-types.ts';
export declare function readTable(core: Core, text: string | Uint8Array, options?: ReadTableOptions): Promise<Table>;
