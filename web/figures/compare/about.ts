/** Two runs on the same axes. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const compare: Figure = {
  selector: 'rnn-compare',
  room: [346, 346, 500],
  load: () => import('./feed.ts'),
  picture: (figure) => ({
    name: 'compared-curves',
    title: figure.shadowRoot?.querySelector('figure')?.getAttribute('aria-label') ?? translate('Two charts'),
    parts: '.pair, .key > span, figcaption',
    words: 'figcaption',
  }),
};
