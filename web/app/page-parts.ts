/** The elements of a page that its code fills, in a document or inside `<rnn-figure>`. */

export class PageParts {
  readonly root: HTMLElement;
  /** The messages shown in one element, by the part of the page that reports them. */
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

  /** Undefined if the view leaves this element out. */
  byId<E extends HTMLElement = HTMLElement>(id: string): E | null {
    return this.find<E>(`#${id}`);
  }

  /** Listens to an event of an element, if it is there. */
  on<K extends keyof HTMLElementEventMap>(
    id: string,
    kind: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ): void {
    this.byId(id)?.addEventListener(kind, listener);
  }

  /** Writes only a text that differs, so that a selection in the text survives. */
  setText(id: string, text: string): void {
    const place = this.byId(id);
    if (place) setText(place, text);
  }

  show(id: string, shown: boolean): void {
    const place = this.byId(id);
    if (place) place.hidden = !shown;
  }

  /**
   * Sets the message of one speaker in an element; an empty text removes it. The element shows all messages, each once,
   * and is hidden if there are none.
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
