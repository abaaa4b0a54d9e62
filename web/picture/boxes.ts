/** Converts the HTML of a figure to SVG: boxes with background and borders, and inside them text, SVG and canvases. */

import { drawing } from './svg-drawing.ts';
import { fontOf } from './fonts.ts';
import { painted, paintOf, stopsOf } from './svg-colors.ts';
import { lineText, textOf } from './text-lines.ts';
import { element, type Names, short } from './xml.ts';

/** Controls and texts for screen readers, which are not part of the picture. */
const LEFT_OUT = 'details, select, style, script, [role=status], input:not([type=number])';

export interface Page {
  /** The contents of the canvases as SVG. */
  canvases: ReadonlyMap<HTMLCanvasElement, string>;
  names: Names;
  /** This element is drawn completely, including the parts out of view that it can scroll to. */
  unrolled?: Element | undefined;
  /** The position in the window of the picture's origin. */
  x: number;
  y: number;
}

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const;
type Side = (typeof SIDES)[number];
const widthOf = (style: CSSStyleDeclaration, side: Side): number => Number.parseFloat(style[`border${side}Width`]);
const dashOf = (kind: string, width: number): string | undefined =>
  kind === 'dotted'
    ? `${short(width)} ${short(width)}`
    : kind === 'dashed'
      ? `${short(3 * width)} ${short(2 * width)}`
      : undefined;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function borders(style: CSSStyleDeclaration, { left, top, width, height }: Box, round: number | undefined): string {
  const sides = SIDES.map((side) => ({
    wide: widthOf(style, side),
    kind: style[`border${side}Style`],
    color: style[`border${side}Color`],
  }));
  const seen = sides.map(
    ({ wide, kind, color }) => wide > 0 && kind !== 'none' && kind !== 'hidden' && paintOf(color) !== undefined,
  );
  const look = (k: number) => {
    const { wide, kind, color } = sides[k] as (typeof sides)[number];
    return {
      fill: 'none',
      ...painted('stroke', paintOf(color)),
      'stroke-width': wide,
      'stroke-dasharray': dashOf(kind, wide),
    };
  };
  if (seen.every(Boolean) && new Set(sides.map((side) => JSON.stringify(side))).size === 1) {
    const half = (sides[0]?.wide ?? 0) / 2;
    const rx = round && Math.max(0, round - half);
    return element('rect', {
      x: left + half,
      y: top + half,
      width: width - 2 * half,
      height: height - 2 * half,
      rx,
      ...look(0),
    });
  }
  const [up, right, down, before] = sides.map(({ wide }) => wide / 2) as [number, number, number, number];
  const paths = [
    `M${short(left)} ${short(top + up)}h${short(width)}`,
    `M${short(left + width - right)} ${short(top)}v${short(height)}`,
    `M${short(left)} ${short(top + height - down)}h${short(width)}`,
    `M${short(left + before)} ${short(top)}v${short(height)}`,
  ];
  return paths.map((d, k) => (seen[k] ? element('path', { d, ...look(k) }) : '')).join('');
}

function background(
  style: CSSStyleDeclaration,
  { left, top, width, height }: Box,
  rx: number | undefined,
  page: Page,
): string {
  const at = { x: left, y: top, width, height, rx };
  const flat = paintOf(style.backgroundColor);
  const stops = stopsOf(style.backgroundImage);
  const plain = flat ? element('rect', { ...at, ...painted('fill', flat) }) : '';
  if (!stops) return plain;
  const id = page.names.next();
  const parts = stops.map(({ offset, color }) =>
    element('stop', { offset: String(Math.round(offset * 1e4) / 1e4), 'stop-color': color }),
  );
  return plain + element('linearGradient', { id }, parts.join('')) + element('rect', { ...at, fill: `url(#${id})` });
}

/** The text of a field, at its position. */
function fieldText(field: HTMLInputElement, style: CSSStyleDeclaration, { left, top, height }: Box): string {
  const inset = widthOf(style, 'Left') + Number.parseFloat(style.paddingLeft);
  const [above, below] = [widthOf(style, 'Top'), widthOf(style, 'Bottom')];
  return lineText(field.value, left + inset, top + (height + above - below) / 2, undefined, fontOf(style), style.color);
}

const clipped = (style: CSSStyleDeclaration, node: HTMLElement): boolean =>
  style.overflowX !== 'visible' &&
  (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1);

/** Is the text only for screen readers? */
const invisible = (style: CSSStyleDeclaration): boolean =>
  style.display === 'none' || style.opacity === '0' || style.clipPath.startsWith('inset(50%');

/** The children as they are drawn: the elements assigned to a slot are in its place. */
function childrenOf(node: HTMLElement): Iterable<Node> {
  const given = node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [];
  return given.length > 0 ? given : (node.shadowRoot ?? node).childNodes;
}

function inside(node: HTMLElement, style: CSSStyleDeclaration, around: Page): string {
  const page = node === around.unrolled ? { ...around, x: around.x - node.scrollLeft } : around;
  let content = '';
  for (const child of childrenOf(node)) {
    if (child instanceof Text) content += textOf(child, style, page.x, page.y);
    else if (child instanceof Element) content += markup(child, page);
  }
  return content;
}

/** An element of a figure as SVG; '' if none of it is visible. */
export function markup(node: Element, page: Page): string {
  if (node.matches(LEFT_OUT)) return '';
  const bounds = node.getBoundingClientRect();
  const box: Box = { left: bounds.left - page.x, top: bounds.top - page.y, width: bounds.width, height: bounds.height };
  if (node instanceof SVGSVGElement)
    return getComputedStyle(node).display === 'none' ? '' : drawing(node, box.left, box.top);
  if (!(node instanceof HTMLElement)) return '';
  const style = getComputedStyle(node);
  if (invisible(style)) return '';
  if (node instanceof HTMLCanvasElement) return canvas(node, box, page);
  const shown = style.visibility === 'visible' && style.display !== 'contents' && box.width > 0 && box.height > 0;
  const rx = Number.parseFloat(style.borderTopLeftRadius) ? cornerRadius(style, box) : undefined;
  const own = shown ? background(style, box, rx, page) + borders(style, box, rx) : '';
  let content = node instanceof HTMLInputElement ? fieldText(node, style, box) : inside(node, style, page);
  if (content && node !== page.unrolled && clipped(style, node)) {
    const id = page.names.next();
    const frame = element('rect', { x: box.left, y: box.top, width: box.width, height: box.height });
    content = element('clipPath', { id }, frame) + element('g', { 'clip-path': `url(#${id})` }, content);
  }
  return style.opacity === '1' || own + content === ''
    ? own + content
    : element('g', { opacity: style.opacity }, own + content);
}

/** The radius of the corners in pixels; 50 % gives a circle. */
function cornerRadius(style: CSSStyleDeclaration, { width, height }: Box): number {
  const radius = Number.parseFloat(style.borderTopLeftRadius);
  const pixels = style.borderTopLeftRadius.endsWith('%') ? (radius / 100) * Math.min(width, height) : radius;
  return Math.min(pixels, width / 2, height / 2);
}

function canvas(node: HTMLCanvasElement, box: Box, page: Page): string {
  const content = page.canvases.get(node);
  if (!content) return '';
  const scale = box.width / node.width;
  return element(
    'g',
    { transform: `translate(${short(box.left)} ${short(box.top)}) scale(${Math.round(scale * 1e6) / 1e6})` },
    content,
  );
}
