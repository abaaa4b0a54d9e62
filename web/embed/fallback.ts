/**
 * Shown while no engine runs, or if none is allowed: the content that the page's author put into the element, or a
 * plain drawing of an unrolled RNN.
 */

import { translate } from '../shared/translate.ts';
const SVG = 'http://www.w3.org/2000/svg';
const STEPS = 5;
const [WIDE, APART, SIDE] = [400, 76, 36];

function shape(name: string, attributes: Record<string, string | number>, words = ''): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = words;
  return made;
}

/** One cell for each time step: its input x below, its state to the right, and the answer above the last one. */
function drawing(): SVGElement {
  const svg = shape('svg', {
    viewBox: `0 0 ${WIDE} 130`,
    role: 'img',
    'aria-label': translate('A recurrent network, unrolled: the same cell, drawn once for each time step'),
  });
  const line = { stroke: 'var(--ink-2)', 'stroke-width': 1.5, fill: 'none' };
  const text = {
    fill: 'var(--ink)',
    'font-size': 13,
    'font-style': 'italic',
    'text-anchor': 'middle',
    'font-family': 'var(--font-math)',
  };
  for (let t = 1; t <= STEPS; t++) {
    const x = 20 + (t - 1) * APART;
    const middle = x + SIDE / 2;
    svg.append(
      shape('rect', { x, y: 44, width: SIDE, height: SIDE, rx: 5, ...line }),
      shape('path', { d: `M${middle} 104V82`, ...line, stroke: 'var(--u)' }),
      shape('path', { d: `M${x + SIDE} 62h${APART - SIDE}`, ...line, stroke: t === STEPS ? 'none' : 'var(--w)' }),
      shape('text', { x: middle, y: 122, ...text }, `x${'₁₂₃₄₅'[t - 1]}`),
      shape('text', { x: middle, y: 67, ...text }, `h${'₁₂₃₄₅'[t - 1]}`),
    );
  }
  const last = 20 + (STEPS - 1) * APART + SIDE / 2;
  svg.append(
    shape('path', { d: `M${last} 44V24`, ...line, stroke: 'var(--v)' }),
    shape('text', { x: last, y: 16, ...text }, 'ŷ'),
  );
  return svg;
}

/** `why`: the reason that there is no engine; undefined while the figure is loading. */
export function fallback(name: string, why?: string): HTMLElement {
  const box = document.createElement('figure');
  box.className = 'instead';
  const slot = document.createElement('slot');
  slot.append(drawing());
  const words = document.createElement('figcaption');
  words.className = 'caption';
  words.textContent =
    why === undefined
      ? name
      : translate(`${name}: this is a still picture, because the network cannot run here: ${why}.`);
  box.append(slot, words);
  return box;
}
