/** Which figures of the lab still show earlier settings: each says once what it follows from, and of which state it is whenever it is drawn. */

import { markOutdated } from '../outdated.ts';
import { sameFields } from '../state/fields.ts';
import { configOf, type LabField, type LabState } from '../state/lab.ts';
import type { LabStore, Places } from './dom.ts';
import { outdated } from './words.ts';

type Id = Parameters<Places['byId']>[0];

interface Figure {
  fields: readonly LabField[];
  /** The settings that are drawn; undefined: nothing is. */
  shown: LabState | undefined;
  /** Other numbers are on their way, though the settings are the same. */
  waits: string;
}

/** Data of another task are no setting. */
const settingsOf = (state: LabState): LabState => ({ ...state, ...configOf(state) });

export class Outdated {
  readonly #places: Places;
  readonly #store: LabStore;
  readonly #figures = new Map<Id, Figure>();

  constructor(places: Places, store: LabStore) {
    this.#places = places;
    this.#store = store;
    store.listen(() => {
      for (const id of this.#figures.keys()) this.#check(id);
    });
  }

  /** What these show follows from these fields of the state. */
  watch(ids: readonly Id[], fields: readonly LabField[]): void {
    for (const id of ids) this.#figures.set(id, { fields, shown: undefined, waits: '' });
  }

  /** They were drawn for this state; undefined: they show nothing, or a message that follows from no settings. */
  drawn(ids: readonly Id[], state: LabState | undefined): void {
    for (const id of ids) this.#set(id, { shown: state && settingsOf(state), waits: '' });
  }

  /** They are asked for again with the same settings: until they are drawn, `waits` says what they show. */
  renew(ids: readonly Id[], waits: string): void {
    for (const id of ids) this.#set(id, { waits });
  }

  #set(id: Id, change: Partial<Figure>): void {
    const figure = this.#figures.get(id);
    if (!figure) return;
    Object.assign(figure, change);
    this.#check(id);
  }

  #check(id: Id): void {
    const { shown, fields, waits } = this.#figures.get(id) as Figure;
    const now = settingsOf(this.#store.state);
    const differing = shown ? fields.filter((name) => !sameFields(shown, now, [name])) : [];
    const sentence = shown && differing.length > 0 ? outdated(shown, now, differing) : shown ? waits : '';
    markOutdated(this.#places.byId(id) as HTMLElement, sentence);
  }
}
