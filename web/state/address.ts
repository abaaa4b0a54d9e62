/**
 * Converts between a state and its address, `#v=1&key=value…`, which holds only what differs from the initial state.
 * Values are clamped, and each clamping is reported. Old addresses keep working: a key never gets another meaning.
 */

import { grouped } from '../shared/format.ts';
import {
  type EditsField,
  type Field,
  type FlagField,
  limited,
  limitsOf,
  type NumberField,
  type Table,
  type TextField,
} from './fields.ts';
import { nearestOf } from './nearest.ts';
import type { Page } from './pages.ts';
import { type FieldName, settled, type State, TABLE } from './state.ts';
import { fieldsOf } from './parse-link.ts';
import { plural, translate } from '../shared/translate.ts';

export const VERSION = '1';

export interface Parsed {
  state: State;
  /** One sentence for each value that was not taken as it was. */
  notices: string[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A field's value as an address writes it; any text for what is no such value. */
export function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  try {
    if (Array.isArray(value))
      return value.map((pair) => (Array.isArray(pair) ? pair.map(valueText).join(':') : valueText(pair))).join('_');
    return String(value);
  } catch {
    return ''; /* an object that has no text, or a list that holds itself */
  }
}

export function toAddress(page: Page, state: State): string {
  const { table, initial, initialAt, opening } = page;
  const first = initialAt(state.lesson);
  const names = Object.keys(table).filter((name) => !same(state[name as FieldName], first[name as FieldName]));
  if (table['lesson'] && (names.length > 0 || state.lesson !== initial.lesson)) names.push('lesson');
  const pairs = Object.entries(table)
    .filter(([name]) => names.includes(name))
    .map(([name, { key }]) => `${key}=${valueText(state[name as FieldName])}`);
  if (
    opening !== initial &&
    Object.keys(table).every((name) => same(state[name as FieldName], opening[name as FieldName]))
  )
    return '';
  return pairs.length || opening !== initial ? [`#v=${VERSION}`, ...pairs].join('&') : '';
}

interface Read {
  value?: unknown;
  notice?: string;
}

const plain = (value: number): string => grouped(value, 10);
/** Quotes what a reader typed, shortened to fit a sentence. */
const quoted = (text: string): string => translate(`“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`);

function readNumber(spec: NumberField, text: string): Read {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) {
    return { notice: translate(`${spec.label}: ${quoted(text)} is not a number; ${plain(spec.initial)} is used.`) };
  }
  const bounded = Math.min(spec.maximum, Math.max(spec.minimum, value));
  const taken = spec.whole ? Math.round(bounded) + 0 : bounded; /* avoids a negative zero */
  if (taken === value) return { value: taken };
  if (bounded === value)
    return {
      value: taken,
      notice: translate(`${spec.label}: ${quoted(text)} is not a whole number; ${plain(taken)} is used.`),
    };
  return { value: taken, notice: outOfRange(spec, text, taken) };
}

/** Returns, for example, `epochs: “5000” is not in the range 1 to 1,000; 1,000 is used.` */
export function outOfRange(
  spec: Pick<NumberField, 'label' | 'minimum' | 'maximum'>,
  text: string,
  taken: number,
): string {
  return translate(
    `${spec.label}: ${quoted(text)} is not in the range ${plain(spec.minimum)} to ${plain(spec.maximum)}; ${plain(taken)} is used.`,
  );
}

/** Parses `3:0.9_10:0.1`: positions and values. */
function readEdits(spec: EditsField, text: string): Read {
  const edits = new Map<number, number>();
  const parts = text === '' ? [] : text.split('_');
  let notice: string | undefined;
  const limits = limitsOf(spec);
  for (const part of parts.slice(0, 100)) {
    const [, place = '', x = ''] = /^(\d+):(-?[\d.]+(?:e[+-]?\d+)?)$/i.exec(part) ?? [];
    const value = Number(x || Number.NaN);
    if (!Number.isFinite(value) || Number(place) < spec.first || !Number.isSafeInteger(Number(place))) {
      notice ??= translate(`${spec.label}: ${quoted(part)} is not understood.`);
      continue;
    }
    const taken = limited(limits, value);
    if (taken !== value) notice ??= outOfRange({ label: spec.label, ...limits }, x, taken);
    edits.set(Number(place), taken);
  }
  if (parts.length > 100) notice ??= translate(`${spec.label}: only the first 100 are used.`);
  return { value: [...edits].sort(([a], [b]) => a - b), ...(notice && { notice }) };
}

function readFlag(spec: FlagField, text: string): Read {
  if (text === '0' || text === '1') return { value: text === '1' };
  return { notice: translate(`${spec.label}: ${quoted(text)} is neither 0 nor 1; ${Number(spec.initial)} is used.`) };
}

function readText(spec: TextField, text: string): Read {
  if (text === '' || (text.length <= spec.most && spec.pattern.test(text))) return { value: text };
  return { notice: translate(`${spec.label}: ${quoted(text)} is not understood; it is left out.`) };
}

/** Parses the text of one field: returns its value, if it has one, and a notice about what was not taken as it was. */
export function readField(spec: Field, text: string): Read {
  if (spec.kind === 'text') return readText(spec, text);
  if (spec.kind === 'number') return readNumber(spec, text);
  if (spec.kind === 'edits') return readEdits(spec, text);
  if (spec.kind === 'flag') return readFlag(spec, text);
  const chosen = spec.choices.find((choice) => choice === text.toLowerCase());
  if (chosen !== undefined) return { value: chosen };
  return {
    notice: translate(
      `${spec.label}: ${quoted(text)} is not one of ${spec.choices.join(', ')}; ${spec.initial} is used.`,
    ),
  };
}

/** One sentence for each value in `asked` that `settle` replaced by one with another meaning. */
export function settledNotices(
  { table, explain }: Page,
  asked: (name: FieldName) => boolean,
  taken: State,
  after: State,
): string[] {
  return Object.entries(table).flatMap(([field, { label }]) => {
    const name = field as FieldName;
    const [before, now] = [taken[name], after[name]];
    if (!asked(name) || same(before, now)) return [];
    const own = explain(name, taken, after);
    if (own !== undefined) return own === '' ? [] : [own];
    if (typeof now === 'number')
      return [
        translate(`${label}: ${plain(before as number)} does not fit the other settings; ${plain(now)} is used.`),
      ];
    if (typeof now === 'object') return [translate(`${label}: places that do not exist are dropped.`)];
    return [
      now === ''
        ? translate(`${label}: ${quoted(String(before))} does not fit the other settings; it is left out.`)
        : translate(`${label}: ${quoted(String(before))} does not fit the other settings; ${String(now)} is used.`),
    ];
  });
}

/** The key of the field that was probably meant by a misspelled key, name or label. */
export function nearest(table: Table, name: string): string | undefined {
  const known = new Map(
    Object.entries(table).flatMap(([field, { key, label }]) =>
      [key, field, label].map((called) => [called, key] as const),
    ),
  );
  return known.get(nearestOf([...known.keys()], name) ?? '');
}

/** The notice about a name that no field has. */
export function unknownName(table: Table, name: string): string {
  const near = nearest(table, name);
  return near === undefined
    ? translate(`${quoted(name)} is not known here.`)
    : translate(`${quoted(name)} is not known here. Did you mean ${near}?`);
}

/** The maximum number of notices. A hostile address could cause thousands. */
const TOLD = 6;
const few = (notices: string[]): string[] =>
  notices.length <= TOLD
    ? notices
    : [...notices.slice(0, TOLD), translate(`And ${plain(notices.length - TOLD)} more like these.`)];

/** Never throws: any text gives a state. */
export function fromAddress(page: Page, hash: string): Parsed {
  const { table } = page;
  const given = fieldsOf(hash);
  const notices: string[] = [];
  const step = table['lesson'] && readField(table['lesson'], given.get('lesson') ?? '1').value;
  const first = given.has('v') || page.opening === page.initial ? page.initialAt(Number(step ?? 1)) : page.opening;
  const state: Record<string, unknown> = { ...first };
  const keys = new Set(Object.values(table).map(({ key }) => key));
  /* a link to a step of a chapter may be written by hand: how-it-learns.html#lesson=2 */
  const stepOnly = table['lesson'] !== undefined && [...given.keys()].every((key) => key === 'lesson');
  if (!given.has('v') && !stepOnly) {
    if ([...given.values()].some((text) => text !== ''))
      notices.push(translate(`The address does not begin with v=${VERSION}; it is not read.`));
    return { state: state as State, notices };
  }
  if (given.has('v') && given.get('v') !== VERSION)
    notices.push(
      translate(
        `This address is of version ${quoted(given.get('v') ?? '')}; this page reads version ${VERSION}, and uses the parts that it knows.`,
      ),
    );
  for (const key of new Set(given.keys())) if (key !== 'v' && !keys.has(key)) notices.push(unknownName(table, key));
  for (const [name, spec] of Object.entries(table)) {
    const [text, ...again] = given.getAll(spec.key);
    if (text === undefined) continue;
    if (again.length > 0)
      notices.push(
        plural(again.length + 1, {
          other: translate(`${spec.label}: given ${plain(again.length + 1)} times; the first value is used.`),
        }),
      );
    const { value, notice } = readField(spec, text);
    if (value !== undefined) state[name] = value;
    if (notice) notices.push(notice);
  }
  const taken = state as State;
  const after = page.settle(taken);
  return {
    state: after,
    notices: few([...notices, ...settledNotices(page, (name) => given.has(table[name]?.key ?? ''), taken, after)]),
  };
}

/** The name of the field that has this key in the address. */
export function nameOf(key: string): FieldName {
  const name = Object.entries(TABLE).find(([, field]) => field.key === key)?.[0];
  if (!name) throw new Error(`no field of the state has the key “${key}”`);
  return name as FieldName;
}

/** A part of the state, as an address says it: `t=3&unit=5`. */
export function fieldsIn({ table }: Page, text: string): Partial<State> {
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([key, value]) => {
      const name = nameOf(key);
      const spec = table[name] ?? TABLE[name];
      return [name, readField(spec, value).value ?? spec.initial];
    }),
  );
}

/**
 * Sets some fields as an address writes them: `task=first&units=3`. `{net}` is replaced by the value of the page's
 * field with that key.
 */
export function withFields(text: string, state: State): State {
  const fields = Object.entries(TABLE);
  const part = [...new URLSearchParams(text)].map(([key, value]) => {
    const [name, spec] = fields.find(([, field]) => field.key === key) ?? [];
    if (name === undefined || spec === undefined) throw new Error(`no field of the state has the key ${key}`);
    const filled = value.replace(/\{(\w+)\}/g, (_, other: string) =>
      valueText(state[fields.find(([, field]) => field.key === other)?.[0] as FieldName]),
    );
    return [name, readField(spec, filled).value ?? spec.initial] as const;
  });
  return settled({ ...state, ...Object.fromEntries(part) });
}
