/** The norms of ∂L/∂h_t at the moment that is shown, of one sequence or of the next batch. */

import type { App } from '../../app/app.ts';
import { requestForFigure } from '../../app/figure-request.ts';
import { listenTo } from '../../app/listen-to.ts';
import { namesOf, wordsRead } from '../../shared/data-names.ts';
import { RUN } from '../../state/config.ts';
import { MOMENT } from '../../state/state.ts';
import './element.ts';
import type { RnnNorms } from './element.ts';

export function feed(app: App, figure: RnnNorms): void {
  const { store } = app;
  const { data, inspection } = app.runOf(figure);
  /* behind the curve stands the one from before the last change; a movement of a handle is one change, and a curve of
     another step of the lesson is not one to compare with */
  let moving = false;
  let { lesson } = store.state;
  requestForFigure(app, figure, {
    lane: 'backward',
    fields: [...RUN, ...MOMENT, 'layer', 'mean'],
    request: (state) => ({
      ...inspection.request(state),
      ...{ layer: state.layer, mean: state.mean, weight: 0 },
    }),
    show: ({ backward }, { mean, lesson: step }) => {
      const norms = backward?.norms.dH ?? [];
      if (step !== lesson) figure.ghost = [];
      else if (!moving && String(norms) !== String(figure.norms)) figure.ghost = figure.norms;
      lesson = step;
      moving = store.moving;
      figure.norms = norms;
      figure.rate = backward?.rateH;
      figure.mean = mean;
    },
  });
  const showState = (): void => {
    figure.timestep = store.state.t;
  };
  const showWords = (): void => {
    figure.words = wordsRead(namesOf(data.sequences?.task), inspection.moment?.trace);
  };
  data.listen(showWords);
  inspection.listen(showWords);
  store.listen(showState);
  store.listenToDrags({
    start: () => {
      moving = true;
      figure.ghost = figure.norms;
    },
  });
  showState();
  listenTo(figure, 'rnn-timestep', ({ timestep }) => store.change({ t: timestep }));
}
