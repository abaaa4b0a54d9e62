// The page: web/ becomes dist/, flat and relative, so that it works from any folder of any static host.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
const build = resolve(root, process.env.BUILD ?? 'build');
const modules = ['unrolled.simd.wasm', 'unrolled.scalar.wasm', 'lean.simd.wasm', 'lean.scalar.wasm'];

/** Lays the modules beside the script that loads them; the loader finds them by its own address. */
function wasm(): Plugin {
  return {
    name: 'wasm',
    generateBundle() {
      for (const fileName of modules)
        this.emitFile({ type: 'asset', fileName, source: readFileSync(resolve(build, 'js', fileName)) });
    },
  };
}

export default defineConfig({
  root: resolve(root, 'web'),
  base: './',
  publicDir: false,
  plugins: [wasm()],
  worker: { format: 'es' },
  build: {
    outDir: resolve(root, process.env.DIST ?? 'dist'),
    emptyOutDir: true,
    assetsDir: '.',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: { input: ['index.html', 'lab.html'].map((page) => resolve(root, 'web', page)) },
  },
});
