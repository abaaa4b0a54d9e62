/** `<rnn-scatter>`: x against y, with one mark per sequence at one time step, or at all time steps.
 *
 *  The classes differ in their row and in their mark, ○ for 0 and ● for 1. Within a row, marks are spread vertically by their index.
 *  Events (bubbling):
 *
 *      rnn-timestep {timestep}         the reader chose a time step, from 1; 0 for all
 *      rnn-sample {sample, chosen}     the sequence under the pointer, or chosen by key or click, counted from 0 as in code
 */

import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import {
  type Box,
  type Cloud,
  MOST_MARKS,
  type Marks,
  nearest,
  placeMarks,
  ROW,
  radius,
  valueCount,
  circlePaths,
  valueOf,
  valueRange,
} from '../../charts/dots.ts';
import { shortNumber } from '../../charts/number-text.ts';
import type { Range } from '../../charts/range.ts';
import { tickTexts, valueTicks } from '../../charts/ticks.ts';
import { type DataNames, featureHead, featureName, quantityText } from '../../shared/data-names.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import { inUnit } from '../../shared/shared-sentences.ts';
import { styles } from './styles.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { plural, translate } from '../../shared/translate.ts';

export interface Threshold {
  value: number;
  label: string;
  /** The time step at which the line decides. At other time steps it is not drawn. */
  timestep?: number;
}

const MARGIN = { left: 62, right: 10, top: 6, bottom: 24 };
/** The largest distance in CSS pixels between the pointer and the mark that it selects. */
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
    names: { attribute: false },
    threshold: { attribute: false },
    heading: { type: String },
    caption: { type: String },
  };

  /** Shape (samples, timesteps, features); y has one label per sample, 0 or 1. */
  declare x: ArrayLike<number>;
  declare y: ArrayLike<number>;
  declare timesteps: number;
  declare features: number;
  /** The shown feature, from 0. */
  declare feature: number;
  /** The shown time step, from 1; 0 shows all. */
  declare timestep: number;
  /** The chosen sequence, from 0. */
  declare sample: number | undefined;
  /** What the features stand for. */
  declare names: DataNames | undefined;
  declare threshold: Threshold | undefined;
  declare heading: string;
  declare caption: string;

  readonly #surroundings = new Surroundings(this, { part: '.plot', resized: () => (this.#marks = undefined) });
  #marks: Marks | undefined;
  #range: Range = [0, 1];
  #drawing: TemplateResult | undefined;
  #hover: number | undefined;

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

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('x') || changed.has('feature') || changed.has('features')) this.#range = axisRange(this.#cloud());
    if (this.#marks && [...changed.keys()].every((name) => name === 'sample')) return;
    this.#marks = placeMarks(this.#cloud(), this.#range, this.#box());
    this.#drawing = this.#draw(this.#marks);
  }

  override render(): TemplateResult {
    const sample = this.#hover ?? this.sample;
    const marks = this.#marks as Marks;
    const ring = radius(marks.count) + 5;
    const text = sample === undefined || sample >= this.y.length ? '' : this.#sentence(sample);
    return html`
      <figure role="figure" aria-labelledby="title" aria-describedby="about">
        <div class="head">
          <span class="title" id="title">${this.heading}</span>
          <output class="readout" aria-live="off">${text}</output>
        </div>
        <div class="plot">
          <svg class="back" aria-hidden="true">${this.#drawing}</svg>
          <svg aria-hidden="true"><path class="chosen" d=${circlePaths(marks, (one) => one === sample, ring, ring - 2)} /></svg>
          <div
            class="touch"
            role="slider"
            tabindex="0"
            aria-label="Sequence"
            aria-valuemin="0"
            aria-valuemax=${Math.max(0, this.y.length - 1)}
            aria-valuenow=${sample ?? 0}
            aria-valuetext=${text || translate('none chosen')}
            @keydown=${this.#onKey}
            @pointermove=${this.#onMove}
            @pointerleave=${this.#onLeave}
            @click=${this.#onClick}
          ></div>
        </div>
        <div class="axis" aria-hidden="true"><span>${this.#axisName()}</span></div>
        ${this.timesteps > 1 ? this.#renderControls() : nothing}
        <figcaption id="about">${this.caption || this.#about()}</figcaption>
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
    const name = featureHead(this.names ?? {}, this.feature);
    return html`${name === undefined ? nothing : html`${name}: `}<code>x[:, ${t}, ${this.feature}]</code>`;
  }

  #about(): string {
    const left = valueCount(this.#cloud()) - MOST_MARKS;
    const rows = translate('The height within a row means nothing: it only keeps the dots apart.');
    const number = shortNumber(left, 0);
    const values = plural(left, {
      one: translate('The last value is not drawn.'),
      other: translate(`The last ${number} values are not drawn.`),
    });
    return left > 0 ? `${rows} ${values}` : rows;
  }

  #cloud(): Cloud {
    const { x, y, timesteps, features, feature } = this;
    return { x, y, timesteps, features, feature, timestep: Math.min(Math.max(0, this.timestep), timesteps) };
  }

  #box(): Box {
    return {
      left: MARGIN.left,
      top: MARGIN.top,
      width: Math.max(1, this.#surroundings.width - MARGIN.left - MARGIN.right),
      height: Math.max(1, this.#surroundings.height - MARGIN.top - MARGIN.bottom),
    };
  }

  #draw(marks: Marks): TemplateResult {
    const { left, top, width, height } = this.#box();
    const [low, high] = this.#range;
    const x = (value: number): number => left + ((value - low) / (high - low)) * width;
    const up = (value: number): string => `M${x(value)} ${top}v${height}`;
    /* round numbers in the unit of what the feature measures */
    const quantity = this.names?.quantities?.[this.feature];
    const named = quantity !== undefined && quantity.deviation > 0;
    const [from, to] = named ? [inUnit(quantity, low), inUnit(quantity, high)] : [low, high];
    const values = valueTicks(from, to, Math.max(2, Math.min(10, width / 70)));
    const texts = tickTexts(values);
    const place = (value: number): number => (named ? low + ((value - from) / (to - from)) * (high - low) : value);
    const { threshold } = this;
    const decides = threshold && (threshold.timestep === undefined || threshold.timestep === this.timestep);
    const size = radius(marks.count);
    const one = (sample: number): boolean => (this.y[sample] as number) > 0.5;
    return svg`
      ${([0, 1] as const).map((label) => svg`<circle class=${label ? 'one' : 'zero'} cx="5.5" cy=${top + ROW[label] * height} r="4" /><text class="label" x="17" y=${top + ROW[label] * height + 4.5}>y = ${label}</text>`)}
      <path class="grid" d=${values.map((value) => up(place(value))).join('')} />
      ${values.map((value, i) => svg`<text x=${x(place(value))} y=${top + height + 19} text-anchor="middle">${texts[i]}</text>`)}
      <path class="threshold" d=${decides ? up(threshold.value) : ''} />
      ${decides ? svg`<text class="threshold" x=${x(threshold.value) + 6} y=${top + height / 2 + 4}>${threshold.label}</text>` : nothing}
      <path class="one" d=${circlePaths(marks, one, size)} />
      <path class="one" d=${circlePaths(marks, (sample) => !one(sample), size, size - 1.25)} />`;
  }

  #sentence(sample: number): string {
    const label = `y[${sample}] = ${this.y[sample]}`;
    if (this.timestep === 0) return translate(`sequence ${sample}, ${label}`);
    const x = valueOf(this.#cloud(), sample, this.timestep);
    const quantity = this.names?.quantities?.[this.feature];
    const value = quantity ? quantityText(quantity, x) : shortNumber(x);
    const name = featureName(this.names ?? {}, this.feature);
    return `${name === undefined ? '' : `${name}: `}x[${sample}, ${this.timestep - 1}, ${this.feature}] = ${value}, ${label}`;
  }

  #show(sample: number | undefined): void {
    if (sample === this.#hover) return;
    this.#hover = sample;
    this.requestUpdate();
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
    const { x, y } = localPosition(event.currentTarget as Element, event);
    const mark = this.#marks ? nearest(this.#marks, x, y, REACH) : -1;
    return mark < 0 ? undefined : this.#marks?.sample[mark];
  }

  #onMove = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.#show(this.#at(event)); /* the finger may only scroll the page */
  };

  #onLeave = (): void => this.#show(undefined);

  /** Handles clicks and taps. A finger that scrolls does not cause a click. */
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

/** The range 0 to 1 if it contains all values, otherwise a round range that does. */
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
