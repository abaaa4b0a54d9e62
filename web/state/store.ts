/** Holds the one state of a page, and tells who listens. */

import { fromAddress, toAddress } from './address.ts';
import type { Page } from './pages.ts';
import type { FieldName, State } from './state.ts';

export type Listener = (state: State, before: State) => void;

/** A change while a handle is held: the first one, another one, and the one with which it is let go. */
export type Gesture = 'start' | 'move' | 'end';

export interface ChangeOptions {
  gesture?: Gesture | undefined;
  /** Sentences about what could not be taken as it was given. They are told though nothing changes. */
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
  /** Changes that listeners asked for wait until all have heard of the one before. */
  readonly #waiting: (() => void)[] = [];
  #telling = false;

  /** `address`: of the first state; any text gives one. */
  constructor(page: Page, address = '') {
    this.page = page;
    const { state, notices } = fromAddress(page, address);
    this.#state = state;
    this.#notices = notices;
  }

  get state(): State {
    return this.#state;
  }

  /** The address of the state as it is now; empty for the first state. */
  get address(): string {
    return toAddress(this.page, this.#state);
  }

  /** What the reader is told about the values that were given last, and about the page's own markup. */
  get notices(): readonly string[] {
    return [...this.#standing, ...this.#notices];
  }

  /** What is wrong around the page's parts, whatever the state is: an attribute that does not exist. */
  stand(notices: readonly string[]): void {
    this.#standing.push(...notices);
  }

  /** Beside what the address gave: said until something changes. */
  note(notices: readonly string[]): void {
    this.#notices = [...this.#notices, ...notices];
  }

  /** A handle is held: more changes are to come. */
  get moving(): boolean {
    return this.#moving;
  }

  /** The change under way belongs to a drag, also if it is the last one. */
  get dragging(): boolean {
    return this.#dragging;
  }

  /** The gesture of a change that says whether it is the last one of its kind. */
  gestureOf(final: boolean): Gesture | undefined {
    if (!final) return this.#dragging ? 'move' : 'start';
    return this.#dragging ? 'end' : undefined;
  }

  /** Returns what ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `start` is called before the first change of a drag, `end` after its last one. Returns what ends it. */
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
      if (gesture === 'start') for (const hear of this.#starts) hear();
      if (gesture) {
        this.#moving = gesture !== 'end';
        this.#dragging = true;
      }
      const before = this.#state;
      const after = this.page.follow({ ...before, ...part }, before, Object.keys(part) as FieldName[]);
      if (notices || JSON.stringify(after) !== JSON.stringify(before)) this.#take(after);
      if (gesture !== 'end') return;
      this.#dragging = false;
      for (const hear of this.#ends) hear();
    });
  }

  /** Another state, whole: what does not stand in the address is as it is at first. */
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
