/** Connects the controls of a training, which step and play through its moments. */

import '../controls/rnn-training.ts';
import type { RnnTraining } from '../controls/rnn-training.ts';
import { formatNumber } from '../shared/format.ts';
import { translate } from '../shared/translate.ts';
import { epochUpdates, type State } from '../state/state.ts';
import type { App } from './app.ts';
import { measureName, metricOf } from './run-series.ts';

export function trainingControls(app: App, controls: RnnTraining): void {
  const { player, store } = app;
  const { training } = app.run(store.page.played);

  /** Curves by epoch do not move between two epochs, so the metrics of the last batch are shown in words. */
  const batchFigures = (): string => {
    const run = training.current?.run;
    const [loss, metric] = [run?.batchLoss[training.now - 1], run?.batchMetric[training.now - 1]];
    if (!run || loss === undefined || metric === undefined) return '';
    const [one, other] = [formatNumber(loss, 4), formatNumber(metric, 4)];
    const measure = measureName(metricOf(run), app.run(store.page.played).data.sequences?.task);
    return translate(`The loss of this batch was ${one}, and its ${measure} was ${other}.`);
  };
  const show = (): void => {
    controls.whole = training.end;
    controls.reach = training.reach;
    controls.updates = training.now;
    controls.running = player.playing;
    controls.speed = Number(store.state.speed);
    controls.epochUpdates = epochUpdates(store.state);
    controls.figures = batchFigures();
  };
  controls.addEventListener('rnn-training', ({ detail: { action } }) => player.act(action));
  controls.addEventListener('rnn-seek', ({ detail: { updates } }) => {
    player.play(false);
    player.goTo(updates);
  });
  controls.addEventListener('rnn-speed', ({ detail: { speed } }) =>
    store.change({ speed: String(speed) as State['speed'] }),
  );
  app.listenToRefusals((refused) => {
    controls.stopped = refused;
  });
  training.listen(show);
  training.listenToRuns(show);
  player.listen(show);
  store.listen(show);
  training.want();
  show();
}
