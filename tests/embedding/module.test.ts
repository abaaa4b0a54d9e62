/** `figures.mjs` from another origin: it shows what `figures.js` shows, and fetches only what the figures of a page need. */

import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { root, type Tab } from '../web/harness.ts';
import { sent } from '../web/loads.ts';
import { dist, gather, inHost, ready, sameAsLab, serveFolder, walks } from './host.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;

const ALLOWED = { 'Access-Control-Allow-Origin': '*' };
const MODULE = (scripts: string): string => `<script type="module" src="${scripts}figures.mjs"></script>`;
const CLASSIC = (scripts: string): string => `<script src="${scripts}figures.js" defer></script>`;
/** The figure of the how-to. */
const FIGURE = '<rnn-figure view="network" task="first" epoch="40" t="7" unit="5" controls="step,play"></rnn-figure>';

/** The page of the how-to on one port, with this script and these figures, and the scripts on another. `open` may be called several times. */
function apart(
  name: string,
  body: (tab: Tab, open: (script: (scripts: string) => string, figures: string) => Promise<string>) => Promise<void>,
  { scripts = () => dist, but = /^$/ }: { scripts?: (folder: string) => string; but?: RegExp } = {},
): void {
  inHost(
    `module: ${name}`,
    async (tab) => {
      const folder = gather('module');
      const from = await serveFolder(scripts(folder), ALLOWED);
      const host = await serveFolder(folder);
      try {
        await body(tab, async (script, figures) => {
          const page = readFileSync(join(root, 'docs/embedding/module/index.html'), 'utf8');
          for (const part of [MODULE(''), FIGURE]) assert.ok(page.includes(part), part);
          writeFileSync(
            join(folder, 'index.html'),
            page.replace(MODULE(''), script(from.url)).replace(FIGURE, figures),
          );
          await tab.open(host.url);
          return from.url;
        });
      } finally {
        await from.close();
        await host.close();
      }
    },
    {},
    but,
  );
}

/** The files of `figures/` that the page has fetched, without their hashes, in the order of the alphabet. */
const fetched = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => /\/figures[./]/.test(name)),
  );
const FIGURES = readdirSync(join(root, 'web/figures'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
async function figuresFetched(tab: Tab): Promise<string[]> {
  const names = (await fetched(tab)).map((name) => /\/figures\/([\w-]+)-[\w-]{8}\.js$/.exec(name)?.[1]);
  return FIGURES.filter((name) => names.includes(name));
}

/** The content of a figure: its sentence, its whole picture, and the numbers of its table. */
async function shown(tab: Tab, selector: string): Promise<{ place: string; svg: string; table: string }> {
  await tab.evaluate((wanted: string) => document.querySelector(wanted)?.scrollIntoView(), selector);
  await ready(tab, selector);
  return tab.evaluate(async (wanted: string) => {
    const figure = document.querySelector(wanted) as RnnFigure;
    const { svg } = await figure.picture();
    const table = (await figure.table())?.textContent ?? '';
    const words = (id: string): string => figure.shadowRoot?.getElementById(id)?.textContent?.trim() ?? '';
    return { place: words('place') || words('caption').replace(/[\d.]+ m?s$/, ''), svg, table };
  }, selector);
}

apart('shows the words, drawings and numbers that figures.js shows', async (tab, open) => {
  const figures =
    '<rnn-figure id="network" view="network" task="first" epoch="40" t="7" unit="5"></rnn-figure><rnn-figure id="training" view="training" task="first" units="4"></rnn-figure>';
  const seen: Awaited<ReturnType<typeof shown>>[][] = [];
  for (const script of [CLASSIC, MODULE]) {
    await open(script, figures);
    seen.push([await shown(tab, '#network'), await shown(tab, '#training')]);
  }
  const [[network, training] = [], module] = seen;
  assert.match(network?.place ?? '', /^After 40 epochs.*right on \d/);
  assert.ok((network?.table.match(/\d/g) ?? []).length > 100 && network?.svg.includes('<path'));
  assert.ok(training?.place && /<path[^>]* d="M/.test(training.svg));
  assert.deepEqual(module, [network, training]);
});

apart('a figure’s scripts are fetched once a view shows it', async (tab, open) => {
  const add = async (view: string): Promise<void> => {
    await tab.evaluate((name: string) => {
      const figure = document.createElement('rnn-figure') as RnnFigure;
      figure.view = name;
      document.querySelector('main')?.prepend(figure);
    }, view);
    await ready(tab, 'main > :first-child');
  };
  await open(MODULE, '<div style="height: 5000px"></div><rnn-figure view="many"></rnn-figure>');
  await tab.evaluate(() => customElements.whenDefined('rnn-figure').then(() => undefined));
  assert.deepEqual(
    (await fetched(tab)).map((name) => name.replace(/^.*\/|-[\w-]{8}(?=\.js)/g, '')),
    ['figures.mjs', 'rnn-figure.js'],
    'a figure far from the screen asks for nothing',
  );
  await add('training');
  assert.deepEqual(await figuresFetched(tab), ['curves']);
  await add('network');
  assert.deepEqual(await figuresFetched(tab), ['curves', 'network']);
  await add('arithmetic');
  assert.deepEqual(await figuresFetched(tab), ['arithmetic', 'curves', 'network']);
});

/** The maximum size in bytes, gzipped, of all that is fetched until the view is drawn. */
for (const [view, most] of [
  ['training', 173_400],
  ['network', 203_200],
] as const)
  apart(`the first figure, ${view}, takes at most ${most / 1000} kB, gzipped`, async (tab, open) => {
    const from = await open(MODULE, `<rnn-figure view="${view}"></rnn-figure>`);
    await ready(tab);
    const files = (await fetched(tab)).map((name): [string, number] => [
      name,
      sent(join(dist, name.slice(from.length))),
    ]);
    const sum = files.reduce((all, [, bytes]) => all + bytes, 0);
    assert.ok(files.length > 5 && sum <= most, `${sum} bytes: ${JSON.stringify(files)}`);
  });

apart('data of the lesson are not in the module, and the figure says so', async (tab, open) => {
  const figure =
    '<rnn-figure view="training" state="#v=1&amp;task=series&amp;n=1430&amp;steps=7&amp;cell=gru"></rnn-figure>';
  const says = (words: string): Promise<void> =>
    tab.until(
      (wanted: string) => document.querySelector('rnn-figure')?.shadowRoot?.textContent?.includes(wanted),
      words,
    );
  await open(MODULE, figure);
  await says('figures.mjs does not hold the table and the text of the lesson. Use figures.js');
  await open(CLASSIC, figure);
  await ready(tab);
  assert.equal(
    await tab.evaluate(() => document.querySelector('rnn-figure')?.shadowRoot?.textContent?.includes('figures.mjs')),
    false,
  );
});

const BOTH = [
  [CLASSIC, MODULE],
  [MODULE, CLASSIC],
] as const;
for (const [first, second] of BOTH)
  apart(`${first('')} before ${second('')} is one element`, async (tab, open) => {
    await open((scripts) => first(scripts) + second(scripts), FIGURE);
    await ready(tab);
    await walks(tab);
    await sameAsLab(tab);
  });

apart('a copied link opens the page that the attribute names, and a file of weights is read', async (tab, open) => {
  await open(MODULE, '<rnn-figure task="first" epochs="2" controls="take" link="pages/lab.html"></rnn-figure>');
  await ready(tab);
  await tab.evaluate(() => {
    const clipboard = { writeText: (text: string) => Promise.resolve(void Object.assign(window, { copied: text })) };
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
  });
  await tab.click('rnn-figure >>> [data-take="link"]');
  await tab.until(() => 'copied' in window);
  const page = await tab.evaluate(() => location.href);
  assert.equal(
    await tab.evaluate(() => (window as unknown as { copied: string }).copied),
    new URL('pages/lab.html#v=1&epochs=2', page).href,
  );
  const model = (await load()).sequential({ units: 3, timesteps: 10, cell: 'lstm', seed: 5 });
  await tab.evaluate(
    (bytes: number[]) => (document.querySelector('rnn-figure') as RnnFigure).loadWeights(Uint8Array.from(bytes)),
    [...(await model.saveNpz())],
  );
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.getElementById('place')
      ?.textContent?.startsWith('With the weights from a file: right on '),
  );
});

/** Without one of its files. */
function incomplete(folder: string): string {
  for (const name of ['figures.mjs', 'figures']) cpSync(join(dist, name), join(folder, name), { recursive: true });
  for (const name of readdirSync(join(folder, 'figures')).filter((file) => file.startsWith('view-')))
    rmSync(join(folder, 'figures', name));
  return folder;
}
apart(
  'a script that does not come: a still picture, and the reason',
  async (tab, open) => {
    await open(MODULE, '<rnn-figure></rnn-figure>');
    const why = await tab.evaluate(async () => {
      await customElements.whenDefined('rnn-figure');
      return (document.querySelector('rnn-figure') as RnnFigure).ready.catch((error: Error) => error.message);
    });
    assert.match(String(why), /^a part of this page did not arrive/);
    assert.match(await tab.text('rnn-figure >>> figcaption'), /a still picture, .*did not arrive/);
  },
  { scripts: incomplete, but: /\/figures\/view-/ },
);
