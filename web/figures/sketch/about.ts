/** A curve that the reader draws before the run's curve is shown. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const sketch: Figure = {
  selector: 'rnn-sketch',
  room: [500, 500, 500],
  load: () => import('./feed.ts'),
  views: {
    sketch: {
      parts: [],
      controls: [],
      height: [530, 530, 560],
      main: 'rnn-sketch',
      name: translate('Sketch a curve'),
    },
  },
  picture: () => ({
    name: 'sketch',
    title: translate('Sketch a curve'),
    parts: '.title, .plot, .key > span, .result',
    words: '#summary, .result',
  }),
};
