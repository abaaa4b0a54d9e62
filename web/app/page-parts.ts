/** The parts of a page that its code fills, wherever the page stands: in a document, or inside a figure. */

export class PageParts {
  readonly root: HTMLElement;
  /** The messages shown in one element, by the part of the page that says them. */
  readonly #said = new WeakMap<HTMLElement, Map<string, string>>();

  constructor(root: HTMLElement) {
    this.root = root;
  }

  all<E extends HTMLElement>(selector: string): E[] {
    return [...this.root.querySelectorAll<E>(selector)];
  }

  find<E extends HTMLElement>(selector: string): E | null {
    return this.root.querySelector<E>(selector);
  }

  /** A view may leave it out. */
  byId<E extends HTMLElement = HTMLElement>(id: string): E | null {
    return this.find<E>(`#${id}`);
  }

  /** Hears an event of a part, if it is there. */
  on<K extends keyof HTMLElementEventMap>(id: string, kind: K, hear: (event: HTMLElementEventMap[K]) => void): void {
    this.byId(id)?.addEventListener(kind, hear);
  }

  /** Writes only what differs: a selection in the text survives. */
  setText(id: string, text: string): void {
    const place = this.byId(id);
    if (place) setText(place, text);
  }

  show(id: string, shown: boolean): void {
    const place = this.byId(id);
    if (place) place.hidden = !shown;
  }

  /**
   * The message of one speaker in a place; empty: its cause is gone. The place shows all messages that hold, each once,
   * and hides when there are none.
   */
  setNotice(id: string, text: string, speaker = ''): void {
    const place = this.byId(id);
    if (!place) return;
    const said = this.#said.get(place) ?? new Map<string, string>();
    this.#said.set(place, said);
    if (text === '') said.delete(speaker);
    else said.set(speaker, text);
    const whole = [...new Set(said.values())].join(' ');
    setText(place, whole);
    place.hidden = whole === '';
  }
}

export function setText(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
