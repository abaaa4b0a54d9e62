// Does the npm package work where nothing else is? Is the release the same bytes each time, and does it say truly what
// is in it?
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { pageName } from '../../web/packaging/lesson.mjs';
import { root } from '../house/tree.ts';
import { build, installed, run, version } from './packed.ts';

let folder = '';
before(() => {
  folder = installed('packaged');
});
const at = (...path: string[]): string => join(folder, 'node_modules/unrolled', ...path);

test('it is one package, without scripts and dependencies', () => {
  assert.deepEqual(
    readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')),
    ['unrolled'],
  );
  const description = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  assert.equal(description.version, version);
  for (const absent of ['scripts', 'dependencies', 'private', 'bin']) assert.ok(!(absent in description), absent);
  for (const file of [
    'README.md',
    'LICENSE',
    'LICENSES.txt',
    'custom-elements.json',
    'figures.js',
    'figures.mjs',
    'unrolled.simd.wasm',
  ])
    assert.ok(readdirSync(at()).includes(file), file);
});

test('in Node it leaves the bits of the build', async () => {
  writeFileSync(
    join(folder, 'use.js'),
    `import { load } from 'unrolled';
     const { sequential, task } = await load();
     const { x, y } = task('first', { samples: 100, timesteps: 10 });
     const model = sequential({ units: 32, timesteps: 10, features: 1, cell: 'lstm' });
     model.compile({ learningRate: 0.01 });
     const { loss } = await model.fit(x, y, { epochs: 3 });
     console.log(JSON.stringify({ loss, weights: model.getWeights().map((tensor) => [...tensor]), script: (await model.continueIn('keras')).length > 100 }));`,
  );
  const { load } = (await import(
    pathToFileURL(join(build, 'js/unrolled.js')).href
  )) as typeof import('../../wasm/js/unrolled.ts');
  const { sequential, task } = await load();
  const { x, y } = task('first', { samples: 100, timesteps: 10 });
  const model = sequential({ units: 32, timesteps: 10, features: 1, cell: 'lstm' });
  model.compile({ learningRate: 0.01 });
  const { loss } = await model.fit(x, y, { epochs: 3 });
  assert.deepEqual(JSON.parse(run(process.execPath, ['use.js'], folder)), {
    loss,
    weights: model.getWeights().map((tensor) => [...tensor]),
    script: true,
  });
});

test('its types hold a program, and refuse a wrong one', () => {
  writeFileSync(
    join(folder, 'use.ts'),
    `import { load, RnnError, type Trace } from 'unrolled';
     import type { RnnNetwork } from 'unrolled/elements/rnn-network.js';
     import { arithmeticOf } from 'unrolled/elements/numbers.js';
     const { sequential } = await load({ wasm: 'auto' });
     const trace: Trace = sequential({ units: 2, timesteps: 3, features: 1 }).trace(new Float32Array(3), 1);
     export const show = (figure: RnnNetwork): void => { figure.trace = trace; figure.timestep = 2; };
     export { arithmeticOf, RnnError };
     // @ts-expect-error: units is a number
     sequential({ units: 'two', timesteps: 3, features: 1 });`,
  );
  run(
    join(root, 'node_modules/.bin/tsc'),
    [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--module',
      'nodenext',
      '--moduleResolution',
      'nodenext',
      '--lib',
      'es2023,dom,dom.iterable',
      '--skipLibCheck',
      'false',
      'use.ts',
    ],
    folder,
  );
});

interface Declared {
  name: string;
  tagName: string;
  description: string;
  members: { name: string; type?: { text: string } }[];
  events: { name: string }[];
  attributes: { name: string }[];
}

test('its manifest names every element, property and event', () => {
  const { modules } = JSON.parse(readFileSync(at('custom-elements.json'), 'utf8')) as {
    modules: { path: string; declarations: Declared[] }[];
  };
  const elements = readdirSync(at('elements')).filter((name) => name.startsWith('rnn-'));
  assert.deepEqual(
    modules.map(({ path }) => path).sort(),
    [...elements.map((name) => `elements/${name}`), 'figures.js'].sort(),
  );
  const told = new Set<string>();
  for (const { declarations } of modules)
    for (const { tagName, description, members, events } of declarations) {
      assert.match(description, /^`<rnn-[\w-]+.*`: .*\w\.?/, tagName);
      for (const { name, type } of members) assert.ok(type?.text, `${tagName}: ${name} has no type`);
      for (const { name } of events) told.add(name);
    }
  /* whatever is dispatched, somewhere in the elements' code */
  const code = ['', 'chunks']
    .flatMap((sub) =>
      readdirSync(at('elements', sub))
        .filter((name) => name.endsWith('.js'))
        .map((name) => readFileSync(at('elements', sub, name), 'utf8')),
    )
    .join('\n');
  const dispatched = [...code.matchAll(/\bemit\([\w.#]+, ["'`](rnn-[\w-]+)/g)].map((match) => match[1] as string);
  assert.ok(new Set(dispatched).size > 15);
  assert.deepEqual(
    [...new Set(dispatched)].filter((name) => !told.has(name)),
    [],
  );
  const { attributes } = modules.at(-1)?.declarations[0] as Declared;
  for (const wanted of ['view', 'controls', 'task', 'units', 't', 'x', 'epoch'])
    assert.ok(
      attributes.some(({ name }) => name === wanted),
      wanted,
    );
});

// ------------------------------------------------------------------------------------------------- the release

const zip = join(build, 'release', `unrolled-${version}.zip`);
const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
let files: Record<string, Uint8Array> = {};

before(() => {
  /* behind the other: one folder is packed once */
  run(process.execPath, ['web/packaging/release.mjs'], root, { TZ: 'Asia/Kathmandu' });
  files = unzipSync(readFileSync(zip));
});

test('the same files give the same bytes, wherever and whenever', () => {
  const first = sum(readFileSync(zip));
  run(process.execPath, ['web/packaging/release.mjs'], root, { TZ: 'America/St_Johns' });
  assert.equal(sum(readFileSync(zip)), first);
});

test('what unzip makes of it, everyone may read', () => {
  const unpacked = mkdtempSync(join(tmpdir(), 'unrolled-unzip-'));
  try {
    run('unzip', ['-q', zip, '-d', unpacked], root);
    for (const name of Object.keys(files)) {
      const { mode } = statSync(join(unpacked, name));
      assert.equal((mode & 0o777).toString(8), '644', name);
    }
  } finally {
    rmSync(unpacked, { recursive: true });
  }
});

test('its sums are those of all its files', () => {
  const named = text(files[`unrolled-${version}/SHA256SUMS`])
    .trim()
    .split('\n')
    .map((line) => line.split('  ') as [string, string]);
  assert.deepEqual(
    named.map(([, name]) => `unrolled-${version}/${name}`).sort(),
    Object.keys(files)
      .filter((name) => !name.endsWith('/SHA256SUMS'))
      .sort(),
  );
  for (const [digest, name] of named)
    assert.equal(digest, sum(files[`unrolled-${version}/${name}`] as Uint8Array), name);
  const outside = readFileSync(join(build, 'release/SHA256SUMS'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('  ') as [string, string]);
  assert.deepEqual(
    outside.map(([, name]) => name),
    ['html', 'tgz', 'zip'].map((end) => `unrolled-${version}.${end}`),
  );
  for (const [digest, name] of outside) assert.equal(digest, sum(readFileSync(join(build, 'release', name))), name);
});

test('what keeps its meaning has a name of its version or a hash; the rest are the doors', () => {
  const names = Object.keys(files).map((name) => name.replace(`unrolled-${version}/`, ''));
  const doors = names.filter((name) => !/^v[\d.]+\/|^wasm-[0-9a-f]{8}\/|-[\w-]{8}\.(js|css|svg|wasm)$/.test(name));
  const chapters = CHAPTERS.map((name) => `${pageName(name)}.html`);
  const pages = [
    'embed.html',
    'figures.js',
    'figures.mjs',
    'glossary.html',
    'lab.html',
    'notebook.html',
    'share.html',
    'teachers.html',
    'unrolled.html',
    ...chapters,
  ];
  assert.deepEqual(
    doors.sort(),
    ['LICENSES.txt', 'README.txt', 'SHA256SUMS', ...pages, ...pages.map((name) => `de/${name}`)].sort(),
  );
  const parts = names.filter((name) => /^(de\/)?figures\//.test(name));
  assert.ok(parts.length > 20);
  for (const whole of [
    'figures.js',
    'embed.html',
    'unrolled.html',
    'de/figures.js',
    'figures.mjs',
    'de/figures.mjs',
    ...parts,
  ])
    assert.deepEqual(files[`unrolled-${version}/v${version}/${whole}`], files[`unrolled-${version}/${whole}`]);
});

test('the licences of all packages inside are there', () => {
  const licences = text(files[`unrolled-${version}/LICENSES.txt`]);
  const code = Object.entries(files)
    .filter(([name]) => name.endsWith('.js'))
    .map(([, bytes]) => text(bytes))
    .join('');
  /* what only these packages' code holds */
  for (const [name, mark] of [
    ['lit-html', 'litHtmlVersions'],
    ['@lit/reactive-element', 'reactiveElementVersions'],
    ['lit-element', 'litElementVersions'],
    ['fflate', 'invalid zip data'],
  ] as const) {
    if (!code.includes(mark)) continue;
    assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC|BSD-3-Clause)\\)$`, 'm'), name);
  }
  assert.ok(code.includes('litHtmlVersions'));
  assert.match(licences, /^MIT License$/m);
  assert.match(licences, /Creative Commons Attribution 4\.0/);
});
