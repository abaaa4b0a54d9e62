/** The page's whole state: one small value, described by one table. The address holds it, the worker gets it, elements show it. */

interface Common<T> {
  /** Its key in the address; for ever. */
  key: string;
  initial: T;
  /** What it is called beside a control and in a notice. */
  label: string;
}

export interface NumberField extends Common<number> {
  kind: 'number';
  minimum: number;
  maximum: number;
  whole: boolean;
  /** Moves by factors, not by differences. */
  logarithmic?: boolean;
}

export interface ChoiceField extends Common<string> {
  kind: 'choice';
  choices: readonly string[];
}

export interface FlagField extends Common<boolean> {
  kind: 'flag';
}

/** What-if edits of the network figure's input: time step (from 1) and value. */
export type Edits = readonly (readonly [timestep: number, value: number])[];

export interface EditsField extends Common<Edits> {
  kind: 'edits';
  minimum: number;
  maximum: number;
}

export type Field = NumberField | ChoiceField | FlagField | EditsField;

const whole = (key: string, label: string, initial: number, minimum: number, maximum: number): NumberField => ({
  kind: 'number',
  key,
  label,
  initial,
  minimum,
  maximum,
  whole: true,
});

const MOST_SEED = 2 ** 32 - 1;

export const TABLE = {
  // The notebook: what is trained.
  task: { kind: 'choice', key: 'task', label: 'labels', initial: 'random', choices: ['random', 'first'] },
  samples: whole('n', 'sequences', 100, 10, 2000),
  steps: whole('steps', 'time steps', 10, 1, 100),
  units: whole('units', 'units', 32, 1, 512),
  activation: { kind: 'choice', key: 'activation', label: 'activation', initial: 'tanh', choices: ['tanh', 'relu'] },
  rate: {
    kind: 'number',
    key: 'rate',
    label: 'learning rate',
    initial: 0.001,
    minimum: 1e-6,
    maximum: 1e6,
    whole: false,
    logarithmic: true,
  },
  epochs: whole('epochs', 'epochs', 10, 1, 1000),
  batch: whole('batch', 'batch size', 32, 1, 1024),
  seed: whole('seed', 'run seed', 42, 0, MOST_SEED),
  data: whole('data', 'data seed', 42, 0, MOST_SEED),
  // Its figures.
  point: whole('point', 'time step of the scatter plot', 1, 0, 100),
  band: { kind: 'flag', key: 'band', label: '20 seeds', initial: false },
  updates: whole('updates', 'updates of the slow training', 0, 0, 1_000_000),
  // The network figure.
  network: { kind: 'choice', key: 'net', label: 'units of the network figure', initial: '8', choices: ['8', '32'] },
  trained: whole('trained', 'epochs of the network figure', 40, 0, 400),
  sample: whole('sample', 'sequence', 0, 0, 1999),
  t: whole('t', 'time step', 10, 0, 100),
  unit: whole('unit', 'unit', 0, 0, 32),
  fold: { kind: 'number', key: 'fold', label: 'fold', initial: 0, minimum: 0, maximum: 1, whole: false },
  readouts: { kind: 'flag', key: 'asked', label: 'answers before the end', initial: false },
  edits: { kind: 'edits', key: 'x', label: 'what-if inputs', initial: [], minimum: -10, maximum: 10 },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof TABLE;
export const FIELDS = Object.keys(TABLE) as FieldName[];

type Value<F> = F extends { kind: 'number' }
  ? number
  : F extends { kind: 'choice'; choices: readonly (infer C)[] }
    ? C
    : F extends { kind: 'flag' }
      ? boolean
      : Edits;

export type State = { -readonly [Name in FieldName]: Value<(typeof TABLE)[Name]> };

export type NumberName = { [Name in FieldName]: State[Name] extends number ? Name : never }[FieldName];
export type ChoiceName = { [Name in FieldName]: (typeof TABLE)[Name]['kind'] extends 'choice' ? Name : never }[FieldName];

export const field = (name: FieldName): Field => TABLE[name];

export function initialState(): State {
  return Object.fromEntries(FIELDS.map((name) => [name, TABLE[name].initial])) as unknown as State;
}

/** The nearest number that the field takes. NaN becomes its initial value. */
export function clamp(name: NumberName, value: number): number {
  const { minimum, maximum, whole: isWhole, initial } = TABLE[name] as NumberField;
  if (Number.isNaN(value)) return initial;
  const bounded = Math.min(maximum, Math.max(minimum, value));
  return isWhole ? Math.round(bounded) : bounded;
}

/** Fields that hold one another: a cursor stays inside what it points into. */
export function settle(state: State): State {
  const inside = ([timestep]: readonly [number, number]): boolean => timestep >= 1 && timestep <= state.steps;
  return {
    ...state,
    point: Math.min(state.point, state.steps),
    t: Math.min(state.t, state.steps),
    unit: Math.min(state.unit, Number(state.network)),
    sample: Math.min(state.sample, state.samples - 1),
    updates: Math.min(state.updates, state.epochs * batches(state)),
    edits: state.edits.every(inside) ? state.edits : state.edits.filter(inside),
  };
}

/** What a run of the notebook follows from. */
export const RUN = ['rate', 'epochs', 'batch', 'units', 'activation', 'samples', 'steps', 'data', 'seed'] as const satisfies readonly FieldName[];

/** What the network figure's weights and its sequence follow from. */
export const NETWORK_RUN = ['samples', 'steps', 'data', 'seed', 'network', 'trained'] as const satisfies readonly FieldName[];

/** After a change: another run has not been trained slowly at all, and what-if edits belong to one network and one sequence.
 *  `edited`: the change is one of the edits. */
export function follow(after: State, before: State, edited = false): State {
  const same = (names: readonly FieldName[]): boolean => names.every((name) => after[name] === before[name]);
  const followed = { ...after };
  if (!same([...RUN, 'task']) && after.updates === before.updates) followed.updates = 0;
  if (!same([...NETWORK_RUN, 'sample']) && !edited && after.edits.length > 0) followed.edits = [];
  return settle(followed);
}

/** Updates an epoch. */
export function batches(state: Pick<State, 'samples' | 'batch'>): number {
  return Math.ceil(state.samples / state.batch);
}
