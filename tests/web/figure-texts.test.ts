// With any data, every shape of the figures must have a position, and no text may overlap another or leave its drawing.
import assert from 'node:assert/strict';
import { forEachBrowser, type Tab } from './harness.ts';
import { openLab, pasteData } from './pages.ts';
import { catchFiles, drawn, saved } from './picture-files.ts';

interface Data {
  samples: number;
  timesteps: number;
  features: number;
  x: (sample: number, place: number) => number;
  y: (sample: number) => number;
}

const small = { samples: 12, timesteps: 5, features: 1 };
const HOSTILE: Record<string, Data> = {
  'small numbers': { ...small, x: (i, k) => 0.00012 + 0.00001 * ((i + k) % 3), y: (i) => 1.6e-5 * (1 + (i % 4)) },
  'a constant 1e38': { ...small, x: () => 1e38, y: (i) => -12345.678 + i },
  zeros: { ...small, x: () => 0, y: () => 0.5 },
  'the smallest floats': { ...small, x: (i, k) => 1e-40 * ((i + k) % 3), y: (i) => 1e-40 * i },
  'from −1e38 to 1e38': {
    ...small,
    x: (i, k) => ((i + k) % 2 ? 1e38 : -1e38),
    y: (i) => (i % 2 ? 12345.678 : -12345.678),
  },
  'seconds since 1970': { ...small, x: (i, k) => 1767232000 + 60 * (i + k), y: (i) => -12345.678 * (1 + i) },
  '64 classes and 64 features': {
    samples: 64,
    timesteps: 4,
    features: 64,
    x: (i, k) => ((i * 7 + k) % 10) / 10 - 0.5,
    y: (i) => i,
  },
  'natural units, four features': {
    samples: 12,
    timesteps: 6,
    features: 4,
    x: (i, k) => [285.15, 1013.25, -12345.678, 0.0004][k % 4]! + (i % 5) / 10,
    y: (i) => 285 + i / 7,
  },
};

function csv({ samples, timesteps, features, x, y }: Data): string {
  const name = (k: number): string =>
    features > 1 ? `x${Math.floor(k / features) + 1}_${(k % features) + 1}` : `x${k + 1}`;
  const places = Array.from({ length: timesteps * features }, (_, k) => k);
  const rows = Array.from({ length: samples }, (_, i) => [y(i), ...places.map((k) => x(i, k))].join(','));
  return [['y', ...places.map(name)].join(','), ...rows].join('\n');
}

const FIGURES = ['rnn-data', 'rnn-sequence', 'rnn-network', 'rnn-arithmetic', 'rnn-backward', '#loss'];

async function bring(tab: Tab, data: Data): Promise<void> {
  await pasteData(tab, csv(data));
  await tab.until(() => !document.getElementById('bring-preview')?.hidden);
  await tab.click('#bring-use');
  const wanted = `${data.timesteps}x${data.features}`;
  for (const figure of FIGURES) {
    await tab.evaluate(
      (selector: string) => document.querySelector(selector)?.scrollIntoView({ behavior: 'instant', block: 'center' }),
      figure,
    );
    await drawn(tab);
  }
  await tab.until((shape: string) => {
    const { trace } = document.querySelector('rnn-network') as unknown as {
      trace?: { timesteps: number; features?: number; layers: { features: number }[] };
    };
    return `${trace?.timesteps}x${trace?.layers[0]?.features}` === shape;
  }, wanted);
  await drawn(tab);
}

/** Attributes with positions that are not numbers, in the page and in every shadow root. */
const broken = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => {
    const found: string[] = [];
    const walk = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        for (const { name, value } of element.attributes)
          if (
            /^(d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points|transform|style|viewBox)$/.test(name) &&
            /NaN|Infinity|undefined/.test(value)
          )
            found.push(`${element.localName} ${name}=${value.slice(0, 60)}`);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return found;
  });

/** Texts of one drawing that overlap, and texts that leave it. */
const faults = (tab: Tab, figures: string[]): Promise<string[]> =>
  tab.evaluate((selectors: string[]) => {
    const found: string[] = [];
    const shown = (text: Element): boolean => {
      for (let at: Element | null = text; at; at = at.parentElement)
        if (Number(getComputedStyle(at).opacity) < 0.3) return false;
      return (text.textContent ?? '').trim() !== '';
    };
    for (const selector of selectors) {
      const root = document.querySelector(selector)?.shadowRoot;
      for (const drawing of root?.querySelectorAll('svg') ?? []) {
        const edge = drawing.getBoundingClientRect();
        const boxes = [...drawing.querySelectorAll('text')].filter(shown).map((text) => {
          const { left, right, top, bottom } = text.getBoundingClientRect();
          const spare = (bottom - top) * 0.22; /* a line is higher than its letters */
          return {
            words: text.textContent?.trim() ?? '',
            left: left + 0.5,
            right: right - 0.5,
            top: top + spare,
            bottom: bottom - spare,
          };
        });
        boxes.forEach((a, i) => {
          if (a.right > edge.right + 1 || a.left < edge.left - 1)
            found.push(
              `${selector}: "${a.words}" leaves its drawing (${Math.round(a.left - edge.left)} to ${Math.round(a.right - edge.left)} of ${Math.round(edge.width)})`,
            );
          for (const b of boxes.slice(i + 1))
            if (
              Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
            )
              found.push(`${selector}: "${a.words}" lies on "${b.words}"`);
        });
      }
      for (const field of root?.querySelectorAll<HTMLInputElement>('input[type=number]') ?? [])
        if (field.scrollWidth > field.clientWidth + 1) found.push(`${selector}: a field hides part of ${field.value}`);
    }
    return found;
  }, figures);

for (const width of [1440, 390])
  for (const language of width === 390 ? ['de/'] : [''])
    for (const [name, data] of Object.entries(HOSTILE))
      forEachBrowser(
        `texts of figures, ${width} px ${language || 'en'}: ${name}`,
        async (tab) => {
          await openLab(tab, '', language);
          await catchFiles(tab);
          await bring(tab, data);
          assert.deepEqual(await broken(tab), []);
          assert.deepEqual(await faults(tab, FIGURES), []);
          if (width === 1440)
            for (const id of ['data', 'figure', 'arithmetic']) {
              const svg = (await saved(tab, id, 'SVG')).bytes.toString();
              assert.doesNotMatch(svg.replace(/<(title|desc|text|tspan)\b[^>]*>[^<]*/g, ''), /NaN|Infinity|undefined/);
            }
        },
        { width, height: 900, every: language !== '' },
      );

for (const name of ['seconds since 1970', 'small numbers', 'a constant 1e38'] as const)
  forEachBrowser(`fields show the whole number and change nothing if they are not edited: ${name}`, async (tab) => {
    const data = HOSTILE[name] as Data;
    await openLab(tab);
    await bring(tab, data);
    await tab.click('details[data-edit] > summary');
    await tab.until(() =>
      document.querySelector('rnn-sequence')?.shadowRoot?.querySelector('label:not(.time) input[type=number]'),
    );
    const wanted = Math.fround(data.x(0, data.timesteps - 1));
    const fields = (): Promise<number[]> =>
      tab.evaluate(() =>
        ['rnn-sequence', 'rnn-network'].map((figure) =>
          Math.fround(
            document
              .querySelector(figure)
              ?.shadowRoot?.querySelector<HTMLInputElement>('.facts input, label:not(.time) input[type=number]')
              ?.valueAsNumber ?? Number.NaN,
          ),
        ),
      );
    assert.deepEqual(await fields(), [wanted, wanted]);
    await tab.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      for (const event of ['rnn-datum', 'rnn-input']) document.addEventListener(event, () => heard.push(event));
    });
    for (const field of ['rnn-sequence >>> label:not(.time) input[type=number]', 'rnn-network >>> .facts input']) {
      await tab.focus(field);
      await tab.press('Enter');
      await tab.press('Tab');
    }
    assert.deepEqual(await fields(), [wanted, wanted]);
    assert.deepEqual(await tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard), []);
  });
