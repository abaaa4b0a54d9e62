/**
 * Keeps a page's state in its address: reads it when the page opens, writes it when the state rests, and follows it
 * when the reader goes back.
 */

import { fromAddress, toAddress, VERSION } from './address.ts';
import { keysOf } from './fields.ts';
import type { Page } from './pages.ts';
import type { State } from './state.ts';
import { fieldsOf, isState, pageHash, queryWithoutState } from './parse-link.ts';
import { Store } from './store.ts';

/**
 * In milliseconds, how long the state must rest before the address is written: Safari refuses more than 100 writes in
 * 30 seconds.
 */
const REST = 350;

/** A store whose state is kept in the page's address. */
export function locatedStore(page: Page): Store {
  const store = new Store(page, pageHash(location, keysOf(page)));
  new Keeper(store);
  return store;
}

/** Changes the address of the current entry in the browser's history, or adds an entry. */
export function writeAddress(url: string, isNew = false): void {
  try {
    if (isNew) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  } catch {
    /* a frame without an origin may not change its address */
  }
}

/**
 * Rewrites the address in the form that this page uses. A value that was reported stays, so that the reader can correct
 * it. @returns The page's hash.
 */
export function cleanAddress(keys: readonly string[], hash: string, notices: readonly string[]): string {
  const url = location.pathname + queryWithoutState(location.search, keys) + hash;
  const isRead = notices.length === 0 && isState(fieldsOf(pageHash(location, keys)));
  if (isRead && url !== location.pathname + location.search + location.hash) writeAddress(url);
  return location.hash;
}

class Keeper {
  readonly #store: Store;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written = location.hash;
  /** The state that the address stands for. */
  #settled: State;
  /** True while the state is read from the address. */
  #opening = false;

  constructor(store: Store) {
    this.#store = store;
    this.#settled = store.state;
    this.#clean();
    store.listen((state, before) => {
      if (!this.#opening) this.#changed(state, before);
    });
    addEventListener('hashchange', () => this.#follow());
    addEventListener('popstate', () => this.#follow());
    addEventListener('pagehide', () => this.#write(this.#store.state, true));
  }

  #changed(state: State, before: State): void {
    /* changes before this one belong to the previous entry of the history */
    if (this.#isNew(state, before) && !this.#isNew(before, this.#settled)) this.#write(before);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(this.#store.state), REST);
  }

  #isNew(state: State, before: State): boolean {
    return this.#store.page.newPage.some((name) => state[name] !== before[name]);
  }

  /** Changes only the fragment. A page that is being left gets no new entry. */
  #write(state: State, leaving = false): void {
    clearTimeout(this.#timer);
    const address = toAddress(this.#store.page, state);
    const [isNew, same] = [this.#isNew(state, this.#settled), address === toAddress(this.#store.page, this.#settled)];
    this.#settled = state;
    if (same) return; /* a value that was reported stays until the reader changes something */
    if (address === this.#written || (address === '' && !this.#written.startsWith('#v='))) return;
    writeAddress(this.#url(address), isNew && !leaving);
    this.#written = address;
  }

  #url(address: string): string {
    return location.pathname + queryWithoutState(location.search, keysOf(this.#store.page)) + address;
  }

  #clean(): void {
    const { page, address, notices } = this.#store;
    const isRead = fieldsOf(pageHash(location, keysOf(page))).get('v') === VERSION;
    /* a version alone would be another state here, and without its step a chapter's address leads to the notebook */
    const first = isRead && !page.table['lesson'] && page.opening === page.initial ? `#v=${VERSION}` : '';
    this.#written = cleanAddress(keysOf(page), address || first, notices);
  }

  /** Follows Back, Forward, or an address typed by hand. */
  #follow(): void {
    if (location.hash === this.#written) return;
    this.#opening = true;
    if (location.hash && !fieldsOf(location.hash).has('v')) this.#restore();
    else this.#open();
    this.#opening = false;
  }

  #open(): void {
    clearTimeout(this.#timer);
    this.#store.open(location.hash);
    this.#settled = this.#store.state;
    this.#clean();
  }

  /**
   * After the browser has gone to the id of an element, the address gets the current state again. A hash that looks
   * like a state but is none is reported.
   */
  #restore(): void {
    const { notices } = fromAddress(this.#store.page, location.hash);
    writeAddress(this.#url(this.#written));
    if (notices.length > 0) this.#store.change({}, { notices });
  }
}

/** The whole address of the current state, which may not have been written yet. */
export const linkTo = (store: Store): string =>
  new URL(location.pathname + queryWithoutState(location.search, keysOf(store.page)) + store.address, location.href)
    .href;
