/** The text that the network of the page's moment writes after the reader's words. */

import type { App } from '../../app/app.ts';
import { requestForFigure } from '../../app/figure-request.ts';
import { listenTo } from '../../app/listen-to.ts';
import { END, OWN_TASK, RUN } from '../../state/config.ts';
import { type State, TABLE } from '../../state/state.ts';
import './element.ts';
import type { RnnNextWords } from './element.ts';

/** A full stop at the end of an address would be taken for the end of a sentence. */
const wordsOf = (prompt: string): string => prompt.replaceAll('_', ' ').replaceAll('-', '.');

/** The words to begin with. A text that the reader brought begins with its own, until the reader types others. */
const promptOf = ({ task, prompt }: Pick<State, 'task' | 'prompt'>): string =>
  task === OWN_TASK && prompt === TABLE.prompt.initial ? '' : wordsOf(prompt);

export function feed(app: App, figure: RnnNextWords): void {
  const run = app.runOf(figure);
  const { inspection, training } = run;
  const showState = (): void => {
    const { temperature, draw } = app.store.state;
    const { words = [], given = 0 } = figure.answer ?? {};
    const prompt = promptOf(app.store.state) || words.slice(0, given).join(' ');
    Object.assign(figure, { at: run.state?.at ?? END, prompt, temperature, draw });
  };
  requestForFigure(app, figure, {
    lane: 'words',
    fields: [...RUN, 'at', 'file', 'cut', 'prompt', 'temperature', 'draw'],
    request: (state) => {
      const { temperature, draw } = state;
      return { ...inspection.request(state), prompt: promptOf(state), temperature, draw };
    },
    show: (answer) => {
      figure.answer = answer;
      showState();
    },
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
