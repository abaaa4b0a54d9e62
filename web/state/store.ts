/** Holds the one state, tells who listens, and keeps the address. */

import { fromAddress, toAddress } from './address.ts';
import type { Page, StateOf, Table } from './fields.ts';

/** How long the state must rest before the address is written: Safari refuses more than 100 writes in 30 seconds. */
const REST = 350;

export type Listener<S> = (state: S, before: S) => void;

export class Store<T extends Table> {
  readonly #page: Page<T>;
  #state: StateOf<T>;
  #listeners: Listener<StateOf<T>>[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written: string;
  /** Of the state that the address stands for. */
  #settled: StateOf<T>;
  readonly notices: string[];

  constructor(page: Page<T>) {
    this.#page = page;
    const { state, notices } = fromAddress(page, location.hash);
    this.#state = state;
    this.#settled = state;
    this.notices = notices;
    this.#written = location.hash;
    addEventListener('hashchange', () => this.#follow());
    addEventListener('popstate', () => this.#follow());
    addEventListener('pagehide', () => this.#write(true));
  }

  get state(): StateOf<T> {
    return this.#state;
  }

  /** The address of the state as it is now, though it may not be written yet. */
  get address(): string {
    return toAddress(this.#page, this.#state);
  }

  listen(listener: Listener<StateOf<T>>): void {
    this.#listeners.push(listener);
  }

  change(part: Partial<StateOf<T>>): void {
    const before = this.#state;
    const after = this.#page.follow({ ...before, ...part }, before, Object.keys(part));
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    /* what the reader did before a new page belongs to the old one */
    if (this.#isNew(after, before) && !this.#isNew(before, this.#settled)) this.#write();
    this.#state = after;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), REST);
    for (const listener of this.#listeners) listener(after, before);
  }

  #isNew(state: StateOf<T>, before: StateOf<T>): boolean {
    return this.#page.newPage.some((name) => state[name] !== before[name]);
  }

  /** Only fragments change. A page that is being left gets no new entry. */
  #write(leaving = false): void {
    clearTimeout(this.#timer);
    const address = toAddress(this.#page, this.#state);
    if (address === this.#written || (address === '' && !this.#written.startsWith('#v='))) {
      this.#settled = this.#state;
      return;
    }
    const isNew = this.#isNew(this.#state, this.#settled);
    const url = address || location.pathname + location.search;
    if (isNew && !leaving) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    this.#written = address;
    this.#settled = this.#state;
  }

  /** Back, Forward, or an address typed by hand. */
  #follow(): void {
    if (location.hash === this.#written) return;
    if (location.hash && !new URLSearchParams(location.hash.slice(1)).has('v')) {
      /* a place in the page: the browser went there, and the address says again what is shown */
      history.replaceState(null, '', this.#written || location.pathname + location.search);
      return;
    }
    clearTimeout(this.#timer);
    const before = this.#state;
    const { state, notices } = fromAddress(this.#page, location.hash);
    this.notices.splice(0, this.notices.length, ...notices);
    this.#written = location.hash;
    this.#state = state;
    this.#settled = state;
    for (const listener of this.#listeners) listener(state, before);
  }
}
