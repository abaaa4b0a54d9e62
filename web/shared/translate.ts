/**
 * Marks a text that the page shows, where the code alone would not tell it from a name: a single small word. When the
 * page is built in another language, that language's text stands here instead: web/languages/README.md.
 */
export const translate = (text: string): string => text;
