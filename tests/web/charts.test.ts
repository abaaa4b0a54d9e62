// The charts as a reader uses them: legible labels, values at the pointer and by keys, colors of the theme, no inline
// styles.
import assert from 'node:assert/strict';
import { forEachBrowser, servePage, type Tab } from './harness.ts';

const script = `
  import '/web/figures/compare/element.ts';
  import '/web/figures/scatter/element.ts';

  // Invented curves: rise(a, b) goes from a to b in ten epochs.
  const rise = (a, b) => Array.from({length: 10}, (_, i) => a + (b - a) * (i / 9) + 0.004 * Math.sin(9 * i));
  const run = (training, fresh) => [
    {role: 'train', label: 'training', values: rise(0.5, training)},
    {role: 'fresh', label: 'fresh data', values: rise(0.48, fresh)},
  ];
  const lines = [{value: 0.5, label: '½'}, {value: 0.54, label: 'majority label 0.54'}];
  const chanceBand = {low: 0.469, high: 0.531, label: '95 % of coin tosses on 1,000 sequences'};
  const side = (heading, training, fresh) => ({heading, series: run(training, fresh), ghost: run(0.55, 0.5), lines, chanceBand});
  const show = (training, fresh) => {
    Object.assign(pair, {epochs: 10, left: side('Coin tosses', training, 0.5), right: side('A twin', training, fresh), caption: 'rate 0.001'});
    return pair.updateComplete.then(() => Promise.all([...pair.shadowRoot.children].map((child) => child.updateComplete)));
  };
  const pair = document.querySelector('rnn-compare');
  const loss = document.querySelector('rnn-curves');
  const scatter = document.querySelector('rnn-scatter');
  show(0.6, 0.8);
  Object.assign(loss, {heading: 'Loss', epochs: 10, series: [{role: 'train', label: 'training', values: [0.7, 3, NaN]}],
    diverged: {epoch: 3, label: 'stopped: not a number'}});
  const x = Float32Array.from({length: 1000}, (_, i) => (i * 0.7548776662) % 1);
  const y = Float32Array.from({length: 100}, (_, i) => (x[10 * i] > 0.5 ? 1 : 0));
  Object.assign(scatter, {x, y, timesteps: 10, timestep: 1, threshold: {value: 0.5, label: '½', timestep: 1}});

  // The test and the page exchange values through data-* attributes, because these work with every driver.
  const data = document.body.dataset;
  document.addEventListener('show', () => show(...data.show.split(' ').map(Number)).then(() => { data.shown = data.show; }));
  data.heard = '';
  for (const name of ['rnn-cursor', 'rnn-timestep', 'rnn-sample'])
    document.addEventListener(name, ({detail}) => { data.heard += name.slice(4) + ' ' + Object.values(detail).join(' ') + ';'; });
`;
const body =
  '<main class="page"><h1>Charts</h1><rnn-compare></rnn-compare><rnn-curves></rnn-curves><rnn-scatter></rnn-scatter><rnn-curves class="empty"></rnn-curves></main>';

const LEFT = 'rnn-compare >>> rnn-curves >>> ';

function charts(name: string, use: (tab: Tab) => Promise<void>, view = {}): void {
  forEachBrowser(
    name,
    async (tab) => {
      const site = await servePage(`charts-${tab.browser}`, script, body);
      try {
        await tab.open(site.url);
        await tab.until(() => document.querySelector('rnn-curves')?.shadowRoot?.querySelector('.label.stop'));
        /* a chart places its labels once it knows its width */
        await tab.until(() => {
          const pair = [...(document.querySelector('rnn-compare')?.shadowRoot?.querySelectorAll('rnn-curves') ?? [])];
          const parts = pair.map(({ shadowRoot }) => [
            shadowRoot?.querySelector('.label.train'),
            shadowRoot?.querySelector<HTMLElement>('.touch')?.offsetHeight,
          ]);
          return parts.length === 2 && parts.flat().every(Boolean);
        });
        await use(tab);
        assert.deepEqual(tab.problems, []);
      } finally {
        await site.close();
      }
    },
    view,
  );
}

/** The problems of all labels of the two curves, over many runs: outside the frame, or overlapping. */
async function crowding(this: void): Promise<string[]> {
  const faults: string[] = [];
  const pair = document.querySelector('rnn-compare') as HTMLElement;
  const data = document.body.dataset;
  for (let i = 0; i <= 41; i++) {
    /* the last values are so high that the line for guessing is on the axis */
    data.show = i > 40 ? '900 950' : `${0.44 + i / 80} ${0.98 - i / 80}`;
    document.dispatchEvent(new Event('show'));
    while (data.shown !== data.show) await new Promise(requestAnimationFrame);
    for (const chart of pair.shadowRoot?.querySelectorAll('rnn-curves') ?? []) {
      const frame = (chart.shadowRoot?.querySelector('.plot') as HTMLElement).getBoundingClientRect();
      const labels = [...(chart.shadowRoot?.querySelectorAll<HTMLElement>('.label') ?? [])].filter(
        (label) => !label.hidden,
      );
      const floor = (chart.shadowRoot?.querySelector('.touch') as HTMLElement).getBoundingClientRect().bottom;
      if (labels.length !== 4) faults.push(`${labels.length} labels`);
      const boxes = labels.map((label) => label.getBoundingClientRect()).sort((a, b) => a.top - b.top);
      boxes.forEach((box, k) => {
        if (
          box.left < frame.left ||
          box.right > frame.right + 0.5 ||
          box.top < frame.top - 0.5 ||
          box.bottom > frame.bottom + 0.5
        )
          faults.push(`run ${i}: label ${k} leaves the frame`);
        if (box.bottom > floor + 3) faults.push(`run ${i}: label ${k} over the name of the axis`);
        if (k > 0 && box.top < (boxes[k - 1] as DOMRect).bottom - 0.5) faults.push(`run ${i}: label ${k} over another`);
      });
    }
  }
  return faults;
}

charts('labels never overlap nor leave the frame', async (tab) => {
  assert.deepEqual(await tab.evaluate(crowding), []);
});

charts(
  'nor on a phone, which need not be scrolled sideways',
  async (tab) => {
    assert.deepEqual(await tab.evaluate(crowding), []);
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  },
  {
    width: 390,
    height: 844,
    without: { firefox: 'its window is not that narrow', webkit: 'its window is not that narrow' },
  },
);

charts('a new run moves the lines and makes nothing anew', async (tab) => {
  const same = await tab.evaluate(async () => {
    const parts = (): Element[] =>
      [...(document.querySelector('rnn-compare')?.shadowRoot?.querySelectorAll('rnn-curves') ?? [])].flatMap(
        (chart) => [...(chart.shadowRoot?.querySelectorAll('path.run, path.grid, .label, .touch') ?? [])],
      );
    const before = parts();
    const data = document.body.dataset;
    data.show = '0.7 0.6';
    document.dispatchEvent(new Event('show'));
    while (data.shown !== data.show) await new Promise(requestAnimationFrame);
    const after = parts();
    return before.length > 8 && before.length === after.length && before.every((part, i) => part === after[i]);
  });
  assert.equal(same, true);
  assert.match(await tab.text(`${LEFT}.label.train`), /^0\.70\s+training$/);
});

charts('keys choose an epoch, in both charts, and its values are said', async (tab) => {
  await tab.focus(`${LEFT}.touch`);
  await tab.press('End');
  await tab.press('ArrowLeft');
  await tab.press('ArrowLeft');
  // 0.5 + 0.1 · 7/9 + 0.004 sin 63 and 0.48 + 0.02 · 7/9 + 0.004 sin 63.
  const text = 'epoch 8: training 0.58, fresh data 0.50';
  await tab.until(
    (wanted: string) =>
      document
        .querySelector('rnn-compare')
        ?.shadowRoot?.querySelector('rnn-curves')
        ?.shadowRoot?.querySelector('.readout')?.textContent === wanted,
    text,
  );
  const said = await tab.evaluate(() => {
    const touch = document
      .querySelector('rnn-compare')
      ?.shadowRoot?.querySelector('rnn-curves')
      ?.shadowRoot?.querySelector('.touch');
    return ['role', 'aria-valuenow', 'aria-valuemax', 'aria-valuetext'].map((name) => touch?.getAttribute(name));
  });
  assert.deepEqual(said.slice(0, 3), ['slider', '8', '10']);
  assert.ok(said[3]?.startsWith(text), said[3] ?? '');
  assert.match(await tab.text('rnn-compare >>> rnn-curves:last-of-type >>> .readout'), /^epoch 8: /);
  await tab.press('Escape');
  await tab.until(() => document.body.dataset.heard === 'cursor 10 true;cursor 9 true;cursor 8 true;cursor  true;');
});

charts('a click chooses the epoch under the pointer', async (tab) => {
  await tab.click(`${LEFT}.touch`);
  await tab.until(() => /cursor [56] true;/.test(document.body.dataset.heard ?? ''));
  assert.match(await tab.text(`${LEFT}.readout`), /^epoch [56]: /);
});

charts('a chart without a run says so, and keeps its axis name in the frame', async (tab) => {
  const room = await tab.evaluate(() => {
    const chart = document.querySelector('.empty')?.shadowRoot;
    const edge = (part: string): number => chart?.querySelector(part)?.getBoundingClientRect().right ?? 0;
    return edge('.plot') - edge('.unit');
  });
  assert.ok(room >= 0 && room < 20, `${room}`);
  assert.equal(await tab.text('.empty >>> .plot > p'), 'Not computed yet.');
  const full = await tab.evaluate(() => document.querySelector('rnn-curves')?.shadowRoot?.querySelector('.plot > p'));
  assert.equal(full ?? undefined, undefined, 'a chart with curves says that it has none');
});

charts('a run that stopped is marked with words', async (tab) => {
  assert.equal(await tab.text('rnn-curves >>> .label.stop'), 'stopped: not a number');
  assert.match(await tab.text('rnn-curves >>> #summary'), /The run stopped in epoch 3/);
});

charts('all values stand in a table', async (tab) => {
  await tab.click('rnn-curves >>> summary');
  await tab.until(() => document.querySelector('rnn-curves')?.shadowRoot?.querySelectorAll('tbody tr').length === 3);
  assert.equal(await tab.text('rnn-curves >>> tbody tr:last-child td'), '–');
});

charts('the drawing follows light and dark while it stands', async (tab) => {
  const colors = await tab.evaluate(async () => {
    const chart = document.querySelector('rnn-compare')?.shadowRoot?.querySelector('rnn-curves')?.shadowRoot;
    const brightest = (): number =>
      Number(/\d+/.exec(getComputedStyle(chart?.querySelector('path.run.train') as Element).stroke)?.[0]);
    const shown: number[] = [];
    for (const theme of ['light', 'dark', 'light']) {
      document.documentElement.dataset.theme = theme;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      shown.push(brightest());
    }
    return shown;
  });
  const [light = 0, dark = 0, again] = colors;
  assert.ok(dark === 0xe8, `the dark theme's ink is drawn: ${colors}`);
  assert.ok(light !== dark && again === light, `${colors}`);
});

charts('keys choose a sequence of the scatter plot', async (tab) => {
  await tab.focus('rnn-scatter >>> .touch');
  await tab.press('Home');
  await tab.press('ArrowRight');
  await tab.until(() => document.body.dataset.heard === 'sample 0 true;sample 1 true;');
  assert.equal(await tab.text('rnn-scatter >>> .readout'), 'x[1, 0, 0] = 0.55, y[1] = 1');
});

charts('the time step of the scatter plot is a slider', async (tab) => {
  await tab.focus('rnn-scatter >>> input[type=range]');
  await tab.press('ArrowRight');
  await tab.until(
    () => document.querySelector('rnn-scatter')?.shadowRoot?.querySelector('.axis')?.textContent === 'x[:, 1, 0]',
  );
  await tab.click('rnn-scatter >>> input[type=checkbox]');
  await tab.until(
    () => document.querySelector('rnn-scatter')?.shadowRoot?.querySelector('.axis')?.textContent === 'x[:, :, 0]',
  );
  assert.equal(await tab.evaluate(() => document.body.dataset.heard), 'timestep 2;timestep 0;');
});

for (const scheme of ['light', 'dark'] as const) {
  charts(
    `no faults of access, ${scheme}`,
    async (tab) => {
      await tab.click('rnn-curves >>> summary');
      assert.deepEqual(await tab.faults(), []);
    },
    { scheme },
  );
}
