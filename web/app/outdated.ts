/**
 * Which figures and lines of a page still show earlier settings: each says once which settings it follows from, and of
 * which state it is whenever it is drawn.
 */

import { sameFields } from '../state/fields.ts';
import { configOf, type FieldName, type State, TABLE } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { list, translate } from '../shared/translate.ts';

/** Settings that are named in a mark. */
const NAMED = 3;

interface Figure {
  fields: readonly FieldName[];
  /** The state of the network that is shown; undefined: nothing is to be shown. */
  of: (state: State) => State | undefined;
  /** The settings that are drawn; undefined: none are. */
  shown: State | undefined;
  /** Other numbers are on their way, though the settings are the same. */
  waits: string;
  /** An answer is under way. */
  busy: boolean;
}

/** Data of another task are no setting. */
const settingsOf = (state: State): State => ({ ...state, ...configOf(state) });

export class Outdated {
  readonly #store: Store;
  readonly #figures = new Map<HTMLElement, Figure>();

  constructor(store: Store) {
    this.#store = store;
    store.listen(() => {
      for (const figure of this.#figures.keys()) this.#check(figure);
    });
  }

  /** What this figure shows follows from these fields of the state. `of`: of its network, where it is another one. */
  watch(figure: HTMLElement, fields: readonly FieldName[], of: Figure['of'] = (state) => state): void {
    this.#figures.set(figure, { fields, of, shown: undefined, waits: '', busy: false });
  }

  /** It was drawn for this state; undefined: it shows nothing, or a message that follows from no settings. */
  drawn(figure: HTMLElement, state: State | undefined): void {
    this.#set(figure, { shown: state && settingsOf(state), waits: '', busy: false });
  }

  /** It is asked for again with the same settings: until it is drawn, `waits` says what it shows. */
  renew(figure: HTMLElement, waits: string): void {
    this.#set(figure, { waits });
  }

  /** An answer that it will be drawn from is under way; or it came, and the figure was not drawn. */
  busy(figure: HTMLElement, busy: boolean): void {
    this.#set(figure, { busy });
  }

  #set(element: HTMLElement, change: Partial<Figure>): void {
    const figure = this.#figures.get(element);
    if (!figure) return;
    Object.assign(figure, change);
    this.#check(element);
  }

  #check(element: HTMLElement): void {
    const { shown, fields, of, waits, busy } = this.#figures.get(element) as Figure;
    const state = of(this.#store.state);
    const now = state && settingsOf(state);
    const differing = shown && now ? fields.filter((name) => !sameFields(shown, now, [name])) : [];
    if (!shown || !now || (differing.length === 0 && !waits)) unmark(element);
    else mark(element, differing.length > 0 ? sentence(element, differences(differing, shown, now)) : waits, busy);
  }
}

/**
 * The settings that differ, each with what it was and what it is; a list of changes, or an end that has no number, by
 * its name alone.
 */
function differences(names: readonly FieldName[], from: State, to: State): string[] {
  return names.map((name) => {
    const { kind, label } = TABLE[name];
    const named = (kind === 'number' && Number(from[name]) >= 0 && Number(to[name]) >= 0) || kind === 'choice';
    return named ? `${label} ${String(from[name])} → ${String(to[name])}` : label;
  });
}
/** `This figure still shows earlier settings: units 8 → 512.` */
function sentence(place: HTMLElement, all: readonly string[]): string {
  const some = list([...all.slice(0, NAMED), ...(all.length > NAMED ? [translate(`${all.length - NAMED} more`)] : [])]);
  return place.localName === 'pre'
    ? translate(`This output still shows earlier settings: ${some}.`)
    : translate(`This figure still shows earlier settings: ${some}.`);
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
