/**
 * Moves labels of one height in a column so that they do not overlap. They keep their order and move as little as
 * possible.
 */

/**
 * Returns the middles of the labels between low and high. The sum of the squared movements is minimal (pool adjacent
 * violators). If the labels do not all fit, they are spaced evenly, closer than `height`.
 */
export function dodge(wanted: readonly number[], height: number, low: number, high: number): number[] {
  const count = wanted.length;
  const step = Math.min(height, (high - low) / Math.max(1, count));
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as number) - (wanted[b] as number) || a - b);
  const places = pool(order.map((i, rank) => (wanted[i] as number) - rank * step));
  const last = high - step / 2 - (count - 1) * step;
  const result = new Array<number>(count);
  order.forEach((i, rank) => {
    result[i] = Math.min(Math.max(places[rank] as number, low + step / 2), last) + rank * step;
  });
  return result;
}

/** The non-decreasing sequence nearest to the values, by least squares. */
function pool(values: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    let block = { sum: value, count: 1 };
    for (
      let before = blocks.at(-1);
      before && before.sum / before.count > block.sum / block.count;
      before = blocks.at(-1)
    ) {
      blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
}
