/** The chapters of the lesson, in reading order: `name` is the page `name.html`, written in `name.html` of this folder. */

export const CHAPTERS: readonly string[] = [];
