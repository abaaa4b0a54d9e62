/** What a view takes from the page that it is a part of, fetched with the first view of that page. */

import type { PageName } from './views.ts';

export interface PageSource {
  markup: string;
  style: string;
  /** Of the lab alone. */
  lab?: typeof import('../app/lab-features.ts');
  /** Of the notebook alone. */
  notebook?: typeof import('../app/notebook-features.ts');
}

export const SOURCES: Readonly<Record<PageName, () => Promise<PageSource>>> = {
  lab: () => import('./lab-source.ts'),
  notebook: () => import('./notebook-source.ts'),
};
