/** `<p data-show="what-if">` of the lab and of the notebook. Its sentences are loaded with the first change. */

import { figureMissing } from '../shared/shared-sentences.ts';
import { isFrozen } from '../state/state.ts';
import { setText } from './page-parts.ts';
import type { Values } from './values.ts';

let sentences: typeof import('./what-if-sentences.ts') | undefined;

export const whatIfValue: Values[string] = ({ store, nameOf, parts }, run, element) => {
  const show = (): void => {
    const { state } = run;
    if (!state || !isFrozen(state)) return;
    if (sentences) {
      setText(element, sentences.whatIf(state, run.inspection.moment, run.data.sequences?.task, nameOf(state.file)));
      return;
    }
    import('./what-if-sentences.ts').then(
      (loaded) => {
        sentences = loaded;
        show();
      },
      () => parts.setNotice('notices', figureMissing(), 'what-if'),
    );
  };
  store.listen(show);
  run.inspection.listen(show);
  run.data.listen(show);
};
