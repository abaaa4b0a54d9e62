// Builds the figures for other people's pages, after the pages themselves:
// - dist/figures.js is one classic script that contains everything, also the engine.
// - dist/embed.html (for frames) and dist/unrolled.html (everything as one file) contain that script.
// - dist/figures.mjs is a module that fetches what a view needs from dist/figures/ when the view is shown.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { minify } from 'terser';
import { build, runnerImport, Visitor } from 'vite';
import { iconLink } from './head.mjs';
import { coreWords, pageIn, spoken } from './languages.mjs';
import { fixedSizes, tightStyles } from './styles.mjs';
import { tables } from './tables.mjs';

const root = resolve(import.meta.dirname, '../..');
const web = resolve(root, 'web');
const language = process.env.LANGUAGE ?? 'en';
const dist = resolve(root, process.env.DIST ?? 'dist', language === 'en' ? '' : language);
/* It imports TypeScript, which Node alone does not read. Without this setting Vite would take the development build of Lit. */
process.env.NODE_ENV = 'production';
const { lessonModule } = (await runnerImport(resolve(web, 'packaging/lesson.mjs'))).module;
const wasmFile = (name) => readFileSync(resolve(root, process.env.BUILD ?? 'build', 'js', name));

/**
 * Lit as other people's pages need it. Its policy may be forbidden where a page has a default policy of trusted types,
 * and in a page of XHTML its templates are still HTML.
 */
const litAnywhere = () => ({
  name: 'lit-anywhere',
  transform(code, id) {
    if (!/\/lit-html\/(development\/)?lit-html\.js$/.test(id)) return null;
    const replaced = [
      [
        /(\w+)\?\1\.createPolicy\("lit-html",(\{createHTML:\w+=>\w+\})\):void 0/,
        '(()=>{try{return $1?.createPolicy("lit-html",$2)}catch{}})()',
      ],
      [
        /\b(\w+)\.createElement\("template"\)/,
        '($1.contentType==="application/xhtml+xml"?$1.implementation.createHTMLDocument(""):$1).createElement("template")',
      ],
    ].reduce((text, [from, to]) => {
      if (!from.test(text)) throw new Error(`lit-html has changed: ${from} is not in it`);
      return text.replace(from, to);
    }, code);
    return { code: replaced, map: null };
  },
});

/**
 * A script that holds everything has its parts at once: each `import()` becomes a usual import and a promise that is
 * kept. What bundlers write to evaluate parts later costs 6 kB compressed.
 */
const allAtOnce = () => ({
  name: 'all-at-once',
  enforce: 'post',
  transform(code) {
    if (!/\bimport\(/.test(code)) return null;
    const found = [];
    new Visitor({ ImportExpression: (node) => found.push(node) }).visit(this.parse(code));
    const literal = found.filter(({ source }) => typeof source.value === 'string');
    if (literal.length === 0) return null;
    const replaced = literal.reduceRight(
      (text, { start, end }, i) => `${text.slice(0, start)}Promise.resolve(part${i}$)${text.slice(end)}`,
      code,
    );
    return {
      code: `${literal.map(({ source }, i) => `import * as part${i}$ from ${source.raw};`).join('')}${replaced}`,
      map: null,
    };
  },
});

/** Bundles `entry` with everything that it imports, and returns the files. */
async function bundle(entry, { plugins = [], define, formats = ['iife'], output } = {}) {
  const [result] = await build({
    configFile: false,
    logLevel: 'warn',
    root: resolve(web, 'pages'),
    publicDir: false,
    plugins: [spoken(language), tightStyles(), tables(), litAnywhere(), lessonModule(language), ...plugins],
    define: { ...coreWords(language), ...define },
    build: {
      write: false,
      target: 'es2022',
      cssTarget: [
        'chrome123',
        'firefox120',
        'safari17.5',
      ] /* light-dark() must stay as it is, because it follows the color scheme of the page around the figure. */,
      lib: { entry: resolve(web, entry), formats, name: 'unrolled' },
      rolldownOptions: { output },
    },
  });
  return result.output;
}

async function script(entry, { plugins = [], ...options }) {
  const [{ code }] = await bundle(entry, { ...options, plugins: [...plugins, allAtOnce()] });
  return (await minify(code, { compress: { passes: 2 } })).code;
}

/** The code of the engine as one function, whose text can start a worker. Its parameters are the modules. */
const served = (plugins) => script('embed/engine-entry.ts', { define: { 'import.meta.url': 'undefined' }, plugins });
const whole = await served();
/** `figures.mjs` is fetched in parts, and its engine is one of them: it leaves out the data that come with the pages. */
const light = await served([
  {
    name: 'without-shipped-data',
    enforce: 'pre',
    resolveId: (source) => (source.endsWith('/shipped-data.ts') ? resolve(web, 'embed/no-shipped-data.ts') : undefined),
  },
]);

/** The modules that the engine loads when it first needs them. */
const LATER = ['files', 'data'];

/**
 * The code of the engine. `later` gives the expression for a module that is loaded later: its bytes or its address. The
 * network module is inside the script, so that no content security policy has to allow a fetch.
 */
function engine(served, later) {
  const code = `import { inflated } from '${resolve(web, 'embed/inflate.ts')}';
export function engine() {\n${served}\nreturn unrolled.receive;\n}
export const modules = () => ({ network: ${packed('unrolled.simd.wasm')}, ${LATER.map((name) => `${name}: ${later(name)}`)} });\n`;
  const id = '\0virtual:engine';
  return {
    name: 'engine',
    resolveId: (source) => (source === 'virtual:engine' ? id : undefined),
    load: (asked) => (asked === id ? code : undefined),
  };
}

/** Zopfli makes these modules 6 % smaller than zlib does. Its handlers of errors go, because they print its source with each. */
const { deflateAsync } = await import('@gfx/zopfli');
for (const event of ['uncaughtException', 'unhandledRejection']) process.removeAllListeners(event);
const deflated = async (name) => Buffer.from(await deflateAsync(wasmFile(name), {})).toString('base64');
const inScript = Object.fromEntries(
  await Promise.all(
    ['unrolled.simd.wasm', ...LATER.map((name) => `${name}.wasm`)].map(async (name) => [name, await deflated(name)]),
  ),
);
const packed = (name) => `inflated('${inScript[name]}')`;

const plugins = [engine(whole, (name) => packed(`${name}.wasm`))];

/**
 * A script that contains everything, as a block with the packed modules at its beginning. In its middle they would come
 * between repetitions, which gzip finds within 32 kB only: that costs 1.7 kB.
 */
async function wholeScript(entry, more = []) {
  let code = await script(entry, { plugins: [...plugins, ...more] });
  const names = Object.values(inScript).map((text, i) => {
    const [before, after, ...more] = code.split(text);
    const quotes = before.at(-1) + (after?.[0] ?? '');
    if (!['""', "''", '``'].includes(quotes) || more.length > 0 || code.includes(`packed${i}`))
      throw new Error('expected a script with each packed module once, in quotes, and no such names');
    code = `${before.slice(0, -1)}packed${i}${after.slice(1)}`;
    return `packed${i}='${text}'`;
  });
  return `{const ${names.join()};${code}}`;
}

/** A page of `web/pages/` that contains its script. Its policy allows this script only. */
async function inlined(name, entry) {
  const code = (await wholeScript(entry)).replaceAll('</script', '<\\/script');
  const hash = createHash('sha256').update(code).digest('base64');
  const page = pageIn(language, resolve(web, 'pages', name), readFileSync(resolve(web, 'pages', name), 'utf8')).replace(
    'HASH',
    () => `sha256-${hash}`,
  );
  writeFileSync(
    resolve(dist, name),
    page
      .replace('</head>', () => `  ${iconLink()}\n</head>`)
      .replace(/<script.*<\/script>/, () => `<script>${code}</script>`),
  );
}

const MODULE = resolve(web, 'embed/module.ts');
const ELEMENT = resolve(web, 'embed/main.ts');
const MOUNT = resolve(web, 'embed/mount-view.ts');
const feedOf = (module) => /\/web\/figures\/([\w-]+)\/feed\.ts$/.exec(module ?? '')?.[1];
/**
 * Modules that at least this many figures import are fetched with the first view, whichever it is, because many small
 * files compress badly and each is a request.
 */
const COMMON = 3;

/**
 * The name of the file that contains a module: `rnn-figure` if it defines the element, `view` if every view needs it,
 * undefined if one figure or part needs it.
 */
function sharedChunk(module, graph) {
  const needing = new Set([module]);
  for (const each of needing) for (const importer of graph.getModuleInfo(each)?.importers ?? []) needing.add(importer);
  if (needing.has(ELEMENT)) return 'rnn-figure';
  if (needing.has(MOUNT)) return 'view';
  const later = graph.getModuleInfo(module)?.dynamicImporters.length > 0;
  return !later && [...needing].filter(feedOf).length >= COMMON ? 'view' : undefined;
}

/**
 * No other file imports `figures.mjs` itself. A site may have it at several addresses, and each address would be
 * another module.
 */
async function split() {
  const modules = LATER.map((name) => {
    const code = wasmFile(`${name}.wasm`);
    return { name, fileName: `${name}-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.wasm`, code };
  });
  const fileOf = (name) => modules.find((module) => module.name === name).fileName;
  const chunks = await bundle(MODULE, {
    plugins: [
      fixedSizes(),
      engine(light, (name) => `new URL(/* @vite-ignore */ '${fileOf(name)}', import.meta.url).href`),
    ],
    formats: ['es'],
    output: {
      entryFileNames: 'figures.mjs',
      chunkFileNames: ({ facadeModuleId }) => `figures/${feedOf(facadeModuleId) ?? '[name]'}-[hash].js`,
      minify: true,
      codeSplitting: {
        groups: ['rnn-figure', 'view'].map((name, i) => ({
          name: (module, graph) => (sharedChunk(module, graph) === name ? name : null),
          debugName: name,
          priority: 2 - i,
        })),
      },
    },
  });
  rmSync(resolve(dist, 'figures'), { recursive: true, force: true });
  for (const { fileName, code } of chunks) {
    mkdirSync(dirname(resolve(dist, fileName)), { recursive: true });
    writeFileSync(resolve(dist, fileName), code);
  }
  for (const { fileName, code } of modules) writeFileSync(resolve(dist, 'figures', fileName), code);
}

/**
 * The same code in ASCII. A browser reads a classic script in the encoding of the page that loads it, which may not be
 * UTF-8.
 */
function ascii(code) {
  const escaped = /(?<!\\)(?:\\\\)*\\([^\0-\x7f])/.exec(code);
  if (escaped) throw new Error(`figures.js: a backslash before "${escaped[1]}", so it cannot be written in ASCII`);
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// If the script is loaded twice it runs once, because a page that requires trusted types allows each policy only once.
// Where there are no custom elements, as on a server that renders pages, it does nothing.
writeFileSync(
  resolve(dist, 'figures.js'),
  ascii(
    `if (globalThis.customElements && !customElements.get('rnn-figure')) ${await wholeScript('embed/main.ts', [fixedSizes()])}\n`,
  ),
);
await inlined('embed.html', 'pages/embed.ts');
await inlined('unrolled.html', 'pages/unrolled.ts');
await split();
