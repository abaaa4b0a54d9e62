/** Labels of one height in a column: as near as can be to where they want to be, in the same order, without overlap. */

/**
 * The middles of the labels; least squares of the ways moved (pool adjacent violators), kept between low and high.
 * Where they cannot all fit they stand closer than `height`, evenly.
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

/** The nearest non-decreasing sequence. */
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
