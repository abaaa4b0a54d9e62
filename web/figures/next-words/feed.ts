/** The text that the network of the page's moment writes after the reader's words. */

import type { App } from '../../app/app.ts';
import { requestForFigure } from '../../app/figure-request.ts';
import { listenTo } from '../../app/listen-to.ts';
import { END, RUN } from '../../state/config.ts';
import './element.ts';
import type { RnnNextWords } from './element.ts';

export function feed(app: App, figure: RnnNextWords): void {
  const run = app.runOf(figure);
  const { inspection, training } = run;
  const showState = (): void => {
    figure.at = run.state?.at ?? END;
  };
  const ask = requestForFigure(app, figure, {
    lane: 'words',
    fields: [...RUN, 'at', 'file', 'cut'],
    request: (state) => {
      const { prompt, temperature, draw } = figure;
      return { ...inspection.request(state), prompt, temperature, draw };
    },
    show: (answer) => Object.assign(figure, { answer }),
  });
  app.store.listen(showState);
  showState();
  training.want(() => app.visibility.has(figure));
  listenTo(figure, 'rnn-prompt', ask);
  listenTo(figure, 'rnn-cursor', ({ epoch = 0 }) => {
    const { epochs = 0, batches = 0 } = figure.answer ?? {};
    app.store.change({ at: epoch === epochs ? END : epoch * batches });
  });
}
