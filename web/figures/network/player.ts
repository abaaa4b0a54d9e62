/** Moves through the time steps automatically. */

import type { FigureHost } from './figure-host.ts';
import { stepWithoutMotion, animateStep, type AnimationStep } from './animation.ts';

export class Player {
  /** How much of the next time step has appeared, 0 to 1. */
  coming = 0;
  readonly #figure: FigureHost;
  #step: AnimationStep | undefined;

  constructor(figure: FigureHost) {
    this.#figure = figure;
  }

  get playing(): boolean {
    return this.#step !== undefined;
  }

  /** Starts from the first time step if it was at the end. */
  play(): void {
    const figure = this.#figure;
    if (!figure.scene || figure.disabled || this.playing) return;
    if (figure.scene.timestep === figure.scene.trace.timesteps) figure.move(0);
    this.#next();
    figure.update();
  }

  /** Stops playing and announces the time step. */
  pause(): void {
    if (!this.#step) return;
    this.#step.stop();
    this.#step = undefined;
    this.coming = 0;
    this.#figure.speak();
  }

  #next(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#step = still ? stepWithoutMotion(this.#arrive) : animateStep(this.#approach, this.#arrive);
  }

  #approach = (part: number): void => {
    this.coming = part;
    this.#figure.update();
  };

  #arrive = (): void => {
    const { scene } = this.#figure;
    if (!scene) return;
    this.coming = 0;
    const next = scene.timestep + 1;
    this.#figure.move(next);
    if (next >= scene.trace.timesteps) this.pause();
    else this.#next();
  };
}
