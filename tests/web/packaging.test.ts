// The release from any folder of a static host, and the npm package's elements in a page without a bundler.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { unzipSync } from 'fflate';
import { root } from '../house/tree.ts';
import { build, installed, run, version } from '../packaging/packed.ts';
import { serve } from '../../web/packaging/serve.mjs';
import { forEachBrowser } from './harness.ts';

const folder = join(build, 'tests', 'released');
let site: Awaited<ReturnType<typeof serve>>;
before(async () => {
  const project = installed('in-a-page');
  run(process.execPath, ['web/packaging/release.mjs'], root);
  rmSync(folder, { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(
    unzipSync(readFileSync(join(build, 'release', `unrolled-${version}.zip`))),
  )) {
    mkdirSync(dirname(join(folder, 'any/where', name)), { recursive: true });
    writeFileSync(join(folder, 'any/where', name), bytes);
  }
  cpSync(join(project, 'node_modules/unrolled'), join(folder, 'package'), { recursive: true });
  writeFileSync(
    join(folder, 'page.html'),
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><rnn-network></rnn-network><script type="module" src="page.js"></script></html>',
  );
  writeFileSync(
    join(folder, 'page.js'),
    `import { load } from './package/unrolled.js';
     import './package/elements/rnn-network.js';
     const { sequential, task } = await load();
     const { x, y } = task('first', { samples: 100, timesteps: 10 });
     const model = sequential({ units: 4, timesteps: 10, features: 1 });
     Object.assign(document.querySelector('rnn-network'), { trace: model.trace(x.subarray(0, 10), y[0]), timestep: 10 });`,
  );
  site = await serve(folder);
});
after(() => site.close());

forEachBrowser('packaging: the release runs from any folder', async (tab) => {
  await tab.open(`${site.url}any/where/unrolled-${version}/lab.html#v=1&epochs=2`);
  await tab.until(() => document.querySelector('#place')?.textContent?.startsWith('After 2 epochs'));
  await tab.open(`${site.url}any/where/unrolled-${version}/notebook.html#v=1`);
  await tab.until(() => (document.querySelector('#log')?.textContent ?? '').includes('Epoch 10/10'));
  await tab.open(`${site.url}any/where/unrolled-${version}/unrolled.html#view=lab&v=1&epochs=2`);
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.querySelector('#place')
      ?.textContent?.startsWith('After 2 epochs'),
  );
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('packaging: an element of the package draws in a page without a bundler', async (tab) => {
  await tab.open(`${site.url}page.html`);
  await tab.until(() => (document.querySelector('rnn-network')?.shadowRoot?.textContent ?? '').includes('the same'));
  assert.deepEqual(tab.problems, []);
});
