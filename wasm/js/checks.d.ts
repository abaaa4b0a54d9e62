/** Checks arguments before a call. Each error message contains the value and what was expected. */
import { type Core } from './core.ts';
import type { Quantity } from './types.ts';
export declare const grouped: (number: number) => string;
/**
 * The expected value, for an error message. It may be a function, because formatting numbers is slow and most calls
 * need no message.
 */
type Expected = string | (() => string);
/** Is this an object that can be read? A revoked proxy cannot, and Array.isArray throws for it. */
export declare function isObject(value: unknown): value is object;
/** A short description of a value for an error message. It never throws. */
export declare function describe(value: unknown): string;
/** The error for an argument: what is wrong with it, and what was expected. */
export declare const wrong: (operation: string, what: string, expected: Expected) => RangeError;
/** The error for a number, a length or a shape that does not fit. */
export declare const wrongValue: (operation: string, name: string, value: unknown, expected: Expected) => RangeError;
/** The error for a value of the wrong type. */
export declare const wrongKind: (operation: string, name: string, value: unknown, expected: Expected) => TypeError;
/**
 * A copy of options, including inherited ones.
 * @throws TypeError if options is not a plain object, or contains a name that is not in `names`.
 */
export declare function checkOptions<T>(operation: string, options: T, names: readonly string[]): T;
/** Checks a number against the range of a quantity. */
export declare function checkNumber(core: Core, operation: string, name: string, value: unknown, quantity: Quantity): number;
/** Checks numbers against the ranges of the quantities with the same names. */
export declare function checkNumbers(core: Core, operation: string, values: {
    readonly [quantity in Quantity]?: unknown;
}): void;
/** Checks a number with the function `fits`. */
export declare function checkThat(operation: string, name: string, value: unknown, expected: Expected, fits: (value: number) => boolean): number;
export declare function checkWhole(operation: string, name: string, value: unknown, first: number, last: number): number;
export declare function checkBoolean(operation: string, name: string, value: unknown): boolean;
/** The index of a name in a list of Keras's names. TF.js's spelling is accepted, too: "binaryCrossentropy". */
export declare function checkChoice(operation: string, name: string, value: unknown, choices: readonly string[]): number;
/** Checks `classes` and returns whether the loss has classes. For any other loss it must not be given. */
export declare function checkClasses(core: Core, operation: string, loss: number, classes: unknown): boolean;
/**
 * A copy of an argument: of typed arrays, arrays and plain objects with what they inherit, and of what these contain.
 * Anything else stays as it is, to be refused by a check.
 */
export declare function copyOf<T>(value: T): T;
/** @throws TypeError if an array, view or buffer is detached. */
export declare function checkAttached(operation: string, name: string, value: object, expected: Expected): void;
/** A copy of a flat array of numbers that are finite as floats: as floats, or as doubles with full precision. */
export declare function checkFloats(operation: string, name: string, value: unknown): Float32Array;
export declare function checkFloats(operation: string, name: string, value: unknown, into: Float64ArrayConstructor): Float64Array;
/**
 * A copy of a network's predictions. In a Float32Array they need not be finite, because a network that diverged
 * predicts NaN.
 */
export declare function checkPredictions(operation: string, name: string, value: unknown): Float32Array;
/** The targets that a loss accepts: labels 0 and 1, classes, or any numbers. */
export type Kind = 'labels' | 'numbers' | {
    classes: number;
};
/**
 * A copy of the targets of sequences, flat or nested. count: the number of sequences, undefined for any; `each`: the
 * number of targets per sequence; owner: what the error message calls the sequences.
 */
export declare function checkTargets(operation: string, name: string, value: unknown, kind: Kind, count?: number, each?: number, owner?: string): Float32Array;
/** @throws RangeError if the number of values is not a multiple of `width`. */
export declare function checkMultiple(operation: string, name: string, count: number, width: number, meaning: string): void;
/** A copy of one sequence with any number of time steps, flat or nested [T][F]: (T, F). */
export declare function checkSequence(operation: string, name: string, value: unknown, features: number): Float32Array;
/** A copy of sequences, flat or nested [n][T][F], or [n][T] with one feature: (n, T, F). */
export declare function checkSequences(operation: string, name: string, value: unknown, timesteps: number, features: number): Float32Array;
/** A copy of the lengths of sequences, or undefined if none are given. */
export declare function checkLengths(operation: string, name: string, value: unknown, samples: number, timesteps: number): Uint32Array | undefined;
/** Validation data in either form, [x, y] or {x, y}, with lengths as the third part. */
export declare function checkPair(operation: string, name: string, value: unknown): {
    x: unknown;
    y: unknown;
    lengths?: unknown;
};
/** The bytes of a text: of a string, or a copy of the bytes of a file. */
export declare function checkText(operation: string, name: string, value: unknown): Uint8Array;
/** Checks for a Uint8Array, the type of files and snapshots. */
export declare function checkUint8Array(operation: string, name: string, value: unknown): Uint8Array;
export {};
