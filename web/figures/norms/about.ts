/** The norms of the gradient on its way back through time, for all time steps at once. */

import type { Figure } from '../definition.ts';

export const norms: Figure = {
  selector: 'rnn-norms',
  room: 330,
  load: () => import('./feed.ts'),
};
