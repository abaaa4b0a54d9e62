// The page: web/ becomes dist/, flat and relative, so that it works from any folder of any static host. Names hold a
// hash of what is in them: a name
// never changes its meaning.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { coreWords, spoken } from './web/packaging/languages.mjs';
import { licences, noted } from './web/packaging/licences.mjs';
import { tightStyles } from './web/packaging/styles.mjs';

const root = import.meta.dirname;
const build = resolve(root, process.env.BUILD ?? 'build');
const modules = ['unrolled.simd.wasm', 'unrolled.scalar.wasm', 'files.wasm'].map((name) => ({
  name,
  source: readFileSync(resolve(build, 'js', name)),
}));
const hash = createHash('sha256');
for (const { source } of modules) hash.update(source);
const folder = `wasm-${hash.digest('hex').slice(0, 8)}/`;
/** The pages in another language stand in a folder of their own beside the modules. */
const language = process.env.LANGUAGE ?? 'en';

/** The modules in a folder of their own; the worker is told its name. */
function wasm(): Plugin {
  return {
    name: 'wasm',
    generateBundle() {
      if (language !== 'en') return;
      for (const { name, source } of modules) this.emitFile({ type: 'asset', fileName: folder + name, source });
    },
  };
}

const packages = new Set<string>();

function licenceFile(): Plugin {
  return {
    name: 'licence-file',
    enforce: 'post',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'LICENSES.txt',
        source: licences(packages, readFileSync(resolve(root, 'LICENSE'), 'utf8')),
      });
    },
  };
}

export default defineConfig({
  root: resolve(root, 'web'),
  base: './',
  publicDir: false,
  define: { WASM_FOLDER: JSON.stringify(`${language === 'en' ? './' : '../'}${folder}`), ...coreWords(language) },
  plugins: [spoken(language), tightStyles(), wasm(), noted(packages), ...(language === 'en' ? [licenceFile()] : [])],
  worker: { format: 'es', plugins: () => [spoken(language), noted(packages)] },
  build: {
    outDir: resolve(root, process.env.DIST ?? 'dist', language === 'en' ? '' : language),
    emptyOutDir: true,
    assetsDir: '.',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: { input: ['index.html', 'lab.html', 'share.html'].map((page) => resolve(root, 'web', page)) },
  },
});
