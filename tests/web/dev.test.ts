// A saved source must be visible at once. The test runs Vite's development server on a copy of the sources, whose `make
// js` leaves a marker.
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { createServer, type ViteDevServer } from 'vite';
import { forEachBrowser, root, type Tab } from './harness.ts';

let copy: string;
let server: ViteDevServer;
let url: string;

const write = (file: string, change: (text: string) => string): void =>
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));

before(async () => {
  copy = mkdtempSync(join(tmpdir(), 'unrolled-dev-'));
  for (const name of ['web', 'wasm/js', 'core/model', 'vite.config.ts', 'tsconfig.json', 'package.json', 'LICENSE'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  mkdirSync(join(copy, 'wasm/browser'));
  cpSync(join(root, process.env.BUILD ?? 'build', 'js'), join(copy, 'build/js'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'Makefile'), 'js:\n\t@touch made\n');
  server = await createServer({
    configFile: join(copy, 'vite.config.ts'),
    cacheDir: join(copy, 'cache'),
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, fs: { allow: [copy, realpathSync(join(copy, 'node_modules'))] } },
  });
  await server.listen();
  url = server.resolvedUrls?.local[0] ?? '';
});

after(async () => {
  await server?.close();
  rmSync(copy, { recursive: true, force: true });
});

/** The notebook after its first training, with a marker that a reload would remove. */
async function openTrained(tab: Tab): Promise<void> {
  await tab.open(`${url}notebook.html#v=1`);
  await tab.until(() => /0\.\d/.test(document.getElementById('evaluation')?.textContent ?? ''));
  await tab.evaluate(() => {
    document.body.dataset.loaded = 'before';
  });
}

forEachBrowser('dev: a saved style, page, script and C source are visible without a build', async (tab) => {
  await openTrained(tab);
  write('web/style/tokens.css', (text) => `${text}\n:root { --saved: 1 }\n`);
  await tab.until(() => getComputedStyle(document.documentElement).getPropertyValue('--saved').trim() === '1');
  assert.equal(await tab.evaluate(() => document.body.dataset.loaded), 'before', 'a style needs no new page');

  write('web/pages/notebook.html', (text) => text.replace('<h1', '<h1 data-saved'));
  await tab.until(() => document.querySelector('h1[data-saved]') !== null);

  write('web/shared/format.ts', (text) => `${text}\n(globalThis as { saved?: number }).saved = 1;\n`);
  await tab.until(() => (globalThis as { saved?: number }).saved === 1);

  await openTrained(tab);
  write('core/model/model.c', (text) => `${text}\n/* saved */\n`);
  await tab.until(() => document.body?.dataset.loaded === undefined);
  assert.ok(existsSync(join(copy, 'made')), 'the modules are built before the page is loaded again');
  assert.deepEqual(
    tab.problems.filter((problem) => !/Lit is in dev mode/.test(problem)),
    [],
  );
});
