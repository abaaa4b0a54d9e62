/** `<rnn-next-words>`: a network that reads words, one for each time step, and continues the text.
 *
 *  Each column is a time step: the word that is read, the hidden state, and the words that the network expects next.
 *  It draws what it is given and computes no number. Events (bubbling):
 *
 *      rnn-prompt {prompt, temperature, draw}   one of these was changed
 *      rnn-cursor {epoch}                       the network after another epoch was chosen
 */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { formatNumber, probability as round } from '../../shared/format.ts';
import { plural, translate } from '../../shared/translate.ts';
import type { Continuation } from './continuation.ts';
import { styles } from './styles.ts';

export class RnnNextWords extends LitElement {
  static override styles = styles;

  static override properties = {
    prompt: { type: String },
    temperature: { type: Number },
    sampled: { type: Boolean },
    draw: { type: Number },
    at: { type: Number },
    answer: { attribute: false },
  };

  /** The words that the reader gives the network. */
  declare prompt: string;
  /** 0: always the most probable word. */
  declare temperature: number;
  /** Which random numbers choose the words. */
  declare draw: number;
  /** Whether the reader can set the temperature. */
  declare sampled: boolean;
  /** The update whose network is asked for; −1: the end of the run. */
  declare at: number;
  declare answer: Continuation | undefined;

  constructor() {
    super();
    this.prompt = '';
    this.temperature = 0;
    this.draw = 1;
    this.sampled = false;
    this.at = 0;
  }

  override render(): TemplateResult {
    const { answer } = this;
    return html`
      <figure role="figure" aria-labelledby="title">
        <span class="title" id="title">${answer ? this.#title(answer) : nothing}</span>
        <form class="controls" @submit=${this.#onPrompt}>
          <label>First words <input name="prompt" type="text" required maxlength="80" autocomplete="off" spellcheck="false" .value=${this.prompt} @change=${this.#onPrompt} /></label>
          <button>Write</button>
        </form>
        ${this.sampled ? this.#sampling() : nothing}
        ${answer ? this.#written(answer) : nothing}
      </figure>
    `;
  }

  #title({ epoch, wiped }: Continuation): string {
    if (wiped) return translate('The memory is wiped before every word');
    if (epoch === 0) return translate('Before training');
    return plural(epoch, { one: translate(`After ${epoch} epoch`), other: translate(`After ${epoch} epochs`) });
  }

  #sampling(): TemplateResult {
    return html`<div class="controls">
      <label>Temperature <input name="temperature" type="range" min="0" max="2" step="0.1" .value=${String(this.temperature)} aria-valuetext=${formatNumber(this.temperature, 1)} @input=${this.#onTemperature} /> <b>${formatNumber(this.temperature, 1)}</b></label>
      <button type="button" ?disabled=${this.temperature === 0} @click=${this.#onDraw}>Draw again</button>
    </div>`;
  }

  #written(answer: Continuation): TemplateResult {
    const { words, given, epochs, batches, next } = answer;
    /* the slider does not wait for the answer, or quick presses would be lost */
    const epoch = this.at < 0 ? epochs : Math.min(Math.floor(this.at / batches), epochs);
    return html`
      <div class="controls"><label>Epoch <input name="epoch" type="range" min="0" max=${epochs} .value=${String(epoch)} aria-valuetext=${this.#title(answer)} @input=${this.#onEpoch} /> <b>${epoch}</b></label></div>
      <p class="text">${words.slice(0, given).join(' ')} <b>${words.slice(given).join(' ')}</b></p>
      <div class="columns" tabindex="0" role="region" aria-label=${translate('words and the words that are expected next')}>
        <ol>${next.map((expected, i) => this.#column(answer, i, expected))}</ol>
      </div>
      <output aria-live="off">${this.#right(answer)}</output>
    `;
  }

  #column(
    { words, given, wiped, next }: Continuation,
    i: number,
    expected: Continuation['next'][number],
  ): TemplateResult {
    const chosen = words[i + 1];
    return html`<li class=${i < given ? '' : 'fed'}>
      <ul aria-label=${translate(`expected after “${words[i]}”`)}>${expected.map(
        ({ word, probability }) =>
          html`<li class=${i >= given - 1 && word === chosen ? 'chosen' : ''}><span>${word}</span> <span>${round(probability)}</span><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="4" /><rect width=${(100 * probability).toFixed(1)} height="4" /></svg></li>`,
      )}</ul>
      <span class="step" aria-hidden="true"><span class="state">h<sub>${i + 1}</sub></span>${wiped || i + 1 === next.length ? nothing : html`<i class="arrow"></i>`}</span>
      <strong>${words[i]}</strong>
    </li>`;
  }

  /** How many words of the text the network expects correctly, beside how many counting pairs of words expects. */
  #right({ right, pairs, measured }: Continuation): string {
    const [share, counted] = [right, pairs].map((one) => formatNumber(100 * one, 0));
    if (measured === 'verbs')
      return translate(
        `In 300 sentences, the nearest noun would need the other verb. The network prefers the correct verb ${share} % of the time. Counting which word follows which is right ${counted} % of the time.`,
      );
    if (measured === 'held')
      return translate(
        `In the part of the text that was held back, its most probable next word is right ${share} % of the time. Counting which word follows which is right ${counted} % of the time.`,
      );
    return translate(
      `In the whole story, its most probable next word is right ${share} % of the time. Counting which word follows which is right ${counted} % of the time.`,
    );
  }

  #onPrompt = (event: Event): void => {
    event.preventDefault();
    const prompt = (this.renderRoot.querySelector<HTMLInputElement>('[name=prompt]')?.value ?? '').trim();
    if (prompt === '' || prompt === this.prompt) return;
    this.prompt = prompt;
    this.#changed();
  };

  #onTemperature = (event: Event): void => {
    this.temperature = Number((event.target as HTMLInputElement).value);
    this.#changed();
  };

  #onDraw = (): void => {
    this.draw += 1;
    this.#changed();
  };

  #changed(): void {
    const { prompt, temperature, draw } = this;
    emit(this, 'rnn-prompt', { prompt, temperature, draw });
  }

  #onEpoch = (event: Event): void =>
    emit(this, 'rnn-cursor', { epoch: Number((event.target as HTMLInputElement).value), chosen: true });
}

define('rnn-next-words', RnnNextWords);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-next-words': RnnNextWords;
  }
}
