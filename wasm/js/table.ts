/** Reads a table of a time series. The core reads it, in the module for data. */

import { checkChoice, checkOptions, checkText, wrong, wrongKind } from './checks.ts';
import type { Core, Module, TemporaryBlocks } from './core.ts';
import type { Places, ReadTableOptions, Table, TableColumn, TableDescription, TableReport } from './series-types.ts';

/** The kinds of columns, as the core counts them. */
const KINDS = ['numbers', 'times', 'words', 'empty'] as const;

/** A text in the memory of the module, and the record of what the module knows about it. */
interface Placed {
  text: [address: number, bytes: number];
  record: number;
  table: Record<string, number>;
}

function place(data: Module, operation: string, temporary: TemporaryBlocks, bytes: Uint8Array): Placed {
  const text: [number, number] = [temporary.put(bytes), bytes.length];
  data.call(operation, 'table_measure', ...text);
  const table = data.read<Record<string, number>>('table');
  return { text, table, record: temporary.put(data.numbers('table', table)) };
}

function columnsOf(
  data: Module,
  operation: string,
  { text, record, table }: Placed,
): { name: string; kind: TableColumn['kind'] }[] {
  return Array.from({ length: table.columns as number }, (_, i) => {
    data.call(operation, 'table_column', ...text, record, i);
    const { name, kind } = data.read<{ name: string; kind: number }>('column');
    return { name, kind: KINDS[kind] as TableColumn['kind'] };
  });
}

/** The columns that are asked for, or all that have numbers: their indexes in the table and their names. */
function choose(data: Module, placed: Placed, wanted: readonly string[] | undefined): [number, string][] {
  const all = columnsOf(data, 'readTable', placed);
  const usable = all.flatMap(({ name, kind }, i): [number, string][] => (kind === 'numbers' ? [[i, name]] : []));
  const names = usable.map(([, name]) => name);
  if (names.length === 0) throw wrong('readTable', 'the table has no column of numbers', 'at least one');
  for (const name of wanted ?? []) {
    const kind = all.find((column) => column.name === name)?.kind;
    if (kind !== undefined && kind !== 'numbers' && !names.includes(name))
      throw wrong('readTable', `column "${name}" has ${kind === 'empty' ? 'no values' : kind}`, 'a column of numbers');
  }
  return wanted === undefined
    ? usable
    : wanted.map((name, i) => usable[checkChoice('readTable', `columns[${i}]`, name, names)] as [number, string]);
}

function reportOf(found: Record<string, number>, table: Placed['table']): TableReport {
  const undated = table.undated as number;
  const places = (name: string): Places => ({
    count: found[name] as number,
    ...((found[name] as number) > 0 && { line: found[`${name}Line`], column: found[`${name}Column`] }),
  });
  return {
    dropped: found.dropped as number,
    filled: found.filled as number,
    ...(found.missingCode && { missingCode: -found.missingCode }),
    missingValues: places('missingValues'),
    missingTimes: places('missingTimes'),
    repeatedTimes: places('repeatedTimes'),
    irregularTimes: places('irregularTimes'),
    undatedLines: { count: undated, ...(undated > 0 && { line: table.undatedLine, column: table.timeColumn }) },
    ...(table.unitLine && { unitLine: table.unitLine }),
  };
}

export async function describeTable(core: Core, text: string | Uint8Array): Promise<TableDescription> {
  const operation = 'describeTable';
  const bytes = checkText(operation, 'text', text);
  const data = await core.data(operation);
  return data.withTemporary(operation, (temporary) => {
    const placed = place(data, operation, temporary, bytes);
    const columns = columnsOf(data, operation, placed);
    const counts = temporary.space(4 * columns.length);
    data.call(operation, 'table_missing', ...placed.text, placed.record, counts);
    const missing = data.wholes(counts, columns.length);
    return {
      rows: placed.table.rows as number,
      columns: columns.map((column, i) => ({ ...column, missing: missing[i] as number })),
    };
  });
}

export async function readTable(core: Core, text: string | Uint8Array, options: ReadTableOptions = {}): Promise<Table> {
  const operation = 'readTable';
  const { columns, missing = 'refuse' } = checkOptions(operation, options, ['columns', 'missing']);
  if (columns !== undefined && !(Array.isArray(columns) && columns.length > 0))
    throw wrongKind(operation, 'columns', columns, 'an array of names of columns');
  const wanted = columns?.slice();
  const bytes = checkText(operation, 'text', text);
  const data = await core.data(operation);
  const choice = checkChoice(operation, 'missing', missing, data.texts('missing_name'));
  return data.withTemporary(operation, (temporary) => {
    const placed = place(data, operation, temporary, bytes);
    const chosen = choose(data, placed, wanted);
    const { rows, times } = placed.table as { rows: number; times: number };
    const capacity = missing === 'fill' ? Math.max(rows, times) : rows;
    const indexes = temporary.put(new Uint8Array(Uint32Array.from(chosen, ([i]) => i).buffer));
    const values = temporary.space(8 * capacity * chosen.length);
    const positions = temporary.space(8 * capacity);
    const where = [placed.record, indexes, chosen.length, choice, capacity, values, positions];
    data.call(operation, 'table_read', ...placed.text, ...where);
    const found = data.read<Record<string, number>>('report');
    const places = data.doubles(positions, found.rows as number);
    return {
      columns: chosen.map(([, name]) => name),
      values: data.doubles(values, (found.rows as number) * chosen.length),
      positions: places,
      times: Array.from(places, (position) => {
        data.call(operation, 'table_time', placed.record, position);
        return data.read<{ text: string }>('time').text;
      }),
      report: reportOf(found, placed.table),
    };
  });
}
