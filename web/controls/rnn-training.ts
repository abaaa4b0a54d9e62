/** `<rnn-training>`: the controls that move through a training run and play it. The run itself belongs to the page.
 *
 *      rnn-training {action}    'toggle' | 'batch' | 'epoch' | 'back' | 'reset' | 'back-epoch' | 'end'
 *      rnn-seek {updates}       show the run after this many updates
 *      rnn-speed {speed}        updates per second
 *      rnn-open {open}          the folded steps were shown or hidden
 */

import { grouped } from '../shared/format.ts';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { reserveHeight } from '../shared/reserve-height.ts';
import { define } from '../shared/define.ts';
import { emit, type RnnEvents } from '../shared/events.ts';
import { toggleTable } from '../shared/toggle-table.ts';
import { plural, translate } from '../shared/translate.ts';

export type TrainingAction = RnnEvents['rnn-training']['action'];

const SPEEDS = [2, 10, 40, 200] as const;

export class RnnTraining extends LitElement {
  static override styles = css`
    :host { display: block; container-type: inline-size; color: var(--ink); font: 500 var(--text-small)/1.4 var(--font-text); font-variant-numeric: tabular-nums; }
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
    button.main { forced-color-adjust: none; min-width: 6.5rem; border-color: var(--ink); background: var(--ink); color: var(--paper); }
    :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
    label { display: flex; align-items: center; gap: 0.5rem; color: var(--ink-2); }
    .state { margin: 0.75rem 0 0; color: var(--ink-2); font-weight: 400; min-height: 1.4em; }
    @container (max-width: 46rem) { .state { min-height: 2.8em; } }
    @container (max-width: 26rem) { .state { min-height: 4.2em; } }
    summary { width: fit-content; min-height: var(--target); margin-top: 0.25rem; color: var(--ink-2); cursor: pointer; }
    input { display: block; width: 100%; height: var(--target); margin: 0.5rem 0 0; accent-color: var(--ink); }
  `;

  static override properties = {
    updates: { type: Number },
    whole: { type: Number },
    running: { type: Boolean },
    stopped: { type: Boolean },
    speed: { type: Number },
    reach: { type: Number },
    epochUpdates: { type: Number },
    figures: { type: String },
    controls: { type: String },
    folds: { type: Boolean },
    open: { type: Boolean },
  };

  declare updates: number;
  declare whole: number;
  declare running: boolean;
  /** The run diverged, so no updates follow. */
  declare stopped: boolean;
  declare speed: number;
  /** The last update that can be shown. It is before the end if the run is not finished. */
  declare reach: number;
  /** The number of updates per epoch. */
  declare epochUpdates: number;
  /** A sentence with the loss and metric of the latest batch, or ''. */
  declare figures: string;
  /** Which of `step`, `play` and `speed` are shown. The default is all three. */
  declare controls: string;
  /** Whether the steps and the speed are folded. */
  declare folds: boolean;
  /** Whether they are shown. */
  declare open: boolean;

  constructor() {
    super();
    this.updates = 0;
    this.whole = 1;
    this.running = false;
    this.stopped = false;
    this.speed = 10;
    this.reach = Number.POSITIVE_INFINITY;
    this.epochUpdates = 1;
    this.figures = '';
    this.controls = 'step play speed';
    this.folds = false;
    this.open = false;
  }

  protected override updated(): void {
    reserveHeight(this.renderRoot);
  }

  override render(): TemplateResult {
    const atEnd = this.updates >= Math.min(this.whole, this.reach);
    const atStart = this.updates === 0;
    const has = (name: string): boolean => this.controls.split(' ').includes(name);
    const step = (action: TrainingAction, words: string, off: boolean) =>
      has('step') ? this.#button(action, words, off) : nothing;
    const back = [
      step('reset', translate('Start'), atStart),
      step('back-epoch', translate('−1 epoch'), atStart),
      step('back', translate('−1 batch'), atStart),
    ];
    const play = has('play')
      ? this.#button('toggle', this.running ? translate('Pause') : translate('Train'), this.stopped)
      : nothing;
    const on = [
      step('batch', translate('+1 batch'), atEnd),
      step('epoch', translate('+1 epoch'), atEnd),
      step('end', translate('End'), atEnd),
      has('speed') ? this.#renderSpeed() : nothing,
    ];
    return html`
      <div class="bar" role="group" aria-label="moments of the training">${this.folds ? play : [back, play, on]}</div>
      <input type="range" min="0" max=${this.whole} .value=${String(this.updates)} aria-label="moment of the training" aria-valuetext=${this.#moment()}
        @input=${this.#onSeek} />
      <p class="state" data-room>${[this.#moment(), this.figures].filter(Boolean).join(' ')}</p>
      ${this.folds ? html`<details .open=${this.open} @toggle=${toggleTable}><summary>${translate('Step by step')}</summary><div class="bar">${back}${on}</div></details>` : nothing}
    `;
  }

  /** For example "Epoch 12, batch 3 of 4 done: update 47 of 160." */
  #moment(): string {
    const epochs = Math.floor(this.updates / this.epochUpdates);
    const batch = this.updates % this.epochUpdates;
    const [update, of] = [grouped(this.updates), grouped(this.whole)];
    if (this.updates === 0) return translate(`Before update 1 of ${of}.`);
    if (batch)
      return translate(`Epoch ${epochs + 1}, batch ${batch} of ${this.epochUpdates} done: update ${update} of ${of}.`);
    return plural(epochs, {
      one: translate(`${epochs} epoch done: update ${update} of ${of}.`),
      other: translate(`${epochs} epochs done: update ${update} of ${of}.`),
    });
  }

  #renderSpeed(): TemplateResult {
    return html`<label>Speed
          <select @change=${this.#onSpeed}>
            ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === this.speed}>${plural(speed, { other: translate(`${speed} batches a second`) })}</option>`)}
          </select>
        </label>`;
  }

  /** A disabled button uses aria-disabled so that it keeps the focus. */
  #button(action: TrainingAction, words: string, off: boolean): TemplateResult {
    const press = () => {
      if (!off) this.#say(action);
    };
    return html`<button type="button" class=${action === 'toggle' ? 'main' : ''} data-action=${action} aria-disabled=${off} @click=${press}>${words}</button>`;
  }

  #say(action: TrainingAction): void {
    emit(this, 'rnn-training', { action });
  }

  #onSeek = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const updates = Math.min(Number(input.value), this.reach);
    input.value = String(updates);
    emit(this, 'rnn-seek', { updates });
  };

  #onSpeed = (event: Event): void => {
    emit(this, 'rnn-speed', { speed: Number((event.target as HTMLSelectElement).value) });
  };
}

define('rnn-training', RnnTraining);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-training': RnnTraining;
  }
}
