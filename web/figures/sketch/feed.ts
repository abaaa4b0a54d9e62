/**
 * The run that the sketch is compared with: its metric (`quantity="metric"`) or its loss, on its training data
 * (`of="training"`) or on new data.
 */

import type { App } from '../../app/app.ts';
import { measureName, metricOf, references, series, stopOf } from '../../app/run-series.ts';
import { roundUp } from '../../shared/format.ts';
import { divergence } from '../../shared/shared-sentences.ts';
import { translate } from '../../shared/translate.ts';
import { RUN } from '../../state/config.ts';
import type { Run } from '../../worker/protocol.ts';
import './element.ts';
import type { RnnSketch } from './element.ts';

export function feed(app: App, figure: RnnSketch): void {
  const { outdated, store } = app;
  const run = app.runOf(figure);
  const { training, data } = run;
  outdated.watch(figure, RUN, run.of);

  const draw = (): void => {
    outdated.busy(figure, training.busy);
    const { shown } = training;
    const { state } = run;
    if (!state) return;
    const trained = shown?.run;
    const config = shown?.config ?? state;
    const { task } = data.sequences ?? {};
    const judged = task?.loss === 'mean_squared_error' ? 'mean_absolute_error' : 'accuracy';
    const quantity = figure.quantity === 'loss' ? 'loss' : trained ? metricOf(trained) : judged;
    const isNew = figure.of === 'new';
    const found =
      trained && series(trained, quantity, config.split, false).find(({ role }) => (role === 'fresh') === isNew);
    figure.moving = store.moving;
    figure.measure = measureName(quantity, task);
    figure.epochs = config.epochs;
    figure.lines = references(quantity, data.sequences, false);
    figure.run = found && (isNew ? { ...found, label: translate('new data') } : found);
    figure.diverged = trained && stopOf(trained, false);
    /* the axis does not depend on what is to be guessed */
    const untrained = (quantity === 'loss' ? trained?.batchLoss[0] : trained?.batchMetric[0]) ?? 1;
    figure.limits =
      quantity === 'accuracy' ? [0, 1] : [0, roundUp(Math.max(untrained, ...figure.lines.map(({ value }) => value)))];
    figure.notice = trained
      ? noticeOf(trained, found !== undefined)
      : translate('The network has not been trained yet, so there is no curve to compare with.');
    if (!shown) return;
    outdated.drawn(figure, { ...state, ...config });
    outdated.busy(figure, training.busy);
  };

  training.listenToRuns(draw);
  training.listen(() => outdated.busy(figure, training.busy));
  data.listen(draw);
  training.want();
  store.listenToDrags({ start: draw, end: draw });
  draw();
}

function noticeOf({ history, batches }: Run, measured: boolean): string {
  if (history.diverged) return divergence(history.diverged, batches);
  return measured ? '' : translate('This run was not measured on new data.');
}
