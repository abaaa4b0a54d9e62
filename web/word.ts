/** Marks a word of the page that the code alone would not show to be one: a single small word could be a name. When the
 *  page is built in another
 *  language, another word stands here: web/languages/README.md. */
export const word = (text: string): string => text;
