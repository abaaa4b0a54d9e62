/** Lines and bands as SVG path data. A coordinate that is not finite leaves a gap. */

type Coordinate = (index: number) => number;

/** Rounds to hundredths of a pixel, to keep path data short. */
export const hundredths = (coordinate: number): number => Math.round(100 * coordinate) / 100;

/** `joined`: whether the line continues across gaps. */
export function linePath(count: number, x: Coordinate, y: Coordinate, joined = false): string {
  let data = '';
  let pen = 'M';
  for (let i = 0; i < count; i++) {
    const down = hundredths(y(i));
    if (Number.isFinite(down)) {
      data += `${pen}${hundredths(x(i))} ${down}`;
      pen = 'L';
    } else if (!joined) pen = 'M';
  }
  return data;
}

/** The outline of the band: along the upper edge, then back along the lower edge. */
export function bandPath(count: number, x: Coordinate, low: Coordinate, high: Coordinate): string {
  let data = '';
  let back = '';
  for (let i = 0; i < count; i++) {
    const [across, bottom, top] = [hundredths(x(i)), hundredths(low(i)), hundredths(high(i))];
    if (Number.isFinite(bottom + top)) {
      data += `${back ? 'L' : 'M'}${across} ${top}`;
      back = `L${across} ${bottom}${back}`;
    } else {
      data += back;
      back = '';
    }
  }
  return data + back;
}
