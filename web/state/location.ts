/** A page's state in its address: read when it opens, written when it rests, followed when the reader goes back. */

import { toAddress, VERSION } from './address.ts';
import type { Page, StateOf, Table } from './fields.ts';
import { fieldsOf, pageHash, queryBeside } from './link.ts';
import { Store } from './store.ts';

/** How long the state must rest before the address is written: Safari refuses more than 100 writes in 30 seconds. */
const REST = 350;

/** The store of a page that keeps its address. */
export function locatedStore<T extends Table>(page: Page<T>): Store<T> {
  const store = new Store(page, pageHash(location, keysOf(page)));
  new Keeper(store);
  return store;
}

const keysOf = <T extends Table>({ table }: Page<T>): string[] => Object.values(table).map(({ key }) => key);

class Keeper<T extends Table> {
  readonly #store: Store<T>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written = location.hash;
  /** Of the state that the address stands for. */
  #settled: StateOf<T>;
  /** What is told comes from the address. */
  #opening = false;

  constructor(store: Store<T>) {
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

  #changed(state: StateOf<T>, before: StateOf<T>): void {
    /* what the reader did before a new page belongs to the old one */
    if (this.#isNew(state, before) && !this.#isNew(before, this.#settled)) this.#write(before);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(this.#store.state), REST);
  }

  #isNew(state: StateOf<T>, before: StateOf<T>): boolean {
    return this.#store.page.newPage.some((name) => state[name] !== before[name]);
  }

  /** Only fragments change. A page that is being left gets no new entry. */
  #write(state: StateOf<T>, leaving = false): void {
    clearTimeout(this.#timer);
    const address = toAddress(this.#store.page, state);
    const isNew = this.#isNew(state, this.#settled);
    this.#settled = state;
    if (address === this.#written || (address === '' && !this.#written.startsWith('#v='))) return;
    if (isNew && !leaving) history.pushState(null, '', this.#url(address));
    else history.replaceState(null, '', this.#url(address));
    this.#written = address;
  }

  #url(address: string): string {
    return location.pathname + queryBeside(location.search, keysOf(this.#store.page)) + address;
  }

  /** What was read is written as this page writes it. An address that could not be read stays, to be mended. */
  #clean(): void {
    const read = pageHash(location, keysOf(this.#store.page));
    const address = this.#store.address || (location.hash === `#v=${VERSION}` ? location.hash : '');
    const url = this.#url(address);
    if (fieldsOf(read).get('v') !== VERSION || url === location.pathname + location.search + location.hash) return;
    history.replaceState(null, '', url);
    this.#written = address;
  }

  /** Back, Forward, or an address typed by hand. */
  #follow(): void {
    if (location.hash === this.#written) return;
    if (location.hash && [...fieldsOf(location.hash).keys()].length === 0) {
      /* a place in the page: the browser went there, and the address says again what is shown */
      history.replaceState(null, '', this.#url(this.#written));
      return;
    }
    clearTimeout(this.#timer);
    this.#written = location.hash;
    this.#opening = true;
    this.#store.open(location.hash);
    this.#opening = false;
    this.#settled = this.#store.state;
    this.#clean();
  }
}

/** The whole address of what a page shows now, though it may not be written yet. */
export const linkTo = <T extends Table>(store: Store<T>): string =>
  new URL(location.pathname + queryBeside(location.search, keysOf(store.page)) + store.address, location.href).href;

