/** `<rnn-save>`: the menu "Save picture" with the formats of a picture. Event (bubbling):
 *
 *      rnn-save {format, done}      `done(promise)`: the menu waits for this promise and reports its failure
 */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { define } from '../shared/define.ts';
import { visuallyHidden } from '../shared/host.styles.ts';
import { emit, type RnnEvents } from '../shared/events.ts';
import { translate } from '../shared/translate.ts';

/** No page learns whether a file was saved; a frame may not be allowed to save any. */
const asked = (): string =>
  translate('The browser was asked to save the picture. If no file arrives, downloads are not allowed here.');

export type Format = RnnEvents['rnn-save']['format'];

export class RnnSave extends LitElement {
  static override styles = css`
    :host { display: block; width: fit-content; margin: 4px 0 8px; color: var(--ink-2); font: 14px/1.4 var(--font-text); }
    summary { min-height: 28px; width: fit-content; cursor: pointer; }
    .formats { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
    button { min-height: 32px; padding: 0 12px; border: 1px solid var(--edge); border-radius: var(--radius, 6px); background: var(--paper); color: var(--ink); font: inherit; cursor: pointer; }
    button:hover { border-color: var(--ink); }
    button[aria-disabled='true'] { border-color: var(--line); color: var(--ink-2); cursor: default; }
    :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
    ${visuallyHidden}
    @media (pointer: coarse) { summary, button { min-height: 44px; } }
  `;

  static override properties = { of: { type: String }, _said: { state: true }, _busy: { state: true } };

  /** The name of the figure for screen readers, for example "the network over time". */
  declare of: string;
  declare _said: string;
  declare _busy: boolean;

  constructor() {
    super();
    this.of = '';
    this._said = '';
    this._busy = false;
  }

  override render(): TemplateResult {
    const whose = this.of ? html`<span class="visually-hidden"> of ${this.of}</span>` : nothing;
    const button = (format: Format, words: string) =>
      html`<button type="button" aria-disabled=${this._busy} @click=${() => this.#save(format)}>${words}</button>`;
    return html`<details @keydown=${this.#onKey}>
      <summary>Save picture${whose}</summary>
      <div class="formats">${button('svg', 'SVG')}${button('png', 'PNG')}<span role="status">${this._said}</span></div>
    </details>`;
  }

  #save(format: Format): void {
    if (this._busy) return;
    const done = (saving: Promise<unknown>): void => {
      this._busy = true;
      this._said = translate('drawing …');
      saving.then(
        () => this.#say(asked()),
        (fault: unknown) =>
          this.#say(translate(`The picture was not saved: ${fault instanceof Error ? fault.message : String(fault)}.`)),
      );
    };
    this._said = '';
    emit(this, 'rnn-save', { format, done });
  }

  #say(words: string): void {
    this._busy = false;
    this._said = words;
  }

  #onKey = (event: KeyboardEvent): void => {
    const details = event.currentTarget as HTMLDetailsElement;
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  };
}

define('rnn-save', RnnSave);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-save': RnnSave;
  }
}
