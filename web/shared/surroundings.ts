/** Observes what a drawing depends on besides its properties: the size of its element, and the page's colors. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onThemeChange } from '../charts/theme.ts';
import { SizeObserver } from './observers.ts';

export { tellThemeChange } from '../charts/theme.ts';

type Host = ReactiveControllerHost & HTMLElement;

export interface SurroundingsOptions {
  /** Selects the part of the element whose height is observed. */
  part?: string;
  /** Called before the update that a new size causes. */
  resized?: () => void;
  /**
   * Called when the colors may have changed; by default the element updates. Undefined if nothing has colors of its
   * own.
   */
  recolored?: (() => void) | undefined;
}

/** Observes both while the element is in the page, and requests an update when they change. */
export class Surroundings implements ReactiveController {
  /** In whole CSS pixels; 0 until it is known. A hidden element keeps its last width. */
  width = 0;
  /** The height of the part; 0 without one. */
  height = 0;
  readonly #host: Host;
  readonly #options: SurroundingsOptions;
  #sizes: ResizeObserver | undefined;
  #stop: (() => void) | undefined;

  constructor(host: Host, options: SurroundingsOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#sizes ??= new SizeObserver((entries) => this.#sized(entries));
    this.#sizes.observe(this.#host);
    this.#stop = onThemeChange(this.#options.recolored ?? (() => this.#host.requestUpdate()));
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
    this.#stop?.();
  }

  #sized(entries: readonly ResizeObserverEntry[]): void {
    const width = Math.floor(entries.at(-1)?.contentRect.width ?? 0);
    const { part } = this.#options;
    const height = (part && this.#host.shadowRoot?.querySelector(part)?.clientHeight) || 0;
    if (width === 0 || (width === this.width && height === this.height)) return;
    [this.width, this.height] = [width, height];
    this.#options.resized?.();
    this.#host.requestUpdate();
  }
}
