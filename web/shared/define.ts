/** Defines an element. If two scripts of a page define the same one, the first definition stays. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
