/** The text that the network of the page's moment writes after the reader's words. */

import type { App } from '../../app/app.ts';
import { requestForFigure } from '../../app/figure-request.ts';
import { listenTo } from '../../app/listen-to.ts';
import { END, RUN } from '../../state/config.ts';
import { TABLE } from '../../state/state.ts';
import './element.ts';
import type { RnnNextWords } from './element.ts';

/** A full stop at the end of an address would be taken for the end of a sentence. */
const wordsOf = (prompt: string): string => prompt.replaceAll('_', ' ').replaceAll('-', '.');

export function feed(app: App, figure: RnnNextWords): void {
  const run = app.runOf(figure);
  const { inspection, training } = run;
  const showState = (): void => {
    const { prompt, temperature, draw } = app.store.state;
    Object.assign(figure, { at: run.state?.at ?? END, prompt: wordsOf(prompt), temperature, draw });
  };
  requestForFigure(app, figure, {
    lane: 'words',
    fields: [...RUN, 'at', 'file', 'cut', 'prompt', 'temperature', 'draw'],
    request: (state) => {
      const { prompt, temperature, draw } = state;
      return { ...inspection.request(state), prompt: wordsOf(prompt), temperature, draw };
    },
    show: (answer) => Object.assign(figure, { answer }),
  });
  app.store.listen(showState);
  showState();
  training.want(() => app.visibility.has(figure));
  listenTo(figure, 'rnn-prompt', ({ prompt, temperature, draw }) => {
    const words = prompt.match(/[\p{L}\p{N}]+|\./gu);
    if (!words) {
      showState();
      return;
    }
    /* between full stops the address needs more characters than the text */
    while (words.length > 1 && words.join('_').length > TABLE.prompt.most) words.pop();
    app.store.change({ prompt: words.join('_').replaceAll('.', '-'), temperature, draw });
  });
  listenTo(figure, 'rnn-cursor', ({ epoch = 0 }) => {
    const { epochs = 0, batches = 0 } = figure.answer ?? {};
    app.store.change({ at: epoch === epochs ? END : epoch * batches });
  });
}
