/** The sequences, each with its target and the answer of the network. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const data: Figure = {
  selector: 'rnn-data',
  room: [297, 366, 442],
  load: () => import('./feed.ts'),
  views: {
    data: {
      parts: ['#data'],
      controls: ['edit', 'bring', 'pictures'],
      height: [500, 540, 660],
      main: '#data',
      walks: 'sequence',
      name: translate('The data'),
    },
  },
  picture: () => ({
    name: 'sequences',
    title: translate('The sequences'),
    parts: '.notice, figure > [aria-hidden]',
    words: '#about, .controls output',
  }),
};
