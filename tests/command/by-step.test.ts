// The accuracy at each time step and among some classes, beside counts over the predictions that the program prints.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, lines, native, refuses, succeeds, there } from './program.ts';

const fitted = (args: string[], files = {}) =>
  there(native(['fit', ...args, '--epochs', '3', '--verbose', '0', '--save', 'w'], files).files['w']);
const of = ['evaluate', '--data', 'd.csv', '--weights', 'w', '--by-step'];

/** What is expected of each time step: "t,readouts,accuracy" of the answers that `judge` gives; undefined does not count. */
function counted(rows: (boolean | undefined)[][]): string[] {
  const line = (name: string, all: (boolean | undefined)[]) => {
    const some = all.filter((right) => right !== undefined);
    return [name, some.length, some.length ? some.filter(Boolean).length / some.length : ''].join();
  };
  const steps = there(rows[0]).map((_, t) =>
    line(
      String(t + 1),
      rows.map((row) => row[t]),
    ),
  );
  return ['t,readouts,accuracy', ...steps, line('all', rows.flat())];
}

test('classes at every step, all of them and among two verbs', () => {
  const steps = 12;
  const data = csv('agreement', 30, steps);
  const files = { 'd.csv': data, w: fitted(['--task', 'agreement', '--samples', '100', '--steps', String(steps)]) };
  const targets = lines(data)
    .slice(1)
    .map((line) => line.split(',').slice(0, steps).map(Number));
  const said = lines(succeeds(['predict', ...of.slice(1, -1)], files).stdout).map((line) =>
    line.split(',').map(Number),
  );
  const right = (among: (k: number) => boolean) =>
    targets.map((row, i) =>
      row.map((y, t) => {
        const p = there(said[i * steps + t]);
        return among(y) ? p.every((value, k) => !among(k) || value <= there(p[y])) : undefined;
      }),
    );
  assert.deepEqual(lines(succeeds(of, files).stdout), counted(right(() => true)));
  const verbs = [18, 19];
  const among = lines(succeeds([...of, '--among', verbs.join()], files).stdout);
  assert.deepEqual(among, counted(right((k) => verbs.includes(k))));
  assert.ok(among.some((line) => line.endsWith(',0,')) && among.at(-1) !== 'all,0,');
});

test('two labels at every step; padding does not count', () => {
  const data = 'y1,y2,y3,x1,x2,x3\n1,1,1,.9,.1,.2\n0,0,,.1,.8,\n1,,,.7,,\n';
  const files = { 'd.csv': data, w: fitted(['--data', 'd.csv', '--units', '3'], { 'd.csv': data }) };
  const said = lines(native(['predict', ...of.slice(1, -1)], files).stdout).map(Number);
  const at = (i: number) => there(said[i]);
  const rows = [
    [at(0) > 0.5, at(1) > 0.5, at(2) > 0.5],
    [!(at(3) > 0.5), !(at(4) > 0.5), undefined],
    [at(6) > 0.5, undefined, undefined],
  ];
  assert.deepEqual(lines(native(of, files).stdout), counted(rows));
});

test('tokens of a text', () => {
  const text = 'the cat sat . the dog ran . the cat ran . the dog sat .';
  const w = fitted(['--text', 't', '--steps', '3', '--units', '3'], { t: text });
  const [, ...rows] = lines(
    succeeds(['evaluate', '--text', 't', '--weights', 'w', '--by-step', '--among', 'sat ran'], { t: text, w }).stdout,
  );
  assert.deepEqual(
    rows.slice(0, -1).flatMap((row, t) => (row.endsWith(',0,') ? [] : [t + 1])),
    [2, 6, 10, 14],
  );
  const cow = ['evaluate', '--text', 't', '--weights', 'w', '--by-step', '--among', 'cow'];
  refuses(1, ` evaluate: --among:1:1: expected one of the vocabulary's 6 words, got "cow"`, cow, { t: text, w });
  const small = fitted(['--text', 't', '--steps', '3', '--vocabulary', '4'], { t: text });
  const message = ' evaluate: --among: expected tokens of the vocabulary, separated by spaces, got "cow"';
  refuses(2, message, cow, { t: text, w: small });
});

test('what does not go together is refused', () => {
  const files = { 'd.csv': csv('order', 5, 4), w: fitted(['--task', 'order', '--samples', '20', '--steps', '4']) };
  refuses(2, ' evaluate: --by-step does not agree with w, which has one answer per sequence', of, files);
  refuses(2, ' evaluate: --by-step is missing', [...of.slice(0, -1), '--among', '1'], files);
  const echo = { 'd.csv': csv('echo', 5, 4), w: fitted(['--task', 'echo', '--samples', '20', '--steps', '4']) };
  refuses(2, ' evaluate: --by-step does not agree with w, which has mean_squared_error', of, echo);
  const w = fitted(['--task', 'agreement', '--samples', '5', '--steps', '8']);
  const verbs = { 'd.csv': csv('agreement', 5, 8), w };
  for (const among of ['25', '1,x', '1,', ',1', '1.5', '-1']) {
    const message = ` evaluate: --among: expected classes from 0 to 24, separated by commas, got "${among}"`;
    refuses(2, message, [...of, '--among', among], verbs);
  }
});
