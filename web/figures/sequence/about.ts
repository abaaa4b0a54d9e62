/** The sequence that is shown, to be changed. */

import type { Figure } from '../definition.ts';

export const sequence: Figure = {
  selector: 'rnn-sequence',
  room: [200, 200, 200],
  load: () => import('./feed.ts'),
};
