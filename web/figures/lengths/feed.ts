/**
 * The weights of the moment that is shown, read at other lengths. The short lengths are measured first, and alone while a
 * handle is held.
 */

import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { measureName, metricOf } from '../../app/run-series.ts';
import { translate } from '../../shared/translate.ts';
import { configOf, OWN_TASK, RUN } from '../../state/config.ts';
import { TABLE } from '../../state/state.ts';
import './element.ts';
import type { RnnLengths } from './element.ts';
import { LENGTHS } from './lengths.ts';

/** Up to this length, measuring is quick: all lengths together take fifteen times as long. */
const SOON = 20;
const FIELDS = [...RUN, 'at', 'file'] as const;

export function feed(app: App, figure: RnnLengths): void {
  const { client, outdated, parts, store, visibility } = app;
  const run = app.runOf(figure);
  const { inspection, training, data } = run;
  let last = '';
  /** The network whose short lengths are shown. */
  let shown = '';
  outdated.watch(figure, FIELDS, run.of);

  const ask = (): void => {
    const state = inspection.asking;
    if (!state || !visibility.has(figure) || !training.current) return;
    const config = configOf(state);
    const { at, file } = state;
    const network = JSON.stringify({ ...config, at, file });
    const quick = network !== shown;
    if (!quick && store.moving) return;
    const lengths = quick ? LENGTHS.filter((length) => length <= SOON) : LENGTHS;
    const request = { ...config, at, file, within: training.within(config), lengths };
    const key = JSON.stringify(request);
    if (key === last) return;
    last = key;
    outdated.busy(figure, true);
    client.ask(
      'lengths',
      request,
      {
        answer: ({ values }) => {
          parts.setNotice('notices', '', 'lengths');
          figure.values = values;
          figure.trainedAt = config.steps;
          const { task, chance } = data.sequences ?? {};
          const measured = training.current && metricOf(training.current.run);
          figure.quantity = measured ? measureName(measured, task) : '';
          figure.chance = measured === 'accuracy' ? task?.chance : undefined;
          figure.chanceBand = measured === 'accuracy' ? chance : undefined;
          figure.note =
            state.task === OWN_TASK ? translate('Your own data have one length, so no other length can be read.') : '';
          outdated.drawn(figure, state);
          shown = network;
          ask();
        },
        failed: ({ message }) => {
          last = '';
          outdated.busy(figure, false);
          parts.setNotice('notices', message, 'lengths');
        },
      },
      run.name,
    );
  };
  const showState = (): void => {
    const { state } = run;
    if (state) figure.length = state.length || state.steps;
  };

  visibility.watch(figure, ask);
  training.listenToRuns(ask);
  training.want(() => visibility.has(figure));
  data.listen(ask);
  inspection.listenBeside(ask);
  store.listenToDrags({ end: ask });
  store.listen(showState);
  listenTo(figure, 'rnn-length', ({ length }) => {
    const { state } = run;
    if (!state || length > TABLE.length.maximum) return;
    store.change({ length: length === state.steps ? 0 : length });
  });
  showState();
  ask();
}
