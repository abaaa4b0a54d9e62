// `make experiments`: runs every command of docs/experiments.md, or those named, and exits with 1 if a threshold is
// missed or a number differs from the document.
import { experiments, judge, run } from './experiments.ts';

const named = process.argv.slice(2);
const all = experiments();
for (const name of named)
  if (!all.some((experiment) => experiment.name === name)) throw new Error(`docs/experiments.md has no ${name}`);

let misses = 0;
for (const experiment of all.filter(({ name }) => named.length === 0 || named.includes(name))) {
  const output = run(experiment);
  for (const row of experiment.rows) {
    const { value, reached, same } = judge(row, output);
    const verdict = reached && same ? 'ok' : reached ? `not the document's ${row.measured}` : 'MISSED';
    if (!reached || !same) misses++;
    console.log(
      `${row.name.padEnd(24)} ${row.bar.padEnd(40)} ${value.toPrecision(6).padStart(12)} ${output.seconds.toFixed(1).padStart(7)} s  ${verdict}`,
    );
  }
  if (output.exit !== 0 && !experiment.rows.some(({ bar }) => bar.startsWith('exit ')))
    console.log(output.stderr.trimEnd());
}
console.log(misses ? `${misses} missed` : 'every bar is reached, every number is the one of docs/experiments.md');
process.exitCode = misses ? 1 : 0;
