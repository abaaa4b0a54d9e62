/** The same run from many seeds. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const many: Figure = {
  selector: 'rnn-many',
  room: [4, 4, 4],
  load: () => import('./feed.ts'),
  views: {
    many: {
      parts: ['.many'],
      controls: ['pictures'],
      height: [630, 690, 790],
      main: '#many',
      name: translate('A hundred runs'),
    },
  },
  picture: (figure) => ({
    name: 'many-runs',
    title: (figure.shadowRoot?.querySelector('#title')?.textContent ?? '').trim(),
    parts: '.notice, .title, .plot, .key > span, figcaption',
    words: '#about, figcaption',
  }),
};
