/** The lesson, for its view: a chapter, its steps and its guesses. */

import { chapters, frame } from 'virtual:lesson';
import type { App } from '../app/app.ts';
import { guesses } from '../lesson/guess.ts';
import { steps } from '../lesson/steps.ts';
import { highlights } from '../lesson/text-highlights.ts';
import { trainAgain } from '../lesson/train-again.ts';
import { chapterPage } from '../state/chapter-page.ts';
import type { Page } from '../state/pages.ts';
import { fieldsOf } from '../state/parse-link.ts';
import { parsedMain } from './markup.ts';
import css from '../style/lesson.css?inline';

/**
 * In a page the width of the window decides how a chapter is laid out, in a figure its own. A height is always the
 * window's.
 */
export const style = css.replace(/@media (\((?:min|max)-width: ?[\d.]+rem\))(?=\s*\{)/g, '@container $1');

/** The page of a chapter, whose file is called so; the first chapter is the site's first page. */
const FIRST = 'index';

const settingsOf = new Map<string, Page>();

/** Its markup for a figure. `name`: one of the chapters' names. */
export function markup(name: string): string {
  const at = chapters.findIndex((chapter) => chapter.name === name);
  const chapter = chapters[at] as (typeof chapters)[number];
  const [before, after] = [chapters[at - 1], chapters[at + 1]];
  const link = (to: string | undefined, step = 1): string =>
    to === undefined ? 'hidden' : `href="./${to}.html#v=1&amp;lesson=${step}"`;
  const parts: Readonly<Record<string, string | number>> = {
    number: at + 1,
    chapters: chapters.length,
    contents: chapters
      .map(
        (other) =>
          `<li><a href="./${other.name}.html"${other === chapter ? ' aria-current="page"' : ''}>${other.title}</a></li>`,
      )
      .join(''),
    chapter: chapter.markup,
    'after title': after?.title ?? '',
    steps: chapter.steps
      .map(
        (step, i) =>
          `<li><a href="#v=1&amp;lesson=${i + 1}" data-set="lesson=${i + 1}" aria-label="${i + 1}: ${step}" title="${step}"></a></li>`,
      )
      .join(''),
  };
  return frame
    .replace('href="#before"', link(before?.name, before?.steps.length))
    .replace('href="#after"', link(after?.name))
    .replace(/<!-- ([a-z ]+) -->/g, (whole, part: string) => String(parts[part] ?? whole));
}

/** The state of a chapter's page. */
export function pageOf(name: string): Page {
  const known = settingsOf.get(name);
  if (known) return known;
  const main = parsedMain(markup(name));
  const settings = main.querySelector<HTMLElement>('[data-chapter]')?.dataset['chapter'] ?? '';
  const sections = [...main.querySelectorAll<HTMLElement>('[data-step]')];
  const page = chapterPage(
    settings,
    sections.map(({ dataset }) => dataset['step'] ?? ''),
  );
  settingsOf.set(name, page);
  return page;
}

/** Where a link in a chapter leads: to a step of a chapter, or to another page of the site. */
type Target = { chapter: string; step: number } | { page: string };

function targetOf(href: string): Target | undefined {
  const [, file = '', hash = ''] = /^\.\/([\w-]+)\.html(#.*)?$/.exec(href) ?? [];
  if (file === '') return undefined;
  const chapter = file === FIRST ? chapters[0]?.name : file;
  if (!chapters.some(({ name }) => name === chapter)) return { page: href };
  return { chapter: chapter as string, step: Number(fieldsOf(hash).get('lesson') ?? 1) };
}

/**
 * Links inside the chapter's text. Those to chapters show them in this figure; `open` does that. Those to other pages
 * need to know where the pages are: `link` gives the address, or undefined, and then only their words stay.
 */
function bindLinks(
  root: HTMLElement,
  open: (chapter: string, step: number) => void,
  link: (href: string) => string | undefined,
): void {
  for (const anchor of root.querySelectorAll<HTMLAnchorElement>('a[href^="./"]')) {
    const target = targetOf(anchor.getAttribute('href') ?? '');
    if (!target || 'chapter' in target) continue;
    const address = link(target.page);
    if (address === undefined) anchor.replaceWith(...anchor.childNodes);
    else anchor.href = address;
  }
  root.addEventListener('click', (event) => {
    const href = (event.target as Element).closest('a')?.getAttribute('href');
    const target = href ? targetOf(href) : undefined;
    if (!target || 'page' in target || event.defaultPrevented) return;
    event.preventDefault();
    open(target.chapter, target.step);
  });
}

/** Binds what only chapters have, in a figure that has been mounted. */
export function bindChapter(
  app: App,
  open: (chapter: string, step: number) => void,
  link: (href: string) => string | undefined,
): void {
  guesses(app);
  highlights(app);
  trainAgain(app);
  steps(app);
  bindLinks(app.parts.root, open, link);
}
