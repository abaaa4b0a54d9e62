/** A recurrent network as a picture: one cell with a loop, or one column for each time step. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const unrolled: Figure = {
  selector: 'rnn-unrolled',
  room: [400, 400, 400],
  load: () => import('./feed.ts'),
  views: {
    unrolled: {
      parts: ['#place'],
      controls: ['sequence', 'what-if', 'pictures'],
      height: [860, 940, 920],
      main: 'rnn-unrolled',
      walks: 'time',
      name: translate('A recurrent network, unrolled'),
    },
  },
  picture: ({ fold = 0 }) => ({
    name: fold < 0.5 ? 'unrolled' : 'folded',
    title: fold < 0.5 ? translate('A recurrent network, unrolled') : translate('A recurrent network, folded'),
    parts: '.caption, .plot, .legend',
    words: '#description, #sentence',
  }),
};
