/** How well one trained network reads sequences of other lengths. */

import type { Figure } from '../definition.ts';

export const lengths: Figure = {
  selector: 'rnn-lengths',
  room: 420,
  load: () => import('./feed.ts'),
};
