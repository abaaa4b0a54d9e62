/** State to address and back. The address is `#v=1&key=value…` and holds only what differs from the first state. What comes from outside
 *  is clamped, and each clamping is told. Old addresses keep working: a key is never given another meaning. */

import {
  batches,
  type Edits,
  FIELDS,
  type Field,
  type FieldName,
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
    (name) => `${TABLE[name].key}=${encodeURIComponent(write(state[name]))}`,
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
  const range = `${plain(spec.minimum)} to ${plain(spec.maximum)}`;
  return { value: taken, notice: `${spec.label}: ${quoted(text)} is not in the range ${range}; ${plain(taken)} is used.` };
}

function readEdits(text: string, minimum: number, maximum: number): Read {
  const edits = new Map<number, number>();
  for (const part of text.split('_').slice(0, 100)) {
    const [timestep, x] = part.split(':').map(Number);
    const good = timestep !== undefined && Number.isInteger(timestep) && timestep >= 1 && x !== undefined && Number.isFinite(x);
    if (good) edits.set(timestep, Math.min(maximum, Math.max(minimum, x)));
  }
  const value = [...edits].sort(([a], [b]) => a - b);
  return edits.size > 0 || text === '' ? { value } : { notice: `what-if inputs: ${quoted(text)} is not understood.` };
}

function read(spec: Field, text: string): Read {
  if (spec.kind === 'number') return readNumber(spec, text);
  if (spec.kind === 'edits') return readEdits(text, spec.minimum, spec.maximum);
  if (spec.kind === 'flag') return { value: text === '1' };
  if (spec.choices.includes(text)) return { value: text };
  return { notice: `${spec.label}: ${quoted(text)} is not one of ${spec.choices.join(', ')}; ${spec.initial} is used.` };
}

/** Never throws: any text gives a state. */
export function fromAddress(hash: string): Parsed {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const notices: string[] = [];
  const state: Record<string, unknown> = initialState();
  if (!given.has('v')) return { state: state as State, notices };
  if (given.get('v') !== VERSION) notices.push(`This address is of version ${quoted(given.get('v') ?? '')}; this page reads version ${VERSION}.`);
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
    if (settled[name] !== taken[name]) {
      notices.push(`${TABLE[name].label}: ${taken[name]} is more than there are; ${settled[name]} is used.`);
    }
  }
  if (settled.updates !== taken.updates) {
    notices.push(`updates: ${taken.updates} is more than the ${taken.epochs * batches(taken)} of this run.`);
  }
  return { state: settled, notices };
}
