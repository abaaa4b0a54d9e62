/**
 * Experiments show their point: where the sequence or the setting at hand does not, one that does is offered or chosen.
 * Which one that is the worker measures.
 */

import { grouped } from '../shared/format.ts';
import { configOf, type LabState } from '../state/lab-state.ts';
import type { Client } from '../worker/client.ts';
import type { AnswerOf, RequestOf } from '../worker/protocol.ts';
import type { LabStore, PageParts } from './lab-parts.ts';
import type { Inspector } from './inspector.ts';
import type { Predict } from '../figures/predict/feed.ts';
import type { TrainingRun } from './training-run.ts';
import { translate } from '../shared/translate.ts';

/** What a cut is asked about; undefined where something else is changed, too, or nothing is cut. */
function cuttingOf(state: LabState): RequestOf<'cutting'> | undefined {
  const { at, sample, file, reset, cut, edits, weights, length } = state;
  if (cut === 'none' || edits.length > 0 || weights.length > 0 || length !== 0) return undefined;
  return { ...configOf(state), at, sample, file, reset, cut };
}

/** What is said of a sequence on which a cut does not show what it takes away; '': it shows it. */
export function cutSentence({ effect, sample }: AnswerOf<'cutting'>, samples: number): string {
  if (effect === 'turns') return '';
  const here = {
    right: translate('On this sequence the answer stays right all the same.'),
    wrong: translate('The answer to this sequence is wrong even without the cut.'),
    little: translate('On this sequence the loss changes little.'),
  }[effect];
  if (sample !== undefined) return here;
  const none =
    effect === 'little'
      ? translate(`On none of the ${grouped(samples)} sequences does the cut double the loss.`)
      : translate(`On none of the ${grouped(samples)} sequences does the cut turn a right answer into a wrong one.`);
  return `${here} ${none}`;
}

export class Experiments {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #trainingRun: TrainingRun;
  readonly #predict: Predict;
  /** The cut that the offer is about, and the sequence that is offered. */
  #key = '';
  #sample: number | undefined;

  constructor(
    places: PageParts,
    store: LabStore,
    client: Client,
    trainingRun: TrainingRun,
    inspector: Inspector,
    predict: Predict,
  ) {
    this.#trainingRun = trainingRun;
    this.#predict = predict;
    this.#places = places;
    this.#store = store;
    this.#client = client;
    store.listen(() => this.#changed());
    inspector.listen(() => this.#askCut());
    this.#places.byId('cut-offer-show').addEventListener('click', () => this.#showCut());
    const question = places.all<HTMLSelectElement>('select[data-field="question"]');
    for (const select of question) select.addEventListener('change', () => this.#choose());
    places.byId('predict').addEventListener('rnn-another', () => this.#choose());
    const backward = places.byId('backward');
    backward.offers = true;
    backward.addEventListener('rnn-vanish', () => this.#vanish());
    places.byId('predict').addEventListener('rnn-vanish', () => this.#vanish());
  }

  /** What is said of one cut is not said of another. */
  #changed(): void {
    const request = cuttingOf(this.#store.state);
    if (request && JSON.stringify(request) === this.#key) return;
    this.#key = '';
    this.#places.byId('cut-offer').hidden = true;
  }

  #askCut(): void {
    const request = cuttingOf(this.#store.state);
    const key = request ? JSON.stringify(request) : '';
    if (!request || key === this.#key) return;
    this.#key = key;
    this.#client.ask(
      'cutting',
      { ...request, within: this.#trainingRun.within(request) },
      {
        answer: (answer) => {
          if (key !== this.#key) return;
          const text = cutSentence(answer, request.samples);
          this.#sample = answer.sample;
          this.#places.setText('cut-offer-text', text);
          this.#places.byId('cut-offer-show').hidden = answer.sample === undefined;
          this.#places.byId('cut-offer').hidden = text === '';
        },
        failed: () => undefined,
      },
    );
  }

  #showCut(): void {
    const { cut, reset } = this.#store.state;
    if (this.#sample === undefined) return;
    this.#store.change({ sample: this.#sample, cut, reset });
    this.#places.byId('figure').focus(); /* the button is gone */
  }

  /** A question that the reader opens is asked of a sequence that shows its point; what was changed by hand stays. */
  #choose(): void {
    const { state } = this.#store;
    const { at, sample, file, reset, cut, edits, weights, length } = state;
    if (state.question !== 'loop' || cut !== 'none' || edits.length > 0 || weights.length > 0 || length !== 0) return;
    const same = (): boolean => JSON.stringify(this.#store.state) === JSON.stringify(state);
    this.#predict.wait(true);
    this.#client.ask(
      'choosing',
      { ...configOf(state), within: this.#trainingRun.within(configOf(state)), at, sample, file, reset, cut: 'loop' },
      {
        answer: (answer) => {
          if (answer.sample !== undefined && same()) this.#store.change({ sample: answer.sample });
          this.#predict.wait(false);
        },
        failed: () => this.#predict.wait(false),
      },
    );
  }

  /** To a network, near to this one, whose gradient vanishes. */
  #vanish(): void {
    const { state } = this.#store;
    const { sample, layer } = state;
    this.#client.ask(
      'vanishing',
      { ...configOf(state), sample, layer },
      {
        answer: ({ change }) => {
          if (change) this.#store.change({ mean: false, ...change });
          else
            this.#places.setText(
              'place',
              translate('No setting near to these was found where the gradient of this sequence vanishes.'),
            );
        },
        failed: (message) => this.#places.setText('place', message),
      },
    );
  }
}
