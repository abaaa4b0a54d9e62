// Figures in pages whose style, documents and scripts do what no page should do.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { figures, folder, page, ready, type Watched } from './figures.ts';
import { root, type Tab } from './harness.ts';

/** Values that properties of style may have. Each property takes the first one that changes it. */
const VALUES =
  'red|31px|7|0.3|none|hidden|bold|italic|vertical-rl|rtl|uppercase|"a" "b"|wait|all|always|balance|cursive|all-small-caps|expanded|collapse|bottom|hide|evenodd|square|inside|anywhere|manual|stroke|under|crispedges|pixelated|round|bevel|end|center|upright|filled|geometricprecision|3px 3px red|nowrap|pre-wrap|break-all|disc|antialiased|read-write|linearrgb|exact|from-image|compact|allow-keywords|thin|red blue|each-line|strict|plaintext|stable|"wght" 900|"x"|normal|hanging|slashed-zero|emoji|weight|no-punctuation|break-spaces|preserve|ex-height 1|over right|under left|spaces|digits 2|trim-start|space-all|keep-all|auto-phrase|trim-both|cap alphabetic|translate(3px)|auto'.split(
    '|',
  );

/** What the page decides for all of itself, and the language, which the figure sets. */
const SHARED = ['color-scheme', 'supported-color-schemes', 'pointer-events', 'visibility', '-webkit-locale'];

figures('no property that elements inherit reaches what a figure draws', async (tab) => {
  await tab.open(
    page('inherits', '<div id="around"><rnn-figure view="notebook-compile" style="width: 900px"></rnn-figure></div>'),
  );
  await ready(tab);
  const { inherited, reached } = await tab.evaluate(
    async (values: string[], shared: string[]) => {
      const around = document.querySelector('#around') as HTMLElement;
      const probe = document.createElement('p');
      around.append(probe);
      const style = getComputedStyle(probe);
      const names: string[] = [];
      for (const property in style) {
        const name = property
          .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
          .replace(/^(webkit|moz)-/, '-$1-');
        if (!shared.includes(name) && name !== 'all' && CSS.supports(name, 'inherit')) names.push(name);
      }
      const hostile: [string, string][] = [];
      for (const name of names) {
        const before = style.getPropertyValue(name);
        const value = values.find((one) => {
          around.style.setProperty(name, one);
          return style.getPropertyValue(name) !== before;
        });
        around.style.removeProperty(name);
        /* a block's size depends on what is around it, but it does not inherit it */
        if (
          value &&
          !/^(-webkit-logical|(min-|max-)?(inline-size|block-size|width|height)$|perspective|transform)/.test(name)
        )
          hostile.push([name, value]);
      }
      probe.remove();
      const root = document.querySelector('rnn-figure')?.shadowRoot as ShadowRoot;
      const parts = [...root.querySelectorAll('.root, .root *')].slice(0, 40);
      const looks = (): string[][] =>
        parts.map((part) => {
          const computed = getComputedStyle(part);
          return [...new Set([...computed, ...names])].map((name) => `${name}: ${computed.getPropertyValue(name)}`);
        });
      const frames = (): Promise<unknown> =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      await frames();
      const plain = looks();
      for (const [name, value] of hostile) around.style.setProperty(name, value);
      await frames();
      const wrong = looks().flatMap((lines, i) => lines.filter((line, k) => line !== plain[i]?.[k]));
      return { inherited: hostile.map(([name]) => name), reached: [...new Set(wrong)] };
    },
    VALUES,
    SHARED,
  );
  assert.ok(inherited.length > 60, String(inherited));
  for (const name of ['letter-spacing', 'white-space', 'text-anchor', 'writing-mode', 'line-height', 'direction'])
    assert.ok(inherited.includes(name), name);
  assert.deepEqual(reached, []);
});

/** The custom properties that figures read, other than those that a page may set. */
const READ = [
  ...new Set(
    [...readFileSync(join(folder, 'figures.js'), 'utf8').matchAll(/var\((--[\w-]+)/g)].map(
      ([, name]) => name as string,
    ),
  ),
].filter((name) => !name.startsWith('--rnn-'));

for (const view of ['network', 'training', 'unrolled', 'notebook', 'lesson'])
  figures(`no custom property of a page but --rnn-… changes a figure: ${view}`, async (tab) => {
    assert.ok(READ.includes('--room') && READ.includes('--ink') && READ.length > 30);
    await tab.open(page('custom', `<div id="around"><rnn-figure view="${view}" epochs="3"></rnn-figure></div>`));
    await ready(tab);
    const changed = await tab.evaluate(async (names: string[]) => {
      const deep = (root: ParentNode): Element[] =>
        [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])]);
      const parts = deep(document.querySelector('rnn-figure')?.shadowRoot as ShadowRoot);
      const looks = (): string[] =>
        parts.map((part) => {
          const { color, display, fill, height, minWidth, stroke, width } = getComputedStyle(part);
          return [part.localName, color, display, fill, height, minWidth, stroke, width].join(' ');
        });
      const frames = (): Promise<unknown> =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      await frames();
      const plain = looks();
      for (const name of names) document.querySelector<HTMLElement>('#around')?.style.setProperty(name, '77px');
      await frames();
      return looks().filter((look, i) => look !== plain[i]);
    }, READ);
    assert.deepEqual(changed, []);
  });

const open = (tab: Tab, name: string, markup: string): Promise<void> => {
  const file = join(folder, name);
  writeFileSync(file, markup);
  return tab.open(pathToFileURL(file).href);
};

for (const view of ['lengths', 'norms', 'data'])
  figures(`a table has the figure's color and letters, with and without a doctype: ${view}`, async (tab) => {
    const looks: string[] = [];
    for (const doctype of ['<!doctype html>', '']) {
      await open(
        tab,
        'quirks.html',
        `${doctype}<meta charset="utf-8"><title>Quirks</title><script src="figures.js" defer></script><rnn-figure view="${view}" task="first"></rnn-figure>`,
      );
      await ready(tab);
      looks.push(
        await tab.evaluate(() => {
          const deep = (root: ParentNode): Element[] =>
            [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])]);
          const table = deep(document).find(({ localName }) => localName === 'table') as Element;
          const { color, fontSize, fontWeight, lineHeight, textAlign, whiteSpace } = getComputedStyle(table);
          return [color, fontSize, fontWeight, lineHeight, textAlign, whiteSpace].join(' ');
        }),
      );
    }
    assert.equal(looks[1], looks[0]);
  });

for (const [language, script] of [
  ['en', 'figures.js'],
  ['de', 'de/figures.js'],
])
  figures(`a figure says its language in a page of another one: ${language}`, async (tab) => {
    const address = pathToFileURL(join(root, process.env.DIST ?? 'dist', script as string)).href;
    await open(
      tab,
      'language.html',
      `<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>Language</title><script src="${address}" defer></script><rnn-figure view="notebook-fit"></rnn-figure></html>`,
    );
    await ready(tab);
    assert.ok(
      await tab.evaluate(
        (wanted: string) =>
          document.querySelector('rnn-figure')?.shadowRoot?.querySelector('.root')?.matches(`:lang(${wanted})`),
        language as string,
      ),
    );
  });

figures('a property takes every kind of value without an error', async (tab) => {
  await tab.open(page('kinds', '<rnn-figure task="first"></rnn-figure>'));
  await ready(tab);
  const wrong = await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    const unprintable = {
      toString() {
        throw new Error('no text');
      },
    };
    const values: unknown[] = [
      ...[{}, [], [[1, [2]], {}], Object.create(null), [Object.create(null)], [[Object.create(null)]], unprintable],
      ...[Symbol('t'), 10n ** 30n, () => 1, new Map(), new Date(Number.NaN), document.body, new Proxy({}, {})],
      ...[
        Number.NaN,
        Number.POSITIVE_INFINITY,
        -0,
        true,
        false,
        '',
        '\0',
        '\ud800',
        Object('lstm'),
        new Float32Array(3),
      ],
    ];
    const names = [...(figure.constructor as typeof RnnFigure).observedAttributes, 'address'];
    const errors: string[] = [];
    for (const name of names)
      for (const value of values)
        for (const set of [
          () => Reflect.set(figure, name, value),
          () => Reflect.set(document.createElement('rnn-figure'), name, value),
          () => figure.set({ [name]: value }),
          () => Reflect.set(figure, name, undefined),
        ])
          try {
            set();
          } catch (error) {
            errors.push(`${name}: ${error}`);
          }
    return errors;
  });
  assert.deepEqual(wrong, []);
});

const readies = (tab: Tab): Promise<number> =>
  tab.evaluate(() => (globalThis as unknown as Watched).told.filter(([kind]) => kind === 'rnn-ready').length);

figures('a copy of a figure that is drawn is drawn and announced, too', async (tab) => {
  await tab.open(page('copy', '<rnn-figure view="notebook-fit"></rnn-figure>'));
  await ready(tab);
  assert.equal(await readies(tab), 1);
  const [early, markup] = await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    const copy = figure.cloneNode(true) as RnnFigure;
    figure.after(copy);
    return [copy.hasAttribute('data-ready'), figure.outerHTML];
  });
  assert.equal(early, false);
  await ready(tab, 2);
  await tab.evaluate((text: string) => document.querySelector('main')?.insertAdjacentHTML('afterbegin', text), markup);
  await ready(tab, 3);
  assert.equal(await readies(tab), 3);
});

figures('a figure that another document gets says why it is a still picture, and works again at home', async (tab) => {
  await tab.open(
    page(
      'adopted',
      '<iframe title="other" srcdoc="<p>other"></iframe><rnn-figure task="first" epochs="3"></rnn-figure>',
    ),
  );
  await ready(tab);
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.set({ t: 4 });
    document.querySelector('iframe')?.contentDocument?.body.append(figure);
    Object.assign(globalThis, { figure });
  });
  type Held = { figure: RnnFigure };
  await tab.until(() =>
    (globalThis as unknown as Held).figure.shadowRoot
      ?.querySelector('figcaption')
      ?.textContent?.includes('this document has no script'),
  );
  await tab.evaluate(() => document.querySelector('main')?.append((globalThis as unknown as Held).figure));
  await tab.until(() => (globalThis as unknown as Held).figure.state?.['t'] === 4);
  await tab.until(() => {
    const root = (globalThis as unknown as Held).figure.shadowRoot;
    const network = root?.querySelector('rnn-network')?.shadowRoot;
    return root?.adoptedStyleSheets.length && network?.adoptedStyleSheets.length && network.querySelector('svg text');
  });
  /* one that was never at home */
  await tab.evaluate(() => {
    const figure = document.createElement('rnn-figure') as RnnFigure;
    document.querySelector('iframe')?.contentDocument?.body.append(figure);
    Object.assign(globalThis, { figure });
  });
  await tab.until(() => (globalThis as unknown as Held).figure.shadowRoot?.querySelector('figcaption'));
  await tab.evaluate(async () => {
    const { figure } = globalThis as unknown as Held;
    document.querySelector('rnn-figure')?.replaceWith(figure);
    await figure.ready;
  });
});

/** What a page may say of the figure itself, or of all elements. */
const SHAPES: Readonly<Record<string, string>> = {
  'a flex box': 'rnn-figure { display: flex }',
  'a centered flex box': 'rnn-figure { display: flex; align-items: center; justify-content: center }',
  'a flex box of a column': 'rnn-figure { display: flex; flex-direction: column; align-items: center }',
  'an inline flex box': 'rnn-figure { display: inline-flex }',
  'a centered grid': 'rnn-figure { display: grid; place-items: center }',
  'an inline grid': 'rnn-figure { display: inline-grid }',
  'a table': 'rnn-figure { display: table }',
  inline: 'rnn-figure { display: inline }',
  'no box': 'rnn-figure { display: contents }',
  'content before everything': '* { float: left } *::before { display: inline-block; content: "x" }',
  'no content before anything': '* { float: left } *::before, *::after { content: none !important }',
  'lines from top to bottom': 'main { writing-mode: vertical-rl }',
};

for (const width of [1100, 390])
  figures(
    `a figure has a width whatever the page makes of its box, ${width} px`,
    async (tab) => {
      const wrong: string[] = [];
      for (const [name, style] of Object.entries(SHAPES)) {
        await tab.open(
          page(
            'shape',
            '<rnn-figure view="training" task="first"></rnn-figure>',
            `<style>body { margin: 8px } ${style}</style>`,
          ),
        );
        await ready(tab).catch(() => wrong.push(`${name}: never drawn`));
        const [own, drawing] = await tab.evaluate(() => {
          const root = document.querySelector('rnn-figure')?.shadowRoot;
          const curves = root?.querySelector('rnn-curves')?.shadowRoot?.querySelector('.plot');
          return [root?.querySelector<HTMLElement>('.root')?.offsetWidth ?? 0, curves?.clientWidth ?? 0] as const;
        });
        if (own < Math.min(960, width - 60) || drawing < 150)
          wrong.push(`${name}: ${own} px, its drawing ${drawing} px`);
      }
      assert.deepEqual(wrong, []);
    },
    { width, height: 900 },
  );
