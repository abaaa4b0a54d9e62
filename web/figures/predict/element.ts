/** `<rnn-predict>`: a question about the network that the reader answers before the answer is shown.
 *
 *  The element does not contain the answer until it is set. Events (bubbling):
 *
 *      rnn-guess {choice}   the reader made or changed a choice
 *      rnn-reveal           the reader asks for the answer, after a choice
 *      rnn-another          the reader asks for another question, or for the first one
 *      rnn-vanish           the reader asks for a network whose gradient vanishes
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { radios } from '../../shared/radios.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { styles } from './styles.ts';
import { translate } from '../../shared/translate.ts';

export interface PredictChoice {
  name: string;
  words: string;
}

export interface Revealed {
  /** The name of the correct choice. */
  answer: string;
  right: boolean;
  /** The verdict: "Correct.", then the correct answer. */
  mark: string;
  words: string;
  /** The reply to the choice; it may be empty. */
  reply: string;
  /** The numbers that decide the question, one per line. */
  numbers: readonly string[];
  why: string;
  /** What was changed in the figures; it may be empty. */
  done: string;
  /** Whether a button offers a network whose gradient vanishes. */
  vanish: boolean;
}

export class RnnPredict extends LitElement {
  static override styles = styles;

  static override properties = {
    question: { type: String },
    choices: { attribute: false },
    chosen: { type: String },
    revealed: { attribute: false },
    notice: { type: String },
    _hint: { state: true },
  };

  /** '' while no question is asked. */
  declare question: string;
  declare choices: readonly PredictChoice[];
  /** The name of the chosen answer. */
  declare chosen: string | undefined;
  declare revealed: Revealed | undefined;
  /** A message beside the question or in its place. */
  declare notice: string;
  declare _hint: string;

  constructor() {
    super();
    this.question = '';
    this.choices = [];
    this.chosen = undefined;
    this.revealed = undefined;
    this.notice = '';
    this._hint = '';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('question') || changed.has('chosen')) this._hint = '';
  }

  override render(): TemplateResult {
    const asked = this.question !== '';
    return html`<div class="card">
      ${asked ? this.#asked() : nothing}
      ${this.notice === '' ? nothing : html`<p class="aside">${this.notice}</p>`}
      <div class="actions">
        ${asked ? html`<button type="button" class="main" id="reveal" aria-disabled=${String(this.chosen === undefined || this.revealed !== undefined)} @click=${this.#onReveal}>Reveal</button>` : nothing}
        <button type="button" id="another" @click=${() => emit(this, 'rnn-another')}>${asked ? translate('Another question') : translate('Ask me a question')}</button>
        <span class="aside" role="status">${this._hint}</span>
      </div>
      <div class="result" role="status">${this.revealed ? this.#result(this.revealed) : nothing}</div>
    </div>`;
  }

  #asked(): TemplateResult {
    const { revealed, chosen } = this;
    return html`<fieldset ?disabled=${revealed !== undefined}>
      <legend>${this.question}</legend>
      ${radios(
        this.choices.map(({ name, words }) => {
          const [isAnswer, mine] = [revealed?.answer === name, chosen === name];
          const mark = !revealed
            ? ''
            : isAnswer && mine
              ? translate('✓ your guess')
              : isAnswer
                ? translate('✓ the answer')
                : mine
                  ? translate('✗ your guess')
                  : '';
          return html`<label class="choice ${isAnswer ? 'answer' : ''}">
          <input type="radio" name="choice" .value=${name} .checked=${mine} @change=${() => this.#guess(name)} />
          <span>${words}</span>${mark ? html`<span class="mark">${mark}</span>` : nothing}
        </label>`;
        }),
      )}
    </fieldset>`;
  }

  #result({ mark, words, reply, numbers, why, done, vanish }: Revealed): TemplateResult {
    return html`
      <p class="verdict"><strong>${mark}</strong> ${words}</p>
      ${reply ? html`<p>${reply}</p>` : nothing}
      <ul>${numbers.map((line) => html`<li>${line}</li>`)}</ul>
      <p>${why}</p>
      ${done ? html`<p class="aside">${done}</p>` : nothing}
      ${vanish ? html`<p><button type="button" id="vanish" @click=${() => emit(this, 'rnn-vanish')}>Show a gradient that vanishes</button></p>` : nothing}
    `;
  }

  #guess(choice: string): void {
    this.chosen = choice;
    emit(this, 'rnn-guess', { choice });
  }

  #onReveal = (): void => {
    if (this.revealed) return;
    if (this.chosen === undefined) this._hint = translate('Choose first: a guess is enough.');
    else emit(this, 'rnn-reveal');
  };
}

define('rnn-predict', RnnPredict);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-predict': RnnPredict;
  }
}
