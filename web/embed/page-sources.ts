/** What a view takes from the page that it is a part of, fetched with the first view of that page. */

import type { PageName } from './views.ts';

export interface PageSource {
  markup: string;
  style: string;
  /** Of the lab alone. */
  lab?: typeof import('../app/lab-features.ts');
  /** Of a chapter of the lesson alone. */
  bindChapter?: typeof import('./lesson-source.ts').bindChapter;
  /** Of the notebook alone. */
  notebook?: typeof import('../app/notebook-features.ts');
}

/** `chapter`: the name of one, for the lesson. */
export const SOURCES: Readonly<Record<PageName, (chapter: string) => Promise<PageSource>>> = {
  lab: () => import('./lab-source.ts'),
  lesson: async (chapter) => {
    const { bindChapter, markup, style } = await import('./lesson-source.ts');
    return { markup: markup(chapter), style, bindChapter };
  },
  notebook: () => import('./notebook-source.ts'),
};
