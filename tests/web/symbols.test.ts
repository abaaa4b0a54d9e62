/**
 * `<rnn-symbol>` in real browsers: every symbol must explain itself by pointer, keys and touch, without moving
 * anything.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { forEachBrowser, root, servePage, type Tab, type View } from './harness.ts';
import { type Answer, serveUnruly } from './unruly.ts';

/** Two groups inside a shadow root, as in a figure, and a single symbol at each edge of the window. */
const SCRIPT = `
import '/web/controls/rnn-symbol.ts';
import { TERMS } from '/web/symbols/vocabulary.ts';
const sizes = { units: 8, inputs: 1, gates: 1, timesteps: 10, outputs: 1 };
const symbol = (term) => Object.assign(document.createElement('rnn-symbol'), { term, sizes, textContent: term });
const group = (id, terms) => {
  const p = Object.assign(document.createElement('p'), { id });
  p.setAttribute('data-symbols', '');
  for (const term of terms) p.append(symbol(term), ' ');
  return p;
};
const host = document.getElementById('host');
host.attachShadow({ mode: 'open' }).append(group('first', ['W', 'h', 'x']), group('all', TERMS));
globalThis.escapes = 0;
document.addEventListener('keydown', ({ key }) => { if (key === 'Escape') globalThis.escapes++; });
globalThis.ready = true;
`;
const BODY =
  '<main><h1>Symbols</h1><button id="before" class="button">Before</button><div id="host"></div><p id="below">Below.</p><button id="after" class="button">After</button></main>';

let site: Awaited<ReturnType<typeof servePage>>;
before(async () => {
  site = await servePage('symbols', SCRIPT, BODY);
});
after(() => site.close());

function symbols(name: string, body: (tab: Tab) => Promise<void>, view: View = { width: 1000, height: 700 }): void {
  forEachBrowser(
    `symbols: ${name}`,
    async (tab) => {
      await tab.open(site.url);
      await tab.until(() => (globalThis as unknown as { ready: boolean }).ready);
      await tab.until(
        () =>
          !!document
            .querySelector('#host')
            ?.shadowRoot?.querySelector('#all rnn-symbol:last-of-type')
            ?.shadowRoot?.querySelector('button'),
      );
      await body(tab);
      assert.deepEqual(tab.problems, []);
    },
    view,
  );
}

/** The open tooltips: their symbols and texts. */
const open = (tab: Tab): Promise<{ term: string; text: string }[]> =>
  tab.evaluate(() =>
    [...(document.querySelector('#host')?.shadowRoot?.querySelectorAll('rnn-symbol') ?? [])].flatMap((symbol) => {
      const tip = symbol.shadowRoot?.querySelector('.tip');
      if (!tip || getComputedStyle(tip).display === 'none') return [];
      return [{ term: symbol.textContent ?? '', text: (tip.textContent ?? '').replace(/\s+/g, ' ').trim() }];
    }),
  );
const untilOpen = (tab: Tab, term: string | undefined): Promise<void> =>
  tab.until((wanted: string | null) => {
    const shown = [...(document.querySelector('#host')?.shadowRoot?.querySelectorAll('rnn-symbol') ?? [])].filter(
      (symbol) => {
        const tip = symbol.shadowRoot?.querySelector('.tip');
        return tip && getComputedStyle(tip).display !== 'none';
      },
    );
    return wanted === null ? shown.length === 0 : shown.length === 1 && shown[0]?.textContent === wanted;
  }, term ?? null);
const focused = (tab: Tab): Promise<string> =>
  tab.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return inner?.textContent ?? document.activeElement?.id ?? '';
  });
const place = (selector: string): string => `#host >>> ${selector} >>> button`;

symbols('by keys: a group is one stop, arrow keys move in it, Escape closes and stays', async (tab) => {
  await tab.focus('#before');
  await tab.press('Tab');
  assert.equal(await focused(tab), 'W');
  await untilOpen(tab, 'W');
  const [shown] = await open(tab);
  assert.equal(
    shown?.text,
    'Recurrent weights. How much each unit takes of what every unit held after the previous time step. Shape: 8 × 8, the same at every time step. In Keras: recurrent_kernel, (8, 8): rows and columns swapped.',
  );
  await tab.press('ArrowRight');
  assert.equal(await focused(tab), 'h');
  await untilOpen(tab, 'h');
  await tab.press('End');
  await untilOpen(tab, 'x');
  await tab.press('ArrowRight');
  assert.equal(await focused(tab), 'x', 'at the end it stays');
  await tab.press('Home');
  await untilOpen(tab, 'W');
  await tab.press('ArrowRight');
  await tab.press('Escape');
  await untilOpen(tab, undefined);
  assert.equal(await focused(tab), 'h');
  assert.equal(
    await tab.evaluate(() => (globalThis as unknown as { escapes: number }).escapes),
    0,
    'the figure does not hear it',
  );
  await tab.press('Enter');
  await untilOpen(tab, 'h');
  await tab.press('Tab');
  assert.equal(await focused(tab), 't', 'the next group');
  await tab.press('Shift', 'Tab');
  assert.equal(await focused(tab), 'h', 'back where it was left');
  await tab.press('Tab');
  await tab.press('Tab');
  assert.equal(await focused(tab), 'after');
  await untilOpen(tab, undefined);
});

symbols('a screen reader hears the tooltip as the symbol’s description', async (tab) => {
  const described = await tab.evaluate(() =>
    [...(document.querySelector('#host')?.shadowRoot?.querySelectorAll('rnn-symbol') ?? [])].map((symbol) => {
      const button = symbol.shadowRoot?.querySelector('button');
      return symbol.shadowRoot?.getElementById(button?.getAttribute('aria-describedby') ?? '')?.getAttribute('role');
    }),
  );
  assert.ok(described.length > 30 && described.every((role) => role === 'tooltip'));
});

symbols('by pointer: it comes, may be pointed at, goes; nothing moves', async (tab) => {
  const below = (): Promise<number> =>
    tab.evaluate(() => document.querySelector('#below')?.getBoundingClientRect().top ?? 0);
  const before = await below();
  const point = await tab.middle(place('#first rnn-symbol:nth-of-type(2)'));
  await tab.hover(point);
  await untilOpen(tab, 'h');
  assert.equal(await below(), before);
  const tip = await tab.middle('#host >>> #first rnn-symbol:nth-of-type(2) >>> .tip');
  await tab.hover(tip);
  await tab.hover({ x: tip.x + 3, y: tip.y });
  assert.equal((await open(tab)).length, 1);
  await tab.hover({ x: 900, y: 600 });
  await untilOpen(tab, undefined);
  await tab.hover(point);
  await untilOpen(tab, 'h');
  await tab.press('Escape');
  await untilOpen(tab, undefined);
  await tab.click(place('#first rnn-symbol:nth-of-type(3)'));
  await tab.hover(await tab.middle('#below'));
  await untilOpen(tab, 'x');
  await tab.click('#below');
  await untilOpen(tab, undefined);
});

symbols(
  'by touch: a tap opens, a tap elsewhere closes; it stays inside a narrow window',
  async (tab) => {
    const tap = async (selector: string): Promise<void> => {
      const { x, y } = await tab.middle(selector);
      await tab.page?.touchscreen.tap(x, y);
    };
    await tap(place('#first rnn-symbol:nth-of-type(1)'));
    await untilOpen(tab, 'W');
    await tap(place('#first rnn-symbol:nth-of-type(3)'));
    await untilOpen(tab, 'x');
    await tap('#below');
    await untilOpen(tab, undefined);
    const count = await tab.evaluate(
      () => document.querySelector('#host')?.shadowRoot?.querySelectorAll('#all rnn-symbol').length ?? 0,
    );
    for (let k = 1; k <= count; k += 4) {
      await tab.press('Escape');
      await untilOpen(tab, undefined);
      await tap(place(`#all rnn-symbol:nth-of-type(${k})`));
      const box = await tab.evaluate((at) => {
        const tip = document
          .querySelector('#host')
          ?.shadowRoot?.querySelector(`#all rnn-symbol:nth-of-type(${at})`)
          ?.shadowRoot?.querySelector('.tip.open');
        const { left, right, top, bottom } = tip?.getBoundingClientRect() ?? new DOMRect(-1);
        return { left, right, top, bottom };
      }, k);
      assert.ok(box.left >= 0 && box.right <= 390 && box.top >= 0 && box.bottom <= 700, `${k}: ${JSON.stringify(box)}`);
    }
  },
  {
    width: 390,
    height: 700,
    touch: true,
    without: { firefox: 'its driver has no touch screen here', webkit: 'its driver has no touch screen here' },
  },
);

symbols('when the stop of a group goes, another takes its place', async (tab) => {
  await tab.evaluate(() => document.querySelector('#host')?.shadowRoot?.querySelector('rnn-symbol')?.remove());
  await tab.focus('#before');
  await tab.press('Tab');
  assert.equal(await focused(tab), 'h');
});

for (const scheme of ['light', 'dark'] as const)
  symbols(
    `axe finds nothing, ${scheme}`,
    async (tab) => {
      assert.deepEqual(await tab.faults(scheme), []);
      await tab.click(place('#first rnn-symbol:nth-of-type(1)'));
      await untilOpen(tab, 'W');
      assert.deepEqual(await tab.faults(scheme), []);
    },
    { width: 390, height: 700, scheme },
  );

const dist = join(root, process.env.DIST ?? 'dist');
/** The script of the pages that holds this text. */
const scriptWith = (text: string): string =>
  readdirSync(dist).find(
    (name) => /-[\w-]{8}\.js$/.test(name) && readFileSync(join(dist, name), 'utf8').includes(text),
  ) ?? '';
const ELEMENT = scriptWith('aria-describedby="tip"');
const VOCABULARY = scriptWith('Which place of the sequence is read');

interface Explained {
  /** Has the page asked for the script? */
  asked: () => boolean;
  /** Resolves when it does. */
  request: Promise<void>;
  release: () => void;
}

/** A page with words, on a site that answers one of their scripts like this. */
function words(
  name: string,
  page: 'index.html' | 'notebook.html',
  [script, answer]: [script: string, answer: Answer | 'hold'],
  body: (tab: Tab, site: Explained) => Promise<void>,
): void {
  forEachBrowser(`symbols: ${name}, ${page}`, async (tab) => {
    let asked = false;
    let hear = (): void => undefined;
    const request = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const unruly = await serveUnruly((path) => {
      if (path !== `/${script}`) return undefined;
      asked = true;
      hear();
      return answer;
    });
    try {
      await tab.open(unruly.url + page);
      await tab.until(
        () =>
          document.querySelector('rnn-unrolled, rnn-compare')?.shadowRoot?.querySelector('svg') &&
          !document.body.hasAttribute('data-busy') &&
          !document.querySelector('[data-offer]:not([hidden])'),
      );
      await body(tab, { asked: () => asked, request, release: unruly.release });
    } finally {
      await unruly.close();
    }
  });
}

/** A word of the page’s first sentence. */
const WORD = '.lead rnn-symbol[term="sequence"]';
const says = (tab: Tab, wanted: RegExp): Promise<void> =>
  tab.until(
    (word: string, pattern: string) => {
      const tip = document.querySelector(word)?.shadowRoot?.querySelector('.tip');
      return tip && getComputedStyle(tip).display !== 'none' && new RegExp(pattern).test(tip.textContent ?? '');
    },
    WORD,
    wanted.source,
  );

for (const page of ['index.html', 'notebook.html'] as const) {
  words('the explanations come with the first gesture', page, [VOCABULARY, 'hold'], async (tab, site) => {
    assert.equal(site.asked(), false, 'the page opens without them');
    await tab.hover({ x: 0, y: 0 }); /* where the pointer is */
    await tab.evaluate(() => new Promise((frame) => requestAnimationFrame(() => setTimeout(frame))));
    assert.equal(site.asked(), false, 'a pointer that rests is no gesture');
    await tab.hover(await tab.middle(WORD));
    await tab.until((word) => document.querySelector(word)?.shadowRoot?.querySelector('button.open'), WORD);
    await site.request;
    assert.equal(
      await tab.evaluate((word) => {
        const tip = document.querySelector(word)?.shadowRoot?.querySelector('.tip');
        return tip && getComputedStyle(tip).display;
      }, WORD),
      'none',
      'there is no empty box while they are on their way',
    );
    site.release();
    await says(tab, /^Sequence\./);
    assert.deepEqual(
      await tab.evaluate(() =>
        [...document.querySelectorAll('rnn-symbol')]
          .filter((symbol) => !symbol.shadowRoot?.querySelector('.tip')?.textContent)
          .map(({ textContent }) => textContent),
      ),
      [],
      'every word has a description for a screen reader',
    );
    assert.deepEqual(tab.problems, []);
  });

  words(
    'a word that is pressed before it works opens then, and nothing moves',
    page,
    [ELEMENT, 'hold'],
    async (tab, site) => {
      const places = (): Promise<number[]> =>
        tab.evaluate(() =>
          [...document.querySelectorAll('main p, main li, main rnn-symbol')].flatMap((element) => {
            const { left, top, width, height } = element.getBoundingClientRect();
            const box = element.localName === 'rnn-symbol' ? [left, width] : [left, top, width, height];
            return box.map((length) => Math.round(10 * length) / 10);
          }),
        );
      const before = await places();
      assert.ok(before.length > 40);
      await tab.click(WORD);
      await tab.until(() => document.readyState === 'complete');
      await site.request;
      site.release();
      await says(tab, /^Sequence\./);
      assert.deepEqual(await places(), before);
      assert.deepEqual(tab.problems, []);
    },
  );
}

const MISSING: Answer = { status: 404, type: 'text/plain', body: 'not found' };
const WHAT_TO_DO =
  /^The words of this page cannot be explained: a part of this page did not arrive\. .* Please reload this page\.$/;
words('without the explanations, the tooltip says what to do', 'index.html', [VOCABULARY, MISSING], async (tab) => {
  await tab.click(WORD);
  await says(tab, WHAT_TO_DO);
});
words('without the tooltips, the page says what to do', 'notebook.html', [ELEMENT, MISSING], async (tab) => {
  await tab.click(WORD);
  await tab.until(
    (pattern) => new RegExp(pattern).test(document.getElementById('notices')?.textContent ?? ''),
    WHAT_TO_DO.source,
  );
});
