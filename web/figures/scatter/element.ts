/** `<rnn-scatter>`: x against y. One mark a sequence, at the value of one time step; or all time steps at once.
 *
 *  Classes are told apart by row and by mark, ○ for 0 and ● for 1. Within a row a mark strays up or down by its index alone.
 *  Events (bubbling):
 *
 *      rnn-timestep {timestep}         the reader chose a time step, from 1; 0 for all
 *      rnn-sample {sample, chosen}     the sequence under the pointer, or chosen by key or click, counted from 0 as in code
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import {
  type Box,
  type Cloud,
  MOST,
  type Marks,
  nearest,
  place,
  ROW,
  radius,
  total,
  trace,
  valueOf,
  valueRange,
} from '../../charts/dots.ts';
import { shortNumber } from '../../charts/number-text.ts';
import type { Range } from '../../charts/range.ts';
import { onThemeChange, readColours } from '../../charts/theme.ts';
import { tickTexts, valueTicks } from '../../charts/ticks.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { styles } from './styles.ts';
import { SizeObserver } from '../../shared/observers.ts';
import { translate } from '../../shared/translate.ts';

export interface Threshold {
  value: number;
  label: string;
  /** The time step at which it decides; at others it is not drawn. */
  timestep?: number;
}

const COLOURS = ['ink', 'ink-2', 'paper', 'line', 'edge', 'focus'] as const;
type Colours = Record<(typeof COLOURS)[number], string>;

const MARGIN = { left: 62, right: 10, top: 6, bottom: 24 };
/** How far from a mark the pointer still means it, in CSS pixels. */
const REACH = 16;

export class RnnScatter extends LitElement {
  static override styles = styles;

  static override properties = {
    x: { attribute: false },
    y: { attribute: false },
    timesteps: { type: Number },
    features: { type: Number },
    feature: { type: Number },
    timestep: { type: Number },
    sample: { type: Number },
    threshold: { attribute: false },
    heading: { type: String },
    caption: { type: String },
  };

  /** samples · timesteps · features values; one label, 0 or 1, a sample. */
  declare x: ArrayLike<number>;
  declare y: ArrayLike<number>;
  declare timesteps: number;
  declare features: number;
  /** The feature shown, from 0. */
  declare feature: number;
  /** The time step shown, from 1; 0 for all. */
  declare timestep: number;
  /** The sequence chosen, from 0. */
  declare sample: number | undefined;
  declare threshold: Threshold | undefined;
  declare heading: string;
  declare caption: string;

  #canvas: HTMLCanvasElement | undefined;
  #colours: Colours | undefined;
  #marks: Marks | undefined;
  #range: Range = [0, 1];
  #size = { width: 0, height: 0 };
  #hover: number | undefined;
  #stopListening: (() => void) | undefined;
  #observer: ResizeObserver | undefined;

  constructor() {
    super();
    this.x = [];
    this.y = [];
    this.timesteps = 1;
    this.features = 1;
    this.feature = 0;
    this.timestep = 1;
    this.heading = translate('x against y');
    this.caption = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopListening = onThemeChange(() => {
      this.#colours = undefined;
      this.#draw();
    });
    if (this.hasUpdated) this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.#observer?.disconnect();
  }

  override render(): TemplateResult {
    const samples = this.y.length;
    return html`
      <figure role="figure" aria-labelledby="title" aria-describedby="about">
        <div class="head">
          <span class="title" id="title">${this.heading}</span>
          <output class="readout" aria-live="off"></output>
        </div>
        <div class="plot">
          <canvas aria-hidden="true"></canvas>
          <span class="class top" aria-hidden="true"><svg width="11" height="11"><circle class="one" cx="5.5" cy="5.5" r="4" /></svg>y = 1</span>
          <span class="class bottom" aria-hidden="true"><svg width="11" height="11"><circle cx="5.5" cy="5.5" r="4" /></svg>y = 0</span>
          <div
            class="touch"
            role="slider"
            tabindex="0"
            aria-label="Sequence"
            aria-valuemin="0"
            aria-valuemax=${Math.max(0, samples - 1)}
            @keydown=${this.#onKey}
            @pointermove=${this.#onMove}
            @pointerleave=${this.#onLeave}
            @click=${this.#onClick}
          ></div>
        </div>
        <div class="axis" aria-hidden="true"><span>${this.#axisName()}</span></div>
        ${this.timesteps > 1 ? this.#renderControls() : nothing}
        <figcaption id="about">${this.caption || this.#about()}</figcaption>
        <i class="probe"></i>
      </figure>
    `;
  }

  #renderControls(): TemplateResult {
    const all = this.timestep === 0;
    return html`
      <div class="controls">
        <label class="time">
          Time step
          <input type="range" min="1" .max=${String(this.timesteps)} .value=${String(all ? 1 : this.timestep)} ?disabled=${all} @input=${this.#onSlide} />
          <output>${all ? translate(`all ${this.timesteps}`) : translate(`${this.timestep} of ${this.timesteps}`)}</output>
        </label>
        <label><input type="checkbox" .checked=${all} @change=${this.#onAll} />all time steps</label>
      </div>
    `;
  }

  #axisName(): TemplateResult {
    const t = this.timestep === 0 ? ':' : String(this.timestep - 1);
    return html`<code>x[:, ${t}, ${this.feature}]</code>`;
  }

  #about(): string {
    const left = total(this.#cloud()) - MOST;
    const rows = translate('Up and down within a row means nothing: it only keeps the dots apart.');
    return left > 0 ? translate(`${rows} The last ${shortNumber(left, 0)} values are not drawn.`) : rows;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('x') || changed.has('feature') || changed.has('features')) this.#range = axisRange(this.#cloud());
    if (!this.#observer) this.#observe();
    this.#draw();
    this.#say();
  }

  #observe(): void {
    this.#canvas = this.renderRoot.querySelector('canvas') as HTMLCanvasElement;
    const plot = this.renderRoot.querySelector('.plot') as HTMLElement;
    this.#observer ??= new SizeObserver((entries) => {
      const box = entries.at(-1)?.contentRect;
      if (!box) return;
      this.#size = { width: box.width, height: box.height };
      const area = this.#box();
      plot.style.setProperty('--one', `${area.top + ROW[1] * area.height}px`);
      plot.style.setProperty('--zero-row', `${area.top + ROW[0] * area.height}px`);
      this.#draw();
    });
    this.#observer.observe(plot);
  }

  #cloud(): Cloud {
    const { x, y, timesteps, features, feature } = this;
    return { x, y, timesteps, features, feature, timestep: Math.min(Math.max(0, this.timestep), timesteps) };
  }

  #box(): Box {
    return {
      left: MARGIN.left,
      top: MARGIN.top,
      width: Math.max(1, this.#size.width - MARGIN.left - MARGIN.right),
      height: Math.max(1, this.#size.height - MARGIN.top - MARGIN.bottom),
    };
  }

  #draw(): void {
    const canvas = this.#canvas;
    const context = canvas?.getContext('2d');
    if (!canvas || !context || this.#size.width === 0) return;
    this.#colours ??= readColours(this.renderRoot.querySelector('.probe') as HTMLElement, COLOURS);
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(this.#size.width * ratio), Math.round(this.#size.height * ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#size.width, this.#size.height);
    this.#marks = place(this.#cloud(), this.#range, this.#box());
    this.#drawAxis(context, this.#colours);
    this.#drawThreshold(context, this.#colours);
    this.#drawMarks(context, this.#colours);
  }

  /** Paints its canvas again, at once: whoever takes a picture listens (web/picture). */
  repaint(): void {
    this.#draw();
  }

  #drawAxis(canvas: CanvasRenderingContext2D, colours: Colours): void {
    const box = this.#box();
    const bottom = box.top + box.height;
    const values = valueTicks(...this.#range, Math.max(2, Math.min(10, box.width / 70)));
    const texts = tickTexts(values);
    canvas.font = `12px ${getComputedStyle(this).fontFamily}`;
    canvas.textAlign = 'center';
    canvas.textBaseline = 'top';
    canvas.fillStyle = colours['ink-2'];
    canvas.strokeStyle = colours.line;
    canvas.lineWidth = 1;
    canvas.beginPath();
    values.forEach((value, i) => {
      const x = Math.round(this.#across(value)) + 0.5;
      canvas.moveTo(x, box.top);
      canvas.lineTo(x, bottom);
      canvas.fillText(texts[i] as string, x, bottom + 8);
    });
    canvas.stroke();
  }

  #across(value: number): number {
    const box = this.#box();
    return box.left + ((value - this.#range[0]) / (this.#range[1] - this.#range[0])) * box.width;
  }

  #drawThreshold(canvas: CanvasRenderingContext2D, colours: Colours): void {
    const { threshold } = this;
    if (!threshold || (threshold.timestep !== undefined && threshold.timestep !== this.timestep)) return;
    const box = this.#box();
    const x = Math.round(this.#across(threshold.value)) + 0.5;
    canvas.strokeStyle = colours.ink;
    canvas.lineWidth = 1;
    canvas.beginPath();
    canvas.moveTo(x, box.top);
    canvas.lineTo(x, box.top + box.height);
    canvas.stroke();
    canvas.fillStyle = colours.ink;
    canvas.textAlign = 'left';
    canvas.textBaseline = 'middle';
    canvas.strokeStyle = colours.paper;
    canvas.lineWidth = 4;
    const middle = box.top + box.height / 2;
    canvas.strokeText(threshold.label, x + 6, middle);
    canvas.fillText(threshold.label, x + 6, middle);
  }

  #drawMarks(canvas: CanvasRenderingContext2D, colours: Colours): void {
    const marks = this.#marks as Marks;
    const size = radius(marks.count);
    canvas.fillStyle = canvas.strokeStyle = colours.ink;
    canvas.lineWidth = size > 2 ? 1.25 : 1;
    trace(canvas, marks, this.y, true, size);
    canvas.fill();
    trace(canvas, marks, this.y, false, size - 0.5);
    canvas.stroke();
    const sample = this.#hover ?? this.sample;
    if (sample !== undefined) this.#drawRings(canvas, colours, sample, size + 4);
  }

  #drawRings(canvas: CanvasRenderingContext2D, colours: Colours, sample: number, size: number): void {
    const marks = this.#marks as Marks;
    canvas.strokeStyle = colours.focus;
    canvas.lineWidth = 2;
    for (let i = 0; i < marks.count; i++) {
      if (marks.sample[i] !== sample) continue;
      canvas.beginPath();
      canvas.arc(marks.across[i] as number, marks.down[i] as number, size, 0, 2 * Math.PI);
      canvas.stroke();
    }
  }

  /** The chosen sequence in words, as code would address it. */
  #say(): void {
    const sample = this.#hover ?? this.sample;
    const readout = this.renderRoot.querySelector('.readout') as HTMLElement;
    const touch = this.renderRoot.querySelector('.touch') as HTMLElement;
    const text = sample === undefined || sample >= this.y.length ? '' : this.#sentence(sample);
    readout.textContent = text;
    touch.setAttribute('aria-valuenow', String(sample ?? 0));
    touch.setAttribute('aria-valuetext', text || translate('none chosen'));
  }

  #sentence(sample: number): string {
    const label = `y[${sample}] = ${this.y[sample]}`;
    if (this.timestep === 0) return translate(`sequence ${sample}, ${label}`);
    const value = shortNumber(valueOf(this.#cloud(), sample, this.timestep));
    return `x[${sample}, ${this.timestep - 1}, ${this.feature}] = ${value}, ${label}`;
  }

  #show(sample: number | undefined): void {
    if (sample === this.#hover) return;
    this.#hover = sample;
    this.#draw();
    this.#say();
    this.#tell(sample, false);
  }

  #tell(sample: number | undefined, chosen: boolean): void {
    emit(this, 'rnn-sample', { sample, chosen });
  }

  #tellTimestep(timestep: number): void {
    this.timestep = timestep;
    emit(this, 'rnn-timestep', { timestep });
  }

  #at(event: MouseEvent): number | undefined {
    const mark = this.#marks ? nearest(this.#marks, event.offsetX, event.offsetY, REACH) : -1;
    return mark < 0 ? undefined : this.#marks?.sample[mark];
  }

  #onMove = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.#show(this.#at(event)); /* a finger may only scroll the page */
  };

  #onLeave = (): void => this.#show(undefined);

  /** A click or a tap: a finger that goes on to scroll makes none. */
  #onClick = (event: MouseEvent): void => {
    this.sample = this.#at(event);
    this.#tell(this.sample, true);
  };

  #onKey = (event: KeyboardEvent): void => {
    const last = this.y.length - 1;
    const now = this.sample ?? -1;
    const moves: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - 10,
      PageUp: now + 10,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (last < 0 || (next === undefined && event.key !== 'Escape')) return;
    event.preventDefault();
    this.sample = next === undefined ? undefined : Math.min(last, Math.max(0, next));
    this.#tell(this.sample, true);
  };

  #onSlide = (event: Event): void => this.#tellTimestep(Number((event.target as HTMLInputElement).value));

  #onAll = (event: Event): void => this.#tellTimestep((event.target as HTMLInputElement).checked ? 0 : 1);
}

/** 0 … 1 where all values lie there; else what they need. */
function axisRange(cloud: Cloud): Range {
  const [low, high] = valueRange(cloud);
  if (low >= 0 && high <= 1) return [0, 1];
  const margin = (high - low || Math.abs(low) || 1) * 0.03;
  return [low - margin, high + margin];
}

define('rnn-scatter', RnnScatter);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-scatter': RnnScatter;
  }
}
