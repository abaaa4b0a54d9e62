/** The parts of a page that its code fills, by id, wherever the page stands: in a document, or inside a figure. */

/** `Parts`: elements of their own types; `Text`: ids of what only holds words. What a view leaves out stands in `rest`,
 *  outside any document:
 *  it is told of everything and draws nothing. */
export class PagePartsOf<Parts, Text extends string> {
  readonly root: HTMLElement;
  readonly #rest: ParentNode | undefined;
  readonly #found = new Map<string, HTMLElement>();
  /** What is said in a place, by who says it. */
  readonly #said = new Map<string, Map<string, string>>();

  constructor(root: HTMLElement, rest?: ParentNode) {
    this.root = root;
    this.#rest = rest;
  }

  byId<I extends (keyof Parts & string) | Text>(id: I): I extends keyof Parts ? Parts[I] : HTMLElement {
    const found = this.#found.get(id) ?? this.first(`#${id}`);
    this.#found.set(id, found);
    return found as I extends keyof Parts ? Parts[I] : HTMLElement;
  }

  /** Shown or not. */
  first(selector: string): HTMLElement {
    const found = this.find<HTMLElement>(selector) ?? this.#rest?.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
  }

  /** Those that are shown. */
  all<E extends Element>(selector: string): NodeListOf<E> {
    return this.root.querySelectorAll<E>(selector);
  }

  find<E extends Element>(selector: string): E | null {
    return this.root.querySelector<E>(selector);
  }

  /** Writes only what differs: a selection in the text survives. */
  setText(id: (keyof Parts & string) | Text, text: string): void {
    const place = this.byId(id) as HTMLElement;
    if (place.textContent !== text) place.textContent = text;
  }

  /**
   * What one speaker says in a place; empty: its cause is gone. The place shows what all of them say, once each, and
   * hides when nothing is said.
   */
  setNotice(id: (keyof Parts & string) | Text, text: string, speaker = ''): void {
    const said = this.#said.get(id) ?? new Map<string, string>();
    this.#said.set(id, said);
    if (text === '') said.delete(speaker);
    else said.set(speaker, text);
    const whole = [...new Set(said.values())].join(' ');
    this.setText(id, whole);
    const place = this.byId(id) as HTMLElement;
    place.hidden = whole === '';
  }
}
