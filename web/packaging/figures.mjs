// Built behind the page: the figures for other people's pages, behind the pages themselves: dist/figures.js, one
// classic script with all that it needs, its engine too; and the
// pages that carry it inside: dist/embed.html for frames, dist/unrolled.html, the whole as one file.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { build } from 'vite';
import { coreWords, pageIn, spoken } from './languages.mjs';
import { tightStyles } from './styles.mjs';

const root = resolve(import.meta.dirname, '../..');
const web = resolve(root, 'web');
const language = process.env.LANGUAGE ?? 'en';
const dist = resolve(root, process.env.DIST ?? 'dist', language === 'en' ? '' : language);
const wasmFile = (name) => resolve(root, process.env.BUILD ?? 'build', 'js', name);

/** One script out of `entry` and all that it imports. */
async function bundle(entry, options = {}) {
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'warn',
    root: resolve(web, 'pages'),
    publicDir: false,
    ...options,
    plugins: [spoken(language), tightStyles(), ...(options.plugins ?? [])],
    define: { ...coreWords(language), ...options.define },
    build: {
      write: false,
      target: 'es2022',
      cssTarget: [
        'chrome123',
        'firefox120',
        'safari17.5',
      ] /* light-dark() as it is written: it follows the page around the figure */,
      lib: { entry: resolve(web, entry), formats: ['iife'], name: 'unrolled' },
    },
  });
  return output[0].code.trim();
}

/** The engine's side as one function whose text can begin a worker, and the modules it loads. */
async function engine() {
  const served = await bundle('embed/engine-entry.ts', {
    define: { 'import.meta.url': 'undefined' },
  }); /* the modules come as bytes */
  const packed = (name) => deflateRawSync(readFileSync(wasmFile(name)), { level: 9 }).toString('base64');
  const code = `export function engine() {\n${served}\nreturn unrolled.receive;\n}\nexport const network = '${packed('unrolled.simd.wasm')}';\nexport const files = '${packed('files.wasm')}';\n`;
  const id = '\0virtual:engine';
  return {
    name: 'engine',
    resolveId: (source) => (source === 'virtual:engine' ? id : undefined),
    load: (asked) => (asked === id ? code : undefined),
  };
}

const plugins = [await engine()];

/** A page of `web/pages/` with its script inside. Its policy lets this script run, and no other. */
async function inlined(name, entry) {
  const script = (await bundle(entry, { plugins })).replaceAll('</script', '<\\/script');
  const hash = createHash('sha256').update(script).digest('base64');
  const page = pageIn(language, resolve(web, 'pages', name), readFileSync(resolve(web, 'pages', name), 'utf8')).replace(
    'HASH',
    () => `sha256-${hash}`,
  );
  writeFileSync(
    resolve(dist, name),
    page.replace(/<script.*<\/script>/, () => `<script>${script}</script>`),
  );
}

// Loaded twice it is not begun again: a page that requires trusted types allows each policy once.
writeFileSync(
  resolve(dist, 'figures.js'),
  `if (!customElements.get('rnn-figure')) ${await bundle('embed/main.ts', { plugins })}\n`,
);
await inlined('embed.html', 'pages/embed.ts');
await inlined('unrolled.html', 'pages/unrolled.ts');
