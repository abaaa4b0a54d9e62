// `make check`: checks a change before a commit. It checks types, formatting and likely mistakes, runs the C tests of
// the native build if C changed, and then the tests of the changed files until the time is up. It lists what was left
// out. BASE=main: compare with this; SECONDS=60: time for the tests.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, read, root } from '../house/tree.ts';
import { affected } from './affected.ts';

const BASE = process.env.BASE || 'HEAD';
const SECONDS = Number(process.env.SECONDS || 60);
/** The time that the tests of each file took when they last ran, written by tests/slowest.mjs. */
const durations = join(root, process.env.BUILD ?? 'build', 'tests', 'durations.json');

const git = (...words: string[]): string[] =>
  execFileSync('git', words, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const changed = [
  ...new Set([...git('diff', '--name-only', BASE), ...git('ls-files', '--others', '--exclude-standard')]),
].filter((file) => existsSync(join(root, file)));

let failed = false;
function run(what: string, program: string, words: readonly string[], environment: Record<string, string> = {}): void {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 28,
  });
  const took = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${took.padStart(5)} s  ${what}`);
  if (status === 0) return;
  failed = true;
  console.log(stdout + stderr);
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
if (served) run('make js page', 'make', ['js', 'page']);
if (changed.some((file) => /^(core|wasm\/command)\//.test(file))) run('make programs', 'make', ['programs']);
run('types', 'tsc', ['-p', '.']);
if (scripts.length > 0) {
  run('layout of TypeScript and CSS', 'biome', ['format', ...scripts]);
  run('likely mistakes in TypeScript and CSS', 'biome', ['lint', '--diagnostic-level=warn', ...scripts]);
}
if (c.length > 0) {
  run('layout of C', 'clang-format-14', ['--dry-run', '-Werror', ...c]);
  const slow = 'every_float|install|example|symbols';
  run('C tests, native', 'bash', ['-c', `make native && ctest --test-dir build/native -E '${slow}' -j2`]);
}
const pages = changed.filter((file) => /^web\/[^/]*\.html$/.test(file));
if (pages.length > 0) run('markup', 'html-validate', pages);

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
const test = ['--import', './tests/typescript.mjs', '--test'];
const inNode = chosen.filter((file) => !inBrowser(file));
const inPages = chosen.filter(inBrowser);
if (inNode.length > 0)
  run(`${inNode.length} files of Node tests`, process.execPath, [...test, '--test-concurrency=2', ...inNode]);
if (inPages.length > 0)
  run(`${inPages.length} files of page tests`, process.execPath, [...test, '--test-concurrency=1', ...inPages], {
    BROWSERS: 'chromium',
  });
const rest = wanted.filter((file) => !chosen.includes(file));
if (rest.length > 0) console.log(`left to make test, because the ${SECONDS} s are up: ${rest.join(' ')}`);
process.exitCode = failed ? 1 : 0;
