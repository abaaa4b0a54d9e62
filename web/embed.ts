/** `embed.html`: one figure that fills a frame. It needs nothing from the page around it; a page that listens is told the height. */

import './figure/main.ts';
import { hashOf, show, shownIn } from './figure/hash.ts';
import type { RnnFigure } from './figure/rnn-figure.ts';

const figure = document.querySelector('rnn-figure') as RnnFigure;
function open(): void {
  const shown = shownIn(location.hash, 'network');
  document.documentElement.style.colorScheme = shown.scheme ?? '';
  figure.setAttribute('link', location.href.replace(/#.*$/, '') + hashOf({ ...shown, projector: false, address: '' }));
  show(figure, shown);
}
open();
addEventListener('hashchange', open);
/* the address no longer asks for it */
figure.addEventListener('rnn-leave', () => {
  const shown = shownIn(location.hash, 'network');
  history.replaceState(null, '', hashOf({ ...shown, projector: false, address: figure.address }));
});

let told = 0;
new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (height === told || parent === window || figure.projector) return;
  told = height;
  parent.postMessage({ type: 'unrolled:height', height }, '*');
}).observe(document.documentElement);
