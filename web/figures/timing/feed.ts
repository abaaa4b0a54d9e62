/** Times that the worker measures. The weights do not matter for them, so nothing is trained. */

import type { App } from '../../app/app.ts';
import { requestForFigure } from '../../app/figure-request.ts';
import { listenTo } from '../../app/listen-to.ts';
import { configOf, RUN } from '../../state/config.ts';
import './element.ts';
import type { RnnTiming } from './element.ts';
import { readingsOf } from './readings.ts';

export function feed(app: App, figure: RnnTiming): void {
  if (figure.shows === 'tree') return;
  let round = 0;
  const ask = requestForFigure(app, figure, {
    lane: 'timing',
    fields: RUN,
    request: (state) => ({
      ...configOf(state),
      readings: readingsOf(figure.shows, state.steps),
      measured: !figure.untimed && !app.store.moving,
      round,
    }),
    show: ({ readings }) => Object.assign(figure, { readings }),
  });
  app.store.listenToDrags({ end: ask });
  listenTo(figure, 'rnn-measure', () => {
    round += 1;
    ask();
  });
}
