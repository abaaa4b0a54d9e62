/**
 * The pages, each with the fields that its address holds, and the rules that follow a change. A field may have another
 * initial value or fewer choices than on another page.
 */

import { grouped } from '../shared/format.ts';
import { plural, translate } from '../shared/translate.ts';
import {
  batches,
  choice,
  initialOf,
  inOrder,
  type OpenField,
  opened,
  picked,
  sameFields,
  type Table,
  whole,
} from './fields.ts';
import { END, RUN, stepsRead } from './config.ts';
import {
  type FieldName,
  opening as openingOf,
  otherOf,
  runUpdates,
  settled,
  SLOW_PART,
  type State,
  TABLE,
  WHAT_IF,
} from './state.ts';

export interface Page {
  /** The fields that its address holds, by their names in the state. */
  readonly table: Table;
  /** The state of an address that says only its version, `#v=1`. */
  readonly initial: State;
  /** The state of a page without an address: the first one, if nothing else is said. */
  readonly opening: State;
  /** The state of an address that says nothing but the step of a chapter: each step begins with a state of its own. */
  initialAt(lesson: number): State;
  /** Adjusts fields that limit one another: for example, the cursor must lie in the sequence. */
  settle(state: State): State;
  /**
   * Settles the state after a change, and drops what no longer belongs to it. `changed`: the fields that the reader
   * set.
   */
  follow(after: State, before: State, changed: readonly FieldName[]): State;
  /**
   * The notice about a value that settling replaced, if the usual one would be wrong. Empty if both values mean the
   * same.
   */
  explain(name: FieldName, given: State, after: State): string | undefined;
  /** Fields whose change adds an entry to the browser's history. */
  readonly newPage: readonly FieldName[];
  /**
   * Networks beside the page's own: functions from the page's state to theirs. They return undefined if there is none
   * now.
   */
  readonly runs: Readonly<Record<string, (state: State) => State | undefined>>;
  /** The network whose sequences are traced and changed by what-if; empty for the page's own. */
  readonly inspected: string;
  /** The network through whose training the reader steps; empty: the page's own. */
  readonly played: string;
}

interface Definition {
  table: Table;
  runs?: Page['runs'];
  inspected?: string;
  played?: string;
  /** What differs from the first state in a page without an address. */
  opening?: Partial<State>;
  /** The states with which the steps of a chapter begin, in reading order. */
  steps?: readonly State[];
  /** Fields that change together with those that the reader set. */
  along?: (changed: readonly FieldName[]) => Partial<State>;
  /** Adjustments that only this page makes. `given`: the state before the common ones. */
  settle?: (after: State, given: State) => State;
}

export function definePage({
  table,
  runs = {},
  inspected = '',
  played = '',
  opening,
  steps = [],
  along,
  settle: own = (after) => after,
}: Definition): Page {
  const initial: State = steps[0] ?? { ...initialOf(TABLE), ...initialOf(table) };
  const initialAt = (lesson: number): State => steps[lesson - 1] ?? initial;
  const shownOf = (state: State): State => runs[inspected]?.(state) ?? state;
  const settle = (given: State): State => {
    const after = own(settled(given), given);
    return table['open'] ? { ...after, open: inOrder(table['open'] as OpenField, after.open) } : after;
  };
  return {
    table,
    initial,
    opening: opening ? { ...initial, ...opening } : initial,
    initialAt,
    settle,
    follow(given, before, changed) {
      if (given.lesson !== before.lesson) {
        const chosen = picked(given, changed);
        return settle({ ...initialAt(given.lesson), ...chosen });
      }
      const after = along ? { ...given, ...along(changed) } : given;
      const elsewhere = !sameFields(after, before, ['task', 'data', 'own']) && !changed.includes('changes');
      const kept = elsewhere && after.changes.length > 0 ? { ...after, changes: [] } : after;
      const followed = settle(changed.includes('t') && !changed.includes('slow') ? { ...kept, slow: 0 } : kept);
      /* a step of a chapter that begins before training stays there while its settings change */
      if (!sameFields(after, before, RUN) && !changed.includes('at')) followed.at = initialAt(followed.lesson).at;
      const elseTrained = !sameFields(shownOf(followed), shownOf(before), [...RUN, 'at']);
      if (elseTrained && !changed.includes('file')) followed.file = '';
      const moved = (elseTrained && steps.length === 0) || followed.sample !== before.sample;
      /* a lesson shows what training makes of a changed input */
      if (elseTrained && !changed.includes('weights')) followed.weights = [];
      if (moved && !WHAT_IF.some((name) => changed.includes(name)))
        Object.assign(followed, { edits: [], weights: [], cut: 'none', length: 0 });
      /* the end of the sequence stays visible when the number of time steps changes, also because a change is undone */
      const timesteps = stepsRead(followed);
      if (timesteps !== stepsRead(before) && before.t === stepsRead(before) && !changed.includes('t'))
        followed.t = timesteps;
      /* where an update that was shown slowly ends by another change, its part stays as it is */
      if (before.slow > 0 && followed.slow === 0 && !changed.includes('open'))
        Object.assign(followed, openingOf(followed, SLOW_PART, true));
      const shown = settle(followed);
      return shown.t !== before.t && !changed.includes('shownInput') ? { ...shown, shownInput: 0 } : shown;
    },
    explain,
    newPage: steps.length > 0 ? ['lesson'] : ['task'],
    runs,
    inspected,
    played,
  };
}

/** Says nothing if the end of the run was given by its other name, or if a value is used only together with others. */
function explain(name: FieldName, given: State, after: State): string | undefined {
  const updates = runUpdates(after);
  if (name === 'open' && given.open.split('_').sort().join() === after.open.split('_').sort().join()) return '';
  if (name === 'at' && after.at === END) return given.at === updates ? '' : beyondRun(updates);
  const same =
    (name === 'reset' && after.cut !== 'state') ||
    (name === 'length' && given.length === after.steps) ||
    (name === 'than' && given.compare !== after.compare);
  return same ? '' : undefined;
}

const beyondRun = (updates: number): string =>
  plural(updates, {
    one: translate('The run has only 1 update; its end is shown.'),
    other: translate(`The run has only ${grouped(updates)} updates; its end is shown.`),
  });

/** Fields that stand in the lesson or in the notebook alone. */
const { example, features, lesson, shuffled, ...withoutLesson } = TABLE;
const { point, band, dot, cursor, network, trained, slowTask, ran, ...others } = withoutLesson;

export const LAB = definePage({ table: others, runs: { b: otherOf } });

/** The cells of the notebook, in its order. `ran` counts them from 1. */
export const NOTEBOOK_CELLS = ['data', 'scatter', 'model', 'compile', 'fit', 'evaluate', 'curves'] as const;

/** How often a kernel had run a cell when this cell ran last, as Jupyter counts it; undefined: it has not run. */
export const countOf = ({ ran }: Pick<State, 'ran'>, cell: string): number | undefined =>
  ran.find(([place]) => NOTEBOOK_CELLS[place - 1] === cell)?.[1];

/** The epochs of the network that the figure shows where it is not the reader's own. */
const SHOWN_EPOCHS = 40;

/** The network figure shows the notebook's own network, untrained until its fit has run, or a smaller one that learned. */
const inNetworkFigure = (state: State): State =>
  state.network === 'own'
    ? { ...state, at: countOf(state, 'fit') === undefined ? 0 : END }
    : {
        ...state,
        ...{ task: 'first', activation: 'tanh', rate: 0.01, batch: 32 },
        units: Number(state.network),
        epochs: Math.max(1, state.trained),
        at: state.trained === 0 ? 0 : END,
      };

/** The network that is trained step by step, which may have a task of its own. */
const inSlowTraining = (state: State): State => (state.slowTask === 'own' ? state : { ...state, task: state.slowTask });

/** Addresses from before the figure could show the reader's network say one of these, or both. */
function shownNetwork({ network, trained }: State): Pick<State, 'network' | 'trained'> {
  if (network === 'own' && trained < 0) return { network, trained };
  return { network: network === 'own' ? '8' : network, trained: trained < 0 ? SHOWN_EPOCHS : trained };
}

const { samples, steps, activation, batch, seed, data, sample, t, fold, readouts, weights, shownInput, shownWeight } =
  TABLE;

export const NOTEBOOK = definePage({
  runs: { network: inNetworkFigure, slow: inSlowTraining },
  inspected: 'network',
  played: 'slow',
  /* links from before cells could be run show all outputs */
  opening: { ran: [], slowTask: 'first' },
  /* a single run with new initial weights would be noise */
  along: (changed) => (changed.includes('units') || changed.includes('activation') ? { band: true } : {}),
  table: {
    // What is trained.
    task: choice('task', translate('labels'), 'random', ['random', 'first']),
    samples,
    steps,
    units: { ...TABLE.units, initial: 32 },
    activation,
    rate: { ...TABLE.rate, initial: 0.001 },
    epochs: { ...TABLE.epochs, initial: 10 },
    batch,
    seed,
    data,
    // Which cells have run, and its figures.
    ran: { ...ran, initial: NOTEBOOK_CELLS.map((_, i) => [i + 1, i + 1] as const) },
    point,
    band,
    at: whole('updates', translate('updates of the slow training'), 0, 0, TABLE.at.maximum),
    slowTask,
    // The network figure.
    network,
    trained,
    sample,
    t,
    unit: { ...TABLE.unit, initial: 0 },
    fold,
    readouts,
    edits: {
      kind: 'edits',
      key: 'x',
      label: translate('what-if inputs'),
      initial: [],
      first: 1,
      minimum: -10,
      maximum: 10,
    },
    weights,
    // How the figures show it.
    shownInput,
    shownWeight,
    dot,
    cursor,
    speed: { ...TABLE.speed, initial: '10' },
    open: opened(['compare', 'accuracy', 'loss', 'slow-accuracy', 'slow-loss', 'figure']),
  },
  settle: (after, given) => ({
    ...after,
    ...shownNetwork(after),
    ran: after.ran
      .filter(([place]) => place <= NOTEBOOK_CELLS.length)
      .map(([place, count]) => [place, Math.max(1, Math.round(count))] as const),
    at: Math.min(given.at === END ? 0 : given.at, after.epochs * batches(after)),
    unit: Math.min(given.unit, inNetworkFigure({ ...after, ...shownNetwork(after) }).units),
    edits: after.edits.every(([at]) => at <= after.steps)
      ? after.edits
      : after.edits.filter(([at]) => at <= after.steps),
  }),
});
