/** "Save picture" under each figure. */

import { offerPicture } from '../controls/save-picture.ts';
import { epochUpdates, isFrozen, type LabState, moment } from '../state/lab-state.ts';
import type { LabStore, PageParts } from './lab-parts.ts';
import { translate } from '../shared/translate.ts';

/** Figures by id, each with its name for those who hear the page. */
const FIGURES: Readonly<Record<string, string>> = {
  data: translate('the sequences'),
  metric: translate('the first chart'),
  loss: translate('the loss'),
  figure: translate('the network'),
  arithmetic: translate('the arithmetic'),
  backward: translate('the way back'),
  'metric-b': translate('the first chart of network B'),
  'loss-b': translate('the loss of network B'),
  'figure-b': translate('network B'),
  many: translate('the many runs'),
};

/** Which moment of the training: whole epochs by their number, between them updates. */
function when(state: LabState): string {
  const [updates, epoch] = [moment(state), epochUpdates(state)];
  return epoch > 0 && updates % epoch === 0 ? `epoch-${updates / epoch}` : `update-${updates}`;
}

/** The many runs have no moment: they are there as a whole. */
function nameOf(id: string, state: LabState): string[] {
  if (id === 'many') return [];
  return [...(id.endsWith('-b') ? ['b'] : []), when(state), ...(isFrozen(state) ? ['what-if'] : [])];
}

/** `link` tells the address of what is shown. */
export function offerPictures(places: PageParts, store: LabStore, link: () => string): void {
  const ids = Object.keys(FIGURES).map((id) => `#${id}`);
  for (const figure of places.all<HTMLElement>(ids.join())) {
    offerPicture(figure, FIGURES[figure.id] as string, () => ({ link: link(), name: nameOf(figure.id, store.state) }));
  }
}
