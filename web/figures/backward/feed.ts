/** Backpropagation through time in the shown layer, for one sequence or for the next batch. */

import { requestForFigure } from '../../app/figure-request.ts';
import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { showVanishing } from '../../app/vanishing.ts';
import { namesOf, wordsRead } from '../../shared/data-names.ts';
import { unlabelled } from '../../shared/shared-sentences.ts';
import { RUN, stepsRead } from '../../state/config.ts';
import { MOMENT, partOf, type State } from '../../state/state.ts';
import '../../controls/rnn-symbol.ts';
import './element.ts';
import type { RnnBackward } from './element.ts';

/** The settings that choose the gradient and the checked weight. */
const PLACE = ['layer', 'mean', 'weight'] as const;

/** How far back the part of the update that acts has come: 0 once all gradients are added up. */
function reached(state: State): number {
  const steps = stepsRead(state);
  const acting = partOf(state.slow, steps);
  if (acting?.part === 'backward') return acting.t;
  return acting?.part === 'sum' || acting?.part === 'move' ? 0 : steps + 1;
}

export function feed(app: App, figure: RnnBackward): void {
  const { store } = app;
  const { data, inspection } = app.runOf(figure);
  requestForFigure(app, figure, {
    lane: 'backward',
    fields: [...RUN, ...MOMENT, ...PLACE],
    request: (state) => ({
      ...inspection.request(state),
      ...{ layer: state.layer, mean: state.mean, weight: state.weight },
    }),
    show: ({ backward, check, largest, labels }, { mean, weight }) => {
      if (mean) figure.batch = backward;
      else figure.sequence = backward;
      figure.mean = mean;
      figure.check = check;
      figure.weight = check?.parameter ?? weight;
      figure.unlabelled = unlabelled(labels, data.sequences?.task);
      figure.largest = largest;
    },
  });
  const showState = (): void => {
    const { state } = store;
    figure.timestep = state.t;
    figure.unit = state.unit || undefined;
    figure.layer = state.layer;
    figure.layers = state.layers;
    figure.joined = state.layer < state.layers || data.sequences?.task.returnSequences === true;
    figure.state = state.gradient;
    if (figure.rows === 'update') figure.until = reached(state);
  };
  const showNames = (): void => {
    figure.names = namesOf(data.sequences?.task);
    figure.words = wordsRead(figure.names, inspection.moment?.trace);
  };
  inspection.listen(({ moment }) => {
    figure.tensors = moment.tensors;
    showNames();
  });
  data.listen(({ task }) => {
    /* The task may arrive after the moment. It gives the reason for a missing label. */
    if (inspection.moment) figure.unlabelled = unlabelled(inspection.moment.labels, task);
    showNames();
    showState();
  });
  store.listen(showState);
  showState();
  figure.offers = true;
  figure.addEventListener('rnn-vanish', () => showVanishing(app));
  listenTo(figure, 'rnn-timestep', ({ timestep }) => store.change({ t: timestep }));
  listenTo(figure, 'rnn-unit', ({ unit }) => store.change({ unit: unit ?? 0 }));
  listenTo(figure, 'rnn-layer', ({ layer }) => store.change({ layer }));
  listenTo(figure, 'rnn-strips', ({ state }) => store.change({ gradient: state }));
  listenTo(figure, 'rnn-mean', ({ mean }) => store.change({ mean }));
  listenTo(figure, 'rnn-weight', ({ index }) => store.change({ weight: index }));
}
