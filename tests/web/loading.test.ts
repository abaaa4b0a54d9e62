// Opening a page must fetch little: a reader may pay for every kilobyte, and waits for it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { forEachBrowser, root } from './harness.ts';
import { sent } from './loads.ts';
import { serveUnruly } from './unruly.ts';

const dist = join(root, process.env.DIST ?? 'dist');
/** The maximum size in bytes, gzipped, of all that a browser fetches before anyone scrolls; where the result appears. */
const PAGES = {
  'index.html': { most: 143_400, result: '[data-show=answer]' },
  'notebook.html': { most: 134_200, result: '#log' },
  'lab.html': { most: 193_200, result: '#place' },
};
/** The page is quiet once it has asked for nothing during so many milliseconds. */
const QUIET = 1500;

for (const [name, { most, result }] of Object.entries(PAGES))
  forEachBrowser(
    `loading: ${name} fetches at most ${most / 1000} kB, gzipped, until someone scrolls`,
    async (tab) => {
      const fetched = new Set<string>();
      let last = performance.now();
      const site = await serveUnruly((path) => {
        fetched.add(path === '/' ? '/index.html' : path);
        last = performance.now();
        return undefined;
      });
      try {
        await tab.open(site.url + name);
        await tab.until((result: string) => (document.querySelector(result)?.textContent ?? '') !== '', result);
        while (performance.now() - last < QUIET) await pause(100);
      } finally {
        await site.close();
      }
      const files = [...fetched]
        .filter((path) => existsSync(join(dist, path)))
        .map((path): [string, number] => [path, sent(join(dist, path))]);
      const sum = files.reduce((all, [, bytes]) => all + bytes, 0);
      assert.ok(sum <= most, `${sum} bytes: ${JSON.stringify(files)}`);
    },
    { width: 1440, height: 900 },
  );
