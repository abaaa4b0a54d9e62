/** `embed.html`: one figure that fills a frame. It needs nothing from the page around it; a page that listens is told the height. */

import './figure/main.ts';
import { show, shownIn } from './figure/hash.ts';
import type { RnnFigure } from './figure/rnn-figure.ts';

const figure = document.querySelector('rnn-figure') as RnnFigure;
const open = (): void => show(figure, shownIn(location.hash, 'network'));
open();
if (figure.projector) figure.focus({ preventScroll: true });
addEventListener('hashchange', open);

let told = 0;
new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (height === told || parent === window) return;
  told = height;
  parent.postMessage({ type: 'unrolled:height', height }, '*');
}).observe(document.documentElement);
