/** x against y, at one time step or at all of them. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const scatter: Figure = {
  selector: 'rnn-scatter',
  room: [340, 340, 340],
  load: () => import('./feed.ts'),
  picture: () => ({
    name: 'scatter',
    title: translate('x against y'),
    parts: '.head, .plot, .axis',
    words: '.visually-hidden, .readout',
  }),
};
