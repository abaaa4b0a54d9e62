/** `figures.js`: defines `<rnn-figure>`. Loaded twice, or as a module, it is the same. */

import { RnnFigure } from './rnn-figure.ts';

if (!customElements.get('rnn-figure')) customElements.define('rnn-figure', RnnFigure);
