/** What the parts that act on the figure need of the element. */

import type { Lit } from '../../symbols/highlight-event.ts';
import type { Scene } from './scene.ts';

export interface Figure {
  readonly scene: Scene | undefined;
  readonly disabled: boolean;
  readonly root: ShadowRoot;
  /** What tells of it. */
  readonly element: HTMLElement;
  /** Draws again. */
  update(): void;
  /** To another time step; false where there is none. */
  move(timestep: number): boolean;
  /** The same by what says nothing itself: it pauses, and the live region speaks. */
  walk(timestep: number): void;
  pause(): void;
  /** 0: none. */
  chooseUnit(unit: number): void;
  chooseLayer(layer: number): void;
  /** Lights a term, or none, and tells whose it is. */
  light(lit: Lit | undefined): void;
  /**
   * The live region speaks once all is at rest. `changed`: a number was, and the words follow from the trace that comes
   * with it.
   */
  speak(changed?: boolean): void;
}
