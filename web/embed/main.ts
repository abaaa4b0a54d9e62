/** `figures.js` defines `<rnn-figure>`. Loading it twice, or as a module, makes no difference. */

import { define } from '../shared/define.ts';
import { RnnFigure } from './rnn-figure.ts';

define('rnn-figure', RnnFigure);
