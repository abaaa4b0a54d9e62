// The events, the state and the address of a figure.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { VIEWS } from '../../web/embed/views.ts';
import { figures, page, ready, text } from './figures.ts';
import { forEachBrowser, root, serveSite } from './harness.ts';

const notices = (): string =>
  document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#notices')?.textContent ?? '';

figures('an epoch beyond the run is told as such, a mistyped attribute too', async (tab) => {
  await tab.open(
    page(
      'told',
      '<rnn-figure task="first" epoch="4000" learningrate="0.1" class="wide" tabindex="0" data-x="1" title="mine"></rnn-figure>',
    ),
  );
  await ready(tab);
  assert.equal(
    await tab.evaluate(notices),
    '“learningrate” is not an attribute of a figure. Did you mean rate? epoch: “4000” is beyond the run’s 40 epochs; its end is shown.',
  );
  await tab.evaluate(() => document.querySelector('rnn-figure')?.setAttribute('epoch', '41'));
  await tab.until(() =>
    (document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#notices')?.textContent ?? '').includes(
      'epoch: “41” is beyond',
    ),
  );
  assert.match(
    await tab.evaluate(notices),
    /^“learningrate” is not an attribute/,
    'a mistake that still stands in the page is still told',
  );
});

figures('what cannot be taken is told though nothing changes, and only that', async (tab) => {
  await tab.open(page('same-rate', '<rnn-figure task="first" epochs="4"></rnn-figure>'));
  await ready(tab);
  await tab.evaluate(() => document.querySelector('rnn-figure')?.setAttribute('rate', 'abc'));
  assert.match(await tab.evaluate(notices), /^learning rate: “abc” is not a number; 0\.01 is used\.$/);
  await tab.evaluate(() => document.querySelector('rnn-figure')?.setAttribute('epoch', 'soon'));
  assert.equal(
    await tab.evaluate(notices),
    'epoch: “soon” is not a whole number of at least 0; the end of the run is shown.',
  );
});

figures('between two views an epoch is set, and the rest stays', async (tab) => {
  await tab.open(page('between', '<rnn-figure task="first"></rnn-figure>'));
  await ready(tab);
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.set({ units: 5, rate: 0.03, t: 4 });
    figure.controls = 'step';
    figure.setAttribute('epoch', '10');
  });
  await tab.until(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['at'] === 40);
  const state = await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).state);
  assert.deepEqual([state?.['units'], state?.['rate'], state?.['t']], [5, 0.03, 4]);
});

figures('a view of the other page begins as it begins, whatever was done before', async (tab) => {
  await tab.open(page('other', '<rnn-figure task="first"></rnn-figure>'));
  await ready(tab);
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.set({ units: 5, cell: 'gru', rate: 0.03 });
    figure.controls = 'none';
    figure.view = 'notebook-fit';
  });
  await tab.until(
    () =>
      (document.querySelector('rnn-figure') as RnnFigure).state?.['optimizer'] === undefined &&
      (document.querySelector('rnn-figure') as RnnFigure).state !== undefined,
  );
  assert.deepEqual(
    await tab.evaluate(() => [
      (document.querySelector('rnn-figure') as RnnFigure).address,
      document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#notices')?.textContent ?? '',
    ]),
    ['#v=1&task=first', ''],
  );
});

figures('a comparison that compares nothing yet is ready, and gives its picture or says why not', async (tab) => {
  await tab.open(page('nothing', '<rnn-figure view="compare" task="first"></rnn-figure>'));
  await ready(tab);
  assert.equal(
    await tab.evaluate(() =>
      (document.querySelector('rnn-figure') as RnnFigure)
        .picture()
        .then(
          () => 'a picture',
          () => 'a reason',
        )
        .then((what) => typeof what),
    ),
    'string',
  );
});

figures('a script sets fields by their keys, by their names and by attributes', async (tab) => {
  await tab.open(page('names', '<rnn-figure task="first" epoch="40" t="7"></rnn-figure>'));
  await ready(tab);
  assert.equal(await tab.evaluate(notices), '');
  const [told, state] = await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    const told = [
      { n: 50 },
      { samples: 60, init: 'zeros' },
      { epoch: 20, x: '3:0.5' },
      { edits: [[4, 0.5]], asked: true },
      { n: 9, sampels: 3, epoch: 41 },
      { controls: 'none', view: 'arithmetic' },
    ].map((part) => figure.set(part));
    return [told, figure.state] as const;
  });
  assert.deepEqual(told, [
    [],
    [],
    [],
    [],
    [
      'sequences: “9” is not in the range 10 to 2,000; 10 is used.',
      '“sampels” is not known here. Did you mean n?',
      'epoch: “41” is beyond the run’s 40 epochs; its end is shown.',
    ],
    [],
  ]);
  assert.deepEqual(
    [state?.['samples'], state?.['initializer'], state?.['readouts'], state?.['at']],
    [10, 'zeros', true, -1],
  );
  assert.deepEqual(
    await tab.evaluate(() => [
      (document.querySelector('rnn-figure') as RnnFigure).view,
      (document.querySelector('rnn-figure') as RnnFigure).controls,
    ]),
    ['arithmetic', 'none'],
  );
});

/** The events that docs/embedding documents. */
const DOCUMENTED = [
  ...readFileSync(join(root, 'docs/embedding/README.md'), 'utf8').matchAll(/^\| `(rnn-[a-z]+)` \|/gm),
].map(([, name]) => name as string);

/** In a view with many controls, only about this many are used. */
const MOST_USED = 16;

/** Records each event that a script dispatches inside the figure, and each that then reaches the window. */
const LISTENING = `<script>
  globalThis.inside = new Set(); globalThis.left = new Set();
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) {
    const within = this instanceof Node && (this.localName === 'rnn-figure' || this.getRootNode() !== document);
    if (within) inside.add(event.type);
    const note = () => left.add(event.type);
    if (within) addEventListener(event.type, note);
    try { return dispatch.call(this, event); } finally { removeEventListener(event.type, note); }
  };
  for (const kind of ['input', 'beforeinput', 'change']) document.addEventListener(kind, () => left.add('native ' + kind));
</script>`;

for (const view of Object.keys(VIEWS).filter((name) => !['lab', 'notebook'].includes(name)))
  figures(
    `nothing leaves but the events that are documented, whatever is clicked and typed: ${view}`,
    async (tab) => {
      assert.equal(DOCUMENTED.length, 6);
      const lab =
        'task="adding" cell="lstm" layers="2" units="3" epochs="1" n="20" epoch="1" compare="units" than="2" q="term" controls="step,play,speed,sequence,what-if,by,edit,task"';
      await tab.open(
        page(
          'events',
          `<rnn-figure view="${view}" ${view.startsWith('notebook') ? 'epochs="1" n="20"' : lab}></rnn-figure>`,
          LISTENING,
        ),
      );
      await ready(tab);
      const count = await tab.evaluate(() => {
        const controls: HTMLElement[] = [];
        const walk = (scope: ParentNode): void => {
          for (const element of scope.querySelectorAll<HTMLElement>('*')) {
            if (element.shadowRoot && element.localName !== 'rnn-save') walk(element.shadowRoot);
            const works = element.matches(
              'select, summary, button, input:not([type=file]), [role=slider], [role=spinbutton], .plot, .frame, .grip',
            );
            if (works && element.checkVisibility()) controls.push(element);
          }
        };
        walk(document.querySelector('rnn-figure')?.shadowRoot as ShadowRoot);
        (globalThis as unknown as { controls: HTMLElement[] }).controls = controls;
        return controls.length;
      });
      for (let i = 0; i < count; i += Math.ceil(count / MOST_USED)) {
        const how = await tab.evaluate((i: number) => {
          const control = (globalThis as unknown as { controls: HTMLElement[] }).controls[i] as HTMLElement;
          if (!control.isConnected) return 'not';
          control.focus();
          return control.matches('input[type=number]')
            ? 'number'
            : control.matches('button, summary, input[type=checkbox], input[type=radio]')
              ? 'button'
              : 'arrows';
        }, i);
        const keys = {
          number: ['1', 'Enter', 'ArrowDown'],
          button: [' '],
          arrows: ['ArrowDown', 'ArrowLeft'],
          not: [],
        }[how];
        for (const key of keys) await tab.press(key);
      }
      const [inside, left] = await tab.evaluate(() => {
        const { inside, left } = globalThis as unknown as { inside: Set<string>; left: Set<string> };
        return [[...inside], [...left]] as const;
      });
      assert.deepEqual(
        left.filter((name) => !DOCUMENTED.includes(name)),
        [],
      );
      if (count > 5) assert.ok(inside.length > 1, `of ${count} controls only ${inside.join()} was heard inside`);
      if (view === 'network')
        assert.ok(
          ['rnn-ready', 'rnn-state', 'rnn-step'].every((name) => left.includes(name)),
          left.join(),
        );
    },
    { width: 1000, height: 3000 },
  );

forEachBrowser(
  'figure: showing the cell state in the strips changes only the address',
  async (tab) => {
    const site = await serveSite();
    for (const [page, view] of [
      ['unrolled.html', 'lab'],
      ['share.html', 'network'],
    ] as const) {
      await tab.open('about:blank');
      await tab.open(`${site.url}${page}#view=${view}&v=1&cell=lstm&units=3&epochs=2`);
      await ready(tab);
      await tab.until(() =>
        document
          .querySelector('rnn-figure')
          ?.shadowRoot?.querySelector('rnn-network')
          ?.shadowRoot?.querySelector('#state'),
      );
      await tab.focus('rnn-figure >>> rnn-network >>> #state');
      await tab.press('ArrowDown');
      await tab.until(
        (wanted: string) => location.hash === wanted,
        `#view=${view}&v=1&cell=lstm&units=3&epochs=2&strips=c`,
      );
    }
    assert.deepEqual(tab.problems, []);
  },
  { width: 1280, height: 3000 },
);

figures('a picture is of what was set just before', async (tab) => {
  await tab.open(page('picture', '<rnn-figure task="first"></rnn-figure>'));
  await ready(tab);
  const [early, late] = await tab.evaluate(async () => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.set({ units: 3, cell: 'gru', task: 'parity', t: 4 });
    const early = await figure.picture();
    const frame = (): Promise<unknown> => new Promise((next) => requestAnimationFrame(next));
    for (let i = 0; i < 30; i++) await frame();
    return [early.svg, (await figure.picture()).svg];
  });
  assert.equal(early, late);
  assert.match(await text(tab, '#place'), /^After 40 epochs/);
});

forEachBrowser('figure: a page that needs a server says so when it is opened from the disk', async (tab) => {
  const dist = join(root, process.env.DIST ?? 'dist');
  for (const [name, words] of [
    ['index.html', 'From the disk, open unrolled.html'],
    ['notebook.html', 'From the disk, open unrolled.html'],
    ['lab.html', 'From the disk, open unrolled.html'],
    ['share.html', 'From the disk, open unrolled.html'],
    ['de/lab.html', 'Direkt von der Festplatte lässt sich unrolled.html öffnen'],
  ] as const) {
    await tab.open(pathToFileURL(join(dist, name)).href);
    await tab.until((said: string) => {
      const line = document.querySelector<HTMLElement>('.from-disk');
      return line?.offsetHeight && line.textContent?.includes(said);
    }, words);
  }
});

figures('the cursor of curves stays on its epoch when the width changes', async (tab) => {
  await tab.open(page('turned', '<rnn-figure view="training" task="first" epochs="8"></rnn-figure>'));
  await ready(tab);
  for (const width of [1000, 1280, 700, 1280]) {
    await tab.resize(width, 900);
    /* the last epoch is the right edge of the plot */
    await tab.until((wide: number) => {
      const inside = document.querySelector('rnn-figure')?.shadowRoot?.querySelector('rnn-curves')?.shadowRoot;
      const [hair, foot, plot] = ['.hair', '.foot', '.touch'].map((part) =>
        inside?.querySelector(part)?.getBoundingClientRect(),
      );
      const off = (box?: DOMRect): number => Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - (plot?.right ?? -99));
      return Math.abs(innerWidth - wide) < 20 && off(hair) < 2 && off(foot) < 2;
    }, width);
  }
});
