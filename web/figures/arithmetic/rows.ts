/** The geometry of the waterfall chart: the row of each bar, and its ends. */

import type { TermKind, Terms } from '../../../wasm/js/unrolled.ts';
import type { Arithmetic } from './numbers.ts';

export type Order = 'added' | 'size';

/** The terms from first to last are one sum. */
export interface Sum {
  first: number;
  last: number;
  final: boolean;
}

const begins = (a: Arithmetic, k: number): boolean => {
  const kind = a.terms.kind[k] as TermKind;
  return k === 0 || kind === 'read' || (kind === 'bias' && a.cell === 'gru' && a.gate === 2);
};

/** Most calculations have one sum. A GRU's candidate first adds up q, and an LSTM's state first adds up c. */
export function sumsOf(a: Arithmetic): Sum[] {
  const last = a.terms.kind.length - 1;
  const firsts = a.terms.kind.flatMap((_, k) => (begins(a, k) ? [k] : []));
  return firsts.map((first, i) => ({ first, last: (firsts[i + 1] ?? last + 1) - 1, final: i === firsts.length - 1 }));
}

/** Neighboring terms of the same kind in a sum, such as U·x or W·h. */
export interface Stage {
  kind: TermKind;
  first: number;
  last: number;
  begins: boolean;
  /** Whether the sum ends after this stage. */
  ends: boolean;
  final: boolean;
}

export function stagesOf(a: Arithmetic): Stage[] {
  return sumsOf(a).flatMap(({ first, last, final }) => {
    const stages: Stage[] = [];
    for (let k = first; k <= last; k++) {
      const kind = a.terms.kind[k] as TermKind;
      const now = stages.at(-1);
      if (now?.kind === kind) now.last = k;
      else stages.push({ kind, first: k, last: k, begins: k === first, ends: false, final });
    }
    const end = stages.at(-1);
    if (end) end.ends = true;
    return stages;
  });
}

export interface Row {
  /** The index of the term. In the row of a sum, it is the last term of the sum. */
  term: number;
  /** undefined in the row of a sum. */
  kind: TermKind | undefined;
  sum: Sum;
  /** The values at both ends of the bar. */
  from: number;
  to: number;
  top: number;
  height: number;
  /** Whether the row is high enough for a name and a number. */
  labelled: boolean;
}

export interface Rows {
  rows: Row[];
  /** The rows of terms from top to bottom. */
  terms: Row[];
  height: number;
  domain: [number, number];
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

/** Up to this many terms all have labels. If there are more, the states and many inputs are drawn close together. */
const MANY = 40;
/** This many of the largest terms have labels if the terms are sorted by size. Two sums share them. */
const LARGEST = 24;
/** Up to this many inputs have labels. */
const FEW_INPUTS = 8;
/** The total height of all close rows, in CSS pixels. */
const CLOSE = 420;

/** The terms of a sum: in the order of addition, or the largest first. */
function ordered({ product }: Terms, { first, last }: Sum, order: Order): number[] {
  const terms = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  const size = (k: number): number => Math.abs(finite(product[k] as number));
  return order === 'added' ? terms : terms.sort((p, q) => size(q) - size(p) || p - q);
}

function isClose(a: Arithmetic, kind: TermKind, place: number, sums: number, order: Order): boolean {
  if (a.terms.kind.length <= MANY) return false;
  if (order === 'size') return place >= LARGEST / sums;
  return kind === 'state' || (kind === 'input' && a.features > FEW_INPUTS);
}

/** `high`: the height of a row with words and numbers, in place of the usual one. */
export function rowsOf(a: Arithmetic, order: Order, high?: number): Rows {
  const { kind, product, sum: running } = a.terms;
  const sums = sumsOf(a);
  const total = kind.length + sums.length;
  const thick = high ?? (total <= 12 ? 26 : 17);
  const rows: Row[] = [];
  for (const sum of sums) {
    ordered(a.terms, sum, order).forEach((k, place) => {
      const to = finite((order === 'added' ? running : product)[k] as number);
      const from = order === 'size' || k === sum.first ? 0 : finite(running[k - 1] as number);
      const labelled = !isClose(a, kind[k] as TermKind, place, sums.length, order);
      rows.push({ term: k, kind: kind[k], sum, from, to, top: 0, height: 0, labelled });
    });
    rows.push({
      term: sum.last,
      kind: undefined,
      sum,
      from: 0,
      to: finite(running[sum.last] as number),
      top: 0,
      height: 0,
      labelled: true,
    });
  }
  const close = rows.filter((row) => !row.labelled).length;
  const thin = Math.min(6, Math.max(0.4, CLOSE / Math.max(1, close)));
  let top = 0;
  for (const row of rows) {
    row.top = top;
    row.height = row.labelled ? thick : thin;
    top += row.height + (row.kind === undefined && !row.sum.final ? 14 : 0);
  }
  const ends = rows.flatMap(({ from, to }) => [from, to]);
  return { rows, terms: rows.filter((row) => row.kind !== undefined), height: top, domain: domainOf(ends) };
}

/** The range of the values, with 0 in it. It is never empty. */
function domainOf(values: readonly number[]): [number, number] {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low === high ? [-1, 1] : [low, high];
}

/** The row of the term at y; undefined in the row of a sum and outside. */
export function rowAt({ rows }: Rows, y: number): Row | undefined {
  const row = rows.find(({ top, height }) => y >= top && y < top + height);
  return row?.kind === undefined ? undefined : row;
}
