/** `<rnn-handle field="rate">`: a number in text or code that the reader can drag.
 *
 *  It is changed by dragging sideways, by arrow keys, Page Up and Down, Home and End, by the buttons − and +, or by typing after a tap, a click
 *  or Enter. With `dice` it is a seed, which is rolled instead of dragged. `spec` gives its range, step, scale and name. If the typed text is
 *  not a number, a message says so and the previous value stays. Event (bubbling):
 *
 *      rnn-change {name, value, final}     final: the movement has ended
 */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { replaceComma } from '../shared/number-field.ts';
import { clampTo, type NumberField } from '../state/fields.ts';
import { grouped } from '../shared/format.ts';
import { define } from '../shared/define.ts';
import { emit } from '../shared/events.ts';
import { styles } from './rnn-handle.styles.ts';
import { translate } from '../shared/translate.ts';

/** In pixels. A shorter movement is a tap, or the start of scrolling. */
const THRESHOLD = 6;
/**
 * Pixels of movement for one step, for doubling a value that is at least one step, and for a factor of ten on a
 * logarithmic scale.
 */
const STEP = 9;
const DOUBLE = 90;
const DECADE = 150;

interface Drag {
  pointer: number;
  x: number;
  from: number;
  moving: boolean;
}

/** Two significant digits are enough to tell positions on a logarithmic scale apart. */
const rounded = (value: number): number => Number(value.toPrecision(2));

export class RnnHandle extends LitElement {
  static override styles = styles;

  static override properties = {
    field: { type: String },
    spec: { attribute: false },
    value: { type: Number },
    dice: { type: Boolean },
    maximum: { type: Number },
    _editing: { state: true },
    _complaint: { state: true },
  };

  /** The name of the setting in the page's state. */
  declare field: string;
  /** Without a spec, nothing is rendered. */
  declare spec: NumberField | undefined;
  declare value: number;
  declare dice: boolean;
  /** A maximum lower than that of the spec, if the figure requires it. */
  declare maximum: number | undefined;
  declare _editing: boolean;
  /** The error message for the last typed value. */
  declare _complaint: string;

  #drag: Drag | undefined;
  #moved = false;
  /** The digit that was typed to open the field. */
  #first = '';

  constructor() {
    super();
    this.value = Number.NaN;
    this.dice = false;
    this._editing = false;
    this._complaint = '';
  }

  /** The value as it appears in code. */
  get text(): string {
    return String(this.value);
  }

  /** The value in Python. A number that need not be whole is always written as a float: Keras refuses the learning rate 1. */
  get python(): string {
    return this.spec?.whole === false && Number.isInteger(this.value) ? `${this.text}.0` : this.text;
  }

  get #spec(): NumberField {
    if (!this.spec) throw new Error(`the handle ${this.field} has no spec`);
    return this.spec;
  }

  get #low(): number {
    return this.#spec.minimum;
  }

  get #high(): number {
    return this.maximum ?? this.#spec.maximum;
  }

  /**
   * The length of the longest possible value in characters. The number reserves this space so that nothing moves while
   * it changes.
   */
  get #room(): number {
    const [low, high] = [this.#low, this.#high];
    if (this.dice) return Math.max(4, this.text.length);
    const near = this.#spec.logarithmic
      ? [rounded(low * 1.1)]
      : [this.#onStep(low + this.#step), this.#onStep(high - this.#step)];
    return Math.max(...[low, high, this.value, ...near].map((value) => String(value).length));
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.spec) return nothing;
    const number = this._editing ? this.#renderInput() : this.dice ? this.#renderSeed() : this.#renderSlider();
    return html`<span class="name" aria-hidden="true">${this.spec.label}</span><span class="control">${this.dice ? [number, this.#renderDice()] : this.#renderSteps(number)}</span
      ><span class="complaint" role="status">${this._complaint}</span>`;
  }

  #renderSlider(): TemplateResult {
    const { label } = this.#spec;
    return html`<span
        class="number"
        role="slider"
        tabindex="0"
        aria-label=${label}
        aria-valuemin=${this.#low}
        aria-valuemax=${this.#high}
        aria-valuenow=${this.value}
        aria-valuetext=${this.text}
        @pointerdown=${this.#onDown}
        @pointermove=${this.#onMove}
        @pointerup=${this.#onUp}
        @pointercancel=${this.#onCancel}
        @keydown=${this.#onKey}
        @keyup=${this.#settle}
        @blur=${this.#settle}
        >${this.text}</span
      >`;
  }

  /** The − and + buttons serve readers who cannot drag. */
  #renderSteps(number: TemplateResult): TemplateResult {
    const { label } = this.#spec;
    const button = (steps: number, name: string, sign: string): TemplateResult =>
      /* A press must not take the focus from the field, because that would close the field first. */
      html`<button type="button" class="step" tabindex="-1" aria-label=${name} @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.#nudge(steps)}>${sign}</button>`;
    return html`${button(-1, translate(`less: ${label}`), '−')}${number}${button(1, translate(`more: ${label}`), '+')}`;
  }

  #renderSeed(): TemplateResult {
    const { label } = this.#spec;
    return html`<button type="button" class="number dice" aria-label=${translate(`${label} ${this.text}: type another value`)} @click=${this.#edit}>
        ${this.text}</button
      >`;
  }

  #renderDice(): TemplateResult {
    const { label } = this.#spec;
    return html`<button type="button" class="roll" aria-label=${translate(`roll a new ${label}`)} title=${translate(`roll a new ${label}`)} @click=${this.#roll}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2Zm0 1.5a.5.5 0 0 0-.5.5v10c0 .28.22.5.5.5h10a.5.5 0 0 0 .5-.5V3a.5.5 0 0 0-.5-.5Z" />
          <circle cx="5" cy="5" r="1.25" /><circle cx="11" cy="5" r="1.25" /><circle cx="8" cy="8" r="1.25" />
          <circle cx="5" cy="11" r="1.25" /><circle cx="11" cy="11" r="1.25" />
        </svg>
      </button>`;
  }

  #renderInput(): TemplateResult {
    const step = this.#spec.whole ? 1 : 'any';
    return html`<input
      class="field"
      type="number"
      aria-label=${this.#spec.label}
      min=${this.#low}
      max=${this.#high}
      step=${step}
      .value=${this.text}
      @beforeinput=${replaceComma}
      @keydown=${this.#onInputKey}
      @blur=${this.#commit}
    />`;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!this.spec) return;
    this.style.setProperty(
      '--room',
      `${this.#room}ch`,
    ); /* Set by script because a strict content security policy forbids style attributes in markup. */
    const input = changed.has('_editing') && this._editing && this.renderRoot.querySelector('input');
    if (!input) return;
    if (this.#first) input.value = this.#first;
    input.focus();
    if (!this.#first) input.select();
    this.#first = '';
  }

  #bounded(value: number): number {
    return Math.min(this.#high, Math.max(this.#low, clampTo(this.#spec, value)));
  }

  #send(value: number, final: boolean, typed?: string): void {
    const bounded = this.#bounded(value);
    if (bounded === this.value && !final) return;
    this.#moved = !final;
    this.value = bounded;
    this._complaint = '';
    emit(this, 'rnn-change', {
      name: this.field,
      value: bounded,
      final,
      ...(typed !== undefined && bounded !== value && { typed }),
    });
  }

  /** A change by keys is final when the key is released. */
  #settle = (): void => {
    if (this.#moved && !this.#drag) this.#send(this.value, true);
  };

  #stepped(steps: number): number {
    return this.#spec.logarithmic
      ? rounded(this.value * 10 ** (steps / 10))
      : this.#onStep(this.value + steps * this.#step);
  }

  get #step(): number {
    return this.#spec.step ?? 1;
  }

  /** The multiple of the step nearest to the value, without rounding errors: 0.3, not 0.30000000000000004. */
  #onStep(value: number): number {
    return Number((Math.round(value / this.#step) * this.#step).toPrecision(12));
  }

  #nudge(steps: number): void {
    if (this._editing) this.#commit();
    if (this.#bounded(this.#stepped(steps)) === this.value) return; /* The value is at the end of its range. */
    this.#send(this.#stepped(steps), false);
    this.#send(this.value, true);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 10,
      PageDown: -10,
    };
    const by = steps[event.key];
    if (by !== undefined) this.#send(this.#stepped(by), false);
    else if (event.key === 'Home') this.#send(this.#low, false);
    else if (event.key === 'End') this.#send(this.#high, false);
    else if (event.key === 'Enter') this.#edit();
    else if (/^[0-9.]$/.test(event.key)) {
      this.#first = event.key;
      this.#edit();
    } else return;
    event.preventDefault();
  };

  #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#drag = { pointer: event.pointerId, x: event.clientX, from: this.value, moving: false };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };

  #onMove = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    const distance = event.clientX - drag.x;
    if (!drag.moving) {
      if (Math.abs(distance) < THRESHOLD) return;
      drag.moving = true;
      drag.x += distance > 0 ? THRESHOLD : -THRESHOLD;
      this.toggleAttribute('dragging', true);
    }
    this.#send(this.#dragged(drag.from, event.clientX - drag.x), false);
  };

  #dragged(from: number, distance: number): number {
    if (this.#spec.logarithmic) return rounded(from * 10 ** (distance / DECADE));
    const step = from + (distance / STEP) * this.#step;
    const factor = from * 2 ** (distance / DOUBLE);
    return this.#onStep(distance > 0 ? Math.max(step, factor) : Math.max(this.#low, Math.min(step, factor)));
  }

  #onUp = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    this.#end();
    if (drag.moving) this.#send(this.value, true);
    else this.#edit();
  };

  /** The browser has taken over the pointer to scroll, so the value from before the drag is restored. */
  #onCancel = (): void => {
    const drag = this.#drag;
    this.#end();
    if (drag?.moving) this.#send(drag.from, true);
  };

  #end(): void {
    this.#drag = undefined;
    this.toggleAttribute('dragging', false);
  }

  #edit = (): void => {
    this._editing = true;
    this._complaint = '';
  };

  #roll = (): void => {
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    this.#send((seed as number) % 10000, true);
  };

  #onInputKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.#commit();
    else if (event.key === 'Escape') this._editing = false;
    else return;
    event.preventDefault();
    this.updateComplete.then(() => (this.renderRoot.querySelector('.number') as HTMLElement | null)?.focus());
  };

  #commit = (): void => {
    const input = this.renderRoot.querySelector('input');
    if (!input || !this._editing) return;
    this._editing = false;
    const value = input.valueAsNumber;
    if (!Number.isNaN(value) && value !== this.value) this.#send(value, true, input.value);
    if (Number.isNaN(value))
      this._complaint = translate(
        `This must be a number from ${grouped(this.#low)} to ${grouped(this.#high)}. The value is still ${this.text}.`,
      );
  };
}

define('rnn-handle', RnnHandle);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-handle': RnnHandle;
  }
}
