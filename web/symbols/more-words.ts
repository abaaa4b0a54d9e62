/** Words that a page adds to the vocabulary of tooltips: the lesson's, which other pages need not load. */

export interface Entry {
  name: string;
  /** One sentence or two. */
  text: string;
  /** Keras's name, or '' if it has none. */
  keras: string;
}

export const MORE_WORDS = new Map<string, Entry>();
