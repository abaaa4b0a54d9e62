/** Finds settings close to the reader's own with which backpropagation through time makes the gradient vanish. */

import { translate } from '../shared/translate.ts';
import { configOf } from '../state/config.ts';
import type { App } from './app.ts';

export function showVanishing({ client, store, inspected: { inspection } }: App): void {
  const { state } = store;
  const { sample, layer } = state;
  client.ask(
    'vanishing',
    { ...configOf(state), sample, layer },
    {
      answer: ({ change }) => {
        if (change) store.change({ mean: false, ...change });
        else inspection.say(translate('No similar settings were found that let the gradient of this sequence vanish.'));
      },
      failed: ({ message }) => inspection.say(message),
    },
  );
}
