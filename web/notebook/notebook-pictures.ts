/** "Save picture" under the notebook's figures. */

import { offerPicture } from '../controls/save-picture.ts';
import type { State } from '../state/notebook-state.ts';
import type { NotebookStore, PageParts } from './notebook-parts.ts';
import { translate } from '../shared/translate.ts';

/** Figures by id: their names for those who hear the page, and which moment they show. */
const FIGURES = {
  compare: [translate('the comparison'), ({ epochs }) => [`epoch-${epochs}`]],
  scatter: [translate('the scatter plot'), () => []],
  accuracy: [translate('the accuracy'), ({ epochs }) => [`epoch-${epochs}`]],
  loss: [translate('the loss'), ({ epochs }) => [`epoch-${epochs}`]],
  figure: [
    translate('the network'),
    ({ trained, edits }) => [`epoch-${trained}`, ...(edits.length > 0 ? ['what-if'] : [])],
  ],
} as const satisfies Record<string, readonly [string, (state: State) => readonly string[]]>;

/** `link` tells the address of what is shown. */
export function offerPictures(places: PageParts, store: NotebookStore, link: () => string): void {
  for (const [id, [name, when]] of Object.entries(FIGURES))
    offerPicture(places.byId(id as keyof typeof FIGURES), name, () => ({ link: link(), name: when(store.state) }));
}
