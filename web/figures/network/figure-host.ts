/** The part of the element that its pointer, keyboard and text fields use. */

import type { Highlight } from '../../symbols/highlight-event.ts';
import type { Scene } from './scene.ts';

export interface FigureHost {
  readonly scene: Scene | undefined;
  readonly disabled: boolean;
  readonly root: ShadowRoot;
  /** The element that emits the events. */
  readonly element: HTMLElement;
  update(): void;
  /** Moves to another time step. Returns false if the time step does not change. */
  move(timestep: number): boolean;
  /** Like move, for controls without a spoken value: it stops playing, and the live region announces the time step. */
  walk(timestep: number): void;
  pause(): void;
  /** 0 removes the choice. */
  chooseUnit(unit: number): void;
  chooseLayer(layer: number): void;
  /** Highlights a term, or none, and emits the event. */
  setHighlight(highlight: Highlight | undefined): void;
  /**
   * Announces the state once the figure is at rest. `changed`: a number was changed, so the announcement waits for the
   * new trace.
   */
  speak(changed?: boolean): void;
}
