/** The shown sequence, which the reader can change. `features/change-data.ts` applies the changes. */

import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { namesOf } from '../../shared/data-names.ts';
import { placeOf } from '../../state/custom-data.ts';
import './element.ts';
import type { RnnSequence } from './element.ts';

export function feed(app: App, figure: RnnSequence): void {
  const { store } = app;
  const { data } = app.runOf(figure);
  const show = (): void => {
    const { state } = store;
    const { sequences } = data;
    if (!sequences || sequences.request.samples <= state.sample) return;
    const { x, y, task, request } = sequences;
    const [width, readouts] = [x.length / request.samples, y.length / request.samples];
    figure.x = x.subarray(state.sample * width, (state.sample + 1) * width);
    figure.y = y.subarray(state.sample * readouts, (state.sample + 1) * readouts);
    figure.timesteps = request.steps;
    figure.features = task.features;
    figure.loss = task.loss;
    figure.classes = task.classes ?? 2;
    figure.names = namesOf(task);
    figure.range = data.range;
    figure.timestep = state.t;
    figure.feature = state.feature - 1;
    figure.changed = state.changes
      .map(([place]) => placeOf(place))
      .filter((one) => one.sample === state.sample && !one.target)
      .map((one) => one.index);
  };
  data.listen(show);
  store.listen(show);
  listenTo(figure, 'rnn-timestep', ({ timestep }) => store.change({ t: timestep }));
  listenTo(figure, 'rnn-feature', ({ feature }) => store.change({ feature: feature + 1 }));
}
