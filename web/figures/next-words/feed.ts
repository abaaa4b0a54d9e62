/** The text that the network of the page's moment writes after the reader's words. */

import type { App } from '../../app/app.ts';
import { requestForFigure } from '../../app/figure-request.ts';
import { listenTo } from '../../app/listen-to.ts';
import { AGREEMENT_TASK, END, OWN_TASK, RUN } from '../../state/config.ts';
import { type State, TABLE } from '../../state/state.ts';
import './element.ts';
import type { RnnNextWords } from './element.ts';

/** Words, with the marks within them, and single marks. */
const TOKENS = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;

const wordsOf = (prompt: string): string =>
  prompt
    .replace(/_+/g, ' ')
    .replaceAll('-', '.')
    .replace(/~([0-9a-f]{1,5})~/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

/**
 * Words as an address holds them. A mark at the end of an address would be taken for that of a sentence, so a full stop
 * is `-`, and another mark is its code: `don~27~t`.
 */
const promptWith = (words: readonly string[]): string =>
  words
    .join('_')
    .replace(/[^\p{L}\p{N}_.]/gu, (mark) => `~${(mark.codePointAt(0) as number).toString(16)}~`)
    .replaceAll('.', '-');

/** Other texts than the story begin with their own words, until the reader types others. */
const beginsOtherwise = (task: string | undefined): boolean => task === OWN_TASK || task === AGREEMENT_TASK;

const promptOf = ({ task, prompt }: Pick<State, 'task' | 'prompt'>): string =>
  beginsOtherwise(task) && prompt === TABLE.prompt.initial ? '' : wordsOf(prompt);

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
    const words = prompt.match(TOKENS);
    if (!words) {
      showState();
      return;
    }
    /* between full stops the address needs more characters than the text */
    while (words.length > 1 && promptWith(words).length > TABLE.prompt.most - 1) words.pop();
    const written = promptWith(words);
    /* the same words as those that an address leaves out, but typed */
    const typed = written === TABLE.prompt.initial ? written.replace('_', '__') : written;
    app.store.change({ prompt: beginsOtherwise(run.state?.task) ? typed : written, temperature, draw });
  });
  listenTo(figure, 'rnn-cursor', ({ epoch = 0 }) => {
    const { epochs = 0, batches = 0 } = figure.answer ?? {};
    app.store.change({ at: epoch === epochs ? END : epoch * batches });
  });
}
