/** The norms of the gradient on its way back through time, for all time steps at once. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const norms: Figure = {
  selector: 'rnn-norms',
  room: [330, 330, 330],
  load: () => import('./feed.ts'),
  picture: () => ({
    name: 'gradient-norms',
    title: translate('The size of the gradient through time'),
    parts: '.title, .plot, figcaption',
    words: 'figcaption',
  }),
};
