/**
 * Helpers for the test of every host: the host's own files with the built ones in one folder, a server, and the lab's
 * text for the same state.
 */

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { forEachBrowser, root, type Tab, type View } from '../web/harness.ts';
import { openLab } from '../web/pages.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export type Headers = Record<string, string>;

export interface Site {
  url: string;
  close(): Promise<void>;
}

export const dist = join(root, process.env.DIST ?? 'dist');

/** A copy of docs/embedding/<host>, with these files and folders of dist/ added. */
export function gather(host: string, ...built: string[]): string {
  const folder = join(root, process.env.BUILD ?? 'build', 'tests', 'embedding', host);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'docs/embedding', host), folder, { recursive: true });
  for (const file of built) cpSync(join(dist, file), join(folder, file), { recursive: true });
  return folder;
}

export const onDisk = (folder: string, file = 'index.html'): string => pathToFileURL(join(folder, file)).href;

/** A server that sends only these headers in addition to the files. */
export function serveFolder(folder: string, headers: Headers = {}): Promise<Site> {
  const answer = (path: string, response: ServerResponse): void => {
    const file = join(folder, normalize(`/${path.endsWith('/') ? `${path}index.html` : path}`));
    try {
      const body = readFileSync(file);
      response
        .writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', ...headers })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  };
  const server = createServer((request, response) =>
    answer(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname), response),
  );
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done());
          server.closeAllConnections();
        });
      resolve({ url: `http://localhost:${(server.address() as AddressInfo).port}/`, close });
    });
  });
}

/** Waits until these figures are drawn for the first time. */
export const ready = (tab: Tab, selector = 'rnn-figure'): Promise<void> =>
  tab.until(
    (wanted: string) => [...document.querySelectorAll(wanted)].every((figure) => figure.hasAttribute('data-ready')),
    selector,
  );

const place = (tab: Tab, selector: string): Promise<string> =>
  tab.text(`${selector} >>> #place`).then((text) => text.trim());
export const timestep = (tab: Tab, selector = 'rnn-figure'): Promise<number> =>
  tab.evaluate((wanted: string) => Number((document.querySelector(wanted) as RnnFigure).state?.['t']), selector);

/** Checks that the figure shows the same accuracy as the lab in the same state. Leaves the page for the lab. */
export async function sameAsLab(tab: Tab, selector = 'rnn-figure'): Promise<void> {
  await tab.until(
    (wanted: string) =>
      /right on \d/.test(document.querySelector(wanted)?.shadowRoot?.querySelector('#place')?.textContent ?? ''),
    selector,
  );
  const told = await place(tab, selector);
  const address = await tab.evaluate(
    (wanted: string) => (document.querySelector(wanted) as RnnFigure).address,
    selector,
  );
  await labSays(tab, address, told);
}

/** Opens the lab and waits until it shows this sentence with an accuracy. */
export async function labSays(tab: Tab, address: string, told: string): Promise<void> {
  assert.match(told, /right on \d+ of \d+|right on [\d.]+\s?%/, told);
  await openLab(tab, address);
  await tab.until((words: string) => document.querySelector('#place')?.textContent?.trim() === words, told);
}

/** Checks that the arrow keys move a figure through time in both directions. */
export async function walks(tab: Tab, selector = 'rnn-figure'): Promise<void> {
  const from = await timestep(tab, selector);
  await tab.focus(`${selector} >>> rnn-network >>> .plot`);
  for (const [key, t] of [
    ['ArrowLeft', from - 1],
    ['ArrowLeft', from - 2],
    ['ArrowRight', from - 1],
  ] as const) {
    await tab.press(key);
    await tab.until(
      (wanted: string, expected: number) => (document.querySelector(wanted) as RnnFigure).state?.['t'] === expected,
      selector,
      t,
    );
  }
}

/**
 * One test in each browser. Neither an error nor a warning may appear in the console, except those of the browser that
 * match `but`.
 */
export function inHost(name: string, body: (tab: Tab) => Promise<void>, view: View = {}, but = /^$/): void {
  forEachBrowser(
    `embedding: ${name}`,
    async (tab) => {
      const warnings: string[] = [];
      tab.page?.on('console', (message) => {
        if (message.type() === 'warn') warnings.push(message.text());
      });
      await body(tab);
      assert.deepEqual(
        [...tab.problems, ...warnings].filter((line) => !but.test(line)),
        [],
      );
    },
    { width: 1100, height: 900, ...view },
  );
}
