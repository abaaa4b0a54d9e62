// The files that a page of the built site needs before anything else.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const sent = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

/** The folder of the modules. */
export const modulesOf = (dist: string): string => readdirSync(dist).find((name) => name.startsWith('wasm-')) ?? '';

/** The scripts that a script imports statically; those that it names in `import()` may come later. */
const importsOf = (script: string): string[] =>
  [...script.matchAll(/(?:\bfrom|\bimport)["'`]\.\/([\w-]+\.js)["'`]/g)].map((match) => match[1] as string);

/**
 * What a page's HTML links and what that imports, the worker, and the module for a browser with SIMD, each with its size
 * gzipped. Figures near the first screen come on top: `loading.test.ts` measures what a browser fetches.
 */
export function firstLoad(dist: string, page: string): [name: string, bytes: number][] {
  const html = readFileSync(join(dist, page), 'utf8');
  const folder = dirname(page);
  const linked = new Set(
    [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.\/([^"]*)"/g)].map((match) => match[1] as string),
  );
  /* figures.js contains its own engine */
  const whole = linked.has('figures.js');
  if (!whole) for (const name of readdirSync(join(dist, folder))) if (/^worker-.*\.js$/.test(name)) linked.add(name);
  for (const name of linked)
    if (name.endsWith('.js'))
      for (const imported of importsOf(readFileSync(join(dist, folder, name), 'utf8'))) linked.add(imported);
  const here = [...linked].map((name) => join(folder, name));
  return [page, ...here, ...(whole ? [] : [`${modulesOf(dist)}/unrolled.simd.wasm`])].map((name) => [
    name,
    sent(join(dist, name)),
  ]);
}
