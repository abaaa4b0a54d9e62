/** Holds the state of a page, and calls listeners when it changes. */

import { fromAddress, toAddress } from './address.ts';
import type { Page } from './pages.ts';
import type { FieldName, State } from './state.ts';

export type Listener = (state: State, before: State) => void;

/** The role of a change in a drag: the first one, a later one, or the one that ends it. */
export type Gesture = 'start' | 'move' | 'end';

export interface ChangeOptions {
  gesture?: Gesture | undefined;
  /** Sentences about values that were not taken as given. They are shown even if nothing changes. */
  notices?: readonly string[];
}

export class Store {
  readonly page: Page;
  #state: State;
  #notices: readonly string[];
  readonly #standing: string[] = [];
  readonly #listeners = new Set<Listener>();
  readonly #starts = new Set<() => void>();
  readonly #ends = new Set<() => void>();
  #moving = false;
  #dragging = false;
  /** Changes that listeners make wait until all listeners have heard of the previous one. */
  readonly #waiting: (() => void)[] = [];
  #telling = false;

  /** `address`: the address of the first state; any text is allowed. */
  constructor(page: Page, address = '') {
    this.page = page;
    const { state, notices } = fromAddress(page, address);
    this.#state = state;
    this.#notices = notices;
  }

  get state(): State {
    return this.#state;
  }

  /** The address of the current state; empty for the initial state. */
  get address(): string {
    return toAddress(this.page, this.#state);
  }

  /** Notices about the values that were set last, and about the page's own markup. */
  get notices(): readonly string[] {
    return [...this.#standing, ...this.#notices];
  }

  /** Sets notices that do not depend on the state, such as about an attribute that does not exist. */
  stand(notices: readonly string[]): void {
    this.#standing.push(...notices);
  }

  /** Adds notices to those about the address, until something changes. */
  note(notices: readonly string[]): void {
    this.#notices = [...this.#notices, ...notices];
  }

  /** True while a handle is held and more changes will follow. */
  get moving(): boolean {
    return this.#moving;
  }

  /** True during all changes of a drag, including the last one. */
  get dragging(): boolean {
    return this.#dragging;
  }

  /** The gesture of a change that says whether it is the last one. */
  gestureOf(final: boolean): Gesture | undefined {
    if (!final) return this.#dragging ? 'move' : 'start';
    return this.#dragging ? 'end' : undefined;
  }

  /** Returns a function that removes the listener. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Calls `start` before the first change of a drag, and `end` after its last one. Returns a function that removes
   * both.
   */
  listenToDrags({ start, end }: { start?: () => void; end?: () => void }): () => void {
    if (start) this.#starts.add(start);
    if (end) this.#ends.add(end);
    return () => {
      if (start) this.#starts.delete(start);
      if (end) this.#ends.delete(end);
    };
  }

  change(part: Partial<State>, { gesture, notices }: ChangeOptions = {}): void {
    this.#inTurn(() => {
      if (notices) this.#notices = notices;
      if (gesture === 'start') for (const listener of this.#starts) listener();
      if (gesture) {
        this.#moving = gesture !== 'end';
        this.#dragging = true;
      }
      const before = this.#state;
      const after = this.page.follow({ ...before, ...part }, before, Object.keys(part) as FieldName[]);
      if (notices || JSON.stringify(after) !== JSON.stringify(before)) this.#take(after);
      if (gesture !== 'end') return;
      this.#dragging = false;
      for (const listener of this.#ends) listener();
    });
  }

  /** Opens another state. Fields that the address does not name get their initial values. */
  open(address: string): void {
    this.#inTurn(() => {
      const { state, notices } = fromAddress(this.page, address);
      this.#notices = notices;
      this.#take(state);
    });
  }

  #inTurn(change: () => void): void {
    this.#waiting.push(change);
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) next();
    } finally {
      this.#telling = false;
    }
  }

  #take(state: State): void {
    const before = this.#state;
    this.#state = state;
    for (const listener of this.#listeners) listener(state, before);
  }
}
