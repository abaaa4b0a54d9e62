/** The page of sequences that is shown, the position of each card, and the lines inside it. */

import type { Sequences } from './sequences.ts';

export const CELL = { width: 128, height: 68 };
const ROWS = 3;
export const MOST_LINES = 4;
const LINE = { left: 6, right: 6, top: 24, bottom: 8 };

export interface Grid {
  columns: number;
  /** The same on every page, so the last page is not shorter. */
  rows: number;
  /** Positions in the list of shown sequences: the first of the page, and the one after the last. */
  from: number;
  to: number;
  cell: number;
}

/** The page that contains the chosen sequence. least: the width that a card needs for its texts. */
export function gridOf(width: number, count: number, chosen: number, least = 0): Grid {
  const columns = Math.max(2 * least <= width ? 2 : 1, Math.floor(width / Math.max(CELL.width, least)));
  const size = columns * ROWS;
  const page = Math.floor(Math.min(Math.max(0, chosen), Math.max(0, count - 1)) / size);
  return {
    columns,
    rows: Math.ceil(Math.min(count, size) / columns),
    from: page * size,
    to: Math.min(count, (page + 1) * size),
    cell: width / columns,
  };
}

/** The smallest and the largest x of all sequences, which share one axis. */
export function rangeOf({ x }: Pick<Sequences, 'x'>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const around = Math.abs(low) || 1; /* so that a constant of any size lies in the middle */
  return low < high ? [low, high] : [low - around, low + around];
}

/** The class of the line of a feature. */
export const lineClass = (feature: number): string =>
  feature === 0 ? 'line' : feature === 1 ? 'line second' : 'line more';

/** Letters of the font of a card, in CSS pixels. */
const LETTER = 6.4;

/** The words of a sequence in as many lines as a card has, with '…' for those that have no room. */
export function wordLines(words: readonly string[], width: number): string[] {
  const most = Math.max(8, Math.floor((width - 22) / LETTER));
  const lines: string[] = [''];
  for (const word of words) {
    const line = lines.at(-1) as string;
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= most) lines[lines.length - 1] = longer;
    else if (lines.length < 2) lines.push(word);
    else {
      lines[1] = `${line.slice(0, most - 1).trimEnd()}…`;
      break;
    }
  }
  return lines;
}

/** The lines of one sequence, one per feature, as path data. */
export function lines(data: Sequences, sample: number, range: readonly [number, number], width: number): string[] {
  const { x, timesteps, features } = data;
  const first = sample * timesteps * features;
  return Array.from({ length: Math.min(features, MOST_LINES) }, (_, f) => {
    const points = Array.from({ length: timesteps }, (__, t) => {
      const part = ((x[first + t * features + f] as number) - range[0]) / (range[1] - range[0]);
      const across = LINE.left + (timesteps > 1 ? t / (timesteps - 1) : 0.5) * (width - LINE.left - LINE.right - 4);
      const down = LINE.top + (1 - part) * (CELL.height - LINE.top - LINE.bottom);
      return `${across.toFixed(1)} ${down.toFixed(1)}`;
    });
    return `M${points.join('L')}${timesteps === 1 ? 'h0.01' : ''}`;
  });
}
