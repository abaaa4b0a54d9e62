/** A plain page: from the disk, from another origin, with the script loaded twice and as a module. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { root, type Tab } from '../web/harness.ts';
import { dist, gather, type Headers, inHost, onDisk, ready, sameAsLab, serveFolder, walks } from './host.ts';

const ORDER = '<script src="figures.js" defer></script>';

/** The page with other script tags. */
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
  await tab.until(() =>
    document.querySelector('#training')?.shadowRoot?.querySelector('rnn-curves')?.shadowRoot?.querySelector('path.run'),
  );
  await walks(tab, '#network');
  await sameAsLab(tab, '#network');
}

inHost('plain: works from the disk', async (tab) => {
  await tab.open(onDisk(gather('plain', 'figures.js')));
  await works(tab);
});

for (const language of ['', 'de/'])
  inHost(`plain: a page without an encoding shows the right characters, ${language || 'in English'}`, async (tab) => {
    const folder = gather('plain', `${language}figures.js`);
    /* a browser guesses the encoding of such a page from its bytes: with this one it is windows-1252 */
    const bytes = Buffer.from(
      `<!doctype html><title>\xe9</title><script src="${language}figures.js" defer></script><rnn-figure view="arithmetic"></rnn-figure>`,
      'latin1',
    );
    writeFileSync(join(folder, 'index.html'), bytes);
    await tab.open(onDisk(folder));
    await ready(tab);
    assert.equal(await tab.evaluate(() => document.characterSet), 'windows-1252');
    const text = await tab.evaluate(() => {
      const texts = (scope: ParentNode): string =>
        [...scope.querySelectorAll('*')]
          .map((element) => (element.shadowRoot ? texts(element.shadowRoot) : ''))
          .concat(scope instanceof ShadowRoot ? (scope.textContent ?? '') : '')
          .join(' ');
      return texts(document);
    });
    assert.match(text, /−\d/);
    assert.doesNotMatch(text, /[âÃÂ]/);
  });

/** The page on one port, and the script on another, with these headers. */
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

apart(
  'plain: the script loaded twice, from two origins',
  (script) =>
    `<script src="${script}" defer></script><script src="${script.replace('localhost', '127.0.0.1')}" defer></script>`,
  {},
);

apart(
  'plain: as a module from another origin that allows it',
  (script) => `<script src="${script}" type="module"></script>`,
  { 'Access-Control-Allow-Origin': '*' },
);

apart(
  'plain: as a script and as a module',
  (script) => `<script src="${script}"></script><script src="${script}" type="module"></script>`,
  { 'Access-Control-Allow-Origin': '*' },
);

/** Clicks at these fractions of a picture's width and height, and returns the state afterwards. */
async function clicked(
  tab: Tab,
  selector: string,
  names: string[],
  at: readonly (readonly [number, number])[],
): Promise<string> {
  const said: unknown[] = [];
  for (const [across, down] of at) {
    const { x, y } = await tab.middle(selector);
    const [width, height] = await tab.evaluate((inner: string) => {
      const [, element, part] = inner.split('>>>').map((one) => one.trim());
      const box = document
        .querySelector('rnn-figure')
        ?.shadowRoot?.querySelector(element as string)
        ?.shadowRoot?.querySelector(part as string)
        ?.getBoundingClientRect() as DOMRect;
      return [box.width, box.height] as const;
    }, selector);
    const point = { x: x + width * (across - 0.5), y: y + height * (down - 0.5) };
    await tab.clickAt(point);
    said.push(
      await tab.evaluate(
        (wanted: string[]) => wanted.map((name) => (document.querySelector('rnn-figure') as RnnFigure).state?.[name]),
        names,
      ),
    );
  }
  return JSON.stringify(said);
}

const PICTURES = [
  [
    'network',
    'rnn-figure >>> rnn-network >>> .plot svg',
    ['t', 'unit', 'sample'],
    [
      [0.3, 0.5],
      [0.3, 0.35],
      [0.3, 0.42],
    ],
  ],
  [
    'training',
    'rnn-figure >>> rnn-curves >>> .touch',
    ['at'],
    [
      [0.21, 0.5],
      [0.82, 0.5],
      [0.49, 0.6],
    ],
  ],
  [
    'notebook-scatter',
    'rnn-figure >>> rnn-scatter >>> svg',
    ['dot'],
    [
      [0.21, 0.5],
      [0.82, 0.5],
      [0.48, 0.6],
    ],
  ],
  [
    'data',
    'rnn-figure >>> rnn-data >>> svg',
    ['sample'],
    [
      [0.21, 0.3],
      [0.82, 0.3],
      [0.52, 0.9],
    ],
  ],
  [
    'backward',
    'rnn-figure >>> rnn-backward >>> .sheet',
    ['t', 'unit'],
    [
      [0.21, 0.5],
      [0.82, 0.5],
      [0.48, 0.6],
    ],
  ],
  [
    'lengths',
    'rnn-figure >>> rnn-lengths >>> svg',
    ['length'],
    [
      [0.21, 0.5],
      [0.62, 0.3],
      [0.48, 0.6],
    ],
  ],
] as const;

inHost('plain: in a scaled box a click hits the element below it', async (tab) => {
  const file = join(gather('plain', 'figures.js'), 'scaled.html');
  for (const [view, selector, names, at] of PICTURES) {
    /* not mended: under CSS zoom, WebKit's clicks beside the network's columns choose no unit */
    if (view === 'network' && tab.browser === 'webkit') continue;
    const seen: Record<string, string> = {};
    for (const style of [
      ...[1, 0.6, 1.3].flatMap((scale) => [`transform: scale(${scale}); transform-origin: 0 0`, `zoom: ${scale}`]),
      'scale: 0.7 0.9; transform-origin: 0 0',
      'zoom: 1.3; transform: scale(0.7); transform-origin: 0 0',
    ]) {
      writeFileSync(
        file,
        `<!doctype html><meta charset="utf-8"><script src="figures.js" defer></script><div style="width: 800px; ${style}"><rnn-figure view="${view}" task="first" t="2" unit="2"></rnn-figure></div>`,
      );
      await tab.open(pathToFileURL(file).href);
      await ready(tab);
      seen[style] = await clicked(tab, selector, [...names], at);
    }
    const [first = ''] = Object.values(seen);
    assert.equal(new Set(JSON.parse(first).map(String)).size, 3, `${view}: ${first}`);
    for (const [style, states] of Object.entries(seen)) assert.equal(states, first, `${view}, ${style}`);
  }
});

inHost('plain: works in a page of XHTML', async (tab) => {
  const folder = gather('plain', 'figures.js');
  const figures = ['network', 'training', 'notebook-fit', 'data'].map(
    (view) => `<rnn-figure view="${view}"></rnn-figure>`,
  );
  writeFileSync(
    join(folder, 'page.xhtml'),
    `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>XHTML</title><script src="figures.js" defer="defer"></script></head><body>${figures.join('')}</body></html>`,
  );
  await tab.open(onDisk(folder, 'page.xhtml'));
  assert.equal(await tab.evaluate(() => document.contentType), 'application/xhtml+xml');
  await ready(tab, 'rnn-figure:first-child');
  for (const view of ['training', 'notebook-fit', 'data']) {
    await tab.evaluate((name: string) => document.querySelector(`[view=${name}]`)?.scrollIntoView(), view);
    await ready(tab, `[view=${view}]`);
  }
  await walks(tab);
});

inHost('plain: without what only browsers with layout have, a still picture and the reason', async (tab) => {
  const folder = gather('plain', 'figures.js');
  page(
    folder,
    `<script>
      globalThis.reasons = [];
      addEventListener('rnn-refused', ({ detail }) => reasons.push(detail.reason));
      for (const name of ['IntersectionObserver', 'ResizeObserver', 'matchMedia', 'Worker']) globalThis[name] = undefined;
      for (const name of ['replace', 'replaceSync']) delete CSSStyleSheet.prototype[name];
      delete Element.prototype.part;
    </script>${ORDER}`,
  );
  await tab.open(onDisk(folder));
  await tab.until(() => (globalThis as unknown as { reasons: string[] }).reasons.length === 2);
  assert.match(await tab.text('rnn-figure >>> figcaption'), /too old, or it does not draw pages/);
});

inHost('plain: the scripts of two languages: the first one shows all figures', async (tab) => {
  const folder = gather('plain', 'figures.js', 'de/figures.js');
  page(folder, `<script src="de/figures.js" defer></script>${ORDER}`);
  await tab.open(onDisk(folder));
  await ready(tab, '#network');
  assert.match(await tab.text('#network >>> #place'), /^Nach \d+ Epoche/);
});

/** A page that is alone with its own origin takes only what says that it may be taken. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

inHost('plain: works in a page that is isolated from other origins, as the how-to says', async (tab) => {
  const scripts = await serveFolder(dist, { 'Cross-Origin-Resource-Policy': 'cross-origin' });
  const folder = gather('plain');
  const host = await serveFolder(folder, ISOLATED);
  try {
    page(folder, `<script src="${scripts.url.replace('localhost', '127.0.0.1')}figures.js" defer></script>`);
    await tab.open(host.url);
    assert.equal(await tab.evaluate(() => crossOriginIsolated), true);
    await works(tab);
  } finally {
    await scripts.close();
    await host.close();
  }
});
