/** A term of the arithmetic and its source in the network light up together, whichever of the two is pointed at. */

import { type Lit, litOf } from '../symbols/highlight-event.ts';
import type { PageParts } from './lab-parts.ts';

export class Terms {
  constructor(places: PageParts) {
    const [figure, arithmetic] = [places.byId('figure'), places.byId('arithmetic')];
    const heard = (event: Event): Lit | undefined => litOf((event as CustomEvent<Partial<Lit>>).detail);
    figure.addEventListener('rnn-term', (event) => {
      arithmetic.lit = heard(event);
    });
    arithmetic.addEventListener('rnn-term', (event) => {
      figure.lit = heard(event);
    });
  }
}
