// If an engine does not start, does not load, or ends, the page must work all the same or say what is wrong.
import assert from 'node:assert/strict';
import { forEachBrowser, serveSite, type Tab } from './harness.ts';
import { pasteData } from './pages.ts';
import { type Answer, serveUnruly, type UnrulySite } from './unruly.ts';

/** Adds a script that runs before the page's own. */
const inject = async (tab: Tab, script: string): Promise<void> => void (await tab.page?.evaluateOnNewDocument(script));

/** Shortens the page's beats of two seconds. */
const FAST =
  'const later = setTimeout; globalThis.setTimeout = (hear, time, ...rest) => later(hear, time === 2000 ? 100 : time, ...rest);';

/** Counts the workers and keeps them, so that the test can end them. */
const WATCH =
  'globalThis.workers = []; globalThis.Worker = class extends Worker { constructor(...given) { super(...given); workers.push(this); } };';

const NEVER = 'globalThis.Worker = class extends EventTarget { postMessage() {} terminate() {} };';

/** Each page's address, a setting that changes its network, and the position of its result. */
const PAGES = {
  lab: {
    path: 'lab.html#v=1&epochs=5',
    other: '#v=1&epochs=7',
    says: '#place',
    first: /^After 5 epochs/,
    next: /^After 7 epochs/,
  },
  notebook: {
    path: 'notebook.html#v=1&epochs=5',
    other: '#v=1&epochs=7',
    says: '#log',
    first: /Epoch 5\/5\n.*$/,
    next: /Epoch 7\/7\n.*$/,
  },
  /* a figure with its own engine in a page */
  figure: {
    path: 'unrolled.html#view=lab&v=1&epochs=5',
    other: '#view=lab&v=1&epochs=7',
    says: 'rnn-figure >>> #place',
    first: /^After 5 epochs/,
    next: /^After 7 epochs/,
  },
} as const;

type Page = keyof typeof PAGES;

const says = (tab: Tab, selector: string, what: RegExp): Promise<void> =>
  tab.until(
    (path: string, source: string) => {
      let scope: ParentNode | null | undefined = document;
      let found: Element | null | undefined;
      for (const part of path.split(' >>> ')) {
        found = scope?.querySelector(part);
        scope = found?.shadowRoot;
      }
      return new RegExp(source).test(found?.textContent ?? '');
    },
    selector,
    what.source,
  );

const refusedOf = (name: Page): string => (name === 'figure' ? 'rnn-figure >>> #refused' : '#refused');

/** Checks that the first network is there, that another follows the address, and that there are no errors. */
async function works(tab: Tab, name: Page): Promise<void> {
  const page = PAGES[name];
  await says(tab, page.says, page.first);
  await tab.evaluate((hash: string) => {
    location.hash = hash;
  }, page.other);
  await says(tab, page.says, page.next);
  assert.equal(await tab.text(refusedOf(name)), '');
}

function each(
  title: string,
  pages: readonly Page[],
  before: string,
  body: (tab: Tab, name: Page) => Promise<void>,
): void {
  for (const name of pages)
    forEachBrowser(
      `engines: ${title}, ${name}`,
      async (tab) => {
        const site = await serveSite();
        await inject(tab, before);
        await tab.open(site.url + PAGES[name].path);
        await body(tab, name);
      },
      { without: { webkit: 'takes no script before the page’s' } },
    );
}

const ALL = ['lab', 'notebook', 'figure'] as const;

each('no Worker at all', ALL, 'delete globalThis.Worker;', works);
each(
  'a Worker that throws',
  ALL,
  'globalThis.Worker = class { constructor() { throw new DOMException("no", "SecurityError"); } };',
  works,
);
each(
  'a Worker whose script does not run',
  ALL,
  'globalThis.Worker = class extends EventTarget { constructor() { super(); queueMicrotask(() => this.dispatchEvent(new ErrorEvent("error", { cancelable: true }))); } postMessage() {} terminate() {} };',
  works,
);
each(
  'no observers of sizes or of sight',
  ALL,
  'delete globalThis.ResizeObserver; delete globalThis.IntersectionObserver;',
  async (tab, name) => {
    await works(tab, name);
    const figure = name === 'figure' ? 'rnn-figure >>> rnn-network >>> canvas, svg' : 'rnn-network >>> canvas, svg';
    assert.ok(await tab.middle(figure));
  },
);

each('a worker that is gone is replaced, and what it was asked is asked again', ALL, WATCH, async (tab, name) => {
  const page = PAGES[name];
  await says(tab, page.says, page.first);
  await tab.evaluate((hash: string) => {
    for (const worker of (globalThis as unknown as { workers: Worker[] }).workers) worker.terminate();
    location.hash = hash;
  }, page.other);
  await says(tab, page.says, page.next);
  assert.equal(await tab.text(refusedOf(name)), '');
  assert.equal(await tab.evaluate(() => (globalThis as unknown as { workers: Worker[] }).workers.length), 2);
});

each('a worker that outlives an error is not given up', ALL, WATCH, async (tab, name) => {
  await says(tab, PAGES[name].says, PAGES[name].first);
  await tab.evaluate(() => {
    for (const worker of (globalThis as unknown as { workers: Worker[] }).workers)
      worker.dispatchEvent(new ErrorEvent('error', { message: 'once', cancelable: true }));
  });
  await works(tab, name);
  assert.equal(await tab.evaluate(() => (globalThis as unknown as { workers: Worker[] }).workers.length), 1);
});

each('a worker that never answers is told, and the page works without it', ALL, FAST + NEVER, async (tab, name) => {
  /* a figure makes its parts when its script has arrived */
  await tab.until((selector: string) => {
    const place = selector
      .split(' >>> ')
      .reduce<ParentNode | null | undefined>(
        (scope, part, i) => (i ? (scope as Element)?.shadowRoot : scope)?.querySelector(part),
        document,
      ) as HTMLElement | null | undefined;
    if (!place) return false;
    const said = [place.textContent ?? ''];
    Object.assign(globalThis, { said });
    new MutationObserver(() => said.push(place.textContent ?? '')).observe(place, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return true;
  }, refusedOf(name));
  await works(tab, name);
  assert.deepEqual((await tab.evaluate(() => (globalThis as unknown as { said: string[] }).said)).filter(Boolean), [
    'The program that trains the network has not arrived yet. The connection may be slow. If nothing happens, please reload this page.',
  ]);
});

/** The pages that load their engines. */
function unruly(
  title: string,
  pages: readonly ('lab' | 'notebook')[],
  answer: (path: string) => Answer | 'hold' | undefined,
  body: (tab: Tab, name: Page, site: UnrulySite) => Promise<void>,
  before = '',
): void {
  for (const name of pages)
    forEachBrowser(
      `engines: ${title}, ${name}`,
      async (tab) => {
        const site = await serveUnruly(answer);
        try {
          await inject(tab, before);
          await tab.open(site.url + PAGES[name].path);
          await body(tab, name, site);
        } finally {
          await site.close();
        }
      },
      { without: { webkit: 'takes no script before the page’s' } },
    );
}

const FETCHED = ['lab', 'notebook'] as const;
const HTML: Answer = { type: 'text/html; charset=utf-8', body: '<!doctype html><title>Start</title>' };
const isWorker = (path: string): boolean => /\/worker-[^/]*\.js$/.test(path);
const isModule = (path: string): boolean => path.endsWith('.wasm');

for (const [kind, answer] of [
  ['is not there', { status: 404, type: 'text/plain', body: 'not found' }],
  ['is a page', HTML],
] as const)
  unruly(`a worker’s script that ${kind}`, FETCHED, (path) => (isWorker(path) ? answer : undefined), works);

unruly(
  'trusted types that let no worker begin',
  FETCHED,
  (path) =>
    /\/$|\.html$/.test(path)
      ? { headers: { 'Content-Security-Policy': "require-trusted-types-for 'script'; trusted-types lit-html" } }
      : undefined,
  works,
);
unruly(
  'trusted types',
  FETCHED,
  (path) =>
    /\/$|\.html$/.test(path)
      ? { headers: { 'Content-Security-Policy': "require-trusted-types-for 'script'" } }
      : undefined,
  async (tab, name) => {
    await works(tab, name);
    assert.equal(await tab.evaluate(() => (globalThis as unknown as { workers: Worker[] }).workers.length), 1);
  },
  WATCH,
);

unruly(
  'a module that does not load is reported until it loads',
  FETCHED,
  (path) => (isModule(path) ? 'hold' : undefined),
  async (tab, name, site) => {
    await says(tab, '#refused', /^The program that trains the network has not arrived yet\./);
    site.release();
    await works(tab, name);
  },
  FAST,
);

for (const [kind, answer] of [
  ['is not there', { status: 404, type: 'text/plain', body: 'not found' }],
  ['is a page', HTML],
] as const)
  unruly(
    `a module that ${kind} is reported with what to do`,
    FETCHED,
    (path) => (isModule(path) ? answer : undefined),
    async (tab) => {
      await says(tab, '#refused', /^The network cannot run here: .*[Pp]lease reload this page\./);
    },
  );

/** The modules that were requested. */
const asked: string[] = [];
/** The number of requests for data.wasm that fail. */
let missing = 0;
const modules = (path: string): Answer | undefined => {
  if (isModule(path)) asked.push(path.split('/').at(-1) as string);
  return path.endsWith('/data.wasm') && missing-- > 0
    ? { status: 404, type: 'text/plain', body: 'not found' }
    : undefined;
};

const paste = (tab: Tab): Promise<void> => pasteData(tab, `y,x1,x2\n${'0,0.5,0.25\n1,0.75,0.5\n'.repeat(10)}`);

unruly('a page that only trains fetches only the network’s module', FETCHED, modules, async (tab, name) => {
  await works(tab, name);
  assert.deepEqual(asked.splice(0), ['unrolled.simd.wasm']);
});

unruly(
  'data.wasm is fetched with the first file of data; a failure is reported, and the next file tries again',
  ['lab'],
  modules,
  async (tab, name) => {
    missing = 1;
    await says(tab, '#place', PAGES.lab.first);
    assert.deepEqual(asked, ['unrolled.simd.wasm']);
    await paste(tab);
    await says(
      tab,
      '#bring-wrong',
      /^Files cannot be read or written here: a part of this page did not arrive\. .* Please reload this page\. What was shown before stays\.$/,
    );
    await works(tab, name);
    await paste(tab);
    await says(tab, '#bring-words', /^These are 20 sequences of 2 time steps/);
    await paste(tab);
    await tab.until(() => document.getElementById('bring-wrong')?.textContent === '');
    assert.deepEqual(asked.splice(0), ['unrolled.simd.wasm', 'data.wasm', 'data.wasm']);
  },
);

unruly(
  'without an engine in worker and page, the page says what to do',
  FETCHED,
  (path) =>
    isWorker(path) || /\/page-engine-[^/]*\.js$/.test(path)
      ? { status: 404, type: 'text/plain', body: 'not found' }
      : undefined,
  async (tab) => {
    await says(
      tab,
      '#refused',
      /^The network cannot run here: a part of this page did not arrive\. .* Please reload this page\./,
    );
  },
);

const PLAIN: Answer = { type: 'text/plain; charset=utf-8' };
for (const [page, script] of [
  ['', 'chapter'],
  ['notebook.html', 'notebook'],
  ['lab.html', 'lab'],
  ['share.html', 'share'],
  ['share.html', 'figures'],
  ['de/lab.html', 'lab'],
] as const)
  forEachBrowser(`engines: ${page || 'index.html'} says so when ${script}’s script does not run`, async (tab) => {
    const site = await serveUnruly((path) => (new RegExp(`/${script}(-[^/]*)?\\.js$`).test(path) ? PLAIN : undefined));
    try {
      await tab.open(site.url + page);
      /* the style shows it after some seconds: one page proves that, the others need not wait */
      if (page !== '')
        await tab.evaluate(() => {
          for (const animation of document.getAnimations()) animation.finish();
        });
      await tab.until(
        (words: string) => {
          const line = document.querySelector<HTMLElement>('.not-running');
          return (
            line?.checkVisibility({ visibilityProperty: true }) &&
            line.offsetHeight > 10 &&
            line.textContent?.startsWith(words)
          );
        },
        page.startsWith('de') ? 'Das Programm dieser Seite läuft nicht' : 'The program of this page is not running',
      );
    } finally {
      await site.close();
    }
  });

unruly(
  'a script that runs removes the message',
  FETCHED,
  () => undefined,
  async (tab, name) => {
    await works(tab, name);
    assert.equal(await tab.evaluate(() => document.querySelector('.not-running')), null);
  },
);

unruly(
  'without the script that draws pictures, the menu says what to do',
  ['lab'],
  (path) => (/\/picture-[^/]*\.js$/.test(path) ? { status: 404, type: 'text/plain', body: 'not found' } : undefined),
  async (tab) => {
    await says(tab, '#place', PAGES.lab.first);
    await tab.click('#figure + rnn-save >>> summary');
    await tab.click('#figure + rnn-save >>> button');
    await says(
      tab,
      '#figure + rnn-save >>> [role="status"]',
      /^The picture was not saved: a part of this page did not arrive\. .* Please reload this page\.$/,
    );
  },
);

unruly(
  'without the engine’s part for experiments, the export and the figures say what to do',
  ['lab'],
  (path) =>
    /\/experiments-[^/]*\.js$/.test(path) ? { status: 404, type: 'text/plain', body: 'not found' } : undefined,
  async (tab) => {
    await says(tab, '#place', PAGES.lab.first);
    await tab.click('[data-take="weights"]');
    await says(
      tab,
      '#take-wrong',
      /^The file was not saved: a part of this page did not arrive\. The site may .* Please reload this page\.$/,
    );
    await tab.middle('rnn-arithmetic');
    await says(
      tab,
      '#notices',
      /^Some numbers of this page cannot be computed: a part of this page did not arrive\. .* Please reload this page\.$/,
    );
  },
);

unruly(
  'without the script of a figure, the page says what to do',
  ['lab'],
  (path) => (/\/feed-[^/]*\.js$/.test(path) ? { status: 404, type: 'text/plain', body: 'not found' } : undefined),
  async (tab) => {
    await says(
      tab,
      '#notices',
      /^A figure of this page cannot be shown: a part of this page did not arrive\. .* Please reload this page\./,
    );
  },
);
