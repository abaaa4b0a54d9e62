// The files that a browser fetches when it opens a page of the built site.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const sent = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

/** The folder of the modules. */
export const modulesOf = (dist: string): string => readdirSync(dist).find((name) => name.startsWith('wasm-')) ?? '';

/** Scripts, styles, the worker, and the module for a browser with SIMD, each with its size gzipped. */
export function firstLoad(dist: string, page: string): [name: string, bytes: number][] {
  const html = readFileSync(join(dist, page), 'utf8');
  const folder = dirname(page);
  const linked = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.\/([^"]*)"/g)].map(
    (match) => match[1] as string,
  );
  /* figures.js contains its own engine */
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
