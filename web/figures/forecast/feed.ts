/** The forecasts of the page's network for the new time of its table. */

import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { inUnit } from '../../shared/shared-sentences.ts';
import { configOf, RUN } from '../../state/config.ts';
import type { Forecasts } from '../../worker/protocol.ts';
import './element.ts';
import type { RnnForecast } from './element.ts';

const FIELDS = [...RUN, 'at', 'file', 'cut', 'reset'] as const;

export function feed(app: App, figure: RnnForecast): void {
  const { client, outdated, parts, store, visibility } = app;
  const run = app.runOf(figure);
  const { inspection, training } = run;
  let last = '';
  outdated.watch(figure, FIELDS, run.of);

  const ask = (): void => {
    const state = inspection.asking;
    if (!state || !visibility.has(figure) || !training.current) return;
    const config = configOf(state);
    const { at, file, cut, reset } = state;
    const request = { ...config, at, file, cut, reset, within: training.within(config) };
    const key = JSON.stringify(request);
    if (key === last) return;
    last = key;
    outdated.busy(figure, true);
    client.ask(
      'forecast',
      request,
      {
        answer: (answer) => {
          parts.setNotice('notices', '', 'forecast');
          if (answer.target) draw(answer);
          outdated.drawn(figure, state);
          showState();
        },
        failed: ({ message }) => {
          last = '';
          outdated.busy(figure, false);
          parts.setNotice('notices', message, 'forecast');
        },
      },
      run.name,
    );
  };
  const draw = ({ target: { unit, digits }, ...forecasts }: Forecasts): void => {
    Object.assign(figure, { ...forecasts, unit, digits });
  };
  /** What-if changes of the inputs change the forecast of the day that is shown. */
  const showState = (): void => {
    const { state } = run;
    if (!state) return;
    const { seen } = inspection;
    const target = run.data.sequences?.task.target;
    const changed = state.edits.length > 0 && seen?.state.sample === state.sample && target !== undefined;
    Object.assign(figure, {
      timesteps: state.steps,
      day: state.sample - state.samples,
      answer: changed ? inUnit(target, seen.moment.trace.prediction.at(-1) as number) : undefined,
    });
  };

  visibility.watch(figure, ask);
  training.listenToRuns(ask);
  training.want(() => visibility.has(figure));
  inspection.listen(showState);
  inspection.listenBeside(ask);
  run.data.listen(showState);
  store.listenToDrags({ end: ask });
  store.listen(showState);
  /* the new sequences of a table are numbered on from those of its training */
  listenTo(figure, 'rnn-sample', ({ sample = 0 }) =>
    store.change({ sample: (run.state?.samples ?? 0) + sample, edits: [] }),
  );
  showState();
  ask();
}
