// Times every benchmark on every host, prints it with the targets, and writes bench.json.
//
//   make bench
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { flatness, memoryBar } from './bars.ts';
import { firstFigure, scrollFigures } from './figures.ts';
import { build, chromiumVersion, coldLoads, orMissing, prepare, run } from './hosts.ts';
import { type Drawn, dragLab, dragRate, firstLoads, playLab, sizes } from './page.ts';
import { median, type Row, rowsOf } from './rows.ts';
import type { Timing } from './session.ts';
import { duration, heading, line, notRun, printed, size } from './table.ts';
import type { Peer } from './tfjs.ts';
import { growth, type Host, products, type Work, works } from './works.ts';

const hosts: Host[] = ['native', 'node', 'chromium'];
const rows: Row[] = [];
/** The benchmarks that were not run, with the reason. */
const lacking: string[] = [];

function tellDrawn(name: string, what: string, { seconds, drawn, frames, longest }: Drawn): void {
  const each = (count: number): string => (count / seconds).toFixed(0);
  console.log(
    `${name}, ${seconds.toFixed(1)} s: ${each(drawn)} ${what} drawn a second, ${each(frames)} frames a second, longest task ${longest ? duration(longest) : 'under 50 ms'}`,
  );
}

function keep(work: Work, engine: Row['engine'], host: Host, answer: Timing | { missing: string }): void {
  if ('missing' in answer) lacking.push(notRun(work.name, engine, host, answer.missing));
  else rows.push(...rowsOf(work, engine, host, answer));
}

/** Times one benchmark on all hosts, together with its peers. */
async function timeWork(work: Work): Promise<void> {
  for (const host of hosts.filter((one) => one !== 'native' || !work.experiment)) {
    keep(work, 'unrolled', host, await run({ engine: 'unrolled', work }, host));
    if (host === 'native') continue;
    for (const engine of Object.keys(work.peers ?? {}) as Peer[])
      keep(work, engine, host, await run({ engine, work }, host));
  }
}

function show(from: number, lackingFrom: number): void {
  for (const row of rows.slice(from)) console.log(printed(row, rows));
  for (const text of lacking.slice(lackingFrom)) console.log(text);
}

async function timeCold(): Promise<void> {
  const row = (work: string, engine: Row['engine'], times: number[]): Row => ({
    ...{ work, engine, host: 'chromium', median_ms: median(times), first_ms: times[0] as number, gflops: null },
  });
  for (const [engine, count] of [
    ['unrolled', 9],
    ['tfjs-wasm', 3],
  ] as const) {
    const loads = await coldLoads(engine, count);
    if ('missing' in loads) {
      lacking.push(notRun('cold', engine, 'chromium', loads.missing));
      continue;
    }
    rows.push(
      row(
        'cold',
        engine,
        loads.map((load) => load.page),
      ),
    );
    const bytes = loads.flatMap((load) => load.bytes ?? []);
    if (bytes.length) rows.push(row('cold from bytes', engine, bytes));
  }
}

/** The time of one product, and the memory compared with what the data and the model need. */
async function timeGrowth(): Promise<void> {
  const widths = [34, 8, 8, 11, 11, 11];
  const right = [1, 2, 3, 4, 5];
  const verdicts: string[] = [];
  console.log(`\n${line(['', 'native', 'node', 'block', 'data', 'wasm has'], widths, right)}`);
  for (const [sweep, members] of Object.entries(growth)) {
    const perProduct: Record<'native' | 'node', number[]> = { native: [], node: [] };
    for (const work of members) {
      const timings: Partial<Timing> = {};
      const cells: string[] = [];
      for (const host of ['native', 'node'] as const) {
        const answer = await run({ engine: 'unrolled', work }, host);
        keep(work, 'unrolled', host, answer);
        if ('missing' in answer) {
          cells.push('not run');
          continue;
        }
        Object.assign(timings, answer);
        const picoseconds = (median(answer.times) * 1e9) / (3 * products(work) * work.repeat);
        cells.push(`${picoseconds.toFixed(1)} ps`);
        if (work.units >= 32) perProduct[host].push(picoseconds);
      }
      const { block_bytes: block, data_bytes: data, memory_bytes: memory } = timings;
      console.log(line([work.name, ...cells, size(block), size(data), size(memory)], widths, right));
      if (sweep === 'memory')
        verdicts.push(`memory: ${block && data && memory ? memoryBar({ block, data, memory }) : 'not run'}`);
    }
    if (sweep !== 'memory')
      for (const [host, values] of Object.entries(perProduct))
        verdicts.push(
          `${sweep}, ${host}, from 32 units up, dearest product to cheapest: ${values.length ? flatness(values) : 'not run'}`,
        );
  }
  console.log(verdicts.join('\n'));
}

await prepare();
console.log(
  `${cpus()[0]?.model ?? 'an unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}, ${chromiumVersion()}\n${heading()}`,
);
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

const drag = await orMissing('unrolled', 'chromium', () => dragRate(5));
if ('missing' in drag) console.log(`\nthe page: not run: ${drag.missing}`);
else {
  console.log(
    `\nthe page: about ${duration(drag.opened)} from its load until the first run's ten epochs are written down`,
  );
  tellDrawn('dragging the learning rate', 'runs', drag);
}
const labs: [string, string, () => Promise<Drawn>][] = [
  ['the lab, dragging the learning rate, 10 epochs', 'runs', () => dragLab(10, 5)],
  ['the lab, dragging the learning rate, 40 epochs', 'runs', () => dragLab(40, 5)],
  ['the lab, playing the training', 'moments', () => playLab(5)],
  ['the lab, playing the training of 64 units × 50 steps', 'moments', () => playLab(5, '&units=64&steps=50')],
];
for (const [name, what, measure] of labs) {
  const seen = await orMissing('unrolled', 'chromium', measure);
  if ('missing' in seen) console.log(`${name}: not run: ${seen.missing}`);
  else tellDrawn(name, what, seen);
}
const figures = await orMissing('unrolled', 'chromium', async () => ({
  first: await firstFigure(9),
  scrolled: await scrollFigures(),
}));
if ('missing' in figures) console.log(`figures in someone's page: not run: ${figures.missing}`);
else {
  const { first, scrolled } = figures;
  console.log(
    `a figure in a page: ${duration(median(first))} from the script's tag until it is drawn, cold (${duration(first[0] ?? null)} to ${duration(first.at(-1) ?? null)})`,
  );
  console.log(
    `${scrolled.figures} figures, scrolled through: ${(scrolled.frames / scrolled.seconds).toFixed(0)} frames a second, longest task ${scrolled.longest ? duration(scrolled.longest) : 'under 50 ms'}`,
  );
}
for (const [name, bytes] of sizes()) console.log(`${name}: ${bytes} bytes gzipped`);
for (const [page, bytes] of firstLoads()) console.log(`first load of ${page}: ${bytes} bytes gzipped`);
