/** Checks arguments before a call. Each error message contains the value and what was expected. */

import { type Core, camelCase } from './core.ts';
import type { Quantity, Range } from './types.ts';

export const grouped = (number: number): string => number.toLocaleString('en', { maximumFractionDigits: 20 });

/**
 * The expected value, for an error message. It may be a function, because formatting numbers is slow and most calls
 * need no message.
 */
type Expected = string | (() => string);

const said = (expected: Expected): string => (typeof expected === 'string' ? expected : expected());

/** Is this an object that can be read? A revoked proxy cannot, and Array.isArray throws for it. */
export function isObject(value: unknown): value is object {
  try {
    return Array.isArray(value) || (typeof value === 'object' && value !== null);
  } catch {
    return false;
  }
}

/** A short description of a value for an error message. It never throws. */
export function describe(value: unknown): string {
  if (typeof value === 'string')
    return value.length > 40 ? `a string of ${grouped(value.length)} characters` : JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (!isObject(value)) return 'a revoked proxy';
  if (Array.isArray(value)) return `an array of ${grouped(value.length)}`;
  try {
    const { name } = value.constructor; /* reading it may throw, since the value may be anything */
    if (name) return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
  } catch {}
  return 'an unnamed object';
}

/** The error for an argument: what is wrong with it, and what was expected. */
export const wrong = (operation: string, what: string, expected: Expected): RangeError =>
  new RangeError(`${operation}: ${what}: expected ${said(expected)}`);

/** The error for a number, a length or a shape that does not fit. */
export const wrongValue = (operation: string, name: string, value: unknown, expected: Expected): RangeError =>
  wrong(operation, `${name} is ${describe(value)}`, expected);

/** The error for a value of the wrong type. */
export const wrongKind = (operation: string, name: string, value: unknown, expected: Expected): TypeError =>
  new TypeError(wrongValue(operation, name, value, expected).message);

/**
 * Is this a plain object, without a class? Objects that inherit from plain objects count, and so do those of other
 * windows.
 */
function isPlain(value: unknown): value is object {
  if (!isObject(value) || Array.isArray(value)) return false;
  for (let link = Object.getPrototypeOf(value); link !== null; ) {
    const next = Object.getPrototypeOf(link);
    if (next !== null && Object.hasOwn(link, 'constructor')) return false;
    link = next;
  }
  return true;
}

/**
 * A copy of options, including inherited ones.
 * @throws TypeError if options is not a plain object, or contains a name that is not in `names`.
 */
export function checkOptions<T>(operation: string, options: T, names: readonly string[]): T {
  if (!isPlain(options)) throw wrongKind(operation, 'options', options, `an object with ${names.join(', ')}`);
  const copy = {} as T;
  for (const name in options) {
    if (!names.includes(name))
      throw new TypeError(`${operation}: unknown option "${name}": expected ${names.join(', ')}`);
    copy[name] = options[name];
  }
  return copy;
}

function expectation(range: Range): string {
  if (range.maximum > 1e30) return `a number from ${grouped(range.minimum)} to ${range.maximum.toPrecision(8)}`;
  const kind = range.whole ? 'a whole number' : 'a number';
  return `${kind} from ${grouped(range.minimum)} ${range.openEnd ? 'to below' : 'to'} ${grouped(range.maximum)}`;
}

/** Checks a number against the range of a quantity. */
export function checkNumber(core: Core, operation: string, name: string, value: unknown, quantity: Quantity): number {
  const expected = () => expectation(core.ranges[quantity]);
  return checkThat(operation, name, value, expected, (number) => core.inRange(quantity, number));
}

/** Checks numbers against the ranges of the quantities with the same names. */
export function checkNumbers(
  core: Core,
  operation: string,
  values: { readonly [quantity in Quantity]?: unknown },
): void {
  for (const [name, value] of Object.entries(values)) checkNumber(core, operation, name, value, name as Quantity);
}

/** Checks a number with the function `fits`. */
export function checkThat(
  operation: string,
  name: string,
  value: unknown,
  expected: Expected,
  fits: (value: number) => boolean,
): number {
  if (typeof value !== 'number') throw wrongKind(operation, name, value, expected);
  if (!fits(value)) throw wrongValue(operation, name, value, expected);
  return value;
}

export function checkWhole(operation: string, name: string, value: unknown, first: number, last: number): number {
  const inside = (number: number) => Number.isInteger(number) && number >= first && number <= last;
  return checkThat(operation, name, value, `a whole number from ${first} to ${last}`, inside);
}

export function checkBoolean(operation: string, name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw wrongKind(operation, name, value, 'true or false');
  return value;
}

/** The index of a name in a list of Keras's names. TF.js's spelling is accepted, too: "binaryCrossentropy". */
export function checkChoice(operation: string, name: string, value: unknown, choices: readonly string[]): number {
  const expected = choices.map((choice) => `"${choice}"`).join(' or ');
  if (typeof value !== 'string') throw wrongKind(operation, name, value, expected);
  const index = choices.findIndex((choice) => choice === value || camelCase(choice) === value);
  if (index < 0) throw wrongValue(operation, name, value, expected);
  return index;
}

/** Checks `classes` and returns whether the loss has classes. For any other loss it must not be given. */
export function checkClasses(core: Core, operation: string, loss: number, classes: unknown): boolean {
  const several = core.losses[loss] === 'sparse_categorical_crossentropy';
  if (!several && classes !== undefined)
    throw wrongKind(operation, 'classes', classes, `none with ${core.losses[loss]}`);
  return several;
}

/**
 * A copy of an argument: of typed arrays, arrays and plain objects with what they inherit, and of what these contain.
 * Anything else stays as it is, to be refused by a check.
 */
export function copyOf<T>(value: T): T {
  if (!isObject(value)) return value;
  if (ArrayBuffer.isView(value)) return isDetached(value) || value instanceof DataView ? value : copyOfView(value);
  if (Array.isArray(value)) return value.length > MOST ? value : (value.map(copyOf) as T);
  if (!isPlain(value) || 'length' in value) return value;
  const copy = {} as T;
  for (const name in value) copy[name] = copyOf(value[name]);
  return copy;
}

/** A copy of a typed array. The function slice of a Buffer does not copy. */
function copyOfView<T extends object>(view: T): T {
  return view instanceof Uint8Array
    ? (new Uint8Array(view) as unknown as T)
    : (view as unknown as { slice(): T }).slice();
}

/** More numbers than these would exceed the gigabyte that a module may use. */
const MOST = 2 ** 28;

/**
 * The length of an array, typed array or other array-like object, or undefined. Each check reads it only once, because
 * reading an entry may run code of the caller, which may change the length.
 */
function lengthOf(value: unknown): number | undefined {
  if (!isObject(value)) return undefined;
  const { length } = value as { length?: unknown };
  return Number.isInteger(length) ? (length as number) : undefined;
}

/** Is the buffer of this array or view detached, or is this a detached buffer? */
function isDetached(value: object): boolean {
  try {
    return (
      'byteLength' in value &&
      new Uint8Array(ArrayBuffer.isView(value) ? value.buffer : (value as ArrayBuffer)).length < 0
    );
  } catch {
    return true;
  }
}

/** @throws TypeError if an array, view or buffer is detached. */
export function checkAttached(operation: string, name: string, value: object, expected: Expected): void {
  if (isDetached(value))
    throw new TypeError(`${operation}: ${name} is detached (its buffer was transferred): expected ${said(expected)}`);
}

/** An array-like object and its length, which was read once. */
interface Counted {
  list: ArrayLike<unknown>;
  count: number;
}

function checkArray(operation: string, name: string, value: unknown, expected: Expected): Counted {
  const count = lengthOf(value);
  if (count === undefined) throw wrongKind(operation, name, value, expected);
  if (count > MOST || count < 0)
    throw wrong(operation, `${name} has ${grouped(count)} entries`, `at most ${grouped(MOST)}`);
  if (count > 0) return { list: value as ArrayLike<unknown>, count };
  checkAttached(operation, name, value as object, expected);
  throw wrong(operation, `${name} is empty`, expected);
}

function allFinite(floats: Float32Array): boolean {
  for (let i = 0; i < floats.length; i++) {
    const value = floats[i] as number;
    if (value - value !== 0) return false;
  }
  return true;
}

/**
 * Copies numbers into `into` from index `at` on, and checks that they are finite as floats. A Float32Array, the usual
 * case, is copied at once and checked afterwards.
 */
function copyFinite(
  operation: string,
  name: string,
  { list, count }: Counted,
  into: Float32Array | Float64Array,
  at: number,
): void {
  if (list instanceof Float32Array && list.length === count && allFinite(list)) {
    into.set(list, at);
    return;
  }
  for (let i = 0; i < count; i++) {
    const value = list[i];
    if (typeof value !== 'number') throw wrongKind(operation, `${name}[${i}]`, value, 'a number');
    const float = Math.fround(value);
    if (float - float !== 0) throw wrongValue(operation, `${name}[${i}]`, value, 'a finite number (32 bits)');
    into[at + i] = value;
  }
}

function copied<T extends Float32Array | Float64Array>(
  operation: string,
  name: string,
  counted: Counted,
  into: new (count: number) => T,
): T {
  const numbers = new into(counted.count);
  copyFinite(operation, name, counted, numbers, 0);
  return numbers;
}

/** A copy of a flat array of numbers that are finite as floats: as floats, or as doubles with full precision. */
export function checkFloats(operation: string, name: string, value: unknown): Float32Array;
export function checkFloats(
  operation: string,
  name: string,
  value: unknown,
  into: Float64ArrayConstructor,
): Float64Array;
export function checkFloats(
  operation: string,
  name: string,
  value: unknown,
  into: new (count: number) => Float32Array | Float64Array = Float32Array,
) {
  return copied(operation, name, checkArray(operation, name, value, 'an array of numbers'), into);
}

/**
 * A copy of a network's predictions. In a Float32Array they need not be finite, because a network that diverged
 * predicts NaN.
 */
export function checkPredictions(operation: string, name: string, value: unknown): Float32Array {
  if (!(isObject(value) && value instanceof Float32Array)) return checkFloats(operation, name, value);
  checkArray(operation, name, value, 'an array of numbers');
  return value.slice();
}

/** The targets that a loss accepts: labels 0 and 1, classes, or any numbers. */
export type Kind = 'labels' | 'numbers' | { classes: number };

const expectedOf = (kind: Kind): string =>
  kind === 'labels'
    ? '0 or 1'
    : kind === 'numbers'
      ? 'a finite number (32 bits)'
      : `a whole number from 0 to ${kind.classes - 1}`;

function isTarget(value: number, kind: Kind): boolean {
  if (kind === 'labels') return value === 0 || value === 1;
  if (kind === 'numbers') return Number.isFinite(Math.fround(value));
  return Number.isInteger(value) && value >= 0 && value < kind.classes;
}

function copyTargets(
  operation: string,
  name: string,
  { list, count }: Counted,
  kind: Kind,
  into: Float32Array,
  at: number,
): void {
  for (let i = 0; i < count; i++) {
    const target = list[i];
    if (typeof target !== 'number') throw wrongKind(operation, `${name}[${i}]`, target, expectedOf(kind));
    if (!isTarget(target, kind)) throw wrongValue(operation, `${name}[${i}]`, target, expectedOf(kind));
    into[at + i] = target;
  }
}

/**
 * A copy of the targets of sequences, flat or nested. count: the number of sequences, undefined for any; `each`: the
 * number of targets per sequence; owner: what the error message calls the sequences.
 */
export function checkTargets(
  operation: string,
  name: string,
  value: unknown,
  kind: Kind,
  count?: number,
  each = 1,
  owner = 'sequence of x',
): Float32Array {
  const noun = kind === 'numbers' ? 'numbers' : 'labels';
  const counted = checkArray(
    operation,
    name,
    value,
    () => `an array of ${noun}${kind === 'numbers' ? '' : `, each ${expectedOf(kind)}`}`,
  );
  const nested = each > 1 && lengthOf(counted.list[0]) !== undefined;
  const total = nested ? counted.count * each : counted.count;
  if (count !== undefined && total !== count * each) {
    const wanted = each === 1 ? `one for each ${owner}` : `${grouped(each)} for each ${owner}`;
    throw wrong(operation, `${name} has ${grouped(total)} ${noun}`, `${grouped(count * each)}, ${wanted}`);
  }
  if (nested)
    return stack(name, counted, each, (row, target, into, at) =>
      copyTargets(operation, target, checkRow(operation, target, row, each, 'target'), kind, into, at),
    );
  const targets = new Float32Array(total);
  copyTargets(operation, name, counted, kind, targets, 0);
  return targets;
}

const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${grouped(count)} ${count === 1 ? noun : many}`;

type CopyRow = (row: unknown, name: string, into: Float32Array, at: number) => void;

function copyRows(
  name: string,
  { list, count }: Counted,
  width: number,
  into: Float32Array,
  at: number,
  copy: CopyRow,
): void {
  for (let i = 0; i < count; i++) copy(list[i], `${name}[${i}]`, into, at + i * width);
}

/** Concatenates rows of the same width. `copy` checks and copies one row. */
function stack(name: string, rows: Counted, width: number, copy: CopyRow): Float32Array {
  const floats = new Float32Array(rows.count * width);
  copyRows(name, rows, width, floats, 0, copy);
  return floats;
}

function checkRow(operation: string, name: string, row: unknown, length: number, unit: string): Counted {
  const count = lengthOf(row);
  if (count === length) return { list: row as ArrayLike<unknown>, count };
  const expected = `an array of ${plural(length, unit)}`;
  if (count === undefined) throw wrongKind(operation, name, row, expected);
  checkAttached(operation, name, row as object, expected);
  throw wrong(operation, `${name} has ${plural(count, 'entry', 'entries')}`, plural(length, unit));
}

/** @throws RangeError if the number of values is not a multiple of `width`. */
export function checkMultiple(operation: string, name: string, count: number, width: number, meaning: string): void {
  if (count % width !== 0)
    throw wrong(operation, `${name} has ${plural(count, 'number')}`, `a multiple of ${grouped(width)} (${meaning})`);
}

function flat(operation: string, name: string, counted: Counted, width: number, meaning: string): Float32Array {
  checkMultiple(operation, name, counted.count, width, meaning);
  return copied(operation, name, counted, Float32Array);
}

/** Copies one time step with the given number of features. */
const copyStep =
  (operation: string, features: number): CopyRow =>
  (row, name, into, at) =>
    copyFinite(operation, name, checkRow(operation, name, row, features, 'feature'), into, at);

/** A copy of one sequence with any number of time steps, flat or nested [T][F]: (T, F). */
export function checkSequence(operation: string, name: string, value: unknown, features: number): Float32Array {
  const expected =
    features === 1
      ? 'an array of numbers, one a timestep'
      : `an array of timesteps, each of ${features} features, or a flat array`;
  const counted = checkArray(operation, name, value, expected);
  if (lengthOf(counted.list[0]) !== undefined) return stack(name, counted, features, copyStep(operation, features));
  return flat(operation, name, counted, features, 'features');
}

/** A copy of sequences, flat or nested [n][T][F], or [n][T] with one feature: (n, T, F). */
export function checkSequences(
  operation: string,
  name: string,
  value: unknown,
  timesteps: number,
  features: number,
): Float32Array {
  const shape = features === 1 ? `[n][${timesteps}]` : `[n][${timesteps}][${features}]`;
  const width = timesteps * features;
  const counted = checkArray(
    operation,
    name,
    value,
    () => `sequences: nested arrays ${shape}, or a flat array of n × ${grouped(width)} numbers`,
  );
  if (lengthOf(counted.list[0]) !== undefined)
    return stack(name, counted, width, (row, sequence, into, at) => {
      const steps = checkRow(operation, sequence, row, timesteps, 'timestep');
      const first = steps.list[0];
      if (lengthOf(first) !== undefined)
        return copyRows(sequence, steps, features, into, at, copyStep(operation, features));
      if (features > 1) throw wrongKind(operation, `${sequence}[0]`, first, `an array of ${features} features`);
      copyFinite(operation, sequence, steps, into, at);
    });
  return flat(operation, name, counted, width, `${timesteps} timesteps × ${plural(features, 'feature')}`);
}

/** The error of an argument that has no meaning for a dense network. */
export const forRecurrent = (operation: string, name: string): RangeError =>
  wrong(operation, `${name} is given`, 'a recurrent network; a dense one reads all time steps at once');

/** A copy of the lengths of sequences, or undefined if none are given. */
export function checkLengths(
  operation: string,
  name: string,
  value: unknown,
  samples: number,
  timesteps: number,
  cell = '',
): Uint32Array | undefined {
  if (value === undefined) return undefined;
  if (cell === 'dense') throw forRecurrent(operation, name);
  const { list, count } = checkArray(operation, name, value, 'an array of whole numbers');
  if (count !== samples)
    throw wrong(operation, `${name} has ${plural(count, 'number')}`, `${grouped(samples)}, one for each sequence of x`);
  return Uint32Array.from({ length: count }, (_, i) => checkWhole(operation, `${name}[${i}]`, list[i], 1, timesteps));
}

/** Validation data in either form, [x, y] or {x, y}, with lengths as the third part. */
export function checkPair(
  operation: string,
  name: string,
  value: unknown,
): { x: unknown; y: unknown; lengths?: unknown } {
  if (isObject(value)) {
    if (Array.isArray(value) && (value.length === 2 || value.length === 3))
      return { x: value[0], y: value[1], lengths: value[2] };
    if ('x' in value && 'y' in value)
      return { x: value.x, y: value.y, lengths: 'lengths' in value ? value.lengths : undefined };
  }
  throw wrongKind(operation, name, value, '[x, y] or {x, y}');
}

/** The bytes of a text: of a string, or a copy of the bytes of a file. */
export function checkText(operation: string, name: string, value: unknown): Uint8Array {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  const expected = 'a string or a Uint8Array';
  if (!(isObject(value) && value instanceof Uint8Array)) throw wrongKind(operation, name, value, expected);
  checkAttached(operation, name, value, expected);
  return new Uint8Array(value); /* slice() of a Buffer does not copy */
}

/** Checks for a Uint8Array, the type of files and snapshots. */
export function checkUint8Array(operation: string, name: string, value: unknown): Uint8Array {
  if (!(isObject(value) && value instanceof Uint8Array)) throw wrongKind(operation, name, value, 'a Uint8Array');
  checkAttached(operation, name, value, 'a Uint8Array');
  return value;
}
