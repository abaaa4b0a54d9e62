/** How well one trained network reads sequences of other lengths. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const lengths: Figure = {
  selector: 'rnn-lengths',
  room: [446, 446, 446],
  load: () => import('./feed.ts'),
  views: {
    lengths: {
      parts: ['#place'],
      controls: ['step', 'play', 'speed', 'pictures'],
      height: [705, 768, 940],
      main: 'rnn-lengths',
      walks: 'length',
      name: translate('The same network at other lengths'),
    },
  },
  picture: () => ({
    name: 'lengths',
    title: translate('The same network at other lengths'),
    parts: '.notice, .title, .plot, .key > span',
    words: '.notice, output',
  }),
};
