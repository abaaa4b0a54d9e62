/** `<rnn-cell name="fit">`: a notebook cell with the buttons Run and Copy, and a mark when its output has changed.
 *
 *  Its children .cell-code and .cell-output are in the page; the element itself adds only the bar. Event (bubbling): rnn-run {name}. */

import './rnn-handle.ts';
import { define } from '../shared/define.ts';
import { emit } from '../shared/events.ts';
import { copyFrom } from '../shared/copy.ts';
import type { RnnHandle } from './rnn-handle.ts';
import { translate } from '../shared/translate.ts';

/** A cell's code as plain text, with the value of each handle in its place. */
export function codeText(code: Element): string {
  const read = (node: Node): string => {
    if (node instanceof HTMLSelectElement) return node.selectedOptions[0]?.dataset['code'] ?? node.value;
    if (node instanceof HTMLElement && node.localName === 'rnn-handle') return (node as RnnHandle).text;
    if (node instanceof HTMLElement && (node.hidden || node.dataset['copy'] === 'no')) return '';
    return node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : [...node.childNodes].map(read).join('');
  };
  return `${read(code).trim()}\n`;
}

export class RnnCell extends HTMLElement {
  #count: HTMLElement | undefined;
  #runs = 0;

  connectedCallback(): void {
    if (this.#count) return;
    const bar = document.createElement('div');
    bar.className = 'cell-bar';
    const run = this.#button('cell-run', translate('▶ Run'), () => emit(this, 'rnn-run', { name: this.name }));
    run.setAttribute('aria-label', translate(`Run the cell ${this.label}`));
    const copy = this.#button('cell-copy', translate('Copy code'), () => copyFrom(copy, () => this.code));
    copy.setAttribute('aria-label', translate(`Copy code of the cell ${this.label}`));
    this.#count = document.createElement('span');
    this.#count.className = 'cell-count';
    bar.append(this.#count, run, copy);
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

  /** Counts a run and marks the output as changed. */
  ran(): void {
    this.#runs += 1;
    this.#showCount();
    this.changed = true;
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
    if (this.#count) this.#count.textContent = `[${this.#runs || ' '}]`;
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

define('rnn-cell', RnnCell);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-cell': RnnCell;
  }
}
