/** Windows of a time series in JavaScript: what is cut, scored and refused, and what of it the module must be loaded for. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeriesNote, TimeSeries, WindowOptions } from '../../wasm/js/unrolled.ts';
import { native } from '../command/program.ts';
import { bytesOf, dataBytes, load, thrown } from './support.ts';

const { windows, sequential } = await load();

/** A wave of period 12 with a trend, and a constant column. */
const rows = 60;
const level = (row: number): number => 20 + 5 * Math.sin((Math.PI * row) / 6) + row / 10;
const series: TimeSeries = {
  columns: ['temp', 'fixed'],
  values: Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 ? 7 : level(i >> 1))),
};
const options: WindowOptions = {
  target: 'temp',
  timesteps: 4,
  training: [0, 40],
  test: [40, rows],
  season: { period: 12, halfWidth: 0 },
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('windows are standardized by the training part, and predictions are undone', async () => {
  const { training, test: later, config, scales, constant, undo } = await windows(series, options);
  const trained = Array.from({ length: 40 }, (_, row) => level(row));
  const mean = meanOf(trained);
  const deviation = Math.sqrt(meanOf(trained.map((value) => (value - mean) ** 2)));
  assert.ok(Math.abs((scales['temp']?.mean ?? 0) - mean) < 1e-12);
  assert.ok(Math.abs((scales['temp']?.deviation ?? 0) - deviation) < 1e-12);
  assert.deepEqual(scales['fixed'], { mean: 7, deviation: 0 });
  assert.deepEqual(constant, ['fixed']);
  assert.deepEqual(config, { timesteps: 4, features: 2, loss: 'mean_squared_error' });
  assert.deepEqual(
    [...training.rows],
    Array.from({ length: 36 }, (_, n) => n + 3),
  );
  assert.deepEqual(
    [...(later?.rows ?? [])],
    Array.from({ length: 16 }, (_, n) => n + 43),
  );
  for (let n = 0; n < 16; n++) {
    for (let t = 0; t < 4; t++) {
      assert.equal(later?.x[(n * 4 + t) * 2], Math.fround((level(40 + n + t) - mean) / deviation));
      assert.equal(later?.x[(n * 4 + t) * 2 + 1], 0);
    }
    const value = undo([later?.y[n] as number])[0] as number;
    assert.ok(Math.abs(value - level(44 + n)) < 1e-5, `${value}`);
  }
});

test('baselines are those of the definitions, and a network is compared with them', async () => {
  const made = await windows(series, options);
  const wanted = Array.from({ length: 16 }, (_, n) => level(44 + n));
  const forecasts: Record<string, number[]> = {
    mean: wanted.map(() => meanOf(Array.from({ length: 40 }, (_, row) => level(row)))),
    persistence: wanted.map((_, n) => level(43 + n)),
    season: wanted.map((_, n) =>
      meanOf(
        [0, 1, 2, 3]
          .map((k) => ((44 + n) % 12) + 12 * k)
          .filter((row) => row < 40)
          .map(level),
      ),
    ),
  };
  const baselines = made.baselines();
  assert.deepEqual(
    baselines.map(({ name }) => name),
    ['mean', 'persistence', 'season', 'least_squares'],
  );
  for (const { name, forecasts: found, rootMeanSquaredError, meanAbsoluteError, accuracy } of baselines) {
    assert.equal(accuracy, undefined);
    const errors = [...found].map((forecast, n) => forecast - (wanted[n] as number));
    assert.ok(Math.abs((rootMeanSquaredError ?? 0) - Math.sqrt(meanOf(errors.map((error) => error ** 2)))) < 1e-12);
    assert.ok(Math.abs((meanAbsoluteError ?? 0) - meanOf(errors.map(Math.abs))) < 1e-12);
    for (const [n, forecast] of (forecasts[name] ?? []).entries())
      assert.ok(Math.abs(forecast - (found[n] as number)) < 1e-12, `${name} ${n}`);
    // a wave with a trend follows a linear rule of four values
    if (name === 'least_squares') assert.ok((rootMeanSquaredError ?? 1) < 1e-10);
  }
  const { mean, deviation } = made.scales['temp'] ?? { mean: 0, deviation: 1 };
  const exact = wanted.map((value) => (value - mean) / deviation);
  assert.deepEqual(made.score(exact).worseThan, ['least_squares']); // floats cannot be so exact
  const far = made.score(exact.map((value) => value + 100));
  assert.deepEqual(far.worseThan, ['mean', 'persistence', 'season', 'least_squares']);
  assert.ok(Math.abs((far.meanAbsoluteError ?? 0) - 100 * deviation) < 1e-3);
});

test('a model trains on windows, and its errors are in the unit of the column', async () => {
  const { training, test: later, config, score, saturating } = await windows(series, { ...options, inputs: ['temp'] });
  const model = sequential({ ...config, units: 8 });
  model.compile({ learningRate: 0.01 });
  await model.fit(training.x, training.y, { epochs: 60 });
  const error = score(model.predict(later?.x ?? [])).rootMeanSquaredError ?? 9;
  assert.ok(error < 2.5, `${error}`);
  assert.ok(Math.abs((score(model.predict(training.x), 'training').rootMeanSquaredError ?? 9) - error) < 3);
  assert.deepEqual(saturating(8), []);
  const raw = await windows(series, { ...options, standardize: false });
  assert.deepEqual(raw.scales['fixed'], { mean: 0, deviation: 1 });
  assert.deepEqual(raw.saturating(8), ['temp', 'fixed']);
  assert.equal(raw.training.x[0], 20);
  model.dispose();
});

test('labels: higher than now, and above a value', async () => {
  const higher = await windows(series, { ...options, forecast: 'higher' });
  for (const [n, y] of (higher.test?.y ?? []).entries()) assert.equal(y, Number(level(44 + n) > level(43 + n)));
  assert.equal(higher.config.loss, 'binary_crossentropy');
  const above = await windows(series, { ...options, forecast: 'above', threshold: 24 });
  const labels = [...(above.test?.y ?? [])];
  for (const [n, y] of labels.entries()) assert.equal(y, Number(level(44 + n) > 24));
  assert.deepEqual(
    above.baselines().map(({ name }) => name),
    ['mean', 'persistence', 'season', 'least_squares', 'label'],
  );
  assert.deepEqual(above.score(labels), { accuracy: 1, worseThan: [] });
  assert.deepEqual([...above.undo([0.25])], [0.25]);
});

test('no window reaches across a gap', async () => {
  const positions = Array.from({ length: rows }, (_, row) => (row < 20 ? row : row + 5));
  const { training } = await windows({ ...series, positions }, options);
  assert.deepEqual(
    [...training.rows],
    [...Array.from({ length: 16 }, (_, n) => n + 3), ...Array.from({ length: 16 }, (_, n) => n + 23)],
  );
  assert.equal((await windows(series, { ...options, returnSequences: true })).training.y.length, 36 * 4);
});

test('wrong arguments are refused by name', async () => {
  const cases: [Partial<WindowOptions>, RegExp][] = [
    [{ target: 'wind' }, /^windows: target is "wind": expected "temp" or "fixed"$/],
    [{ inputs: ['temp', 'rain'] }, /^windows: inputs\[1\] is "rain": expected "temp" or "fixed"$/],
    [{ inputs: [] }, /^windows: the number of inputs is 0: expected a whole number from 1 to 64$/],
    [{ timesteps: 0 }, /^windows: timesteps is 0: expected a whole number from 1 to 1,000$/],
    [{ lead: -1 }, /^windows: lead is -1: expected a whole number from 0 to /],
    [{ stride: 1.5 }, /^windows: stride is 1\.5: expected a whole number/],
    [{ forecast: 'lower' as 'higher' }, /^windows: forecast is "lower": expected "value" or "higher" or "above"$/],
    [{ forecast: 'above' }, /^windows: threshold is undefined: expected a number, with forecast "above"$/],
    [{ threshold: 3 }, /^windows: threshold is 3: expected none without forecast "above"$/],
    [{ training: [0, 61] }, /^windows: training\[1\] is 61: expected a whole number from 0 to 60$/],
    [{ training: [0, 41] }, /^windows: training and test share rows: expected parts that do not overlap$/],
    [
      { training: [0, 4] },
      /^windows: training has no window: expected at least 5 rows without a gap, of timesteps 4 and lead 1$/,
    ],
    [{ test: [40, 42] }, /^windows: test has no window: /],
    [{ season: { period: 0, halfWidth: 1 } }, /^windows: season\.period is 0: expected a number of rows above 0$/],
    [{ standardize: 1 as unknown as boolean }, /^windows: standardize is 1: expected true or false$/],
  ];
  for (const [change, message] of cases)
    assert.match((await thrown(() => windows(series, { ...options, ...change }))).message, message);
  const wrong = (change: object) => thrown(() => windows({ ...series, ...change }, options));
  assert.match(
    (await wrong({ values: [1, 2, 3] })).message,
    /^windows: values has 3 numbers: expected a multiple of 2/,
  );
  assert.match(
    (await wrong({ values: [1, Number.NaN] })).message,
    /^windows: values\[1\] is NaN: expected a finite number/,
  );
  assert.match((await wrong({ columns: ['a', 'a'] })).message, /^windows: columns repeat a name/);
  assert.match((await wrong({ positions: [1, 2] })).message, /^windows: positions has 2 numbers: expected 60/);
  const made = await windows(series, { ...options, test: undefined as never });
  assert.throws(
    () => made.score([1]),
    /^RangeError: score: there is no test part: expected the option test of windows$/,
  );
  assert.throws(
    () => made.score([1], 'training'),
    /^RangeError: score: predictions has 1 numbers: expected 36, one for each target$/,
  );
});

test('arguments are copied before the promise is returned', async () => {
  const own = await load();
  const values = Float64Array.from(series.values);
  const given = { ...options, training: [0, 40] as [number, number] };
  const made = own.windows({ ...series, values }, given);
  values.fill(0);
  given.training[1] = 7;
  assert.deepEqual((await made).training, (await windows(series, options)).training);
  const bytes = new TextEncoder().encode('a\n1\n2\n');
  const table = own.readTable(bytes);
  bytes.fill(48);
  assert.deepEqual([...(await table).values], [1, 2]);
});

test('data.wasm is loaded when it is needed, and its absence is explained', async () => {
  const own = await load({ bytes: bytesOf('simd') });
  assert.equal(
    (await thrown(() => own.windows(series, options))).message,
    'windows: data are read and prepared by a module of its own, data.wasm; pass its bytes to load() as dataBytes, or its address as dataUrl',
  );
  const given = await load({ bytes: bytesOf('scalar'), dataBytes: dataBytes() });
  const { training } = await given.windows(series, options);
  assert.deepEqual(training, (await windows(series, options)).training);
});

test('a file of weights keeps the windows, which cut and scale other rows in the same way', async () => {
  const inputs = ['temp'];
  const made = await windows(series, { ...options, inputs });
  const model = sequential({ ...made.config, units: 4 });
  await model.fit(made.training.x, made.training.y, { epochs: 3 });
  const file = await model.saveWeights({ series: made.note });
  const twin = sequential({ ...made.config, units: 4, seed: 1 });
  const { series: note } = await twin.loadWeights(file);
  assert.deepEqual(note, made.note);
  assert.deepEqual(await twin.saveWeights(), file);
  const again = await windows(series, { ...(note as SeriesNote), training: [40, rows] });
  assert.deepEqual(again.training, made.test);
  assert.deepEqual(again.scales['temp'], made.scales['temp']);

  const open = await windows(series, { ...(note as SeriesNote), lead: 0 });
  assert.equal(open.training.rows.at(-1), rows - 1);
  assert.equal(open.training.y.length, 0);
  assert.throws(
    () => open.score([1], 'training'),
    /^RangeError: score: the windows have no targets: expected a lead of/,
  );
  assert.throws(() => open.baselines(), /^RangeError: baselines: the windows have no targets: expected a lead of/);

  const last = open.training.x.slice(-4);
  const rolled = twin.roll(last, 5);
  const fed = [...last];
  for (const forecast of rolled) {
    assert.equal(forecast, twin.predict(fed.slice(-4))[0]);
    fed.push(forecast);
  }
  const table = `temp,fixed\n${Array.from({ length: rows }, (_, row) => `${level(row)},7\n`).join('')}`;
  const roll = ['predict', '--table', 't.csv', '--weights', 'w.safetensors', '--roll', '5'];
  const { stdout } = native(roll, { 't.csv': table, 'w.safetensors': file });
  const lines = String(stdout).trim().split('\n').slice(1);
  assert.deepEqual(
    lines.map((line) => Number(line.split(',')[1])),
    [...open.undo(rolled)],
  );
});

test('a network that cannot be rolled, and a note that does not suit it, are refused', async () => {
  const both = await windows(series, options);
  const wide = sequential({ ...both.config, units: 2 });
  const narrow = sequential({ units: 2, timesteps: 4, loss: 'mean_squared_error' });
  const label = sequential({ units: 2, timesteps: 4 });
  assert.equal((await thrown(() => wide.roll([1, 2], 1))).code, 'RNN_ERROR_SHAPE');
  assert.equal((await thrown(() => label.roll([1, 2], 1))).code, 'RNN_ERROR_SHAPE');
  assert.match(
    (await thrown(() => narrow.roll([1, 2], 0))).message,
    /^roll: steps is 0: expected a whole number from 1/,
  );
  assert.match((await thrown(() => narrow.roll([], 1))).message, /^roll: x is empty/);
  narrow.setWeights(narrow.getWeights().map((weights) => weights.fill(3e38)));
  assert.equal((await thrown(() => narrow.roll([1, 2], 9))).code, 'RNN_ERROR_DATA');
  const says = async (change: object): Promise<string> =>
    (await thrown(() => wide.saveWeights({ series: { ...both.note, ...change } }))).message;
  assert.match(await says({ inputs: ['temp'] }), /^saveWeights: the series has 1 inputs and .*: expected 2 inputs/);
  assert.match(await says({ lead: 0 }), /^saveWeights: series\.lead is 0: expected a whole number from 1/);
  assert.match(
    await says({ scales: {} }),
    /^saveWeights: series\.scales\["temp"\] is incomplete: expected a finite mean/,
  );
  assert.match(await says({ forecast: 'higher' }), /^saveWeights: the series has 2 inputs and the forecast higher/);
});
