// The pages themselves: how often they draw while a handle is dragged or training is played, and their size.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { launch, root, serveSite, type Tab } from '../web/harness.ts';
import { firstLoad, sent } from '../web/loads.ts';

export interface Drawn {
  seconds: number;
  /** The number of runs or moments drawn. */
  drawn: number;
  frames: number;
  /** The longest task in milliseconds; 0 if none took 50. */
  longest: number;
}

export interface Dragging extends Drawn {
  /** Milliseconds from the page's load until its first run is drawn. */
  opened: number;
}

/** A property of an element that changes whenever something new is drawn. */
interface Watched {
  selector: string;
  property: string;
}

interface Seen {
  drawn: number;
  frames: number;
  longest: number;
  on: boolean;
}

async function watch(tab: Tab, watched: Watched): Promise<void> {
  await tab.evaluate(({ selector, property }: Watched) => {
    const seen: Seen = { drawn: 0, frames: 0, longest: 0, on: true };
    (globalThis as unknown as { seen: Seen }).seen = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ type: 'longtask' });
    let before: unknown;
    const element = document.querySelector(selector) as unknown as Record<string, unknown>;
    const look = (): void => {
      seen.frames += 1;
      if (element[property] !== before) seen.drawn += 1;
      before = element[property];
      if (seen.on) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, watched);
}

const stop = (tab: Tab): Promise<Seen> =>
  tab.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Seen };
    seen.on = false;
    return { ...seen };
  }) as Promise<Seen>;

async function onPage<T>(address: string, use: (tab: Tab) => Promise<T>): Promise<T> {
  const site = await serveSite();
  const tab = await launch('chromium', { width: 1440, height: 900 });
  try {
    await tab.open(site.url + address);
    return await use(tab);
  } finally {
    await tab.close();
    await site.close();
  }
}

async function dragged(tab: Tab, handle: string, watched: Watched, seconds: number): Promise<Drawn> {
  const { page } = tab;
  if (!page) throw new Error('no page');
  const from = await tab.middle(handle);
  await watch(tab, watched);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const began = performance.now();
  /* a pointer does not wait for the page: there are more moves than frames, and a few are in progress at once */
  const moves = new Set<Promise<void>>();
  for (let i = 0; performance.now() - began < seconds * 1000; i++) {
    const move: Promise<void> = page.mouse
      .move(from.x + 150 - Math.abs(150 - ((3 * i) % 300)), from.y)
      .finally(() => moves.delete(move));
    moves.add(move);
    await (moves.size < 6 ? pause(8) : Promise.race(moves));
  }
  await Promise.all(moves);
  const took = (performance.now() - began) / 1000;
  const seen = await stop(tab);
  await page.mouse.up();
  return { ...seen, seconds: took };
}

/**
 * The drawings of the notebook while its learning rate is dragged back and forth. A new run is recognized by the text
 * below the two curves.
 */
export const dragRate = (seconds: number): Promise<Dragging> =>
  onPage('notebook.html#v=1', async (tab) => {
    await tab.until(() => (document.querySelector('#log')?.textContent ?? '').includes('Epoch 10/10'));
    const opened = (await tab.evaluate(() => performance.now())) as number;
    return {
      opened,
      ...(await dragged(tab, '.first rnn-handle >>> .number', { selector: 'rnn-compare', property: 'left' }, seconds)),
    };
  });

/** The lab at the notebook's size. */
const LAB = 'lab.html#v=1';

/** The drawings of the lab while its learning rate is dragged back and forth, with runs of this many epochs. */
export const dragLab = (epochs: number, seconds: number): Promise<Drawn> =>
  onPage(`${LAB}&units=32&epochs=${epochs}&open=settings`, async (tab) => {
    await tab.until(() => (document.querySelector('#place')?.textContent ?? '') !== '');
    return dragged(tab, 'rnn-handle[field=rate] >>> .number', { selector: '#loss', property: 'series' }, seconds);
  });

/** The number of moments that the lab draws while training is played. */
export const playLab = (seconds: number, size = '&units=32'): Promise<Drawn> =>
  onPage(`${LAB}&epochs=200&at=0${size}`, async (tab) => {
    await tab.until(() => (document.querySelector('#place')?.textContent ?? '') !== '');
    await tab.evaluate(() => {
      document.querySelector('rnn-network')?.scrollIntoView({ behavior: 'instant', block: 'center' });
      document.querySelector('rnn-training')?.dispatchEvent(new CustomEvent('rnn-speed', { detail: { speed: 60 } }));
    });
    await tab.until(() => !!(document.querySelector('rnn-network') as unknown as { trace?: object }).trace);
    await watch(tab, { selector: 'rnn-network', property: 'trace' });
    const began = performance.now();
    await tab.evaluate(
      (wait: number) =>
        new Promise((resolved) => {
          document
            .querySelector('rnn-training')
            ?.dispatchEvent(new CustomEvent('rnn-training', { detail: { action: 'toggle' } }));
          setTimeout(resolved, wait);
        }),
      seconds * 1000,
    );
    return { ...(await stop(tab)), seconds: (performance.now() - began) / 1000 };
  });

const dist = (): string => resolve(root, process.env.DIST ?? 'dist');

/** The size of each file of the site in bytes, gzipped. */
export const sizes = (): [string, number][] =>
  readdirSync(dist(), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => [name, sent(join(dist(), name))]);

/** The bytes sent for the first load of each page. */
export const firstLoads = (): [string, number][] =>
  ['notebook.html', 'lab.html'].map((page) => [
    page,
    firstLoad(dist(), page).reduce((sum, [, bytes]) => sum + bytes, 0),
  ]);
