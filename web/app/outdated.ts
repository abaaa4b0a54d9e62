/**
 * Marks the figures and lines of a page that still show earlier settings. Each one says which settings it depends on,
 * and for which state it was drawn.
 */

import { sameFields } from '../state/fields.ts';
import { configOf } from '../state/config.ts';
import { type FieldName, type State, TABLE } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { list, translate } from '../shared/translate.ts';

/** A mark names at most this many settings. */
const NAMED = 3;

interface Figure {
  fields: readonly FieldName[];
  /** The state of the network that is shown; undefined if nothing is to be shown. */
  of: (state: State) => State | undefined;
  /** The state that was drawn; undefined if none was. */
  shown: State | undefined;
  /** What is still shown although new numbers with the same settings are under way; empty if none are. */
  waits: string;
  /** True while an answer is under way. */
  busy: boolean;
}

/** Data of another task are not a setting of this one. */
const settingsOf = (state: State): State => ({ ...state, ...configOf(state) });

export class Outdated {
  readonly #store: Store;
  readonly #figures = new Map<HTMLElement, Figure>();

  /** The player walks through the moments: figures that follow it are a moment behind, and not marked for that. */
  #playing = false;

  constructor(store: Store) {
    this.#store = store;
    store.listen(() => this.#checkAll());
  }

  play(playing: boolean): void {
    this.#playing = playing;
    this.#checkAll();
  }

  #checkAll(): void {
    for (const figure of this.#figures.keys()) this.#check(figure);
  }

  /**
   * Marks this figure when these fields of the state change. `of` maps the page's state to that of the figure's
   * network.
   */
  watch(figure: HTMLElement, fields: readonly FieldName[], of: Figure['of'] = (state) => state): void {
    this.#figures.set(figure, { fields, of, shown: undefined, waits: '', busy: false });
  }

  /**
   * The figure was drawn for this state; undefined if it shows nothing, or a message that does not depend on settings.
   */
  drawn(figure: HTMLElement, state: State | undefined): void {
    this.#set(figure, { shown: state && settingsOf(state), waits: '', busy: false });
  }

  /** The figure has been requested again with the same settings. Until it is drawn, its mark says `waits`. */
  renew(figure: HTMLElement, waits: string): void {
    this.#set(figure, { waits });
  }

  /** `busy`: an answer for the figure is under way. False also if an answer came and the figure was not redrawn. */
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
    const differing =
      shown && now ? fields.filter((name) => !(this.#playing && name === 'at') && !sameFields(shown, now, [name])) : [];
    if (!shown || !now || (differing.length === 0 && !waits)) unmark(element);
    else mark(element, differing.length > 0 ? sentence(element, differences(differing, shown, now)) : waits, busy);
  }
}

/**
 * Each setting that differs, with its old and new value. Lists of changes, and the end of the run, which has no number,
 * are only named.
 */
function differences(names: readonly FieldName[], from: State, to: State): string[] {
  return names.map((name) => {
    const { kind, label } = TABLE[name];
    const named = (kind === 'number' && Number(from[name]) >= 0 && Number(to[name]) >= 0) || kind === 'choice';
    return named ? `${label} ${String(from[name])} → ${String(to[name])}` : label;
  });
}
/** Returns, for example, `This figure still shows earlier settings: units 8 → 512.` */
function sentence(place: HTMLElement, all: readonly string[]): string {
  const some = list([...all.slice(0, NAMED), ...(all.length > NAMED ? [translate(`${all.length - NAMED} more`)] : [])]);
  return place.localName === 'pre'
    ? translate(`This output still shows earlier settings: ${some}.`)
    : translate(`This figure still shows earlier settings: ${some}.`);
}

const MARKS = new WeakMap<HTMLElement, HTMLElement>();

/**
 * The attributes change at once, but the style (base.css) shows a mark only if it lasts, and gives it no room, so that
 * a fast drag does not flicker. Text turns gray without a mark, which would lie over its line.
 */
function mark(figure: HTMLElement, words: string, busy: boolean): void {
  figure.toggleAttribute('data-outdated', true);
  /* set only while an answer is under way, because some screen readers skip elements that are busy */
  if (busy) figure.setAttribute('aria-busy', 'true');
  else figure.removeAttribute('aria-busy');
  if (!figure.localName.includes('-') && figure.localName !== 'pre') return;
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
