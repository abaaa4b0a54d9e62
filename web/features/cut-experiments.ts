/** If the current sequence does not show the effect of a cut, the page offers one that does. The worker finds it. */

import type { App } from '../app/app.ts';
import { grouped } from '../shared/format.ts';
import { plural, translate } from '../shared/translate.ts';
import { configOf } from '../state/config.ts';
import type { State } from '../state/state.ts';
import type { AnswerOf, RequestOf } from '../worker/protocol.ts';

/** The request about a cut; undefined if nothing is cut, or if something else is changed, too. */
function cuttingOf(state: State): RequestOf<'cutting'> | undefined {
  const { at, sample, file, reset, cut, edits, weights, length } = state;
  if (cut === 'none' || edits.length > 0 || weights.length > 0 || length !== 0) return undefined;
  return { ...configOf(state), at, sample, file, reset, cut };
}

/** The sentence about a sequence on which a cut shows no effect; empty where it shows one. */
function cutSentence({ effect, sample }: AnswerOf<'cutting'>, samples: number): string {
  if (effect === 'turns') return '';
  const here = {
    right: translate('On this sequence the answer stays right all the same.'),
    wrong: translate('The answer to this sequence is wrong even without the cut.'),
    little: translate('On this sequence the loss changes little.'),
  }[effect];
  if (sample !== undefined) return here;
  const none =
    effect === 'little'
      ? plural(samples, {
          other: translate(`The cut doubles the loss of none of the ${grouped(samples)} sequences.`),
        })
      : plural(samples, {
          other: translate(`The cut turns no right answer to the ${grouped(samples)} sequences into a wrong one.`),
        });
  return `${here} ${none}`;
}

export class CutExperiments {
  readonly #app: App;
  /** The cut that the offer is about, and the sequence that is offered. */
  #key = '';
  #sample: number | undefined;

  constructor(app: App) {
    this.#app = app;
    app.store.listen(() => this.#changed());
    app.run('').inspection.listen(() => this.#askCut());
    app.parts.on('cut-offer-show', 'click', () => this.#showCut());
  }

  /** Hides the sentence as soon as the cut is another one. */
  #changed(): void {
    const request = cuttingOf(this.#app.store.state);
    if (request && JSON.stringify(request) === this.#key) return;
    this.#key = '';
    this.#app.parts.show('cut-offer', false);
  }

  #askCut(): void {
    const { client, parts, store } = this.#app;
    const request = cuttingOf(store.state);
    const key = request ? JSON.stringify(request) : '';
    if (!request || key === this.#key) return;
    this.#key = key;
    client.ask(
      'cutting',
      { ...request, within: this.#app.run('').training.within(request) },
      {
        answer: (answer) => {
          if (key !== this.#key) return;
          const text = cutSentence(answer, request.samples);
          this.#sample = answer.sample;
          parts.setText('cut-offer-text', text);
          parts.show('cut-offer-show', answer.sample !== undefined);
          parts.show('cut-offer', text !== '');
        },
        failed: () => undefined,
      },
    );
  }

  #showCut(): void {
    const { parts, store } = this.#app;
    const { cut, reset } = store.state;
    if (this.#sample === undefined) return;
    store.change({ sample: this.#sample, cut, reset });
    parts.byId('figure')?.focus(); /* the button is hidden now */
  }
}
