// Every task must generate what its sentence says, a file of its data must be equivalent to it, and `tasks` must list
// them all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, csv, lines, native, readTensors, refuses, succeeds, there } from './program.ts';

const samples = 60;
const steps = 20;
const sequences = (text: string, readouts = 1) =>
  lines(text)
    .slice(1)
    .map((line) => line.split(',').map(Number))
    .map((row) => ({ y: row.slice(0, readouts), x: row.slice(readouts) }));
const above = (x: number[]) => x.filter((value) => value > 0.5).length;
const nth = (x: number[], t: number) => there(x.at(t));

/** The target according to the task's sentence. */
const binary: Record<string, (x: number[]) => boolean> = {
  first: (x) => nth(x, 0) > 0.5,
  last: (x) => nth(x, -1) > 0.5,
  majority: (x) => (above(x) === x.length / 2 ? nth(x, -1) > 0.5 : above(x) > x.length / 2),
  rising: (x) => nth(x, -1) > nth(x, 0),
  parity: (x) => above(x) % 2 === 1,
};

for (const [task, rule] of Object.entries(binary)) {
  test(`the labels of ${task}`, () => {
    const made = sequences(csv(task, samples, steps));
    for (const { y, x } of made) assert.deepEqual(y, [rule(x) ? 1 : 0]);
    assert.deepEqual(
      made.map(({ x }) => x),
      sequences(csv('random', samples, steps)).map(({ x }) => x),
    );
  });
}

test('the classes of order', () => {
  const text = csv('order', samples, steps);
  const names = Array.from({ length: steps }, (_, t) =>
    Array.from({ length: 6 }, (_, f) => `x${t + 1}_${f + 1}`),
  ).flat();
  assert.equal(lines(text)[0], `y,${names.join()}`);
  for (const { y, x } of sequences(text)) {
    const symbols = Array.from({ length: steps }, (_, t) => x.slice(6 * t, 6 * t + 6));
    for (const symbol of symbols) assert.deepEqual([...symbol].sort(), [0, 0, 0, 0, 0, 1]);
    const marks = symbols.map((symbol) => symbol.indexOf(1)).filter((symbol) => symbol >= 4); // X is 4, Y is 5
    assert.equal(marks.length, 2);
    assert.deepEqual(y, [2 * (there(marks[0]) - 4) + there(marks[1]) - 4]);
  }
});

test('the sums of adding', () => {
  for (const { y, x } of sequences(csv('adding', samples, steps))) {
    const marked = x.filter((_, i) => i % 2 === 0 && x[i + 1] === 1).map(Math.fround) as [number, number];
    assert.equal(marked.length, 2);
    assert.equal(Math.fround(there(y[0])), Math.fround(marked[0] + marked[1]));
  }
});

/** The words of a task's features. */
const wordsOf = (task: string): string[] =>
  there(/^ {2}The features in order: (.*)$/m.exec(there(told.find(([name]) => name === task)).join('\n'))?.[1]).split(
    ' ',
  );

/** The sentences of a task, each with its targets as words. */
function sentences(task: string, count: number, length: number) {
  const words = wordsOf(task);
  return sequences(csv(task, count, length), length).map(({ y, x }) => {
    const each = Array.from({ length }, (_, t) => x.slice(words.length * t, words.length * (t + 1)));
    for (const one of each) assert.deepEqual(one.toSorted().slice(-2), [0, 1]);
    return { read: each.map((one) => there(words[one.indexOf(1)])), next: y.map((word) => there(words[word])) };
  });
}

test('the sentences of rhymes', () => {
  const rhymes =
    'cat mat, dog log, fox box, hen pen, goat boat, bear chair, mouse house, snail pail, bee tree, fly pie, whale sail, frog bog'.split(
      ', ',
    );
  for (const length of [6, 7, 10]) {
    const between = length === 6 ? '' : `${'very '.repeat(length - 7)}still `;
    const all = sentences('rhymes', 36, length).map(({ read, next }) => {
      assert.deepEqual(next, [...read.slice(1), '.']);
      return read.join(' ');
    });
    for (const dozen of [all.slice(0, 12), all.slice(12, 24), all.slice(24)])
      assert.deepEqual(
        dozen.toSorted(),
        rhymes
          .map((pair) => pair.split(' '))
          .map(([a, b]) => `the ${a} sat ${between}on the ${b}`)
          .toSorted(),
      );
  }
});

test('the sentences of agreement, and its traps', () => {
  const noun = '(?:cat|dog|bird|boy|girl|fox)';
  const clause = `(?: that (?:chased|saw|liked)| near) the (?:${noun}s|foxes|${noun})`;
  const form = new RegExp(
    `^the (?:(?:${noun}s|foxes)(?=.* are )|${noun}(?=.* is ))((?:${clause})*) (?:is|are) (?:hungry|happy|tired|here)((?: \\.)*)$`,
  );
  const many = /cats|dogs|birds|boys|girls|foxes/;
  for (const [task, length] of [
    ['agreement', 12],
    ['agreement', 4],
    ['agreement_traps', 8],
    ['agreement_traps', 12],
  ] as const) {
    const clauses = sentences(task, 400, length).map(({ read, next }) => {
      const [text, between, end] = there(form.exec(`${read.join(' ')} .`) ?? undefined);
      assert.deepEqual(next, [...read.slice(1), '.']);
      assert.ok(end, text);
      const each = there(between)
        .split(/ (?=that|near)/)
        .slice(1);
      if (task !== 'agreement')
        for (const one of each) assert.notEqual(many.test(one), many.test(there(read[1])), text);
      return each.length;
    });
    const most = (length - 4) / 4;
    /* within four standard deviations of equally many of each */
    const expected = task === 'agreement' ? 400 / (most + 1) : 400;
    for (let count = task === 'agreement' ? 0 : most; count <= most; count++)
      assert.ok(Math.abs(clauses.filter((one) => one === count).length - expected) <= 4 * Math.sqrt(expected), task);
    assert.equal(Math.max(...clauses), most);
  }
});

test('a task that is asked at every time step repeats its answer', () => {
  const asked = (task: string) =>
    sequences(succeeds(['data', '--task', task, '--samples', '30', '--steps', '9', '--return-sequences']).stdout, 9);
  for (const task of ['first', 'order', 'adding'])
    assert.deepEqual(
      asked(task),
      sequences(csv(task, 30, 9)).map(({ y, x }) => ({ y: Array(9).fill(y[0]), x })),
    );
  assert.deepEqual(asked('echo'), sequences(csv('echo', 30, 9), 9));
});

test('the echo of echo, with a y for each time step in the header', () => {
  const text = csv('echo', samples, steps);
  const names = (letter: string) => Array.from({ length: steps }, (_, t) => `${letter}${t + 1}`);
  assert.equal(lines(text)[0], [...names('y'), ...names('x')].join());
  for (const { y, x } of sequences(text, steps)) assert.deepEqual(y, [0, 0, 0, ...x.slice(0, -3)]);
});

test('the waves of sine', () => {
  // The share of a wave's energy at its period, by the definition of a discrete Fourier transform of 20 steps.
  const energy = (x: number[], cycles: number) =>
    Math.hypot(
      ...[Math.sin, Math.cos].map((wave) =>
        x.reduce((sum, value, t) => sum + value * wave((2 * Math.PI * cycles * t) / steps), 0),
      ),
    );
  for (const { y, x } of sequences(csv('sine', samples, steps))) assert.equal(energy(x, 2) > energy(x, 1), y[0] === 1);
});

const told = lines(succeeds(['tasks']).stdout)
  .join('\n')
  .split('\n\n')
  .map((block) => block.split('\n'));
const listed = told.map((block) => there(block[0]));

test('tasks lists the names that --task accepts', () => {
  const names = `${listed.slice(0, -1).join(', ')} or ${listed.at(-1)}`;
  refuses(2, ` data: --task: expected ${names}, got "nothing"`, ['data', '--task', 'nothing']);
  for (const block of told) {
    assert.equal(block.length, block[5] === undefined ? 5 : 6);
    for (const line of block.slice(1, 3)) assert.match(line, /^ {2}[A-Za-z].*\.$/);
    assert.match(
      there(block[3]),
      /^ {2}Chance: an? (accuracy of 0\.\d+, by guessing|mean squared error of 0\.\d{4}, by always answering the mean)\.$/,
    );
    assert.match(there(block[4]), /^ {2}\d+ features?, [a-z_]+(, \d+ classes)?(, one answer at every time step)?$/);
  }
  refuses(2, ' tasks: unexpected argument "first"; options begin with --', ['tasks', 'first']);
});

test('the accuracy of guessing in tasks is that of the data', () => {
  for (const block of told) {
    if (block[4]?.includes('classes, one answer')) continue; // words are not equally frequent
    const [task, chance] = [there(block[0]), Number(/of (0\.\d+),/.exec(there(block[3]))?.[1])];
    const targets = sequences(csv(task, 4000, steps), task === 'echo' ? steps : 1).flatMap(({ y }) =>
      y.slice(task === 'echo' ? 3 : 0),
    );
    const mean = targets.reduce((a, b) => a + b) / targets.length;
    const commonest = () =>
      Math.max(...[0, 1, 2, 3].map((label) => targets.filter((y) => y === label).length)) / targets.length;
    const measured = block[3]?.includes('accuracy')
      ? commonest()
      : targets.reduce((sum, y) => sum + (y - mean) ** 2, 0) / targets.length;
    assert.ok(Math.abs(measured - chance) < 0.03, `${task}: ${measured}, ${chance}`);
  }
});

test('sequences that are too short for the task', () => {
  for (const task of listed) {
    const least =
      { rhymes: 6, agreement: 4, agreement_traps: 8 }[task] ?? (/rising|order|adding|pair/.test(task) ? 2 : 1);
    const run = (count: number) => ['data', '--task', task, '--samples', '2', '--steps', String(count)];
    assert.equal(lines(succeeds(run(least)).stdout).length, 3);
    if (least === 1) continue;
    const message = `--steps: expected at least ${least} for --task ${task}, got "${least - 1}"`;
    refuses(2, ` data: ${message}`, run(least - 1));
    refuses(2, ` fit: ${message}`, ['fit', ...run(least - 1).slice(1)]);
  }
});

test('with one time step, a target for every time step is read back as that', () => {
  const data = { 'd.csv': csv('echo', 6, 1), 'one.csv': csv('first', 6, 1) };
  assert.equal(lines(there(data['d.csv']))[0], 'y1,x1');
  assert.equal(lines(there(data['one.csv']))[0], 'y,x1');
  const how = ['--loss', 'mean_squared_error', '--units', '3', '--epochs', '1', '--verbose', '0', '--save', 'w'];
  const from = (name: string) => there(succeeds(['fit', '--data', name, ...how], data).files['w']);
  const task = there(succeeds(['fit', '--task', 'echo', '--samples', '6', '--steps', '1', ...how]).files['w']);
  assert.deepEqual(from('d.csv'), task);
  assert.equal(readTensors(task).metadata['return_sequences'], 'true');
  assert.equal(readTensors(from('one.csv')).metadata['return_sequences'], undefined);
  const files = { ...data, w: task };
  succeeds(['evaluate', '--data', 'd.csv', '--weights', 'w'], files);
  refuses(
    1,
    ' evaluate: w has weights for a y for every time step, but the data have one y per sequence',
    ['evaluate', '--data', 'one.csv', '--weights', 'w'],
    files,
  );
  refuses(
    2,
    ' fit: --return-sequences does not agree with one.csv, which has one y per sequence',
    ['fit', '--data', 'one.csv', '--return-sequences'],
    files,
  );
});

for (const task of listed) {
  test(`a fit to ${task} equals a fit to its file`, () => {
    const loss = there(/features?, ([a-z_]+)/.exec(there(told.find(([name]) => name === task)?.[4]))?.[1]);
    const how = ['--units', '4', '--epochs', '2', '--validation-split', '0.25', '--save', 'w', '--history', 'h.json'];
    const a = succeeds(['fit', '--task', task, '--samples', '40', '--steps', '9', ...how]);
    const data = csv(task, 40, 9);
    const b = both(['fit', '--data', 'd.csv', '--loss', loss, ...how], { 'd.csv': data });
    const note =
      'unrolled fit: d.csv: The column x1_30 at every time step is the same in every sequence, so the network learns nothing from it.\n';
    assert.equal(b.stderr, task === 'rhymes' ? note : '', 'the full stop, word 30 of rhymes, is only predicted');
    assert.equal(b.stdout, a.stdout);
    assert.deepEqual(b.files['w'], a.files['w']);
    assert.deepEqual(b.files['h.json'], a.files['h.json']);
    // the header of the file and --return-sequences mean the same
    if (task === 'echo')
      assert.equal(
        native(['fit', '--data', 'd.csv', '--loss', loss, '--return-sequences', ...how], { 'd.csv': data }).stdout,
        a.stdout,
      );
    // the metric's name is the key
    const metric = loss === 'mean_squared_error' ? 'mean_absolute_error' : 'accuracy';
    const history = JSON.parse(there(a.files['h.json']).toString()) as Record<string, number[]>;
    assert.deepEqual(Object.keys(history), ['loss', metric, 'val_loss', `val_${metric}`]);
    const figures = Object.entries(history)
      .map(([name, series]) => ` - ${name}: ${there(series[1]).toFixed(4)}`)
      .join('');
    assert.equal(lines(a.stdout).at(-1), `1/1${figures}`);
    const wanted = `loss: ${there(history['val_loss']?.[1])}\n${metric}: ${there(history[`val_${metric}`]?.[1])}\n`;
    const rest = [lines(data)[0], ...lines(data).slice(31)].join('\n');
    const evaluated = native(['evaluate', '--data', 'v.csv', '--weights', 'w'], {
      'v.csv': rest,
      w: there(a.files['w']),
    }).stdout;
    assert.ok(evaluated.startsWith(wanted), evaluated);
  });
}

test('classes at every time step', () => {
  // y_t tells in which third of [0, 1) the previous value lies; it is 0 at first
  const rows = sequences(csv('random', 30, 6)).map(({ x }) =>
    [0, ...x.slice(0, -1).map((value) => Math.floor(3 * value)), ...x].join(),
  );
  const files = { 'd.csv': `y1,y2,y3,y4,y5,y6,x1,x2,x3,x4,x5,x6\n${rows.join('\n')}\n` };
  const made = succeeds(
    [
      'fit',
      '--data',
      'd.csv',
      '--loss',
      'sparse_categorical_crossentropy',
      '--learning-rate',
      '0.03',
      '--epochs',
      '60',
      '--verbose',
      '0',
      '--save',
      'w',
    ],
    files,
  );
  const all = { ...files, w: there(made.files['w']) };
  const predicted = lines(succeeds(['predict', '--data', 'd.csv', '--weights', 'w'], all).stdout).map((line) =>
    line.split(',').map(Number),
  );
  assert.equal(predicted.length, 30 * 6);
  for (const row of predicted) assert.ok(row.length === 3 && Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-6);
  const [, accuracy, , header, ...counts] = lines(
    succeeds(['evaluate', '--data', 'd.csv', '--weights', 'w'], all).stdout,
  );
  assert.equal(header, 'true,0,1,2');
  const confusion = counts.map((line) => line.split(',').slice(1).map(Number));
  assert.equal(
    confusion.flat().reduce((a, b) => a + b),
    180,
  );
  const right = confusion.reduce((sum, row, k) => sum + there(row[k]), 0) / 180;
  assert.equal(accuracy, `accuracy: ${right}`);
  assert.ok(right > 0.8, `${right}`);
});
