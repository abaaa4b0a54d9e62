// The target values ("bars"), each for the row it applies to. A target is reached or missed; nothing fails because of
// it.
import type { Row } from './rows.ts';
import type { Engine, Host } from './works.ts';

interface Bar {
  work: string;
  hosts: Host[];
  /** The measured value, or undefined if a row that it needs was not run. */
  value: (row: Row, other: (work: string, engine: Engine) => Row | undefined) => number | undefined;
  least?: number;
  most?: number;
  below?: number;
  unit: string;
}

const everywhere: Host[] = ['native', 'node', 'chromium'];

const median: Bar['value'] = (row) => row.median_ms;
const first: Bar['value'] = (row) => row.first_ms ?? undefined;
const microseconds: Bar['value'] = (row) => 1000 * row.median_ms;

/** Percent of another row's GFLOP/s. */
const share =
  (work: string | undefined, engine: Engine): Bar['value'] =>
  (row, other) => {
    const against = other(work ?? row.work, engine)?.gflops;
    return against && row.gflops ? (100 * row.gflops) / against : undefined;
  };

/** The speed relative to the faster of the peer's backends. */
const timesPeer: Bar['value'] = (row, other) => {
  const peers = (['tfjs-wasm', 'tfjs-cpu'] as const).flatMap((engine) => other(row.work, engine)?.median_ms ?? []);
  return peers.length ? Math.min(...peers) / row.median_ms : undefined;
};

const cells = ['gru', 'lstm'].flatMap((cell): Bar[] => [
  { work: `${cell} 32`, hosts: everywhere, value: share('steady', 'unrolled'), least: 80, unit: '% of steady' },
  { work: `${cell} 128`, hosts: everywhere, value: share('wide', 'unrolled'), least: 80, unit: '% of wide' },
]);

const bars: Bar[] = [
  { work: 'notebook', hosts: ['chromium'], value: share(undefined, 'limit'), least: 66, unit: '% of the limit' },
  { work: 'notebook', hosts: ['chromium'], value: first, most: 6, unit: 'ms first' },
  { work: 'notebook', hosts: ['node', 'chromium'], value: timesPeer, least: 80, unit: '× TF.js' },
  { work: 'steady', hosts: ['native'], value: share(undefined, 'limit'), least: 74, unit: '% of the limit' },
  { work: 'steady', hosts: ['node'], value: share(undefined, 'limit'), least: 66, unit: '% of the limit' },
  { work: 'steady', hosts: ['chromium'], value: share(undefined, 'limit'), least: 68, unit: '% of the limit' },
  { work: 'wide', hosts: everywhere, value: share(undefined, 'limit'), least: 84, unit: '% of the limit' },
  ...cells,
  { work: 'step', hosts: everywhere, value: microseconds, below: 1.5, unit: 'µs' },
  { work: 'trace', hosts: everywhere, value: microseconds, below: 100, unit: 'µs' },
  { work: 'cold', hosts: ['chromium'], value: median, most: 100, unit: 'ms' },
  { work: 'cold from bytes', hosts: ['chromium'], value: median, most: 30, unit: 'ms' },
];

function judge({
  value,
  least,
  most,
  below,
  unit,
}: Omit<Bar, 'work' | 'hosts' | 'value'> & { value: number | undefined }): string {
  const [sign, bound] = least !== undefined ? ['≥', least] : most !== undefined ? ['≤', most] : ['<', below ?? 0];
  if (value === undefined) return `${sign} ${bound} ${unit}: not run`;
  const met = sign === '≥' ? value >= bound : sign === '≤' ? value <= bound : value < bound;
  return `${sign} ${bound} ${unit}: ${Number(value.toPrecision(3))} ${met ? 'met' : 'missed'}`;
}

/** The targets of a row, and whether they are reached. */
export function barsOf(row: Row, rows: Row[]): string {
  if (row.engine !== 'unrolled') return '';
  const other = (work: string, engine: Engine) =>
    rows.find((one) => one.work === work && one.engine === engine && one.host === row.host);
  return bars
    .filter((bar) => bar.work === row.work && bar.hosts.includes(row.host))
    .map((bar) => judge({ ...bar, value: bar.value(row, other) }))
    .join('; ');
}

/** Growth: the ratio of the most to the least expensive product of a sweep. */
export function flatness(perProduct: number[]): string {
  return judge({ value: Math.max(...perProduct) / Math.min(...perProduct), most: 2, unit: '×' });
}

/** Memory of the module: blocks and data in whole pages, and one page for everything before them. */
export function memoryBar(bytes: { block: number; data: number; memory: number }): string {
  const pages = Math.ceil((bytes.block + bytes.data) / 65536) + 1;
  return judge({ value: bytes.memory / (65536 * pages), most: 1, unit: '× of block + data' });
}
