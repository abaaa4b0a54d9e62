/**
 * Records what is painted on a canvas as SVG. While the canvas is painted again, the methods of its context also record
 * their calls.
 *
 * Colors, line widths, fonts and the transformation are read from the context at each drawing call, so only calls need
 * to be recorded.
 */

import { cells } from './pixel-paths.ts';
import { fontAttributes, parseFont } from './fonts.ts';
import { painted, paintOf } from './svg-colors.ts';
import { type Call, type Matrix, PATH_CALLS, pathData, place, rectData, scaleOf } from './path.ts';
import { element, escape, short } from './xml.ts';

/** The calls that draw, and those that the recorder cannot convert: a picture that would be incomplete is refused. */
const DRAWS = ['beginPath', 'fillRect', 'strokeRect', 'fill', 'stroke', 'fillText', 'drawImage', 'clearRect'] as const;
const UNSUPPORTED: readonly string[] = [
  ...['arc', 'arcTo', 'ellipse', 'quadraticCurveTo', 'rect', 'roundRect'],
  ...['clip', 'putImageData', 'strokeText'],
];
const RECORDED = [...PATH_CALLS, ...DRAWS, ...UNSUPPORTED];
const ANCHOR: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };

type Any = (...given: unknown[]) => unknown;

class CanvasRecorder {
  readonly #context: CanvasRenderingContext2D;
  #path: Call[] = [];
  #drawn = '';
  #unsupported: string | undefined;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
    for (const name of RECORDED) {
      const own = (context as unknown as Record<string, Any>)[name] as Any;
      const value = (...given: unknown[]): unknown => {
        this.#record(name, given);
        return own.apply(context, given);
      };
      Object.defineProperty(context, name, { value, configurable: true, writable: true });
    }
  }

  /** Restores the context's own methods. */
  stop(): void {
    for (const name of RECORDED) delete (this.#context as unknown as Record<string, unknown>)[name];
  }

  /** Everything drawn since the canvas was last cleared. */
  markup(): string {
    if (this.#unsupported) throw new Error(`a picture cannot hold what ${this.#unsupported} draws`);
    return this.#drawn;
  }

  get #matrix(): Matrix {
    const { a, b, c, d, e, f } = this.#context.getTransform();
    return [a, b, c, d, e, f];
  }

  #record(name: string, given: unknown[]): void {
    const numbers = given as number[];
    if (UNSUPPORTED.includes(name)) this.#unsupported = name;
    else if (PATH_CALLS.includes(name)) this.#path.push({ name, numbers: numbers.map(Number), matrix: this.#matrix });
    else if (name === 'beginPath') this.#path = [];
    else if (name === 'clearRect') this.#clear(numbers);
    else if (name === 'fillText') this.#text(given as [string, number, number]);
    else if (name === 'drawImage') this.#image(given);
    else if (name.endsWith('Rect')) this.#shape(name, rectData(this.#matrix, numbers));
    else if (given.length > 0) this.#unsupported = `${name} with a path of its own`;
    else this.#shape(name, pathData(this.#path));
  }

  #shape(name: string, d: string): void {
    if (d) this.#drawn += element('path', { ...this.#look(name.startsWith('stroke')), d });
  }

  /** Only clearing the whole canvas is supported. */
  #clear([x, y, width, height]: number[]): void {
    const { canvas } = this.#context;
    const [left, top] = place(this.#matrix, x as number, y as number);
    const [right, bottom] = place(this.#matrix, (x as number) + (width as number), (y as number) + (height as number));
    if (left > 1 || top > 1 || right < canvas.width - 1 || bottom < canvas.height - 1) this.#unsupported = 'clearRect';
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

  /**
   * The distance from y to the alphabetic baseline. SVG texts are placed by this baseline because every program
   * supports it.
   */
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
      this.#unsupported = 'drawImage';
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
    // An image finer than the screen is drawn smoothed, so its pixels have no sharp edges that could become paths.
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

/** Runs `repaint` and returns what it paints on each canvas as SVG, in pixels of the canvas. */
export function recordCanvases(
  canvases: readonly HTMLCanvasElement[],
  repaint: () => void,
): Map<HTMLCanvasElement, string> {
  const recorders = canvases.flatMap((canvas) => {
    const context = canvas.getContext('2d');
    return context ? [{ canvas, recorder: new CanvasRecorder(context) }] : [];
  });
  try {
    repaint();
  } finally {
    for (const { recorder } of recorders) recorder.stop();
  }
  return new Map(recorders.map(({ canvas, recorder }) => [canvas, recorder.markup()]));
}
