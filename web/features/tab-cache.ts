/**
 * Stores what a link cannot contain: here, and the latest ones in the browser's session storage for a reload of this
 * tab.
 */

const MOST = 4;

export class TabCache {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();

  /** `prefix`: of its keys in the session storage. No other prefix may begin with it. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  keep(name: string, text: string): void {
    this.#memory.delete(name);
    this.#memory.set(name, text);
    for (const old of [...this.#memory.keys()].slice(0, -MOST)) this.#memory.delete(old);
    const key = this.#prefix + name;
    try {
      for (const other of Object.keys(sessionStorage))
        if (other.startsWith(this.#prefix) && other !== key) sessionStorage.removeItem(other);
      sessionStorage.setItem(key, text);
    } catch {
      /* too large or not allowed: after a reload the page asks for the file again */
    }
  }

  get(name: string): string | undefined {
    try {
      return this.#memory.get(name) ?? sessionStorage.getItem(this.#prefix + name) ?? undefined;
    } catch {
      return undefined;
    }
  }
}
