// A reporter for node --test: the ten slowest tests, and how long all of them took together.
import { relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);

export default async function* slowest(events) {
  const tests = [];
  for await (const { type, data } of events) {
    const done = type === 'test:pass' || type === 'test:fail';
    if (done && data.nesting === 0 && !data.skip) tests.push({ ...data, took: data.details.duration_ms });
  }
  tests.sort((a, b) => b.took - a.took);
  yield `The slowest of ${tests.length} tests, which took ${seconds(tests.reduce((sum, { took }) => sum + took, 0)).trim()} together:\n`;
  for (const { name, file, took } of tests.slice(0, 10))
    yield `${seconds(took)}  ${file ? relative(root, file) : ''}  ${name}\n`;
}
