/** How long the network takes to read, and which steps wait for each other. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const timing: Figure = {
  selector: 'rnn-timing',
  room: [420, 420, 460],
  load: () => import('./feed.ts'),
  picture: () => ({
    name: 'timing',
    title: translate('Steps that wait for each other'),
    /* times are left out: they belong to one machine and one moment, so they say nothing on paper */
    parts: '.drawing, figcaption',
    words: 'figcaption',
  }),
};
