/**
 * Requests the numbers of a figure that needs more than the moment, at the pace of moments, while the figure is
 * visible. The function that is returned asks again, after a change that is not in the state.
 */

import type { FieldName, State } from '../state/state.ts';
import type { AnswerOf, RequestOf } from '../worker/protocol.ts';
import { translate } from '../shared/translate.ts';
import type { App } from './app.ts';

/** The lanes of figures that need more than the moment. */
type FigureLane = 'arithmetic' | 'backward' | 'forecast' | 'linearProbe' | 'timing' | 'words';

interface Question<L extends FigureLane> {
  lane: L;
  /** The fields of the state that the figure depends on. */
  fields: readonly FieldName[];
  request: (state: State) => RequestOf<L>;
  show: (answer: AnswerOf<L>, state: State) => void;
}

export function requestForFigure<L extends FigureLane>(
  app: App,
  figure: HTMLElement,
  { lane, fields, request, show }: Question<L>,
): () => void {
  const { client, outdated, parts, visibility } = app;
  const run = app.runOf(figure);
  const { inspection, training } = run;
  let last = '';
  /** No answer has come. Another figure of the same lane may have asked since, and then none comes. */
  let waits = false;
  outdated.watch(figure, fields, run.of);
  const ask = (): void => {
    const state = inspection.asking;
    if (!state || !visibility.has(figure)) return;
    const wanted = request(state);
    const key = JSON.stringify(wanted);
    if (key === last) return;
    last = key;
    waits = true;
    outdated.busy(figure, true);
    client.ask(
      lane,
      wanted,
      {
        answer: (answer) => {
          waits = false;
          parts.setNotice('notices', '', lane);
          show(answer, state);
          outdated.drawn(figure, state);
        },
        failed: ({ message }) => {
          last = '';
          outdated.busy(figure, false);
          parts.setNotice('notices', message, lane);
        },
      },
      run.name,
    );
  };
  visibility.watch(figure, () => {
    if (waits) last = '';
    ask();
  });
  inspection.listenBeside(ask);
  const again = (): void => {
    last = '';
    ask();
  };
  /* an error is out of date once a new moment has arrived */
  inspection.listen(() => parts.setNotice('notices', '', lane));
  training.listenToChoices(() => {
    outdated.renew(figure, translate('This figure still shows the network before this training.'));
    last = '';
  });
  app.player.listenToStops(() => {
    last = '';
  });
  app.listenToArrivals(again);
  ask();
  return ask;
}
