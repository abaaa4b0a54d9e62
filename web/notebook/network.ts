/** The network figure: what it is trained as, which sequence it reads, and the what-if edits of that sequence. */

import { formatNumber } from '../shared/format.ts';
import { lowered } from '../figures/network/hit-test.ts';
import { beyond } from '../state/address.ts';
import { NETWORK_RUN, type State, TABLE } from '../state/notebook-state.ts';
import type { NotebookOutdated, NotebookStore } from './notebook-parts.ts';
import type { Client } from '../worker/client.ts';
import type { AnswerOf, Takes } from '../worker/protocol.ts';
import type { PageParts } from './notebook-parts.ts';
import { labelSentence } from '../shared/shared-sentences.ts';
import { LongWork } from '../app/long-work.ts';
import { translate } from '../shared/translate.ts';

const RATE = 0.01;
/** What is drawn and said of the network. */
const DRAWN = ['figure', 'network-caption'] as const;

type Answer = Exclude<AnswerOf<'network'>, Takes>;

export class NetworkFigure {
  readonly #places: PageParts;
  readonly #store: NotebookStore;
  readonly #client: Client;
  readonly #outdated: NotebookOutdated;
  #answer: Answer | undefined;
  #frame = 0;
  readonly #long: LongWork;

  constructor(places: PageParts, store: NotebookStore, client: Client, outdated: NotebookOutdated) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#outdated = outdated;
    outdated.watch(['figure'], [...NETWORK_RUN, 'sample', 'edits']);
    outdated.watch(['network-caption'], NETWORK_RUN);
    store.listen((state, before) => this.#changed(state, before));
    this.#long = new LongWork([places.byId('what-if-hint').parentElement as Element], {
      name: translate('This network'),
      meanwhile: () => (this.#answer ? '' : translate('The figure comes when it is trained.')),
      key: () => JSON.stringify(NETWORK_RUN.map((name) => this.#store.state[name])),
      ask: (within) => this.#ask(within),
    });
    this.#listen();
  }

  start(): void {
    this.#ask();
    this.#showState();
  }

  #listen(): void {
    const figure = this.#places.byId('figure');
    const store = this.#store;
    figure.addEventListener('rnn-timestep', ({ detail }) => store.change({ t: detail.timestep }));
    figure.addEventListener('rnn-unit', ({ detail }) => store.change({ unit: detail.unit ?? 0 }));
    figure.addEventListener('rnn-fold', ({ detail }) => store.change({ fold: Math.round(detail.fold * 1000) / 1000 }));
    figure.addEventListener('rnn-readouts', ({ detail }) => store.change({ readouts: detail.readouts }));
    figure.addEventListener('rnn-field', ({ detail: { input } }) => {
      if (input !== undefined) store.change({ shownInput: input + 1 });
    });
    figure.addEventListener('rnn-input', ({ detail: { timestep, value } }) => this.#edit(timestep, value));
    this.#places.byId('undo').addEventListener('click', () => {
      this.#store.change({ edits: [] });
      figure.focus(); /* the button is gone */
    });
    for (const button of this.#places.all<HTMLElement>('[data-network]')) {
      button.addEventListener('click', () =>
        this.#store.change({ network: button.dataset['network'] === '32' ? '32' : '8' }),
      );
    }
  }

  #edit(timestep: number, value: number): void {
    const spec = TABLE.edits; /* its one task draws numbers from 0 to 1 */
    const taken = Math.min(spec.maximum, Math.max(spec.minimum, value));
    this.#places.setNotice(
      'what-if-dropped',
      taken === value ? '' : beyond({ ...spec, label: `x${lowered(timestep)}` }, String(value), taken),
    );
    const others = this.#store.state.edits.filter(([at]) => at !== timestep);
    const same = this.#answer?.original[timestep - 1] === Math.fround(taken);
    const edits = same ? others : [...others, [timestep, taken] as const];
    this.#store.change({ edits: edits.sort(([a], [b]) => a - b) });
  }

  #changed(state: State, before: State): void {
    const trained = NETWORK_RUN.some((name) => state[name] !== before[name]);
    const moved = trained || state.sample !== before.sample;
    if (moved && before.edits.length > 0 && state.edits.length === 0) {
      const reason = trained ? translate('the network was trained anew') : translate('another sequence was chosen');
      this.#places.setNotice('what-if-dropped', translate(`What-if inputs were dropped: ${reason}.`));
    }
    if (moved || state.edits !== before.edits) this.#later();
    this.#showState();
  }

  #later(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#ask();
    });
  }

  #ask(within = this.#long.within): void {
    this.#long.asked();
    const { state } = this.#store;
    const { samples, steps, data, seed, network, trained, sample, edits } = state;
    const request = {
      samples,
      steps,
      data,
      seed,
      units: Number(network),
      epochs: trained,
      rate: RATE,
      sample,
      edits,
      within,
    };
    this.#outdated.busy(DRAWN, true);
    this.#client.ask('network', request, {
      answer: (answer) => {
        if ('offer' in answer) {
          this.#outdated.busy(DRAWN, false);
          this.#long.offer(answer.offer);
          return;
        }
        this.#long.done();
        this.#answer = answer;
        this.#show(answer);
        this.#outdated.drawn(DRAWN, state);
      },
      part: (share) => this.#long.part(share),
      failed: (message) => {
        this.#long.done();
        this.#outdated.busy(DRAWN, false);
        this.#places.setText('network-caption', message);
        this.#outdated.drawn(['network-caption'], undefined);
      },
    });
  }

  #show(answer: Answer): void {
    const figure = this.#places.byId('figure');
    figure.trace = answer.trace;
    figure.parameters = answer.parameters;
    figure.tensors = answer.tensors;
    figure.original = answer.original;
    figure.relabelled = answer.labels === 'rule';
    this.#places.setText(
      'network-caption',
      translate(`right on ${formatNumber(100 * answer.accuracy, 1)} % of 1,000 fresh sequences`),
    );
    this.#showState();
  }

  /** What follows from the state alone, without asking the core. */
  #showState(): void {
    const { t, unit, fold, readouts, edits, network, shownInput } = this.#store.state;
    const figure = this.#places.byId('figure');
    figure.timestep = t;
    figure.unit = unit || undefined;
    figure.input = shownInput > 0 ? shownInput - 1 : undefined;
    figure.fold = fold;
    figure.readouts = readouts;
    figure.edited = edits.map(([timestep]) => timestep - 1);
    for (const button of this.#places.all<HTMLElement>('[data-network]')) {
      button.setAttribute('aria-pressed', String(button.dataset['network'] === network));
    }
    this.#places.byId('what-if').hidden = edits.length === 0;
    this.#places.byId('what-if-hint').hidden = edits.length > 0;
    const original = (timestep: number): string => formatNumber(this.#answer?.original[timestep - 1] ?? Number.NaN, 2);
    const told = edits.map(
      ([timestep, value]) => `x${lowered(timestep)} ${original(timestep)} → ${formatNumber(value, 2)}`,
    );
    const label = this.#answer ? labelSentence(this.#answer.labels, [this.#answer.label], undefined) : '';
    this.#places.setText(
      'what-if-text',
      translate(`The weights are frozen; ${told.join(', ')}.${label && ` ${label}`}`),
    );
  }
}
