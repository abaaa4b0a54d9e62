// Times every work on every host, prints it beside the bars, and writes bench.json.
//
//   make bench
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { flatness } from './bars.ts';
import type { Cold } from './cold.ts';
import { build, inChromium, missing, prepare, run } from './hosts.ts';
import { dragRate, sizes } from './page.ts';
import { median, type Row, rowsOf } from './rows.ts';
import type { Timing } from './session.ts';
import { duration, heading, line, notRun, printed, size } from './table.ts';
import type { Peer } from './tfjs.ts';
import { growth, type Host, products, type Work, works } from './works.ts';

const hosts: Host[] = ['native', 'node', 'chromium'];
const rows: Row[] = [];
/** What was not run, and why. */
const lacking: string[] = [];

function keep(work: Work, engine: Row['engine'], host: Host, answer: Timing | { missing: string }): void {
  if ('missing' in answer) lacking.push(notRun(work.name, engine, host, answer.missing));
  else rows.push(...rowsOf(work, engine, host, answer));
}

/** One work on all hosts, its peers beside it. */
async function timeWork(work: Work): Promise<void> {
  for (const host of hosts) {
    keep(work, 'unrolled', host, await run({ engine: 'unrolled', work }, host));
    if (host === 'native') continue;
    for (const engine of Object.keys(work.peers ?? {}) as Peer[]) keep(work, engine, host, await run({ engine, work }, host));
  }
}

function show(from: number, lackingFrom: number): void {
  for (const row of rows.slice(from)) console.log(printed(row, rows));
  for (const text of lacking.slice(lackingFrom)) console.log(text);
}

/** Page after page, each in a fresh browser. */
async function coldLoads(search: string, count: number): Promise<Cold[]> {
  const loads: Cold[] = [];
  for (let i = 0; i < count; i++)
    loads.push(
      await inChromium(async (tab, url) => {
        await tab.open(`${url}cold.html${search}`);
        await tab.until(() => 'cold' in globalThis);
        return tab.evaluate(() => (globalThis as unknown as { cold: Cold }).cold);
      }),
    );
  return loads;
}

async function timeCold(): Promise<void> {
  const row = (work: string, engine: Row['engine'], times: number[]): Row => ({
    ...{ work, engine, host: 'chromium', median_ms: median(times), first_ms: times[0] as number, gflops: null },
  });
  for (const [engine, count] of [['unrolled', 9], ['tfjs-wasm', 3]] as const) {
    const why = missing(engine, 'chromium');
    if (why) {
      lacking.push(notRun('cold', engine, 'chromium', why));
      continue;
    }
    const loads = await coldLoads(engine === 'unrolled' ? '' : `?${engine}`, count);
    rows.push(row('cold', engine, loads.map((load) => load.page)));
    const bytes = loads.flatMap((load) => load.bytes ?? []);
    if (bytes.length) rows.push(row('cold, from bytes', engine, bytes));
  }
}

/** Time of one product, and memory against what the work must hold. */
async function timeGrowth(): Promise<void> {
  const widths = [18, 9, 9, 12, 12, 12];
  const perProduct: Record<'native' | 'node', number[]> = { native: [], node: [] };
  let memory = 'met';
  console.log(`\n${line(['growth', 'native', 'node', 'block', 'data', 'wasm grew'], widths, [1, 2, 3, 4, 5])}`);
  for (const work of growth) {
    const cells: string[] = [];
    const bytes = { block: undefined as number | undefined, data: undefined as number | undefined, grown: undefined as number | undefined };
    for (const host of ['native', 'node'] as const) {
      const answer = await run({ engine: 'unrolled', work }, host);
      keep(work, 'unrolled', host, answer);
      if ('missing' in answer) {
        cells.push('not run');
        continue;
      }
      const picoseconds = (median(answer.times) * 1e9) / (3 * products(work) * work.repeat);
      cells.push(`${picoseconds.toFixed(1)} ps`);
      if (work.units >= 32) perProduct[host].push(picoseconds);
      bytes.block ??= answer.block_bytes;
      bytes.data ??= answer.data_bytes;
      bytes.grown ??= answer.grown_bytes;
    }
    // the module's memory comes in pages of 64 KiB
    if (bytes.block && bytes.data && bytes.grown && bytes.grown > bytes.block + bytes.data + 65536) memory = 'missed';
    console.log(line([work.name, ...cells, size(bytes.block), size(bytes.data), size(bytes.grown)], widths, [1, 2, 3, 4, 5]));
  }
  for (const [host, values] of Object.entries(perProduct)) if (values.length) console.log(`from 32 units up, ${host}: ${flatness(values)}`);
  console.log(`memory: block + data, and no more than one page of wasm: ${memory}`);
}

await prepare();
console.log(`${cpus()[0]?.model ?? 'an unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}\n${heading()}`);
for (const work of works) {
  const [from, lackingFrom] = [rows.length, lacking.length];
  await timeWork(work);
  show(from, lackingFrom);
}
const [from, lackingFrom] = [rows.length, lacking.length];
await timeCold();
show(from, lackingFrom);
await timeGrowth();
writeFileSync(join(build, 'bench.json'), `${JSON.stringify(rows, null, 1)}\n`);

console.log();
if (missing('unrolled', 'chromium')) console.log('dragging: not run: Chromium is not installed');
else {
  const drag = await dragRate(5);
  const each = (count: number): string => (count / drag.seconds).toFixed(0);
  console.log(`dragging the learning rate for ${drag.seconds.toFixed(1)} s: ${each(drag.drawn)} runs drawn a second, ${each(drag.frames)} frames a second, longest task ${drag.longest ? duration(drag.longest) : 'under 50 ms'}`);
}
for (const [name, bytes] of sizes()) console.log(`${name}: ${bytes} bytes gzipped`);
const sent = sizes().filter(([name]) => !name.includes('scalar'));
console.log(`first load: ${sent.reduce((sum, [, bytes]) => sum + bytes, 0)} bytes gzipped`);
