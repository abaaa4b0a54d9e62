/**
 * Light or dark for a figure in a page that does not set `color-scheme`: it follows the background that the figure
 * stands on.
 */

type Scheme = 'light' | 'dark';

type Color = readonly [red: number, green: number, blue: number, alpha: number];

/** On a background of this luminance, black text and white text have the same contrast (WCAG 2). */
const MIDDLE = 0.179;

/** Text of at most this contrast cannot be read, so it stands on something other than the background that was found. */
const UNREADABLE = 1.5;

let canvas: CanvasRenderingContext2D | null | undefined;

/** A computed color in sRGB, with parts from 0 to 255 and alpha from 0 to 1. */
function parsed(color: string): Color {
  const [red, green, blue, alpha = 1] = /^rgba?\(/.test(color) ? (color.match(/[\d.]+/g) ?? []).map(Number) : [];
  if (blue !== undefined) return [red as number, green as number, blue, alpha];
  canvas ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  if (!canvas) return [0, 0, 0, 0];
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}

const over = ([r, g, b, a]: Color, [red, green, blue, alpha]: Color): Color => {
  const all = a + alpha * (1 - a);
  const mixed = (front: number, back: number): number => (front * a + back * alpha * (1 - a)) / (all || 1);
  return [mixed(r, red), mixed(g, green), mixed(b, blue), all];
};

/** The relative luminance of WCAG 2, from 0 to 1. */
function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color
    .slice(0, 3)
    .map((part) => (part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The element around another one, also across the edges of slots and shadow trees. */
const around = (element: Element): Element | null =>
  element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;

/** The elements from this one to the root. */
export function ancestors(element: Element): Element[] {
  const all: Element[] = [];
  for (let one: Element | null = element; one; one = around(one)) all.push(one);
  return all;
}

/** The mean color of a gradient; undefined if the background has none. */
function gradient(image: string): Color | undefined {
  if (!image.includes('gradient(')) return undefined;
  const colors = (image.match(/(?:rgba?|color|lab|lch|oklab|oklch)\([^()]*\)/g) ?? []).map(parsed);
  const mean = (part: number): number =>
    colors.reduce((sum, color) => sum + (color[part] as number), 0) / colors.length;
  return colors.length > 0 ? [mean(0), mean(1), mean(2), mean(3)] : undefined;
}

/** The scheme that suits the background and the text color of the page where the element stands. */
export function schemeBehind(element: Element): Scheme {
  let ground: Color = [0, 0, 0, 0];
  let painted = false;
  /* on a projector the figure brings a background of its own */
  const behind = ancestors(element).slice(element.hasAttribute('projector') ? 1 : 0);
  for (const one of behind) {
    const { backgroundColor, backgroundImage } = getComputedStyle(one);
    const shade = gradient(backgroundImage);
    if (shade) ground = over(ground, shade);
    ground = over(ground, parsed(backgroundColor));
    painted ||= backgroundImage.includes('url(');
    if (ground[3] > 0.99) break;
    if (painted) break; /* nobody knows what a picture shows */
  }
  const back = luminance(over(ground, [255, 255, 255, 1]));
  const text = luminance(parsed(getComputedStyle(element).color));
  const contrast = (Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05);
  /* light text on a picture, or on the background of a slide that is not around the figure */
  if (text > MIDDLE && (contrast < UNREADABLE || (painted && ground[3] < 0.5))) return 'dark';
  return back < MIDDLE ? 'dark' : 'light';
}

type Change = () => void;
const changes = new Set<Change>();
let due = false;
let watching: MutationObserver | undefined;

/** Browsers without layout have no frames. */
const later = globalThis.requestAnimationFrame ?? setTimeout;

/** All changes of one moment are told once, when their styles are known. */
function tell(): void {
  if (due) return;
  due = true;
  later(() => {
    due = false;
    for (const change of changes) change();
  });
}

const QUERIES = ['(prefers-color-scheme: dark)', 'print', '(forced-colors: active)'];
const EVENTS = ['transitionend', 'animationend', 'change', 'load', 'resize'];

/**
 * Calls `change` when the background of `element` may be another one: attributes of what is around it, style sheets, the
 * reader's preference, a transition that ends. Returns a function that stops this.
 */
export function onSurroundingChange(element: Element, change: Change): () => void {
  if (typeof MutationObserver === 'undefined') return () => undefined;
  if (!watching) {
    watching = new MutationObserver(tell);
    watching.observe(document.head ?? document.documentElement, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
    for (const query of QUERIES) globalThis.matchMedia?.(query).addEventListener('change', tell);
    for (const event of EVENTS) addEventListener(event, tell, true);
  }
  const own = new MutationObserver((records) => {
    /* the figure sets such attributes itself */
    if (records.some(({ target, attributeName }) => target !== element || !attributeName?.startsWith('data-'))) tell();
  });
  for (const one of ancestors(element)) own.observe(one, { attributes: true });
  changes.add(change);
  return () => {
    own.disconnect();
    changes.delete(change);
  };
}
