// What a browser fetches of the built site when it opens a page.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const sent = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

/** The folder of the modules. */
export const modulesOf = (dist: string): string => readdirSync(dist).find((name) => name.startsWith('wasm-')) ?? '';

/** Its scripts and styles, the worker, and the module of a browser with vectors, each with its bytes gzipped. */
export function firstLoad(dist: string, page: string): [name: string, bytes: number][] {
  const html = readFileSync(join(dist, page), 'utf8');
  const linked = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.\/([^"]*)"/g)].map((match) => match[1] as string);
  const worker = readdirSync(dist).filter((name) => /^worker-.*\.js$/.test(name));
  /* the lab's worker fetches the lab's part */
  const parts = page === 'lab.html' ? worker.flatMap((name) => [...readFileSync(join(dist, name), 'utf8').matchAll(/["'`]\.\/(lab-[\w-]+\.js)["'`]/g)].map((match) => match[1] as string)) : [];
  return [page, ...linked, ...worker, ...parts, `${modulesOf(dist)}/${page === 'lab.html' ? 'unrolled' : 'lean'}.simd.wasm`].map((name) => [name, sent(join(dist, name))]);
}
