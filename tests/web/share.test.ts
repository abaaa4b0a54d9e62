// share.html: the copied text must give the same figure elsewhere, on one printed page, and large enough for a room.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { fromAddress } from '../../web/state/address.ts';
import { LAB } from '../../web/state/pages.ts';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { type Snippets, snippetsOf, type Wanted } from '../../web/share/snippets.ts';
import { forEachBrowser, root, serveSite, type Tab, type View } from './harness.ts';
import { pagesOf } from './pdf.ts';

let site: Awaited<ReturnType<typeof serveSite>>;
before(async () => {
  site = await serveSite();
});
after(() => site.close());

const ADDRESS = '#view=network&controls=step,play,rate&v=1&task=first&units=6&t=4&unit=2&at=40&x=3:0.5&rate=0.02';

function share(
  name: string,
  hash: string,
  body: (tab: Tab) => Promise<void>,
  view: View = { width: 1280, height: 900 },
): void {
  forEachBrowser(
    `share: ${name}`,
    async (tab) => {
      await tab.open(`${site.url}share.html${hash}`);
      await tab.until(() => document.querySelector('rnn-figure')?.matches('[data-ready]'));
      await body(tab);
      assert.deepEqual(tab.problems, []);
    },
    view,
  );
}

const texts = (tab: Tab): Promise<Snippets> =>
  tab.evaluate(() =>
    Object.fromEntries([...document.querySelectorAll('textarea')].map(({ id, value }) => [id, value])),
  ) as unknown as Promise<Snippets>;
const place = (tab: Tab): Promise<string> =>
  tab.evaluate(() => document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#place')?.textContent ?? '');

share('element, frame, link and Markdown each open the chosen figure', ADDRESS, async (tab) => {
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.querySelector('#place')
      ?.textContent?.startsWith('After 10 epochs'),
  );
  const [words, { element, frame, link, markdown }] = [await place(tab), await texts(tab)];
  assert.match(
    element,
    /^<script src="http:\/\/localhost:\d+\/figures.js" defer><\/script>\n<rnn-figure view="network" task="first" units="6" t="4" unit="2" epoch="10" x="3:0.5" rate="0.02" controls="step,play,rate"><\/rnn-figure>$/,
  );
  assert.equal(markdown, `[The network over time](${link})\n\n${frame}\n`);
  assert.match(
    frame,
    /^<iframe src="[^"]+" sandbox="allow-scripts allow-downloads" allow="clipboard-write" loading="lazy" title="The network over time" width="100%" height="1664" frameborder="0"><\/iframe>$/,
  );
  /* the element in a page on the disk */
  const folder = join(root, process.env.BUILD ?? 'build', 'tests', 'shared');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(root, process.env.DIST ?? 'dist', 'figures.js'), join(folder, 'figures.js'));
  const page = join(folder, 'page.html');
  writeFileSync(
    page,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">${element.replace(/http:.*figures/, 'figures')}</html>`,
  );
  await tab.open(pathToFileURL(page).href);
  await tab.until(
    (wanted: string) =>
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#place')?.textContent === wanted,
    words,
  );
  const address = await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).address);
  assert.deepEqual(
    fromAddress(LAB, address).state,
    fromAddress(LAB, `#${ADDRESS.split('&').slice(2).join('&')}`).state,
  );
  /* the link */
  await tab.open(link);
  await tab.until(
    (wanted: string) =>
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#place')?.textContent === wanted,
    words,
  );
  assert.deepEqual(
    await tab.evaluate(() =>
      [...(document.querySelector('rnn-figure')?.shadowRoot?.querySelectorAll('rnn-handle') ?? [])].map((handle) =>
        handle.getAttribute('field'),
      ),
    ),
    ['rate'],
  );
});

share(
  'colors and width are in the address, and a dark element has its own background',
  '#view=training&scheme=dark&width=narrow&v=1&task=first&epochs=8',
  async (tab) => {
    assert.deepEqual(
      await tab.evaluate(() =>
        ['scheme', 'width'].map((id) => (document.getElementById(id) as HTMLSelectElement).value),
      ),
      ['dark', '2'],
    );
    assert.deepEqual(await tab.faults(), []); /* including contrast */
    const { element, link } = await texts(tab);
    assert.match(link, /#view=training&scheme=dark&v=1&/);
    const folder = join(root, process.env.BUILD ?? 'build', 'tests', 'shared');
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(root, process.env.DIST ?? 'dist', 'figures.js'), join(folder, 'figures.js'));
    writeFileSync(
      join(folder, 'dark.html'),
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>dark</title><link rel="icon" href="data:,"></head><body><main><h1>A dark figure</h1>${element.replace(/src="[^"]*"/, 'src="figures.js"')}</main></body></html>`,
    );
    await tab.select('#scheme', 'light');
    await tab.until(() => location.hash.includes('scheme=light') && location.hash.includes('width=narrow'));
    await tab.open(pathToFileURL(join(folder, 'dark.html')).href);
    await tab.until(() => document.querySelector('rnn-figure')?.matches('[data-ready]'));
    assert.deepEqual(await tab.faults(), []); /* including contrast */
    assert.equal(
      await tab.evaluate(() => getComputedStyle(document.querySelector('rnn-figure') as Element).backgroundColor),
      'rgb(18, 21, 27)',
    );
    /* the link is dark, too */
    await tab.open(link);
    await tab.until(() => document.querySelector('rnn-figure')?.matches('[data-ready]'));
    assert.equal(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(18, 21, 27)');
  },
);

share(
  'an epoch in the address is the shared moment until the reader moves on',
  '#view=network&controls=step&v=1&task=first&epoch=10',
  async (tab) => {
    await tab.until(() =>
      document
        .querySelector('rnn-figure')
        ?.shadowRoot?.querySelector('#place')
        ?.textContent?.startsWith('After 10 epochs'),
    );
    assert.match((await texts(tab)).element, / epoch="10" /);
    await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).set({ at: 20 }));
    await tab.until(() => (document.getElementById('element') as HTMLTextAreaElement).value.includes(' epoch="5" '));
    await tab.click('#as-class');
    await tab.until(() =>
      document
        .querySelector('rnn-figure')
        ?.shadowRoot?.querySelector('#place')
        ?.textContent?.startsWith('After 5 epochs'),
    );
  },
);

share(
  'the reader’s changes, and the controls for the class, are in the texts and in the address',
  '#view=network&v=1&task=first',
  async (tab) => {
    await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).set({ t: 3 }));
    await tab.click('#controls input[value="speed"]');
    await tab.click('#fields input[value="units"]');
    await tab.until(() =>
      (document.getElementById('element') as HTMLTextAreaElement).value.includes(
        'controls="step,play,sequence,what-if,pictures,units"',
      ),
    );
    assert.ok((await texts(tab)).element.includes(' t="3" '));
    await tab.until(() => location.hash === '#view=network&controls=step,play,sequence,what-if,pictures,units&v=1&t=3');
    await tab.click('#as-class');
    await tab.until(
      () => document.querySelector('rnn-figure')?.shadowRoot?.querySelectorAll('.settings rnn-handle').length === 1,
    );
    assert.equal(await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t']), 3);
  },
);

share('Back returns to the previous figure as it was', '#view=network&v=1&task=first&t=4', async (tab) => {
  await tab.evaluate(() => {
    (document.querySelector('rnn-figure') as RnnFigure).set({ t: 3 });
  });
  await tab.until(() => (document.getElementById('link') as HTMLTextAreaElement).value.includes('t=3'));
  await tab.select('#view', 'backward');
  await tab.until(() => location.hash === '#view=backward&v=1&t=3');
  await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).set({ t: 9 }));
  await tab.until(() => location.hash === '#view=backward&v=1&t=9');
  await tab.evaluate(() => history.back());
  await tab.until(
    () =>
      document.querySelector('rnn-figure')?.getAttribute('view') === 'network' &&
      (document.querySelector('rnn-figure') as RnnFigure).state?.['t'] === 3,
  );
  assert.match((await texts(tab)).element, /view="network" t="3"/);
});

forEachBrowser('share: one printed page contains picture, formula and table', async (tab) => {
  await tab.open(`${site.url}share.html#view=network&v=1&task=first&t=7&unit=5`);
  await tab.until(() => document.querySelector('rnn-figure')?.matches('[data-ready]'));
  await tab.evaluate(() => {
    globalThis.print = () => {
      (globalThis as unknown as { paper: boolean }).paper = true;
    };
  });
  await tab.click('#print');
  await tab.until(() => (globalThis as unknown as { paper?: boolean }).paper);
  const [formula, rows, width] = await tab.evaluate(() => {
    const page = document.querySelector('#printed') as HTMLElement;
    return [
      page.querySelector('.formula')?.textContent,
      [...page.querySelectorAll('tbody tr')].map((row) => row.textContent?.replace(/\s+/g, ' ').trim()),
      page.querySelector('img')?.naturalWidth,
    ];
  });
  assert.equal(formula, 'ht = tanh(U xt + W ht−1 + b)');
  assert.equal(rows?.length, 8);
  assert.ok((width ?? 0) > 300);
  if (!tab.page) return;
  assert.equal(pagesOf(await tab.page.pdf({ format: 'A4' })), 1);
});

for (const [view, rows, width] of [
  ['arithmetic&units=6&cell=gru', 9, 1440],
  ['arithmetic&units=6&cell=gru', 9, 1280],
  ['arithmetic&units=6&cell=gru', 9, 390],
  ['backward&steps=30', 14, 1440],
  ['backward&steps=30', 14, 1280],
  ['training&cell=lstm', 14, 1280],
  ['notebook-model', 0, 1280],
] as const)
  forEachBrowser(
    `share: ${view} is printed on one white page from a dark one, visible or not, ${width} px`,
    async (tab) => {
      await tab.open(`${site.url}share.html#view=${view}${view.startsWith('notebook') ? '' : '&v=1&unit=2'}`);
      await tab.until(() =>
        document
          .querySelector('rnn-figure')
          ?.shadowRoot?.querySelector('.root pre, .root rnn-curves, .root rnn-arithmetic, .root rnn-backward'),
      );
      await tab.evaluate(() => {
        globalThis.print = () => document.body.classList.add('paper');
      });
      await tab.click('#print');
      await tab.until(() => document.body.matches('.paper') || !document.getElementById('print-wrong')?.hidden);
      const [wrong, paper, count, formula, theme] = await tab.evaluate(() => {
        const page = document.getElementById('printed') as HTMLElement;
        const svg = decodeURIComponent(page.querySelector('img')?.src ?? '');
        return [
          document.getElementById('print-wrong')?.textContent,
          svg && /<rect[^>]*fill="([^"]*)"/.exec(svg)?.[1],
          page.querySelectorAll('tbody tr').length,
          page.querySelector('.formula')?.textContent,
          document.documentElement.dataset['theme'],
        ] as const;
      });
      assert.equal(wrong, '');
      assert.equal(paper, rows > 0 ? '#ffffff' : '');
      assert.equal(count, rows);
      if (view.includes('gru')) assert.equal(formula, 'ut = σ(Uu xt + Wu ht−1 + bu)');
      assert.equal(theme ?? '', '', 'the page has its own colors again');
      for (const format of ['A4', 'letter'] as const)
        if (tab.page) assert.equal(pagesOf(await tab.page.pdf({ format })), 1, format);
      assert.deepEqual(tab.problems, []);
    },
    { width, height: 900, scheme: 'dark' },
  );

share(
  'a figure that cannot be printed says so, and an earlier one is not printed again',
  '#view=many&v=1&task=first',
  async (tab) => {
    await tab.click('#print');
    await tab.until(
      () => document.getElementById('print-wrong')?.textContent === 'Not printed: there is nothing to see yet.',
    );
    assert.equal(await tab.evaluate(() => document.getElementById('printed')?.childElementCount), 0);
    await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).set({ epochs: 3 }));
    await tab.until(() => document.getElementById('print-wrong')?.hidden);
  },
);

const walked = (tab: Tab): Promise<Readonly<Record<string, unknown>>> =>
  tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).state ?? {});

/** Checks that the figure fits the window, and that its text has at least this size. */
const stands = (tab: Tab, least: number): Promise<void> =>
  tab.until((least: number) => {
    const inside = document
      .querySelector('rnn-figure')
      ?.shadowRoot?.querySelector('.projected[data-fits]') as HTMLElement | null;
    const box = inside?.getBoundingClientRect();
    if (!inside || !box || !document.querySelector('rnn-figure')?.matches('[data-ready]')) return false;
    return (
      (box.width / inside.offsetWidth) * 17 >= (least * innerHeight) / 1080 &&
      box.bottom <= innerHeight &&
      box.right <= innerWidth
    );
  }, least);

forEachBrowser(
  'share: on a projector a figure fits the window and follows the keys of a remote control, until Escape',
  async (tab) => {
    await tab.open(`${site.url}embed.html#view=network&projector=1&v=1&task=first&t=6&unit=3`);
    await stands(tab, 24);
    assert.equal(await tab.evaluate(() => document.activeElement?.localName), 'rnn-figure');
    for (const [key, t] of [
      ['PageDown', 7],
      ['PageDown', 8],
      ['PageUp', 7],
      ['ArrowDown', 7],
    ] as const) {
      await tab.press(key);
      assert.equal((await walked(tab))['t'], t, key);
    }
    for (let i = 0; i < 5; i++) await tab.press('PageDown');
    assert.equal((await walked(tab))['t'], 10, 'it ends at the last time step');
    /* the pointer hits what it points at in the enlarged figure */
    const at = await tab.evaluate(() => {
      const tick = document
        .querySelector('rnn-figure')
        ?.shadowRoot?.querySelector('rnn-network')
        ?.shadowRoot?.querySelector('.tick[data-time="4"]') as Element;
      const { x, y, width, height } = tick.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    });
    await tab.clickAt(at);
    await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t'] === 4);
    /* wherever the focus is in the figure */
    await tab.evaluate(() =>
      (
        document
          .querySelector('rnn-figure')
          ?.shadowRoot?.querySelector('rnn-network')
          ?.shadowRoot?.querySelector('.plot') as HTMLElement
      ).focus(),
    );
    await tab.press('PageDown');
    assert.equal((await walked(tab))['t'], 5);
    /* its content grows several times, and it must fit each time */
    for (let more = 1; more <= 4; more++) {
      await tab.evaluate((height: number) => {
        const grown = document.createElement('div');
        grown.style.height = `${height}px`;
        document.querySelector('rnn-figure')?.shadowRoot?.querySelector('.root')?.append(grown);
      }, 150 * more);
      await tab.until(() => {
        const root = document.querySelector('rnn-figure')?.shadowRoot?.querySelector('.root') as HTMLElement;
        const { bottom, height } = root.getBoundingClientRect();
        return root.hasAttribute('data-fits') && bottom <= innerHeight && height > 0.6 * innerHeight;
      });
    }
    await tab.press('Escape');
    await tab.until(
      () => !location.hash.includes('projector') && !document.querySelector('rnn-figure')?.matches('[projector]'),
    );
    assert.match(await tab.evaluate(() => location.hash), /&t=5&unit=3$/);
    await tab.until(() => document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#training'));
    await tab.evaluate(() => (document.querySelector('rnn-figure') as HTMLElement).focus());
    await tab.press('PageDown');
    assert.equal((await walked(tab))['t'], 5, 'a figure on a page leaves these keys alone');
    assert.deepEqual(tab.problems, []);
  },
  { width: 1920, height: 1080 },
);

for (const [view, field, next] of [
  ['arithmetic', 't', 7],
  ['backward', 't', 5],
  ['norms', 't', 5],
  ['lengths', 'length', 11],
  ['training', 'at', 84],
  ['data', 'sample', 1],
  ['notebook-curves', 'epochs', 11],
] as const)
  forEachBrowser(
    `share: on a projector ${view} fits, and its keys change ${field}`,
    async (tab) => {
      await tab.open(
        `${site.url}embed.html#view=${view}&projector=1&v=1&t=6${view.startsWith('notebook') ? '' : '&at=80&unit=2'}`,
      );
      await stands(tab, 24);
      await tab.press('PageDown');
      assert.equal((await walked(tab))[field], next);
      assert.deepEqual(tab.problems, []);
    },
    { width: 1920, height: 1080 },
  );

for (const scheme of ['light', 'dark'] as const)
  share(
    `no accessibility faults, and nothing is cut off, ${scheme}`,
    '#view=network&v=1&task=first',
    async (tab) => {
      assert.deepEqual(await tab.faults(scheme), []);
      for (const width of [320, 390, 768, 1440]) {
        await tab.resize(width, 900);
        await tab.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
        assert.equal(
          await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
          0,
          `${width} px`,
        );
      }
    },
    {
      width: 1280,
      height: 900,
      scheme,
      without: { webkit: 'axe-core takes long there: Chromium and Firefox are checked' },
    },
  );

share(
  'texts for other pages contain no style, which pages in MDX refuse',
  '#view=training&scheme=dark',
  async (tab) => {
    for (const text of Object.values(await texts(tab))) assert.doesNotMatch(text, /style=/);
    assert.match((await texts(tab)).element, / scheme="dark"/);
  },
);

share('a warning says that localhost is only this computer', '#view=training', async (tab) => {
  const warns = (): Promise<boolean | undefined> =>
    tab.evaluate(() => document.getElementById('only-here')?.checkVisibility());
  assert.equal(await warns(), true);
  await tab.select('#base', 'beside');
  assert.equal(await warns(), false);
});

share(
  'files beside a page: what to put there is named, and the boxes of the texts stand in an even grid',
  '',
  async (tab) => {
    await tab.press('Tab', 'Enter');
    await tab.until(() => document.activeElement?.id === 'take-title');
    await tab.select('#base', 'beside');
    const notice = await tab.text('#files-needed');
    for (const [text, file] of [
      ['element', 'figures.js'],
      ['frame', 'embed.html'],
    ] as const) {
      assert.ok((await texts(tab))[text].includes(`"./${file}`));
      assert.ok(notice.includes(file));
    }
    const tops = await tab.evaluate(() =>
      [...document.querySelectorAll('.snippet textarea')].map((box) => Math.round(box.getBoundingClientRect().top)),
    );
    assert.deepEqual([tops[0], tops[2]], [tops[1], tops[3]]);
  },
);

share('a published site’s texts name the files of its version', '#view=training', async (tab) => {
  await tab.evaluate(() => {
    (document.querySelector('main') as HTMLElement).dataset['version'] = 'v9.8.7/';
  });
  await tab.select('#scheme', 'dark');
  const { element, frame, link } = await texts(tab);
  for (const text of [element, frame, link]) assert.match(text, /:\d+\/v9\.8\.7\/(figures\.js|embed\.html)/);
});

share('the link of a figure opens the lab of this site', '#view=network&controls=take&v=1', async (tab) => {
  assert.match((await texts(tab)).element, / link="http:\/\/localhost:\d+\/lab\.html"/);
  await tab.select('#base', 'beside');
  assert.doesNotMatch((await texts(tab)).element, / link=/);
});

share(
  'two networks differ in something when they are chosen, and take little room otherwise',
  '#view=compare',
  async (tab) => {
    const height = async (): Promise<number> => Number(/height="(\d+)"/.exec((await texts(tab)).frame)?.[1]);
    assert.ok((await height()) < 400, 'nothing differs: the height of the frame');
    const own = await tab.evaluate(() => (document.querySelector('rnn-figure') as HTMLElement).offsetHeight);
    assert.ok(own < 2000, `nothing differs: the figure with all its settings is ${own} px high`);
    await tab.select('#view', 'training');
    await tab.select('#view', 'compare');
    await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['compare'] === 'units');
    assert.match((await texts(tab)).element, / compare="units"/);
    assert.ok((await height()) > 2000);
  },
);

share('a chapter of the lesson is shared with its step', '#view=lesson&chapter=6', async (tab) => {
  await tab.click('rnn-figure >>> #step-next');
  await tab.until(() => /step="2"/.test((document.getElementById('element') as HTMLTextAreaElement).value));
  const { element, link } = await texts(tab);
  assert.match(element, /<rnn-figure view="lesson" chapter="6" step="2" link="[^"]*\/index\.html"><\/rnn-figure>$/);
  await tab.open(link);
  await tab.until(
    () =>
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector('[aria-current=step]')?.textContent !== undefined,
  );
  assert.match(await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).address), /lesson=2/);
  assert.equal(await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).chapter), '6');
});

share('without a clipboard the text is selected', '#view=training', async (tab) => {
  await tab.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }));
  for (const id of ['element', 'frame', 'link', 'markdown']) {
    await tab.click(`[data-copy="${id}"]`);
    await tab.until((field: string) => document.activeElement?.id === field, id);
    assert.deepEqual(
      await tab.evaluate(() => {
        const field = document.activeElement as HTMLTextAreaElement;
        return [field.id, field.selectionStart, field.selectionEnd === field.value.length];
      }),
      [id, 0, true],
    );
    assert.match(await tab.text(`[data-copy="${id}"]`), /^Selected/);
  }
});

forEachBrowser('share: values that look like markup stay values', async () => {
  const wanted: Wanted = {
    view: 'network',
    controls: '"><script>alert(1)</script>',
    address: '#v=1&task=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E&t=3',
    base: 'https://example.org/"onload="x/',
    height: 100,
    scheme: undefined,
  };
  const { element, frame } = snippetsOf(wanted);
  for (const text of [element.replace(/^<script[^>]*><\/script>\n/, ''), frame]) {
    assert.doesNotMatch(text.slice(1), /<(?!\/rnn-figure>$|\/iframe>$)/, text);
    assert.equal((text.match(/"/g) ?? []).length % 2, 0);
  }
  assert.doesNotMatch(element + frame, /" ?onload=/);
});
