/**
 * A second network beside the first, with one setting different and the same data, seeds and cursor. It is the page's
 * run "b", and its figures are drawn as those of any run.
 */

import { caption as captionFor } from '../app/captions.ts';
import type { App } from '../app/app.ts';
import { divergence } from '../shared/shared-sentences.ts';
import { translate } from '../shared/translate.ts';
import type { Field } from '../state/fields.ts';
import { configOf, RUN } from '../state/config.ts';
import { COMPARED, initialComparison, otherOf, type State, TABLE } from '../state/state.ts';

export class CompareNetworks {
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    const { outdated, parts, store } = app;
    const compare = parts.byId<HTMLSelectElement>('compare');
    const caption = parts.byId('other-caption');
    if (!compare || !caption) return;
    compare.append(...COMPARED.map((name) => new Option(TABLE[name].label, name)));
    const select = parts.byId<HTMLSelectElement>('than-select');
    select?.addEventListener('change', () => store.change({ than: select.selectedIndex }));
    /* a new comparison begins with a value that differs from the current one */
    compare.addEventListener('change', () => {
      const chosen = compare.value as State['compare'];
      store.change({ compare: chosen, than: initialComparison(store.state, chosen) });
    });
    store.listen(() => this.#show());
    const [page, other] = [app.run(''), app.run('b')];
    outdated.watch(caption, RUN, other.of);
    const showCaption = (): void => this.#showCaption(caption);
    for (const { training } of [page, other]) {
      training.listenToRuns(showCaption);
      training.listen(showCaption);
    }
    this.#show();
  }

  #showCaption(caption: HTMLElement): void {
    const { outdated, parts, store } = this.#app;
    const { training, state } = this.#app.run('b');
    const page = this.#app.run('').training;
    outdated.busy(caption, training.busy);
    if (training.message) {
      parts.setText('other-caption', training.message);
      outdated.drawn(caption, undefined);
      return;
    }
    const { current } = training;
    if (!current || !state || (!page.current && !page.offered)) return;
    const { config, run } = current;
    const sentences = [
      `B: ${captionFor(config, configOf(store.state), run)}.`,
      ...(run.diverged ? [divergence(run.diverged, run.batches)] : []),
      ...(page.current ? [] : [translate('The curves of A are missing: A is not trained yet.')]),
    ];
    parts.setText('other-caption', sentences.join(' '));
    outdated.drawn(caption, state);
  }

  #show(): void {
    const { parts, store } = this.#app;
    const { state } = store;
    const { compare } = state;
    const other = otherOf(state);
    const spec: Field | undefined = compare === 'none' ? undefined : TABLE[compare];
    parts.show('other', other !== undefined);
    parts.show('than-number', spec?.kind === 'number');
    parts.show('than-choice', spec?.kind === 'choice');
    if (!other || compare === 'none') return;
    parts.setText('a-name', `A: ${TABLE[compare].label} ${state[compare]}`);
    const name = `B: ${TABLE[compare].label} ${other[compare]}`;
    const dropped = state.weights.length > 0 && other.weights.length === 0;
    parts.setText('b-name', dropped ? translate(`${name} · without the weights that were typed`) : name);
    this.#showThan(state, spec);
  }

  #showThan({ compare, than, ...state }: State, spec: Field | undefined): void {
    if (compare === 'none') return;
    const { parts } = this.#app;
    const here = String(state[compare]);
    if (spec?.kind === 'number') {
      parts.setText('than-a', here);
      const handle = parts.find<HTMLElementTagNameMap['rnn-handle']>('rnn-handle[field="than"]');
      if (handle) handle.spec = { ...spec, label: translate(`${spec.label} of B`) };
    } else if (spec?.kind === 'choice') {
      parts.setText('than-a-choice', here);
      const select = parts.byId<HTMLSelectElement>('than-select');
      if (!select) return;
      if (select.options.length !== spec.choices.length || select.options[0]?.value !== spec.choices[0])
        select.replaceChildren(...spec.choices.map((name) => new Option(name, name)));
      select.selectedIndex = than;
    }
  }
}
