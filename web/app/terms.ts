/** A term of the arithmetic and its source in the network light up together, whichever of the two is pointed at. */

import { litOf } from '../symbols/highlight-event.ts';
import type { PageParts } from './lab-parts.ts';

export class Terms {
  constructor(places: PageParts) {
    const [figure, arithmetic] = [places.byId('figure'), places.byId('arithmetic')];
    figure.addEventListener('rnn-term', ({ detail }) => {
      arithmetic.lit = litOf(detail);
    });
    arithmetic.addEventListener('rnn-term', ({ detail }) => {
      figure.lit = litOf(detail);
    });
  }
}
