/** What a drawing depends on beside its properties: the size that its element was given, and the page's colours. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onThemeChange } from '../charts/theme.ts';
import { SizeObserver } from './observers.ts';

type Host = ReactiveControllerHost & HTMLElement;

export interface SurroundingsOptions {
  /** Selects the part of the element whose height is told. */
  part?: string;
  /** Called before the update that another size brings. */
  resized?: () => void;
  /** Called when the colours may have changed; default: an update. undefined: nothing here has colours of its own. */
  recoloured?: (() => void) | undefined;
}

/** Watches both while the element is in the page, and asks for an update when they change. */
export class Surroundings implements ReactiveController {
  /** In CSS pixels, whole; 0 until it is known. An element that is hidden keeps the width it had. */
  width = 0;
  /** Of the part; 0 without one. */
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
    this.#stop = onThemeChange(this.#options.recoloured ?? (() => this.#host.requestUpdate()));
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
