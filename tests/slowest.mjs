// A reporter for node --test that prints the ten slowest tests, the total time, and at the end which tests failed and
// why, so that the last lines of a long run are enough to see it. It also stores how long the tests of
// each file took, for `make check`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const durations = join(root, process.env.BUILD ?? 'build', 'tests', 'durations.json');
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);

function note(tests) {
  const files = existsSync(durations) ? JSON.parse(readFileSync(durations, 'utf8')) : {};
  for (const { file } of tests) files[file] = 0;
  for (const { file, took } of tests) files[file] += Math.round(took) / 1000;
  mkdirSync(dirname(durations), { recursive: true });
  writeFileSync(durations, `${JSON.stringify(files, null, 1)}\n`);
}

export default async function* slowest(events) {
  const tests = [];
  const failed = [];
  /* A test that a helper declares has the helper's file. Files report one after another, in the order in which they
     were begun, and the tests of each are counted from 1. */
  const files = [];
  let file = '';
  const ofTests = (name) => /\.[cm]?[jt]s$/.test(name ?? '') && existsSync(name);
  for await (const { type, data } of events) {
    if (data.nesting > 0) continue;
    if (type === 'test:enqueue' && ofTests(data.name)) files.push(data.name);
    const begins = type === 'test:complete' && data.testNumber === 1 && !ofTests(data.name);
    const done = type === 'test:pass' || type === 'test:fail';
    if (begins || (done && data.name === files[0])) file = relative(root, resolve(files.shift()));
    if (!done || data.skip) continue;
    const error = data.details.error;
    tests.push({ name: data.name, file, took: data.details.duration_ms });
    if (type === 'test:fail') failed.push({ name: data.name, file, why: (error?.cause ?? error)?.message ?? '' });
  }
  note(tests);
  tests.sort((a, b) => b.took - a.took);
  const all = tests.reduce((sum, { took }) => sum + took, 0);
  yield `The slowest of ${tests.length} tests, which took ${seconds(all).trim()} together:\n`;
  for (const { name, file, took } of tests.slice(0, 10)) yield `${seconds(took)}  ${file}  ${name}\n`;
  for (const { name, file, why } of failed) yield `Failed: ${file}  ${name}\n${why.replace(/^/gm, '  ')}\n`;
}
