/** Holds the one state, tells who listens, and keeps the address. */

import { fromAddress, toAddress } from './address.ts';
import { type FieldName, follow, type State } from './table.ts';

/** How long the state must rest before the address is written: Safari refuses more than 100 writes in 30 seconds. */
const REST = 350;

/** Fields whose change is a new page in the reader's history. */
const NEW_PAGE: readonly FieldName[] = ['task'];

export type Listener = (state: State, before: State) => void;

export class Store {
  #state: State;
  #listeners: Listener[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written: string;
  /** Of the state that the address stands for. */
  #settled: State;
  readonly notices: string[];

  constructor() {
    const { state, notices } = fromAddress(location.hash);
    this.#state = state;
    this.#settled = state;
    this.notices = notices;
    this.#written = location.hash;
    addEventListener('hashchange', () => this.#follow());
    addEventListener('popstate', () => this.#follow());
    addEventListener('pagehide', () => this.#write(true));
  }

  get state(): State {
    return this.#state;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  change(part: Partial<State>): void {
    const before = this.#state;
    const after = follow({ ...before, ...part }, before, 'edits' in part);
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    /* what the reader did before a new page belongs to the old one */
    if (NEW_PAGE.some((name) => after[name] !== before[name]) && !NEW_PAGE.some((name) => before[name] !== this.#settled[name])) this.#write();
    this.#state = after;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), REST);
    for (const listener of this.#listeners) listener(after, before);
  }

  /** Only fragments change. A page that is being left gets no new entry. */
  #write(leaving = false): void {
    clearTimeout(this.#timer);
    const address = toAddress(this.#state);
    if (address === this.#written || (address === '' && !this.#written.startsWith('#v='))) {
      this.#settled = this.#state;
      return;
    }
    const isNew = NEW_PAGE.some((name) => this.#state[name] !== this.#settled[name]);
    const url = address || location.pathname + location.search;
    if (isNew && !leaving) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    this.#written = address;
    this.#settled = this.#state;
  }

  /** Back, Forward, or an address typed by hand. */
  #follow(): void {
    if (location.hash === this.#written) return;
    if (location.hash && !new URLSearchParams(location.hash.slice(1)).has('v')) return; /* a place in the page */
    clearTimeout(this.#timer);
    const before = this.#state;
    const { state, notices } = fromAddress(location.hash);
    this.notices.splice(0, this.notices.length, ...notices);
    this.#written = location.hash;
    this.#state = state;
    this.#settled = state;
    for (const listener of this.#listeners) listener(state, before);
  }
}
