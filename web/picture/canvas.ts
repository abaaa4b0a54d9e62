/**
 * What a canvas is painted with, as SVG: while it is painted again, its context also writes the calls down.
 *
 * Colours, widths, fonts and the transformation are read from the context itself when something is drawn, so only calls
 * are overheard. Paths made beforehand (uPlot's Path2D) are overheard by standing in for Path2D meanwhile.
 */

import { cells } from './pixel-paths.ts';
import { fontAttributes, parseFont } from './fonts.ts';
import { painted, paintOf } from './svg-colors.ts';
import { type Call, IDENTITY, type Matrix, PATH_CALLS, pathData, place, scaleOf } from './path.ts';
import { element, escape, short } from './xml.ts';

/** Names of the clips of one picture. */
export class Names {
  #count = 0;
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(): string {
    return `${this.#prefix}-${++this.#count}`;
  }
}

/** What draws, and what we cannot say in SVG: a picture that would lack something is refused. */
const DRAWS = ['fillRect', 'strokeRect', 'fill', 'stroke', 'fillText', 'strokeText', 'drawImage', 'clearRect'] as const;
const UNKNOWN = ['putImageData', 'ellipse', 'arcTo', 'roundRect'] as const;
const STATE = ['beginPath', 'clip', 'save', 'restore'] as const;
const HEARD = [...new Set<string>([...PATH_CALLS, ...DRAWS, ...UNKNOWN, ...STATE])];
const ANCHOR: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };

const made = new WeakMap<Path2D, Call[]>();

/** Path2D that remembers how it was made. */
function rememberingPath(Original: typeof Path2D): typeof Path2D {
  class Remembering extends Original {
    constructor(from?: Path2D | string) {
      super(from as Path2D);
      made.set(this, from instanceof Original ? [...(made.get(from) ?? [])] : []);
    }
  }
  for (const name of PATH_CALLS) {
    const own = Original.prototype[name] as (...numbers: unknown[]) => void;
    Object.defineProperty(Remembering.prototype, name, {
      value(this: Path2D, ...numbers: number[]) {
        made.get(this)?.push({ name, numbers: numbers.map(Number), matrix: IDENTITY });
        own.apply(this, numbers);
      },
    });
  }
  return Remembering;
}

type Any = (...given: unknown[]) => unknown;

class Listener {
  readonly #context: CanvasRenderingContext2D;
  readonly #names: Names;
  #path: Call[] = [];
  #clips: readonly string[] = [];
  #saved: (readonly string[])[] = [];
  /** Their names, by what they are: a figure clips with the same frame again and again. */
  #frames = new Map<string, string>();
  #drawn: { markup: string; clips: readonly string[] }[] = [];
  #unknown: string | undefined;

  constructor(context: CanvasRenderingContext2D, names: Names) {
    this.#context = context;
    this.#names = names;
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
    const used = new Set(this.#drawn.flatMap(({ clips }) => clips));
    let markup = [...this.#frames]
      .map(([frame, id]) => (used.has(id) ? element('clipPath', { id }, frame) : ''))
      .join('');
    for (let k = 0; k < this.#drawn.length; ) {
      const { clips } = this.#drawn[k] as { clips: readonly string[] };
      const together = clips.join();
      let group = '';
      for (; k < this.#drawn.length && this.#drawn[k]?.clips.join() === together; k++) group += this.#drawn[k]?.markup;
      markup += clips.reduceRight((inner, clip) => element('g', { 'clip-path': `url(#${clip})` }, inner), group);
    }
    return markup;
  }

  get #matrix(): Matrix {
    const { a, b, c, d, e, f } = this.#context.getTransform();
    return [a, b, c, d, e, f];
  }

  #hear(name: string, given: unknown[]): void {
    const numbers = given as number[];
    if ((UNKNOWN as readonly string[]).includes(name)) this.#unknown = name;
    else if ((PATH_CALLS as readonly string[]).includes(name))
      this.#path.push({ name, numbers: numbers.map(Number), matrix: this.#matrix });
    else if (name === 'beginPath') this.#path = [];
    else if (name === 'save') this.#saved.push(this.#clips);
    else if (name === 'restore') this.#clips = this.#saved.pop() ?? this.#clips;
    else if (name === 'clip') this.#clip(given);
    else if (name === 'clearRect') this.#clear(numbers);
    else if (name === 'fillText' || name === 'strokeText')
      this.#text(given as [string, number, number], name === 'strokeText');
    else if (name === 'drawImage') this.#image(given);
    else if (name === 'fill')
      this.#add(element('path', { ...this.#look(false), 'fill-rule': this.#rule(given), d: this.#data(given) }));
    else if (name === 'stroke') this.#add(element('path', { ...this.#look(true), d: this.#data(given) }));
    else {
      const data = pathData([{ name: 'rect', numbers, matrix: this.#matrix }]);
      this.#add(element('path', { ...this.#look(name === 'strokeRect'), d: data }));
    }
  }

  #add(markup: string): void {
    if (!markup.includes(' d=""')) this.#drawn.push({ markup, clips: this.#clips });
  }

  #rule = (given: unknown[]): string | undefined => (given.includes('evenodd') ? 'evenodd' : undefined);

  /** The path that is given, or the context's own. */
  #data(given: unknown[]): string {
    const path = given.find((one) => one instanceof Path2D) as Path2D | undefined;
    if (!path) return pathData(this.#path);
    const calls = made.get(path);
    if (!calls) this.#unknown = 'a path that was made before';
    return pathData(calls ?? [], this.#matrix);
  }

  #clip(given: unknown[]): void {
    const frame = element('path', { d: this.#data(given), 'clip-rule': this.#rule(given) });
    const id = this.#frames.get(frame) ?? this.#names.next();
    this.#frames.set(frame, id);
    if (!this.#clips.includes(id)) this.#clips = [...this.#clips, id];
  }

  /** Only a canvas that is cleared whole is begun anew. */
  #clear([x, y, width, height]: number[]): void {
    const { canvas } = this.#context;
    const [left, top] = place(this.#matrix, x as number, y as number);
    const [right, bottom] = place(this.#matrix, (x as number) + (width as number), (y as number) + (height as number));
    if (left > 1 || top > 1 || right < canvas.width - 1 || bottom < canvas.height - 1) this.#unknown = 'clearRect';
    this.#drawn = [];
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

  #text([text, x, y]: [string, number, number], stroke: boolean): void {
    const g = this.#context;
    const m = this.#matrix;
    const font = parseFont(g.font);
    const [across, down] = place(m, x, y + this.#baseline(text));
    const turned = Math.atan2(m[1], m[0]);
    this.#add(
      element(
        'text',
        {
          x: across,
          y: down,
          transform: turned ? `rotate(${short((turned * 180) / Math.PI)} ${short(across)} ${short(down)})` : undefined,
          ...fontAttributes({ ...font, size: font.size * scaleOf(m) }),
          'text-anchor': ANCHOR[g.textAlign],
          ...this.#look(stroke),
        },
        escape(text),
      ),
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
      if (pixels) this.#add(cells(pixels, this.#matrix, x, y, wide, tall));
      return;
    }
    // Finer than the screen: it is drawn blurred, and there is no line to draw.
    const part = document.createElement('canvas');
    [part.width, part.height] = [sw, sh];
    part.getContext('2d')?.drawImage(source, sx, sy, sw, sh, 0, 0, sw, sh);
    const [left, top] = place(this.#matrix, x, y);
    const scale = scaleOf(this.#matrix);
    this.#add(
      element('image', {
        x: left,
        y: top,
        width: wide * scale,
        height: tall * scale,
        preserveAspectRatio: 'none',
        href: part.toDataURL(),
      }),
    );
  }
}

/** What `repaint` paints on each canvas, in pixels of the canvas. */
export function overhear(
  canvases: readonly HTMLCanvasElement[],
  repaint: () => void,
  names: Names,
): Map<HTMLCanvasElement, string> {
  const Original = globalThis.Path2D;
  const listeners = canvases.flatMap((canvas) => {
    const context = canvas.getContext('2d');
    return context ? [{ canvas, listener: new Listener(context, names) }] : [];
  });
  globalThis.Path2D = rememberingPath(Original);
  try {
    repaint();
  } finally {
    globalThis.Path2D = Original;
    for (const { listener } of listeners) listener.stop();
  }
  return new Map(listeners.map(({ canvas, listener }) => [canvas, listener.markup()]));
}
