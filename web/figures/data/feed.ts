/** The sequences of a run, each with its target and the network's answer at the moment that is shown. */

import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { namesOf } from '../../shared/data-names.ts';
import { translate } from '../../shared/translate.ts';
import { RUN } from '../../state/config.ts';
import './element.ts';
import type { RnnData } from './element.ts';

export function feed(app: App, figure: RnnData): void {
  const { outdated, store } = app;
  const { data, inspection, training, of } = app.runOf(figure);
  outdated.watch(figure, [...RUN, 'at', 'file'], of);

  /** The answers to the shown sequences, or none if the network was asked about others. */
  const showAnswers = (): void => {
    const { seen } = inspection;
    const fitting = seen && data.areOf(seen.state) ? seen : undefined;
    figure.predictions = fitting?.moment.predictions ?? [];
    figure.classes = fitting?.moment.answers?.classes ?? [];
    figure.right = fitting?.moment.answers?.right ?? [];
    if (fitting) outdated.drawn(figure, fitting.state);
    outdated.busy(figure, inspection.busy);
  };
  const showState = (): void => {
    figure.sample = store.state.sample;
    figure.wrong = store.state.wrong;
  };
  data.listen(({ task, x, y, request }) => {
    Object.assign(figure, { x, y, timesteps: request.steps, features: task.features });
    figure.loss = task.loss;
    figure.names = namesOf(task);
    figure.outputs = task.classes ?? 1;
    showAnswers();
  });
  inspection.listen(showAnswers);
  inspection.listenToSentence(() => outdated.busy(figure, inspection.busy));
  training.listenToChoices(() =>
    outdated.renew(figure, translate('This figure still shows the network before this training.')),
  );
  store.listen(showState);
  showState();
  listenTo(figure, 'rnn-sample', ({ sample }) => store.change({ sample }));
  listenTo(figure, 'rnn-wrong', ({ wrong }) => store.change({ wrong }));
}
