/** Who hears of one thing, and no longer once it is disposed. */
export class Listeners<A extends unknown[] = []> {
  readonly #all = new Set<(...told: A) => void>();

  /** Returns what ends it. */
  add(hear: (...told: A) => void): () => void {
    this.#all.add(hear);
    return () => this.#all.delete(hear);
  }

  tell(...told: A): void {
    for (const hear of [...this.#all]) hear(...told);
  }
}
