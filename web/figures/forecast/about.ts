/** The forecasts of a table's new time, beside what came, and how far each forecast is off. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const forecast: Figure = {
  selector: 'rnn-forecast',
  room: [470, 470, 520],
  load: () => import('./feed.ts'),
  picture: () => ({
    name: 'forecast',
    title: translate('Forecasts of the next day'),
    parts: '.title, .plot, .bars',
    words: 'output',
  }),
};
