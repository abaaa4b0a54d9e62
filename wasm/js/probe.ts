/** Linear probes: how well a linear function of hidden states gives an earlier input. */

import { checkFloats, checkMultiple, checkOptions, wrong } from './checks.ts';
import type { Core } from './core.ts';
import type { LinearProbe, ProbeRows } from './types.ts';

interface Rows {
  x: Float32Array;
  y: Float32Array;
  columns: number;
}

function checkRows(operation: string, name: string, rows: ProbeRows): Rows {
  const { x: numbers, y: values } = checkOptions(operation, rows, ['x', 'y']);
  const [x, y] = [checkFloats(operation, `${name}.x`, numbers), checkFloats(operation, `${name}.y`, values)];
  checkMultiple(operation, `${name}.x`, x.length, y.length, `the length of ${name}.y`);
  return { x, y, columns: x.length / y.length };
}

export async function linearProbe(core: Core, training: ProbeRows, measured: ProbeRows): Promise<LinearProbe> {
  const operation = 'linearProbe';
  const fitted = checkRows(operation, 'training', training);
  const other = checkRows(operation, 'measured', measured);
  const { columns } = fitted;
  if (other.columns !== columns)
    throw wrong(operation, `measured.x has ${other.columns} numbers per row`, `${columns}, as in training.x`);
  const data = await core.data(operation);
  return data.withTemporary(operation, (temporary) => {
    const put = ({ x, y }: Rows): [number, number, number] => [temporary.put(x), temporary.put(y), y.length];
    data.call(operation, 'probe_size', columns);
    const [bytes] = data.pair();
    const [block, solution] = [temporary.space(bytes), temporary.space(8 * (columns + 1))];
    data.call(operation, 'probe', ...put(fitted), ...put(other), columns, block, bytes, solution);
    const { r2 } = data.read<{ r2: number }>('probe');
    const solved = data.doubles(solution, columns + 1);
    return { r2, weights: solved.slice(0, columns), bias: solved[columns] as number };
  });
}
