/** `<rnn-data-cube>`: the shape of sequence data, as a block of samples × time steps × features whose edges can be dragged.
 *
 *      rnn-change {name, value, final}    `samples`, `steps` or `features` was dragged
 */

import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { figure } from '../../shared/figure.styles.ts';
import { grouped } from '../../shared/format.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { plural, translate } from '../../shared/translate.ts';
import { type Example, exampleOf, type Kind } from './examples.ts';
import { styles } from './styles.ts';

type Edge = 'samples' | 'steps' | 'features';

/** More than these are not drawn: an ellipsis stands for them. */
const SHEETS = 6;
const COLUMNS = 12;
/** CSS pixels: how far a sheet stands behind the one before, the height of a cell, and room around the block. */
const BEHIND = { x: 11, y: 9 };
const CELL = { most: 68, height: 38 };
const ROOM = { left: 118, narrow: 48, right: 26, top: 34, bottom: 62 };
const FONT = 14;

interface Geometry {
  columns: number;
  sheets: number;
  left: number;
  top: number;
  cell: number;
  width: number;
  height: number;
}

export class RnnDataCube extends LitElement {
  static override styles = [figure, styles];

  static override properties = {
    kind: { type: String },
    samples: { type: Number },
    timesteps: { type: Number },
    features: { type: Number },
  };

  declare kind: Kind;
  declare samples: number;
  declare timesteps: number;
  declare features: number;

  readonly #around = new Surroundings(this);
  #held: { edge: Edge; x: number; y: number; value: number; pointer: number } | undefined;

  constructor() {
    super();
    this.kind = 'numbers';
    this.samples = 100;
    this.timesteps = 10;
    this.features = 1;
  }

  get #most(): Record<Edge, number> {
    return { samples: 2000, steps: 100, features: exampleOf(this.kind, this.features).features };
  }

  #value(edge: Edge): number {
    return { samples: this.samples, steps: this.timesteps, features: this.features }[edge];
  }

  #change(edge: Edge, value: number, final: boolean): void {
    const least = edge === 'samples' ? 10 : 1;
    const taken = Math.min(this.#most[edge], Math.max(least, Math.round(value)));
    if (taken !== this.#value(edge) || final) emit(this, 'rnn-change', { name: edge, value: taken, final });
  }

  #geometry(): Geometry {
    const width = this.#around.width || 600;
    const columns = Math.min(this.timesteps, COLUMNS);
    const sheets = Math.min(SHEETS, this.samples);
    const left = width < 480 ? ROOM.narrow : ROOM.left;
    const room = width - left - ROOM.right - BEHIND.x * (sheets - 1);
    const cell = Math.max(16, Math.min(CELL.most, room / columns));
    const top = ROOM.top + BEHIND.y * (sheets - 1);
    const height = top + this.features * CELL.height + ROOM.bottom;
    return { columns, sheets, left, top, cell, width, height };
  }

  override render(): TemplateResult {
    const example = exampleOf(this.kind, this.features);
    const at = this.#geometry();
    const shape = `(${[this.samples, this.timesteps, this.features].join(', ')})`;
    return html`
      <svg class="plot" width=${at.width} height=${at.height} role="group" aria-label=${this.#sentence()}>
        ${this.#sheets(at)} ${this.#cells(at, example)} ${this.#labels(at, example)} ${this.#knobs(at)}
      </svg>
      <p class="shape"><code>x.shape == ${shape}</code></p>
    `;
  }

  /** "100 samples, 10 time steps, 1 feature." */
  #sentence(): string {
    const parts = (['samples', 'steps', 'features'] as const).map((edge) => this.#words(edge));
    return `${parts.join(', ')}.`;
  }

  #words(edge: Edge): string {
    const value = this.#value(edge);
    const n = grouped(value);
    if (edge === 'samples') return plural(value, { other: translate(`${n} samples`) });
    if (edge === 'steps')
      return plural(value, { one: translate(`${n} time step`), other: translate(`${n} time steps`) });
    return plural(value, { one: translate(`${n} feature`), other: translate(`${n} features`) });
  }

  #sheets({ columns, sheets, left, top, cell }: Geometry): SVGTemplateResult[] {
    return Array.from({ length: sheets }, (_, i) => {
      const behind = sheets - 1 - i;
      return svg`<rect class="sheet" x=${left + BEHIND.x * behind} y=${top - BEHIND.y * behind} width=${cell * columns}
        height=${CELL.height * this.features} rx="3" />`;
    });
  }

  #cells({ columns, left, top, cell }: Geometry, example: Example): SVGTemplateResult[] {
    const size = Math.min(FONT, cell / 2.9);
    return Array.from({ length: columns * this.features }, (_, i) => {
      const [t, feature] = [i % columns, Math.floor(i / columns)];
      /* the last column stands for itself and for those that have no room */
      const gap = this.timesteps > columns && t === columns - 2;
      const shown = this.timesteps > columns && t === columns - 1 ? this.timesteps - 1 : t;
      const words = gap ? '…' : example.cell(shown, feature);
      return svg`<rect class="cell" x=${left + t * cell} y=${top + feature * CELL.height} width=${cell} height=${CELL.height} />
        <text class=${words === '0' ? 'value aside' : 'value'} font-size=${size} x=${left + (t + 0.5) * cell}
          y=${top + (feature + 0.5) * CELL.height}>${words}</text>`;
    });
  }

  #labels({ columns, left, top, cell }: Geometry, example: Example): SVGTemplateResult {
    const foot = top + this.features * CELL.height;
    const size = Math.min(FONT, cell / 2.9);
    return svg`
      ${Array.from({ length: this.features }, (_, i) => svg`<text class="name" x=${left - 9} y=${top + (i + 0.5) * CELL.height}>${example.feature(i, left === ROOM.narrow)}</text>`)}
      ${Array.from({ length: columns }, (_, t) => {
        const gap = this.timesteps > columns && t === columns - 2;
        const shown = this.timesteps > columns && t === columns - 1 ? this.timesteps - 1 : t;
        const x = left + (t + 0.5) * cell;
        return gap
          ? nothing
          : svg`<text class="time" font-size=${size} x=${x} y=${foot + 14}>${shown + 1}</text>
            <text class="time word" font-size=${size} x=${x} y=${foot + 29}>${example.step(shown)}</text>`;
      })}`;
  }

  #knobs({ columns, sheets, left, top, cell, width }: Geometry): SVGTemplateResult[] {
    const [right, foot] = [left + columns * cell, top + this.features * CELL.height];
    const isNarrow = left === ROOM.narrow;
    const depth = { x: BEHIND.x * (sheets - 1), y: BEHIND.y * (sheets - 1) };
    return [
      this.#knob('samples', right + depth.x, top - depth.y, 'end', right + depth.x - 12, top - depth.y - 12),
      /* on a narrow screen both names below the block need the whole width */
      this.#knob('steps', right, (top + foot) / 2, 'end', isNarrow ? width : right, foot + 50),
      this.#knob('features', left, foot, 'start', isNarrow ? 0 : left - 8, foot + 50),
    ];
  }

  #knob(edge: Edge, x: number, y: number, anchor: 'start' | 'end', textX: number, textY: number): SVGTemplateResult {
    const fixed = this.#most[edge] === 1;
    const [least, most] = [edge === 'samples' ? 10 : 1, this.#most[edge]];
    const words = this.#words(edge);
    const text = svg`<text class="extent ${anchor}" x=${textX} y=${textY}>${words}</text>`;
    if (fixed) return text;
    return svg`${text}
      <g class="knob" role="slider" tabindex="0" aria-label=${words} aria-valuemin=${least} aria-valuemax=${most}
        aria-valuenow=${this.#value(edge)} aria-valuetext=${words} data-edge=${edge}
        @keydown=${(event: KeyboardEvent) => this.#press(edge, event)} @pointerdown=${(event: PointerEvent) => this.#take(edge, event)}
        @pointermove=${this.#move} @pointerup=${this.#release} @pointercancel=${this.#release}>
        <circle class="touch" cx=${x} cy=${y} r="20" /><circle class="dot" cx=${x} cy=${y} r="7" />
      </g>`;
  }

  #press(edge: Edge, event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#change(edge, this.#value(edge) + by * (edge === 'samples' ? 10 : 1), true);
  }

  #take(edge: Edge, event: PointerEvent): void {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#held = { edge, ...localPosition(this, event), value: this.#value(edge), pointer: event.pointerId };
  }

  /** An edge follows the pointer by one cell; a sample is one pixel, as there are many. */
  #move = (event: PointerEvent): void => {
    const held = this.#held;
    if (!held || held.pointer !== event.pointerId) return;
    const { x, y } = localPosition(this, event);
    const { cell } = this.#geometry();
    const by = {
      samples: x - held.x - (y - held.y),
      steps: (x - held.x) / cell,
      features: (y - held.y) / CELL.height,
    }[held.edge];
    this.#change(held.edge, held.value + by, false);
  };

  #release = (event: PointerEvent): void => {
    const held = this.#held;
    if (!held || held.pointer !== event.pointerId) return;
    this.#held = undefined;
    this.#change(held.edge, this.#value(held.edge), true);
  };
}

define('rnn-data-cube', RnnDataCube);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-data-cube': RnnDataCube;
  }
}
