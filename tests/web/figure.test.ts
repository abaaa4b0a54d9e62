/**
 * `<rnn-figure>` in real browsers, from a page on the disk: every view must draw, follow its attributes, and survive
 * misuse.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatNumber, scientific } from '../../web/shared/format.ts';
import { fromAddress } from '../../web/state/address.ts';
import { LAB } from '../../web/state/pages.ts';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { heightOf, VIEWS, type View } from '../../web/embed/views.ts';
import { accuraciesAt, backwardAt } from '../lesson/many-seeds.ts';
import { figures, page, ready, text, told, type Watched } from './figures.ts';
import { forEachBrowser, inTheme, root, type Tab } from './harness.ts';
import { openLab } from './pages.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

for (const width of [984, 664, 364]) {
  figures(
    `every view draws, in the room that is kept for it, ${width} px`,
    async (tab) => {
      for (const [name, { height }] of Object.entries(VIEWS) as [string, View][]) {
        const more = { compare: 'compare="units" than="16"', many: '' }[name] ?? '';
        await tab.open(
          page(
            'view',
            `<style>body{margin:12px}h1{display:none}</style><rnn-figure view="${name}" task="first" ${more}></rnn-figure>`,
          ),
        );
        await ready(tab);
        const [room, content, over] = await tab.evaluate(() => {
          const figure = document.querySelector('rnn-figure') as HTMLElement;
          const inside = figure.shadowRoot?.querySelector('.root') as HTMLElement;
          return [
            figure.offsetHeight,
            inside.offsetHeight,
            document.documentElement.scrollWidth > document.documentElement.clientWidth ? 1 : 0,
          ];
        });
        assert.equal(
          room,
          height[width > 960 ? 0 : width > 640 ? 1 : 2],
          `${name}: the room; its content takes ${content}`,
        );
        assert.equal(over, 0, `${name}: wider than the page`);
      }
    },
    {
      width,
      height: 900,
      without: {
        webkit: 'its fonts are other ones: rooms are those of Chromium',
        firefox: 'its fonts are other ones: rooms are those of Chromium',
      },
    },
  );
}

for (const width of [984, 664, 364])
  figures(
    `the room that is kept is enough for every cell, ${width} px`,
    async (tab) => {
      const wrong: string[] = [];
      for (const [name, view] of Object.entries(VIEWS) as [string, View][]) {
        const { page: of, heights = {} } = view;
        for (const field of Object.keys(heights).filter((one) => of === 'lab' && /=./.test(one))) {
          const [key = '', value = ''] = field.split('=');
          const more = name === 'compare' && key !== 'compare' ? 'compare="units" than="16"' : '';
          await tab.open(
            page(
              'cell',
              `<style>body{margin:12px}h1{display:none}</style><rnn-figure view="${name}" task="first" ${key}="${value}" ${more}></rnn-figure>`,
            ),
          );
          const kept = heightOf(view, `#${field}${more ? '&compare=units' : ''}`)[
            width > 960 ? 0 : width > 640 ? 1 : 2
          ];
          await ready(tab);
          const taken = await tab.evaluate(() => (document.querySelector('rnn-figure') as HTMLElement).offsetHeight);
          if (taken !== kept) wrong.push(`${name}, ${field}: ${kept} kept, ${taken} taken`);
        }
      }
      assert.deepEqual(wrong, []);
    },
    {
      width,
      height: 900,
      without: {
        webkit: 'its fonts are other ones: rooms are those of Chromium',
        firefox: 'its fonts are other ones: rooms are those of Chromium',
      },
    },
  );

figures('the numbers are those of the lab in the same state', async (tab) => {
  await openLab(tab, '#v=1&task=first&units=12&t=6&unit=3&at=80');
  await tab.until(() => document.querySelector('#place')?.textContent?.startsWith('After 20 epochs'));
  await tab.evaluate(() => document.querySelector('rnn-network')?.scrollIntoView());
  await tab.until(() => {
    const network = document.querySelector('rnn-network')?.shadowRoot;
    network?.querySelector('details')?.setAttribute('open', '');
    return network?.querySelector('tbody tr');
  });
  const [place, table] = await tab.evaluate(() => [
    document.querySelector('#place')?.textContent?.trim(),
    document.querySelector('rnn-network')?.shadowRoot?.querySelector('tbody')?.textContent,
  ]);
  await tab.open(page('same', '<rnn-figure task="first" units="12" epoch="20" t="6" unit="3"></rnn-figure>'));
  await ready(tab);
  await tab.until(
    (words: string) =>
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#place')?.textContent?.trim() === words,
    place as string,
  );
  await tab.until(() => {
    const network = document.querySelector('rnn-figure')?.shadowRoot?.querySelector('rnn-network')?.shadowRoot;
    network?.querySelector('details')?.setAttribute('open', '');
    return network?.querySelector('tbody tr');
  });
  const shown = await tab.evaluate(
    () =>
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector('rnn-network')?.shadowRoot?.querySelector('tbody')
        ?.textContent,
  );
  assert.ok(table && table.length > 100);
  assert.equal(shown, table);
});

figures('lengths and norms: table and picture show the engine’s numbers', async (tab) => {
  const { state } = fromAddress(LAB, '#v=1&task=first&steps=20');
  const lengths = [1, 20, 50, 1000];
  const accuracies = await accuraciesAt(state, lengths);
  const { backward } = await backwardAt(state);
  const cells = (): Promise<string[][]> =>
    tab.evaluate(async () => {
      const table = await (document.querySelector('rnn-figure') as RnnFigure).table();
      return [...(table?.rows ?? [])].map((row) => [...row.cells].map(({ textContent }) => textContent ?? ''));
    });
  const drawnDots = (): Promise<number> =>
    tab.evaluate(async () => {
      const picture = await (document.querySelector('rnn-figure') as RnnFigure).picture();
      return picture?.svg.match(/<circle/g)?.length ?? 0;
    });
  await tab.open(page('lengths', '<rnn-figure view="lengths" task="first" steps="20"></rnn-figure>'));
  await ready(tab);
  await tab.until(() => {
    const dots = document.querySelector('rnn-figure')?.shadowRoot?.querySelector('rnn-lengths')?.shadowRoot;
    return dots?.querySelectorAll('circle').length === 54;
  });
  const rows = new Map((await cells()).map(([length = '', value]) => [length, value]));
  assert.deepEqual(
    lengths.map((length) => rows.get(length.toLocaleString('en'))),
    accuracies.map((accuracy) => formatNumber(accuracy ?? Number.NaN, 2)),
  );
  assert.equal(await drawnDots(), 54);
  await tab.open(page('norms', '<rnn-figure view="norms" task="first" steps="20"></rnn-figure>'));
  await ready(tab);
  assert.deepEqual(
    (await cells()).slice(1),
    Array.from(backward?.norms.dH ?? [], (norm, i) => [String(i + 1), scientific(norm)]),
  );
  assert.equal(await drawnDots(), 20);
});

figures('attributes are live, events tell what follows, values out of range are clamped and told', async (tab) => {
  await tab.open(page('live', '<rnn-figure task="first" t="3" unit="2"></rnn-figure>'));
  await ready(tab);
  assert.match(await text(tab, '#place'), /^After 40 epochs/);
  await tab.evaluate(() => document.querySelector('rnn-figure')?.setAttribute('t', '5'));
  await tab.until(() =>
    (globalThis as unknown as Watched).told.some(([kind, detail]) => kind === 'rnn-step' && detail['t'] === 5),
  );
  await tab.evaluate(() => document.querySelector('rnn-figure')?.setAttribute('epoch', '10'));
  await tab.until(() =>
    document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#place')?.textContent?.includes('After 10 epochs'),
  );
  const seen = await told(tab);
  assert.deepEqual(seen.find(([kind]) => kind === 'rnn-epoch')?.[1], { epoch: 10, updates: 40 });
  const { address } = seen.filter(([kind]) => kind === 'rnn-state').at(-1)?.[1] as { address: string };
  assert.deepEqual(
    { t: 5, unit: 2, at: 40, task: 'first' },
    (({ t, unit, at, task }) => ({ t, unit, at, task }))(fromAddress(LAB, address).state),
  );
  await tab.evaluate(() => document.querySelector('rnn-figure')?.setAttribute('units', '9999'));
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.querySelector('#notices')
      ?.textContent?.includes('“9999” is not in the range 1 to 512; 512 is used.'),
  );
  await tab.evaluate(() => document.querySelector('rnn-figure')?.removeAttribute('units'));
  await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['units'] === 8);
});

figures('methods do what a reader would, and answer with what was clamped', async (tab) => {
  await tab.open(page('methods', '<rnn-figure task="first" t="3" epochs="3"></rnn-figure>'));
  await ready(tab);
  const answers = await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    const clamped = figure.set({ unit: 4, t: 1e9, nonsense: 1, own: '<b>' });
    clamped.push(...figure.set({ x: '3:−0.5' })); /* with the page's minus sign */
    figure.set({ t: 3, x: '' });
    figure.step(2);
    figure.step(-1);
    return [clamped, figure.state?.['t'], figure.state?.['unit']];
  });
  assert.deepEqual(answers, [
    [
      'time step: “1000000000” is not in the range 0 to 100; 100 is used.',
      '“nonsense” is not known here.',
      'own data: “<b>” is not understood; it is left out.',
      'time step: 100 does not fit the other settings; 10 is used.',
    ],
    4,
    4,
  ]);
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.set({ at: 0 });
    figure.play();
  });
  await tab.until(() =>
    (globalThis as unknown as Watched).told.some(([kind, detail]) => kind === 'rnn-epoch' && detail['epoch'] === 3),
  );
});

figures('what a listener sets follows, without end', async (tab) => {
  await tab.open(page('loop', '<rnn-figure task="first" t="2"></rnn-figure>'));
  await ready(tab);
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.addEventListener('rnn-step', (event) => {
      if ((event as CustomEvent<{ t: number }>).detail.t < 9) figure.step(1);
    });
    figure.step(1);
  });
  await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t'] === 9);
  assert.deepEqual(
    (await told(tab)).filter(([kind]) => kind === 'rnn-step').map(([, detail]) => detail['t']),
    [3, 4, 5, 6, 7, 8, 9],
  );
});

figures('controls: what is left out is not there, and inputs and weights are fixed', async (tab) => {
  await tab.open(page('controls', '<rnn-figure task="first" controls="play,rate"></rnn-figure>'));
  await ready(tab);
  const there = (): Promise<unknown[]> =>
    tab.evaluate(() => {
      const inside = document.querySelector('rnn-figure')?.shadowRoot as ShadowRoot;
      const network = inside.querySelector('rnn-network')?.shadowRoot as ShadowRoot;
      const buttons = [...(inside.querySelector('rnn-training')?.shadowRoot?.querySelectorAll('button') ?? [])].map(
        (button) => button.textContent?.trim(),
      );
      const handles = [...inside.querySelectorAll('rnn-handle')].map((handle) => handle.getAttribute('field'));
      return [
        buttons,
        handles,
        network.querySelectorAll('.grip').length,
        network.querySelectorAll('input[type="number"]').length,
        inside.querySelectorAll('rnn-save').length,
        inside.querySelectorAll('select').length,
      ];
    });
  assert.deepEqual(await there(), [['Train'], ['rate'], 0, 0, 0, 0]);
  await tab.evaluate(() => document.querySelector('rnn-figure')?.setAttribute('controls', 'what-if'));
  await tab.until(
    () =>
      !!document
        .querySelector('rnn-figure')
        ?.shadowRoot?.querySelector('rnn-network')
        ?.shadowRoot?.querySelector('.grip'),
  );
  const [buttons, handles, grips, numbers] = await there();
  assert.deepEqual([buttons, handles], [[], ['reset', 'length']]);
  assert.ok((grips as number) >= 10 && (numbers as number) > 0);
  await tab.evaluate(() => document.querySelector('rnn-figure')?.setAttribute('controls', 'plya'));
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.querySelector('#notices')
      ?.textContent?.startsWith('controls: “plya” is neither one of settings, task, step'),
  );
});

figures('twenty figures share a few workers, begin when seen, and give them back', async (tab) => {
  await tab.open(
    page(
      'many',
      `<script src="figures.js" defer></script>${'<rnn-figure view="training" task="first"></rnn-figure>'.repeat(20)}`,
    ),
  );
  await ready(tab);
  const first = await tab.evaluate(() => document.querySelectorAll('rnn-figure[data-ready]').length);
  assert.ok(first < 6, `${first} began at once`);
  await tab.evaluate(() => document.querySelector('rnn-figure:last-of-type')?.scrollIntoView());
  await tab.until(() => document.querySelector('rnn-figure:last-of-type')?.matches('[data-ready]'));
  const workers = await tab.evaluate(() => (globalThis as unknown as Watched).workers);
  assert.ok(workers >= 1 && workers <= 4, `${workers} workers`);
  /* a figure that is removed and added again shows the same */
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure:last-of-type') as RnnFigure;
    figure.set({ units: 5 });
    figure.remove();
  });
  await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await tab.evaluate(() => {
    const figure = document.createElement('rnn-figure') as RnnFigure;
    figure.setAttribute('view', 'network');
    figure.id = 'new';
    document.querySelector('main')?.append(figure);
    figure.scrollIntoView();
  });
  await tab.until(() => document.querySelector('#new')?.matches('[data-ready]'));
});

figures('a figure that is moved, or shows another view, keeps the state that it had', async (tab) => {
  await tab.open(page('moved', '<rnn-figure task="first" unit="2"></rnn-figure><div id="elsewhere"></div>'));
  await ready(tab);
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.set({ t: 4 });
    document.querySelector('#elsewhere')?.append(figure);
  });
  assert.equal(await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t']), 4);
  await tab.evaluate(() => {
    (document.querySelector('rnn-figure') as RnnFigure).view = 'arithmetic';
  });
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.querySelector('rnn-arithmetic')
      ?.shadowRoot?.textContent?.includes('h'),
  );
  await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t'] === 4);
});

figures('no workers: the same figure, on the page', async (tab) => {
  await tab.open(
    page(
      'no-workers',
      '<script>globalThis.Worker = class { constructor() { throw new Error("refused"); } };</script><rnn-figure task="first" epoch="20"></rnn-figure>',
    ),
  );
  await ready(tab);
  assert.match(await text(tab, '#place'), /^After 20 epochs: right on \d/);
});

const POLICY = "default-src 'none'; script-src 'unsafe-inline' file:; style-src 'unsafe-inline'; img-src data:";
forEachBrowser('figure: without WebAssembly there is a still picture with the reason', async (tab) => {
  await tab.open(
    page(
      'no-wasm',
      '<rnn-figure view="notebook-fit"></rnn-figure><rnn-figure><img alt="my own" src="data:,"></rnn-figure>',
      '<script>delete globalThis.WebAssembly; globalThis.Worker = undefined;</script>',
    ),
  );
  await tab.until(
    () => (globalThis as unknown as Watched).told.filter(([kind]) => kind === 'rnn-refused').length === 2,
  );
  assert.match(
    await text(tab, 'figcaption'),
    /^Fit: this is a still picture, because the network cannot run here: .*WebAssembly/,
  );
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.setAttribute('t', '3');
    figure.set({ t: 2 });
    figure.play();
  });
});

forEachBrowser(
  'figure: a policy without wasm-unsafe-eval is named',
  async (tab) => {
    await tab.open(
      page(
        'policy',
        '<rnn-figure task="first"></rnn-figure>',
        `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
      ),
    );
    await tab.until(() => (globalThis as unknown as Watched).told.some(([kind]) => kind === 'rnn-refused'));
    assert.match(
      await text(tab, 'figcaption'),
      /Content-Security-Policy refuses WebAssembly: its script-src needs 'wasm-unsafe-eval'/,
    );
  },
  { without: { webkit: 'pages from the disk have no policy there', firefox: 'tells it in other words' } },
);

figures('hostile attributes and states leave a figure whole', async (tab) => {
  await tab.open(page('hostile', '<rnn-figure></rnn-figure>'));
  await ready(tab);
  const names = [
    'task',
    'units',
    't',
    'unit',
    'epoch',
    'state',
    'x',
    'w',
    'd',
    'own',
    'csv',
    'controls',
    'view',
    'link',
    'steps',
    'rate',
    'at',
    'compare',
    'than',
    'q',
  ];
  const values = [
    '',
    '0',
    '-1',
    '1e999',
    'NaN',
    '9'.repeat(400),
    '<img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '__proto__',
    'constructor',
    '1:2_3:4',
    '%',
    '#v=1&t=3',
    '#v=2&units=oops',
    'toString',
    ' first',
    '🦊',
    '../../etc',
    'lstm',
    'network',
  ];
  for (let i = 0; i < 60; i++) {
    const [name, value] = [names[(i * 7) % names.length], values[(i * 11 + Math.floor(i / 20)) % values.length]];
    await tab.evaluate(
      (attribute: string, given: string) => document.querySelector('rnn-figure')?.setAttribute(attribute, given),
      name as string,
      value as string,
    );
  }
  await tab.evaluate(() => {
    for (const name of (document.querySelector('rnn-figure') as HTMLElement).getAttributeNames())
      if (name !== 'data-ready') document.querySelector('rnn-figure')?.removeAttribute(name);
    document.querySelector('rnn-figure')?.setAttribute('task', 'first');
  });
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.querySelector('#place')
      ?.textContent?.startsWith('After 40 epochs'),
  );
  assert.equal(await tab.evaluate(() => document.querySelectorAll('img').length), 0);
});

for (const scheme of ['light', 'dark'] as const)
  figures(
    `no faults of access, ${scheme}`,
    async (tab) => {
      const { states, rules } = inTheme(scheme, ['network', 'training', 'backward', 'notebook-fit']);
      for (const view of states) {
        await tab.open(
          page(
            'access',
            `<rnn-figure view="${view}" task="first"></rnn-figure>`,
            '<style>:root{color-scheme:light dark}body{background:light-dark(#fff,#12151b);color:light-dark(#000,#fff)}</style>',
          ),
        );
        await ready(tab);
        assert.deepEqual(await tab.faults(rules), [], view);
      }
    },
    {
      width: 1000,
      height: 900,
      scheme,
      without: { webkit: 'axe-core takes long there: Chromium and Firefox are checked' },
    },
  );

figures('the keyboard walks time and unit inside a figure', async (tab) => {
  await tab.open(page('keys', '<rnn-figure task="first" t="5" unit="2"></rnn-figure>'));
  await ready(tab);
  await tab.focus('rnn-figure >>> rnn-network >>> #time');
  await tab.press('ArrowLeft');
  await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t'] === 4);
});

/** The address within a page on the disk. */
const onDisk = (file: string, hash = ''): string =>
  pathToFileURL(join(root, process.env.DIST ?? 'dist', file)).href + hash;
const inside = (tab: Tab, selector: string, words: string): Promise<void> =>
  tab.until(
    (part: string, wanted: string) =>
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector(part)?.textContent?.includes(wanted),
    selector,
    words,
  );

figures('one file, opened from the disk: lesson, notebook and lab, and the address holds the state', async (tab) => {
  const current = (): Promise<unknown> =>
    tab.evaluate(() => document.querySelector('nav [aria-current]')?.textContent ?? '');
  await tab.open(onDisk('unrolled.html'));
  await inside(tab, '.contents summary', 'Chapter 1 of');
  assert.equal(await current(), 'The lesson');
  await tab.click('nav a[href="#view=notebook"]');
  await inside(tab, '#log', 'Epoch 10/10');
  assert.equal(await current(), 'The notebook');
  await tab.evaluate(() => history.back());
  await inside(tab, '.contents summary', 'Chapter 1 of');
  assert.equal(await current(), 'The lesson');
  /* an address from before the file held the lesson */
  await tab.open('about:blank');
  await tab.open(onDisk('unrolled.html', '#v=1&units=7'));
  await inside(tab, '#log', 'Epoch 10/10');
  assert.equal(await current(), 'The notebook');
  await tab.click('nav a[href="#view=lab"]');
  await inside(tab, '#place', 'After 40 epochs');
  assert.equal(await current(), 'The lab');
  await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).set({ epochs: 7, t: 3 }));
  await tab.until(() => location.hash === '#view=lab&v=1&epochs=7&t=3');
  const address = await tab.evaluate(() => location.href);
  await tab.open('about:blank');
  await tab.open(address);
  await inside(tab, '#place', 'After 7 epochs');
  assert.equal(await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t']), 3);
});

figures('a frame’s page takes view, controls, epoch and state from its address, and follows it', async (tab) => {
  await tab.open(onDisk('embed.html', '#view=training&epoch=5&controls=step&task=first'));
  await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['at'] === 20);
  await tab.evaluate(() => {
    location.hash = '#view=network&task=parity&t=2';
  });
  await tab.until(
    () =>
      (document.querySelector('rnn-figure') as RnnFigure).state?.['task'] === 'parity' &&
      (document.querySelector('rnn-figure') as RnnFigure).view === 'network',
  );
  assert.equal(await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t']), 2);
});

figures('what a page set before the script was there holds', async (tab) => {
  const set = `<script>
    const figure = document.createElement('rnn-figure');
    figure.view = 'training'; figure.controls = 'step'; figure.address = '#v=1&epochs=6';
    document.addEventListener('DOMContentLoaded', () => document.querySelector('main').append(figure));
    document.documentElement.dataset.early = String(customElements.get('rnn-figure') === undefined);
  </script>`;
  await tab.open(page('early', '', set));
  await ready(tab);
  const seen = await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    return [
      document.documentElement.dataset['early'],
      figure.getAttribute('view'),
      figure.controls,
      figure.state?.['epochs'],
      Object.keys(figure),
    ];
  });
  assert.deepEqual(seen, ['true', 'training', 'step', 6, ['ready']]);
});

figures('each attribute is a property that can be set, before the script is there and after', async (tab) => {
  const early = `<script>
    const figure = document.createElement('rnn-figure');
    Object.assign(figure, { state: '#v=1&epochs=6&units=3', units: 4, epoch: 2, link: './own.html', projector: undefined });
    document.addEventListener('DOMContentLoaded', () => document.querySelector('main').append(figure));
  </script>`;
  await tab.open(page('properties', '', early));
  await ready(tab);
  const shown = await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    return [figure.state?.['epochs'], figure.state?.['units'], figure.getAttributeNames().sort()];
  });
  assert.deepEqual(shown, [6, 4, ['data-ready', 'data-scheme', 'epoch', 'link', 'state', 'units']]);
  const wrong = await tab.evaluate(() => {
    const figure = document.createElement('rnn-figure');
    const names = [...(figure.constructor as typeof RnnFigure).observedAttributes, 'link'];
    return names.filter((name) => {
      const set = (value: unknown): string | null => {
        Object.assign(figure, { [name]: value }); /* throws where the property has no setter */
        return figure.getAttribute(name);
      };
      const taken = set(name === 'projector' ? true : 7) === (name === 'projector' ? '' : '7');
      const removed = set(undefined) === null;
      set('3');
      return !(taken && removed && set(null) === null);
    });
  });
  assert.deepEqual(wrong, []);
  /* as a framework does while the figure is shown */
  await tab.evaluate(() =>
    Object.assign(document.querySelector('rnn-figure') as RnnFigure, {
      state: '#v=1&epochs=3',
      units: 5,
      epoch: undefined,
    }),
  );
  await tab.until(() => {
    const state = (document.querySelector('rnn-figure') as RnnFigure).state;
    return state?.['units'] === 5 && state?.['epochs'] === 3;
  });
});

/**
 * A value for each property that a figure could inherit. No figure should look like this. Lines under text are left out:
 * they are not inherited but drawn by the element that has them.
 */
const HOSTILE = `
  html { font-size: 62.5% }
  main > div { accent-color: red; azimuth: left; border-collapse: collapse; border-spacing: 9px; caption-side: bottom; caret-color: red;
    clip-rule: evenodd; color: orange; color-interpolation: linearRGB; cursor: wait; dominant-baseline: hanging; empty-cells: hide;
    fill: red; fill-opacity: 0.3; fill-rule: evenodd; font: italic small-caps 700 expanded 31px / 3 cursive; font-feature-settings: "smcp";
    font-kerning: none; font-optical-sizing: none; font-size-adjust: 1; font-synthesis: none; font-variant: all-small-caps; font-variation-settings: "wght" 900;
    hanging-punctuation: first; hyphens: auto; image-rendering: pixelated; letter-spacing: 5px; line-break: anywhere; line-height: 3;
    list-style: square inside; marker: none; orphans: 5; overflow-wrap: anywhere; paint-order: stroke; quotes: "a" "b"; ruby-position: under;
    shape-rendering: crispEdges; stroke: red; stroke-dasharray: 3 9; stroke-linecap: round; stroke-linejoin: bevel; stroke-opacity: 0.4; stroke-width: 5px;
    tab-size: 1; text-align: right; text-align-last: center; text-anchor: end; text-combine-upright: all;
    text-emphasis: filled; text-indent: 40px; text-orientation: upright; text-rendering: geometricPrecision;
    text-shadow: 3px 3px red; text-transform: uppercase; text-underline-offset: 9px; text-wrap: nowrap; user-select: none; white-space: pre-wrap;
    widows: 5; word-break: break-all; word-spacing: 20px; writing-mode: horizontal-tb; -webkit-text-stroke: 1px red; -webkit-font-smoothing: none;
    -webkit-tap-highlight-color: red; -webkit-text-security: disc }`;

/** The picture once two that follow each other are the same. */
async function still(tab: Tab): Promise<string> {
  for (let before = ''; ; ) {
    const picture = Buffer.from(await tab.screenshot()).toString('base64');
    if (picture === before) return picture;
    before = picture;
  }
}

for (const view of ['network', 'arithmetic', 'backward', 'notebook-model'])
  figures(
    `what a page's own style says reaches no figure: ${view}`,
    async (tab) => {
      const body = (at = ''): string => `<div${at}><rnn-figure view="${view}" units="4" epochs="3"></rnn-figure></div>`;
      const style = (more: string): string => `<style>body { margin: 0 } h1 { display: none } ${more}</style>`;
      await tab.open(page(`plain-${view}`, body(), style('')));
      await ready(tab);
      const plain = await still(tab);
      await tab.open(page(`hostile-${view}`, body(' dir="rtl"'), style(HOSTILE)));
      await ready(tab);
      assert.ok((await still(tab)) === plain, 'the pictures differ');
    },
    { width: 1000, height: 900, reducedMotion: true },
  );

figures('a page shows a network of its own, by the bytes of its file', async (tab) => {
  const model = engine.sequential({ units: 3, timesteps: 10, cell: 'lstm', seed: 5 });
  await tab.open(
    page('weights', '<rnn-figure task="first" epochs="2"></rnn-figure><rnn-figure view="notebook-fit"></rnn-figure>'),
  );
  await ready(tab);
  await tab.evaluate(
    async (bytes: number[]) => {
      await (document.querySelector('rnn-figure') as RnnFigure).loadWeights(Uint8Array.from(bytes));
    },
    [...(await model.saveNpz())],
  );
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.getElementById('place')
      ?.textContent?.startsWith('With the weights from a file: right on '),
  );
  const seen = await tab.evaluate(async () => {
    const [figure, notebook] = document.querySelectorAll('rnn-figure') as NodeListOf<RnnFigure>;
    const why = (error: Error): string => error.message;
    const told = [
      await figure?.loadWeights(new Uint8Array(40)).catch(why),
      await figure?.loadWeights('gru.npz' as never).catch(why),
      await notebook?.loadWeights(new Uint8Array(40)).catch(why),
    ];
    return { state: figure?.state, told };
  });
  const { cell, units, layers, file } = seen.state ?? {};
  assert.deepEqual([cell, units, layers], ['lstm', 3, 1]);
  assert.match(String(file), /^[0-9a-f]{16}$/);
  assert.match(String(seen.told[0]), /expected/);
  assert.deepEqual(seen.told.slice(1), [
    'loadWeights: expected an ArrayBuffer or a Uint8Array',
    'loadWeights: this view has no network of the lab, or no network can run here',
  ]);
});

figures('a figure that was taken away goes on where it was, with what was set meanwhile', async (tab) => {
  await tab.open(page('again', '<rnn-figure task="first" units="4"></rnn-figure>'));
  await ready(tab);
  await tab.evaluate(async () => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.set({ t: 3, unit: 2, epochs: 6 });
    const main = figure.parentElement;
    figure.remove();
    await new Promise((later) => setTimeout(later));
    figure.setAttribute('unit', '4');
    figure.controls = 'none';
    main?.append(figure);
  });
  await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t'] === 3);
  const { state, text } = await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    return { state: figure.state, text: figure.shadowRoot?.querySelector('#notices')?.textContent ?? '' };
  });
  assert.deepEqual([state?.['units'], state?.['t'], state?.['unit'], state?.['epochs'], text], [4, 3, 4, 6, '']);
});

figures('figures that are taken away leave no worker, a hundred seeds included', async (tab) => {
  const count = `<script>
    globalThis.ended = 0;
    const end = Worker.prototype.terminate;
    Worker.prototype.terminate = function () { globalThis.ended += 1; end.call(this); };
  </script>`;
  await tab.open(
    page(
      'let-go',
      `${count}<rnn-figure view="many" task="first" epochs="2"></rnn-figure><rnn-figure view="network" task="first"></rnn-figure>`,
    ),
  );
  await ready(tab, 2);
  await tab.click('rnn-figure >>> #many-run');
  await tab.until(() =>
    document
      .querySelector('rnn-figure')
      ?.shadowRoot?.getElementById('many-state')
      ?.textContent?.startsWith('100 runs in'),
  );
  await tab.evaluate(() => {
    for (const figure of document.querySelectorAll('rnn-figure')) figure.remove();
  });
  await tab.until(() => {
    const { workers, ended } = globalThis as unknown as { workers: number; ended: number };
    return workers > 0 && ended === workers;
  });
});

figures('the notebook’s slow training stops with its figure', async (tab) => {
  const count = `<script>
    globalThis.asked = 0; const frame = requestAnimationFrame; globalThis.requestAnimationFrame = (hear) => { globalThis.asked += 1; return frame(hear); };
  </script>`;
  await tab.open(page('slow-gone', `${count}<rnn-figure view="notebook-slow"></rnn-figure>`));
  await ready(tab);
  await tab.click('rnn-figure >>> rnn-training >>> button.main');
  await tab.until(() => Number((document.querySelector('rnn-figure') as RnnFigure).state?.['updates']) > 2);
  await tab.evaluate(() => document.querySelector('rnn-figure')?.remove());
  await tab.until(() => {
    const seen = globalThis as unknown as { asked: number; quiet?: number };
    seen.quiet = seen.asked <= 1 ? (seen.quiet ?? 0) + 1 : 0;
    seen.asked = 0;
    return seen.quiet >= 10;
  });
});

figures('a figure that is taken away while it plays stops', async (tab) => {
  await tab.open(
    page(
      'gone',
      '<script>globalThis.asked = 0; const frame = requestAnimationFrame; globalThis.requestAnimationFrame = (hear) => { globalThis.asked += 1; return frame(hear); };</script><rnn-figure task="first" epochs="400" at="0"></rnn-figure>',
    ),
  );
  await ready(tab);
  await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).play());
  await tab.until(() => (globalThis as unknown as Watched).told.filter(([kind]) => kind === 'rnn-epoch').length > 3);
  await tab.evaluate(() => document.querySelector('rnn-figure')?.remove());
  /* ten looks in a row, each by a frame of its own, without another frame asked for: a figure that plays on asks for
     each */
  await tab.until(() => {
    const seen = globalThis as unknown as { asked: number; quiet?: number };
    seen.quiet = seen.asked <= 1 ? (seen.quiet ?? 0) + 1 : 0;
    seen.asked = 0;
    return seen.quiet >= 10;
  });
});

/** The ink of the figure's text. */
const isDark = (tab: Tab): Promise<boolean[]> =>
  tab.evaluate(() =>
    [...document.querySelectorAll('rnn-figure')].map((figure) => {
      const ink = getComputedStyle(figure.shadowRoot?.querySelector('.root, .caption') as Element).color;
      return Number(/\d+/.exec(ink)?.[0]) > 127;
    }),
  );

const FIGURE = '<rnn-figure view="notebook-compile"></rnn-figure>';

figures('a figure is light or dark as its background where the page sets no color scheme', async (tab) => {
  const grounds: [boolean, string, string][] = [
    [false, '', ''],
    [true, 'a dark page', 'background: #111'],
    [true, 'a color in another notation', 'background: oklch(20% 0.05 260)'],
    [true, 'a shadow over white', 'background: rgb(0 0 0 / 90%)'],
    [false, 'a veil over white', 'background: rgb(0 0 0 / 20%)'],
    [true, 'a gradient', 'background: linear-gradient(#102, #224)'],
    [true, 'light text on a picture', 'background: url(data:,) #0000; color: #eee'],
    [true, 'light text on what lies behind', 'color: white'],
    [false, 'a color scheme of the page', 'background: #111; color-scheme: light'],
    [true, 'a color scheme of the page', 'background: #eee; color-scheme: dark'],
  ];
  const boxes = grounds.map(([, , style]) => `<div style="${style}">${FIGURE}</div>`).join('');
  await tab.open(page('grounds', boxes));
  assert.deepEqual(
    await isDark(tab),
    grounds.map(([dark]) => dark),
  );
});

figures('a figure follows when the background of its page changes', async (tab) => {
  await tab.open(
    page(
      'follows',
      `<input type="checkbox" id="night"><div id="box">${FIGURE}</div>`,
      '<style>#box { background: #fff } .dark #box, #night:checked ~ #box { background: #111 } .slow #box { background: #111; transition: background-color 60ms }</style>',
    ),
  );
  await ready(tab);
  const becomes = async (dark: boolean, act: (() => void) | string): Promise<void> => {
    await (typeof act === 'string' ? tab.click(act) : tab.evaluate(act));
    await tab.until((wanted: boolean) => {
      const root = document.querySelector('rnn-figure')?.shadowRoot?.querySelector('.root') as Element;
      return Number(/\d+/.exec(getComputedStyle(root).color)?.[0]) > 127 === wanted;
    }, dark);
  };
  assert.deepEqual(await isDark(tab), [false]);
  await becomes(true, () => document.documentElement.classList.add('dark'));
  await becomes(false, () => document.documentElement.classList.remove('dark'));
  await becomes(true, '#night');
  await becomes(false, '#night');
  await becomes(true, () => document.documentElement.classList.add('slow'));
  await becomes(false, () => document.documentElement.classList.remove('slow'));
  await becomes(true, () => {
    const sheet = document.createElement('style');
    sheet.textContent = '#box { background: #222 !important }';
    document.head.append(sheet);
  });
  await becomes(false, () => document.head.lastElementChild?.remove());
  await becomes(true, () => document.querySelector('rnn-figure')?.setAttribute('scheme', 'dark'));
});

figures('a copied link needs a page that is known to be there', async (tab) => {
  await tab.open(page('link', '<rnn-figure view="network" controls="take"></rnn-figure>'));
  await ready(tab);
  const offered = (): Promise<string[]> =>
    tab.evaluate(() =>
      [...(document.querySelector('rnn-figure')?.shadowRoot?.querySelectorAll('.take button') ?? [])]
        .filter((button) => button.checkVisibility())
        .map((button) => (button as HTMLElement).dataset['take'] ?? ''),
    );
  const without = await offered();
  assert.ok(without.length > 3 && !without.includes('link') && !without.includes('embed'), String(without));
  await tab.evaluate(() => {
    (document.querySelector('rnn-figure') as RnnFigure).link = 'https://example.org/lab.html';
  });
  await tab.until(() =>
    document.querySelector('rnn-figure')?.shadowRoot?.querySelector('[data-take="link"]')?.checkVisibility(),
  );
  assert.ok((await offered()).includes('embed'));
});

/** Boxes that are as wide as their content, or whose content is: each is around one figure. */
const SHRINKING: Readonly<Record<string, string>> = {
  'centered flex column': '<div style="display: flex; flex-direction: column; align-items: center">F</div>',
  'centered flex row': '<div style="display: flex; justify-content: center">F</div>',
  'centered grid': '<div style="display: grid; place-items: center">F</div>',
  'inline-block': '<div style="display: inline-block">F</div>',
  'an inline-block itself': '<style>.i { display: inline-block }</style>F',
  float: '<div style="float: left">F</div>',
  'table cell': '<table><tr><td>F</td></tr></table>',
  'position absolute': '<div style="position: absolute">F</div>',
  'fit-content': '<div style="width: fit-content">F</div>',
  dialog: '<dialog open>F</dialog>',
};

for (const width of [1100, 390])
  figures(
    `a figure has a width in a box that is as wide as its content, ${width} px`,
    async (tab) => {
      for (const [name, box] of Object.entries(SHRINKING)) {
        const figure = `<rnn-figure view="training" task="first" class="${name.endsWith('itself') ? 'i' : ''}"></rnn-figure>`;
        await tab.open(page('shrinking', box.replace('F', figure), '<style>body { margin: 8px }</style>'));
        await ready(tab);
        const [own, drawing, over] = await tab.evaluate(() => {
          const element = document.querySelector('rnn-figure') as HTMLElement;
          const curves = element.shadowRoot?.querySelector('rnn-curves')?.shadowRoot?.querySelector('.plot');
          const { scrollWidth, clientWidth } = document.documentElement;
          return [element.offsetWidth, curves?.clientWidth ?? 0, scrollWidth - clientWidth] as const;
        });
        assert.ok(own >= Math.min(960, width - 60), `${name}: the figure is ${own} px wide`);
        assert.ok(drawing > 150, `${name}: its drawing is ${drawing} px wide`);
        assert.ok(over <= 0, `${name}: it is wider than the page`);
      }
    },
    { width, height: 900 },
  );

figures('rnn-ready comes when a figure is drawn, not while it has no width', async (tab) => {
  await tab.open(page('hidden', '<dialog><rnn-figure view="training" task="first" epochs="3"></rnn-figure></dialog>'));
  await tab.evaluate(async () => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.set({ units: 5 });
    const table = await figure.table();
    if (!table) throw new Error('the table is there without a width');
  });
  assert.deepEqual((await told(tab)).filter(([kind]) => kind === 'rnn-ready').length, 0);
  const points = await tab.evaluate(
    () =>
      new Promise<number>((done) => {
        addEventListener('rnn-ready', ({ target }) => {
          const curves = (target as Element).shadowRoot?.querySelector('rnn-curves')?.shadowRoot;
          done(curves?.querySelector('path.run')?.getBoundingClientRect().width ?? 0);
        });
        document.querySelector('dialog')?.showModal();
      }),
  );
  assert.ok(points > 100, `the curve is ${points} px wide`);
});

figures(
  'the room that is kept is that of settings given later, too, as frameworks and frames give them',
  async (tab) => {
    await tab.open(page('later', '<main></main>'));
    for (const [view, name, value] of [
      ['slowly', 'cell', 'lstm'],
      ['compare', 'compare', 'units'],
      ['slowly', 'state', '#v=1&cell=lstm'],
    ] as const) {
      const [whole, later] = await tab.evaluate(
        (...[shown, setting, given]: string[]) => {
          const heights = [true, false].map((first) => {
            const figure = document.createElement('rnn-figure');
            figure.setAttribute('view', shown as string);
            if (first) figure.setAttribute(setting as string, given as string);
            document.querySelector('main')?.replaceChildren(figure);
            if (!first) figure.setAttribute(setting as string, given as string);
            return figure.offsetHeight;
          });
          document.querySelector('main')?.replaceChildren();
          return heights;
        },
        view,
        name,
        value,
      );
      assert.ok((whole as number) > 1000, `${view}: ${whole}`);
      assert.equal(later, whole, `${view} ${name}=${value}`);
    }
  },
);

figures('one line of style keeps the room of a figure before its script is there', async (tab) => {
  const line = /^<style>(rnn-figure:not\(:defined\).*)<\/style>$/m.exec(
    readFileSync(join(root, 'docs/embedding/README.md'), 'utf8'),
  )?.[1] as string;
  assert.ok(line);
  await tab.open(
    page(
      'room',
      `<style>${line} body { margin: 12px } h1 { display: none }</style><rnn-figure view="network" task="first"></rnn-figure><p id="after">After</p>`,
      '<script>addEventListener("DOMContentLoaded", () => 0); new MutationObserver(() => { const after = document.querySelector("#after"); if (after && !globalThis.before) globalThis.before = after.offsetTop; }).observe(document, { childList: true, subtree: true });</script>',
    ),
  );
  const before = await tab.evaluate(() => (globalThis as unknown as { before: number }).before);
  await ready(tab);
  const after = await tab.evaluate(() => (document.querySelector('#after') as HTMLElement).offsetTop);
  assert.equal(before, after);
});

figures('without a clipboard the text to copy is shown and selected', async (tab) => {
  const refuse = (how: string): Promise<void> =>
    tab.evaluate((kind: string) => {
      const writeText = (): Promise<void> => Promise.reject(new DOMException('no', 'NotAllowedError'));
      const value = kind === 'refused' ? { writeText } : undefined;
      Object.defineProperty(navigator, 'clipboard', { value, configurable: true });
    }, how);
  const selectedText = (): Promise<string> =>
    tab.evaluate(() => {
      const field = document.querySelector('rnn-figure')?.shadowRoot?.activeElement as HTMLTextAreaElement | null;
      return field?.value?.slice(field.selectionStart, field.selectionEnd) ?? '';
    });
  await tab.open(
    page('copied', '<rnn-figure controls="take" epochs="2" link="https://example.org/lab.html"></rnn-figure>'),
  );
  await ready(tab);
  for (const how of ['refused', 'absent']) {
    await refuse(how);
    await tab.click('rnn-figure >>> [data-take="link"]');
    await tab.until(() => document.querySelector('rnn-figure')?.shadowRoot?.activeElement?.matches('textarea'));
    assert.equal(await selectedText(), 'https://example.org/lab.html#v=1&epochs=2');
    await tab.evaluate(() => (document.activeElement as HTMLElement).shadowRoot?.querySelector('textarea')?.blur());
    assert.equal(
      await tab.evaluate(() => document.querySelector('rnn-figure')?.shadowRoot?.querySelectorAll('textarea').length),
      0,
    );
  }
  await tab.open(page('copied-code', '<rnn-figure view="notebook-fit"></rnn-figure>'));
  await ready(tab);
  await refuse('absent');
  await tab.click('rnn-figure >>> .cell-copy');
  assert.match(await selectedText(), /model\.fit\(/);
});
