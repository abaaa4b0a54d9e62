/** The scatter plot of a page: the data of its run at one time step, or at all of them. */

import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { namesOf } from '../../shared/data-names.ts';
import { translate } from '../../shared/translate.ts';
import { DATA } from '../../state/config.ts';
import './element.ts';
import type { RnnScatter } from './element.ts';

export function feed(app: App, figure: RnnScatter): void {
  const { outdated, store } = app;
  const { data, of } = app.runOf(figure);
  outdated.watch(figure, [...DATA, 'point'], of);
  const draw = (): void => {
    const { sequences } = data;
    const { point, dot } = store.state;
    figure.timestep = point;
    figure.sample = dot < 0 ? undefined : dot;
    const state = of(store.state);
    if (!sequences || !state) return;
    const { x, y, request } = sequences;
    if (x.length !== state.samples * state.steps) {
      outdated.busy(figure, true);
      return;
    }
    figure.x = x;
    figure.y = y;
    figure.timesteps = request.steps;
    figure.names = namesOf(sequences.task);
    figure.threshold =
      request.task === 'first' ? { value: 0.5, label: translate('y = 1 above ½'), timestep: 1 } : undefined;
    outdated.drawn(figure, { ...store.state, ...request });
  };
  data.listen(draw);
  store.listen(draw);
  listenTo(figure, 'rnn-timestep', ({ timestep }) => store.change({ point: timestep }));
  listenTo(figure, 'rnn-sample', ({ sample, chosen }) => {
    if (chosen) store.change({ dot: sample ?? -1 });
  });
}
