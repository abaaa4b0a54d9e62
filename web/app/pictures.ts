/** Adds "Save picture" under each figure that has `data-picture`, which names the figure, and names the file. */

import { offerPicture } from '../controls/save-picture.ts';
import { epochUpdates, isFrozen, moment, type State } from '../state/state.ts';
import type { App } from './app.ts';

/** The moment, for the name of a file: the number of whole epochs, or else the number of updates. */
function when(state: State): string {
  const [updates, epoch] = [moment(state), epochUpdates(state)];
  return epoch > 0 && updates % epoch === 0 ? `epoch-${updates / epoch}` : `update-${updates}`;
}

function nameOf(app: App, figure: HTMLElement): string[] {
  const { state, name } = app.runOf(figure);
  /* the data alone and many runs have no moment */
  if (!state || figure.matches('rnn-many, rnn-scatter')) return [];
  if (figure.matches('rnn-compare, rnn-sketch, [data-captioned]')) return [`epoch-${state.epochs}`];
  return [...(name === 'b' ? ['b'] : []), when(state), ...(isFrozen(state) ? ['what-if'] : [])];
}

export function offerPictures(app: App): void {
  for (const figure of app.parts.all('[data-picture]'))
    offerPicture(figure, figure.dataset['picture'] ?? '', () => ({
      link: app.link() ?? app.store.address,
      name: nameOf(app, figure),
    }));
}
