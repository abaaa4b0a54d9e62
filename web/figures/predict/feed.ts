/** Predict, then reveal: one question about the network as it stands, whatever what-if changes there are. */

import './element.ts';
import { questionOf } from './build.ts';
import { nextQuestion, objection, type Question, QUESTIONS, type Shown } from './question.ts';
import { verdictOf } from './answer-text.ts';
import { configOf, isWhatIf, type LabState, RUN, TABLE, WHAT_IF } from '../../state/lab-state.ts';
import type { Client } from '../../worker/client.ts';
import type { LabOutdated, LabStore, PageParts } from '../../app/lab-parts.ts';
import type { TrainingRun } from '../../app/training-run.ts';
import { Visibility } from '../../app/visibility.ts';
import { translate } from '../../shared/translate.ts';

/** Asked once the network has come to rest, in milliseconds. */
const REST = 150;

const INVITATION = translate(
  'Say what will happen before the network does: you look more closely once you have guessed. Your guess stays in this tab.',
);
const UNCHANGED = translate('The question is about the network as it was trained, without your what-if changes.');

/** The question follows from these, and from no what-if change. */
const keyOf = (state: LabState): string =>
  JSON.stringify([configOf(state), state.at, state.sample, state.file, state.layer, state.question]);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export class Predict {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #trainingRun: TrainingRun;
  readonly #outdated: LabOutdated;
  readonly #seen: Visibility;
  #question: Question | undefined;
  /** What is asked or shown, and what the worker was asked for. */
  #key = '';
  #asked = '';
  /** What the answer set in the figures. */
  #shown: Shown | undefined;
  /** The sequence of a question is being chosen. */
  #waiting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(places: PageParts, store: LabStore, client: Client, trainingRun: TrainingRun, outdated: LabOutdated) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#trainingRun = trainingRun;
    this.#outdated = outdated;
    outdated.watch(['predict'], [...RUN, 'at', 'sample', 'file', 'layer', 'question']);
    const figure = this.#places.byId('predict');
    this.#seen = new Visibility([figure], () => this.#later());
    store.listen(() => this.#changed());
    trainingRun.listen(() => this.again());
    figure.addEventListener('rnn-reveal', () => this.#reveal());
    figure.addEventListener('rnn-another', () => this.#another());
  }

  /** Nothing is asked until the sequence is chosen that it is asked of. */
  wait(waiting: boolean): void {
    this.#waiting = waiting;
    if (!waiting) this.#later();
  }

  start(): void {
    this.#changed();
  }

  /** The network is another than it was, though the state is the same. */
  again(): void {
    this.#key = '';
    this.#changed();
  }

  #changed(): void {
    const { state } = this.#store;
    const key = keyOf(state);
    if (key !== this.#key) {
      this.#key = key;
      this.#asked = '';
      this.#shown = undefined;
      const figure = this.#places.byId('predict');
      figure.revealed = undefined;
      this.#question = undefined;
      this.#later();
      if (state.question === 'none') this.#show(undefined, INVITATION);
    }
    for (const option of this.#places.all<HTMLOptionElement>('[data-field="question"] option')) {
      const name = QUESTIONS.find((one) => one === option.value);
      option.disabled = name !== undefined && objection(name, state) !== '' && name !== state.question;
    }
    this.#showNotice();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), REST);
  }

  #ask(): void {
    const { state } = this.#store;
    const { at, sample, file, layer, question } = state;
    const key = this.#key;
    if (this.#waiting && question === 'loop') return;
    if (question === 'none' || key === this.#asked || !this.#seen.has(this.#places.byId('predict'))) return;
    this.#asked = key;
    const objected = objection(question, state);
    if (objected) {
      this.#show(undefined, objected);
      return;
    }
    const answered = (asked: Question | string): void => {
      if (key !== this.#key) return;
      if (typeof asked === 'string') this.#show(undefined, asked);
      else this.#show(asked, '');
    };
    this.#client.ask(
      'predict',
      { ...configOf(state), within: this.#trainingRun.within(configOf(state)), at, sample, file, layer, question },
      { answer: ({ facts }) => answered(questionOf(facts)), failed: answered },
    );
  }

  /** A guess stays where the same is asked again. */
  #show(question: Question | undefined, notice: string): void {
    const figure = this.#places.byId('predict');
    this.#question = question;
    const text = question?.text ?? '';
    if (text !== figure.question) figure.chosen = undefined;
    figure.question = text;
    figure.choices = (question?.choices ?? []).map(({ name, words }) => ({ name, words }));
    figure.notice = notice;
    this.#outdated.drawn(['predict'], this.#store.state);
    this.#showNotice();
  }

  #showNotice(): void {
    if (this.#question)
      this.#places.byId('predict').notice = isWhatIf(this.#store.state) && !this.#shown ? UNCHANGED : '';
  }

  #reveal(): void {
    const figure = this.#places.byId('predict');
    const question = this.#question;
    if (!question || figure.chosen === undefined || figure.revealed) return;
    const { answer, numbers, why, shown } = question;
    const vanish = question.name === 'gradient' && answer !== 'last';
    figure.revealed = {
      answer,
      numbers,
      why,
      vanish,
      ...verdictOf(question, figure.chosen),
      done: this.#carryOut(shown),
    };
  }

  /** What the question asked for is done in the figures, and nothing else is changed there. */
  #carryOut(shown: Shown): string {
    const ifs = WHAT_IF.some((name) => name in shown);
    if (Object.keys(shown).length === 0) return '';
    this.#shown = shown;
    this.#store.change({ ...(ifs && UNDONE), ...(shown as Partial<LabState>) });
    if (ifs) return translate('The network figure above shows it; Undo takes it back.');
    return shown.unit === undefined
      ? translate('The network figure above shows it.')
      : translate('The figures above and below are at that unit and time step.');
  }

  /** What the last answer changed is taken back, unless the reader has gone on from there. */
  #another(): void {
    const { state } = this.#store;
    const shown = (this.#shown ?? {}) as Partial<LabState>;
    const own = WHAT_IF.filter((name) => name in shown && same(shown[name], state[name])).map((name) => [
      name,
      TABLE[name].initial,
    ]);
    this.#store.change({ ...Object.fromEntries(own), question: nextQuestion(state.question, state) });
  }
}

const UNDONE: Pick<LabState, (typeof WHAT_IF)[number]> = { edits: [], weights: [], cut: 'none', length: 0 };
