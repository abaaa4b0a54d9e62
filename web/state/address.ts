/** State to address and back. The address is `#v=1&key=value…` and holds only what differs from the first state. What comes from outside
 *  is clamped, and each clamping is told. Old addresses keep working: a key is never given another meaning. */

import {
  type Edits,
  type EditsField,
  FIELDS,
  type Field,
  type FieldName,
  type FlagField,
  initialState,
  type NumberField,
  type State,
  settle,
  TABLE,
} from './table.ts';

export const VERSION = '1';

export interface Parsed {
  state: State;
  /** One sentence for each thing that could not be taken as it was. */
  notices: string[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function write(value: State[FieldName]): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (Array.isArray(value)) return (value as Edits).map(([timestep, x]) => `${timestep}:${x}`).join('_');
  return String(value);
}

export function toAddress(state: State): string {
  const initial = initialState();
  const pairs = FIELDS.filter((name) => !same(state[name], initial[name])).map(
    (name) => `${TABLE[name].key}=${write(state[name])}`,
  );
  return pairs.length ? `#v=${VERSION}&${pairs.join('&')}` : '';
}

interface Read {
  value?: unknown;
  notice?: string;
}

const plain = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 10 });
/** What a reader typed, short enough for a sentence. */
const quoted = (text: string): string => `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`;

function readNumber(spec: NumberField, text: string): Read {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) {
    return { notice: `${spec.label}: ${quoted(text)} is no number; ${plain(spec.initial)} is used.` };
  }
  const bounded = Math.min(spec.maximum, Math.max(spec.minimum, value));
  const taken = spec.whole ? Math.round(bounded) : bounded;
  if (taken === value) return { value };
  if (bounded === value) return { value: taken, notice: `${spec.label}: ${quoted(text)} is no whole number; ${plain(taken)} is used.` };
  return { value: taken, notice: beyond(spec, text, taken) };
}

/** `epochs: “5000” is not in the range 1 to 1,000; 1,000 is used.` */
export function beyond(spec: Pick<NumberField, 'label' | 'minimum' | 'maximum'>, text: string, taken: number): string {
  return `${spec.label}: ${quoted(text)} is not in the range ${plain(spec.minimum)} to ${plain(spec.maximum)}; ${plain(taken)} is used.`;
}

/** `3:0.9_10:0.1`: time steps and values. */
function readEdits(spec: EditsField, text: string): Read {
  const edits = new Map<number, number>();
  const parts = text === '' ? [] : text.split('_');
  let notice: string | undefined;
  for (const part of parts.slice(0, 100)) {
    const [, timestep = '', x = ''] = /^(\d+):(-?[\d.]+(?:e[+-]?\d+)?)$/i.exec(part) ?? [];
    const value = Number(x || Number.NaN);
    if (!Number.isFinite(value) || Number(timestep) < 1) {
      notice ??= `${spec.label}: ${quoted(part)} is not understood.`;
      continue;
    }
    const taken = Math.min(spec.maximum, Math.max(spec.minimum, value));
    if (taken !== value) notice ??= beyond(spec, x, taken);
    edits.set(Number(timestep), taken);
  }
  if (parts.length > 100) notice ??= `${spec.label}: only the first 100 are used.`;
  return { value: [...edits].sort(([a], [b]) => a - b), ...(notice && { notice }) };
}

function readFlag(spec: FlagField, text: string): Read {
  if (text === '0' || text === '1') return { value: text === '1' };
  return { notice: `${spec.label}: ${quoted(text)} is neither 0 nor 1; ${Number(spec.initial)} is used.` };
}

function read(spec: Field, text: string): Read {
  if (spec.kind === 'number') return readNumber(spec, text);
  if (spec.kind === 'edits') return readEdits(spec, text);
  if (spec.kind === 'flag') return readFlag(spec, text);
  if (spec.choices.includes(text)) return { value: text };
  return { notice: `${spec.label}: ${quoted(text)} is not one of ${spec.choices.join(', ')}; ${spec.initial} is used.` };
}

/** Never throws: any text gives a state. */
export function fromAddress(hash: string): Parsed {
  const given = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B')); /* 1e+2 holds no blank */
  const notices: string[] = [];
  const state: Record<string, unknown> = initialState();
  const keys = new Set<string>(FIELDS.map((name) => TABLE[name].key));
  if (!given.has('v')) {
    if ([...given.keys()].some((key) => keys.has(key) && given.get(key) !== '')) notices.push(`The address does not begin with v=${VERSION}; it is not read.`);
    return { state: state as State, notices };
  }
  if (given.get('v') !== VERSION)
    notices.push(`This address is of version ${quoted(given.get('v') ?? '')}; this page reads version ${VERSION}, and takes what it knows.`);
  for (const key of new Set(given.keys())) if (key !== 'v' && !keys.has(key)) notices.push(`${quoted(key)} is not known here.`);
  for (const name of FIELDS) {
    const text = given.get(TABLE[name].key);
    if (text === null) continue;
    const { value, notice } = read(TABLE[name], text);
    if (value !== undefined) state[name] = value;
    if (notice) notices.push(notice);
  }
  const taken = state as State;
  const settled = settle(taken);
  for (const name of ['point', 't', 'unit', 'sample'] as const) {
    if (settled[name] !== taken[name] && given.has(TABLE[name].key)) {
      notices.push(`${TABLE[name].label}: ${taken[name]} is more than there are; ${settled[name]} is used.`);
    }
  }
  if (settled.updates !== taken.updates) {
    notices.push(`updates: ${plain(taken.updates)} is more than this run has; ${plain(settled.updates)} is used.`);
  }
  if (settled.edits !== taken.edits) notices.push(`${TABLE.edits.label}: those beyond the last time step are dropped.`);
  return { state: settled, notices };
}
