/** Predict, then reveal: a question about the network without the reader's what-if changes. */

import type { App } from '../../app/app.ts';
import { showVanishing } from '../../app/vanishing.ts';
import { namesOf } from '../../shared/data-names.ts';
import type { DescribedTask } from '../../shared/shared-sentences.ts';
import { translate } from '../../shared/translate.ts';
import { configOf, RUN } from '../../state/config.ts';
import { isWhatIf, type State, TABLE, WHAT_IF } from '../../state/state.ts';
import { verdictOf } from './answer-text.ts';
import { questionOf } from './build.ts';
import './element.ts';
import type { RnnPredict } from './element.ts';
import { nextQuestion, objection, type Question, QUESTIONS, type FigureChanges } from './question.ts';

/** The delay in milliseconds after which a question about a changed network is requested. */
const REST = 150;

const INVITATION = translate(
  'Say what will happen before the network does: you look more closely once you have guessed. Your guess stays in this tab.',
);
const UNCHANGED = translate('The question is about the network as it was trained, without your what-if changes.');

/** The settings that the question depends on. What-if changes are not among them. */
const keyOf = (state: State): string =>
  JSON.stringify([configOf(state), state.at, state.sample, state.file, state.layer, state.question]);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const feed = (app: App, figure: RnnPredict): void => {
  new Predict(app, figure);
};

class Predict {
  readonly #app: App;
  readonly #figure: RnnPredict;
  #question: Question | undefined;
  /** The key of the current state, and the key of the last request to the worker. */
  #key = '';
  #asked = '';
  /** The changes that the last answer made in the figures. */
  #shown: FigureChanges | undefined;
  /** What features and classes are called, as text. */
  #names = JSON.stringify(namesOf(undefined));
  /** Whether the worker is still looking for a sequence for the question. */
  #waiting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, figure: RnnPredict) {
    this.#app = app;
    this.#figure = figure;
    const { outdated, parts, player, store, visibility } = app;
    outdated.watch(figure, [...RUN, 'at', 'sample', 'file', 'layer', 'question']);
    visibility.watch(figure, () => this.#later());
    store.listen(() => this.#changed());
    const again = (): void => this.#again();
    app.run('').training.listenToChoices(again);
    app.run('').data.listen(({ task }) => this.#named(task));
    player.listenToStops(again);
    app.listenToArrivals(again);
    figure.addEventListener('rnn-vanish', () => showVanishing(app));
    figure.addEventListener('rnn-reveal', () => this.#reveal());
    figure.addEventListener('rnn-another', () => {
      this.#another();
      this.#choose();
    });
    /* The microtask runs after the state has the new question. */
    for (const select of parts.all('select[data-field="question"]'))
      select.addEventListener('change', () => queueMicrotask(() => this.#choose()));
    this.#changed();
  }

  /**
   * Chooses a sequence that shows the point of the question that the reader has selected, unless there are what-if
   * changes. No question is requested until then.
   */
  #choose(): void {
    const { client, store } = this.#app;
    const { state } = store;
    const { at, sample, file, reset } = state;
    if (state.question !== 'loop' || isWhatIf(state)) return;
    const same = (): boolean => JSON.stringify(store.state) === JSON.stringify(state);
    const go = (): void => {
      this.#waiting = false;
      this.#later();
    };
    this.#waiting = true;
    client.ask(
      'cutting',
      { ...configOf(state), within: this.#within(state), at, sample, file, reset, cut: 'loop' },
      {
        answer: (answer) => {
          if (answer.sample !== undefined && same()) store.change({ sample: answer.sample });
          go();
        },
        failed: go,
      },
      'question',
    );
  }

  #within(state: State): number {
    return this.#app.run('').training.within(configOf(state));
  }

  /** The names of features and classes come with the data, maybe after the question. */
  #named(task: DescribedTask): void {
    const names = JSON.stringify(namesOf(task));
    if (names === this.#names) return;
    this.#names = names;
    this.#again();
  }

  /** Requests the question again, because the network has changed although the state has not. */
  #again(): void {
    this.#key = '';
    this.#changed();
  }

  #changed(): void {
    const { state } = this.#app.store;
    const key = keyOf(state);
    if (key !== this.#key) {
      this.#key = key;
      this.#asked = '';
      this.#shown = undefined;
      const figure = this.#figure;
      figure.revealed = undefined;
      this.#question = undefined;
      this.#later();
      if (state.question === 'none') this.#show(undefined, INVITATION);
    }
    for (const option of this.#app.parts.all<HTMLOptionElement>('[data-field="question"] option')) {
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
    const { state } = this.#app.store;
    const { at, sample, file, layer, question } = state;
    const key = this.#key;
    if (this.#waiting && question === 'loop') return;
    if (question === 'none' || key === this.#asked || !this.#app.visibility.has(this.#figure)) return;
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
    this.#app.client.ask(
      'predict',
      { ...configOf(state), within: this.#within(state), at, sample, file, layer, question },
      {
        answer: ({ facts }) => answered(questionOf(facts, namesOf(this.#app.run('').data.sequences?.task))),
        failed: ({ message }) => answered(message),
      },
    );
  }

  /** The guess stays if the same question is shown again. */
  #show(question: Question | undefined, notice: string): void {
    const figure = this.#figure;
    this.#question = question;
    const text = question?.text ?? '';
    if (text !== figure.question) figure.chosen = undefined;
    figure.question = text;
    figure.choices = (question?.choices ?? []).map(({ name, words }) => ({ name, words }));
    figure.notice = notice;
    this.#app.outdated.drawn(this.#figure, this.#app.store.state);
    this.#showNotice();
  }

  #showNotice(): void {
    if (this.#question) this.#figure.notice = isWhatIf(this.#app.store.state) && !this.#shown ? UNCHANGED : '';
  }

  #reveal(): void {
    const figure = this.#figure;
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

  /** Makes the changes that belong to the answer, and no others. */
  #carryOut(shown: FigureChanges): string {
    const ifs = WHAT_IF.some((name) => name in shown);
    if (Object.keys(shown).length === 0) return '';
    this.#shown = shown;
    this.#app.store.change({ ...(ifs && UNDONE), ...(shown as Partial<State>) });
    if (ifs) return translate('The network figure above shows it; Undo takes it back.');
    return shown.unit === undefined
      ? translate('The network figure above shows it.')
      : translate('The figures above and below are at that unit and time step.');
  }

  /** Undoes the changes of the last answer, unless the reader has changed something since. */
  #another(): void {
    const { state } = this.#app.store;
    const shown = (this.#shown ?? {}) as Partial<State>;
    const own = WHAT_IF.filter((name) => name in shown && same(shown[name], state[name])).map((name) => [
      name,
      TABLE[name].initial,
    ]);
    this.#app.store.change({ ...Object.fromEntries(own), question: nextQuestion(state.question, state) });
  }
}

const UNDONE: Pick<State, (typeof WHAT_IF)[number]> = { edits: [], weights: [], cut: 'none', length: 0 };
