// A change must select the tests that could notice it, and no others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files, read } from '../house/tree.ts';
import { affected, touchedBy } from './affected.ts';

const texts = new Map([
  [
    'web/pages/lab.html',
    '<link rel="stylesheet" href="../style/lab.css"><script type="module" src="./lab.ts"></script>',
  ],
  ['web/pages/lab.ts', "import { mountLab } from '../app/mount-lab.ts';"],
  ['web/app/mount-lab.ts', "import address from '../worker/worker.ts?worker&url';"],
  ['web/worker/worker.ts', "const { load } = await import('../../wasm/js/unrolled.ts');"],
  ['web/shared/format.ts', ''],
  ['wasm/js/unrolled.ts', "export { Core } from './core.ts';"],
  ['wasm/js/core.ts', ''],
  ['tests/web/lab.test.ts', "await openLab(tab, '#v=1');"],
  ['tests/state/state.test.ts', "import { format } from '../../web/shared/format.ts';"],
  ['tests/wasm/fit.test.ts', "import { load } from '../../build/js/unrolled.js';"],
  ['tests/web/chart.test.ts', "servePage('chart', `import '/web/shared/format.ts';`)"],
]);

test('a file selects the tests that import it and those that open a page with it', () => {
  assert.deepEqual(affected(['web/shared/format.ts'], texts), ['tests/state/state.test.ts', 'tests/web/chart.test.ts']);
  assert.deepEqual(affected(['web/worker/worker.ts'], texts), ['tests/web/lab.test.ts']);
  assert.deepEqual(affected(['web/style/lab.css'], texts), ['tests/web/lab.test.ts']);
  assert.deepEqual(affected(['tests/wasm/fit.test.ts'], texts), ['tests/wasm/fit.test.ts']);
  assert.deepEqual(affected(['README.md'], texts), []);
});

test('a C source selects everything that runs the engine, the nearest test first', () => {
  assert.deepEqual(affected(['core/model/fit.c'], texts), ['tests/wasm/fit.test.ts', 'tests/web/lab.test.ts']);
});

test('every source of the page is covered by a test', () => {
  const all = files.filter((file) => /^(web|tests|wasm\/js)\/.*\.(ts|html)$/.test(file));
  const touched = new Set(
    [...touchedBy(new Map(all.map((file) => [file, read(file)]))).values()].flatMap((set) => [...set]),
  );
  const sources = all.filter((file) => /^(web|wasm\/js)\/.*\.ts$/.test(file) && !file.endsWith('.d.ts'));
  assert.ok(sources.length > 150);
  assert.deepEqual(
    sources.filter((file) => !touched.has(file)),
    [],
  );
});
