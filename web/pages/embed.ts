/** `embed.html`: one figure that fills a frame. It needs nothing from the surrounding page, but tells it its height. */

import '../embed/main.ts';
import {
  chapterShown,
  cleanFigure,
  followFigure,
  hashOf,
  type FigureAddress,
  setFigure,
  figureOfPage,
  writeFigure,
} from '../embed/hash.ts';
import type { RnnFigure } from '../embed/rnn-figure.ts';
import { removeNotRunning } from '../app/not-running.ts';
import { SizeObserver } from '../shared/observers.ts';

/** In milliseconds, as in web/state/location.ts. */
const REST = 350;

const figure = document.querySelector('rnn-figure') as RnnFigure;
let shown: FigureAddress = figureOfPage('network');
let written: string;
let timer: ReturnType<typeof setTimeout> | undefined;

function follow(): void {
  if (location.hash === written) return;
  const asked = followFigure(figure, written, 'network');
  if (!asked) return;
  clearTimeout(timer);
  shown = asked;
  open();
}

function open(): void {
  written = cleanFigure(shown);
  document.documentElement.style.colorScheme = shown.scheme ?? '';
  figure.setAttribute('link', location.href.replace(/#.*$/, '') + hashOf({ ...shown, projector: false, address: '' }));
  setFigure(figure, shown);
}
open();
removeNotRunning();
addEventListener('hashchange', follow);

function write(): void {
  clearTimeout(timer);
  written = writeFigure(shown);
}
figure.addEventListener('rnn-state', ({ detail }) => {
  const { address } = detail;
  shown = { ...shown, ...chapterShown(figure, shown), address, asked: undefined, epoch: undefined };
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
