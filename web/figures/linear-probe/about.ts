/** What a linear probe reads out of the last hidden state: R² of each number of the sequence. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const linearProbe: Figure = {
  selector: 'rnn-linear-probe',
  room: [430, 430, 460],
  load: () => import('./feed.ts'),
  picture: () => ({
    name: 'linear-probe',
    title: translate('What the last hidden state still knows'),
    parts: '.title, .legend, .plot, figcaption',
    words: 'figcaption',
  }),
};
