// Printed pages: every figure has its drawing, nothing is cut off, and nothing is there to press. Afterwards the page is
// as it was.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { figures, page, ready } from './figures.ts';
import { forEachBrowser, type Tab } from './harness.ts';
import { openLab, openNotebook } from './pages.ts';

const only = {
  width: 1280,
  height: 800,
  without: { firefox: 'its driver emulates no paper', webkit: 'its driver emulates no paper' },
};

interface Paper {
  figures: number;
  undrawn: string[];
  pressable: string[];
  cut: string[];
}

/** What is on paper, in the page and in all shadow roots. */
const onPaper = (tab: Tab): Promise<Paper> =>
  tab.evaluate(() => {
    const deep = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])]);
    const hostOf = (part: Element): Element | undefined => (part.getRootNode() as ShadowRoot).host;
    const nameOf = (part: Element): string =>
      `${hostOf(part)?.localName ?? ''} ${part.localName}#${part.id}.${part.getAttribute('class') ?? ''} ${(part.textContent ?? '').trim().slice(0, 20)}`;
    const all = deep(document.body).filter((part) => part.checkVisibility({ visibilityProperty: true }));
    const drawings = all.filter(
      ({ localName }) =>
        localName.startsWith('rnn-') && !/^rnn-(figure|handle|symbol|save|training|code-cell|predict)$/.test(localName),
    );
    const parentOf = (part: Element): Element | null => part.parentElement ?? hostOf(part) ?? null;
    const spoken = (part: Element | null): boolean =>
      part !== null && (part.matches('.visually-hidden') || spoken(parentOf(part)));
    const cut = all.filter((part) => {
      const clips = getComputedStyle(part).overflowX !== 'visible' && part instanceof HTMLElement;
      if (clips && !spoken(part) && part.scrollWidth > part.clientWidth + 1) return true;
      if (part.localName !== 'text' || part.textContent === '') return false;
      const box = part.getBoundingClientRect();
      for (let around = parentOf(part); around; around = parentOf(around)) {
        if (getComputedStyle(around).overflowX === 'visible') continue;
        const room = around.getBoundingClientRect();
        if (box.left < room.left - 1 || box.right > room.right + 1) return true;
      }
      return box.left < -1 || box.right > 720;
    });
    return {
      figures: drawings.length,
      undrawn: drawings
        .filter(
          (figure) =>
            figure.hasAttribute('data-unprinted') ||
            figure.hasAttribute('data-outdated') ||
            !figure.shadowRoot?.querySelector('svg, canvas, table') ||
            figure.shadowRoot.querySelector('.waiting'),
        )
        .map(nameOf),
      pressable: all
        .filter(
          (part) =>
            part.matches(
              'button, .button, summary, input:is([type=range], [type=checkbox], [type=radio], [type=file])',
            ) && hostOf(part)?.localName !== 'rnn-symbol',
        )
        .map(nameOf),
      cut: [
        ...cut.map(nameOf),
        ...(document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the sheet'] : []),
      ],
    };
  });

/** What printing changes for a while, and how far figures were scrolled. */
const asItIs = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => {
    const deep = (root: Document | ShadowRoot): string[] => [
      `${root.adoptedStyleSheets.length} style sheets`,
      ...[...root.querySelectorAll<HTMLElement>('*')]
        .filter(({ localName }) => localName.startsWith('rnn-') || localName === 'body')
        .flatMap((part) => [
          /* a figure that was drawn for the first time on paper no longer needs the room that was kept for it */
          `${part.localName}#${part.id} ${part.clientWidth} ${part.getAttribute('style')?.replace(/min-block-size:[^;]*;/, '') || null} ${part.hasAttribute('data-printed')}`,
          ...[...(part.shadowRoot?.querySelectorAll('.frame, .plot') ?? [])].map(
            ({ clientWidth, scrollLeft }) => `${clientWidth} ${Math.round(scrollLeft)}`,
          ),
          ...(part.shadowRoot ? deep(part.shadowRoot) : []),
        ]),
    ];
    return [document.documentElement.dataset['theme'] ?? 'no theme', ...deep(document)];
  });

/** The keys of the print command, as far as the browser's dialog. */
async function printByKeys(tab: Tab): Promise<void> {
  await tab.evaluate(() => {
    globalThis.print = () => {
      document.body.dataset['prints'] = 'yes';
    };
  });
  await tab.press('Control', 'p');
  await tab.until(() => document.body.dataset['prints'] === 'yes');
}

/** Says everything that is wrong at once. SHOTS=folder keeps a picture of the paper. */
async function assertWhole(tab: Tab, name: string, least: number): Promise<void> {
  /* a browser tells its pages of other media with the next frame */
  await tab.until(
    () =>
      document.body.style.width === '700px' ||
      document.querySelector<HTMLElement>('rnn-figure')?.style.colorScheme === 'light',
  );
  const { SHOTS } = process.env;
  if (SHOTS) writeFileSync(`${SHOTS}/${name}.png`, (await tab.page?.screenshot({ fullPage: true })) ?? '');
  const { figures, ...wrong } = await onPaper(tab);
  assert.deepEqual(wrong, { undrawn: [], pressable: [], cut: [] });
  assert.ok(figures >= least, `${figures} figures`);
}

for (const [name, open, least] of [
  ['lab', openLab, 6],
  ['notebook', openNotebook, 5],
] as const)
  forEachBrowser(
    `printing: by keys, the ${name} is printed whole, although nobody has scrolled`,
    async (tab) => {
      await open(tab);
      await printByKeys(tab);
      const before = await asItIs(tab);
      await tab.resize(718, 1000); /* a sheet of A4 */
      await tab.page?.emulateMediaType('print');
      await assertWhole(tab, name, least);
      const pdf = await tab.page?.pdf({ format: 'A4' });
      if (process.env.SHOTS && pdf) writeFileSync(`${process.env.SHOTS}/${name}.pdf`, pdf);
      await tab.page?.emulateMediaType('screen');
      await tab.resize(1280, 800);
      await tab.until(() => innerWidth === 1280 && document.documentElement.dataset['theme'] === undefined);
      /* the sizes of the window are told in a frame, and drawn in the next */
      await tab.until(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))),
      );
      assert.deepEqual(await asItIs(tab), before);
      assert.deepEqual(tab.problems, []);
    },
    only,
  );

const PRINTED: [views: string[], drawings: number][] = [
  [['network', 'training', 'backward', 'data', 'arithmetic'], 5],
  [['unrolled', 'norms', 'lengths', 'sketch', 'many'], 4],
  [['slowly', 'compare', 'lesson'], 3],
  [['notebook-data', 'notebook-scatter', 'notebook-curves', 'notebook-network', 'notebook-twins'], 4],
];

for (const [views, least] of PRINTED)
  figures(
    `printing: figures in another page are printed whole, although nobody has scrolled: ${views}`,
    async (tab) => {
      const host = views
        .map((view) => {
          const more = view === 'compare' ? 'compare="units" than="16"' : '';
          return `<div class="far"><rnn-figure view="${view}" task="first" epochs="2" ${more}></rnn-figure></div>`;
        })
        .join('');
      await tab.open(page('printing', host, '<style>@media screen { .far { min-height: 3000px } }</style>'));
      await ready(tab);
      await printByKeys(tab);
      await ready(tab, views.length);
      await tab.resize(718, 1000);
      await tab.page?.emulateMediaType('print');
      await assertWhole(tab, `host-${views[0]}`, least);
    },
    only,
  );

forEachBrowser(
  'printing: out of the browser’s menu, a figure that has not been drawn says so on paper',
  async (tab) => {
    await openLab(tab);
    await tab.evaluate(() => {
      addEventListener('beforeprint', () => {
        const said = [...document.querySelectorAll('[data-unprinted]')];
        document.body.dataset['said'] = said.map((part) => getComputedStyle(part, '::after').content).join('\n');
        document.body.dataset['width'] = String(document.body.clientWidth);
      });
    });
    await tab.page?.pdf({ format: 'A4' });
    const { said, width } = await tab.evaluate(() => ({ ...document.body.dataset }) as { said: string; width: string });
    assert.match(said, /^"This figure had not been drawn when the page was printed\. Please print the page again\."/);
    assert.equal(width, '700');
    assert.deepEqual(
      await tab.evaluate(() => [document.querySelectorAll('[data-unprinted]').length, document.body.style.width]),
      [0, ''],
    );
  },
  only,
);
