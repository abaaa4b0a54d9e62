/** `<rnn-curves>`: a small chart of a quantity by epoch: this run, the previous run as a ghost, and references.
 *
 *  It draws the given numbers and computes none. Its properties may be set in every frame, because a new run only moves the lines.
 *  Epochs count from 1. Events (bubbling):
 *
 *      rnn-cursor {epoch, chosen}   epoch under the pointer, or chosen by key or click; undefined when the pointer left
 *      rnn-open {open}              the table of values was opened or closed
 */

import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { AXIS_NAME, CurvePlot, translateTo, renderLabels } from './curve-plot.ts';
import { describe, namedValues, stepName, type Table, table, valuesAt, valuesAtMoment } from './curve-words.ts';
import {
  type Band,
  type Chance,
  type Curves,
  type Line,
  axisValues,
  lastStep,
  type Series,
  type Stop,
  valueAt,
} from './curve-data.ts';
import { extent, nextRange, type Range } from '../../charts/range.ts';
import { reserveHeight } from '../../shared/reserve-height.ts';
import { define } from '../../shared/define.ts';
import { toggleTable } from '../../shared/toggle-table.ts';
import { emit } from '../../shared/events.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import { styles } from './styles.ts';
import { translate } from '../../shared/translate.ts';
import { Surroundings } from '../../shared/surroundings.ts';

/** The samples of strokes below a chart: the previous run, pure guessing, many runs. */
export function keyEntries(
  ghost: boolean,
  chance: Chance | undefined,
  bands: readonly Band[],
  ghostName = translate('the run before'),
): TemplateResult {
  const line = svg`<path class="ghost train" d="M0 3h30" /><path class="ghost fresh" d="M0 8h30" />`;
  return html`
    ${chance ? html`<span class="chance"><svg width="30" height="12" aria-hidden="true"><rect class="band" width="30" height="12" /></svg>${chance.label ?? translate('chance alone')}</span>` : nothing}
    ${bands.map(({ role, label = translate('median and band of many runs') }) => html`<span class="many"><svg width="30" height="12" aria-hidden="true"><rect class=${`band ${role}`} width="30" height="12" /><path class=${`median ${role}`} d="M0 6h30" /></svg>${label}</span>`)}
    <span class=${ghost ? 'before' : 'before absent'}><svg width="30" height="11" aria-hidden="true">${line}</svg>${ghostName}</span>
  `;
}

/** The table of values, which scrolls inside its own region. */
export const valuesTable = ({ head, rows }: Table, label: string): TemplateResult => html`
  <div class="table" tabindex="0" role="region" aria-label=${label}>
    <table>
      <thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((text, i) => (i === 0 ? html`<th scope="row">${text}</th>` : html`<td>${text}</td>`))}</tr>`)}
      </tbody>
    </table>
  </div>
`;

/** How far the number 0 is from the axis, so that it covers no number of the value axis, in CSS pixels. */
const BESIDE_TICKS = 5;

/** Properties that depend on what the reader reads off the chart. They change no line. */
const READING: ReadonlySet<PropertyKey> = new Set(['cursor', 'moment', 'pointed', 'open']);

export class RnnCurves extends LitElement {
  static override styles = styles;

  static override properties = {
    heading: { type: String },
    caption: { type: String },
    series: { attribute: false },
    ghost: { attribute: false },
    ghostName: { type: String },
    bands: { attribute: false },
    lines: { attribute: false },
    chanceBand: { attribute: false },
    diverged: { attribute: false },
    epochs: { type: Number },
    step: { type: String },
    cursor: { type: Number },
    moment: { type: Number },
    pointed: { type: Number },
    note: { type: String },
    quantity: { type: String },
    yRange: { attribute: false },
    log: { type: Boolean },
    moving: { type: Boolean },
    digits: { type: Number },
    bare: { type: Boolean, reflect: true },
    open: { type: Boolean },
  };

  /** The title and name of the chart. */
  declare heading: string;
  /** Shown as code beside the heading, until the values at the cursor replace it. */
  declare note: string;
  /** The quantity of the value axis. It is left out if the heading says the same. */
  declare quantity: string;
  declare caption: string;
  /** This run, and the previous one. Each has at most one series per role. */
  declare series: readonly Series[];
  declare ghost: readonly Series[];
  /** The name of the dashed run. The default, '', means the previous run. */
  declare ghostName: string;
  /** Many runs, drawn below this one. */
  declare bands: readonly Band[];
  /** Horizontal references, for example ½ or the share of the more common label. */
  declare lines: readonly Line[];
  /** The range of results that pure guessing would give. */
  declare chanceBand: Chance | undefined;
  /** The step where the run stopped. */
  declare diverged: Stop | undefined;
  /** The length of the axis, also while the curves have not reached its end. */
  declare epochs: number;
  /** The unit of the horizontal axis. The default, '', means epochs. */
  declare step: string;
  /** The chosen epoch. */
  declare cursor: number | undefined;
  /** The moment of the run that the page shows, in epochs from 0. What follows it is faint. */
  declare moment: number | undefined;
  /** The epoch under the pointer in another chart. */
  declare pointed: number | undefined;
  /** Always part of the axis. Values beyond it widen the axis. */
  declare yRange: Range | undefined;
  /** Whether the value axis is logarithmic. */
  declare log: boolean;
  /** Whether a handle is being dragged. The axis may grow then but not shrink. */
  declare moving: boolean;
  declare digits: number;
  /** Leaves out the key of strokes and the table, which the parent shows. */
  declare bare: boolean;
  /** Whether the table of values is open. */
  declare open: boolean;

  readonly #surroundings = new Surroundings(this, { part: '.plot' });
  #plot: CurvePlot | undefined;
  #hover: number | undefined;
  #focused = false;

  constructor() {
    super();
    this.heading = '';
    this.note = '';
    this.quantity = '';
    this.caption = '';
    this.series = [];
    this.ghost = [];
    this.ghostName = '';
    this.bands = [];
    this.lines = [];
    this.epochs = 1;
    this.step = '';
    this.log = false;
    this.moving = false;
    this.digits = 2;
    this.bare = false;
    this.open = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { width, height } = this.#surroundings;
    const before = this.#plot?.view;
    if (before?.width === width && before.height === height && [...changed.keys()].every((name) => READING.has(name)))
      return;
    const curves = this.#curves();
    const held = changed.has('log') ? undefined : before?.range;
    /* The fixed range applies to a linear axis. A logarithmic axis shows only the range of the values. */
    const range = nextRange(
      held,
      this.log ? undefined : this.yRange,
      extent(axisValues(curves)),
      this.moving && !!before,
    );
    const family = before?.family ?? getComputedStyle(this).fontFamily;
    const view = { curves, range, digits: this.digits, titled: this.#axis !== '', width, height, family };
    this.#plot = new CurvePlot(view, this.#plot);
  }

  override render(): TemplateResult {
    const plot = this.#plot as CurvePlot;
    const { view, area, count, back, front } = plot;
    const { curves, digits } = view;
    const name = this.#name();
    const epoch = this.#epoch();
    const floor = area.top + area.height;
    const moment = this.#moment();
    const here = epoch ?? moment;
    return html`
      <figure role="figure" aria-label=${name} aria-describedby="summary">
        <div class=${epoch === undefined ? 'head' : 'head reading'}>
          <span class="title" title=${this.heading}>${this.heading}</span>
          ${this.note ? html`<code class="note">${this.note}</code>` : nothing}
          <output class="readout" aria-live="off">${epoch === undefined ? nothing : html`<span class="at">${stepName(curves)} ${epoch}: </span>${namedValues(curves, epoch, digits)}`}</output>
        </div>
        <div class="plot">
          <svg class="back drawing" aria-hidden="true">${back}</svg>
          <svg class="drawing" aria-hidden="true">
            <g class=${moment === undefined ? '' : 'ahead'}>${front}</g>
            ${moment === undefined ? nothing : plot.past(moment)}
            <path class="moment" d=${moment === undefined ? '' : `M${plot.xOfMoment(moment)} ${area.top}V${floor}`} />
            <path class="hair" d=${epoch === undefined ? '' : `M${this.#plot?.x(epoch)} ${area.top}V${floor}`} />
            ${epoch === undefined ? nothing : this.series.map((series) => this.#renderDot(series, epoch))}
          </svg>
          ${renderLabels(plot, moment !== undefined)}
          ${this.series.length + this.ghost.length === 0 ? html`<p class="pending">Not computed yet.</p>` : nothing}
          <span class="quantity" aria-hidden="true">${this.#axis}</span>
          ${here === undefined || !Number.isInteger(here) ? nothing : html`<div class="foot" .style=${`transform: translate(calc(${here < 1 ? area.left + BESIDE_TICKS : plot.x(here)}px - 50%), ${floor + 4}px)`}>${here}</div>`}
          <div
            class="touch"
            role="slider"
            tabindex="0"
            aria-label=${`${this.step || AXIS_NAME}, ${name}`}
            aria-orientation="horizontal"
            aria-valuemin=${Math.min(1, Math.floor(here ?? 1))}
            aria-valuemax=${count}
            aria-valuenow=${Math.floor(here ?? this.#last())}
            aria-valuetext=${here === undefined ? valuesAt(curves, this.#last(), digits) : valuesAtMoment(curves, here, digits)}
            .style=${`${translateTo(area.left, area.top)}; width: ${area.width}px; height: ${area.height}px`}
            @keydown=${this.#onKey}
            @focus=${this.#onFocus}
            @blur=${this.#onBlur}
            @click=${this.#onClick}
            @pointermove=${this.#onMove}
            @pointerleave=${this.#onLeave}
            @pointercancel=${this.#onLeave}
          ></div>
        </div>
        <p class="visually-hidden" id="summary">${describe({ ...curves, moment }, digits)}</p>
        <div class="key">
          ${keyEntries(this.ghost.length > 0, this.chanceBand, this.bands, this.ghostName || undefined)}
          <details ?open=${this.open} @toggle=${toggleTable}>
            <summary>Values<span class="visually-hidden"> of ${name}</span></summary>
            ${this.open ? this.#renderTable() : nothing}
          </details>
        </div>
        ${this.caption ? html`<figcaption data-room>${this.caption}</figcaption>` : nothing}
      </figure>
    `;
  }

  #renderTable(): TemplateResult {
    const values = table(this.#curves(), Math.max(4, this.digits), this.cursor);
    return valuesTable(values, translate(`Values of ${this.#name()}`));
  }

  protected override updated(): void {
    reserveHeight(this.renderRoot);
  }

  /** The name of the value axis, or '' if the heading says it already. */
  get #axis(): string {
    const name = this.quantity === this.heading ? '' : this.quantity;
    if (!this.log) return name;
    return name ? translate(`${name}, logarithmic axis`) : translate('logarithmic axis');
  }

  /** The accessible name of the chart. */
  #name(): string {
    return [...new Set([this.heading, this.quantity])].filter(Boolean).join(', ') || translate('curves');
  }

  #curves(): Curves {
    return {
      series: this.series,
      ghost: this.ghost,
      ...(this.ghostName && { ghostName: this.ghostName }),
      bands: this.bands,
      lines: this.lines,
      chance: this.chanceBand,
      stop: this.diverged,
      epochs: this.epochs,
      ...(this.step && { step: this.step }),
      ...(this.log && { log: true }),
    };
  }

  // ---- Cursor ----

  #epoch(): number | undefined {
    const epoch = this.#hover ?? this.pointed ?? this.cursor ?? (this.#focused ? this.#last() : undefined);
    return epoch === undefined || epoch < 1 || epoch > (this.#plot?.count ?? 0) ? undefined : epoch;
  }

  #last(): number {
    return lastStep(this.series);
  }

  /** The shown moment, if the run goes on after it. */
  #moment(): number | undefined {
    return this.moment !== undefined && this.moment < this.#last() ? this.moment : undefined;
  }

  /** The dot is at the latest value up to this epoch. */
  #renderDot(series: Series, epoch: number): TemplateResult {
    const { each = 1 } = series;
    const [x, y] = [
      this.#plot?.x(Math.floor(epoch / each) * each),
      this.#plot?.y(valueAt(series, epoch) ?? Number.NaN),
    ];
    return svg`${Number.isFinite(y) ? svg`<circle class=${`dot ${series.role}`} cx=${x} cy=${y} r="4" />` : nothing}`;
  }

  #tell(epoch: number | undefined, chosen: boolean): void {
    emit(this, 'rnn-cursor', { epoch, chosen });
  }

  #point(epoch: number | undefined): void {
    this.#hover = epoch;
    this.requestUpdate();
    this.#tell(epoch, false);
  }

  #focus(focused: boolean): void {
    this.#focused = focused;
    this.requestUpdate();
  }

  #choose(epoch: number | undefined): void {
    this.cursor = epoch;
    this.#tell(epoch, true);
  }

  #epochOf(event: MouseEvent): number | undefined {
    const plot = this.#plot;
    return plot?.epochAt(plot.area.left + localPosition(event.currentTarget as Element, event).x);
  }

  #onMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return; /* the finger may only scroll the page */
    const epoch = this.#epochOf(event);
    if (epoch === this.#hover) return;
    this.#point(epoch);
  };

  #onLeave = (): void => this.#point(undefined);

  /** Handles clicks and taps. A finger that scrolls does not cause a click. */
  #onClick = (event: MouseEvent): void => {
    const epoch = this.#epochOf(event);
    this.#choose(epoch === this.cursor ? undefined : epoch);
  };

  #onKey = (event: KeyboardEvent): void => {
    const count = this.#plot?.count ?? 1;
    const now = this.cursor ?? Math.floor(this.#moment() ?? this.#last());
    const page = Math.max(1, Math.round(count / 10));
    const moves: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - page,
      PageUp: now + page,
      Home: 1,
      End: count,
    };
    const next = moves[event.key];
    if (next === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    this.#hover = undefined;
    if (next !== undefined && now < 1 && next < now) return; /* nothing is before the first update */
    this.#choose(next === undefined ? undefined : Math.min(count, Math.max(1, next)));
  };

  #onFocus = (event: Event): void => {
    this.#focus((event.target as Element).matches(':focus-visible'));
  };

  #onBlur = (): void => this.#focus(false);
}

define('rnn-curves', RnnCurves);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-curves': RnnCurves;
  }
}
