/** What the last hidden state of the page's moment knows of each number that was read. */

import type { App } from '../../app/app.ts';
import { requestForFigure } from '../../app/figure-request.ts';
import { listenTo } from '../../app/listen-to.ts';
import { featureName, namesOf } from '../../shared/data-names.ts';
import { translate } from '../../shared/translate.ts';
import { configOf, RUN } from '../../state/config.ts';
import './element.ts';
import type { RnnLinearProbe } from './element.ts';

export function feed(app: App, figure: RnnLinearProbe): void {
  const { store, visibility } = app;
  const run = app.runOf(figure);
  const { training } = run;
  requestForFigure(app, figure, {
    lane: 'linearProbe',
    fields: [...RUN, 'at', 'file', 'cut', 'reset'],
    request: (state) => {
      const { at, file, cut, reset } = state;
      const config = configOf(state);
      return { ...config, at, file, cut, reset, within: training.within(config) };
    },
    show: (answer) => Object.assign(figure, answer),
  });
  run.data.listen(({ task }) => {
    const names = namesOf(task);
    const name = featureName(names, 0);
    figure.subject =
      name === undefined
        ? translate('each number')
        : names.tokens
          ? translate(`whether each word is ${name}`)
          : translate(`${name} at each time step`);
  });
  const showState = (): void => {
    figure.timestep = store.state.t;
  };
  store.listen(showState);
  showState();
  training.want(() => visibility.has(figure));
  listenTo(figure, 'rnn-timestep', ({ timestep }) => store.change({ t: timestep }));
}
