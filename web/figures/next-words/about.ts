/** A text as columns: each word that the network reads, and above it the words that it expects next. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const nextWords: Figure = {
  selector: 'rnn-next-words',
  room: [460, 460, 500],
  load: () => import('./feed.ts'),
  picture: () => ({
    name: 'next-words',
    title: translate('The next word'),
    parts: '.title, .text, .columns',
    words: '.text, output',
  }),
};
