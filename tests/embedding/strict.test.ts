/**
 * Content security policies: the strictest one that allows everything needed, one that blocks workers, and one that
 * blocks WebAssembly.
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { root, type Tab, type View } from '../web/harness.ts';
import { gather, inHost, ready, sameAsLab, serveFolder, timestep, walks } from './host.ts';

/** The policy of the how-to. */
const POLICY = /^Content-Security-Policy: (.+)$/m.exec(
  readFileSync(join(root, 'docs/embedding/strict/README.md'), 'utf8'),
)?.[1] as string;

/** Counts workers, and records what the policy blocked and the figure's message about it. */
const WATCH = `
  globalThis.workers = 0; globalThis.refused = []; globalThis.told = [];
  globalThis.Worker = class extends Worker { constructor(...given) { super(...given); globalThis.workers++; } };
  document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective + ' ' + event.blockedURI));
  addEventListener('rnn-refused', ({ detail }) => told.push(detail.reason));
`;
type Watched = { workers: number; refused: string[]; told: string[] };
const watched = (tab: Tab): Promise<Watched> =>
  tab.evaluate(() => {
    const { workers, refused, told } = globalThis as unknown as Watched;
    return { workers, refused, told };
  });

/** A page whose own policy looks at every text. */
const DEFAULT = `
  globalThis.checked = 0;
  const check = (text) => { globalThis.checked++; return text; };
  globalThis.trustedTypes?.createPolicy('default', { createHTML: check, createScriptURL: check });
`;

/** The script is loaded twice, although its policies may be created only once. */
const TWICE = '<script src="figures.js" defer></script>';
/** `figures.js` comes after it, and finds the element defined. */
const MODULE = '<script type="module" src="figures.mjs"></script>';

/** The host's page under the policy, modified. */
function under(
  name: string,
  change: (policy: string) => string,
  body: (tab: Tab) => Promise<void>,
  view: View = {},
  but?: RegExp,
  before = TWICE,
): void {
  inHost(
    `strict: ${name}`,
    async (tab) => {
      const folder = gather('strict', 'figures.js', 'figures.mjs', 'figures');
      writeFileSync(join(folder, 'watch.js'), WATCH);
      writeFileSync(join(folder, 'default.js'), DEFAULT);
      const page = join(folder, 'index.html');
      writeFileSync(
        page,
        readFileSync(page, 'utf8').replace('<script', `<script src="watch.js"></script>${before}<script`),
      );
      const policy = change(POLICY);
      const site = await serveFolder(folder, { 'Content-Security-Policy': policy });
      try {
        await tab.open(site.url);
        await body(tab);
      } finally {
        await site.close();
      }
    },
    view,
    but,
  );
}

under(
  'everything runs, in workers, under the strictest policy',
  (policy) => policy,
  async (tab) => {
    await ready(tab);
    const { workers, refused, told } = await watched(tab);
    assert.deepEqual([refused, told], [[], []]);
    assert.ok(workers > 0, 'it runs in a worker');
    await walks(tab);
    await sameAsLab(tab);
  },
);

const noWorkers = (policy: string): string => policy.replace('worker-src blob:', "worker-src 'none'");
under(
  'no workers: it runs on the page, and the page stays the reader’s',
  noWorkers,
  async (tab) => {
    await ready(tab);
    await walks(tab);
    /* during a long run, keys still work and have a visible effect */
    await tab.evaluate(
      () => void (document.querySelector('rnn-figure') as RnnFigure).set({ epochs: 10000, units: 64, samples: 1000 }),
    );
    await tab.until(() => document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#offer')?.checkVisibility());
    await tab.click('rnn-figure >>> #offer-take');
    await tab.until(() =>
      /^Training: [1-9]/.test(
        document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#offer-text')?.textContent ?? '',
      ),
    );
    const from = await timestep(tab);
    await tab.focus('rnn-figure >>> rnn-network >>> .plot');
    await tab.press('ArrowLeft');
    await tab.until((t: number) => {
      const figure = document.querySelector('rnn-figure') as RnnFigure;
      return (
        figure.state?.['t'] === t &&
        figure.shadowRoot
          ?.querySelector('rnn-network')
          ?.shadowRoot?.querySelector('.figure')
          ?.textContent?.includes(`t = ${t}`)
      );
    }, from - 1);
    assert.match(await tab.text('rnn-figure >>> #offer-text'), /^Training: /);
    await tab.click('rnn-figure >>> #offer-stop');
    await tab.until(() =>
      /^This run takes/.test(
        document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#offer-text')?.textContent ?? '',
      ),
    );
    await tab.evaluate(
      () => void (document.querySelector('rnn-figure') as RnnFigure).set({ epochs: 40, units: 8, samples: 100 }),
    );
    await tab.until(() =>
      document
        .querySelector('rnn-figure')
        ?.shadowRoot?.querySelector('#place')
        ?.textContent?.startsWith('After 40 epochs'),
    );
    await sameAsLab(tab);
  },
  {},
  /worker/i,
);

for (const script of ['<script src="figures.js" defer></script>', '<script type="module" src="figures.mjs"></script>'])
  under(
    `a page with a default policy of trusted types allows no other one: ${script}`,
    (policy) => policy.replace('trusted-types unrolled lit-html', 'trusted-types default'),
    async (tab) => {
      await ready(tab);
      const { workers, told } = await watched(tab);
      assert.deepEqual(told, []);
      assert.ok(workers > 0, 'it runs in a worker');
      assert.ok(
        await tab.evaluate(() => !('trustedTypes' in globalThis) || (globalThis as { checked?: number }).checked),
      );
      await walks(tab);
    },
    {},
    /policy|trusted/i,
    `<script src="default.js"></script>${script}`,
  );

const usesModule = async (tab: Tab): Promise<void> => {
  await ready(tab);
  const scripts = await tab.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok(scripts.some((name) => /\/figures\/network-[\w-]{8}\.js$/.test(name)));
  await walks(tab);
};
const loadsFile = (tab: Tab): Promise<string> =>
  tab.evaluate(() =>
    (document.querySelector('rnn-figure') as RnnFigure).loadWeights(new Uint8Array(40)).then(
      () => '',
      (error: Error) => error.message,
    ),
  );
under(
  'the module runs in workers under the same policy, and cannot read files',
  (policy) => policy,
  async (tab) => {
    await usesModule(tab);
    const { workers, refused, told } = await watched(tab);
    assert.deepEqual([refused, told], [[], []]);
    assert.ok(workers > 0, 'it runs in a worker');
    assert.match(await loadsFile(tab), /^Files cannot be read or written here: /);
    await sameAsLab(tab);
  },
  {},
  /connect/i,
  MODULE,
);
under(
  'the module reads files where connect-src allows it',
  (policy) => `${policy}; connect-src 'self'`,
  async (tab) => {
    await ready(tab);
    assert.match(await loadsFile(tab), /expected/, 'forty bytes are no file of weights');
  },
  {},
  /^$/,
  MODULE,
);
under(
  'no workers: the module runs on the page',
  noWorkers,
  async (tab) => {
    await usesModule(tab);
    await sameAsLab(tab);
  },
  {},
  /worker/i,
  MODULE,
);

const noWasm = (policy: string): string => policy.replace(" 'wasm-unsafe-eval'", '');
under(
  'no WebAssembly: a still picture, and the reason',
  noWasm,
  async (tab) => {
    await tab.until(() => (globalThis as unknown as Watched).told.length === 1);
    const { refused, told } = await watched(tab);
    assert.deepEqual(
      refused.filter((one) => !/wasm|eval/.test(one)),
      [],
    );
    assert.match(told[0] as string, /WebAssembly/);
    assert.match(
      await tab.text('rnn-figure >>> figcaption'),
      /^The network over time: this is a still picture, because the network cannot run here: /,
    );
    assert.ok(
      await tab.evaluate(() =>
        document.querySelector('rnn-figure')?.shadowRoot?.querySelector('svg')?.checkVisibility(),
      ),
    );
  },
  {},
  /wasm|WebAssembly/i,
);
