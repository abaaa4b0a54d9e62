// The page itself: what it draws while it is dragged, and what it weighs.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch, root, serveSite } from '../web/harness.ts';
import { firstLoad, sent } from '../web/loads.ts';

export interface Dragging {
  /** Milliseconds from the page's load until its first run stands there. */
  opened: number;
  seconds: number;
  drawn: number;
  frames: number;
  longest: number;
}

/** What the page draws while its learning rate is dragged to and fro. */
export async function dragRate(seconds: number): Promise<Dragging> {
  const site = await serveSite();
  const tab = await launch('chromium', { width: 1440, height: 900 });
  const page = tab.page;
  if (!page) throw new Error('no page');
  try {
    await tab.open(site.url);
    await tab.until(() => (document.querySelector('#log')?.textContent ?? '').includes('Epoch 10/10'));
    const opened = await tab.evaluate(() => performance.now());
    const from = await tab.middle('.first rnn-handle >>> .number');
    await tab.evaluate(() => {
      const seen = { drawn: 0, frames: 0, longest: 0, on: true };
      (globalThis as unknown as { seen: typeof seen }).seen = seen;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
      }).observe({ type: 'longtask' });
      // a new run drawn is a new text under the pair of curves: each run tells its own time
      let before: unknown;
      const compare = document.querySelector('rnn-compare') as unknown as { left: unknown };
      const look = (): void => {
        seen.frames += 1;
        if (compare.left !== before) seen.drawn += 1;
        before = compare.left;
        if (seen.on) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    const began = performance.now();
    for (let i = 0; performance.now() - began < seconds * 1000; i++) await page.mouse.move(from.x + 150 * Math.sin(i / 40), from.y);
    const took = (performance.now() - began) / 1000;
    const seen = await tab.evaluate(() => {
      const { seen } = globalThis as unknown as { seen: { drawn: number; frames: number; longest: number; on: boolean } };
      seen.on = false;
      return seen;
    });
    await page.mouse.up();
    return { opened, seconds: took, drawn: seen.drawn, frames: seen.frames, longest: seen.longest };
  } finally {
    await tab.close();
    await site.close();
  }
}

const dist = (): string => resolve(root, process.env.DIST ?? 'dist');

/** Bytes of each file of the site, gzipped. */
export const sizes = (): [string, number][] => readdirSync(dist()).map((name) => [name, sent(join(dist(), name))]);

/** Bytes that each page's first load sends. */
export const firstLoads = (): [string, number][] =>
  ['index.html', 'lab.html'].map((page) => [page, firstLoad(dist(), page).reduce((sum, [, bytes]) => sum + bytes, 0)]);
