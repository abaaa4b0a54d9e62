// Repeating an action must not accumulate anything. Nodes and listeners are counted after garbage collection.
import assert from 'node:assert/strict';
import { EVERY, forEachBrowser, type Tab } from './harness.ts';
import { openLab } from './pages.ts';

const ONLY_CHROMIUM = { firefox: 'its driver counts no nodes', webkit: 'its driver counts no nodes' };

/**
 * The number of repetitions between two counts. A leak grows between all counts; something cached grows between two of
 * them only.
 */
const TIMES = EVERY ? 6 : 3;

interface Action {
  name: string;
  /** The part that is visible during the action. */
  sight: string;
  /** One action and its opposite. */
  there: (tab: Tab) => Promise<void>;
  back: (tab: Tab) => Promise<void>;
}

const choose =
  (field: string, value: string) =>
  (tab: Tab): Promise<void> =>
    tab.select(`select[data-field="${field}"]`, value);
const between = (name: string, sight: string, field: string, one: string, other: string): Action => ({
  name,
  sight,
  there: choose(field, one),
  back: choose(field, other),
});
const handle =
  (field: string, key: string) =>
  async (tab: Tab): Promise<void> => {
    await tab.focus(`rnn-handle[field=${field}] >>> .number`);
    await tab.press(key);
  };
const moved = (name: string, sight: string, field: string): Action => ({
  name,
  sight,
  there: handle(field, 'ArrowRight'),
  back: handle(field, 'ArrowLeft'),
});

const ACTIONS: readonly Action[] = [
  between('another cell, the arithmetic in sight', 'rnn-arithmetic', 'cell', 'gru', 'simple_rnn'),
  between('another cell, the network in sight', 'rnn-network', 'cell', 'lstm', 'simple_rnn'),
  between('another cell, backpropagation through time in sight', 'rnn-backward', 'cell', 'lstm', 'simple_rnn'),
  between('another task', 'rnn-data', 'task', 'last', 'first'),
  between('another question', 'rnn-predict', 'question', 'length', 'feature'),
  between('two networks, and one', '.beside', 'compare', 'units', 'none'),
  between('the loop cut', 'rnn-network', 'cut', 'loop', 'none'),
  moved('layers', 'rnn-arithmetic', 'layers'),
  moved('units', 'rnn-arithmetic', 'units'),
  moved('time steps', 'rnn-backward', 'steps'),
  moved('the sequence', 'rnn-network', 'sample'),
];

/** Waits until the page has answered and drawn everything. */
const rest = (tab: Tab): Promise<void> =>
  tab.evaluate(async () => {
    for (let quiet = 0, last = ''; quiet < 6; ) {
      await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
      const now = `${location.hash} ${document.querySelector('#caption')?.textContent} ${document.querySelector('#place')?.textContent}`;
      quiet = now === last ? quiet + 1 : 0;
      last = now;
    }
  });

for (const { name, sight, there, back } of ACTIONS)
  forEachBrowser(
    `nodes: ${name}, again and again, leaves nothing behind`,
    async (tab) => {
      await openLab(tab, '#v=1&open=settings');
      await tab.until(() => (document.querySelector('#caption')?.textContent ?? '') !== '');
      const cdp = await tab.page?.createCDPSession();
      assert.ok(cdp);
      await cdp.send('HeapProfiler.enable');
      const count = async (): Promise<{ nodes: number; listeners: number }> => {
        await cdp.send('HeapProfiler.collectGarbage');
        await cdp.send('HeapProfiler.collectGarbage');
        const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
        return { nodes, listeners: jsEventListeners };
      };
      const often = async (times: number): Promise<void> => {
        for (let i = 0; i < times; i++) {
          for (const act of [there, back]) {
            await act(tab);
            await rest(tab);
          }
        }
      };
      await tab.evaluate(
        (wanted) => document.querySelector(wanted)?.scrollIntoView({ behavior: 'instant', block: 'center' }),
        sight,
      );
      await often(3); /* create everything that is cached */
      const counts = [await count()];
      for (let again = 0; again < 2; again++) {
        await often(TIMES);
        counts.push(await count());
      }
      const grown = (of: 'nodes' | 'listeners'): number =>
        Math.min(...[1, 2].map((i) => ((counts[i]?.[of] ?? 0) - (counts[i - 1]?.[of] ?? 0)) / TIMES));
      const [nodes, listeners] = [grown('nodes'), grown('listeners')];
      assert.ok(nodes < 1 && listeners < 0.5, `${nodes} nodes and ${listeners} listeners each time`);
    },
    { width: 1280, height: 900, without: ONLY_CHROMIUM },
  );
