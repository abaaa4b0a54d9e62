// The picture of every figure of the lab must look like the figure, be complete, and consist of lines and text.
import assert from 'node:assert/strict';
import { formatNumber } from '../../web/shared/format.ts';
import { forEachBrowser, type Tab, type View } from './harness.ts';
import { openLab, openNotebook, scrollThrough } from './pages.ts';
import { catchFiles, differences, drawn, saved } from './picture-files.ts';
import { atRest } from './states.ts';

/** The figures, each with the part that is compared with the screen. */
const FIGURES = {
  data: 'figure > [aria-hidden]',
  metric: '.plot',
  loss: '.plot',
  figure: '.plot',
  arithmetic: '.fall > svg',
  backward: '.plot',
  many: '.plot',
} as const;
type Id = keyof typeof FIGURES;

// biome-ignore lint/suspicious/noExplicitAny: each figure has properties of its own
type Any = any;

async function open(tab: Tab, address: string): Promise<void> {
  await openLab(tab, address);
  await catchFiles(tab);
}

/** Makes a figure visible and waits until it shows its numbers. */
async function ready(tab: Tab, id: Id): Promise<void> {
  await tab.evaluate((wanted) => document.getElementById(wanted)?.scrollIntoView({ behavior: 'instant' }), id);
  if (id === 'many') await tab.click('#many-run');
  await tab.until((wanted) => {
    const one = document.getElementById(wanted) as Any;
    const numbers: Record<string, unknown> = {
      data: one.predictions?.length,
      metric: one.series?.length && one.cursor,
      loss: one.series?.length && one.cursor,
      figure: one.trace && one.parameters,
      arithmetic: one.numbers,
      backward: one.sequence,
      many: one.runs?.length === 100 && one.caption,
    };
    return numbers[wanted] && one.updateComplete;
  }, id);
  await drawn(tab);
}

interface Facts {
  fault: string;
  title: string;
  words: string;
  names: string[];
  references: string[];
  missing: string[];
  twice: string[];
  fonts: string[];
  texts: string[];
  size: [number, number];
  shown: [number, number];
}

/**
 * The only rule that attributes cannot express. The page's policy would block it in a document that the page parses, so
 * it is removed first.
 */
const STYLE = '<style>text{font-variant-numeric:tabular-nums}</style>';

/** Facts about the file alone. */
const factsOf = (tab: Tab, svg: string): Promise<Facts> =>
  tab.evaluate(
    async (text) => {
      const made = new DOMParser().parseFromString(text, 'image/svg+xml');
      const all = [...made.querySelectorAll('*')];
      const attributes = all.flatMap((node) => [...node.attributes]);
      const ids = all.map(({ id }) => id).filter(Boolean);
      const used = [...text.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1] as string);
      const image = new Image();
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
      await image.decode();
      const length = (name: string): number => Number(made.documentElement.getAttribute(name));
      return {
        fault: made.querySelector('parsererror')?.textContent ?? '',
        title: made.querySelector('svg > title')?.textContent ?? '',
        words: made.querySelector('svg > desc')?.textContent ?? '',
        names: [...new Set(all.map(({ localName }) => localName))],
        references: attributes
          .filter(({ localName, value }) => /^(href|src)$/.test(localName) || /url\((?!#)/.test(value))
          .map(({ value }) => value.slice(0, 22)),
        missing: used.filter((id) => !ids.includes(id)),
        twice: ids.filter((id, k) => ids.indexOf(id) !== k),
        fonts: [
          ...new Set(attributes.filter(({ localName }) => localName === 'font-family').map(({ value }) => value)),
        ],
        texts: [...made.querySelectorAll('text')].map((node) => node.textContent ?? ''),
        size: [length('width'), length('height')] as [number, number],
        shown: [image.naturalWidth, image.naturalHeight] as [number, number],
      };
    },
    svg.replace(STYLE, ''),
  );

function assertComplete(facts: Facts, address: string): void {
  assert.equal(facts.fault, '');
  assert.ok(facts.title.length > 3);
  assert.ok(facts.words.length > 30 && facts.words.endsWith(address), facts.words);
  const known = [
    'svg',
    'title',
    'desc',
    'g',
    'path',
    'rect',
    'circle',
    'line',
    'polyline',
    'text',
    'tspan',
    'clipPath',
    'linearGradient',
    'stop',
  ];
  assert.deepEqual(
    facts.names.filter((name) => !known.includes(name)),
    [],
  );
  assert.deepEqual(facts.references, []);
  assert.deepEqual([facts.missing, facts.twice], [[], []]);
  for (const font of facts.fonts) assert.match(font, /(serif|sans-serif|monospace)$/);
  assert.deepEqual(facts.shown, facts.size);
}

/** The numbers that each figure shows, computed from its properties. */
const NUMBERS: Record<Id, (tab: Tab) => Promise<string[]>> = {
  data: async (tab) => {
    const answers: number[] = await tab.evaluate(() =>
      [...(document.getElementById('data') as Any).predictions].slice(0, 20),
    );
    return answers.map((p) => formatNumber(p, 2));
  },
  metric: (tab) => lasts(tab, 'metric'),
  loss: (tab) => lasts(tab, 'loss'),
  figure: async (tab) => {
    const { x, h } = await tab.evaluate(() => {
      const { trace } = document.getElementById('figure') as Any;
      return { x: [...trace.layers[0].x] as number[], h: [...trace.layers[0].h] as number[] };
    });
    /* a narrow cell shortens small numbers */
    const unit = Array.from({ length: 9 }, (_, t) => h[t * 8 + 2] as number).filter((value) => Math.abs(value) >= 0.1);
    return [...x.map((value) => formatNumber(value, 2)), ...unit.map((value) => formatNumber(value, 2))];
  },
  arithmetic: async (tab) => {
    const { product, sum } = await tab.evaluate(() => {
      const { terms } = (document.getElementById('arithmetic') as Any).numbers;
      return { product: [...terms.product] as number[], sum: [...terms.sum] as number[] };
    });
    return [...product, sum.at(-1) as number].map((value) => formatNumber(value, 3));
  },
  backward: async (tab) => {
    const facts = await tab.text('#backward >>> .facts');
    return facts.match(/0\.\d{3,}/g) ?? [];
  },
  many: async (tab) => (await tab.text('#many >>> figcaption')).match(/0\.\d+/g) ?? [],
};

/** The values at the ends of a chart's curves. */
async function lasts(tab: Tab, id: string): Promise<string[]> {
  const ends: number[] = await tab.evaluate(
    (wanted) => (document.getElementById(wanted) as Any).series.map(({ values }: Any) => values.at(-1)),
    id,
  );
  return ends.map((value) => formatNumber(value, 2));
}

/** The symbols with tooltips that are visible. */
const symbolsOf = (tab: Tab, id: Id): Promise<string[]> =>
  tab.evaluate((wanted) => {
    const seen = [
      ...((document.getElementById(wanted) as Any).shadowRoot.querySelectorAll(
        'rnn-symbol',
      ) as NodeListOf<HTMLElement>),
    ].filter((one) => one.offsetWidth > 0 && one.closest('.facts, .legend, .formula, .line, .chain'));
    return seen.flatMap((one) => {
      const found: string[] = [];
      const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      while (walker.nextNode())
        if (walker.currentNode.textContent?.trim()) found.push(walker.currentNode.textContent.trim());
      return found;
    });
  }, id) as Promise<string[]>;

async function check(tab: Tab, id: Id, address: string): Promise<string> {
  await ready(tab, id);
  const { name, type, bytes } = await saved(tab, id, 'SVG');
  assert.match(name, /^[a-z-]+(-epoch-40)?\.svg$/);
  assert.equal(type, 'image/svg+xml');
  const svg = bytes.toString();
  const facts = await factsOf(tab, svg);
  assertComplete(facts, address);
  const numbers = await NUMBERS[id](tab);
  assert.ok(numbers.length > 1);
  const left = facts.texts.join(' ');
  for (const number of numbers) assert.ok(left.includes(number), `${id}: ${number} is not in its picture: ${left}`);
  assert.doesNotMatch(left, /Save|Play|table/);
  for (const symbol of await symbolsOf(tab, id))
    assert.ok(facts.texts.includes(symbol), `${id}: the symbol ${symbol} is not in its picture: ${left}`);
  return svg;
}

/**
 * The largest difference, compared with blank paper: on the page, letters and boxes are moved to whole pixels. Without
 * cells or with wrong colors every figure is at 0.44 or more.
 */
const MOST = 0.25;

async function assertTrue(tab: Tab, id: Id, svg: string): Promise<void> {
  const { made, blank } = await differences(tab, id, FIGURES[id], svg);
  if (process.env.SHOW) console.log(tab.browser, id, made.toFixed(2), blank.toFixed(2), (made / blank).toFixed(3));
  assert.ok(blank > 1, `${id}: the screen shows nothing`);
  assert.ok(made < MOST * blank, `${id}: ${made} of ${blank}`);
}

const WIDE: View = { width: 1700, height: 1100 };
/** Few enough time steps to fit on the page, because the picture also shows what is outside of the frame. */
const ADDRESS = '#v=1&steps=8&t=8&unit=3';

for (const scheme of ['light', 'dark'] as const)
  forEachBrowser(
    `pictures, ${scheme}: every figure consists of lines and text and looks like the screen`,
    async (tab) => {
      await open(tab, ADDRESS);
      for (const id of Object.keys(FIGURES) as Id[]) {
        const address = id === 'many' ? `${ADDRESS}&many=1` : ADDRESS;
        await assertTrue(tab, id, await check(tab, id, address));
      }
      assert.deepEqual(await tab.evaluate(() => globalThis.breaches), []);
      assert.deepEqual(tab.problems, []);
    },
    { ...WIDE, scheme, ...(scheme === 'dark' && { without: { webkit: 'its driver takes no wish for dark' } }) },
  );

forEachBrowser(
  'pictures: the folded network, gates, and a curve with its points at its values',
  async (tab) => {
    await open(tab, '#v=1&cell=lstm&unit=3&t=6&fold=1&epochs=12');
    await ready(tab, 'figure');
    const folded = await saved(tab, 'figure', 'SVG');
    assert.equal(folded.name, 'folded-network-epoch-12.svg');
    assertComplete(await factsOf(tab, folded.bytes.toString()), '#v=1&cell=lstm&epochs=12&t=6&unit=3&fold=1');
    await assertTrue(tab, 'figure', folded.bytes.toString());
    for (const id of ['arithmetic', 'backward'] as const) {
      await ready(tab, id);
      await assertTrue(tab, id, (await saved(tab, id, 'SVG')).bytes.toString());
    }
    await ready(tab, 'loss');
    const svg = (await saved(tab, 'loss', 'SVG')).bytes.toString();
    const values: number[] = await tab.evaluate(() => [
      ...(document.getElementById('loss') as Any).series.find(({ role }: Any) => role === 'train').values,
    ]);
    const curves = [...svg.matchAll(/ d="(M[^"Z]*)"/g)].map(
      (match) => (match[1] as string).match(/-?[\d.]+/g)?.map(Number) ?? [],
    );
    const curve = curves.find(
      (numbers) =>
        numbers.length === 2 * values.length &&
        numbers.every((x, k) => k % 2 === 1 || k === 0 || x > (numbers[k - 2] as number)),
    );
    assert.ok(curve, 'no path has a point for each epoch');
    const downs = curve.filter((_, k) => k % 2 === 1);
    const scale =
      ((downs.at(-1) as number) - (downs[0] as number)) / ((values.at(-1) as number) - (values[0] as number));
    values.forEach((value, k) => {
      // Paths are rounded to hundredths of a pixel.
      assert.ok(
        Math.abs((downs[0] as number) + scale * (value - (values[0] as number)) - (downs[k] as number)) < 0.05,
        `epoch ${k + 1}`,
      );
    });
  },
  WIDE,
);

forEachBrowser(
  'pictures: PNG at twice the size works by keyboard, and the file name contains the moment',
  async (tab) => {
    await open(tab, '#v=1&at=7');
    await ready(tab, 'figure');
    await tab.focus('#figure + rnn-save >>> summary');
    await tab.press('Enter');
    await tab.press('Tab');
    await tab.press('Tab');
    await tab.press('Enter');
    await tab.until(
      () =>
        document.querySelector('#figure + rnn-save')?.shadowRoot?.querySelector('[role=status]')?.textContent ===
        'The browser was asked to save the picture. If no file arrives, downloads are not allowed here.',
    );
    const file = await tab.evaluate(
      () => globalThis.files.splice(0)[0] as Promise<{ name: string; type: string; bytes: string }>,
    );
    assert.deepEqual([file.name, file.type], ['unrolled-network-update-7.png', 'image/png']);
    const png = Buffer.from(file.bytes, 'latin1');
    const { size } = await factsOf(tab, (await saved(tab, 'figure', 'SVG')).bytes.toString());
    assert.deepEqual(
      [png.readUInt32BE(16), png.readUInt32BE(20)],
      size.map((length) => 2 * length),
    );
    // Blank paper would have one color.
    const colors = await tab.evaluate(async (text) => {
      const image = new Image();
      image.src = `data:image/png;base64,${btoa(text)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const g = canvas.getContext('2d') as CanvasRenderingContext2D;
      g.drawImage(image, 0, 0);
      return new Set(new Uint32Array(g.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
    }, file.bytes);
    assert.ok(colors > 100, `${colors} colors`);
    await tab.press('Escape');
    assert.equal(
      await tab.evaluate(
        () => document.querySelector('#figure + rnn-save')?.shadowRoot?.querySelector('details')?.open,
      ),
      false,
    );
    assert.deepEqual(await tab.faults('light', '#figure + rnn-save'), []);
  },
  { width: 1280, height: 900 },
);

forEachBrowser('pictures: an empty figure says so, and nothing is saved', async (tab) => {
  await open(tab, '#v=1');
  await ready(tab, 'backward');
  await tab.click('#many + rnn-save >>> summary');
  await tab.click('#many + rnn-save >>> button');
  await tab.until(() =>
    /^The picture was not saved: /.test(
      document.querySelector('#many + rnn-save')?.shadowRoot?.querySelector('[role=status]')?.textContent ?? '',
    ),
  );
  assert.equal(await tab.evaluate(() => globalThis.files.length), 0);
});

forEachBrowser('pictures: a figure that shows earlier settings is not saved, and says so', async (tab) => {
  await open(tab, '#v=1&epochs=3');
  await ready(tab, 'loss');
  /* a long computation is offered, not started, so the curves stay those of the previous run; it is long for its epochs,
     so that the untrained network is still traced and measured at once */
  await tab.evaluate(() => {
    location.hash = '#v=1&epochs=500&units=32&n=2000&steps=40';
  });
  await tab.until(() => document.getElementById('offer-text')?.textContent?.startsWith('This run takes about'));
  await tab.until(() => document.getElementById('loss')?.hasAttribute('data-outdated'));
  await atRest(tab);
  await tab.click('#loss + rnn-save >>> summary');
  await tab.click('#loss + rnn-save >>> button');
  await tab.until(
    () =>
      document.querySelector('#loss + rnn-save')?.shadowRoot?.querySelector('[role=status]')?.textContent ===
      'The picture was not saved: this figure still shows earlier settings. Save it again after it has been redrawn.',
  );
  assert.equal(await tab.evaluate(() => globalThis.files.length), 0);
  await tab.evaluate(() => history.back());
  await tab.until(() => !document.getElementById('loss')?.hasAttribute('data-outdated'));
  assert.equal((await saved(tab, 'loss', 'SVG')).name, 'loss-curves-epoch-3.svg');
});

forEachBrowser(
  'pictures: the notebook’s figures',
  async (tab) => {
    await openNotebook(tab, '#v=1&task=first');
    await catchFiles(tab);
    await scrollThrough(tab);
    await tab.until(
      () =>
        (document.getElementById('compare') as Any).caption.includes('parameters') &&
        (document.getElementById('accuracy') as Any).series.length > 0,
    );
    await tab.until(
      () =>
        (document.getElementById('figure') as Any).trace &&
        (document.getElementById('scatter') as Any).y.length === 100,
    );
    const parts = { compare: '.pair', scatter: '.plot', loss: '.plot', figure: '.plot' };
    const names = {
      compare: 'compared-curves-epoch-10.svg',
      scatter: 'scatter.svg',
      loss: 'loss-curves-epoch-10.svg',
      figure: 'unrolled-network-epoch-10.svg',
    };
    for (const id of Object.keys(parts) as (keyof typeof parts)[]) {
      await drawn(tab);
      const { name, bytes } = await saved(tab, id, 'SVG');
      assert.equal(name, names[id]);
      assertComplete(await factsOf(tab, bytes.toString()), '#v=1&task=first');
      const { made, blank } = await differences(tab, id, parts[id], bytes.toString());
      assert.ok(blank > 1 && made < MOST * blank, `${id}: ${made} of ${blank}`);
    }
    assert.deepEqual(tab.problems, []);
  },
  { width: 1400, height: 900 },
);

forEachBrowser(
  'pictures: a canvas call without SVG equivalent is reported, and the canvas is restored',
  async (tab) => {
    await open(tab, '#v=1');
    await ready(tab, 'figure');
    const own = await tab.evaluate(() => {
      const one = document.getElementById('figure') as Any;
      const g = (one.shadowRoot.querySelector('canvas.cells') as HTMLCanvasElement).getContext(
        '2d',
      ) as CanvasRenderingContext2D;
      one.repaint = () => g.ellipse(1, 1, 2, 3, 0, 0, 1);
      return Object.keys(g).length;
    });
    await tab.click('#figure + rnn-save >>> summary');
    await tab.click('#figure + rnn-save >>> button');
    await tab.until(
      () =>
        document.querySelector('#figure + rnn-save')?.shadowRoot?.querySelector('[role=status]')?.textContent ===
        'The picture was not saved: a picture cannot hold what ellipse draws.',
    );
    const after = await tab.evaluate(() => {
      const one = document.getElementById('figure') as Any;
      delete one.repaint;
      const g = (one.shadowRoot.querySelector('canvas.cells') as HTMLCanvasElement).getContext(
        '2d',
      ) as CanvasRenderingContext2D;
      return [Object.getOwnPropertyNames(g).length, Path2D.name, globalThis.files.length];
    });
    assert.deepEqual(after, [own, 'Path2D', 0]);
    assert.equal((await saved(tab, 'figure', 'SVG')).name, 'unrolled-network-epoch-40.svg');
  },
);
