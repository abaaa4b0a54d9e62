/**
 * Work that takes long: a line that offers it with its time, one that tells how far it is, a button that begins it and
 * one that stops it.
 */

import { translate } from '../shared/translate.ts';
import { duration } from '../shared/shared-sentences.ts';
import { LIMIT } from '../worker/work-estimate.ts';

/** How long work may take before its progress is told. */
const PATIENCE = 700;

export interface Work {
  /** What it is, as the beginning of a sentence: "This run". */
  name: string;
  /** A sentence about what is shown meanwhile; empty: nothing to say. */
  meanwhile: () => string;
  /** What it follows from: work that was begun by hand goes on while that stays. */
  key: () => string;
  /** Asks for it, if it is no more than so much work. */
  ask: (within: number) => void;
}

export class LongWork {
  readonly #work: Work;
  readonly #lines: readonly { line: HTMLElement; words: HTMLElement; take: HTMLElement; stop: HTMLElement }[];
  #from = 0;
  /** What was begun by hand. */
  #chosen = '';

  /** A line is put before each of these places. */
  constructor(before: readonly Element[], work: Work) {
    this.#work = work;
    this.#lines = before.map((place) => {
      const line = document.createElement('p');
      line.classList.add('notice', 'long');
      line.hidden = true;
      const words = document.createElement('span');
      words.setAttribute('role', 'status');
      const [take, stop] = [
        button(translate('Train'), () => this.#take()),
        button(translate('Stop'), () => this.#stop()),
      ];
      line.append(words, ' ', take, stop);
      place.before(line);
      return { line, words, take, stop };
    });
  }

  /** It was asked for. */
  asked(): void {
    this.#from = performance.now();
  }

  /** How much work may be begun. */
  get within(): number {
    return this.#chosen === this.#work.key() ? Number.POSITIVE_INFINITY : LIMIT;
  }

  /** However long it takes. */
  choose(): void {
    this.#chosen = this.#work.key();
    this.#work.ask(this.within);
  }

  #stop(): void {
    this.#chosen = '';
    this.#work.ask(0);
  }

  #take(): void {
    const { activeElement } = document;
    this.choose();
    this.#show(`${this.#work.name}: 0 %.`, false);
    /* the button that had the focus is gone */
    this.#lines.find(({ take }) => take === activeElement)?.stop.focus();
  }

  offer(milliseconds: number): void {
    this.#show(translate(`${this.#work.name} takes about ${duration(milliseconds)}.`), true);
  }

  part(share: number): void {
    if (performance.now() - this.#from > PATIENCE)
      this.#show(`${this.#work.name}: ${Math.floor(100 * share)} %.`, false);
  }

  done(): void {
    for (const { line } of this.#lines) line.hidden = true;
  }

  #show(sentence: string, offered: boolean): void {
    const text = [sentence, this.#work.meanwhile()].filter(Boolean).join(' ');
    for (const { line, words, take, stop } of this.#lines) {
      if (words.textContent !== text) words.textContent = text;
      line.hidden = false;
      take.hidden = !offered;
      stop.hidden = offered;
    }
  }
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button';
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}
