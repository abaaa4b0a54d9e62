// Figures in a foreign page: the time until the first one is drawn, and whether a page of twenty scrolls smoothly.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch, root, type Tab } from '../web/harness.ts';

const FIGURE = (more: string): string =>
  `<rnn-figure ${more} task="first" epoch="40" t="7" unit="5"></rnn-figure><p>Text.</p>`;
const VIEWS = ['network', 'training', 'arithmetic', 'backward', 'data'];

/** Serves a page with these figures. The script is gzipped, as hosts send it. */
async function withPage<T>(figures: string, use: (url: string) => Promise<T>): Promise<T> {
  const script = gzipSync(readFileSync(join(resolve(root, process.env.DIST ?? 'dist'), 'figures.js')));
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title><link rel="icon" href="data:,"><body>
    <script>addEventListener('rnn-ready', () => { globalThis.ready ??= performance.now() - globalThis.began; }); globalThis.began = performance.now();</script>
    <script src="figures.js"></script>${figures}</body></html>`;
  const server = createServer(({ url }, response) =>
    url === '/figures.js'
      ? response.writeHead(200, { 'content-type': 'text/javascript', 'content-encoding': 'gzip' }).end(script)
      : response.writeHead(200, { 'content-type': 'text/html' }).end(page),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    return await use(`http://localhost:${(server.address() as { port: number }).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function opened<T>(url: string, use: (tab: Tab) => Promise<T>): Promise<T> {
  const tab = await launch('chromium', { width: 1000, height: 900 });
  try {
    /* wait until the browser itself is idle, so that only the page starts cold */
    await tab.evaluate(() => new Promise((idle) => setTimeout(() => requestIdleCallback(idle), 500)));
    await tab.open(url);
    await tab.until(() => (globalThis as unknown as { ready?: number }).ready !== undefined);
    return await use(tab);
  } finally {
    await tab.close();
  }
}

/** Milliseconds from the script's tag to the first figure drawn, each in a new browser. */
export const firstFigure = (loads: number): Promise<number[]> =>
  withPage(FIGURE('controls="step,play"'), async (url) => {
    const all: number[] = [];
    for (let i = 0; i < loads; i++)
      all.push(
        await opened(
          url,
          (tab) => tab.evaluate(() => (globalThis as unknown as { ready: number }).ready) as Promise<number>,
        ),
      );
    return all.sort((a, b) => a - b);
  });

export interface Scrolled {
  frames: number;
  seconds: number;
  /** The longest task in milliseconds; 0 if none took 50. */
  longest: number;
  figures: number;
}

/** Scrolls through twenty figures of five views at 1,200 pixels per second. Only the first ones have started. */
export const scrollFigures = (): Promise<Scrolled> =>
  withPage(
    Array.from({ length: 20 }, (_, i) => FIGURE(`view="${VIEWS[i % VIEWS.length]}" seed="${i}"`)).join(''),
    (url) =>
      opened(
        url,
        (tab) =>
          tab.evaluate(
            () =>
              new Promise<Scrolled>((resolved) => {
                let [frames, longest] = [0, 0];
                new PerformanceObserver((list) => {
                  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
                }).observe({ type: 'longtask' });
                const began = performance.now();
                const step = (): void => {
                  frames += 1;
                  const seconds = (performance.now() - began) / 1000;
                  scrollTo(0, 1200 * seconds);
                  if (scrollY + innerHeight < document.documentElement.scrollHeight - 1) requestAnimationFrame(step);
                  else
                    resolved({
                      frames,
                      seconds,
                      longest,
                      figures: document.querySelectorAll('rnn-figure[data-ready]').length,
                    });
                };
                requestAnimationFrame(step);
              }),
          ) as Promise<Scrolled>,
      ),
  );
