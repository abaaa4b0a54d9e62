// Running the cells of the notebook, with real clicks: what is empty, what appears, and what a link opens.
import assert from 'node:assert/strict';
import { forEachBrowser, serveSite, type Tab } from './harness.ts';
import { scrollThrough } from './pages.ts';
import { catchFiles } from './picture-files.ts';

const CELLS = ['data', 'scatter', 'model', 'compile', 'fit', 'evaluate', 'curves'];

async function open(tab: Tab, address = ''): Promise<void> {
  const { url } = await serveSite();
  await tab.open('about:blank');
  await tab.open(`${url}notebook.html${address}`);
  await tab.until(() => (document.querySelector('#log')?.textContent ?? '') !== '');
}

/** The counts beside the cells, as they are shown, and the cells whose output is visible. */
const shown = (tab: Tab): Promise<{ counts: string; outputs: string }> =>
  tab.evaluate(() => {
    const cells = [...document.querySelectorAll('rnn-code-cell')];
    return {
      counts: cells.map((cell) => cell.querySelector('.cell-count')?.textContent).join(' '),
      outputs: cells
        .filter((cell) => cell.querySelector('.cell-output')?.checkVisibility())
        .map((cell) => cell.getAttribute('name'))
        .join(' '),
    };
  });

const counts = (tab: Tab, wanted: string): Promise<void> =>
  tab.until(
    (text: string) =>
      [...document.querySelectorAll('.cell-count')].map(({ textContent }) => textContent).join(' ') === text,
    wanted,
  );

const run = (tab: Tab, cell: string): Promise<void> => tab.click(`rnn-code-cell[name="${cell}"] .cell-run`);

/** Collects what a reader could have seen while cells ran: each different number of epochs in the log and the curves. */
const watch = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    const seen = { log: new Set<number>(), curves: new Set<number>() };
    Object.assign(globalThis, { seen });
    const look = (): void => {
      const log = document.querySelector<HTMLElement>('#log');
      if (log?.checkVisibility()) seen.log.add((log.textContent ?? '').split('Epoch').length - 1);
      const chart = document.querySelector('#accuracy') as HTMLElement & { series?: { values: number[] }[] };
      if (chart?.checkVisibility() && chart.series?.[0]) seen.curves.add(chart.series[0].values.length);
      requestAnimationFrame(look);
    };
    look();
  });
const seen = (tab: Tab): Promise<{ log: number[]; curves: number[] }> =>
  tab.evaluate(() => {
    const { log, curves } = (globalThis as unknown as { seen: Record<string, Set<number>> }).seen;
    return { log: [...(log as Set<number>)], curves: [...(curves as Set<number>)] };
  });

/** Waits for the next frame, which shows the latest drawing. */
const sawAll = (tab: Tab): Promise<void> =>
  tab.until(() =>
    Object.values((globalThis as unknown as { seen: Record<string, Set<number>> }).seen).every((epochs) =>
      epochs.has(10),
    ),
  );

const ascending = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value > (values[i - 1] as number));

forEachBrowser('notebook: cells are empty until they have run, and say what will be there', async (tab) => {
  await open(tab);
  assert.deepEqual(await shown(tab), { counts: CELLS.map(() => 'In [ ]').join(' '), outputs: '' });
  assert.equal(await tab.evaluate(() => location.hash), '');
  const boxes = await tab.evaluate(() =>
    [...document.querySelectorAll('.cell-empty')].map(
      (box) => box.checkVisibility() && /^Run this cell to /.test(box.textContent ?? ''),
    ),
  );
  assert.deepEqual(boxes, [true, true, true, true, true, true]);
  assert.deepEqual(await tab.faults(), []);
  await run(tab, 'data');
  await counts(tab, 'In [1] In [ ] In [ ] In [ ] In [ ] In [ ] In [ ]');
  assert.equal((await shown(tab)).outputs, 'data');
  assert.equal(await tab.text('#shapes'), '(100, 10, 1) (100,)');
  assert.ok(
    !(await tab.evaluate(() => document.querySelector('rnn-code-cell[name=data] .cell-empty')?.checkVisibility())),
  );
  await tab.until(() => location.hash === '#v=1&ran=1:1&slowtask=first');
  assert.deepEqual(tab.problems, []);
});

forEachBrowser(
  'notebook: a cell runs those that it needs first, with one counter for all, and says so',
  async (tab) => {
    await open(tab);
    await run(tab, 'evaluate');
    await counts(tab, 'In [1] In [ ] In [2] In [3] In [4] In [5] In [ ]');
    assert.equal(
      await tab.text('rnn-code-cell[name=evaluate] .cell-note'),
      'This cell needs the cells data, model, compile, and fit, so those cells ran first.',
    );
    assert.match(await tab.text('#evaluation'), /^Accuracy of our model : 0\.\d+\nloss of our model : 0\.\d+$/);
    /* cells that have run are not run again */
    await run(tab, 'scatter');
    await counts(tab, 'In [1] In [6] In [2] In [3] In [4] In [5] In [ ]');
    assert.equal(await tab.text('rnn-code-cell[name=evaluate] .cell-note'), '');
    await run(tab, 'data');
    await counts(tab, 'In [7] In [6] In [2] In [3] In [4] In [5] In [ ]');
    assert.equal((await shown(tab)).outputs, 'data scatter model fit evaluate');
    assert.deepEqual(tab.problems, []);
  },
);

forEachBrowser(
  'notebook: Run all runs one cell after another, and fit and curves appear epoch by epoch',
  async (tab) => {
    await open(tab);
    await watch(tab);
    await tab.click('#run-all');
    await counts(tab, 'In [1] In [2] In [3] In [4] In [*] In [*] In [*]');
    assert.equal((await shown(tab)).outputs, 'data scatter model fit');
    /* near the screen the script of the charts is loaded */
    await tab.until(() => document.querySelector('#accuracy')?.checkVisibility());
    await tab.middle('#accuracy');
    await counts(tab, CELLS.map((_, i) => `In [${i + 1}]`).join(' '));
    await sawAll(tab);
    const { log, curves } = await seen(tab);
    assert.ok(ascending(log) && log.length >= 5 && log.at(-1) === 10, `${log}`);
    assert.ok(ascending(curves) && curves.length >= 3 && curves.at(-1) === 10, `${curves}`);
    /* a fit that runs again draws the curves that are there again, too */
    await tab.evaluate(() => {
      for (const each of Object.values((globalThis as unknown as { seen: Record<string, Set<number>> }).seen))
        each.clear();
    });
    await run(tab, 'fit');
    await counts(tab, 'In [1] In [2] In [3] In [4] In [8] In [6] In [7]');
    await sawAll(tab);
    const again = await seen(tab);
    assert.ok(again.log.length > 3 && again.curves.length > 3, JSON.stringify(again));
    assert.deepEqual(tab.problems, []);
  },
);

forEachBrowser(
  'notebook: without motion the whole fit appears at once',
  async (tab) => {
    await open(tab);
    await watch(tab);
    await tab.click('#run-all');
    await counts(tab, CELLS.map((_, i) => `In [${i + 1}]`).join(' '));
    const { log, curves } = await seen(tab);
    assert.deepEqual(
      [log.filter((epochs) => epochs !== 0), curves.filter((epochs) => epochs !== 0 && epochs !== 10)],
      [[10], []],
    );
    assert.deepEqual(tab.problems, []);
  },
  { reducedMotion: true, without: { webkit: 'its driver takes no such wish' } },
);

forEachBrowser('notebook: a link opens as it was left, and an older link with everything run', async (tab) => {
  await open(tab);
  await run(tab, 'model');
  await counts(tab, 'In [1] In [ ] In [2] In [ ] In [ ] In [ ] In [ ]');
  await run(tab, 'data');
  await tab.until(() => location.hash === '#v=1&ran=1:3_3:2&slowtask=first');
  await open(tab, '#v=1&ran=1:3_3:2&slowtask=first');
  assert.deepEqual(await shown(tab), {
    counts: 'In [3] In [ ] In [2] In [ ] In [ ] In [ ] In [ ]',
    outputs: 'data model',
  });
  await open(tab, '#v=1&epochs=3');
  assert.deepEqual(await shown(tab), {
    counts: CELLS.map((_, i) => `In [${i + 1}]`).join(' '),
    outputs: 'data scatter model fit evaluate curves',
  });
  assert.ok((await tab.text('#log')).includes('Epoch 3/3'));
  /* Back shows what had run */
  await tab.click('#clear-all');
  await tab.until(() => location.hash === '#v=1&epochs=3&ran=');
  assert.equal((await shown(tab)).outputs, '');
  const { url } = await serveSite();
  await tab.open('about:blank');
  await tab.open(`${url}notebook.html#v=1&epochs=3&ran=`);
  await tab.until(() => document.querySelector('.cell-count')?.textContent === 'In [ ]');
  assert.deepEqual(tab.problems, []);
});

forEachBrowser(
  'notebook: a number that is dragged changes the outputs of cells that have run, and no others',
  async (tab) => {
    await open(tab);
    await run(tab, 'fit');
    await counts(tab, 'In [1] In [ ] In [2] In [3] In [4] In [ ] In [ ]');
    await tab.drag('rnn-code-cell[name=fit] rnn-handle[field=epochs] >>> .number', { x: 60, y: 0 });
    const epochs = Number(await tab.text('rnn-code-cell[name=fit] rnn-handle[field=epochs] >>> .number'));
    assert.ok(epochs > 10);
    await tab.until(
      (end: string) => document.querySelector('#log')?.textContent?.includes(end),
      `Epoch ${epochs}/${epochs}`,
    );
    assert.deepEqual(await shown(tab), {
      counts: 'In [1] In [ ] In [2] In [3] In [4] In [ ] In [ ]',
      outputs: 'data model fit',
    });
    /* while a fit appears, a drag shows all of it */
    await run(tab, 'fit');
    await tab.until(() => document.querySelector('rnn-code-cell[name=fit] .cell-count')?.textContent === 'In [*]');
    await tab.focus('rnn-code-cell[name=fit] rnn-handle[field=batch] >>> .number');
    await tab.press('ArrowLeft');
    await counts(tab, 'In [1] In [ ] In [2] In [3] In [5] In [ ] In [ ]');
    await tab.until(
      (end: string) => document.querySelector('#log')?.textContent?.includes(end),
      `Epoch ${epochs}/${epochs}`,
    );
    assert.deepEqual(tab.problems, []);
  },
);

interface Network extends HTMLElement {
  trace?: { layers: { h: Float32Array; units?: number }[]; prediction: Float32Array };
}

forEachBrowser(
  'notebook: the network figure shows the reader’s own network, untrained until the fit has run',
  async (tab) => {
    await open(tab, '#v=1&task=first&units=5&epochs=30&rate=0.02&ran=');
    await scrollThrough(tab);
    const says = (words: string): Promise<void> =>
      tab.until((text: string) => document.querySelector('#network-own')?.textContent === text, words);
    await says('Your network has 5 units and has not been trained yet. Run the cell “fit” above to train it.');
    const answer = (): Promise<number> =>
      tab.evaluate(() => (document.querySelector('rnn-network') as Network).trace?.prediction.at(-1) ?? Number.NaN);
    await tab.until(() => (document.querySelector('rnn-network') as Network)?.trace !== undefined);
    const untrained = await answer();
    await run(tab, 'fit');
    await says(
      'Your network has 5 units and was trained for 30 epochs with a learning rate of 0.02. Its labels follow from the first value.',
    );
    await tab.middle('rnn-network');
    await tab.until(
      (before: number) => (document.querySelector('rnn-network') as Network).trace?.prediction.at(-1) !== before,
      untrained,
    );
    /* the other network is the one that older links show */
    await tab.click('[data-card=network] [data-set^="net=8"]');
    await tab.until(() => location.hash.includes('net=8&trained=40'));
    await tab.until(() => document.querySelector('#network-caption')?.textContent?.startsWith('right on '));
    await tab.click('[data-card=network] [data-set^="net=own"]');
    await tab.until(() => !location.hash.includes('net='));
    assert.deepEqual(tab.problems, []);
  },
);

forEachBrowser('notebook: slow training opens on labels that can be learned', async (tab) => {
  await open(tab);
  await scrollThrough(tab);
  const end = async (): Promise<number> => {
    await tab.click('#training >>> button:nth-of-type(7)');
    await tab.until(() => /Epoch 10\/10\n4\/4 ━ accuracy/.test(document.querySelector('#slow-log')?.textContent ?? ''));
    return Number(
      /Epoch 10\/10\n4\/4 ━ accuracy: [\d.]+ - loss: [\d.]+ - val_accuracy: ([\d.]+)/.exec(
        await tab.text('#slow-log'),
      )?.[1],
    );
  };
  assert.ok((await end()) > 0.7);
  await tab.click('[data-card=slow] [data-set="slowtask=own"]');
  await tab.until(() => {
    const [, value] =
      /Epoch 10\/10\n4\/4 ━ .*val_accuracy: ([\d.]+)/.exec(document.querySelector('#slow-log')?.textContent ?? '') ??
      [];
    return value !== undefined && Math.abs(Number(value) - 0.5) < 0.06;
  });
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('notebook: a number in the code has its name beside it while it is pointed at or typed', async (tab) => {
  await open(tab);
  const name = (): Promise<string> =>
    tab.evaluate(() => {
      const label = document
        .querySelector('rnn-code-cell[name=compile] rnn-handle')
        ?.shadowRoot?.querySelector<HTMLElement>('.name');
      return label?.checkVisibility() ? (label.textContent ?? '') : '';
    });
  assert.equal(await name(), '');
  await tab.hover(await tab.middle('rnn-code-cell[name=compile] rnn-handle >>> .number'));
  assert.equal(await name(), 'learning rate');
  await tab.click('rnn-code-cell[name=compile] rnn-handle >>> .number');
  await tab.hover({ x: 0, y: 0 });
  assert.equal(await name(), 'learning rate');
  const unnamed = await tab.evaluate(
    () =>
      [...document.querySelectorAll('.cell-code rnn-handle')].filter(
        ({ shadowRoot }) => !shadowRoot?.querySelector('[aria-label]'),
      ).length,
  );
  assert.equal(unnamed, 0);
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('notebook: the whole notebook can be downloaded, with the numbers that are shown', async (tab) => {
  await open(tab, '#v=1&task=first&units=7&ran=');
  await catchFiles(tab);
  await tab.click('#download-all');
  const { bytes } = await tab.evaluate(() => globalThis.files[0] as Promise<{ bytes: string }>);
  const text = Buffer.from(bytes, 'latin1').toString();
  const { cells, nbformat } = JSON.parse(text) as {
    cells: { cell_type: string; source: string[] }[];
    nbformat: number;
  };
  assert.equal(nbformat, 4);
  assert.equal(cells.length, CELLS.length);
  const code = await tab.evaluate(() =>
    [...document.querySelectorAll('rnn-code-cell')].map((cell) => (cell as unknown as { code: string }).code),
  );
  assert.deepEqual(
    cells.map(({ source }) => `${source.join('')}\n`),
    code,
  );
  assert.match(cells[2]?.source.join('') ?? '', /SimpleRNN\(7, /);
});
