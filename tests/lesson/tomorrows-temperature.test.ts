// Every number in the chapter "Tomorrow's temperature", and the figure's errors beside windows and a model of the engine alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../web/state/state.ts';
import { read } from '../house/tree.ts';
import { chapter, engine, forecasts, moment, SEEDS, says } from './chapter.ts';

const page = chapter('tomorrows-temperature');
const degrees = (value: number): string => `${value.toFixed(2)} °C`;
const table = await engine.readTable(read('docs/data/chicago.csv'));
const rowsOf = (year: string): [number, number] => [
  table.times.findIndex((time) => time.startsWith(year)),
  table.times.findLastIndex((time) => time.startsWith(year)) + 1,
];

/** The same without the page: windows of the table, and a model that is trained by `fit`. */
async function alone({ samples, steps, cell, units, epochs, rate, seed }: State, year: string, run = seed) {
  const [from, end] = rowsOf(year);
  const windows = await engine.windows(table, {
    ...{ target: 'temp', timesteps: steps, training: [from - samples - steps, from], test: [from, end] },
    season: { period: 365.25, halfWidth: 10 },
  });
  const { training, test, config } = windows;
  const model = engine.sequential({ ...config, units, cell, seed: run });
  model.compile({ learningRate: rate });
  await model.fit(training.x, training.y, { epochs });
  return { windows, model, test: test as NonNullable<typeof test> };
}

const baselineOf = (baselines: readonly { name: string; rootMeanSquaredError?: number }[], wanted: string): number =>
  baselines.find(({ name }) => name === wanted)?.rootMeanSquaredError ?? Number.NaN;

test('the figure shows the errors of windows and a model of the engine alone', async () => {
  const state = page.at(2);
  const shown = await forecasts(state);
  const { windows, model, test } = await alone(state, '2013');
  const score = windows.score(model.predict(test.x));
  assert.equal(shown.error, score.rootMeanSquaredError);
  assert.deepEqual(shown.network, windows.undo(model.predict(test.x)));
  assert.deepEqual(shown.baselines, windows.baselines());
  /* what came is what the table says of that day, to the digits of a float */
  for (const [i, time] of shown.times.entries()) {
    const row = table.times.indexOf(time);
    assert.ok(Math.abs((shown.actual[i] as number) - (table.values[3 * row] as number)) < 1e-5, time);
  }
  assert.equal(shown.times.at(-1), '2013-12-31');
  model.dispose();
});

test('off by 3.63 °C, 11 % less than as today; linear regression does as well', async () => {
  const { error, baselines } = await forecasts(page.at(2));
  const today = baselineOf(baselines, 'persistence');
  says(page, `“As today” is off by ${degrees(today)}.`);
  says(page, `It is off by ${degrees(error)}, ${Math.round(100 * (1 - error / today))} % less than “as today”.`);
  says(
    page,
    `linear regression on the same 21 numbers is off by ${degrees(baselineOf(baselines, 'least_squares'))}, without a network.`,
  );
  says(page, `For the error of the network you guessed: . It was ${degrees(error)}.`);
  assert.equal(page.at(2).steps * 3, 21);
});

test('the training days are those of four years', () => {
  says(page, 'The mean of all training days (2009 to 2012) is always the same.');
  const { samples, steps } = page.at(1);
  const [from] = rowsOf('2013');
  const days = table.times.slice(from - samples - steps, from);
  assert.deepEqual([...new Set(days.map((time) => time.slice(0, 4)))], ['2009', '2010', '2011', '2012']);
});

test('nearer than as today in every year and from every seed', async () => {
  says(
    page,
    'We did the same for each year from 2005 to 2015, each time from five seeds, numbers from which the random initial weights follow. It was nearer than “as today” 55 times out of 55.',
  );
  const state = page.at(2);
  for (const year of SEEDS(11, 2).map((one) => String(2005 + one)))
    for (const seed of [42, 1, 2, 3, 4]) {
      const { windows, model, test } = await alone(state, year, seed);
      const { rootMeanSquaredError = Number.NaN } = windows.score(model.predict(test.x));
      assert.ok(rootMeanSquaredError < baselineOf(windows.baselines(), 'persistence'), `${year}, seed ${seed}`);
      model.dispose();
    }
});

test('one day: 15.6 °C, then 8.7 °C against 5.0 °C', async () => {
  const state = page.at(3);
  const { times, actual, network, baselines } = await forecasts(state);
  const day = state.sample - state.samples;
  assert.equal(times[day], '2013-11-18');
  const today = baselines.find(({ name }) => name === 'persistence')?.forecasts[day] as number;
  says(page, `17 November 2013 was warm, humid and windy, with ${today.toFixed(1)} °C.`);
  says(
    page,
    `The network says ${(network[day] as number).toFixed(1)} °C. It was ${(actual[day] as number).toFixed(1)} °C.`,
  );
  /* the last dot of the lowest row, at 3 m/s: the forecast rises */
  const [, , wind] = ((await moment(state)).trace.layers[0]?.x ?? []).slice(-3);
  const { windows, model, test } = await alone(state, '2013');
  const { deviation, mean } = windows.scales['wind'] as { deviation: number; mean: number };
  const x = test.x.slice(21 * day, 21 * day + 21);
  assert.equal(x[20], wind);
  x[20] = (3 - mean) / deviation;
  assert.ok((windows.undo(model.predict(x))[0] as number) > (network[day] as number) + 2);
  /* the page answers the same, and knows no target for it */
  const changed = await moment({ ...state, edits: [[21, x[20]]] });
  assert.equal(changed.trace.prediction.at(-1), model.predict(x)[0]);
  assert.equal(changed.labels, 'unruled');
  model.dispose();
});

test('the last day moves the forecast, the first one hardly', async () => {
  says(
    page,
    'Make the last day 5 °C warmer, and the forecast rises by 4.1 °C, as a mean over 358 days. Make the first day 5 °C warmer, and it rises by 0.1 °C.',
  );
  const { windows, model, test } = await alone(page.at(3), '2013');
  const before = windows.undo(model.predict(test.x));
  assert.equal(before.length, 358);
  const { deviation } = windows.scales['temp'] as { deviation: number };
  const moved = [6, 0].map((day) => {
    const x = Float32Array.from(test.x, (value, i) => value + (i % 21 === 3 * day ? 5 / deviation : 0));
    return (
      windows.undo(model.predict(x)).reduce((sum, value, i) => sum + value - (before[i] as number), 0) / before.length
    );
  });
  assert.deepEqual(
    moved.map((value) => value.toFixed(1)),
    ['4.1', '0.1'],
  );
  model.dispose();
});

test('what a number a day is worth, and what the memory is worth', async () => {
  const errors = [];
  for (const set of ['columns=1', 'columns=1.2', 'columns=1.3', undefined])
    errors.push((await forecasts(page.at(4, set))).error.toFixed(2));
  says(
    page,
    `With all three the network is off by ${errors[3]} °C. Train it on temperature alone, and it is off by ${errors[0]} °C.`,
  );
  says(page, `Temperature and humidity give ${errors[1]} °C, temperature and wind ${errors[2]} °C.`);
  says(page, 'So the wind helps, and the humidity hardly does.');
  const [alone = 0, humidity = 0, wind = 0, all = 0] = errors.map(Number);
  assert.ok(alone - wind > 0.1 && Math.abs(alone - humidity) < 0.02 && Math.abs(all - wind) < 0.02);
  const cut = (await forecasts(page.at(4, 'cut=loop'))).error;
  const one = page.at(4, 'steps=1&sample=1750');
  const day = await forecasts(one);
  const short = day.error;
  /* the day in the chart stays the same, although a year has six more windows of one day than of seven */
  const week = page.at(4);
  const { times, error } = await forecasts(week);
  assert.equal(day.times[one.sample - one.samples], times[week.sample - week.samples]);
  says(page, `and the trained network, which relies on that state, is off by ${degrees(cut)}.`);
  const worth = (short - Number(errors[3])).toFixed(2);
  says(page, `is off by only ${degrees(short)}. So six more days are worth ${worth} °C.`);
  /* they are worth as much on the days that both networks forecast */
  const [network, actual] = [day.network, day.actual].map((values) => Array.from(values).slice(-times.length));
  const squares = (actual ?? []).reduce((sum, value, i) => sum + (value - (network?.[i] ?? Number.NaN)) ** 2, 0);
  assert.equal((Math.sqrt(squares / times.length) - error).toFixed(2), worth);
});

test('shuffled days: further off than a calendar', async () => {
  const { error, baselines } = await forecasts(page.at(4, 'shuffled=1'));
  const season = baselineOf(baselines, 'season');
  says(page, `It is off by ${degrees(error)}. The mean of this date in earlier years is off by ${degrees(season)}`);
  says(page, `For the shuffled days you guessed: . The network was off by ${degrees(error)}.`);
  /* in another order of the core, too, and in one of this test: a week begins anywhere and is read backward */
  const state = page.at(4);
  for (const data of SEEDS(20, 2))
    assert.ok((await forecasts({ ...state, shuffled: true, data })).error > season, `data seed ${data}`);
  const { windows, model, test } = await alone(state, '2013');
  const x = Float32Array.from(test.x, (_, i) => {
    const [week, day, feature] = [Math.floor(i / 21), Math.floor((i % 21) / 3), i % 3];
    return test.x[21 * week + 3 * ((2 * week + 7 - day) % 7) + feature] as number;
  });
  assert.ok((windows.score(model.predict(x)).rootMeanSquaredError ?? 0) > season);
  model.dispose();
  /* one day has only one order */
  const one = page.at(4, 'steps=1&sample=1750');
  assert.equal((await forecasts({ ...one, shuffled: true })).error, (await forecasts(one)).error);
});

test('one year by heart: 0.64 °C on its days, further off than as today on others', async () => {
  const { error, trainingError, baselines } = await forecasts(page.at(5));
  const today = baselineOf(baselines, 'persistence');
  says(page, `On the days of 2012 it is then off by ${degrees(trainingError)}.`);
  says(page, `It is off by ${degrees(error)}, and “as today” by ${degrees(today)}.`);
  says(page, `It was off by ${degrees(error)}, more than “as today”.`);
  assert.ok(error > today);
  says(page, `After 15 epochs it was off by ${degrees((await forecasts(page.at(5, 'epochs=15'))).error)}.`);
  /* its training windows are those of one year */
  const { samples, steps } = page.at(5);
  const [first, end] = rowsOf('2012');
  assert.equal(samples + steps, end - first);
});

test('what the table does not have is refused in a sentence', async () => {
  const state = page.at(2);
  await assert.rejects(forecasts({ ...state, columns: '9' }), /columns=9 cannot be read.*1 to 3/);
  await assert.rejects(forecasts({ ...state, columns: '1.1' }), /each is named once/);
  await assert.rejects(
    forecasts({ ...state, period: '1999' }),
    /too short for 1430 sequences of 7 days before 1999.*2001-01-22/,
  );
  await assert.rejects(forecasts({ ...state, samples: 2000, period: '2005' }), /fewer sequences/);
  await assert.rejects(forecasts({ ...state, task: 'first' }), /needs a table over time/);
});
