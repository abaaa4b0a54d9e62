/** The page of a chapter of the lesson: its address holds the step, and what the reader changed since it began. */

import { withFields } from './address.ts';
import { definePage, LAB, type Page } from './pages.ts';
import { otherOf, TABLE } from './state.ts';

/**
 * `chapter`: the settings of the chapter's network, as an address says them; `steps`: what each step changes in them
 * when it begins.
 */
export function chapterPage(chapter: string, steps: readonly string[]): Page {
  const first = withFields(`unit=0&${chapter}`, LAB.initial);
  const { lesson, example, features, band, cursor, shuffled } = TABLE;
  return definePage({
    table: {
      lesson: { ...lesson, maximum: Math.max(1, steps.length) },
      ...LAB.table,
      ...{ example, features, band, cursor, shuffled },
    },
    runs: { b: otherOf },
    steps: (steps.length > 0 ? steps : ['']).map((step, i) => ({ ...withFields(step, first), lesson: i + 1 })),
  });
}
