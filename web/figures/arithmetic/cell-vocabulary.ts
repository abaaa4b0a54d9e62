/** The names of terms and symbols in each kind of cell. The letters are those of docs/equations.md. */

import type { TermKind } from '../../../wasm/js/unrolled.ts';
import { type Gate, gatesOf } from '../../symbols/gates.ts';
import type { Part, Sizes, TermName } from '../../symbols/vocabulary.ts';
import type { Arithmetic } from './numbers.ts';
import type { Formula, Letter, Role } from './symbols.ts';
import { translate } from '../../shared/translate.ts';

/** The gates of this cell. */
export const gatesOfCell = (a: Arithmetic): readonly Gate[] =>
  gatesOf(a.gates, a.activation === 'relu' ? 'relu' : 'tanh');

/** The chosen gate, or undefined if the state is chosen. */
export const gateOf = (a: Arithmetic): Gate | undefined => gatesOfCell(a)[a.gate];

// ------------------------------------------------------------------------------------------------------------ symbols

const named = (letter: string, low: string | number | undefined, index?: string, role?: Role): Letter => ({
  letter,
  ...(low !== undefined && low !== '' && { low }),
  ...(index !== undefined && { index }),
  ...(role && { role }),
});

const place = (...at: number[]): string => `[${at.join(',')}]`;
/** x_3, or x_3[2] if there are several features. */
const input = (a: Arithmetic, f?: number): Letter =>
  named('x', a.timestep, f === undefined || a.features === 1 ? undefined : place(f));
const state = (t: number, unit?: number): Letter => named('h', t, unit === undefined ? undefined : place(unit));
const cellState = (t: number, unit: number): Letter => named('c', t, place(unit));
/**
 * The subscript of the weights: the letter of the chosen gate. A simple layer has only one set of weights and no
 * subscript.
 */
const subscriptOf = (a: Arithmetic): string | undefined => (a.gates > 1 ? gateOf(a)?.letter : undefined);

/** z_3[5], the argument of the activation function, with the gate's letter if there are several gates. */
export const sumLetter = (a: Arithmetic, gate = a.gate): Letter =>
  named('z', (a.gates > 1 && gatesOfCell(a)[gate]?.letter) || a.timestep, place(a.unit));
/** h_3[5], or the letter of the chosen gate. */
export const activatedLetter = (a: Arithmetic): Letter =>
  a.gates === 1 ? state(a.timestep, a.unit) : named(gateOf(a)?.letter ?? 'h', undefined, place(a.unit));

/** The name of a term. index counts from 0, as in the engine. */
export function termName(a: Arithmetic, kind: TermKind, index: number): Formula {
  const [t, unit] = [a.timestep, a.unit];
  const low = subscriptOf(a);
  const gru = a.cell === 'gru';
  switch (kind) {
    case 'bias':
      return [named('b', low, place(unit), 'b')];
    case 'recurrent_bias':
      return [named('b′', low, place(unit), 'b')];
    case 'input':
      return [named('U', low, a.features === 1 ? place(unit) : place(unit, index + 1), 'u'), '·', input(a, index + 1)];
    case 'state':
      return [named('W', low, place(unit, index + 1), 'w'), '·', state(t - 1, index + 1)];
    case 'reset':
      return [named('r', undefined), '·', named('q', undefined)];
    case 'kept':
      return gru
        ? [named('u', undefined), '·', state(t - 1, unit)]
        : [named('f', undefined), '·', cellState(t - 1, unit)];
    case 'written':
      return gru
        ? ['(1 − ', named('u', undefined), ')·', named('g', undefined)]
        : [named('i', undefined), '·', named('g', undefined)];
    case 'read':
      return [named('o', undefined), '·tanh(', cellState(t, unit), ')'];
  }
}

/** The common name of all terms of one kind, for example W[5]·h_2. */
export function groupName(a: Arithmetic, kind: TermKind): Formula {
  if (kind === 'input') return [named('U', subscriptOf(a), place(a.unit), 'u'), '·', input(a)];
  if (kind === 'state') return [named('W', subscriptOf(a), place(a.unit), 'w'), '·', state(a.timestep - 1)];
  return termName(a, kind, 0);
}

/**
 * The name of a finished sum. For a gate it is z, or q on the way to a candidate's z. For the state it is h, or an
 * LSTM's cell state on the way to h.
 */
export function resultLetter(a: Arithmetic, final: boolean): Letter {
  if (a.gate < a.gates) return final ? sumLetter(a) : named('q', undefined, place(a.unit));
  return final ? state(a.timestep, a.unit) : cellState(a.timestep, a.unit);
}

/** The `kind` of a term in the event `rnn-term`. */
export const sourceOf = (kind: TermKind): string => ({ input: 'x', state: 'h', bias: 'b' })[kind as string] ?? kind;
export const roleOf = (kind: TermKind): Role => (kind === 'input' ? 'u' : kind === 'state' ? 'w' : 'b');

// ------------------------------------------------------------------------------------------------------------- shapes

/** A symbol of the formula with its shape and its name in the vocabulary. */
export interface Symbol {
  letter: Letter;
  /** For example "(32)": the shape of the part that is meant, such as one number of h[5] or a row of W[5]. */
  shape: string;
  term: TermName;
  part?: Part;
}

const shape = (...extents: number[]): string => `(${extents.join(', ')})`;
const element = (letter: Letter, term: TermName): Symbol => ({
  letter,
  shape: translate('one number'),
  term,
  part: 'element',
});
const row = (letter: Letter, length: number, term: TermName): Symbol => ({
  letter,
  shape: shape(length),
  term,
  part: 'row',
});

/** The sizes of this layer for the vocabulary. */
export const sizesOf = ({ units, features, gates, timesteps, layer }: Arithmetic, part?: Part): Sizes => ({
  ...{ units, inputs: features, gates, timesteps, layer: layer + 1 },
  ...(part && { part }),
});

export function symbolsOf(
  a: Arithmetic,
): Record<'U' | 'x' | 'W' | 'h' | 'b' | 'recurrentBias' | 'r' | 'z' | 'out', Symbol> {
  const { units, features, timestep: t } = a;
  const low = subscriptOf(a);
  return {
    U: row(named('U', low, place(a.unit), 'u'), features, 'U'),
    x: { letter: input(a), shape: shape(features), term: 'x' },
    W: row(named('W', low, place(a.unit), 'w'), units, 'W'),
    h: { letter: state(t - 1), shape: shape(units), term: t === 1 ? 'h0' : 'h' },
    b: element(named('b', low, place(a.unit), 'b'), 'b'),
    recurrentBias: element(named('b′', low, place(a.unit), 'b'), 'recurrentBias'),
    r: element(named('r', undefined, place(a.unit)), 'resetGate'),
    z: element(sumLetter(a), 'z'),
    out: element(activatedLetter(a), gateOf(a)?.term ?? 'h'),
  };
}

/** The symbols of the formula of the state, by their letters, with the values at this time step. */
export function pathSymbols(a: Arithmetic): Record<string, Symbol> {
  const { unit, timestep: t } = a;
  const gates = gatesOfCell(a).map((gate) => [
    gate.letter,
    element(named(gate.letter, undefined, place(unit)), gate.term),
  ]);
  const before =
    a.cell === 'lstm' ? element(cellState(t - 1, unit), 'c') : element(state(t - 1, unit), t === 1 ? 'h0' : 'h');
  return { ...Object.fromEntries(gates), h: element(state(t, unit), 'h'), c: element(cellState(t, unit), 'c'), before };
}
