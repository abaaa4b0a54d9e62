/**
 * A running browser module: its calls, its memory, and its description of itself. All results are copies, because
 * memory may grow, and then every view of it is detached.
 */
import { RnnError } from './errors.ts';
import type { Quantity, Range } from './types.ts';
/** The JavaScript spelling of the core's names: val_loss becomes valLoss. */
export declare const camelCase: (name: string) => string;
/**
 * Makes an object and everything in it read-only, except the contents of typed arrays, which JavaScript cannot freeze.
 */
export declare function deepFreeze<T>(value: T): T;
/** The core's description of a task. */
export interface RawTask {
    name: string;
    tokens: string;
    chance: number;
    /** The task is not defined for shorter sequences. */
    leastTimesteps: number;
    features: number;
    outputs: number;
    loss: number;
    returnSequences: number;
}
/** A list of names, in the order of the core's enum. */
type Texts = readonly string[];
export declare class Module {
    #private;
    /** `statuses`: the module that knows the names of statuses. By default it is this one. */
    constructor(exports: WebAssembly.Exports, statuses?: Module);
    /** Calls an export and returns its result, an address or a status. */
    answer(name: string, ...numbers: number[]): number;
    /** Calls an export and throws an RnnError if the status is not RNN_OK. */
    call(operation: string, name: string, ...numbers: number[]): void;
    /** The error for a status. For a rejected text or file it includes the diagnosis. */
    error(operation: string, status: number): RnnError;
    statusName(status: number): string;
    /** The record that the latest call filled. Arrays and texts are copied. */
    read<T>(record: string): T;
    /** The first two numbers of the answer area. */
    pair(): [number, number];
    /** The names of a record's fields, in the module's spelling. */
    recordNames(record: string): string[];
    /** The values of a record's fields as numbers, in the module's order. */
    numbers(record: string, values: Readonly<Record<string, number | undefined>>): Float64Array;
    /** A default value of the module. */
    number(name: string): number;
    floats(address: number, count: number): Float32Array;
    wholes(address: number, count: number): Uint32Array;
    doubles(address: number, count: number): Float64Array;
    bytes(address: number, count: number): Uint8Array;
    text(address: number): string;
    write(address: number, values: Float32Array | Float64Array | Uint8Array | Uint32Array): void;
    /** Reserves a block. This is the only call that may grow memory. */
    reserve(operation: string, bytes: number): number;
    release(address: number): void;
    /** The size of the memory in bytes. */
    get memoryBytes(): number;
    /** Runs a function with temporary blocks, which are freed at the end in any case. */
    withTemporary<T>(operation: string, run: (temporary: TemporaryBlocks) => T): T;
    /** All texts of an export that returns a text for each index. */
    texts(name: string): Texts;
}
/** The modules that are loaded when they are first needed: for weights and programs, and for data. */
export type Other = 'files' | 'data';
/** The network's module, which also knows how to load the others. */
export declare class Core extends Module {
    #private;
    readonly activations: Texts;
    readonly cells: Texts;
    readonly initializers: Texts;
    readonly losses: Texts;
    readonly metrics: Texts;
    readonly optimizers: Texts;
    readonly tasks: readonly RawTask[];
    readonly terms: Texts;
    readonly kept: Texts;
    readonly ranges: Readonly<Record<Quantity, Range>>;
    readonly limits: {
        memoryLimit: number;
        newSample: number;
        simd: number;
    };
    constructor(exports: WebAssembly.Exports, load: Readonly<Record<Other, () => Promise<WebAssembly.Exports>>>);
    /**
     * The module that reads and writes weights and programs. It is loaded when it is first needed.
     * @throws RnnError with code LOAD if it cannot be loaded; the next call tries again.
     */
    files(operation: string): Promise<Module>;
    /** The module that reads, writes and prepares data, likewise. */
    data(operation: string): Promise<Module>;
    get memoryBytes(): number;
    inRange(quantity: Quantity, value: number): boolean;
    /** A default value, from the records config and optimizer or from the options of a fit. */
    number(name: string): number;
}
/** Temporary blocks that last for one call. */
export declare class TemporaryBlocks {
    #private;
    constructor(module: Module, operation: string);
    space(bytes: number): number;
    /** Copies the values into a new block and returns its address. */
    put(values: Float32Array | Float64Array | Uint8Array | Uint32Array): number;
    /** Hands the blocks over to the caller, so that they are not freed at the end of the call. */
    keep(): number[];
    giveBack(): void;
}
export {};
