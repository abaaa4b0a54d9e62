/** What a reader does with the dots and the cells: dragging, keys, clicks. */

import { localPosition, scaleOf } from '../../shared/pointer-position.ts';
import { inputStep, snap } from '../network/scales.ts';
import type { Cell, UnrolledScene } from './unrolled-drawing.ts';
import { type Highlight, partAt, valueY } from './unrolled-layout.ts';

/** What of the figure a gesture changes. */
export interface Gestures {
  readonly scene: UnrolledScene | undefined;
  /** A change begins: what follows is compared with the numbers of now. */
  begin(): void;
  change(index: number, value: number, final: boolean): void;
  walk(timestep: number): void;
  choose(unit: number | undefined): void;
  reach(index: number): void;
  /** A part is pointed at, or none; and the cell whose value is shown. */
  point(part: Highlight, cell?: Cell): void;
}

interface Drag {
  index: number;
  pointer: number;
  /** Pixels of the window in one of the figure's. */
  scale: number;
  /** How far from its middle the dot was taken. */
  offset: number;
  value: number;
  from: number;
  moved: boolean;
}

/** Less is a hand that trembles, in CSS pixels. */
const TREMBLE = 2;

const inputUnder = (event: Event): number | undefined => {
  const dot = (event.target as Element).closest('[data-input]');
  return dot ? Number(dot.getAttribute('data-input')) : undefined;
};

const partUnder = (event: Event): Highlight =>
  ((event.target as Element).closest('[data-part]')?.getAttribute('data-part') ?? '') as Highlight;

export class UnrolledGestures {
  readonly #figure: Gestures;
  #drag: Drag | undefined;
  /** After a drag the columns are looked at, although the pointer is still on the dot. */
  #dragged = false;

  constructor(figure: Gestures) {
    this.#figure = figure;
  }

  get dragging(): boolean {
    return this.#drag?.moved ?? false;
  }

  down = (event: PointerEvent): void => {
    const s = this.#figure.scene;
    const index = inputUnder(event);
    if (!s || index === undefined || s.fixed || s.disabled || event.button !== 0 || this.#drag) return;
    const plot = event.currentTarget as Element;
    const feature = index % s.trace.features;
    const value = s.x[index] as number;
    const middle = valueY(s.l.inputs[feature] as never, s.domains[feature] as never, value);
    const { down: scale } = scaleOf(plot);
    /* taken beside its middle, the dot keeps that distance: it does not jump under the finger */
    const offset = event.clientY / scale - middle;
    this.#drag = { index, pointer: event.pointerId, scale, offset, value, from: event.clientY, moved: false };
    plot.setPointerCapture(event.pointerId);
    ((event.target as Element).closest('[data-input]') as SVGGElement).focus({ preventScroll: true });
    this.#figure.reach(index);
    this.#figure.begin();
    this.#figure.point('');
    this.#dragged = true;
  };

  over = (event: PointerEvent): void => {
    const s = this.#figure.scene;
    if (!s || this.#drag || event.pointerType === 'touch') return;
    const target = event.target as Element;
    const svg = target.closest('svg');
    const { x, y } = svg ? localPosition(svg, event) : { x: 0, y: 0 };
    const part = partUnder(event) || (svg ? partAt(s.l, x, y) : '');
    this.#dragged &&= part === 'x';
    const unit = Number(target.getAttribute('data-unit'));
    const t = Number(target.closest('[data-column]')?.getAttribute('data-column'));
    this.#figure.point(this.#dragged ? '' : part, unit ? { t, unit } : undefined);
  };

  enter = (event: FocusEvent): void => {
    if (!(event.target as Element).closest('svg')) this.#figure.point(partUnder(event));
  };

  leave = (): void => this.#figure.point('');

  move = (event: PointerEvent): void => {
    const s = this.#figure.scene;
    const drag = this.#drag;
    if (!s || drag?.pointer !== event.pointerId) return;
    drag.moved ||= Math.abs(event.clientY - drag.from) > TREMBLE;
    if (!drag.moved) return;
    const feature = drag.index % s.trace.features;
    const band = s.l.inputs[feature] as { top: number; bottom: number };
    const [low, high] = s.domains[feature] as readonly [number, number];
    const part = (band.bottom - (event.clientY / drag.scale - drag.offset)) / (band.bottom - band.top);
    const value = snap(low + Math.min(1, Math.max(0, part)) * (high - low), inputStep([low, high]));
    if (value === drag.value) return;
    drag.value = value;
    this.#figure.change(drag.index, value, false);
  };

  up = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    this.#drag = undefined;
    if (drag.moved) this.#figure.change(drag.index, drag.value, true);
  };

  /** A cell chooses its unit; the number of a time step goes there. */
  click = (event: MouseEvent): void => {
    const s = this.#figure.scene;
    const target = event.target as Element;
    if (!s || s.disabled) return;
    const step = target.getAttribute('data-step');
    const unit = target.getAttribute('data-unit');
    if (step !== null) this.#figure.walk(Number(step));
    if (unit !== null) this.#figure.choose(Number(unit) === s.unit ? undefined : Number(unit));
  };

  key = (event: KeyboardEvent): void => {
    const s = this.#figure.scene;
    if (!s || s.disabled || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = inputUnder(event);
    if (!(index === undefined ? this.#figureKey(event.key, s) : this.#dotKey(event.key, s, index))) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #figureKey(key: string, s: UnrolledScene): boolean {
    const times: Record<string, number> = {
      ArrowLeft: s.timestep - 1,
      ArrowRight: s.timestep + 1,
      Home: 0,
      End: s.l.timesteps,
    };
    const time = times[key];
    if (time !== undefined) this.#figure.walk(time);
    else if (key === 'Escape' && s.unit !== undefined) this.#figure.choose(undefined);
    else if (key === 'ArrowUp' || key === 'ArrowDown') {
      const unit = (s.unit ?? 0) + (key === 'ArrowDown' ? 1 : -1);
      this.#figure.choose(unit < 1 ? undefined : Math.min(unit, s.l.units));
    } else return false;
    return true;
  }

  #dotKey(key: string, s: UnrolledScene, index: number): boolean {
    const { features, timesteps } = s.trace;
    const [low, high] = s.domains[index % features] as readonly [number, number];
    const step = inputStep([low, high]);
    const value = s.x[index] as number;
    const wanted: Record<string, number> = {
      ArrowUp: value + step,
      ArrowDown: value - step,
      PageUp: value + 10 * step,
      PageDown: value - 10 * step,
      Home: low,
      End: high,
    };
    const next = wanted[key];
    if (next !== undefined) {
      this.#figure.begin();
      this.#figure.change(index, snap(Math.min(Math.max(next, low), high), step), true);
      return true;
    }
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
    const neighbor = index + (key === 'ArrowRight' ? features : -features);
    if (neighbor >= 0 && neighbor < timesteps * features) this.#figure.reach(neighbor);
    return true;
  }
}
