// The pages in another language: no English word left, the same numbers, no faults and nothing cut off, and links
// between the languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogueNames, catalogueOf } from '../../web/packaging/languages.mjs';
import { VIEWS, type View } from '../../web/embed/views.ts';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { pageName } from '../../web/packaging/lesson.mjs';
import { forEachBrowser, root, serveSite, type Tab } from './harness.ts';
import { openLab, openNotebook } from './pages.ts';
import { atRest, STATES, settled } from './states.ts';

const dist = join(root, process.env.DIST ?? 'dist');
/** Names of Python and of the address, which are the same in every language. */
const NAMES = new Set([
  'activation',
  'adding',
  'class',
  'coin',
  'early',
  'echo',
  'error',
  'first',
  'initializer',
  'last',
  'loss',
  'majority',
  'order',
  'own',
  'pair',
  'parity',
  'random',
  'recurrent',
  'rising',
  'series',
  'simple',
  'sine',
  'english',
]);

const words = (text: string): string[] =>
  (text.replace(/<\/?\d+>|\{\d+\}|&[a-z]+;/g, ' ').match(/\p{L}{3,}/gu) ?? []).map((word) => word.toLowerCase());

/** Words of the English pages that no sentence of this language contains. */
function foreign(language: string): (text: string) => string[] {
  const english = new Set<string>();
  const own = new Set<string>();
  for (const name of catalogueNames(language))
    for (const [key, text] of Object.entries(catalogueOf(language, name))) {
      for (const word of words(key.replace(/^[\w-]+\.(ts|html): /, ''))) english.add(word);
      for (const word of words(text)) own.add(word);
    }
  return (text) => words(text).filter((word) => english.has(word) && !own.has(word) && !NAMES.has(word));
}
const english = foreign('de');

/** Everything that a reader or a screen reader gets. */
const everything = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => {
    const spoken = [
      'alt',
      'aria-description',
      'aria-label',
      'aria-roledescription',
      'aria-valuetext',
      'label',
      'placeholder',
      'title',
    ];
    const out: string[] = [document.title];
    const walk = (node: Node): void => {
      if (node instanceof Text) out.push(node.data.trim());
      else if (node instanceof Element) {
        if (['SCRIPT', 'STYLE', 'PRE', 'CODE', 'NOSCRIPT'].includes(node.tagName.toUpperCase())) return;
        for (const name of spoken) if (node.hasAttribute(name)) out.push(node.getAttribute(name) as string);
        if (node.shadowRoot) walk(node.shadowRoot);
      }
      for (const child of node.childNodes) walk(child);
    };
    walk(document.body);
    return out.filter((text) => text !== '');
  });

/** The cells of all tables in order, which contain the numbers of every figure. */
const cells = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => {
    const all = (scope: Document | ShadowRoot): string[] =>
      [...scope.querySelectorAll('*')].flatMap((element) => [
        ...(element.tagName === 'TD' ? [element.textContent?.trim() ?? ''] : []),
        ...(element.shadowRoot ? all(element.shadowRoot) : []),
      ]);
    return all(document).filter((cell) => /^[−-]?[\d.]+$/.test(cell));
  });

const openTables = (tab: Tab): Promise<void> =>
  tab
    .evaluate(() => {
      const open = (scope: Document | ShadowRoot): void => {
        for (const element of scope.querySelectorAll('*')) {
          if (element instanceof HTMLDetailsElement) element.open = true;
          if (element.shadowRoot) open(element.shadowRoot);
        }
      };
      open(document);
    })
    .then(() => atRest(tab));

/** Names of settings that overlap their neighbors. */
const collisions = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() =>
    [...document.querySelectorAll('.setting')].flatMap((setting) => {
      const [name, value] = setting.children;
      if (!name || !value) return [];
      const range = document.createRange();
      range.selectNodeContents(name);
      const a = range.getBoundingClientRect();
      const b = value.getBoundingClientRect();
      return a.width > 0 && b.width > 0 && a.right > b.left + 0.5 && a.bottom > b.top + 0.5 && b.bottom > a.top + 0.5
        ? [`${name.textContent?.trim()}: ${a.right} of ${b.left}`]
        : [];
    }),
  );

const WIDTHS = [320, 390, 768, 1024, 1440];
const overflow = async (tab: Tab, name: string): Promise<void> => {
  for (const width of WIDTHS) {
    await tab.resize(width, 900);
    const [page, seen] = (await tab.evaluate(
      () =>
        new Promise((next) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() =>
              next([document.documentElement.scrollWidth, document.documentElement.clientWidth]),
            ),
          ),
        ),
    )) as [number, number];
    assert.ok(page <= seen, `${name}, ${width} px: ${page} of ${seen}`);
    assert.deepEqual(await collisions(tab), [], `${name}, ${width} px`);
  }
  await tab.resize(1280, 900);
};

for (const [i, [name, address]] of STATES.entries())
  forEachBrowser(
    `languages: the German page has no English word, and nothing is cut off, ${name}`,
    async (tab) => {
      await openLab(tab, `#v=1${address}`, 'de/');
      await settled(tab);
      assert.equal(await tab.evaluate(() => document.documentElement.lang), 'de');
      const told = await everything(tab);
      assert.ok(told.length > 100);
      assert.deepEqual(
        told.flatMap((text) => (english(text).length > 0 ? [`${english(text)}: ${text}`] : [])),
        [],
      );
      await overflow(tab, name);
      /* names and roles are those of the English page, which is checked in every state */
      for (const scheme of tab.browser === 'chromium' && address === '' ? (['light', 'dark'] as const) : []) {
        await tab.page?.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        await atRest(tab);
        assert.deepEqual(await tab.faults(scheme), [], scheme);
      }
      assert.deepEqual(tab.problems, []);
    },
    { every: i > 0, without: { webkit: 'its window is no narrower than 500 px' } },
  );

forEachBrowser(
  'languages: the notebook and the share page are in German, too',
  async (tab) => {
    const site = await serveSite();
    for (const [page, ready] of [
      ['notebook.html#v=1', '#log'],
      ['share.html', 'rnn-figure[data-ready]'],
    ] as const) {
      await tab.open(`${site.url}de/${page}`);
      await tab.until(
        (place: string) =>
          document.querySelector(place) !== null &&
          (place !== '#log' || document.querySelector(place)?.textContent?.includes('Epoch 10/10')),
        ready,
      );
      assert.deepEqual(
        (await everything(tab)).flatMap((text) => (english(text).length > 0 ? [`${english(text)}: ${text}`] : [])),
        [],
        page,
      );
      /* German separates thousands from five digits on, as the texts of the catalogs do */
      if (ready === '#log')
        await tab.until(() =>
          /^1121 Parameter/.test(
            document.querySelector('rnn-compare')?.shadowRoot?.querySelector('figcaption')?.textContent ?? '',
          ),
        );
      assert.deepEqual(await tab.faults(), [], page);
      await overflow(tab, page);
    }
    assert.deepEqual(tab.problems, []);
  },
  { every: true, without: { webkit: 'its window is no narrower than 500 px' } },
);

forEachBrowser(
  'languages: every number of every table is the same',
  async (tab) => {
    for (const address of ['#v=1&at=41&t=7&unit=3', '#v=1&task=adding&cell=lstm&gate=2&at=8']) {
      const found: string[][] = [];
      for (const folder of ['', 'de/']) {
        await openLab(tab, address, folder);
        await settled(tab);
        await openTables(tab);
        found.push(await cells(tab));
      }
      assert.ok((found[0] ?? []).length > 100, `${found[0]?.length}`);
      assert.deepEqual(found[1], found[0]);
    }
  },
  { every: true },
);

forEachBrowser('languages: the switch keeps the state, and an address can choose a language', async (tab) => {
  const site = await serveSite();
  const at = (): Promise<string> => tab.evaluate(() => location.href);
  try {
    await openLab(tab, '#v=1&epochs=7&t=3');
    await tab.until(() => /^After 7 epochs/.test(document.querySelector('#place')?.textContent ?? ''));
    await tab.focus('a[data-language=de]');
    await tab.press('Enter');
    await tab.until(() => /^Nach 7 Epochen/.test(document.querySelector('#place')?.textContent ?? ''));
    assert.equal(await at(), `${site.url}de/lab.html#v=1&epochs=7&t=3`);
    await tab.click('a[data-language=en]');
    await tab.until(() => /^After 7 epochs/.test(document.querySelector('#place')?.textContent ?? ''));
    assert.equal(await at(), `${site.url}lab.html#v=1&epochs=7&t=3`);

    await openNotebook(tab, '#v=1&epochs=3&lang=de');
    await tab.until(() => document.querySelector('#log')?.textContent?.includes('Epoch 3/3'));
    assert.equal(await at(), `${site.url}de/notebook.html#v=1&epochs=3`);

    /* an unknown language is reported, like any other unknown value */
    await openLab(tab, `#v=1&lang=xx`);
    await tab.until(() => /lang/.test(document.querySelector('#notices')?.textContent ?? ''));
    assert.deepEqual(tab.problems, []);
  } finally {
    await site.close();
  }
});

forEachBrowser(
  'languages: figures and the single file are in German, from the disk, in the reserved space',
  async (tab) => {
    await tab.open(pathToFileURL(join(dist, 'de/unrolled.html')).href);
    await tab.click('nav a[href="#view=notebook"]');
    await tab.until(() =>
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#log')?.textContent?.includes('Epoch 10/10'),
    );
    assert.equal(await tab.evaluate(() => document.documentElement.lang), 'de');
    assert.match(readFileSync(join(dist, 'de/figures.js'), 'utf8'), /Zeitschritt/);
    for (const width of [1000, 390]) {
      await tab.resize(width, 900);
      for (const [name, { height }] of Object.entries(VIEWS) as [string, View][]) {
        await tab.open('about:blank');
        await tab.open(
          `${pathToFileURL(join(dist, 'de/embed.html')).href}#view=${name}&task=first${name === 'compare' ? '&compare=units&than=16' : ''}`,
        );
        await tab.until(() => document.querySelector('rnn-figure[data-ready]'));
        const room = (await tab.evaluate(
          () => (document.querySelector('rnn-figure') as HTMLElement).offsetHeight,
        )) as number;
        /* a chapter has a height of its own: its room is kept only until it is there */
        if (tab.browser === 'chromium' && name !== 'lesson')
          assert.equal(room, height[width > 984 ? 0 : 2], `${name}, ${width} px`);
      }
    }
    assert.deepEqual(tab.problems, []);
  },
);

for (const width of [1440, 1030, 390])
  forEachBrowser(
    `languages: no word of a German chapter is wider than its column, ${width} px`,
    async (tab) => {
      const site = await serveSite();
      const wide: string[] = [];
      for (const name of CHAPTERS) {
        await tab.open(`${site.url}de/${pageName(name)}.html`);
        await tab.until(() => document.body.hasAttribute('data-stepped'));
        const steps = await tab.evaluate(() => document.querySelectorAll('[data-step]').length);
        for (let step = 1; step <= steps; step++) {
          await tab.evaluate((lesson: number) => {
            location.hash = `#v=1&lesson=${lesson}`;
          }, step);
          await tab.until(
            (lesson: number) => document.querySelectorAll('[data-step]')[lesson - 1]?.hasAttribute('data-current'),
            step,
          );
          const words = await tab.evaluate(() =>
            [
              ...document.querySelectorAll<HTMLElement>(
                'main :is(h1, h2, h3, p, li, label, button, legend, summary, th, td)',
              ),
            ]
              .filter((one) => one.offsetParent !== null && !one.closest('.visually-hidden, .contents ol'))
              .filter((one) => getComputedStyle(one).clipPath === 'none' && one.clientWidth > 0)
              .filter((one) => {
                const part = one.closest('.chapter > :not(.stage)');
                /* on a phone a step has no box of its own: its parts stand in the chapter's column */
                const box = part?.getClientRects().length === 0 ? part.parentElement : part;
                const column = box?.getBoundingClientRect().right ?? innerWidth;
                return one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > column + 1;
              })
              .map((one) => (one.textContent ?? '').trim().slice(0, 50)),
          );
          wide.push(...words.map((text) => `${name} ${step}: ${text}`));
        }
      }
      assert.deepEqual(wide, []);
    },
    { width, height: 900 },
  );
