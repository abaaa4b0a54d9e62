// Helpers for pages with figures, opened from the disk.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forEachBrowser, root, type Tab, type View as Window } from './harness.ts';

export const folder = join(root, process.env.BUILD ?? 'build', 'tests', 'figures');
mkdirSync(folder, { recursive: true });
copyFileSync(join(root, process.env.DIST ?? 'dist', 'figures.js'), join(folder, 'figures.js'));

/** Writes a page that counts workers and records events. `head` comes before the script. */
export function page(name: string, body: string, head = ''): string {
  const watch = `<script>
    globalThis.workers = 0; globalThis.told = [];
    if (globalThis.Worker) globalThis.Worker = class extends Worker { constructor(...given) { super(...given); globalThis.workers++; } };
    for (const kind of ['rnn-ready', 'rnn-step', 'rnn-epoch', 'rnn-state', 'rnn-refused']) addEventListener(kind, (event) => told.push([kind, event.detail]));
  </script>`;
  const file = join(folder, `${name}.html`);
  writeFileSync(
    file,
    `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<title>${name}</title><link rel="icon" href="data:,">${watch}<script src="figures.js" defer></script></head><body><main><h1>${name}</h1>${body}</main></body></html>`,
  );
  return pathToFileURL(file).href;
}

export type Watched = { workers: number; told: [string, Record<string, unknown>][] };

export const ready = (tab: Tab, count = 1): Promise<void> =>
  tab.until((wanted: number) => document.querySelectorAll('rnn-figure[data-ready]').length >= wanted, count);
export const told = (tab: Tab): Promise<Watched['told']> => tab.evaluate(() => (globalThis as unknown as Watched).told);
export const text = (tab: Tab, selector: string): Promise<string> =>
  tab.evaluate(
    (inner: string) =>
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector(inner)?.textContent?.trim() ?? '',
    selector,
  );

export function figures(
  name: string,
  body: (tab: Tab) => Promise<void>,
  window: Window = { width: 1000, height: 900 },
): void {
  forEachBrowser(
    `figure: ${name}`,
    async (tab) => {
      await body(tab);
      assert.deepEqual(tab.problems, []);
    },
    window,
  );
}
