/** The text of a page as lines with their positions. */

import { type Font, fontAttributes, fontOf, fontExtent } from './fonts.ts';
import { painted, paintOf } from './svg-colors.ts';
import { element, escape } from './xml.ts';

interface Line {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** White space that a page draws as a single space, or not at all. */
const COLLAPSES = /[ \t\r\n\f]/;

/** The positions of the lines of a text node in the window. */
function linesOf(node: Text): Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  let line: Line | undefined;
  for (let k = 0; k < node.data.length; k++) {
    // A pair of surrogates is one character.
    const letter = String.fromCodePoint(node.data.codePointAt(k) as number);
    range.setStart(node, k);
    range.setEnd(node, k + letter.length);
    k += letter.length - 1;
    const box = range.getClientRects()[0];
    if (!box || box.width === 0) continue;
    const blank = COLLAPSES.test(letter);
    if (!line || Math.abs(box.top - line.top) > box.height / 2) {
      if (blank) continue;
      line = { text: '', left: box.left, right: box.right, top: box.top, bottom: box.bottom };
      lines.push(line);
    }
    line.text += blank ? ' ' : letter;
    if (!blank) line.right = box.right;
  }
  return lines.map((one) => ({ ...one, text: one.text.trimEnd() }));
}

/** One line, drawn from its left end with the width it has on the page, whatever font the reader's program uses. */
export function lineText(
  text: string,
  left: number,
  middle: number,
  width: number | undefined,
  font: Font,
  color: string,
): string {
  const { above, below } = fontExtent(font);
  const fit = width !== undefined && text.length > 1 ? { textLength: width, lengthAdjust: 'spacingAndGlyphs' } : {};
  return element(
    'text',
    { x: left, y: middle + (above - below) / 2, ...fit, ...fontAttributes(font), ...painted('fill', paintOf(color)) },
    escape(text),
  );
}

/** The lines of a text node, translated by (−x, −y). */
export function textOf(node: Text, style: CSSStyleDeclaration, x: number, y: number): string {
  if (!node.data.trim() || style.visibility !== 'visible') return '';
  const font = fontOf(style);
  return linesOf(node)
    .map(({ text, left, right, top, bottom }) =>
      lineText(text, left - x, (top + bottom) / 2 - y, right - left, font, style.color),
    )
    .join('');
}
