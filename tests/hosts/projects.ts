/** The npm package in projects of others: built by their tools, opened in a browser. */

import assert from 'node:assert/strict';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { ready, serveFolder } from '../embedding/host.ts';
import { root } from '../house/tree.ts';
import { build, run, version } from '../packaging/packed.ts';
import { forEachBrowser, type Tab } from '../web/harness.ts';

const projects = join(import.meta.dirname, 'projects');
const packages = join(projects, 'node_modules');
const tarball = join(build, `unrolled-${version}.tgz`);
const from = createRequire(join(projects, 'package.json'));
/** Imports a package of the projects, not of this checkout. Its types are not there. */
// biome-ignore lint/suspicious/noExplicitAny: the packages are installed only when asked for
const imported = (name: string): Promise<any> => import(pathToFileURL(from.resolve(name)).href);

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'unrolled-projects-'));
  run(process.execPath, ['web/packaging/package.mjs'], root);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A project with copies of these folders' files, the package from its tarball, and links to all other packages. */
function project(name: string, ...sources: string[]): string {
  const made = join(folder, name);
  const modules = join(made, 'node_modules');
  mkdirSync(join(modules, 'unrolled'), { recursive: true });
  writeFileSync(join(made, 'package.json'), '{"private": true, "type": "module"}\n');
  for (const source of sources) cpSync(join(root, source), made, { recursive: true });
  for (const each of readdirSync(packages))
    if (!each.startsWith('.')) symlinkSync(join(packages, each), join(modules, each));
  run('tar', ['xzf', tarball, '-C', join(modules, 'unrolled'), '--strip-components=1'], made);
  return made;
}

const tool = (name: string, args: readonly string[], cwd: string): string =>
  run(join(packages, '.bin', name), args, cwd);

/** The compiler finds the types of React and Vue, and those of the package, in a strict project. */
const COMPILER = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    lib: ['es2023', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    types: [],
  },
};

function typed(at: string, files: readonly string[], compiler = 'tsc'): void {
  writeFileSync(join(at, 'tsconfig.json'), JSON.stringify({ ...COMPILER, files }));
  tool(compiler, ['-p', '.'], at);
}

/** The types know what an event tells: a lesson that reads something else of it is refused. */
function mistyped(at: string, lesson: string, files: readonly string[], compiler?: string): void {
  const source = readFileSync(join(at, lesson), 'utf8');
  writeFileSync(join(at, lesson), source.replace('detail.t', 'detail.time'));
  assert.throws(() => typed(at, files, compiler), /Property 'time' does not exist/);
  writeFileSync(join(at, lesson), source);
}

/** Opens the page of a project and uses its figure as a reader does, both ways. */
async function used(tab: Tab, url: string): Promise<void> {
  await tab.open(url);
  await ready(tab);
  await tab.until(() => document.querySelector('p')?.textContent === 'You see time step 7.');
  await tab.click('button');
  await tab.until(() => (document.querySelector<RnnFigure>('rnn-figure')?.state as { t: number } | undefined)?.t === 3);
  await tab.until(() => document.querySelector('p')?.textContent === 'You see time step 3.');
  await tab.evaluate(() => document.querySelector<RnnFigure>('rnn-figure')?.step());
  await tab.until(() => document.querySelector('p')?.textContent === 'You see time step 4.');
}

async function opened(at: string, use: (url: string) => Promise<void>): Promise<void> {
  const site = await serveFolder(at);
  try {
    await use(site.url);
  } finally {
    await site.close();
  }
}

forEachBrowser('React 19: types, Vite for development, Vite for a site', async (tab) => {
  const at = project(`react-${tab.browser}`, 'docs/embedding/react');
  typed(at, ['main.tsx']);
  mistyped(at, 'Lesson.tsx', ['main.tsx']);
  const { build: site, createServer } = await imported('vite');
  const server = await createServer({ root: at, logLevel: 'error', server: { host: '127.0.0.1', port: 0 } });
  try {
    await server.listen();
    await used(tab, server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
  await site({ root: at, logLevel: 'error' });
  await opened(join(at, 'dist'), (url) => used(tab, url));
});

forEachBrowser('Vue 3: types, Vite for a site', async (tab) => {
  const at = project(`vue-${tab.browser}`, 'docs/embedding/vue');
  typed(at, ['main.ts'], 'vue-tsc');
  mistyped(at, 'Lesson.vue', ['main.ts'], 'vue-tsc');
  tool('vite', ['build', '--logLevel', 'error'], at);
  await opened(join(at, 'dist'), (url) => used(tab, url));
});

forEachBrowser('React renders on a server, and the page goes on from there', async (tab) => {
  const at = project(`server-${tab.browser}`, 'docs/embedding/react', 'tests/hosts/projects/server');
  tool('vite', ['build', '--logLevel', 'error', '--ssr', 'server.tsx', '--outDir', 'server'], at);
  const { page } = (await import(pathToFileURL(join(at, 'server/server.js')).href)) as { page: string };
  assert.match(page, /<rnn-figure view="network" task="first" epoch="40" t="7" unit="5" controls="step,play">/);
  const markup = readFileSync(join(at, 'index.html'), 'utf8');
  writeFileSync(join(at, 'index.html'), markup.replace('<div id="root"></div>', `<div id="root">${page}</div>`));
  tool('vite', ['build', '--logLevel', 'error'], at);
  await opened(join(at, 'dist'), (url) => used(tab, url));
});

const SAID = /loss 0\.\d+, \d+ bytes, 1 sequence/;

forEachBrowser('webpack takes the modules and no other file', async (tab) => {
  const at = project(`webpack-${tab.browser}`, 'tests/hosts/projects/engine');
  const { default: webpack } = await imported('webpack');
  const compile = (entry: string): Promise<string[]> =>
    new Promise((resolve, reject) => {
      const path = join(at, entry);
      webpack(
        {
          context: at,
          mode: 'production',
          entry: `./${entry}.js`,
          output: { path, filename: 'main.js' },
          performance: false,
        },
        // biome-ignore lint/suspicious/noExplicitAny: as above
        (error: Error | null, stats: any) => {
          const { errors, warnings } = stats?.toJson() ?? {};
          if (error || errors.length + warnings.length > 0)
            reject(error ?? new Error(JSON.stringify([errors, warnings])));
          else resolve(readdirSync(path).sort());
        },
      );
    });
  const files = await compile('main');
  assert.deepEqual(files.map((name) => name.replace(/^[0-9a-f]+(?=\.wasm$)/, '')).sort(), [
    '.wasm',
    '.wasm',
    '.wasm',
    '.wasm',
    'main.js',
  ]);
  await compile('figure');
  const page = readFileSync(join(at, 'index.html'), 'utf8').replace(
    'type="module" src="./figure.js"',
    'defer src="main.js"',
  );
  writeFileSync(join(at, 'figure/index.html'), page);
  await opened(join(at, 'figure'), async (url) => {
    await tab.open(url);
    await ready(tab);
    await tab.until((said: string) => new RegExp(said).test(document.body.textContent ?? ''), SAID.source);
  });
});

forEachBrowser('esbuild, with the files beside what it builds', async (tab) => {
  const at = project(`esbuild-${tab.browser}`, 'tests/hosts/projects/engine');
  const { build: bundle } = await imported('esbuild');
  const out = join(at, 'out');
  await bundle({
    absWorkingDir: at,
    entryPoints: ['figure.js'],
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir: out,
    logLevel: 'error',
  });
  for (const from of ['', 'figures']) {
    const source = join(at, 'node_modules/unrolled', from);
    for (const name of readdirSync(source))
      if (name.endsWith('.wasm')) copyFileSync(join(source, name), join(out, name));
  }
  copyFileSync(join(at, 'index.html'), join(out, 'index.html'));
  await opened(out, async (url) => {
    await tab.open(url);
    await ready(tab);
    await tab.until((said: string) => new RegExp(said).test(document.body.textContent ?? ''), SAID.source);
  });
});

test('esbuild, with the modules inside one classic script', async () => {
  const at = project('bytes', 'tests/hosts/projects/engine');
  const { build: bundle } = await imported('esbuild');
  const { warnings } = await bundle({
    absWorkingDir: at,
    entryPoints: ['bytes.js'],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    loader: { '.wasm': 'binary' },
    define: { 'import.meta.url': '""' },
    outfile: join(at, 'out.cjs'),
    logLevel: 'silent',
  });
  assert.deepEqual(warnings, []);
  assert.match(run(process.execPath, ['out.cjs'], at), SAID);
});

test('Node runs it as it is', () => {
  assert.match(run(process.execPath, ['main.js'], project('node', 'tests/hosts/projects/engine')), SAID);
});

test('publint and Are the types wrong? find no fault', async () => {
  const at = project('checked');
  const { publint } = await imported('publint');
  const { messages } = await publint({ pkgDir: join(at, 'node_modules/unrolled'), strict: true, pack: false });
  assert.deepEqual(messages, []);
  const { checkPackage, createPackageFromTarballData } = await imported('@arethetypeswrong/core');
  const { problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
  /* It is a package of modules alone: the profile "esm-only" of that tool. */
  const wrong = problems.filter(
    ({ resolutionKind }: { resolutionKind?: string }) => !/^(node10|node16-cjs)$/.test(resolutionKind ?? ''),
  );
  assert.deepEqual(wrong, []);
  assert.ok(existsSync(tarball));
});
