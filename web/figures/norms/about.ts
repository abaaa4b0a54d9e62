/** The norms of the gradient at all time steps of backpropagation through time. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const norms: Figure = {
  selector: 'rnn-norms',
  room: [358, 376, 400],
  load: () => import('./feed.ts'),
  views: {
    norms: {
      parts: ['#place'],
      controls: ['step', 'play', 'speed', 'sequence', 'pictures'],
      height: [700, 760, 985],
      main: 'rnn-norms',
      walks: 'time, backward',
      name: translate('The size of the gradient through time'),
    },
  },
  picture: () => ({
    name: 'gradient-norms',
    title: translate('The size of the gradient through time'),
    parts: '.title, .plot, .key > span:not(.absent), figcaption',
    words: 'figcaption',
  }),
};
