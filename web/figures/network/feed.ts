/** The network figure of a page: the moment of its run, the cursor, and the reader's actions. */

import type { App } from '../../app/app.ts';
import { setText } from '../../app/page-parts.ts';
import { listenTo } from '../../app/listen-to.ts';
import { GATES } from '../../shared/core-facts.ts';
import { namesOf } from '../../shared/data-names.ts';
import { type DescribedTask, unlabelled } from '../../shared/shared-sentences.ts';
import { translate } from '../../shared/translate.ts';
import { RUN } from '../../state/config.ts';
import { MOMENT, type State } from '../../state/state.ts';
import type { Moment } from '../../worker/protocol.ts';
import '../../controls/rnn-symbol.ts';
import './element.ts';
import type { RnnNetwork } from './element.ts';
import { MOST_POINT_ROWS } from './network-layout.ts';
import type { WeightPlace, Role } from './weights.ts';

export function feed(app: App, figure: RnnNetwork): void {
  const { outdated, store, visibility } = app;
  const run = app.runOf(figure);
  const { inspection, data } = run;
  let drawn: Moment | undefined;
  outdated.watch(figure, [...RUN, ...MOMENT], run.of);
  const draw = (): void => {
    const { seen } = inspection;
    if (!seen || !visibility.has(figure)) return;
    outdated.drawn(figure, seen.state);
    outdated.busy(figure, inspection.busy);
    if (seen.moment === drawn) return;
    drawn = seen.moment;
    showMoment(figure, seen.moment, data.sequences?.task);
  };
  const showState = (): void => {
    const { state } = run;
    if (state) showCursor(figure, state);
  };
  app.listenToRefusals((refused) => {
    figure.disabled = refused;
  });
  run.training.listenToChoices(() =>
    outdated.renew(figure, translate('This figure still shows the network before this training.')),
  );
  /* If training takes long, the run offers it first. */
  run.training.want(() => visibility.has(figure));
  visibility.watch(figure, draw);
  inspection.listen(draw);
  inspection.listenToSentence(() => outdated.busy(figure, inspection.busy));
  data.listen(({ task }) => {
    figure.loss = task.loss;
    figure.names = namesOf(task);
    const hint = run.main && app.parts.byId('what-if-hint');
    if (hint) setText(hint, whatIfHint(task));
    /* The task may arrive after the moment. It gives the reason for a missing label. */
    if (inspection.moment) figure.unlabelled = unlabelled(inspection.moment.labels, task);
  });
  store.listen(showState);
  showState();

  listenTo(figure, 'rnn-timestep', ({ timestep }) => store.change({ t: timestep }));
  listenTo(figure, 'rnn-unit', ({ unit }) => store.change({ unit: unit ?? 0 }));
  listenTo(figure, 'rnn-fold', ({ fold }) => store.change({ fold: Math.round(fold * 1000) / 1000 }));
  listenTo(figure, 'rnn-readouts', ({ readouts }) => store.change({ readouts }));
  listenTo(figure, 'rnn-layer', ({ layer }) => store.change({ layer }));
  listenTo(figure, 'rnn-gate', ({ gate }) => store.change({ gate }));
  listenTo(figure, 'rnn-strips', ({ state }) => store.change({ strips: state }));
  listenTo(figure, 'rnn-field', ({ input, weight }) => {
    if (input !== undefined) store.change({ shownInput: input + 1 });
    if (weight) store.change({ shownWeight: placeText(weight) });
  });
  /* What-if changes are made in the main network and also apply to the one beside it. */
  if (!run.main) return;
  listenTo(figure, 'rnn-input', (detail) => inspection.edit(detail));
  listenTo(figure, 'rnn-weight', ({ index, value }) => {
    if (value !== undefined) inspection.editWeight(index, value);
  });
}

/** How an x can be changed in the figure: as a word's number, as a cell, or as a point. */
function whatIfHint({ features, tokens }: DescribedTask): string {
  if (tokens)
    return translate(
      'What if this word were different? Choose a word from the menu and type its number: 1 if it is read, 0 if not. The weights stay as they are.',
    );
  return features > MOST_POINT_ROWS
    ? translate(
        'What if this input were different? Click its cell in the figure and type a number. The weights stay as they are.',
      )
    : translate('What if this input were different? Drag its point, or type a number. The weights stay as they are.');
}

function showMoment(
  figure: RnnNetwork,
  { trace, labels, parameters, trained, tensors, original, ranges }: Moment,
  task: DescribedTask | undefined,
): void {
  figure.trace = trace;
  figure.relabelled = labels === 'rule';
  figure.unlabelled = unlabelled(labels, task);
  figure.ranges = ranges;
  figure.loss = task?.loss;
  figure.names = namesOf(task);
  figure.parameters = parameters;
  figure.originalParameters = trained;
  figure.tensors = tensors;
  figure.original = original;
}

function showCursor(
  figure: RnnNetwork,
  { t, unit, layer, gate, cell, fold, readouts, edits, weights, cut, reset, strips, shownInput, shownWeight }: State,
): void {
  figure.timestep = t;
  figure.unit = unit || undefined;
  figure.layer = layer;
  /* The last gate is followed by the state itself, which has no weights of its own. */
  figure.gate = Math.min(gate, GATES[cell] - 1);
  figure.state = strips;
  figure.input = shownInput > 0 ? shownInput - 1 : undefined;
  figure.weight = placeOf(shownWeight);
  figure.fold = fold;
  figure.readouts = readouts;
  figure.cut = cut;
  figure.reset = reset;
  figure.edited = edits.map(([at]) => at - 1);
  figure.editedWeights = weights.map(([at]) => at);
}

/** A weight as text in the page's state: matrix, unit and column, both from 1. */
const placeText = ({ role, unit, column }: WeightPlace): string => `${role}${unit}.${column + 1}`;

const places = new Map<string, WeightPlace>();

/** Returns the same object for the same text, because a new object would count as a new choice. */
function placeOf(text: string): WeightPlace | undefined {
  const [, role, unit, column] = /^(.)(\d+)\.(\d+)$/.exec(text) ?? [];
  if (role === undefined) return undefined;
  const place = places.get(text) ?? {
    role: role as Role,
    unit: Math.max(1, Number(unit)),
    column: Math.max(0, Number(column) - 1),
  };
  places.set(text, place);
  return place;
}
