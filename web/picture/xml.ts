/** SVG as text instead of nodes, because a page's policy forbids style attributes, and because Node can test it. */

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML has no place for these, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export const escape = (text: string): string =>
  text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (mark) => MARKS[mark] as string);

/** Rounds to hundredths of a pixel, and never gives -0. */
export const short = (value: number): string => String(Math.round(value * 100) / 100 || 0);

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. Attributes that are undefined are left out, and numbers are rounded to hundredths. content: markup. */
export function element(name: string, attributes: Attributes, content = ''): string {
  let head = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) head += ` ${key}="${typeof value === 'number' ? short(value) : escape(value)}"`;
  }
  return content ? `${head}>${content}</${name}>` : `${head}/>`;
}

/** Unique names for the clips and gradients of one picture. */
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
