/**
 * The state of all pages as one small value, described by one table. Each page names the fields that it uses
 * (`pages.ts`). The address holds the state, the worker gets it, figures show it.
 */

import {
  ACTIVATIONS,
  CELLS,
  GATES,
  INITIALIZERS,
  LEAST_TIMESTEPS,
  OPTIMIZERS,
  RANGES,
  TASKS,
} from '../shared/core-facts.ts';
import { QUESTIONS } from '../figures/predict/question.ts';
import {
  AGREEMENT_STEPS,
  AGREEMENT_TASK,
  END,
  newSequences,
  OWN_TASK,
  readsOtherLengths,
  type RUN,
  SERIES_TASK,
  shownUpdate,
  stepsRead,
  TEXT_TASK,
  TEXT_WORDS,
  trained,
  WHAT_IF_LIMITS,
  configOf,
} from './config.ts';
import { CUSTOM_DATA_KEY, customDataKey } from './custom-data.ts';
import { batches, choice, clampTo, type Field, flag, opened, real, type StateOf, type Table, whole } from './fields.ts';
import { translate } from '../shared/translate.ts';

/** Settings in which two networks may differ. The data and the seed are the same. */
export const COMPARED = [
  'cell',
  'layers',
  'units',
  'activation',
  'initializer',
  'gain',
  'optimizer',
  'rate',
  'clip',
  'batch',
] as const;

/** The part that shows one update slowly. It is open without saying so while it shows one. */
export const SLOW_PART = 'slow';

export const TABLE = {
  // What is trained, and on what.
  task: choice('task', translate('task'), 'first', [...TASKS, OWN_TASK, SERIES_TASK, TEXT_TASK, AGREEMENT_TASK]),
  samples: whole('n', translate('sequences'), 100, 10, 2000),
  steps: whole('steps', translate('time steps'), 10, 1, 100),
  data: whole('data', translate('data seed'), 42, ...RANGES.seed),
  own: {
    kind: 'text',
    key: 'own',
    label: translate('own data'),
    initial: '',
    pattern: CUSTOM_DATA_KEY,
    form: translate('extents, kind of target, hash'),
    most: 60,
  },
  csv: {
    kind: 'text',
    key: 'csv',
    label: translate('numbers of the own data'),
    initial: '',
    pattern: /^[\w-]+$/,
    form: translate('a CSV file, deflated, in base64url'),
    most: 4096,
  },
  changes: {
    kind: 'edits',
    key: 'd',
    label: translate('changed data'),
    initial: [],
    first: 0,
    minimum: -1e6,
    maximum: 1e6,
    follows: 'data',
  },
  columns: {
    kind: 'text',
    key: 'columns',
    label: translate('columns that are read'),
    initial: '',
    pattern: /^[1-9](\.[1-9])*$/,
    form: translate('numbers of columns, counted from 1, joined by full stops'),
    most: 17,
  },
  period: {
    kind: 'text',
    key: 'period',
    label: translate('time of the new data'),
    initial: '2013',
    pattern: /^\d{4}(-\d\d)?$/,
    form: translate('a year or a month, like 2013-11'),
    most: 7,
  },
  split: real('split', translate('validation split'), 0, 0, 0.8, 0.05),
  // The network.
  cell: choice('cell', translate('cell'), 'simple_rnn', CELLS),
  layers: whole('layers', translate('layers'), 1, ...RANGES.layers),
  units: whole('units', translate('units'), 8, ...RANGES.units),
  activation: choice('activation', translate('activation'), 'tanh', ACTIVATIONS),
  initializer: choice('init', translate('recurrent initializer'), 'orthogonal', [
    'orthogonal',
    ...INITIALIZERS.filter((name) => name !== 'orthogonal'),
  ]),
  gain: real('gain', translate('recurrent gain'), 1, 0, 10, 0.1),
  seed: whole('seed', translate('run seed'), 42, ...RANGES.seed),
  // How it is trained.
  optimizer: choice('optimizer', translate('optimizer'), 'adam', OPTIMIZERS),
  rate: { ...real('rate', translate('learning rate'), 0.01, 1e-6, 1e6), logarithmic: true },
  clip: real('clip', translate('gradient clipping'), 0, 0, 1000, 0.1),
  batch: whole('batch', translate('batch size'), 32, ...RANGES.batchSize),
  epochs: whole('epochs', translate('epochs'), 40, 1, 1000),
  // Which moment of the training, in updates.
  at: whole('at', translate('update'), END, END, 2_000_000),
  byBatch: flag('by', translate('curves by batch')),
  // Which sequence, and where in the network.
  sample: whole('sample', translate('sequence'), 0, 0, 1999),
  t: whole('t', translate('time step'), 10, 0, 100),
  layer: whole('layer', translate('layer'), 1, ...RANGES.layers),
  // Behind a cell's gates is the path of its state.
  gate: whole('gate', translate('gate'), 0, 0, Math.max(...Object.values(GATES))),
  unit: whole('unit', translate('unit'), 1, 0, RANGES.units[1]),
  fold: real('fold', translate('fold'), 0, 0, 1),
  readouts: flag('asked', translate('answers before the end')),
  mean: flag('mean', translate("the batch's mean")),
  slow: whole('slow', translate('part of one update'), 0, 0, 203),
  weight: whole('weight', translate('weight of the gradient check'), 0, 0, 10_000_000),
  // A second network beside it, one setting different: which, and its number, or its place in the list of choices.
  compare: choice('compare', translate('compare'), 'none', ['none', ...COMPARED]),
  than: real('than', translate('the other setting'), 0, ...RANGES.seed),
  // The same run from many seeds.
  many: flag('many', translate('100 run seeds')),
  // Predict, then reveal: which question is asked. The guess is in no address.
  question: choice('q', translate('question'), 'none', ['none', ...QUESTIONS]),
  // Weights from a file, by their hash, in place of those of the moment.
  file: {
    kind: 'text',
    key: 'file',
    label: translate('weights from a file'),
    initial: '',
    pattern: /^[0-9a-f]{16}$/,
    form: translate('a hash of 16 hexadecimal digits'),
    most: 16,
  },
  // What if?
  edits: {
    kind: 'edits',
    key: 'x',
    label: translate('what-if inputs'),
    initial: [],
    first: 1,
    ...WHAT_IF_LIMITS.edits,
  },
  weights: {
    kind: 'edits',
    key: 'w',
    label: translate('what-if weights'),
    initial: [],
    first: 0,
    ...WHAT_IF_LIMITS.weights,
  },
  cut: choice('cut', translate('cut'), 'none', ['none', 'loop', 'state']),
  reset: whole('reset', translate('time step of the reset state'), 5, 1, 100),
  length: whole('len', translate('time steps read'), 0, 0, 50),
  // How the figures show it.
  strips: choice('strips', translate('state shown in the strips'), 'h', ['h', 'c']),
  gradient: choice('grad', translate('state whose gradient is shown'), 'h', ['h', 'c']),
  order: choice('order', translate('order of the terms'), 'added', ['added', 'size']),
  term: whole('term', translate('term of the sum'), 0, 0, 2000),
  wrong: flag('wrong', translate('only the wrong answers')),
  feature: whole('feature', translate('feature of the changed sequence'), 1, ...RANGES.features),
  shownInput: whole('xf', translate('input shown in the field'), 0, 0, 6400),
  shownWeight: {
    kind: 'text',
    key: 'wf',
    label: translate('weight shown in the field'),
    initial: '',
    pattern: /^[wubv]\d{1,3}\.\d{1,3}$/,
    form: translate('matrix, unit and column, like w3.1'),
    most: 8,
  },
  run: whole('run', translate('selected run (of 100)'), -1, -1, 99),
  // The notebook's figures.
  point: whole('point', translate('time step of the scatter plot'), 1, 0, 100),
  band: flag('band', translate('20 seeds')),
  dot: whole('dot', translate('sequence marked in the scatter plot'), -1, -1, 1999),
  cursor: whole('cursor', translate('epoch marked in the curves'), 0, 0, 1000),
  network: choice('net', translate('network of the network figure'), 'own', ['own', '8', '32']),
  trained: whole('trained', translate('epochs of the network figure'), -1, -1, 400),
  slowTask: choice('slowtask', translate('task of the slow training'), 'own', ['own', 'first']),
  ran: {
    kind: 'edits',
    key: 'ran',
    label: translate('cells that have run'),
    initial: [],
    first: 1,
    minimum: 1,
    maximum: 9999,
  },
  prompt: {
    kind: 'text',
    key: 'prompt',
    label: translate('first words'),
    initial: 'when_the_dog',
    pattern: /^[\p{L}\p{N}_~-]+$/u,
    form: translate('words, joined by _, and - for each full stop'),
    most: 80,
  },
  temperature: real('temperature', translate('temperature'), 0, 0, 2, 0.1),
  draw: whole('draw', translate('drawing of the words'), 1, 1, 9999),
  speed: choice('speed', translate('batches a second'), '40', ['2', '10', '40', '200']),
  // The lesson: every address of a chapter has this key, so that no address of the notebook is taken for one.
  example: choice('example', translate('kind of data'), 'numbers', ['numbers', 'weather', 'words']),
  features: whole('features', translate('features'), 1, 1, 6),
  shuffled: flag('shuffled', translate('days in a random order')),
  lesson: whole('lesson', translate('step of the chapter'), 1, 1, 20),
  open: opened([
    'settings',
    'training',
    SLOW_PART,
    'cuts',
    'solution',
    'edit',
    'data',
    'figure',
    'arithmetic',
    'backward',
    'metric',
    'loss',
    'figure-a',
    'figure-b',
    'metric-b',
    'loss-b',
    'many',
  ]),
} as const satisfies Table;

type StateTable = typeof TABLE;
export type State = StateOf<StateTable>;
export type FieldName = keyof StateTable;

export type Config = Pick<State, (typeof RUN)[number]>;

/** The fields that, together with those of the run, determine a moment and the trace of its sequence. */
export const MOMENT = [
  'at',
  'sample',
  'file',
  'edits',
  'weights',
  'cut',
  'reset',
  'length',
] as const satisfies readonly FieldName[];

export type MomentConfig = Config & Pick<State, (typeof MOMENT)[number]>;

export function momentConfigOf(state: State): MomentConfig {
  const { at, sample, file, edits, weights, cut, reset, length } = state;
  return { ...configOf(state), at, sample, file, edits, weights, cut, reset, length };
}

/** What a file of weights says of the network; `file` are the weights themselves. */
export const LOADED = ['cell', 'layers', 'units', 'activation', 'file'] as const satisfies readonly FieldName[];

/** What-if edits: dropped when training moves or another sequence is chosen. */
export const WHAT_IF = ['edits', 'weights', 'cut', 'length'] as const satisfies readonly FieldName[];

/** Updates an epoch, of the whole run, and up to the moment that is shown. */
export const epochUpdates = (state: Pick<State, 'samples' | 'split' | 'batch'>): number =>
  batches({ samples: trained(state), batch: state.batch });
export const runUpdates = (state: State): number => state.epochs * epochUpdates(state);
export const moment = (state: State): number => shownUpdate(state.at, runUpdates(state));

export type Part = 'forward' | 'loss' | 'backward' | 'sum' | 'move';

/** One update in slow motion: which part acts, and at which time step. undefined: none is shown. */
export function partOf(slow: number, timesteps: number): { part: Part; t: number } | undefined {
  if (slow <= 0) return undefined;
  if (slow <= timesteps) return { part: 'forward', t: slow };
  if (slow === timesteps + 1) return { part: 'loss', t: timesteps };
  if (slow <= 2 * timesteps + 1) return { part: 'backward', t: 2 * timesteps + 2 - slow };
  return { part: slow === 2 * timesteps + 2 ? 'sum' : 'move', t: timesteps };
}

export const isWhatIf = (state: State): boolean =>
  state.edits.length > 0 || state.weights.length > 0 || state.cut !== 'none' || state.length !== 0;

/** Whether the state says that this part is open. */
export const isOpen = ({ open }: State, name: string): boolean => name !== '' && open.split('_').includes(name);

/** The change that opens or closes this part. */
export function opening({ open }: State, name: string, opened: boolean): Pick<State, 'open'> {
  const others = open.split('_').filter((other) => other !== name && other !== '');
  return { open: [...others, ...(opened ? [name] : [])].join('_') };
}

/** The weights are not those of the training's moment, or not read as it reads them: they are frozen. */
export const isFrozen = (state: State): boolean => state.file !== '' || isWhatIf(state);

const mostGate = (cell: State['cell']): number => (GATES[cell] > 1 ? GATES[cell] : 0);

/** Fields that hold one another: a cursor stays inside what it points into. */
export function settled(given: State): State {
  const state = settledData(given);
  const timesteps = stepsRead(state);
  /* a gated cell has one activation */
  const compare = state.compare === 'activation' && state.cell !== 'simple_rnn' ? 'none' : state.compare;
  const slow = Math.min(state.slow, 2 * timesteps + 3);
  return {
    ...state,
    at: state.at === END || state.at >= runUpdates(state) ? END : state.at,
    /* the new sequences of a table are numbered on */
    sample: Math.min(state.sample, state.samples - 1 + newSequences(state)),
    /* the cursor goes where one update, slowly, is */
    t: Math.min(partOf(slow, timesteps)?.t ?? state.t, timesteps),
    layer: Math.min(state.layer, state.layers),
    gate: Math.min(state.gate, mostGate(state.cell)),
    unit: Math.min(state.unit, state.units),
    slow,
    than: thanOf({ ...state, compare }),
    compare,
    reset: Math.min(state.reset, timesteps),
    point: Math.min(state.point, state.steps),
    dot: Math.min(state.dot, state.samples - 1),
    cursor: Math.min(state.cursor, state.epochs),
  };
}

/** Data that were brought have as many time steps as they have. */
function settledData(state: State): State {
  const own = customDataKey(state.own);
  const known = { ...state, ...(!own && { own: '', csv: '' }), ...(!readsOtherLengths(state.task) && { length: 0 }) };
  if (state.task === SERIES_TASK) return known;
  if (state.task === AGREEMENT_TASK) return { ...known, steps: Math.max(known.steps, AGREEMENT_STEPS) };
  if (state.task === TEXT_TASK) {
    /* a window is followed by one more word */
    const steps = Math.min(known.steps, TEXT_WORDS - TABLE.samples.minimum);
    return { ...known, steps, samples: Math.min(known.samples, TEXT_WORDS - steps) };
  }
  if (state.task !== OWN_TASK) return { ...known, steps: Math.max(known.steps, LEAST_TIMESTEPS[state.task]) };
  if (!own) return { ...known, task: TABLE.task.initial };
  return { ...known, steps: own.timesteps, samples: Math.min(state.samples, own.samples) };
}

/** The number that the other setting may be: inside its own field. */
function thanOf({ compare, than }: State): number {
  if (compare === 'none') return 0;
  const spec: Field = TABLE[compare];
  if (spec.kind === 'choice') return Math.min(spec.choices.length - 1, Math.round(than));
  return spec.kind === 'number' ? clampTo(spec, than) : 0;
}

/** The state of the network beside, if there is one. */
export function otherOf(state: State): State | undefined {
  const { compare, than } = state;
  if (compare === 'none') return undefined;
  const spec: Field = TABLE[compare];
  /* a weight's place is another one in a network of another shape */
  const shaped = (['cell', 'layers', 'units'] as const).some((name) => name === compare);
  const other = {
    ...state,
    file: '',
    ...(shaped && { weights: [] }),
    [compare]: spec.kind === 'choice' ? spec.choices[than] : than,
  };
  return settled({
    ...other,
    at: state.at === END ? END : Math.round((state.at / epochUpdates(state)) * epochUpdates(other)),
  });
}

/** Gradients have about the norm 1 at first: a clipnorm of 1 would often change nothing. */
const FIRST_CLIP = 0.1;

/** The value of the other network when a comparison begins. It differs from this network's value. */
export function initialComparison(state: State, compare: State['compare']): number {
  if (compare === 'none') return 0;
  const spec: Field = TABLE[compare];
  const now = state[compare];
  if (spec.kind === 'choice') return (spec.choices.indexOf(String(now)) + 1) % spec.choices.length;
  if (spec.kind !== 'number') return 0;
  /* more than all sequences in a batch are the same one batch */
  if (compare === 'batch' && Number(now) >= trained(state)) return Math.max(1, Math.floor(trained(state) / 2));
  const more =
    compare === 'rate'
      ? Number((Number(now) * 3).toPrecision(6))
      : Number(now) === 0
        ? compare === 'clip'
          ? FIRST_CLIP
          : 1
        : Number(now) * 2;
  const than = clampTo(spec, more);
  return than === now ? clampTo(spec, Number(now) / 2) : than;
}
