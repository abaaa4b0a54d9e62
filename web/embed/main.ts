/** `figures.js`: defines `<rnn-figure>`. Loaded twice, or as a module, it is the same. */

import { define } from '../shared/define.ts';
import { RnnFigure } from './rnn-figure.ts';

define('rnn-figure', RnnFigure);
