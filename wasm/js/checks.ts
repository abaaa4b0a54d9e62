/** Arguments, checked before a call: what the value is, and what was expected. */

import { type Core, camelCase } from './core.ts';
import type { Quantity, Range } from './types.ts';

const grouped = (number: number): string => number.toLocaleString('en', { maximumFractionDigits: 20 });

/** What was expected, as a message says it: put together only when there is one, for numbers are grouped slowly. */
type Expected = string | (() => string);

const said = (expected: Expected): string => (typeof expected === 'string' ? expected : expected());

/** A value in a few words, for a message. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? `a string of ${grouped(value.length)} characters` : JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return `an array of ${grouped(value.length)}`;
  return `a ${value.constructor?.name ?? 'bare object'}`;
}

/** @throws TypeError if options are no object, or hold a name that is none of these. */
export function checkOptions(operation: string, options: unknown, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`${operation}: options is ${describe(options)}: expected an object with ${names.join(', ')}`);
  for (const name of Object.keys(options))
    if (!names.includes(name)) throw new TypeError(`${operation}: unknown option "${name}": expected ${names.join(', ')}`);
}

function expectation(range: Range): string {
  if (range.maximum > 1e30) return `a number from ${grouped(range.minimum)} to ${range.maximum.toPrecision(8)}`;
  const kind = range.whole ? 'a whole number' : 'a number';
  return `${kind} from ${grouped(range.minimum)} ${range.openEnd ? 'to below' : 'to'} ${grouped(range.maximum)}`;
}

/** A number in the range of its quantity. */
export function checkNumber(core: Core, operation: string, name: string, value: unknown, quantity: Quantity): number {
  const expected = () => expectation(core.ranges[quantity]);
  return checkThat(operation, name, value, expected, (number) => core.inRange(quantity, number));
}

/** A number for which `fits` holds. */
export function checkThat(operation: string, name: string, value: unknown, expected: Expected, fits: (value: number) => boolean): number {
  if (typeof value !== 'number') throw new TypeError(`${operation}: ${name} is ${describe(value)}: expected ${said(expected)}`);
  if (!fits(value)) throw new RangeError(`${operation}: ${name} is ${describe(value)}: expected ${said(expected)}`);
  return value;
}

export function checkWhole(operation: string, name: string, value: unknown, first: number, last: number): number {
  const inside = (number: number) => Number.isInteger(number) && number >= first && number <= last;
  return checkThat(operation, name, value, `a whole number from ${first} to ${last}`, inside);
}

export function checkBoolean(operation: string, name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${operation}: ${name} is ${describe(value)}: expected true or false`);
  return value;
}

/** The index of a name in a list of Keras's names; TF.js's way of writing them does too: "binaryCrossentropy". */
export function checkChoice(operation: string, name: string, value: unknown, choices: readonly string[]): number {
  const expected = choices.map((choice) => `"${choice}"`).join(' or ');
  if (typeof value !== 'string') throw new TypeError(`${operation}: ${name} is ${describe(value)}: expected ${expected}`);
  const index = choices.findIndex((choice) => choice === value || camelCase(choice) === value);
  if (index < 0) throw new RangeError(`${operation}: ${name} is ${describe(value)}: expected ${expected}`);
  return index;
}

/** Does the loss tell classes apart? Another one takes none. */
export function checkClasses(core: Core, operation: string, loss: number, classes: unknown): boolean {
  const several = core.losses[loss] === 'sparse_categorical_crossentropy';
  if (!several && classes !== undefined) throw new TypeError(`${operation}: classes is ${describe(classes)}: expected none with ${core.losses[loss]}`);
  return several;
}

/** More numbers than these fill the gigabyte that a module may have. */
const MOST = 2 ** 28;

const isArrayLike = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) ||
  (ArrayBuffer.isView(value) && 'length' in value) ||
  (typeof value === 'object' && value !== null && Number.isInteger((value as { length?: unknown }).length) && !(value instanceof DataView));

function checkArray(operation: string, name: string, value: unknown, expected: Expected): ArrayLike<unknown> {
  if (!isArrayLike(value)) throw new TypeError(`${operation}: ${name} is ${describe(value)}: expected ${said(expected)}`);
  if (value.length > MOST || value.length < 0)
    throw new RangeError(`${operation}: ${name} has ${grouped(value.length)} entries: expected at most ${grouped(MOST)}`);
  if (value.length === 0) throw new RangeError(`${operation}: ${name} is empty: expected ${said(expected)}`);
  return value;
}

function allFinite(floats: Float32Array): boolean {
  for (let i = 0; i < floats.length; i++) {
    const value = floats[i] as number;
    if (value - value !== 0) return false;
  }
  return true;
}

/** Copy numbers that stay finite as floats into `into` from `at` on. Floats, the usual case, are copied at once; what is wrong with them is
 *  found below. */
function copyFinite(operation: string, name: string, values: ArrayLike<unknown>, into: Float32Array, at: number): void {
  if (values instanceof Float32Array && allFinite(values)) {
    into.set(values, at);
    return;
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') throw new TypeError(`${operation}: ${name}[${i}] is ${describe(value)}: expected a number`);
    const float = Math.fround(value);
    if (float - float !== 0) throw new RangeError(`${operation}: ${name}[${i}] is ${describe(value)}: expected a finite number (32 bits)`);
    into[at + i] = float;
  }
}

/** A flat array of finite numbers, as floats of their own. */
export function checkFloats(operation: string, name: string, value: unknown): Float32Array {
  const values = checkArray(operation, name, value, 'an array of numbers');
  const floats = new Float32Array(values.length);
  copyFinite(operation, name, values, floats, 0);
  return floats;
}

/** What a loss takes: labels 0 and 1, so many classes, or any number. */
export type Kind = 'labels' | 'numbers' | { classes: number };

const expectedOf = (kind: Kind): string =>
  kind === 'labels' ? '0 or 1' : kind === 'numbers' ? 'a finite number (32 bits)' : `a whole number from 0 to ${kind.classes - 1}`;

function isTarget(value: number, kind: Kind): boolean {
  if (kind === 'labels') return value === 0 || value === 1;
  if (kind === 'numbers') return Number.isFinite(Math.fround(value));
  return Number.isInteger(value) && value >= 0 && value < kind.classes;
}

/** What is to be said of sequences. count: how many targets (undefined: any number), `each` for a sequence; nested arrays do too. */
export function checkTargets(operation: string, name: string, value: unknown, kind: Kind, count?: number, each = 1): Float32Array {
  const expected = expectedOf(kind);
  const noun = kind === 'numbers' ? 'numbers' : 'labels';
  const list = checkArray(operation, name, value, `an array of ${noun}${kind === 'numbers' ? '' : `, each ${expected}`}`);
  const nested = each > 1 && isArrayLike(list[0]);
  const values = nested ? Array.from(list, (row, i) => Array.from(checkRow(operation, `${name}[${i}]`, row, each, 'target'))).flat() : list;
  if (count !== undefined && values.length !== count * each) {
    const wanted = each === 1 ? 'one for each sequence of x' : `${grouped(each)} for each sequence of x`;
    throw new RangeError(`${operation}: ${name} has ${grouped(values.length)} ${noun}: expected ${grouped(count * each)}, ${wanted}`);
  }
  const targets = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const target = values[i];
    if (typeof target !== 'number') throw new TypeError(`${operation}: ${name}[${i}] is ${describe(target)}: expected ${expected}`);
    if (!isTarget(target, kind)) throw new RangeError(`${operation}: ${name}[${i}] is ${describe(target)}: expected ${expected}`);
    targets[i] = target;
  }
  return targets;
}

const plural = (count: number, noun: string, many = `${noun}s`): string => `${grouped(count)} ${count === 1 ? noun : many}`;

/** Rows of the same length, laid out one after another. Each row is checked by `copy`. */
function stack(rows: ArrayLike<unknown>, width: number, copy: (row: unknown, index: number, into: Float32Array, at: number) => void): Float32Array {
  const floats = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) copy(rows[i], i, floats, i * width);
  return floats;
}

function checkRow(operation: string, name: string, row: unknown, length: number, unit: string): ArrayLike<unknown> {
  if (!isArrayLike(row)) throw new TypeError(`${operation}: ${name} is ${describe(row)}: expected an array of ${plural(length, unit)}`);
  if (row.length !== length) throw new RangeError(`${operation}: ${name} has ${plural(row.length, 'entry', 'entries')}: expected ${plural(length, unit)}`);
  return row;
}

/** One sequence, flat or nested [T][F], of any whole number of time steps: (T, F). */
export function checkSequence(operation: string, name: string, value: unknown, features: number): Float32Array {
  const expected = features === 1 ? 'an array of numbers, one a timestep' : `an array of timesteps, each of ${features} features, or a flat array`;
  const values = checkArray(operation, name, value, expected);
  if (isArrayLike(values[0]))
    return stack(values, features, (row, t, into, at) => {
      const step = `${name}[${t}]`;
      copyFinite(operation, step, checkRow(operation, step, row, features, 'feature'), into, at);
    });
  if (values.length % features !== 0)
    throw new RangeError(`${operation}: ${name} has ${plural(values.length, 'number')}: expected a multiple of ${features} (features)`);
  return checkFloats(operation, name, values);
}

/** Sequences, flat or nested [n][T][F], or [n][T] with one feature: (n, T, F). */
export function checkSequences(operation: string, name: string, value: unknown, timesteps: number, features: number): Float32Array {
  const shape = features === 1 ? `[n][${timesteps}]` : `[n][${timesteps}][${features}]`;
  const width = timesteps * features;
  const values = checkArray(operation, name, value, () => `sequences: nested arrays ${shape}, or a flat array of n × ${grouped(width)} numbers`);
  if (isArrayLike(values[0]))
    return stack(values, width, (row, i, into, at) => {
      const sequence = `${name}[${i}]`;
      const steps = checkRow(operation, sequence, row, timesteps, 'timestep');
      if (features > 1 && !isArrayLike(steps[0]))
        throw new TypeError(`${operation}: ${sequence}[0] is ${describe(steps[0])}: expected an array of ${features} features`);
      into.set(checkSequence(operation, sequence, steps, features), at);
    });
  if (values.length % width !== 0)
    throw new RangeError(
      `${operation}: ${name} has ${plural(values.length, 'number')}: expected a multiple of ${grouped(width)} (${timesteps} timesteps × ${plural(features, 'feature')})`,
    );
  return checkFloats(operation, name, values);
}

/** Validation data as a pair, [x, y] or {x, y}. */
export function checkPair(operation: string, name: string, value: unknown): { x: unknown; y: unknown } {
  if (Array.isArray(value) && value.length === 2) return { x: value[0], y: value[1] };
  if (typeof value === 'object' && value !== null && 'x' in value && 'y' in value) return value;
  throw new TypeError(`${operation}: ${name} is ${describe(value)}: expected [x, y] or {x, y}`);
}

