/** In place of the data that come with the pages, where a script leaves them out. */

import type { ShippedData } from '../worker/shipped-data.ts';
import { translate } from '../shared/translate.ts';

class NoShippedData implements Pick<ShippedData, 'make'> {
  make(): Promise<never> {
    return Promise.reject(
      new RangeError(
        translate(
          'figures.mjs does not hold the table and the text of the lesson. Use figures.js for a figure with these data.',
        ),
      ),
    );
  }
}

export { NoShippedData as ShippedData };
