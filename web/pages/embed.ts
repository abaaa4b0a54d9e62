/** `embed.html`: one figure that fills a frame. It needs nothing from the surrounding page, but tells it its height. */

import '../embed/main.ts';
import { cleanHere, followHere, hashOf, type Shown, show, shownHere, writeHere } from '../embed/hash.ts';
import type { RnnFigure } from '../embed/rnn-figure.ts';
import { itRuns } from '../app/not-running.ts';
import { SizeObserver } from '../shared/observers.ts';

/** In milliseconds, as in web/state/location.ts. */
const REST = 350;

const figure = document.querySelector('rnn-figure') as RnnFigure;
let shown: Shown = shownHere('network');
let written: string;
let timer: ReturnType<typeof setTimeout> | undefined;

function follow(): void {
  if (location.hash === written) return;
  const asked = followHere(figure, written, 'network');
  if (!asked) return;
  clearTimeout(timer);
  shown = asked;
  open();
}

function open(): void {
  written = cleanHere(shown);
  document.documentElement.style.colorScheme = shown.scheme ?? '';
  figure.setAttribute('link', location.href.replace(/#.*$/, '') + hashOf({ ...shown, projector: false, address: '' }));
  show(figure, shown);
}
open();
itRuns();
addEventListener('hashchange', follow);

function write(): void {
  clearTimeout(timer);
  written = writeHere(shown);
}
figure.addEventListener('rnn-state', ({ detail }) => {
  const { address } = detail;
  shown = { ...shown, address, asked: undefined, epoch: undefined };
  clearTimeout(timer);
  timer = setTimeout(write, REST);
});
/* the address no longer names the projector */
figure.addEventListener('rnn-leave', () => {
  shown = { ...shown, projector: false, address: figure.address };
  write();
});

let told = 0;
new SizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (height === told || parent === window || figure.projector) return;
  told = height;
  parent.postMessage({ type: 'unrolled:height', height }, '*');
}).observe(document.documentElement);
