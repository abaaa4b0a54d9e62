/** The picture of a figure: a self-contained SVG of the figure as it is on the page. */

import { markup, type Page } from './boxes.ts';
import { recordCanvases } from './canvas.ts';
import { figureOf, descriptionOf } from './figures.ts';
import { painted, paintOf } from './svg-colors.ts';
import { element, escape, Names, short } from './xml.ts';
import { translate } from '../shared/translate.ts';

/** A figure with canvases paints them again at once on request. */
interface Painted extends HTMLElement {
  repaint?(): void;
  updateComplete?: Promise<unknown>;
}

export interface Picture {
  svg: string;
  /** In CSS pixels. */
  width: number;
  height: number;
  /** The name of the file, without extension. */
  name: string;
}

const MARGIN = 16;
/** Parts that are left out leave no gap: the space between the others is at most this. */
const GAP = 16;

/** A figure and the figures inside it. */
function withInner(figure: Element): Painted[] {
  const root = figure.shadowRoot;
  const inner = root ? [...root.querySelectorAll('*')].filter((node) => node.shadowRoot) : [];
  return [figure as Painted, ...inner.flatMap(withInner)];
}

/** The background color of an element: that of the nearest ancestor that has one. */
function paper(node: Element | null): string {
  for (let at = node; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
    const color = getComputedStyle(at).backgroundColor;
    if (paintOf(color)?.opacity === 1) return color;
  }
  return '#ffffff';
}

/** The parts grouped into rows from the top, so that neighbors in a row stay neighbors. */
function bands(parts: readonly Element[]): { parts: Element[]; top: number; bottom: number }[] {
  const found: { parts: Element[]; top: number; bottom: number }[] = [];
  const boxes = parts.map((part) => ({ part, box: part.getBoundingClientRect() })).filter(({ box }) => box.height > 0);
  boxes.sort((a, b) => a.box.top - b.box.top);
  for (const { part, box } of boxes) {
    const last = found.at(-1);
    if (last && box.top < last.bottom - 1) {
      last.parts.push(part);
      last.bottom = Math.max(last.bottom, box.bottom);
    } else found.push({ parts: [part], top: box.top, bottom: box.bottom });
  }
  return found;
}

/** `address`: the present address of the page, which is stored in the picture's description. */
export async function pictureOf(figure: HTMLElement, address: string): Promise<Picture> {
  const all = withInner(figure);
  for (const one of all) await one.updateComplete;
  const about = figureOf(figure);
  const names = new Names(about.name);
  const canvases = all.flatMap((one) => [...(one.shadowRoot?.querySelectorAll('canvas') ?? [])]);
  const drawn = recordCanvases(canvases, () => {
    for (const one of all) one.repaint?.();
  });
  const frame = figure.getBoundingClientRect();
  const parts = [...(figure.shadowRoot?.querySelectorAll(about.parts) ?? [])].filter(
    (part, _, every) => !every.some((other) => other !== part && other.contains(part)),
  );
  const scrolled = about.scrolls ? (figure.shadowRoot?.querySelector(about.scrolls) ?? undefined) : undefined;
  const hidden = scrolled ? scrolled.scrollWidth - scrolled.clientWidth : 0;
  // Further away nothing is drawn, so then the picture ends where the figure ends on the page.
  const unrolled = scrolled && hidden <= scrolled.clientWidth ? scrolled : undefined;
  let down = MARGIN;
  let before: number | undefined;
  let content = '';
  for (const band of bands(parts)) {
    if (before !== undefined) down += Math.min(GAP, Math.max(0, band.top - before));
    const page: Page = { canvases: drawn, names, unrolled, x: frame.left - MARGIN, y: band.top - down };
    const inside = band.parts.map((part) => markup(part, page)).join('');
    // An empty part, such as a caption without words, takes no space.
    if (!inside) continue;
    content += inside;
    down += band.bottom - band.top;
    before = band.bottom;
  }
  if (!content) throw new Error(translate('there is nothing to see yet'));
  const [width, height] = [Math.ceil(frame.width + (unrolled ? hidden : 0) + 2 * MARGIN), Math.ceil(down + MARGIN)];
  return {
    svg: whole(
      { title: about.title, words: `${descriptionOf(figure, about)} ${address}`.trim() },
      width,
      height,
      paper(figure),
      content,
    ),
    width,
    height,
    name: about.name,
  };
}

/** SVG has no attribute for tabular figures. */
const STYLE = 'text{font-variant-numeric:tabular-nums}';

function whole(
  about: { title: string; words: string },
  width: number,
  height: number,
  ground: string,
  content: string,
): string {
  const size = { width: short(width), height: short(height) };
  const head =
    element('title', {}, escape(about.title)) + element('desc', {}, escape(about.words)) + element('style', {}, STYLE);
  const sheet = element('rect', { ...size, ...painted('fill', paintOf(ground)) });
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: 'img',
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('svg', attributes, head + sheet + content)}\n`;
}
