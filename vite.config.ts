// Builds the pages from web/ into dist/. The addresses are relative, so that the site works in any folder of any static
// host. The names of files contain a hash of their content, so that a name always means the same content.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { DEVELOPMENT_MODULES, development } from './web/packaging/development.mjs';
import { head } from './web/packaging/head.mjs';
import { coreWords, spoken } from './web/packaging/languages.mjs';
import { chapterPages, lesson } from './web/packaging/lesson.mjs';
import { licenses, noted } from './web/packaging/licenses.mjs';
import { tightStyles } from './web/packaging/styles.mjs';
import { tables } from './web/packaging/tables.mjs';
import { teaching } from './web/packaging/teaching.mjs';

const root = import.meta.dirname;
const build = resolve(root, process.env.BUILD ?? 'build');
const moduleNames = ['unrolled.simd.wasm', 'unrolled.scalar.wasm', 'files.wasm', 'data.wasm'];
const moduleOf = (name: string): Buffer => readFileSync(resolve(build, 'js', name));
/** The pages in another language are in a folder of their own. */
const language = process.env.LANGUAGE ?? 'en';

/** Puts the modules into a folder whose name changes with their content, and gives that name to the worker. */
function wasmFolder(): string {
  const hash = createHash('sha256');
  for (const name of moduleNames) hash.update(moduleOf(name));
  return `wasm-${hash.digest('hex').slice(0, 8)}/`;
}

function wasm(folder: string): Plugin {
  return {
    name: 'wasm',
    generateBundle() {
      if (language !== 'en') return;
      for (const name of moduleNames) this.emitFile({ type: 'asset', fileName: folder + name, source: moduleOf(name) });
    },
  };
}

/** Puts the styles of all pages before those of one page, which may override them. */
const orderedStyles: Plugin = {
  name: 'ordered-styles',
  transformIndexHtml: {
    order: 'post',
    handler(markup) {
      const links = markup.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? [];
      const shared = links.filter((link) => link.includes('/base-'));
      const own = links.filter((link) => !shared.includes(link));
      let at = 0;
      return markup.replace(/ *<link rel="stylesheet"[^>]*>\n/g, () => [...shared, ...own][at++] ?? '');
    },
  },
};

const packages = new Set<string>();

function licenseFile(): Plugin {
  return {
    name: 'license-file',
    enforce: 'post',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'LICENSES.txt',
        source: licenses(packages, readFileSync(resolve(root, 'LICENSE'), 'utf8')),
      });
    },
  };
}

const pages = ['notebook.html', 'lab.html', 'share.html', 'glossary.html', 'teachers.html', 'questions.html'];

const LESSON = 'pages/chapter.ts';
const SCRIPTS = [LESSON, 'pages/notebook.ts', 'pages/lab.ts', 'share/share-page.ts'];
/** The figures on the first screen of the lesson, of the notebook and of the lab. */
const FIRST = 'figures/curves/feed.ts';
/** The figure on the first screen of the lesson, and the modules that it shares with the lab's. */
const LESSON_FIRST = 'figures/unrolled/feed.ts';
const LAB_FIRST = ['figures/network/feed.ts', 'figures/arithmetic/feed.ts'];

/**
 * Modules that several pages need at once are one file, because many small files compress badly and each is a request.
 */
function sharedChunk(module: string, graph: Rolldown.ChunkingContext): string | null {
  const needing = new Set([module]);
  for (const each of needing) for (const importer of graph.getModuleInfo(each)?.importers ?? []) needing.add(importer);
  const needs = (script: string): boolean => needing.has(resolve(root, 'web', script));
  const pages = SCRIPTS.filter(needs).length;
  /* The share page needs little of what the other pages share, and loads no more than that. */
  if (pages > 1 && needs('share/share-page.ts')) return needs(LESSON) || needs(FIRST) ? 'common' : 'tools';
  if (needs(FIRST) || (pages > 1 && needs(LESSON))) return 'pages';
  if (pages > 1) return 'instruments';
  if (pages > 0) return null;
  if (needs(LESSON_FIRST) && LAB_FIRST.some(needs)) return 'drawing';
  return LAB_FIRST.every(needs) ? 'figures' : null;
}

/** A chunk contains everything that its modules import, unless an earlier chunk contains it. */
const CHUNKS = ['common', 'tools', 'pages', 'instruments', 'drawing', 'figures'].map((name, i) => ({
  name: (module: string, graph: Rolldown.ChunkingContext) => (sharedChunk(module, graph) === name ? name : null),
  priority: 6 - i,
}));

export default defineConfig(({ command }) => {
  const folder = command === 'serve' ? '' : wasmFolder();
  const where = command === 'serve' ? DEVELOPMENT_MODULES : `${language === 'en' ? './' : '../'}${folder}`;
  const built = [
    tightStyles(),
    orderedStyles,
    wasm(folder),
    noted(packages),
    ...(language === 'en' ? [licenseFile()] : []),
  ];
  return {
    root: resolve(root, 'web/pages'),
    base: './',
    publicDir: false,
    define: { WASM_FOLDER: JSON.stringify(where), ...coreWords(language) },
    plugins: [
      spoken(language),
      tables(),
      lesson(language),
      teaching(language),
      head(language),
      ...(command === 'serve' ? [development(root, build)] : built),
    ],
    worker: { format: 'es', plugins: () => [spoken(language), tables(), noted(packages)] },
    server: { fs: { allow: [root] } },
    build: {
      outDir: resolve(root, process.env.DIST ?? 'dist', language === 'en' ? '' : language),
      emptyOutDir: true,
      assetsDir: '.',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2022',
      rolldownOptions: {
        /* of d3-array the pages use the ticks of axes, and its bisectors do nothing until they are asked */
        treeshake: { manualPureFunctions: ['bisector'], propertyReadSideEffects: false },
        input: [...pages.map((page) => resolve(root, 'web/pages', page)), ...chapterPages],
        output: { codeSplitting: { groups: CHUNKS } },
      },
    },
  };
});
