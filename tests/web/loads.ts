// What a browser fetches of the built site when it opens a page.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const sent = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

/** The folder of the modules. */
export const modulesOf = (dist: string): string => readdirSync(dist).find((name) => name.startsWith('wasm-')) ?? '';

/** Its scripts and styles, the worker, and the module of a browser with vectors, each with its bytes gzipped. */
export function firstLoad(dist: string, page: string): [name: string, bytes: number][] {
  const html = readFileSync(join(dist, page), 'utf8');
  const folder = dirname(page);
  const linked = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.\/([^"]*)"/g)].map(
    (match) => match[1] as string,
  );
  /* figures.js brings its own engine */
  const whole = linked.includes('figures.js');
  const worker = whole ? [] : readdirSync(join(dist, folder)).filter((name) => /^worker-.*\.js$/.test(name));
  const isLab = basename(page) === 'lab.html';
  /* the lab's worker fetches the lab's part */
  const parts = isLab
    ? worker.flatMap((name) =>
        [...readFileSync(join(dist, folder, name), 'utf8').matchAll(/["'`]\.\/(lab-[\w-]+\.js)["'`]/g)].map(
          (match) => match[1] as string,
        ),
      )
    : [];
  const here = [...linked, ...worker, ...parts].map((name) => join(folder, name));
  return [page, ...here, ...(whole ? [] : [`${modulesOf(dist)}/unrolled.simd.wasm`])].map((name) => [
    name,
    sent(join(dist, name)),
  ]);
}
