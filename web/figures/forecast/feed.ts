/** The forecasts of the page's network for the new time of its table. */

import type { App } from '../../app/app.ts';
import { requestForFigure } from '../../app/figure-request.ts';
import { listenTo } from '../../app/listen-to.ts';
import { inUnit } from '../../shared/shared-sentences.ts';
import { configOf, OWN_TASK, RUN } from '../../state/config.ts';
import './element.ts';
import type { RnnForecast } from './element.ts';

export function feed(app: App, figure: RnnForecast): void {
  const run = app.runOf(figure);
  const { inspection, training, data } = run;
  /* the number of the first new sequence: those of a table are numbered on from those of its training */
  let first = 0;
  /** What-if changes of the inputs change the forecast of the day that is shown. */
  const showState = (): void => {
    const { state } = run;
    if (!state) return;
    const { seen } = inspection;
    const target = data.sequences?.task.target;
    const changed =
      state.edits.length > 0 && state.sample >= first && seen?.state.sample === state.sample && target !== undefined;
    Object.assign(figure, {
      timesteps: state.steps,
      day: state.sample - first,
      answer: changed ? inUnit(target, seen.moment.trace.prediction.at(-1) as number) : undefined,
    });
  };
  requestForFigure(app, figure, {
    lane: 'forecast',
    fields: [...RUN, 'at', 'file', 'cut', 'reset', 'shuffled'],
    request: (state) => {
      const { at, file, cut, reset, shuffled } = state;
      const config = configOf(state);
      return { ...config, at, file, cut, reset, shuffled, within: training.within(config) };
    },
    show: ({ target: { name, unit, digits }, ...forecasts }) => {
      ({ first } = forecasts);
      Object.assign(figure, { ...forecasts, unit, digits, name: run.state?.task === OWN_TASK ? name : '' });
      showState();
    },
  });
  training.want(() => app.visibility.has(figure));
  inspection.listen(showState);
  data.listen(showState);
  app.store.listen(showState);
  listenTo(figure, 'rnn-sample', ({ sample = 0 }) => app.store.change({ sample: first + sample, edits: [] }));
  showState();
}
