// Makes the npm package (`make package`): the JavaScript interface with its modules, the elements, their types and
// custom-elements.json.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { absolute, links } from './links.mjs';
import { moduleOf } from './manifest.mjs';
import { writeTypes } from './package-types.mjs';

const root = resolve(import.meta.dirname, '../..');
const build = resolve(root, process.env.BUILD ?? 'build');
const dist = resolve(root, process.env.DIST ?? 'dist');
const out = join(build, 'package');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The source file of each element, by the element's name. */
const elements = Object.fromEntries(
  [
    ...readdirSync(join(root, 'web/controls'))
      .filter((name) => /^rnn-[\w-]+\.ts$/.test(name))
      .map((name) => [name.replace(/\.ts$/, ''), `web/controls/${name}`]),
    ...readdirSync(join(root, 'web/figures'))
      .filter((name) => existsSync(join(root, 'web/figures', name, 'element.ts')))
      .map((name) => [`rnn-${name}`, `web/figures/${name}/element.ts`]),
  ].sort(([a], [b]) => (a < b ? -1 : 1)),
);
const modules = { ...elements, numbers: 'web/figures/arithmetic/numbers.ts' };

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'elements'), { recursive: true });

/**
 * The same code for the bundlers of others: the addresses of files on one line each, without the comment that keeps our
 * own builds from looking for the files.
 */
const findable = (code) =>
  code.replace(
    /new URL\(\s*(?:\/\* @vite-ignore \*\/)?\s*("[^"]+"|'[^']+'|`[^`$]+`),\s*import\.meta\.url\s*\)/g,
    'new URL($1, import.meta.url)',
  );

// The interface as `make js` built it, with the modules in the same folder.
for (const name of readdirSync(join(build, 'js')))
  if (/\.(wasm|d\.ts)$/.test(name)) copyFileSync(join(build, 'js', name), join(out, name));
writeFileSync(join(out, 'unrolled.js'), findable(readFileSync(join(build, 'js/unrolled.js'), 'utf8')));

const withoutDom = join(import.meta.dirname, 'without-dom.mjs');
const standIns = readFileSync(withoutDom, 'utf8').replaceAll(/^(\/\/|\/\*\*).*\n/gm, '');
const browserNames = [...standIns.matchAll(/^export const (\w+)/gm)].map((match) => match[1]);

// Each element is a module of its own. Shared code, also lit, is in chunks.
const bundle = await rolldown({
  input: Object.fromEntries(Object.entries(modules).map(([name, file]) => [name, join(root, file)])),
  cwd: root,
  platform: 'browser',
  plugins: [
    {
      name: 'no-globals-of-lit',
      transform: {
        filter: { id: /\/node_modules\/(lit|lit-html|lit-element|@lit\/reactive-element)\// },
        handler: (code) => code.replaceAll('globalThis', 'window'),
      },
    },
  ],
  transform: { inject: Object.fromEntries(browserNames.map((name) => [name, [withoutDom, name]])) },
});
await bundle.write({
  dir: join(out, 'elements'),
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  minify: false,
});
await bundle.close();

// The types of the elements.
const types = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rewriteRelativeImportExtensions: true,
    rootDir: root,
    outDir: join(out, 'types'),
  },
  include: [],
  files: Object.values(modules).map((file) => join(root, file)),
};
const config = join(build, 'package.tsconfig.json');
writeFileSync(config, JSON.stringify(types));
const checked = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', config], { stdio: 'inherit' });
if (checked.status !== 0) process.exit(1);

const tokens = [...readFileSync(join(root, 'web/style/tokens.css'), 'utf8').matchAll(/^ {2}--([\w-]+):/gm)].map(
  (match) => match[1],
);
/** The fields and the views of `<rnn-figure>`. Their sources are run, because they are put together from many. */
async function figureFacts() {
  const facts = await rolldown({
    input: 'facts',
    cwd: root,
    platform: 'node',
    external: /\/feed\.ts$/,
    plugins: [
      {
        name: 'facts',
        resolveId: (id) => (id === 'facts' ? id : undefined),
        load: (id) =>
          id === 'facts'
            ? `export { FIELDS } from '${root}/web/embed/attributes.ts'; export { VIEWS } from '${root}/web/embed/views.ts';`
            : undefined,
      },
    ],
  });
  const { output } = await facts.generate({ format: 'esm', codeSplitting: false });
  await facts.close();
  const { FIELDS, VIEWS } = await import(
    `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
  );
  return { fields: FIELDS, views: Object.keys(VIEWS) };
}
const { fields, views } = await figureFacts();

// Files that are written by hand, and the manifest.
const shared = [...readFileSync(join(root, 'web/shared/figure.styles.ts'), 'utf8').matchAll(/var\((--[\w-]+)/g)].map(
  (match) => match[1],
);
const figure = moduleOf(
  join(root, 'web/embed/rnn-figure.ts'),
  'figures.js',
  tokens.map((name) => `--rnn-${name}`),
  ['view', 'chapter', 'step', 'controls', 'state', 'epoch', 'projector', 'link', 'scheme', ...fields],
);
writeFileSync(
  join(out, 'custom-elements.json'),
  `${JSON.stringify({ schemaVersion: '1.0.0', readme: 'README.md', modules: [...Object.entries(elements).map(([name, file]) => moduleOf(join(root, file), `elements/${name}.js`, shared)), figure] }, null, 2)}\n`,
);
writeFileSync(
  join(out, 'package.json'),
  `${JSON.stringify(
    {
      ...{
        name: own.name,
        version: own.version,
        description: own.description,
        license: own.license,
        type: 'module',
        engines: own.engines,
        ...links(process.env),
      },
      keywords: [
        'rnn',
        'lstm',
        'gru',
        'neural network',
        'visualization',
        'education',
        'webassembly',
        'custom elements',
      ],
      exports: {
        '.': { types: './unrolled.d.ts', default: './unrolled.js' },
        ...Object.fromEntries(
          Object.entries(modules).map(([name, file]) => [
            `./elements/${name}.js`,
            { types: `./types/${file.replace(/\.ts$/, '.d.ts')}`, default: `./elements/${name}.js` },
          ]),
        ),
        './figures.js': { types: './figures.d.ts', default: './figures.js' },
        './figures.mjs': { types: './figures.d.ts', default: './figures.mjs' },
        './react': { types: './react.d.ts' },
        './vue': { types: './vue.d.ts' },
        './*.wasm': './*.wasm',
        './custom-elements.json': './custom-elements.json',
        './package.json': './package.json',
      },
      types: './unrolled.d.ts',
      customElements: 'custom-elements.json',
      sideEffects: ['./elements/*.js', './elements/chunks/*.js', './figures.js', './figures.mjs', './figures/*.js'],
    },
    null,
    2,
  )}\n`,
);
writeTypes(out, fields, views);
const readme = readFileSync(join(root, 'web/packaging/README.package.md'), 'utf8');
writeFileSync(join(out, 'README.md'), absolute(readme, links(process.env), own.version));
copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
for (const name of ['figures.js', 'figures.mjs', 'figures', 'LICENSES.txt'])
  cpSync(join(dist, name), join(out, name), { recursive: true });
// The part of figures.mjs that is evaluated when it is imported may be imported where there is no document.
for (const name of readdirSync(join(out, 'figures')).filter((name) => name.endsWith('.js'))) {
  const file = join(out, 'figures', name);
  const before = name.startsWith('rnn-figure-') ? `${standIns.replaceAll('export ', '').trim()}\n` : '';
  writeFileSync(file, before + findable(readFileSync(file, 'utf8')));
}

const packed = spawnSync('npm', ['pack', '--json', '--pack-destination', build], { cwd: out, encoding: 'utf8' });
if (packed.status !== 0) {
  process.stderr.write(packed.stderr);
  process.exit(1);
}
const [{ filename, size }] = JSON.parse(packed.stdout);
console.log(`${join(build, filename)}: ${size} bytes`);
