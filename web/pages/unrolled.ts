/** `unrolled.html`: lesson, notebook and lab in one file. The address names the page and holds its state. */

import '../embed/main.ts';
import {
  ALL_KEYS,
  chapterShown,
  cleanFigure,
  followFigure,
  hashOf,
  type FigureAddress,
  setFigure,
  figureOfPage,
  viewOfFile,
  writeFigure,
} from '../embed/hash.ts';
import type { RnnFigure } from '../embed/rnn-figure.ts';
import { removeNotRunning } from '../app/not-running.ts';
import { HEADING_ENDING } from '../app/go-to-heading.ts';
import { HEADING_KEY, soughtHeading } from '../app/sought-heading.ts';
import { type ViewName, viewOf } from '../embed/views.ts';
import { pageHash } from '../state/parse-link.ts';

/** In milliseconds, as in web/state/location.ts. */
const REST = 350;

/** The view of an address that names none. */
const first = (): ViewName => viewOfFile(pageHash(location, ALL_KEYS));

const figure = document.querySelector('rnn-figure') as RnnFigure;
const goToHeading = soughtHeading([...ALL_KEYS, HEADING_KEY]);
let shown: FigureAddress = figureOfPage(first());
let written = cleanFigure(shown);
let timer: ReturnType<typeof setTimeout> | undefined;

function open(): void {
  if (location.hash === written) return;
  const asked = followFigure(figure, written, first());
  if (!asked) return;
  clearTimeout(timer);
  shown = asked;
  written = cleanFigure(shown);
  begin();
}

/** The headings of a view come with it, when its scripts are there. */
const untilHeadings = (root: ShadowRoot): Promise<void> =>
  new Promise((stand) => {
    const look = (): void => {
      if (!root.querySelector(`[id$="${HEADING_ENDING}"]`)) return;
      watcher.disconnect();
      stand();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(root, { childList: true, subtree: true });
    look();
  });

function setLink(): void {
  figure.setAttribute('link', location.href.replace(/#.*$/, '') + hashOf({ ...shown, address: '' }));
}

function begin(): void {
  setLink();
  setFigure(figure, shown);
  document.title = `${viewOf(shown.view).name} · Unrolled`;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#view=${shown.view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

figure.addEventListener('rnn-state', ({ detail }) => {
  shown = { ...shown, address: detail.address, ...chapterShown(figure, shown) };
  setLink();
  clearTimeout(timer);
  timer = setTimeout(() => {
    written = writeFigure(shown);
  }, REST);
});
addEventListener('hashchange', open);
begin();
removeNotRunning();
const root = figure.shadowRoot as ShadowRoot;
goToHeading(
  root,
  (notice) => figure.tell([notice]),
  () => untilHeadings(root),
);
