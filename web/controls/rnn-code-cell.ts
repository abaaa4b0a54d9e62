/** `<rnn-code-cell name="fit">`: a notebook cell with the buttons Run and Copy, and a mark when its output has changed.
 *
 *  Its children are in the page: .cell-code, .cell-output, and .cell-empty, which says what the output will be and is
 *  shown until the cell has run (class `ran`). The element itself adds only the bar. Event (bubbling): rnn-run {name}. */

import './rnn-handle.ts';
import { define } from '../shared/define.ts';
import { emit } from '../shared/events.ts';
import { copyFrom } from '../shared/copy.ts';
import type { RnnHandle } from './rnn-handle.ts';
import { translate } from '../shared/translate.ts';

/** A cell's code as plain text, with the value of each handle in its place. */
function codeText(code: Element): string {
  const read = (node: Node): string => {
    if (node instanceof HTMLSelectElement) return node.selectedOptions[0]?.dataset['code'] ?? node.value;
    if (node instanceof HTMLElement && node.localName === 'rnn-handle') return (node as RnnHandle).python;
    if (node instanceof HTMLElement && (node.hidden || node.dataset['copy'] === 'no')) return '';
    return node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : [...node.childNodes].map(read).join('');
  };
  return `${read(code).trim()}\n`;
}

export class RnnCodeCell extends HTMLElement {
  #place: HTMLElement | undefined;
  #said: HTMLElement | undefined;
  #count: number | undefined;
  #running = false;

  connectedCallback(): void {
    if (this.#place) return;
    const bar = document.createElement('div');
    bar.className = 'cell-bar';
    const run = this.#button('cell-run', translate('▶ Run'), () => emit(this, 'rnn-run', { name: this.name }));
    run.setAttribute('aria-label', translate(`Run the cell ${this.label}`));
    const copy = this.#button('cell-copy', translate('Copy code'), () => copyFrom(copy, () => this.code));
    copy.setAttribute('aria-label', translate(`Copy code of the cell ${this.label}`));
    this.#place = document.createElement('span');
    this.#place.className = 'cell-count';
    this.#said = document.createElement('span');
    this.#said.className = 'cell-note';
    this.#said.setAttribute('role', 'status');
    bar.append(this.#place, run, this.#said, copy);
    this.prepend(bar);
    this.addEventListener('copy', this.#onCopy);
    this.#showCount();
  }

  get name(): string {
    return this.getAttribute('name') ?? '';
  }

  get label(): string {
    return this.getAttribute('label') ?? this.name;
  }

  get code(): string {
    const code = this.querySelector('.cell-code code');
    return code ? codeText(code) : '';
  }

  /** The number of runs of all cells when this cell ran last. Without one, it has not run and its output is empty. */
  set count(count: number | undefined) {
    this.#count = count;
    this.#showCount();
  }

  /** Whether it is running, or waits for its turn. */
  set running(running: boolean) {
    this.#running = running;
    this.#showCount();
  }

  /** Whether the output is shown. A fit shows its first epochs before it has finished. */
  set shows(shows: boolean) {
    this.classList.toggle('ran', shows);
  }

  /** A sentence beside the buttons. */
  set note(note: string) {
    if (this.#said) this.#said.textContent = note;
  }

  set changed(changed: boolean) {
    this.classList.toggle('changed', changed);
  }

  /** A copied selection would lack the values of handles and menus, so the whole code of the cell is copied instead. */
  #onCopy = (event: ClipboardEvent): void => {
    const code = this.querySelector('.cell-code');
    const selection = getSelection();
    if (!code || !selection || selection.isCollapsed || !selection.containsNode(code, true)) return;
    if (!(event.target as Node | null) || !code.contains(selection.anchorNode)) return;
    event.clipboardData?.setData('text/plain', this.code);
    event.preventDefault();
  };

  #showCount(): void {
    this.shows = this.#count !== undefined;
    if (!this.#place) return;
    this.#place.textContent = `In [${this.#running ? '*' : (this.#count ?? ' ')}]`;
  }

  #button(name: string, text: string, onClick: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = name;
    button.textContent = text;
    button.addEventListener('click', onClick);
    return button;
  }
}

define('rnn-code-cell', RnnCodeCell);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-code-cell': RnnCodeCell;
  }
}
