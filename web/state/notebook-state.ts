/** The notebook's page. */

import {
  batches,
  choice,
  flag,
  initialOf,
  inOrder,
  type NumberField,
  opened,
  type Page,
  real,
  sameFields,
  type StateOf,
  type Table,
  whole,
} from './fields.ts';
import { ACTIVATIONS, RANGES } from '../shared/core-facts.ts';
import { translate } from '../shared/translate.ts';

export const TABLE = {
  // The notebook: what is trained.
  task: choice('task', translate('labels'), 'random', ['random', 'first']),
  samples: whole('n', translate('sequences'), 100, 10, 2000),
  steps: whole('steps', translate('time steps'), 10, 1, 100),
  units: whole('units', translate('units'), 32, ...RANGES.units),
  activation: choice('activation', translate('activation'), 'tanh', ACTIVATIONS),
  rate: { ...real('rate', translate('learning rate'), 0.001, 1e-6, 1e6), logarithmic: true },
  epochs: whole('epochs', translate('epochs'), 10, 1, 1000),
  batch: whole('batch', translate('batch size'), 32, ...RANGES.batchSize),
  seed: whole('seed', translate('run seed'), 42, ...RANGES.seed),
  data: whole('data', translate('data seed'), 42, ...RANGES.seed),
  // Its figures.
  point: whole('point', translate('time step of the scatter plot'), 1, 0, 100),
  band: flag('band', translate('20 seeds')),
  updates: whole('updates', translate('updates of the slow training'), 0, 0, 2_000_000),
  // The network figure.
  network: choice('net', translate('units of the network figure'), '8', ['8', '32']),
  trained: whole('trained', translate('epochs of the network figure'), 40, 0, 400),
  sample: whole('sample', translate('sequence'), 0, 0, 1999),
  t: whole('t', translate('time step'), 10, 0, 100),
  unit: whole('unit', translate('unit'), 0, 0, 32),
  fold: real('fold', translate('fold'), 0, 0, 1),
  readouts: flag('asked', translate('answers before the end')),
  edits: {
    kind: 'edits',
    key: 'x',
    label: translate('what-if inputs'),
    initial: [],
    first: 1,
    minimum: -10,
    maximum: 10,
  },
  // How the figures show it.
  shownInput: whole('xf', translate('input shown in the field'), 0, 0, 6400),
  dot: whole('dot', translate('sequence marked in the scatter plot'), -1, -1, 1999),
  cursor: whole('cursor', translate('epoch marked in the curves'), 0, 0, 1000),
  speed: choice('speed', translate('batches a second'), '10', ['2', '10', '40', '200']),
  open: opened(['compare', 'accuracy', 'loss', 'slow-accuracy', 'slow-loss', 'figure']),
} as const satisfies Table;

export type FieldName = keyof typeof TABLE;
export type State = StateOf<typeof TABLE>;
export type NumberName = { [Name in FieldName]: State[Name] extends number ? Name : never }[FieldName];
export type ChoiceName = {
  [Name in FieldName]: (typeof TABLE)[Name]['kind'] extends 'choice' ? Name : never;
}[FieldName];

export const initialState = (): State => initialOf(TABLE);

function settle(state: State): State {
  const inside = ([timestep]: readonly [number, number]): boolean => timestep >= 1 && timestep <= state.steps;
  return {
    ...state,
    point: Math.min(state.point, state.steps),
    t: Math.min(state.t, state.steps),
    unit: Math.min(state.unit, Number(state.network)),
    sample: Math.min(state.sample, state.samples - 1),
    dot: Math.min(state.dot, state.samples - 1),
    cursor: Math.min(state.cursor, state.epochs),
    open: inOrder(TABLE.open, state.open),
    updates: Math.min(state.updates, state.epochs * batches(state)),
    edits: state.edits.every(inside) ? state.edits : state.edits.filter(inside),
  };
}

/** What a run of the notebook follows from. */
export const RUN = [
  'rate',
  'epochs',
  'batch',
  'units',
  'activation',
  'samples',
  'steps',
  'data',
  'seed',
] as const satisfies readonly FieldName[];

/** What the network figure's weights and its sequence follow from. */
export const NETWORK_RUN = [
  'samples',
  'steps',
  'data',
  'seed',
  'network',
  'trained',
] as const satisfies readonly FieldName[];

/** Another run has not been trained slowly at all, and what-if edits belong to one network and one sequence. */
function follow(after: State, before: State, changed: readonly FieldName[]): State {
  const followed = { ...after };
  if (after.t !== before.t && !changed.includes('shownInput')) followed.shownInput = 0;
  if (!sameFields(after, before, [...RUN, 'task']) && after.updates === before.updates) followed.updates = 0;
  if (!sameFields(after, before, [...NETWORK_RUN, 'sample']) && !changed.includes('edits') && after.edits.length > 0)
    followed.edits = [];
  return settle(followed);
}

export const NOTEBOOK: Page<typeof TABLE> = { table: TABLE, settle, follow, newPage: ['task'] };

/** A field that a handle moves. */
export const numberField = (name: NumberName): NumberField => TABLE[name];
