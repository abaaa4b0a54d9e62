/**
 * Which figures and lines of a page still show earlier settings: each says once what it follows from, and of which
 * state it is whenever it is drawn.
 */

import { sameFields, type StateOf, type Table } from '../state/fields.ts';
import type { Store } from '../state/store.ts';
import { translate } from '../shared/translate.ts';

/** Settings that are named in a mark. */
const NAMED = 3;

interface Figure<T extends Table> {
  fields: readonly (keyof T & string)[];
  /** The settings that are drawn; undefined: nothing is. */
  shown: StateOf<T> | undefined;
  /** Other numbers are on their way, though the settings are the same. */
  waits: string;
  /** An answer is under way. */
  busy: boolean;
}

export class Outdated<T extends Table, Id extends string = string> {
  readonly #places: { byId(id: Id): unknown };
  readonly #store: Store<T>;
  readonly #settingsOf: (state: StateOf<T>) => StateOf<T>;
  readonly #figures = new Map<Id, Figure<T>>();

  /** `settingsOf`: a state without what is no setting in it. */
  constructor(
    places: { byId(id: Id): unknown },
    store: Store<T>,
    settingsOf: (state: StateOf<T>) => StateOf<T> = (state) => state,
  ) {
    this.#places = places;
    this.#store = store;
    this.#settingsOf = settingsOf;
    store.listen(() => {
      for (const id of this.#figures.keys()) this.#check(id);
    });
  }

  /** What these show follows from these fields of the state. */
  watch(ids: readonly Id[], fields: readonly (keyof T & string)[]): void {
    for (const id of ids) this.#figures.set(id, { fields, shown: undefined, waits: '', busy: false });
  }

  /** They were drawn for this state; undefined: they show nothing, or a message that follows from no settings. */
  drawn(ids: readonly Id[], state: StateOf<T> | undefined): void {
    for (const id of ids) this.#set(id, { shown: state && this.#settingsOf(state), waits: '', busy: false });
  }

  /** They are asked for again with the same settings: until they are drawn, `waits` says what they show. */
  renew(ids: readonly Id[], waits: string): void {
    for (const id of ids) this.#set(id, { waits });
  }

  /** An answer that they will be drawn from is under way; or it came, and they were not drawn. */
  busy(ids: readonly Id[], busy: boolean): void {
    for (const id of ids) this.#set(id, { busy });
  }

  #set(id: Id, change: Partial<Figure<T>>): void {
    const figure = this.#figures.get(id);
    if (!figure) return;
    Object.assign(figure, change);
    this.#check(id);
  }

  #check(id: Id): void {
    const { shown, fields, waits, busy } = this.#figures.get(id) as Figure<T>;
    const now = this.#settingsOf(this.#store.state);
    const differing = shown ? fields.filter((name) => !sameFields(shown, now, [name])) : [];
    const place = this.#places.byId(id) as HTMLElement;
    if (!shown || (differing.length === 0 && !waits)) unmark(place);
    else mark(place, differing.length > 0 ? sentence(place, this.#differences(differing, shown, now)) : waits, busy);
  }

  /**
   * The settings that differ, each with what it was and what it is; a list of changes, or an end that has no number, by
   * its name alone.
   */
  #differences(names: readonly (keyof T & string)[], from: StateOf<T>, to: StateOf<T>): string[] {
    return names.map((name) => {
      const { kind, label } = this.#store.page.table[name] as Table[string];
      const named = (kind === 'number' && Number(from[name]) >= 0 && Number(to[name]) >= 0) || kind === 'choice';
      return named ? `${label} ${String(from[name])} → ${String(to[name])}` : label;
    });
  }
}

/** `This figure still shows earlier settings: units 8 → 512.` */
function sentence(place: HTMLElement, all: readonly string[]): string {
  const more = all.length > NAMED ? translate(`, and ${all.length - NAMED} more`) : '';
  const some = all.slice(0, NAMED).join(', ');
  return place.localName === 'pre'
    ? translate(`This output still shows earlier settings: ${some}${more}.`)
    : translate(`This figure still shows earlier settings: ${some}${more}.`);
}

const MARKS = new WeakMap<HTMLElement, HTMLElement>();

/**
 * The attributes change at once. What is seen of them (base.css) appears only where it lasts, so that a drag at the
 * pace of the screen does not flicker, and takes no room. A line of words gets no sentence of its own: its figure has
 * one.
 */
function mark(figure: HTMLElement, words: string, busy: boolean): void {
  figure.toggleAttribute('data-outdated', true);
  /* only while an answer is under way: some screen readers leave out what is busy */
  if (busy) figure.setAttribute('aria-busy', 'true');
  else figure.removeAttribute('aria-busy');
  if (figure.localName === 'p' || figure.localName === 'span') return;
  let said = MARKS.get(figure);
  if (!said) {
    said = document.createElement('p');
    said.className = 'outdated';
    said.id = `${figure.id}-outdated`;
    MARKS.set(figure, said);
  }
  if (said.textContent !== words) said.textContent = words;
  if (said.nextSibling !== figure) figure.before(said);
  figure.setAttribute('aria-describedby', said.id);
}

function unmark(figure: HTMLElement): void {
  if (!figure.hasAttribute('data-outdated')) return;
  for (const name of ['data-outdated', 'aria-busy', 'aria-describedby']) figure.removeAttribute(name);
  MARKS.get(figure)?.remove();
}
