/** `<rnn-curves>`: one small chart of a quantity by epoch: this run, the run before as a ghost, and what to compare with.
 *
 *  It draws what it is given and computes no number. Set its properties as often as the screen is drawn: a new run only
 *  moves the lines. Epochs count from 1. Who moves the cursor is heard by one event (bubbling):
 *
 *      rnn-cursor {epoch, chosen}   epoch under the pointer or chosen by key or click; undefined when it left
 *      rnn-open {open}              the table of values was opened or closed
 */

import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { type Area, AXIS_NAME, COLOURS, CurvePlot, type View } from './curve-plot.ts';
import { describe, runAt, table, valuesAt } from './curve-words.ts';
import {
  type Band,
  type Chance,
  type Curves,
  type Line,
  lists,
  type Series,
  stepOf,
  type Stop,
  valueAt,
} from './curve-data.ts';
import { LABEL_GAP } from '../../charts/labels.ts';
import { extent, nextRange, type Range } from '../../charts/range.ts';
import { onThemeChange, readColours } from '../../charts/theme.ts';
import { reserveHeight } from '../../shared/reserve-height.ts';
import { define } from '../../shared/define.ts';
import { styles } from './styles.ts';
import { translate } from '../../shared/translate.ts';
import { SizeObserver } from '../../shared/observers.ts';

export interface CursorDetail {
  epoch: number | undefined;
  /** Chosen by a key or a click; otherwise only under the pointer. */
  chosen: boolean;
}

/** The samples of strokes under a chart: the run before, what chance gives, many runs. */
export function keyEntries(
  ghost: boolean,
  chance: Chance | undefined,
  bands: readonly Band[],
  ghostName = translate('the run before'),
): TemplateResult {
  const line = svg`<path class="ghost train" d="M0 3h30" /><path class="ghost fresh" d="M0 8h30" />`;
  return html`
    ${chance ? html`<span class="chance"><svg width="30" height="12" aria-hidden="true"><rect class="band" width="30" height="12" /></svg>${chance.label ?? translate('chance alone')}</span>` : nothing}
    ${bands.length > 0 ? html`<span class="many"><svg width="30" height="12" aria-hidden="true"><rect class="band" width="30" height="12" /><path class="median" d="M0 6h30" /></svg>${bands[0]?.label ?? translate('median and band of many runs')}</span>` : nothing}
    <span class=${ghost ? 'before' : 'before absent'}><svg width="30" height="11" aria-hidden="true">${line}</svg>${ghostName}</span>
  `;
}

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

  /** What is drawn: the chart's title and name. */
  declare heading: string;
  /** Beside the heading, as code, until the cursor's values take its place. */
  declare note: string;
  /** What the value axis measures, where the heading does not say it. */
  declare quantity: string;
  declare caption: string;
  /** This run, and the one before; at most one series a role. */
  declare series: readonly Series[];
  declare ghost: readonly Series[];
  /** What the dashed run is; empty: the run before. */
  declare ghostName: string;
  /** Many runs behind this one. */
  declare bands: readonly Band[];
  /** Horizontal references: ½, the more common label's share. */
  declare lines: readonly Line[];
  /** What coin tosses give. */
  declare chanceBand: Chance | undefined;
  /** The run stopped here. */
  declare diverged: Stop | undefined;
  /** Length of the axis, which curves may still have to reach. */
  declare epochs: number;
  /** What a step of the axis is; empty: an epoch. */
  declare step: string;
  /** The epoch chosen. */
  declare cursor: number | undefined;
  /** The epoch under the pointer in another chart. */
  declare pointed: number | undefined;
  /** Always shown; values beyond it widen the axis. */
  declare yRange: Range | undefined;
  /** The value axis is logarithmic. */
  declare log: boolean;
  /** A handle is being dragged: the axis may grow but not shrink. */
  declare moving: boolean;
  declare digits: number;
  /** Without the key of strokes: someone else shows it. */
  declare bare: boolean;
  /** The table of values. */
  declare open: boolean;

  #parts = new Map<string, HTMLElement>();
  #plot: CurvePlot | undefined;
  #range: Range | undefined;
  #wasLog = false;
  #hover: number | undefined;
  #focused = false;
  #stopListening: (() => void) | undefined;
  #observer: ResizeObserver | undefined;

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

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopListening = onThemeChange(() => this.#recolour());
    if (this.hasUpdated) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.#observer?.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  override render(): TemplateResult {
    return html`
      <figure role="figure" aria-label=${this.#name()} aria-describedby="summary">
        <div class="head">
          <span class="title">${this.heading}</span>
          ${this.note ? html`<code class="note">${this.note}</code>` : nothing}
          <output class="readout" aria-live="off"></output>
        </div>
        <div class="plot">
          <div class="canvas" aria-hidden="true"></div>
          <div class="labels" aria-hidden="true"></div>
          <span class="quantity" aria-hidden="true">${this.#axis}</span>
          <span class="unit" aria-hidden="true">${this.step || AXIS_NAME}</span>
          <div class="hair" hidden></div>
          <div class="dot train" hidden></div>
          <div class="dot fresh" hidden></div>
          <div class="foot" hidden></div>
          <div
            class="touch"
            role="slider"
            tabindex="0"
            aria-label=${`${this.step || AXIS_NAME}, ${this.#name()}`}
            aria-orientation="horizontal"
            aria-valuemin="1"
            @keydown=${this.#onKey}
            @focus=${this.#onFocus}
            @blur=${this.#onBlur}
            @click=${this.#onClick}
            @pointermove=${this.#onMove}
            @pointerleave=${this.#onLeave}
            @pointercancel=${this.#onLeave}
          ></div>
        </div>
        <p class="heard" id="summary"></p>
        <div class="key">
          ${keyEntries(this.ghost.length > 0, this.chanceBand, this.bands, this.ghostName || undefined)}
          <details ?open=${this.open} @toggle=${this.#onToggle}>
            <summary>Values<span class="heard"> of ${this.#name()}</span></summary>
            ${this.open ? this.#renderTable() : nothing}
          </details>
        </div>
        ${this.caption ? html`<figcaption data-room>${this.caption}</figcaption>` : nothing}
        <i class="probe"></i>
      </figure>
    `;
  }

  #renderTable(): TemplateResult {
    const { head, rows } = table(this.#curves(), Math.max(4, this.digits), this.cursor);
    return html`
      <div class="table" tabindex="0" role="region" aria-label=${translate(`Values of ${this.#name()}`)}>
        <table>
          <thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
          <tbody>
            ${rows.map((row) => html`<tr>${row.map((text, i) => (i === 0 ? html`<th scope="row">${text}</th>` : html`<td>${text}</td>`))}</tr>`)}
          </tbody>
        </table>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    reserveHeight(this.renderRoot);
    if (!this.#plot) this.#start();
    else if ([...changed.keys()].some((name) => name !== 'cursor' && name !== 'pointed' && name !== 'open'))
      this.#draw();
    this.#showCursor();
  }

  /** A part of the template that is always there. */
  #part(selector: string): HTMLElement {
    let part = this.#parts.get(selector);
    if (!part) {
      part = this.renderRoot.querySelector(selector) as HTMLElement;
      this.#parts.set(selector, part);
    }
    return part;
  }

  /** The value axis’s name: a heading that says it already is enough. */
  get #axis(): string {
    return this.quantity === this.heading ? '' : this.quantity;
  }

  /** What a listener knows the chart by. */
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

  #start(): void {
    const colours = readColours(this.#part('.probe'), COLOURS);
    this.#range = nextRange(undefined, this.#base(), extent(lists(this.#curves())), false);
    this.#plot = new CurvePlot(this.#part('.canvas'), this.#part('.labels'), colours, this.#view(), (area) =>
      this.#frame(area),
    );
    this.#observer ??= new SizeObserver((entries) => {
      const box = entries.at(-1)?.contentRect;
      if (!box) return;
      this.#plot?.resize(box.width, box.height);
      this.#showCursor();
    });
    this.#observer.observe(this.#part('.plot'));
    this.#describe();
  }

  #view(): View {
    return { curves: this.#curves(), range: this.#range ?? [0, 1], digits: this.digits, titled: this.#axis !== '' };
  }

  #draw(): void {
    if (this.log !== this.#wasLog) this.#range = undefined;
    this.#wasLog = this.log;
    this.#range = nextRange(this.#range, this.#base(), extent(lists(this.#curves())), this.moving);
    this.#plot?.show(this.#view());
    this.#describe();
  }

  /** What is always shown, as places on the axis; a logarithmic one shows what there is. */
  #base(): Range | undefined {
    return this.log ? undefined : this.yRange;
  }

  /** Paints its canvas again, at once: whoever takes a picture listens (web/picture). */
  repaint(): void {
    this.#plot?.show(this.#view());
  }

  #describe(): void {
    this.#part('#summary').textContent = describe(this.#curves(), this.digits);
  }

  #recolour(): void {
    if (this.#plot) this.#plot.recolour(readColours(this.#part('.probe'), COLOURS));
  }

  /** The parts over the canvas follow the plotting area. */
  #frame({ left, top, width, height }: Area): void {
    const touch = this.#part('.touch');
    touch.style.transform = `translate(${left}px, ${top}px)`;
    touch.style.width = `${width}px`;
    touch.style.height = `${height}px`;
    const hair = this.#part('.hair');
    hair.style.height = `${height}px`;
    this.#part('.unit').style.transform = `translate(${left + width + LABEL_GAP + 3}px, ${top + height + 4}px)`;
    this.#showCursor(); /* the plot is laid out behind the call that asked for it */
  }

  // ---- The cursor ----

  #epoch(): number | undefined {
    const epoch = this.#hover ?? this.pointed ?? this.cursor ?? (this.#focused ? this.#last() : undefined);
    return epoch === undefined || epoch < 1 || epoch > (this.#plot?.count ?? 0) ? undefined : epoch;
  }

  #last(): number {
    return Math.max(1, ...this.series.map((s) => stepOf(s, s.values.length - 1)));
  }

  #showCursor(): void {
    const plot = this.#plot;
    if (!plot) return;
    const epoch = this.#epoch();
    const touch = this.#part('.touch');
    touch.setAttribute('aria-valuemax', String(plot.count));
    touch.setAttribute('aria-valuenow', String(epoch ?? this.#last()));
    touch.setAttribute('aria-valuetext', valuesAt(this.#curves(), epoch ?? this.#last(), this.digits));
    this.#part('.readout').textContent = epoch === undefined ? '' : runAt(this.#curves(), epoch, this.digits);
    this.#part('.head').classList.toggle('reading', epoch !== undefined);
    this.#placeHair(epoch);
    for (const role of ['train', 'fresh'] as const) this.#placeDot(role, epoch);
  }

  #placeHair(epoch: number | undefined): void {
    const plot = this.#plot as CurvePlot;
    const hair = this.#part('.hair');
    const foot = this.#part('.foot');
    hair.hidden = foot.hidden = epoch === undefined;
    if (epoch === undefined) return;
    const { x } = plot.place(epoch, 0);
    hair.style.transform = `translate(${x}px, ${plot.area.top}px)`;
    foot.textContent = String(epoch);
    foot.style.transform = `translate(calc(${x}px - 50%), ${plot.area.top + plot.area.height + 4}px)`;
  }

  #placeDot(role: 'train' | 'fresh', epoch: number | undefined): void {
    const dot = this.#part(`.dot.${role}`);
    const series = this.series.find((s) => s.role === role);
    const value = epoch === undefined || !series ? undefined : valueAt(series, epoch);
    dot.hidden = value === undefined || !Number.isFinite(value);
    if (dot.hidden) return;
    const at = Math.floor((epoch as number) / (series?.each ?? 1)) * (series?.each ?? 1);
    const { x, y } = (this.#plot as CurvePlot).place(at, value as number);
    dot.style.transform = `translate(${x}px, ${y}px)`;
  }

  #tell(epoch: number | undefined, chosen: boolean): void {
    const detail: CursorDetail = { epoch, chosen };
    this.dispatchEvent(new CustomEvent<CursorDetail>('rnn-cursor', { detail, bubbles: true }));
  }

  #choose(epoch: number | undefined): void {
    this.cursor = epoch;
    this.#tell(epoch, true);
  }

  #epochOf(event: MouseEvent): number | undefined {
    const plot = this.#plot;
    return plot?.epochAt(plot.area.left + event.offsetX);
  }

  #onMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return; /* a finger that only scrolls the page */
    const epoch = this.#epochOf(event);
    if (epoch === this.#hover) return;
    this.#hover = epoch;
    this.#showCursor();
    this.#tell(epoch, false);
  };

  #onLeave = (): void => {
    this.#hover = undefined;
    this.#showCursor();
    this.#tell(undefined, false);
  };

  /** A click or a tap: a finger that goes on to scroll makes none. */
  #onClick = (event: MouseEvent): void => {
    const epoch = this.#epochOf(event);
    this.#choose(epoch === this.cursor ? undefined : epoch);
  };

  #onKey = (event: KeyboardEvent): void => {
    const count = this.#plot?.count ?? 1;
    const now = this.cursor ?? this.#last();
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
    this.#choose(next === undefined ? undefined : Math.min(count, Math.max(1, next)));
  };

  #onFocus = (): void => {
    this.#focused = this.#part('.touch').matches(':focus-visible');
    this.#showCursor();
  };

  #onBlur = (): void => {
    this.#focused = false;
    this.#showCursor();
  };

  #onToggle = (event: Event): void => {
    const { open } = event.target as HTMLDetailsElement;
    if (open === this.open) return;
    this.open = open;
    this.dispatchEvent(new CustomEvent('rnn-open', { detail: { open }, bubbles: true }));
  };
}

define('rnn-curves', RnnCurves);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-curves': RnnCurves;
  }
  interface HTMLElementEventMap {
    'rnn-cursor': CustomEvent<CursorDetail>;
  }
}
