/** `<rnn-compare>`: two charts side by side on the same axes, or one above the other if there is little width.
 *
 *  Both share the range, the length and the cursor. The events are those of `<rnn-curves>`: rnn-cursor {epoch, chosen}, rnn-open {open}.
 */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { table } from '../curves/curve-words.ts';
import type { Chance, Curves, Line, Series, Stop } from '../curves/curve-data.ts';
import { axisValues } from '../curves/curve-data.ts';
import { extent, nextRange, type Range } from '../../charts/range.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { keyEntries, valuesTable } from '../curves/element.ts';
import { key, tables } from '../curves/styles.ts';
import { host } from '../../shared/host.styles.ts';
import { toggleTable } from '../../shared/toggle-table.ts';
import { translate } from '../../shared/translate.ts';

/** One of the two charts. */
export interface Side {
  heading: string;
  /** Shown as code: how the labels of this side are made. */
  note?: string;
  series: readonly Series[];
  ghost?: readonly Series[];
  lines?: readonly Line[];
  chanceBand?: Chance;
  diverged?: Stop;
}

const NOTHING: Side = { heading: '', series: [] };

export class RnnCompare extends LitElement {
  static override styles = [
    host,
    css`
      :host { container-type: inline-size; }
      .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px 40px; --plot-height: 250px; }
      figcaption { margin-top: 4px; font-size: 14px; min-height: 40px; color: var(--ink-2); }
      @container (max-width: 800px) {
        .pair { column-gap: 24px; }
      }
      @container (max-width: 460px) {
        figcaption { min-height: 60px; }
      }
      @container (max-width: 640px) {
        .pair { grid-template-columns: minmax(0, 1fr); --plot-height: 168px; }
      }
    `,
    key,
    tables,
  ];

  static override properties = {
    left: { attribute: false },
    right: { attribute: false },
    epochs: { type: Number },
    step: { type: String },
    cursor: { type: Number },
    yRange: { attribute: false },
    moving: { type: Boolean },
    quantity: { type: String },
    caption: { type: String },
    digits: { type: Number },
    _pointed: { state: true },
    open: { type: Boolean },
  };

  declare left: Side;
  declare right: Side;
  declare epochs: number;
  /** The unit of the horizontal axis. The default, '', means epochs. */
  declare step: string;
  declare cursor: number | undefined;
  /** Always part of both axes. Values beyond it widen both. */
  declare yRange: Range;
  declare moving: boolean;
  declare quantity: string;
  declare caption: string;
  declare digits: number;
  declare _pointed: number | undefined;
  /** Whether the table of values is open. */
  declare open: boolean;

  #range: Range | undefined;

  constructor() {
    super();
    this.left = NOTHING;
    this.right = NOTHING;
    this.epochs = 1;
    this.step = '';
    this.yRange = [0.3, 1];
    this.moving = false;
    this.quantity = translate('accuracy');
    this.caption = '';
    this.digits = 2;
    this.open = false;
  }

  protected override willUpdate(): void {
    const values = [this.left, this.right].flatMap((side) => axisValues(this.#curves(side)));
    this.#range = nextRange(this.#range, this.yRange, extent(values), this.moving);
  }

  override render(): TemplateResult {
    const sides = [this.left, this.right];
    const chance = sides.find((side) => side.chanceBand)?.chanceBand;
    return html`
      <figure role="figure" aria-label=${translate(`${this.quantity} by ${this.step || translate('epoch')}: ${this.left.heading} and ${this.right.heading}`)}>
        <div class="pair" @rnn-cursor=${this.#onCursor}>${sides.map((side) => this.#renderSide(side))}</div>
        <div class="key">
          ${keyEntries(
            sides.some((side) => side.ghost?.length),
            chance,
            [],
          )}
          <details ?open=${this.open} @toggle=${toggleTable}>
            <summary>Values<span class="visually-hidden"> of both charts</span></summary>
            ${this.open ? this.#renderTable() : nothing}
          </details>
        </div>
        <figcaption>${this.caption}</figcaption>
      </figure>
    `;
  }

  #renderSide(side: Side): TemplateResult {
    return html`
      <rnn-curves
        bare
        .heading=${side.heading}
        .note=${side.note ?? ''}
        .quantity=${this.quantity}
        .series=${side.series}
        .ghost=${side.ghost ?? []}
        .lines=${side.lines ?? []}
        .chanceBand=${side.chanceBand}
        .diverged=${side.diverged}
        .epochs=${this.epochs}
        .step=${this.step}
        .cursor=${this.cursor}
        .pointed=${this._pointed}
        .yRange=${this.#range}
        .digits=${this.digits}
      ></rnn-curves>
    `;
  }

  #renderTable(): TemplateResult {
    const named = (side: Side, series: readonly Series[]): Series[] =>
      series.map((s) => ({ ...s, label: `${side.heading}: ${s.label}` }));
    const both = [this.left, this.right];
    const values = table(
      {
        ...this.#curves(NOTHING),
        series: both.flatMap((side) => named(side, side.series)),
        ghost: both.flatMap((side) => named(side, side.ghost ?? [])),
      },
      4,
    );
    return valuesTable(values, translate('Values of both charts'));
  }

  #curves(side: Side): Curves {
    return {
      series: side.series,
      ghost: side.ghost ?? [],
      bands: [],
      lines: side.lines ?? [],
      chance: side.chanceBand,
      stop: side.diverged,
      epochs: this.epochs,
      ...(this.step && { step: this.step }),
    };
  }

  /** Both charts show the epoch under the pointer. The event is repeated for listeners outside. */
  #onCursor = (event: HTMLElementEventMap['rnn-cursor']): void => {
    const { epoch, chosen } = event.detail;
    if (chosen) this.cursor = epoch;
    this._pointed = chosen ? undefined : epoch;
    emit(this, 'rnn-cursor', event.detail);
  };
}

define('rnn-compare', RnnCompare);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-compare': RnnCompare;
  }
}
