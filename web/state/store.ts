/** Holds the one state, and tells who listens. */

import { fromAddress, toAddress } from './address.ts';
import type { Page, StateOf, Table } from './fields.ts';

export type Listener<S> = (state: S, before: S) => void;

export class Store<T extends Table> {
  readonly page: Page<T>;
  #state: StateOf<T>;
  readonly #listeners: Listener<StateOf<T>>[] = [];
  /** What could not be taken as it was given. */
  readonly notices: string[];
  /** What is wrong around the page's parts, whatever the state is: an attribute that there is not. */
  readonly standing: string[] = [];

  /** `address`: the first state's; any text gives one. */
  constructor(page: Page<T>, address = '') {
    this.page = page;
    const { state, notices } = fromAddress(page, address);
    this.#state = state;
    this.notices = notices;
  }

  get state(): StateOf<T> {
    return this.#state;
  }

  /** That of the state as it is now; empty for the first state. */
  get address(): string {
    return toAddress(this.page, this.#state);
  }

  listen(listener: Listener<StateOf<T>>): void {
    this.#listeners.push(listener);
  }

  /** `notices`: what could not be taken as it was given, told though nothing changes. */
  change(part: Partial<StateOf<T>>, notices?: readonly string[]): void {
    if (notices) this.notices.splice(0, this.notices.length, ...notices);
    const before = this.#state;
    const after = this.page.follow({ ...before, ...part }, before, Object.keys(part));
    if (notices || JSON.stringify(after) !== JSON.stringify(before)) this.#take(after);
  }

  /** Another state, whole: what does not stand in the address is as it is at first. */
  open(address: string): void {
    const { state, notices } = fromAddress(this.page, address);
    this.notices.splice(0, this.notices.length, ...notices);
    this.#take(state);
  }

  #take(state: StateOf<T>): void {
    const before = this.#state;
    this.#state = state;
    for (const listener of this.#listeners) listener(state, before);
  }
}
