/**
 * What a canvas is painted with, as SVG: while it is painted again, its context also writes the calls down.
 *
 * Colours, widths, fonts and the transformation are read from the context itself when something is drawn, so only calls
 * are overheard.
 */

import { cells } from './pixel-paths.ts';
import { fontAttributes, parseFont } from './fonts.ts';
import { painted, paintOf } from './svg-colors.ts';
import { type Call, type Matrix, PATH_CALLS, pathData, place, rectData, scaleOf } from './path.ts';
import { element, escape, short } from './xml.ts';

/** What draws, and what we cannot say in SVG: a picture that would lack something is refused. */
const DRAWS = ['beginPath', 'fillRect', 'strokeRect', 'fill', 'stroke', 'fillText', 'drawImage', 'clearRect'] as const;
const UNKNOWN: readonly string[] = [
  ...['arc', 'arcTo', 'ellipse', 'quadraticCurveTo', 'rect', 'roundRect'],
  ...['clip', 'putImageData', 'strokeText'],
];
const HEARD = [...PATH_CALLS, ...DRAWS, ...UNKNOWN];
const ANCHOR: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };

type Any = (...given: unknown[]) => unknown;

class Listener {
  readonly #context: CanvasRenderingContext2D;
  #path: Call[] = [];
  #drawn = '';
  #unknown: string | undefined;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
    for (const name of HEARD) {
      const own = (context as unknown as Record<string, Any>)[name] as Any;
      const value = (...given: unknown[]): unknown => {
        this.#hear(name, given);
        return own.apply(context, given);
      };
      Object.defineProperty(context, name, { value, configurable: true, writable: true });
    }
  }

  /** Gives the context back as it was. */
  stop(): void {
    for (const name of HEARD) delete (this.#context as unknown as Record<string, unknown>)[name];
  }

  /** What was drawn since the canvas was last cleared. */
  markup(): string {
    if (this.#unknown) throw new Error(`a picture cannot hold what ${this.#unknown} draws`);
    return this.#drawn;
  }

  get #matrix(): Matrix {
    const { a, b, c, d, e, f } = this.#context.getTransform();
    return [a, b, c, d, e, f];
  }

  #hear(name: string, given: unknown[]): void {
    const numbers = given as number[];
    if (UNKNOWN.includes(name)) this.#unknown = name;
    else if (PATH_CALLS.includes(name)) this.#path.push({ name, numbers: numbers.map(Number), matrix: this.#matrix });
    else if (name === 'beginPath') this.#path = [];
    else if (name === 'clearRect') this.#clear(numbers);
    else if (name === 'fillText') this.#text(given as [string, number, number]);
    else if (name === 'drawImage') this.#image(given);
    else if (name.endsWith('Rect')) this.#shape(name, rectData(this.#matrix, numbers));
    else if (given.length > 0) this.#unknown = `${name} with a path of its own`;
    else this.#shape(name, pathData(this.#path));
  }

  #shape(name: string, d: string): void {
    if (d) this.#drawn += element('path', { ...this.#look(name.startsWith('stroke')), d });
  }

  /** Only a canvas that is cleared whole is begun anew. */
  #clear([x, y, width, height]: number[]): void {
    const { canvas } = this.#context;
    const [left, top] = place(this.#matrix, x as number, y as number);
    const [right, bottom] = place(this.#matrix, (x as number) + (width as number), (y as number) + (height as number));
    if (left > 1 || top > 1 || right < canvas.width - 1 || bottom < canvas.height - 1) this.#unknown = 'clearRect';
    this.#drawn = '';
  }

  #look(stroke: boolean): Record<string, string | number | undefined> {
    const g = this.#context;
    if (!stroke) return painted('fill', paintOf(String(g.fillStyle)), g.globalAlpha);
    const scale = scaleOf(this.#matrix);
    const dash = g.getLineDash();
    return {
      fill: 'none',
      ...painted('stroke', paintOf(String(g.strokeStyle)), g.globalAlpha),
      'stroke-width': g.lineWidth * scale,
      'stroke-dasharray': dash.length > 0 ? dash.map((part) => short(part * scale)).join(' ') : undefined,
      'stroke-linecap': g.lineCap === 'butt' ? undefined : g.lineCap,
      'stroke-linejoin': g.lineJoin === 'miter' ? undefined : g.lineJoin,
    };
  }

  #text([text, x, y]: [string, number, number]): void {
    const g = this.#context;
    const m = this.#matrix;
    const font = parseFont(g.font);
    const [across, down] = place(m, x, y + this.#baseline(text));
    this.#drawn += element(
      'text',
      {
        x: across,
        y: down,
        ...fontAttributes({ ...font, size: font.size * scaleOf(m) }),
        'text-anchor': ANCHOR[g.textAlign],
        ...this.#look(false),
      },
      escape(text),
    );
  }

  /** How far below y the letters stand: an SVG text is best placed by its base line, every program knows that one. */
  #baseline(text: string): number {
    const g = this.#context;
    const { textBaseline } = g;
    if (textBaseline === 'alphabetic') return 0;
    const above = g.measureText(text).actualBoundingBoxAscent;
    g.textBaseline = 'alphabetic';
    const whole = g.measureText(text).actualBoundingBoxAscent;
    g.textBaseline = textBaseline;
    return whole - above;
  }

  #image(given: unknown[]): void {
    const g = this.#context;
    const [source, ...numbers] = given as [HTMLCanvasElement, ...number[]];
    if (!(source instanceof HTMLCanvasElement)) {
      this.#unknown = 'drawImage';
      return;
    }
    const { width, height } = source;
    const all =
      numbers.length === 8
        ? numbers
        : [0, 0, width, height, numbers[0], numbers[1], numbers[2] ?? width, numbers[3] ?? height];
    const [sx, sy, sw, sh, x, y, wide, tall] = all as [number, number, number, number, number, number, number, number];
    if (!g.imageSmoothingEnabled) {
      const pixels = source.getContext('2d')?.getImageData(sx, sy, sw, sh);
      if (pixels) this.#drawn += cells(pixels, this.#matrix, x, y, wide, tall);
      return;
    }
    // Finer than the screen: it is drawn blurred, and there is no line to draw.
    const part = document.createElement('canvas');
    [part.width, part.height] = [sw, sh];
    part.getContext('2d')?.drawImage(source, sx, sy, sw, sh, 0, 0, sw, sh);
    const [left, top] = place(this.#matrix, x, y);
    const scale = scaleOf(this.#matrix);
    this.#drawn += element('image', {
      x: left,
      y: top,
      width: wide * scale,
      height: tall * scale,
      preserveAspectRatio: 'none',
      href: part.toDataURL(),
    });
  }
}

/** What `repaint` paints on each canvas, in pixels of the canvas. */
export function overhear(canvases: readonly HTMLCanvasElement[], repaint: () => void): Map<HTMLCanvasElement, string> {
  const listeners = canvases.flatMap((canvas) => {
    const context = canvas.getContext('2d');
    return context ? [{ canvas, listener: new Listener(context) }] : [];
  });
  try {
    repaint();
  } finally {
    for (const { listener } of listeners) listener.stop();
  }
  return new Map(listeners.map(({ canvas, listener }) => [canvas, listener.markup()]));
}
