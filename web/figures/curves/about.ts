/** The loss or the metric of a run, by epoch or by batch. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

const hyphens = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const curves: Figure = {
  selector: 'rnn-curves',
  room: [242, 242, 300],
  load: () => import('./feed.ts'),
  views: {
    training: {
      parts: ['#caption', '#diverged', '.curves'],
      controls: ['step', 'play', 'speed', 'by', 'pictures'],
      height: [660, 940, 1060],
      main: '#metric',
      walks: 'epoch',
      name: translate('The training'),
    },
  },
  picture: ({ heading, quantity }) => {
    const words = [...new Set([heading, quantity])].filter(Boolean).join(', ') || translate('Curves');
    return {
      name: `${hyphens(words)}-curves`,
      title: translate(`${words} by epoch`),
      parts: '.head, .plot, .key > span, figcaption',
      words: '#summary',
    };
  },
};
