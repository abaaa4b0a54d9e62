/** A plain page: from the disk, from another origin, with the script loaded twice and as a module. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, type Tab } from '../web/harness.ts';
import { dist, gather, type Headers, inHost, onDisk, ready, sameAsLab, serveFolder, walks } from './host.ts';

const ORDER = '<script src="figures.js" defer></script>';

/** The page with other lines for its script. */
function page(folder: string, lines: string): void {
  const file = join(folder, 'index.html');
  const text = readFileSync(join(root, 'docs/embedding/plain/index.html'), 'utf8');
  assert.ok(text.includes(ORDER));
  writeFileSync(file, text.replace(ORDER, lines));
}

async function works(tab: Tab): Promise<void> {
  await ready(tab, '#network');
  await tab.evaluate(() => document.querySelector('#training')?.scrollIntoView());
  await ready(tab);
  await tab.until(() => document.querySelector('#training')?.shadowRoot?.querySelector('rnn-curves')?.shadowRoot?.querySelector('canvas'));
  await walks(tab, '#network');
  await sameAsLab(tab, '#network');
}

inHost('plain: from the disk', async (tab) => {
  await tab.open(onDisk(gather('plain', 'figures.js')));
  await works(tab);
});

/** The page on one port, the script on another, which sends these headers. */
function apart(name: string, lines: (script: string) => string, headers: Headers): void {
  inHost(name, async (tab) => {
    const scripts = await serveFolder(dist, headers);
    const folder = gather('plain');
    const host = await serveFolder(folder);
    try {
      page(folder, lines(`${scripts.url}figures.js`));
      await tab.open(host.url);
      await works(tab);
    } finally {
      await scripts.close();
      await host.close();
    }
  });
}

apart('plain: the script from another origin', (script) => `<script src="${script}" defer></script>`, {});

apart('plain: the script loaded twice, from two origins', (script) => `<script src="${script}" defer></script><script src="${script.replace('localhost', '127.0.0.1')}" defer></script>`, {});

apart('plain: as a module from another origin that allows it', (script) => `<script src="${script}" type="module"></script>`, { 'Access-Control-Allow-Origin': '*' });

apart('plain: as a script and as a module', (script) => `<script src="${script}"></script><script src="${script}" type="module"></script>`, { 'Access-Control-Allow-Origin': '*' });
