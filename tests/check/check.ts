// `make check`: checks a change before a commit. It checks types, formatting and likely mistakes, runs the C tests of
// the native build if C changed, and then the tests of the changed files until the time is up. It lists what was left
// out. Two things are done at a time: with two cores all of it takes at most 90 s. BASE=main: compare with this;
// SECONDS=50: time for the tests.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, read, root } from '../house/tree.ts';
import { affected } from './affected.ts';

const BASE = process.env.BASE || 'HEAD';
const SECONDS = Number(process.env.SECONDS || 50);
/** The time that the tests of each file took when they last ran, written by tests/slowest.mjs. */
const durations = join(root, process.env.BUILD ?? 'build', 'tests', 'durations.json');

const git = (...words: string[]): string[] =>
  execFileSync('git', words, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const changed = [
  ...new Set([...git('diff', '--name-only', BASE), ...git('ls-files', '--others', '--exclude-standard')]),
].filter((file) => existsSync(join(root, file)));

let failed = false;
function run(
  what: string,
  program: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<void> {
  const start = performance.now();
  const options = { cwd: root, env: { ...process.env, ...environment }, maxBuffer: 1 << 28 };
  return new Promise((resolve) =>
    execFile(program, words, options, (error, stdout, stderr) => {
      const took = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${error ? 'FAILED' : 'passed'}  ${took.padStart(5)} s  ${what}`);
      if (error) {
        failed = true;
        console.log(stdout + stderr);
      }
      resolve();
    }),
  );
}

const known: Record<string, number> = existsSync(durations) ? JSON.parse(readFileSync(durations, 'utf8')) : {};
const inBrowser = (test: string): boolean => /^tests\/(web|embedding)\//.test(test);
/** A guess if the tests of a file have not been timed here. */
const secondsOf = (test: string): number => known[test] ?? (inBrowser(test) ? 30 : 2);

if (changed.length === 0) {
  console.log(`nothing has changed since ${BASE}`);
  process.exit(0);
}
console.log(`${changed.length} files have changed since ${BASE}`);
const c = changed.filter((file) => /\.(c|h)$/.test(file));
const scripts = changed.filter((file) => /\.(ts|mts|mjs|css)$/.test(file));
const served = changed.some((file) => /^(web|wasm\/js|wasm\/browser|core)\//.test(file));
const pages = changed.filter((file) => /^web\/(pages\/[^/]*|lesson\/frame)\.html$/.test(file));

async function build(): Promise<void> {
  if (served) await run('make page', 'make', ['page']);
  if (changed.some((file) => /^(core|wasm\/command)\//.test(file))) await run('make programs', 'make', ['programs']);
}

async function readThrough(): Promise<void> {
  await run('types', 'tsc', ['-p', '.']);
  if (scripts.length > 0) {
    await run('layout of TypeScript and CSS', 'biome', ['format', ...scripts]);
    await run('likely mistakes in TypeScript and CSS', 'biome', ['lint', '--diagnostic-level=warn', ...scripts]);
  }
  if (c.length > 0) await run('layout of C', 'clang-format-14', ['--dry-run', '-Werror', ...c]);
  if (pages.length > 0) await run('markup', 'html-validate', pages);
}

/* the types of what the core knows are written by make js */
if (served) await run('make js', 'make', ['js']);
await Promise.all([build(), readThrough()]);
if (c.length > 0) {
  const slow = 'every_float|install|example|symbols';
  await run('C tests, native', 'bash', ['-c', `make native && ctest --test-dir build/native -E '${slow}' -j2`]);
}

const texts = new Map(
  files.filter((file) => /^(web|tests|wasm\/js)\/.*\.(ts|html)$/.test(file)).map((file) => [file, read(file)]),
);
const always = files.filter((file) => /^tests\/house\/(arrows|house|proofs)\.test\.ts$/.test(file));
const found = affected(changed, texts);
const nearest = [...found.filter((file) => !inBrowser(file)), ...found.filter(inBrowser)];
const wanted = [...new Set([...always, ...nearest.filter((file) => changed.includes(file)), ...nearest])];
const chosen: string[] = [];
let left = SECONDS;
for (const test of wanted) {
  if (secondsOf(test) > left && !always.includes(test)) continue;
  chosen.push(test);
  left -= secondsOf(test);
}
const test = ['--no-concurrent-recompilation', '--import', './tests/typescript.mjs', '--test']; // as in the Makefile
const inNode = chosen.filter((file) => !inBrowser(file));
const inPages = chosen.filter(inBrowser);
if (inNode.length > 0)
  await run(`${inNode.length} files of Node tests`, process.execPath, [...test, '--test-concurrency=2', ...inNode]);
if (inPages.length > 0)
  await run(`${inPages.length} files of page tests`, process.execPath, [...test, '--test-concurrency=2', ...inPages], {
    BROWSERS: 'chromium',
  });
const rest = wanted.filter((file) => !chosen.includes(file));
if (rest.length > 0) console.log(`left to make test, because the ${SECONDS} s are up: ${rest.join(' ')}`);
process.exitCode = failed ? 1 : 0;
