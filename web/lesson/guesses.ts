/** The reader's guesses, kept in this tab until it is closed. */

export interface Guess {
  /** The value of the choice; empty: the reader asked to be shown the answer. */
  value: string;
  /** The choice in the words of the page. */
  words: string;
}

const KEY = 'unrolled-guesses';

/** A frame may forbid the storage; a guess is then kept as long as the page. */
const kept: Record<string, Guess> = read();

function read(): Record<string, Guess> {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    return Object.fromEntries(
      Object.entries(found as Record<string, unknown>).filter(
        (entry): entry is [string, Guess] =>
          typeof (entry[1] as Guess)?.value === 'string' && typeof (entry[1] as Guess)?.words === 'string',
      ),
    );
  } catch {
    return {};
  }
}

export const guessOf = (name: string): Guess | undefined => (Object.hasOwn(kept, name) ? kept[name] : undefined);

/** undefined: the guess is taken back. */
export function keepGuess(name: string, guess: Guess | undefined): void {
  if (guess) kept[name] = guess;
  else delete kept[name];
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    /* the storage is forbidden or full */
  }
}
