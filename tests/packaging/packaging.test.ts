// Does the npm package work where nothing else is? Is the release the same bytes each time, and does it say truly what
// is in it?
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { build as buildSite, createServer } from 'vite';
import { FIELDS } from '../../web/embed/attributes.ts';
import { VIEWS } from '../../web/embed/views.ts';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { absolute, links } from '../../web/packaging/links.mjs';
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

test('it names the repository that a workflow releases it from, and links to the documents of its version', () => {
  const named = links({ GITHUB_SERVER_URL: 'https://example.org', GITHUB_REPOSITORY: 'owner/unrolled' });
  assert.deepEqual(named, {
    homepage: 'https://example.org/owner/unrolled#readme',
    repository: { type: 'git', url: 'git+https://example.org/owner/unrolled.git' },
    bugs: 'https://example.org/owner/unrolled/issues',
  });
  assert.deepEqual(links({}), {});
  const source = readFileSync(join(root, 'web/packaging/README.package.md'), 'utf8');
  const linked = [...source.matchAll(/\]\(\.\.\/\.\.\/(docs\/[^)#]*)/g)].map((match) => match[1] as string);
  assert.ok(linked.length > 2);
  for (const file of linked) assert.ok(existsSync(join(root, file)), file);
  const readme = absolute(source, named, '1.2.3');
  assert.ok(readme.includes('](https://example.org/owner/unrolled/blob/v1.2.3/docs/interface.md'));
  for (const text of [readme, absolute(source, {}, '1.2.3')]) assert.ok(!text.includes('](../'));
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

/** Every script that a project can import from the package. */
function scripts(): string[] {
  const { exports } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { exports: Record<string, unknown> };
  return Object.entries(exports)
    .filter(([name, found]) => name.endsWith('js') || (name === '.' && found))
    .map(([name]) => `unrolled${name.slice(1)}`);
}

test('where there is no document, every import does nothing', () => {
  assert.ok(scripts().length > 25);
  writeFileSync(
    join(folder, 'server.js'),
    `const names = () => Object.getOwnPropertyNames(globalThis).join();
     const before = names();
     for (const name of ${JSON.stringify(scripts())}) {
       await import(name).catch((error) => { throw new Error(name, { cause: error }); });
       if (names() !== before) throw new Error(name + ' leaves ' + names().slice(before.length));
     }
     console.log('ended');`,
  );
  /* a program that ends by itself has no timer and no worker */
  assert.equal(run(process.execPath, ['server.js'], folder), 'ended\n');
});

/** Runs the compiler on a file of the project. */
const compiled = (file: string, ...options: string[]): string =>
  run(
    join(root, 'node_modules/.bin/tsc'),
    [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--lib',
      'es2023,dom,dom.iterable',
      '--types',
      '',
      ...(options.length > 0 ? options : ['--module', 'nodenext', '--moduleResolution', 'nodenext']),
      '--skipLibCheck',
      'false',
      file,
    ],
    folder,
  );

test('its types hold a program, and refuse a wrong one', () => {
  writeFileSync(
    join(folder, 'use.ts'),
    `import { load, RnnError, type Loss, type Trace } from 'unrolled';
     import type { RnnNetwork } from 'unrolled/elements/rnn-network.js';
     import { arithmeticOf } from 'unrolled/elements/numbers.js';
     const { sequential, task, tasks } = await load({ wasm: 'auto' });
     const trace: Trace = sequential({ units: 2, timesteps: 3, features: 1 }).trace(new Float32Array(3), 1);
     export const show = (figure: RnnNetwork): void => { figure.trace = trace; figure.timestep = 2; };
     export { arithmeticOf, RnnError };
     for (const { loss } of tasks) sequential({ units: 2, timesteps: 3, loss });
     const { x, y } = task('adding', { samples: 10, timesteps: 3 });
     const { accuracy, mean_absolute_error } = await sequential({ units: 2, timesteps: 3, features: 2 }).fit(x, y);
     export const last: number | undefined = (accuracy ?? mean_absolute_error)?.at(-1);
     // @ts-expect-error: a network that predicts a number has no accuracy
     accuracy.at(-1);
     // @ts-expect-error: units is a number
     sequential({ units: 'two', timesteps: 3, features: 1 });`,
  );
  compiled('use.ts');
});

test('its types need no other package', () => {
  writeFileSync(
    join(folder, 'all.ts'),
    scripts()
      .map((name, i) => `import '${name}'; import type * as module${i} from '${name}'; export type { module${i} };`)
      .join('\n'),
  );
  compiled('all.ts');
  compiled('all.ts', '--module', 'esnext', '--moduleResolution', 'bundler');
});

test('the types of <rnn-figure> are those of its source', () => {
  const [, views = ''] =
    /type FigureView = ([^;]*);/.exec(readFileSync(at('figure-fields.d.ts'), 'utf8').replace(/\s+/g, ' ')) ?? [];
  assert.deepEqual(views.match(/[\w-]+/g)?.sort(), Object.keys(VIEWS).sort());
  const [, fields = ''] =
    /interface FigureFields \{([^}]*)\}/.exec(readFileSync(at('figure-fields.d.ts'), 'utf8')) ?? [];
  assert.deepEqual([...fields.matchAll(/(\w+)\?:/g)].map((match) => match[1]).sort(), [...FIELDS].sort());
  writeFileSync(
    join(folder, 'figure.ts'),
    `import type { RnnFigure as Source } from '${root}/web/embed/rnn-figure.ts';
     import type { FieldProperties } from 'unrolled/figure-fields';
     import type { RnnFigure } from 'unrolled/figures.js';
     /* epoch: the source has one type for what is read and what is set; tell: for the parts of the figure itself */
     type Own = Exclude<keyof Source, keyof HTMLElement | \`\${string}Callback\` | 'epoch' | 'tell'>;
     export const all = (figure: Source): Pick<RnnFigure, Own> => figure;
     type Told = Exclude<keyof RnnFigure, keyof HTMLElement | keyof FieldProperties>;
     export const none = (figure: RnnFigure): Pick<Source, Told> => figure;`,
  );
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      typeRoots: [join(root, 'node_modules/@types')],
      paths: { 'unrolled/figures.js': [at('figures.d.ts')], 'unrolled/figure-fields': [at('figure-fields.d.ts')] },
    },
    files: ['figure.ts', join(root, 'web/embed/bundled-assets.d.ts')],
    include: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], folder);
});

const USE = `import { load } from 'unrolled';
  import 'unrolled/elements/rnn-network.js';
  import 'unrolled/figures.mjs';
  const { sequential, readCsv, task } = await load();
  const { x, y } = task('first', { samples: 10, timesteps: 3 });
  const model = sequential({ units: 2, timesteps: 3, features: 1 });
  const { loss } = await model.fit(x, y, { epochs: 1 });
  export const file = await model.saveWeights(); /* loads files.wasm */
  export const data = await readCsv('x1,y\\n0.5,1\\n'); /* loads data.wasm */
  export { loss };`;

test('Vite finds the modules, for development and for a site', { timeout: 120_000 }, async () => {
  writeFileSync(join(folder, 'main.js'), USE);
  const project = { root: folder, configFile: false, logLevel: 'error', base: './' } as const;
  await buildSite({
    ...project,
    build: {
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(folder, 'main.js'), preserveEntrySignatures: 'strict' },
    },
  });
  const assets = join(folder, 'dist/assets');
  const [entry = ''] = readdirSync(assets).filter((name) => /^main-.*\.js$/.test(name));
  const { loss, file, data } = (await import(pathToFileURL(join(assets, entry)).href)) as {
    loss: number[];
    file: Uint8Array;
    data: { samples: number };
  };
  assert.ok((loss[0] ?? 0) > 0 && file.length > 100 && data.samples === 1);

  const server = await createServer({ ...project, server: { host: '127.0.0.1', port: 0 } });
  try {
    await server.listen();
    const [home = ''] = server.resolvedUrls?.local ?? [];
    const main = await (await fetch(new URL('main.js', home))).text();
    const found: string[] = [];
    for (const [, address = ''] of main.matchAll(/(?:from|import) "([^"]+)"/g)) {
      const at = new URL(address, home);
      const code = await (await fetch(at)).text();
      for (const [, wasm = ''] of code.matchAll(/new URL\(["'`]([^"'`]+\.wasm)["'`],/g)) {
        const bytes = Buffer.from(await (await fetch(new URL(wasm, at))).arrayBuffer());
        assert.equal(bytes.toString('latin1', 0, 4), '\0asm', wasm);
        found.push(wasm.replace(/^.*\//, ''));
      }
    }
    assert.deepEqual(found.filter((name) => !/-[0-9a-f]{8}\.wasm$/.test(name)).sort(), [
      'data.wasm',
      'files.wasm',
      'unrolled.scalar.wasm',
      'unrolled.simd.wasm',
    ]);
  } finally {
    await server.close();
  }
});

test('every file that a script names is named in the way that bundlers look for', () => {
  const named = ['unrolled.js', ...readdirSync(at('figures')).map((name) => `figures/${name}`)]
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => {
      const code = readFileSync(at(name), 'utf8');
      return [...code.matchAll(/new URL\(([^()]*), ?import\.meta\.url\)/g)].map(
        ([, file = '']) => [name, file] as const,
      );
    });
  assert.equal(named.length, 6);
  for (const [script, file] of named) {
    assert.match(file, /^(["'`])[\w./-]+\.wasm\1$/);
    assert.ok(existsSync(join(at(script), '..', file.slice(1, -1))), file);
  }
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
    'questions.html',
    'share.html',
    'teachers.html',
    'unrolled.html',
    ...chapters,
  ];
  assert.deepEqual(
    doors.sort(),
    [
      'LICENSES.txt',
      'README.txt',
      'SHA256SUMS',
      'social.png',
      'icon.svg',
      'de/icon.svg',
      ...pages,
      ...pages.map((name) => `de/${name}`),
    ].sort(),
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

test('the share page of a release names the files of its version', () => {
  for (const [page, folder] of [
    ['share.html', `v${version}/`],
    ['de/share.html', `../v${version}/de/`],
  ] as const) {
    const [, named] =
      /<main class="share" data-version="([^"]*)">/.exec(text(files[`unrolled-${version}/${page}`])) ?? [];
    assert.equal(named, folder);
    const path = new URL(`${named}figures.js`, `https://example.org/${page}`).pathname;
    assert.ok(files[`unrolled-${version}${path}`], path);
  }
});

test('the licenses of all packages inside are there', () => {
  const licenses = text(files[`unrolled-${version}/LICENSES.txt`]);
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
    assert.match(licenses, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC|BSD-3-Clause)\\)$`, 'm'), name);
  }
  assert.ok(code.includes('litHtmlVersions'));
  assert.match(licenses, /^MIT License$/m);
  assert.match(licenses, /Creative Commons Attribution 4\.0/);
});
