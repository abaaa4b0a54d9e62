/** A notebook exported by nbconvert according to the how-to. It is skipped if nbconvert is not installed. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, root, type Tab, type View } from '../web/harness.ts';
import { gather, inHost, onDisk, ready, sameAsLab, walks } from './host.ts';

const [, ...WORDS] = (
  /^jupyter-nbconvert .*$/m.exec(readFileSync(join(root, 'docs/embedding/jupyter/README.md'), 'utf8'))?.[0] as string
).split(' ');
const nbconvert = program('jupyter-nbconvert');

/** In CI a missing program is a failure, like a missing browser. */
const without: View['without'] =
  nbconvert || process.env.CI
    ? {}
    : Object.fromEntries(
        ['chromium', 'firefox', 'webkit'].map((browser) => [browser, 'not run: jupyter-nbconvert is not installed']),
      );

function exported(head = ''): string {
  const folder = gather('jupyter', 'figures.js');
  execFileSync(nbconvert ?? 'jupyter-nbconvert', WORDS, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const file = join(folder, 'memory.html');
  const page = readFileSync(file, 'utf8');
  assert.doesNotMatch(page, /src="?(https?|file):/);
  writeFileSync(file, page.replace('<head>', `<head>${head}`));
  return onDisk(folder, 'memory.html');
}

async function works(tab: Tab): Promise<void> {
  await ready(tab, '#network');
  await tab.evaluate(() => document.querySelector('#training')?.scrollIntoView());
  await ready(tab);
  assert.equal(
    await tab.evaluate(
      () => [...document.querySelectorAll('rnn-figure')].filter((figure) => figure.textContent?.trim()).length,
    ),
    0,
  );
  await walks(tab, '#network');
  await sameAsLab(tab, '#network');
}

inHost(
  'jupyter: the exported notebook shows both figures',
  async (tab) => {
    await tab.open(exported());
    await works(tab);
  },
  { without },
);

/**
 * The pages of other exporters have RequireJS. A script that could be a module of that kind must not become one by
 * mistake.
 */
inHost(
  'jupyter: works in a page with RequireJS',
  async (tab) => {
    await tab.open(
      exported(
        '<script>globalThis.define = Object.assign(() => { throw new Error("define was called"); }, { amd: {} }); globalThis.exports = globalThis.module = undefined;</script>',
      ),
    );
    await works(tab);
  },
  { without },
);
