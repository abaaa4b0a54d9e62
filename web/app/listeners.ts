/** Functions that are called when something changes, until they are removed. */
export class Listeners<A extends unknown[] = []> {
  readonly #all = new Set<(...told: A) => void>();

  /** Returns a function that removes the listener. */
  add(hear: (...told: A) => void): () => void {
    this.#all.add(hear);
    return () => this.#all.delete(hear);
  }

  tell(...told: A): void {
    for (const hear of [...this.#all]) hear(...told);
  }
}
