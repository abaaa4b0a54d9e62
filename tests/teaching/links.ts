// The links of docs/teaching, and the rows of its answer key.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/tree.ts';

export const FILES = ['README.md', 'questions.md', 'answers.md'] as const;

export const read = (file: string): string => readFileSync(join(root, 'docs/teaching', file), 'utf8');

/** A link in the text, and after it the headings to scroll to, if any: `lab.html#v=1&at=0` → **The training**. */
export interface Link {
  file: string;
  address: string;
  heading: string | undefined;
}

export function linksOf(file: string): Link[] {
  return [...read(file).matchAll(/`lab\.html(#[^`]*)?`(?: → \*\*([^*]+)\*\*)?/g)]
    .filter(([, address]) => address !== undefined && !address.includes('…'))
    .map(([, address, heading]) => ({ file, address: address as string, heading }));
}

/** A link to a step of a chapter and the heading of that step: `one-cell.html#v=1&lesson=2` → **How many …?** */
export interface ChapterLink {
  page: string;
  step: number;
  heading: string;
}

export const chapterLinksOf = (file: string): ChapterLink[] =>
  [...read(file).matchAll(/`([\w-]+)\.html#v=1&lesson=(\d+)` → \*\*([^*]+)\*\*/g)].map(
    ([, page = '', step, heading = '']) => ({ page, step: Number(step), heading }),
  );

/** One measured number of the answer key. */
export interface Row {
  address: string;
  what: string;
  measured: string;
}

/** Rows of the form "| `lab.html#v=1` | what | number |". */
export const rowsOf = (file: string): Row[] =>
  [...read(file).matchAll(/^\| `lab\.html(#[^`]*)` \| (.+?) \| (.*?) \|$/gm)].map(
    ([, address, what, measured]) => ({ address, what, measured }) as Row,
  );
