/** Handles the pointer: dragging, clicks and hovering. */

import { stepOf } from './sheet-drawing.ts';
import { localPosition, scaleOf } from '../../shared/pointer-position.ts';
import type { FigureHost } from './figure-host.ts';
import type { Panel } from './network-layout.ts';
import { termOfInput, termUnder } from './highlight.ts';
import { height, valueAt } from './paths.ts';
import { inputUnder, layerUnder, type FigurePosition, textUnder, unitUnder, weightUnder } from './hit-test.ts';
import { snap } from './scales.ts';
import type { Scene } from './scene.ts';
import type { Typing } from './typing.ts';

interface Drag {
  index: number;
  pointer: number;
  /** Window pixels per pixel of the figure. */
  scale: number;
  /** The vertical distance between the pointer and the middle of the point when the drag began. */
  offset: number;
  value: number | undefined;
}

const gripOf = (event: Event): Element | null => (event.target as Element).closest('.grip');
const inputOfGrip = (grip: Element): number => Number(grip.getAttribute('data-input'));

export class Pointer {
  readonly #figure: FigureHost;
  readonly #typing: Typing;
  #drag: Drag | undefined;

  constructor(figure: FigureHost, typing: Typing) {
    this.#figure = figure;
    this.#typing = typing;
  }

  get dragging(): boolean {
    return this.#drag !== undefined;
  }

  down = (event: PointerEvent): void => {
    const s = this.#figure.scene;
    const grip = gripOf(event);
    if (!s || !grip || this.#figure.disabled || event.button !== 0 || this.#drag) return;
    this.#figure.pause();
    const index = inputOfGrip(grip);
    // The point keeps its distance to the pointer, so it does not jump when the drag begins.
    const feature = index % s.trace.features;
    const middle = height(
      s.l.inputs[feature] as Panel,
      s.domains[feature] as [number, number],
      s.trace.x[index] as number,
    );
    const scale = scaleOf(event.currentTarget as Element).down;
    this.#drag = { index, pointer: event.pointerId, scale, offset: event.clientY / scale - middle, value: undefined };
    (grip as SVGGElement).focus({ preventScroll: true });
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#typing.showInput(index);
    this.#hideTip();
  };

  move = (event: PointerEvent): void => {
    const s = this.#figure.scene;
    const drag = this.#drag;
    if (!s || drag?.pointer !== event.pointerId) return;
    const feature = drag.index % s.trace.features;
    const y =
      event.clientY / drag.scale -
      drag.offset; /* uses the distance of the movement, because the figure may have moved on the page meanwhile */
    const value = snap(
      valueAt(s.l.inputs[feature] as Panel, s.domains[feature] as [number, number], y),
      stepOf(s, drag.index),
    );
    if (value === (drag.value ?? s.trace.x[drag.index])) return;
    drag.value = value;
    this.#typing.setInput(drag.index, value, false);
  };

  up = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    this.#drag = undefined;
    if (drag.value === undefined) return;
    const { trace } = this.#figure.scene ?? {};
    this.#typing.setInput(drag.index, drag.value, true);
    this.#figure.speak(trace?.x[drag.index] !== Math.fround(drag.value));
  };

  /** The position of the pointer in the gutter or on the sheet. */
  #place(event: MouseEvent): FigurePosition | undefined {
    for (const on of ['gutter', 'sheet'] as const) {
      if (!(event.target as Element).closest(`.${on}`)) continue;
      return { on, ...localPosition(this.#figure.root.querySelector(`.${on}`) as Element, event) };
    }
    return undefined;
  }

  click = (event: MouseEvent): void => {
    const figure = this.#figure;
    const s = figure.scene;
    const time = (event.target as Element).getAttribute('data-time');
    if (!s || figure.disabled) return;
    if (time !== null) {
      figure.walk(Number(time));
      return;
    }
    const place = this.#place(event);
    if (place) this.#choose(s, place);
  };

  #choose(s: Scene, place: FigurePosition): void {
    const figure = this.#figure;
    const input = inputUnder(s, place);
    if (input !== undefined) this.#typing.showInput(input);
    const layer = layerUnder(s, place);
    if (layer !== undefined) {
      figure.chooseLayer(layer);
      figure.speak();
      return;
    }
    const weight = s.editedWeights && weightUnder(s, place);
    if (weight) {
      this.#typing.showWeight(weight);
      if (unitUnder(s, place) === s.unit)
        return; /* The click chose a weight of this unit, so it does not remove the choice of the unit. */
    }
    const unit = unitUnder(s, place);
    if (unit === undefined) return;
    figure.chooseUnit(unit === s.unit ? 0 : unit);
    figure.speak();
  }

  /** Shows the value under the pointer as text, and highlights the term of which it is the source. */
  hover = (event: PointerEvent): void => {
    const s = this.#figure.scene;
    if (!s || this.#drag || event.pointerType === 'touch') return;
    const place = this.#place(event);
    const grip = gripOf(event);
    this.#figure.setHighlight(grip ? termOfInput(s, inputOfGrip(grip)) : place && termUnder(s, place));
    const text = place && textUnder(s, place);
    if (text) this.#showTip(event, text);
    else this.#hideTip();
  };

  leave = (event: PointerEvent): void => {
    this.#hideTip();
    if (event.pointerType !== 'touch' && !this.#drag) this.#figure.setHighlight(undefined);
  };

  /** A focused x is highlighted like one under the pointer. */
  focusIn = (event: FocusEvent): void => {
    const s = this.#figure.scene;
    const grip = gripOf(event);
    if (s && grip) this.#figure.setHighlight(termOfInput(s, inputOfGrip(grip)));
  };

  focusOut = (event: FocusEvent): void => {
    if (gripOf(event)) this.#figure.setHighlight(undefined);
  };

  get #tip(): HTMLElement | null {
    return this.#figure.root.querySelector('.tip-box');
  }

  #showTip(event: PointerEvent, text: string): void {
    const box = this.#tip as HTMLElement;
    const plot = event.currentTarget as HTMLElement;
    const at = localPosition(plot, event);
    box.hidden = false;
    box.textContent = text;
    const x = Math.min(at.x + 12, plot.offsetWidth - box.offsetWidth - 2);
    box.style.transform = `translate(${Math.max(0, x)}px, ${at.y - 34}px)`;
  }

  #hideTip(): void {
    if (this.#tip) this.#tip.hidden = true;
  }
}
