/** `unrolled.html`: notebook and lab in one file. The address names the page and holds its state. */

import '../embed/main.ts';
import { cleanHere, followHere, hashOf, type Shown, show, shownHere, writeHere } from '../embed/hash.ts';
import type { RnnFigure } from '../embed/rnn-figure.ts';
import { itRuns } from '../app/not-running.ts';
import { viewOf } from '../embed/views.ts';

/** In milliseconds, as in web/state/location.ts. */
const REST = 350;

const figure = document.querySelector('rnn-figure') as RnnFigure;
let shown: Shown = shownHere('notebook');
let written = cleanHere(shown);
let timer: ReturnType<typeof setTimeout> | undefined;

function open(): void {
  if (location.hash === written) return;
  const asked = followHere(figure, written, 'notebook');
  if (!asked) return;
  clearTimeout(timer);
  shown = asked;
  written = cleanHere(shown);
  begin();
}

function begin(): void {
  figure.setAttribute('link', location.href.replace(/#.*$/, '') + hashOf({ ...shown, address: '' }));
  show(figure, shown);
  document.title = `${viewOf(shown.view).name} · Unrolled`;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#view=${shown.view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

figure.addEventListener('rnn-state', ({ detail }) => {
  shown = { ...shown, address: detail.address };
  clearTimeout(timer);
  timer = setTimeout(() => {
    written = writeHere(shown);
  }, REST);
});
addEventListener('hashchange', open);
begin();
itRuns();
