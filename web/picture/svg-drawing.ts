/** An SVG of a figure as a standalone SVG: everything that the page's style sheets set is written into it. */

import { fontAttributes, fontOf } from './fonts.ts';
import { paintOf } from './svg-colors.ts';
import { type Attributes, element, escape, short } from './xml.ts';

/** Attributes for position and size. All others are styles, or for readers of the page. */
const GEOMETRY = [
  'd',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'width',
  'height',
  'points',
  'transform',
  'pathLength',
  'dx',
  'dy',
];
const SHAPES = new Set(['path', 'line', 'rect', 'circle', 'ellipse', 'polyline', 'polygon', 'text', 'tspan']);
/** Elements that are not drawn, or not part of the picture. */
const LEFT_OUT = new Set(['title', 'desc', 'script', 'style', 'foreignObject']);

const pixels = (text: string): string => text.replace(/px\b/g, '').replace(/, /g, ' ');
const unless = (value: string, initial: string): string | undefined => (value === initial ? undefined : pixels(value));
const opacityOf = (own: string, paint: number): string | undefined => unless(short(Number(own) * paint), '1');

function lookOf(style: CSSStyleDeclaration): Attributes {
  const [fill, stroke] = [paintOf(style.fill), paintOf(style.stroke)];
  return {
    fill: fill?.color ?? 'none',
    'fill-opacity': fill && opacityOf(style.fillOpacity, fill.opacity),
    ...(stroke && {
      stroke: stroke.color,
      'stroke-opacity': opacityOf(style.strokeOpacity, stroke.opacity),
      'stroke-width': unless(style.strokeWidth, '1px'),
      'stroke-dasharray': unless(style.strokeDasharray, 'none'),
      'stroke-linecap': unless(style.strokeLinecap, 'butt'),
      'stroke-linejoin': unless(style.strokeLinejoin, 'miter'),
      'paint-order': unless(style.paintOrder, 'normal'),
    }),
  };
}

const textStyleOf = (style: CSSStyleDeclaration): Attributes => ({
  ...fontAttributes(fontOf(style)),
  'text-anchor': unless(style.textAnchor, 'start'),
  'dominant-baseline': unless(style.dominantBaseline, 'auto'),
});

function geometryOf(node: Element): Attributes {
  return Object.fromEntries(
    GEOMETRY.flatMap((name) => (node.hasAttribute(name) ? [[name, node.getAttribute(name) as string]] : [])),
  );
}

/** A node with its contents; '' if none of it is visible. */
function nodeOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return escape(node.nodeValue ?? '').replace(/\s+/g, ' ');
  if (!(node instanceof SVGElement) || LEFT_OUT.has(node.localName)) return '';
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.opacity === '0') return '';
  const text = node.localName === 'text' || node.localName === 'tspan';
  let content = '';
  for (const child of node.childNodes) if (text || child.nodeType !== Node.TEXT_NODE) content += nodeOf(child);
  const look = SHAPES.has(node.localName) ? lookOf(style) : {};
  const seen = SHAPES.has(node.localName)
    ? style.visibility === 'visible' && (look['fill'] !== 'none' || look['stroke'] !== undefined)
    : true;
  if (!seen || (!SHAPES.has(node.localName) && content === '')) return '';
  const opacity = unless(style.opacity, '1');
  return element(node.localName, { ...geometryOf(node), ...look, ...(text && textStyleOf(style)), opacity }, content);
}

/** An <svg> of the page, nested in another one at (x, y). */
export function drawing(svg: SVGSVGElement, x: number, y: number): string {
  const style = getComputedStyle(svg);
  const box = svg.getBoundingClientRect();
  let content = '';
  for (const child of svg.childNodes) content += nodeOf(child);
  if (content === '' || box.width === 0) return '';
  const overflow = style.overflow === 'visible' ? 'visible' : 'hidden';
  const viewBox = svg.getAttribute('viewBox') ?? undefined;
  return element(
    'svg',
    { x, y, width: box.width, height: box.height, viewBox, overflow, opacity: unless(style.opacity, '1') },
    content,
  );
}
