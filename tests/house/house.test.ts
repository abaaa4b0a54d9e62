// Rules for the whole project: a README in each folder, nothing built in git, no flag and no formula at a wrong place.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { policy } from '../../web/packaging/serve.mjs';
import { files, linesWith, read, root } from './tree.ts';

const parents = (file: string): string[] => (dirname(file) === '.' ? [] : [dirname(file), ...parents(dirname(file))]);
const folders = [...new Set(files.flatMap(parents))].sort();
/** A figure's folder needs no README, because all such folders have the same files. */
const isFigure = (folder: string): boolean => /^web\/figures\/./.test(folder);
const isCorpus = (folder: string): boolean => /^tests\/fuzz\/./.test(folder);

test('every folder has a README', () => {
  assert.ok(folders.length > 15);
  /* GitHub would show a README in .github in place of the project's own */
  assert.deepEqual(
    folders.filter(
      (folder) =>
        !isCorpus(folder) &&
        !isFigure(folder) &&
        !folder.startsWith('.github') &&
        !files.includes(`${folder}/README.md`),
    ),
    [],
  );
});

test('every README names the sources in its folder', () => {
  const stem = (file: string): string => (file.split('/').at(-1) as string).replace(/\.(styles|test)?\.?[a-z]+$/, '');
  const unnamed = files
    .filter((file) => /\.(c|h|ts|mjs)$/.test(file) && dirname(file) !== '.' && !isCorpus(dirname(file)))
    .filter(
      (file) =>
        existsSync(join(root, dirname(file), 'README.md')) &&
        !(isFigure(dirname(file)) && /\/(about|element|feed|styles)\.ts$/.test(file)) &&
        !read(`${dirname(file)}/README.md`).includes(stem(file)),
    );
  assert.deepEqual(unnamed, []);
});

test('every export of the browser modules is fuzzed', () => {
  const exported = files
    .filter((file) => /^wasm\/browser\/\w+\.c$/.test(file))
    .flatMap((file) => [...read(file).matchAll(/^EXPORT\((\w+)\)/gm)].map((match) => match[1] as string));
  const fuzzed = read('tests/fuzz/fuzz_exports.c');
  const withoutArguments = ['answers', 'defaults', 'limits'];
  assert.ok(exported.length > 50);
  assert.deepEqual(
    exported.filter(
      (name) => !withoutArguments.includes(name) && !new RegExp(`\\b(CALL\\(|export_)${name}\\b`).test(fuzzed),
    ),
    [],
  );
});

test('no two files of the page have the same name', () => {
  const shared = /^(index|element|styles|feed|about)\.|^README\.md$/;
  const names = files.filter((file) => /^web\/(?!languages\/)/.test(file)).map((file) => basename(file));
  assert.ok(names.length > 100);
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i && !shared.test(name)),
    [],
  );
});

test('every link between documents has a target', () => {
  const broken = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map((match) => match[1] as string)
        .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, normalize(join(dirname(file), link)))))
        .map((link) => `${file}: ${link}`),
    );
  assert.deepEqual(broken, []);
});

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (file: string): string[] =>
  [
    ...read(file)
      .replace(/^```.*?^```/gms, '')
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every link to a heading of a document has that heading', () => {
  const broken = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)#\s:]*\.md)?#([^)\s]+)\)/g)]
        .filter(([, to, anchor = '']) => {
          const target = to === undefined ? file : normalize(join(dirname(file), to));
          return files.includes(target) && !anchorsOf(target).includes(anchor);
        })
        .map(([link]) => `${file}: ${link}`),
    );
  assert.deepEqual(broken, []);
});

test('nothing built is in git, and nothing large', () => {
  assert.deepEqual(
    files.filter((file) => /\.(wasm|o|a|so|log|orig|rej)$|(^|\/)(node_modules|build|dist|\.tools)\//.test(file)),
    [],
  );
  assert.deepEqual(
    files.filter((file) => statSync(join(root, file)).size > 400_000),
    [],
  );
});

test('the lock file has no download addresses, and a version for every package', () => {
  const locks = files.filter((file) => file.endsWith('package-lock.json'));
  assert.ok(locks.length > 0);
  assert.deepEqual(linesWith(/"resolved"|\.tgz/, locks), []);
  for (const lock of locks)
    for (const [name, { version }] of Object.entries(
      JSON.parse(read(lock)).packages as Record<string, { version?: string }>,
    ))
      assert.ok(name === '' || version, `${lock}: ${name} has no version`);
});

test('the package, its lock file and the core have the same version', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const lock = JSON.parse(read('package-lock.json')) as {
    version: string;
    packages: Record<string, { version: string }>;
  };
  assert.deepEqual([lock.version, lock.packages['']?.version], [version, version]);
  assert.match(read('core/rnn.h'), new RegExp(`^#define RNN_VERSION +"${version}"$`, 'm'));
});

const buildFiles = files.filter((file) =>
  /(^|\/)(CMakeLists\.txt|Makefile|CMakePresets\.json|package\.json|[^/]+\.cmake)$/.test(file),
);

test('no compiler flag breaks the promise of the same bits', () => {
  const forbidden =
    /-O(fast)\b|-f(fast-math|associative-math|unsafe-math-optimizations|finite-math-only)\b|-m(arch|cpu)=|-ffp-contract=(?!off)/;
  assert.ok(buildFiles.length >= 5);
  assert.deepEqual(linesWith(forbidden, buildFiles), []);
  assert.match(read('core/CMakeLists.txt'), /-ffp-contract=off/);
  assert.match(read('core/internal.h'), /#pragma GCC optimize\("fp-contract=off"\)/);
  for (const flag of ['-Ofast', '-ffast-math', '-march=native', '-ffp-contract=fast'])
    assert.equal(linesWith(forbidden, ['x'], () => `set(flags ${flag})`).length, 1, flag);
});

test('the page computes no exponentials, logarithms or hyperbolic tangents', () => {
  const page = files.filter((file) => file.startsWith('web/') && /\.(ts|js|mjs|html)$/.test(file));
  const formula = /\bMath\.(tanh|sinh|cosh|exp|expm1|log|log1p|log2)\b/;
  assert.ok(page.length > 10);
  assert.deepEqual(linesWith(formula, page), []);
  assert.equal(linesWith(formula, ['x'], () => 'const h = Math.tanh(z);').length, 1);
});

test('no file contains a path of one machine or an unfinished-work marker', () => {
  const text = files.filter(
    (file) => !/\.(png|safetensors|bin)$|package-lock\.json$|^tests\/(house|fuzz)\//.test(file),
  );
  assert.deepEqual(linesWith(/(^|[\s"'(=])\/(work|root|home\/[a-z]+|tmp\/[a-z]+)\//, text), []);
  assert.deepEqual(linesWith(/\b(TODO|FIXME|XXX|HACK)\b/, text), []);
});

test('no test is skipped or marked as the only one', () => {
  const tests = files.filter((file) => file.endsWith('.test.ts') && !file.startsWith('tests/house/'));
  assert.deepEqual(linesWith(/\b(test|it|describe)\.(only|todo|skip)\b/, tests), []);
});

test('the page and the server have the same policy', () => {
  const page = read('web/pages/notebook.html');
  const meta = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]+)"/i.exec(page)?.[1];
  assert.equal(meta?.replace(/\s+/g, ' ').trim(), policy);
});

test('the Makefile lists its goals', () => {
  const makefile = read('Makefile');
  for (const goal of ['demo', 'build', 'test', 'test-all', 'bench', 'coverage', 'clean', 'help'])
    assert.match(makefile, new RegExp(`^${goal}:.*##`, 'm'), goal);
});

test('the markup of the page is valid', () => {
  execFileSync(join(root, 'node_modules/.bin/html-validate'), ['web/pages/notebook.html'], {
    cwd: root,
    encoding: 'utf8',
  });
});
