/**
 * Prints pages with figures: all figures are drawn at the width of the sheet, in light colors and without controls.
 * Afterwards the page is as before.
 *
 * The browser prints as soon as its event `beforeprint` has been handled, and what a figure lacks arrives later than
 * that. So the keys of the print command are heard, and the page is printed once everything has been drawn. A command
 * out of the browser's menu prints what has been drawn so far, with a sentence in the place of what has not.
 */

import { measure } from './observers.ts';
import { translate } from './translate.ts';

/** In CSS pixels, the width of a sheet of A4 without its margins; that of Letter is a little larger. */
const SHEET = 700;
/** A figure that is wider than the sheet is printed smaller, but not smaller than this. */
const LEAST = 0.35;
/** The width of a figure changes its drawing, which may need another width. */
const TRIES = 4;
/** In milliseconds: then the page is printed with what there is. */
const PATIENCE = 20_000;

export interface Printable {
  /** The element that holds the figures: the page's body, or a figure in a page. */
  host: HTMLElement;
  root: Document | ShadowRoot;
  /** Resolves when everything has been drawn, also what is far from the screen. */
  draw(): Promise<void>;
}

/** Stands on paper in the place of a figure that has not been drawn. */
const printAgain = (): string =>
  translate('This figure had not been drawn when the page was printed. Please print the page again.');

interface Figure extends HTMLElement {
  requestUpdate?(): void;
  performUpdate?(): void;
  repaint?(): void;
  text?: string;
}

let paper: CSSStyleSheet | undefined;

/** Made when it is first needed, because a server that renders pages has no style sheets. */
function paperStyle(): CSSStyleSheet {
  if (paper) return paper;
  paper = new CSSStyleSheet();
  paper.replaceSync(`
    @page { margin: 12mm; }
    :root, :host { --gutter: 0px; }
    button:not(rnn-symbol *), .button, summary, progress, textarea, fieldset:has(input[type=radio]), .weight, nav, footer, .skip, .presets, .stepper,
    .actions, .act, .take, .controls, .switches, .hint, .copy, .cell-copy, .cell-run, rnn-save, rnn-training,
    input:is([type=range], [type=checkbox], [type=radio], [type=file]), details:not([open]),
    label:has(> input:is([type=range], [type=checkbox], [type=radio], [type=file])),
    #what-if-hint, #bring, #weights, .predict:has(option[value=none]:checked), .beside:has(#other[hidden]),
    .many:has(#many-run:not([hidden])), .cuts:has(#by), .outdated:has(+ [data-unprinted]) { display: none !important; }
    input, select { appearance: none; width: auto !important; min-width: 0; min-height: 0 !important; padding: 0 !important; border: 0 !important; background: none !important; color: inherit; field-sizing: content; }
    [data-room], .slot, .said, .facts, .legend, .room, .reserved { min-height: 0 !important; }
    .table, pre.log, .slow-log { max-height: none !important; height: auto !important; overflow: visible !important; white-space: pre-wrap !important; }
    .stage > .training { position: static !important; max-height: none !important; margin: 0 !important; padding: 0 !important; overflow: visible !important; }
    .note { overflow: visible !important; white-space: normal; }
    :has(> .note) { flex-wrap: wrap; height: auto; white-space: normal; }
    .control { background: none !important; }
    .control .number { width: auto !important; min-height: 0; padding: 0; color: inherit; text-decoration: none; }
    .lab h3 { margin-top: 1.25rem; }
    .lab, .page { padding: 0 !important; }
    .lab > section, .stage > section { contain: none !important; }
    .stage { display: block !important; }
    #slow-dock { position: static !important; }
    .stage > section + section { margin-top: 1.25rem; }
    .lab :is(rnn-arithmetic, rnn-backward) { content-visibility: visible !important; }
    :is(h1, h2, h3) { break-after: avoid; }
    :is(rnn-network, rnn-unrolled, rnn-curves, rnn-scatter, rnn-data, rnn-many, rnn-sequence, .table tr, .cell-code) { break-inside: avoid; }
    [data-unprinted]::after { content: attr(data-unprinted); display: block; padding: 0.5rem 0.75rem; border: 1px solid; font-style: italic; }
    :host([data-printed])::after { content: attr(data-printed); font-weight: 600; }
  `);
  return paper;
}

const parts = new Set<Printable>();
/** What has to be done so that the page is as before, in order. Undefined while nothing is printed. */
let undo: (() => void)[] | undefined;
/** How far parts of figures were scrolled. */
let scrolledParts = new Map<Element, number>();

function later(act: () => void): void {
  undo?.push(act);
}

function style(element: HTMLElement, name: string, value: string): void {
  const [had, before] = [element.hasAttribute('style'), element.style.getPropertyValue(name)];
  later(() => {
    element.style.setProperty(name, before);
    if (!had && !element.getAttribute('style')) element.removeAttribute('style');
  });
  element.style.setProperty(name, value);
}

function attribute(element: Element, name: string, value: string): void {
  const before = element.getAttribute(name);
  later(() => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before)));
  element.setAttribute(name, value);
}

function adopt(root: Document | ShadowRoot): void {
  const sheet = paperStyle();
  if (root.adoptedStyleSheets.includes(sheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  later(() => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
  });
}

/** Draws a figure again, at once, with the size and the colors that it has now. */
function draw(figure: Figure): void {
  measure(figure);
  figure.requestUpdate?.();
  figure.performUpdate?.();
  figure.repaint?.();
}

const scrolls = (part: Element): boolean =>
  part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX);

/** Gives a figure the width at which nothing of it has to be scrolled, and prints that smaller. */
function fit(figure: Figure): void {
  const room = figure.clientWidth;
  draw(figure);
  let width = room;
  for (let tries = 0; tries < TRIES; tries++) {
    const hidden = [...(figure.shadowRoot?.querySelectorAll('div') ?? [])]
      .filter(scrolls)
      .map((part) => part.scrollWidth - part.clientWidth);
    if (hidden.length === 0 || width * LEAST >= room) return;
    width = Math.min(width + Math.max(...hidden) + 1, room / LEAST);
    style(figure, 'width', `${width}px`);
    style(figure, 'zoom', String(room / width));
    draw(figure);
  }
}

const figuresIn = (root: ParentNode): Figure[] =>
  [...root.querySelectorAll<Figure>('*')].filter(({ localName }) => localName.startsWith('rnn-'));

function prepare(root: ParentNode): void {
  for (const figure of figuresIn(root)) {
    const { localName, shadowRoot } = figure;
    if (localName === 'rnn-figure') continue; /* a part of its own */
    if (figure.classList.contains('reserved') && figure.checkVisibility())
      attribute(figure, 'data-unprinted', printAgain());
    if (!shadowRoot || localName === 'rnn-symbol') continue;
    for (const part of shadowRoot.querySelectorAll('*')) {
      const { scrollLeft } = part;
      if (scrollLeft > 0 && !scrolledParts.has(part)) scrolledParts.set(part, scrollLeft);
    }
    adopt(shadowRoot);
    if (localName === 'rnn-handle') {
      if (shadowRoot.querySelector('.dice')) attribute(figure, 'data-printed', figure.text ?? '');
      continue;
    }
    fit(figure);
    prepare(shadowRoot);
  }
}

function revert(): void {
  for (const act of undo?.reverse() ?? []) act();
  undo = undefined;
}

/** Lays everything out for the sheet, anew if it has been laid out before. */
function layOut(): void {
  revert();
  undo = [];
  for (const { host, root } of parts) {
    adopt(root);
    if (root instanceof Document) {
      style(host, 'width', `${SHEET}px`);
      attribute(root.documentElement, 'data-theme', 'light');
    } else {
      style(host, 'color-scheme', 'light');
      const room = root.querySelector<HTMLElement>('.room');
      if (room) style(room, 'width', `${Math.min(host.clientWidth, SHEET)}px`);
      if (room?.querySelector('.instead')) attribute(room, 'data-unprinted', printAgain());
    }
    prepare(root);
  }
}

function drawAgain(root: ParentNode): void {
  for (const figure of figuresIn(root)) {
    if (!figure.shadowRoot || /^rnn-(figure|symbol|handle)$/.test(figure.localName)) continue;
    draw(figure);
    drawAgain(figure.shadowRoot);
  }
}

function restore(): void {
  if (!undo) return;
  const scrolled = scrolledParts;
  revert();
  for (const { root } of parts) drawAgain(root);
  /* a drawing that is as wide as before can be scrolled as far as before */
  for (const [part, left] of scrolled) part.scrollLeft = left;
  scrolledParts = new Map();
}

const drawAll = (): Promise<unknown> => Promise.all([...parts].map((part) => part.draw().catch(() => undefined)));

function begin(): void {
  layOut();
  /* what was lacking is there when the page is printed again, or before a picture of the emulated paper is taken */
  void drawAll().then(() => undo && layOut());
}

let asked = false;

async function printDrawn(): Promise<void> {
  asked = true;
  await Promise.race([drawAll(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  asked = false;
  print();
}

function onKey(event: KeyboardEvent): void {
  const command = event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
  /* a frame is printed by the page around it */
  if (!command || event.key.toLowerCase() !== 'p' || event.defaultPrevented || parent !== window) return;
  event.preventDefault();
  if (!asked) void printDrawn();
}

let watching = false;

function watch(): void {
  watching = true;
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', restore);
  addEventListener('keydown', onKey);
  globalThis.matchMedia?.('print').addEventListener('change', ({ matches }) => (matches ? begin() : restore()));
}

/** Prints this part of the page whole from now on. Returns a function that stops this. */
export function printable(part: Printable): () => void {
  if (!watching) watch();
  parts.add(part);
  return () => parts.delete(part);
}
