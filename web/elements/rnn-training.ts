/** `<rnn-training>`: the controls of slow training. It holds no training itself: it says what the reader wants, and shows where the run is.
 *
 *      rnn-training {action}    'toggle' | 'batch' | 'epoch' | 'back' | 'reset'
 *      rnn-speed {speed}        updates a second
 */

import { css, html, LitElement, type TemplateResult } from 'lit';

export type TrainingAction = 'toggle' | 'batch' | 'epoch' | 'back' | 'reset';

export const SPEEDS = [2, 10, 40, 200] as const;

export class RnnTraining extends LitElement {
  static override styles = css`
    :host { display: block; color: var(--ink); font: 500 var(--text-small)/1.4 var(--font-text); font-variant-numeric: tabular-nums; }
    .bar { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
    button, select {
      min-height: 2.5rem;
      padding: 0.25rem 0.9rem;
      border: 1px solid var(--edge);
      border-radius: var(--radius);
      background: var(--paper);
      color: var(--ink);
      font: inherit;
      cursor: pointer;
    }
    button:hover:not([aria-disabled="true"]) { border-color: var(--ink); }
    button[aria-disabled="true"] { border-color: var(--line); color: var(--ink-2); cursor: default; }
    button.main { min-width: 6.5rem; border-color: var(--ink); background: var(--ink); color: var(--paper); }
    :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
    label { display: flex; align-items: center; gap: 0.5rem; color: var(--ink-2); }
    .state { margin: 0.75rem 0 0; color: var(--ink-2); font-weight: 400; min-height: 1.4em; }
    progress { display: block; width: 100%; height: 6px; margin-top: 0.75rem; accent-color: var(--ink); }
  `;

  static override properties = {
    updates: { type: Number },
    whole: { type: Number },
    running: { type: Boolean },
    stopped: { type: Boolean },
    speed: { type: Number },
    state: { type: String },
  };

  declare updates: number;
  declare whole: number;
  declare running: boolean;
  /** The run diverged: nothing lies ahead. */
  declare stopped: boolean;
  declare speed: number;
  declare state: string;

  constructor() {
    super();
    this.updates = 0;
    this.whole = 1;
    this.running = false;
    this.stopped = false;
    this.speed = 10;
    this.state = '';
  }

  override render(): TemplateResult {
    const ended = this.updates >= this.whole || this.stopped;
    const atStart = this.updates === 0;
    return html`
      <div class="bar" role="group" aria-label="slow training">
        ${this.#button('toggle', this.running ? 'Pause' : 'Train', ended)} ${this.#button('batch', '+1 batch', ended)}
        ${this.#button('epoch', '+1 epoch', ended)} ${this.#button('back', '−1 batch', atStart)} ${this.#button('reset', 'Reset', atStart)}
        <label>Speed
          <select @change=${this.#onSpeed}>
            ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === this.speed}>${speed} batches a second</option>`)}
          </select>
        </label>
      </div>
      <progress max=${this.whole} .value=${this.updates} aria-label="updates done"></progress>
      <p class="state">${this.state}</p>
    `;
  }

  /** A button that cannot be pressed now keeps the focus. */
  #button(action: TrainingAction, words: string, off: boolean): TemplateResult {
    const press = () => {
      if (!off) this.#say(action);
    };
    return html`<button type="button" class=${action === 'toggle' ? 'main' : ''} aria-disabled=${off} @click=${press}>${words}</button>`;
  }

  #say(action: TrainingAction): void {
    this.dispatchEvent(new CustomEvent('rnn-training', { detail: { action }, bubbles: true, composed: true }));
  }

  #onSpeed = (event: Event): void => {
    const speed = Number((event.target as HTMLSelectElement).value);
    this.dispatchEvent(new CustomEvent('rnn-speed', { detail: { speed }, bubbles: true, composed: true }));
  };
}

customElements.define('rnn-training', RnnTraining);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-training': RnnTraining;
  }
  interface HTMLElementEventMap {
    'rnn-training': CustomEvent<{ action: TrainingAction }>;
    'rnn-speed': CustomEvent<{ speed: number }>;
  }
}
