/**
 * The chapters of the lesson, in reading order. The chapter `name` is written in `name.html` of this folder and becomes
 * the page `name.html`; the first one is the site's first page, `index.html`.
 */

export const CHAPTERS: readonly string[] = [
  'remember',
  'sequence',
  'one-cell',
  'inside-one-step',
  'how-it-learns',
  'tomorrows-temperature',
  'next-word',
  'learning-or-luck',
  'any-length',
  'what-it-remembers',
  'slow',
  'vanishing-and-exploding',
  'your-verdict',
];
