/**
 * The kinds of fields. A page's state is one small value that a table of fields describes: the address holds it, the
 * worker gets it, elements show it.
 */

import { roundUp } from '../shared/format.ts';
import { translate } from '../shared/translate.ts';

interface Common<T> {
  /** Its key in the address, which never changes. */
  key: string;
  initial: T;
  /** Its name beside a control and in a notice. */
  label: string;
}

export interface NumberField extends Common<number> {
  kind: 'number';
  minimum: number;
  maximum: number;
  whole: boolean;
  /** The step of keys and dragging; default 1. */
  step?: number;
  /** True if it moves by factors instead of differences. */
  logarithmic?: boolean;
}

export interface ChoiceField<C extends string = string> extends Common<C> {
  kind: 'choice';
  choices: readonly C[];
}

export interface FlagField extends Common<boolean> {
  kind: 'flag';
}

/** What-if changes: positions, and the values that replace those of the data. */
export type Edits = readonly (readonly [place: number, value: number])[];

export interface EditsField extends Common<Edits> {
  kind: 'edits';
  /** The first position. */
  first: number;
  minimum: number;
  maximum: number;
  /**
   * Whose numbers determine the limits (`limitsOf`); `minimum` and `maximum` are then the narrowest ones. They are
   * unknown to an address alone.
   */
  follows?: 'data' | 'weights';
}

export type Limits = Pick<EditsField, 'minimum' | 'maximum'>;

/** The largest float of 32 bits. */
const MOST_FLOAT = 2 ** 128 - 2 ** 104;

/**
 * The limits of a number that is set by hand. They follow from the range of similar numbers, because temperatures in
 * kelvins need other limits than data from 0 to 1. Without a range: the limits of an address.
 */
export function limitsOf(
  { minimum, maximum, follows }: Pick<EditsField, 'minimum' | 'maximum' | 'follows'>,
  range?: readonly [low: number, high: number],
): Limits {
  if (!follows) return { minimum, maximum };
  const most = range ? Math.min(MOST_FLOAT, 10 * roundUp(Math.max(-range[0], range[1]))) : MOST_FLOAT;
  return { minimum: Math.min(minimum, -most), maximum: Math.max(maximum, most) };
}

/** The nearest number within the limits. */
export const limited = ({ minimum, maximum }: Limits, value: number): number =>
  Math.min(maximum, Math.max(minimum, value));

export interface TextField extends Common<string> {
  kind: 'text';
  /** The texts that are allowed besides the empty one; `form` describes them in words for docs/addresses.md. */
  pattern: RegExp;
  form: string;
  most: number;
}

export type Field = NumberField | ChoiceField | FlagField | EditsField | TextField;
export type Table = Readonly<Record<string, Field>>;

type Value<F> = F extends { kind: 'number' }
  ? number
  : F extends { kind: 'choice'; choices: readonly (infer C)[] }
    ? C
    : F extends { kind: 'flag' }
      ? boolean
      : F extends { kind: 'text' }
        ? string
        : Edits;

export type StateOf<T extends Table> = { -readonly [Name in keyof T]: Value<T[Name]> };

/** The keys of the table's fields. */
export const keysOf = ({ table }: { table: Table }): string[] => Object.values(table).map(({ key }) => key);

export const whole = (key: string, label: string, initial: number, minimum: number, maximum: number): NumberField => ({
  kind: 'number',
  key,
  label,
  initial,
  minimum,
  maximum,
  whole: true,
});

export const real = (
  key: string,
  label: string,
  initial: number,
  minimum: number,
  maximum: number,
  step?: number,
): NumberField => ({
  ...whole(key, label, initial, minimum, maximum),
  whole: false,
  ...(step !== undefined && { step }),
});

export const choice = <const C extends string>(
  key: string,
  label: string,
  initial: NoInfer<C>,
  choices: readonly C[],
): ChoiceField<C> => ({
  kind: 'choice',
  key,
  label,
  initial,
  choices,
});

export const flag = (key: string, label: string, initial = false): FlagField => ({ kind: 'flag', key, label, initial });

/** Tables and other parts of a page that are open, by the ids of their figures. */
export interface OpenField extends TextField {
  names: readonly string[];
}

export const opened = (names: readonly string[]): OpenField => ({
  ...{
    kind: 'text',
    key: 'open',
    label: translate('open tables'),
    initial: '',
    pattern: /^[a-z]+(?:[-_][a-z]+)*$/,
    names,
  },
  ...{ form: translate(`some of ${names.join(', ')}, joined by _`), most: names.join('_').length },
});

/** The names of open parts, each once and in the order of the page. Parts that cannot be folded are left out. */
export const inOrder = ({ names }: OpenField, open: string): string => {
  const chosen = open.split('_');
  return names.filter((name) => chosen.includes(name)).join('_');
};

export function initialOf<T extends Table>(table: T): StateOf<T> {
  return Object.fromEntries(Object.entries(table).map(([name, { initial }]) => [name, initial])) as StateOf<T>;
}

/** The nearest number that the field takes. NaN becomes its initial value. */
export function clampTo({ minimum, maximum, whole: isWhole, initial }: NumberField, value: number): number {
  if (Number.isNaN(value)) return initial;
  const bounded = Math.min(maximum, Math.max(minimum, value));
  return isWhole ? Math.round(bounded) + 0 : bounded; /* avoids a negative zero */
}

/** Updates in each epoch. */
export function batches(state: { samples: number; batch: number }): number {
  return Math.ceil(state.samples / state.batch);
}

/** These fields alone. */
export const picked = <S extends object, N extends keyof S>(state: S, names: readonly N[]): Pick<S, N> =>
  Object.fromEntries(names.map((name) => [name, state[name]])) as Pick<S, N>;

/** True if these fields are equal in both. */
export function sameFields<S extends object>(a: S, b: S, names: readonly (keyof S)[]): boolean {
  return names.every(
    (name) => a[name] === b[name] || (Array.isArray(a[name]) && JSON.stringify(a[name]) === JSON.stringify(b[name])),
  );
}
