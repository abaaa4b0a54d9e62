// In Chromium: the notebook's fit in a worker, and the page while its learning rate is dragged for five seconds.
//
//   make bench
import { gzipSync } from 'node:zlib';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../web/serve.mjs';
import { launch, root, serveSite } from '../web/harness.ts';

interface Fit {
  loaded: number;
  first: number;
  median: number;
}

async function fitInWorker(): Promise<Fit> {
  const folder = join(root, 'build/tests/bench');
  mkdirSync(folder, { recursive: true });
  const site = await serve(root);
  const tab = await launch('chromium');
  try {
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>bench</title><link rel="icon" href="data:,">');
    await tab.open(`${site.url}build/tests/bench/`);
    return await tab.evaluate(
      () =>
        new Promise<Fit>((resolve, reject) => {
          const worker = new Worker('/tests/bench/fit.worker.js', { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => reject(new Error(event.message));
        }),
    );
  } finally {
    await tab.close();
    await site.close();
  }
}

interface Dragging {
  seconds: number;
  drawn: number;
  frames: number;
  longest: number;
}

async function dragRate(seconds: number): Promise<Dragging> {
  const site = await serveSite();
  const tab = await launch('chromium', { width: 1440, height: 900 });
  const page = tab.page;
  if (!page) throw new Error('no page');
  try {
    await tab.open(site.url);
    await tab.until(() => (document.querySelector('#log')?.textContent ?? '').includes('Epoch 10/10'));
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
    return { seconds: took, drawn: seen.drawn, frames: seen.frames, longest: seen.longest };
  } finally {
    await tab.close();
    await site.close();
  }
}

function sizes(): [string, number][] {
  const folder = join(root, 'dist');
  return readdirSync(folder).map((name) => [name, gzipSync(readFileSync(join(folder, name)), { level: 9 }).length]);
}

const fit = await fitInWorker();
console.log(`the notebook's fit in Chromium's worker: first ${fit.first.toFixed(1)} ms, median of 20 warm ${fit.median.toFixed(2)} ms; module loaded in ${fit.loaded.toFixed(0)} ms`);
const drag = await dragRate(5);
console.log(`dragging the learning rate for ${drag.seconds.toFixed(1)} s: ${(drag.drawn / drag.seconds).toFixed(0)} runs drawn a second, ${(drag.frames / drag.seconds).toFixed(0)} frames a second, longest task ${drag.longest ? `${drag.longest.toFixed(0)} ms` : 'under 50 ms'}`);
for (const [name, bytes] of sizes()) console.log(`${name}: ${bytes} bytes gzipped`);
const sent = sizes().filter(([name]) => !name.includes('scalar'));
console.log(`first load: ${sent.reduce((sum, [, bytes]) => sum + bytes, 0)} bytes gzipped`);
