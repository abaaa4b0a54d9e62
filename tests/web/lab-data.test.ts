// Custom data and changed data, as a reader uses them in real browsers.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';
import { forEachBrowser, root, type Tab, type View } from './harness.ts';
import { openLab, pasteData, scrollThrough, throughDoor, unfold, walkTo } from './pages.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

function lab(name: string, address: string, use: (tab: Tab) => Promise<void>, view: View = {}): void {
  forEachBrowser(
    `lab data: ${name}`,
    async (tab) => {
      await openLab(tab, address);
      await use(tab);
      assert.deepEqual(tab.problems, []);
    },
    view,
  );
}

/** Sequences that no task of the core generates. */
function made(samples: number, timesteps: number, features = 1) {
  const x = Float32Array.from({ length: samples * timesteps * features }, (_, i) =>
    Math.fround(((i * 7919) % 1000) / 1000),
  );
  const y = Float32Array.from({ length: samples }, (_, i) =>
    Number((x[i * timesteps * features] as number) + (x[(i + 1) * timesteps * features - 1] as number) > 1),
  );
  return { x, y, timesteps, features, samples };
}

interface Trained {
  x: Float32Array;
  y: Float32Array;
  timesteps: number;
  features: number;
}

/** The lab's first network trained on these data by the engine in Node. */
function trained({ x, y, timesteps, features }: Trained, split = 0) {
  const model = engine.sequential({ units: 8, timesteps, features });
  model.compile({ learningRate: 0.01 });
  const training = model.training(x, y, { epochs: 40, ...(split && { validationSplit: split }) });
  training.advance();
  /** How many percent of the sequences from `from` to before `to` the network is right on. */
  const right = (from: number, to: number): string => {
    const width = timesteps * features;
    return (100 * (model.evaluate(x.subarray(from * width, to * width), y.subarray(from, to)).accuracy ?? 0)).toFixed(
      1,
    );
  };
  return { weights: model.getWeights().flatMap((tensor) => [...tensor]), history: training.history, right };
}

const untilWeights = async (tab: Tab, weights: number[]): Promise<void> => {
  await tab.evaluate(() => document.querySelector('rnn-network')?.scrollIntoView({ behavior: 'instant' }));
  await tab.until(
    (expected: string) =>
      JSON.stringify([
        ...((document.querySelector('rnn-network') as unknown as { parameters?: Float32Array }).parameters ?? []),
      ]) === expected,
    JSON.stringify(weights),
  );
};

/** What the preview of 60 sequences says about those that are not trained on. */
const HELD_12 = 'The last 12 of the 60 sequences are held back for testing.';
const labelsOf = ({ y }: { y: Float32Array }): string => {
  const ones = y.slice(48).filter((label) => label === 1).length;
  return `How often each label is among them: 0 (${12 - ones}×), 1 (${ones}×).`;
};

const untilPreview = (tab: Tab): Promise<void> => tab.until(() => !document.getElementById('bring-preview')?.hidden);

lab('pasted data are shown and used, and the link contains them', '', async (tab) => {
  const data = made(60, 12, 2);
  await pasteData(tab, await engine.writeCsv(data));
  await untilPreview(tab);
  const share = engine.targets(data.y).guess;
  assert.equal(
    await tab.text('#bring-words'),
    `These are 60 sequences of 12 time steps and 2 features. The targets are labels 0 and 1. Always answering the most common label gives an accuracy of ${share.toFixed(3)}.`,
  );
  assert.match(await tab.text('#bring-table'), /^\s*y\s*x1_1\s*x1_2/);
  assert.deepEqual(await notesOf(tab), [HELD_12, labelsOf(data)]);
  await tab.click('#bring-use');
  const { weights, history } = trained(data, 0.2);
  await untilWeights(tab, weights);
  const curves = await tab.evaluate(() =>
    (document.getElementById('metric') as unknown as { series: { values: number[] }[] }).series.map(({ values }) => [
      ...values,
    ]),
  );
  assert.deepEqual(curves, [history.accuracy, history.val_accuracy]);
  assert.match(await tab.text('#place'), /of all 48 training sequences and on [\d.]+ % of the 12 held back\./);
  await tab.until(() => location.hash.includes('task=own') && location.hash.includes('csv='));
  assert.deepEqual(await tab.faults(), []);
  const link = (await tab.evaluate(() => location.hash)) as string;
  assert.ok(link.length < 4300, `${link.length} characters`);
  await tab.evaluate(() => sessionStorage.clear());
  await openLab(tab, link);
  await untilWeights(tab, weights);
});

/** How far an element's upper edge is below that of the screen, in its heights: from 0 to 1 if it is at the top of it. */
const heightOf = (tab: Tab, selector: string): Promise<number> =>
  tab.evaluate(
    (wanted: string) => (document.querySelector(wanted)?.getBoundingClientRect().top ?? Number.NaN) / innerHeight,
    selector,
  );

lab('own data: a button at the top leads to the doors, and their use leads back to the network', '', async (tab) => {
  await tab.click('#bring-start');
  await tab.until(() => document.activeElement?.matches('#bring [name=door]'));
  const there = await heightOf(tab, '#bring');
  assert.ok(there > -0.5 && there < 0.8, String(there));
  await tab.press('ArrowDown');
  const days = Array.from({ length: 96 }, (_, i) => new Date(Date.UTC(2021, 4, 1 + i)).toISOString().slice(0, 10));
  const lines = days.map((day, i) => `${day},${(i * 7) % 11},${(i * 13) % 17}`);
  await tab.paste('#bring-text', `date,temperature (°C),wind\n${lines.join('\n')}\n`);
  await untilPreview(tab);
  await tab.click('#bring-use');
  await tab.until(() => document.activeElement?.id === 'network-title');
  const back = await heightOf(tab, '#network-title');
  assert.ok(back > -0.1 && back < 0.5, String(back));
  await tab.until(() => /temperature/.test(document.getElementById('own-data')?.textContent ?? ''));
  /* 96 rows, of which each but the first seven of each part is forecast */
  assert.equal(await tab.text('#own-data'), 'Your data: 82 sequences of temperature and wind.');
  await tab.until(() => /New data/.test(document.getElementById('caption')?.textContent ?? ''));
  assert.match(
    await tab.text('#caption'),
    /^New data: 82 sequences\. The network started again from scratch\. · [\d,]+ parameters · [\d.]+ ms/,
  );
  /* the run before learned from other data, so its loss says nothing beside this one */
  assert.doesNotMatch(await tab.text('#caption'), /previous run/);
  const ghosts = (): Promise<number[]> =>
    tab.evaluate(() =>
      ['metric', 'loss'].map((id) => (document.getElementById(id) as unknown as { ghost: unknown[] }).ghost.length),
    );
  assert.deepEqual(await ghosts(), [0, 0]);
  assert.deepEqual(await tab.faults(), []);
});

/** The forecast of the latest value, by hand: its root mean squared error over the rows that are held back. */
const persistence = (values: readonly number[], rows: number): number => {
  const held = values.slice(-rows - 1);
  return Math.sqrt(held.slice(1).reduce((sum, value, i) => sum + (value - (held[i] as number)) ** 2, 0) / rows);
};

lab(
  'a table over time: the preview tells what is used and dropped, and baselines; it trains, with units',
  '',
  async (tab) => {
    const days = Array.from({ length: 150 }, (_, i) => {
      const date = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
      return { date, temp: Number((10 + 8 * Math.sin(i / 9) + ((i * 37) % 11) / 5).toFixed(1)), wind: (i * 13) % 7 };
    });
    const comma = (value: number): string => String(value).replace('.', ',');
    const lines = days.map(({ date, temp, wind }, i) => `${date};${i === 40 ? '' : comma(temp)};${comma(wind)}`);
    await throughDoor(tab, 'series', `date;temp (°C);wind (m/s)\n${lines.join('\n')}\n`);
    const notes = (await notesOf(tab)).join('\n');
    assert.match(notes, /^The table has 149 rows in order of time, from 2020-01-01 to 2020-05-29\./);
    assert.match(notes, /these columns: temp \(°C\), wind \(m\/s\)\./);
    assert.match(notes, /1 line was left out, .*\n.* in line 42\./);
    const [, held, error] =
      /The last (\d+) of the [\d,]+ sequences are held back\.[\s\S]* error \(RMSE\) is ([\d.]+)\s°C for the row before/.exec(
        notes,
      ) ?? [];
    const expected = persistence(
      days.map(({ temp }) => temp),
      Number(held),
    );
    assert.ok(Math.abs(Number(error) - expected) < 0.006, `${error}, ${expected}`);
    assert.match(await tab.text('#bring-table'), /temp \(°C\), t = 1/);
    assert.ok((await tab.text('#bring-table')).includes(String(days[0]?.temp)));
    assert.deepEqual(await tab.faults(), []);
    /* the choices are the reader's */
    assert.equal(await tab.evaluate(() => document.getElementById('take-away')?.hidden), true);
    await tab.select('#bring-target', 'wind (m/s)');
    await tab.until(() =>
      /“wind \(m\/s\)” in the row after/.test(document.getElementById('bring-notes')?.textContent ?? ''),
    );
    await tab.click('#bring-use');
    const text = `date,t,w\n${days
      .filter((_, i) => i !== 40)
      .map(({ date, temp, wind }) => `${date},${temp},${wind}`)
      .join('\n')}\n`;
    const table = await engine.readTable(text, { missing: 'drop' });
    const trainedTo = 149 - 7 - Number(held);
    const windows = await engine.windows(table, {
      target: 'w',
      timesteps: 7,
      training: [0, trainedTo],
      test: [trainedTo, 149],
    });
    const both = (name: 'x' | 'y'): Float32Array =>
      Float32Array.from([
        ...(windows.training[name] as Float32Array),
        ...((windows.test as typeof windows.training)[name] as Float32Array),
      ]);
    const model = engine.sequential({ ...windows.config, units: 8 });
    model.compile({ learningRate: 0.01 });
    const training = model.training(both('x'), both('y'), {
      epochs: 40,
      validationSplit: (Number(held) - 0.5) / both('y').length,
    });
    training.advance();
    await untilWeights(
      tab,
      model.getWeights().flatMap((tensor) => [...tensor]),
    );
    assert.match(await tab.text('#task-text'), /^What will “wind \(m\/s\)” be in the next row\?$/);
  },
);

lab(
  'a table as a logger and a spreadsheet leave it: times of day, a line of units, sums at the end',
  '',
  async (tab) => {
    const clock = (i: number): string => new Date(900_000 * (32 + i)).toISOString().slice(11, 16);
    const rows = Array.from({ length: 120 }, (_, i) => `${clock(i)};${(i * 7) % 11},5;${i % 4}`);
    await throughDoor(tab, 'series', `Zeit;Temp;Regen\n;°C;mm\n${rows.join('\n')}\nSumme;;180\n`);
    const notes = await notesOf(tab);
    assert.match(
      notes[0] ?? '',
      /^The table has 120 rows in order of time, from day 1 08:00 to day 2 13:45\. .* Temp \(°C\), Regen \(mm\)\.$/,
    );
    assert.ok(notes.includes('Line 2 has no numbers, so it was read as the units of the columns.'));
    assert.ok(notes.includes('Line 123, “Summe”, has no time and was left out.'));
    await tab.click('#bring-use');
    await tab.until((figure: string) => document.querySelector(figure)?.checkVisibility() === true, FORECAST);
    await tab.evaluate(
      (figure: string) => document.querySelector(figure)?.scrollIntoView({ behavior: 'instant' }),
      FORECAST,
    );
    await figureSays(tab, FORECAST, '“Temp”, forecast from the rows before');
    await tab.focus(`${FORECAST} >>> input`);
    await tab.press('End');
    await figureSays(tab, FORECAST, 'day 2 13:45: it was');
    assert.deepEqual(await tab.faults(), []);
  },
);

lab(
  'the columns of a table are chosen: mostly empty ones are left out, and the link keeps the choice',
  '',
  async (tab) => {
    const rows = Array.from({ length: 120 }, (_, i) => {
      const date = new Date(Date.UTC(2021, 4, 1 + i)).toISOString().slice(0, 10);
      return `${date},${(i * 7) % 11},${(i * 13) % 17},${i < 30 ? '' : (i * 5) % 7},${i < 30 ? i : ''}`;
    });
    const boxes = (): Promise<unknown> =>
      tab.evaluate(() =>
        Array.from(document.querySelectorAll('#bring-columns label'), (label) => [
          label.textContent?.trim(),
          label.querySelector('input')?.checked,
        ]),
      );
    await throughDoor(tab, 'series', `date,temp,wind,snow,fog\n${rows.join('\n')}\n`);
    assert.deepEqual(await boxes(), [
      ['temp', true],
      ['wind', true],
      ['snow (30 values are missing)', true],
      ['fog (90 values are missing)', false],
    ]);
    const notes = (await notesOf(tab)).join('\n');
    assert.match(notes, /The network does not read fog, because more than half of the values are missing\./);
    assert.match(notes, /^The table has 90 rows .* these columns: temp, wind, snow\./);
    /* no day has both snow and fog: the choice is refused, and stays to be changed */
    await tab.click('#bring-columns [value=fog]');
    await tab.until(() => !document.getElementById('bring-wrong')?.hidden);
    assert.match(
      await tab.text('#bring-wrong'),
      /^Each row of the table misses a value in at least one of these columns: /,
    );
    for (const name of ['fog', 'snow', 'wind']) {
      await tab.click(`#bring-columns [value=${name}]`);
      const read = { fog: 'temp, wind, snow', snow: 'temp, wind', wind: 'temp' }[name] as string;
      await tab.until(
        (wanted: string) =>
          document.getElementById('bring-notes')?.textContent?.includes(`these columns: ${wanted}.`) === true,
        read,
      );
    }
    assert.match((await notesOf(tab)).join('\n'), /^The table has 120 rows /);
    /* the last one cannot be given up, and another column may be forecast */
    assert.equal(
      await tab.evaluate(() => document.querySelector<HTMLInputElement>('#bring-columns [value=temp]')?.disabled),
      true,
    );
    await tab.select('#bring-target', 'wind');
    await tab.until(() => /the target is “wind”/.test(document.getElementById('bring-notes')?.textContent ?? ''));
    assert.match((await notesOf(tab)).join('\n'), /these columns: temp\.\n/);
    await tab.click('#bring-use');
    await tab.until(() => /“wind”/.test(document.getElementById('task-text')?.textContent ?? ''));
    await tab.until(() => location.hash.includes('own='));
    const link = (await tab.evaluate(() => location.hash)) as string;
    await tab.evaluate(() => sessionStorage.clear());
    await openLab(tab, link);
    await tab.until(() => /“wind”/.test(document.getElementById('task-text')?.textContent ?? ''));
    await tab.evaluate(() => document.querySelector('rnn-network')?.scrollIntoView({ behavior: 'instant' }));
    assert.equal(await tab.evaluate(() => document.getElementById('needed')?.hidden), true);
    assert.deepEqual(await tab.faults(), []);
  },
);

lab(
  'a table at the door of sequences is told its own door, whose field shows what a table looks like',
  '',
  async (tab) => {
    await pasteData(tab, 'date,temp\n2021-05-01,3\n2021-05-02,4\n');
    await tab.until(() => !document.getElementById('bring-wrong')?.hidden);
    assert.match(
      await tab.text('#bring-wrong'),
      /If each line is a day or another moment, or if this is a text, choose that above\./,
    );
    await pasteData(tab, 'y,x1\n1,0.2\n0,abc\n');
    await tab.until(() => /abc/.test(document.getElementById('bring-wrong')?.textContent ?? ''));
    assert.doesNotMatch(await tab.text('#bring-wrong'), /choose that above/);
    await tab.click('#bring [value=series]');
    assert.match(
      (await tab.evaluate(() => document.querySelector<HTMLTextAreaElement>('#bring-text')?.placeholder)) as string,
      /^date,wind/,
    );
  },
);

lab('a table whose gaps leave no sequences is refused, and other columns can be chosen', '', async (tab) => {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const date = new Date(Date.UTC(2021, 4, 1 + i)).toISOString().slice(0, 10);
    return `${date},${(i * 7) % 11},${i % 4 === 0 ? '' : (i * 5) % 7}`;
  });
  await unfold(tab, '#bring');
  await tab.click('#bring [value=series]');
  await tab.paste('#bring-text', `date,temp,snow\n${rows.join('\n')}\n`);
  await tab.until(() => !document.getElementById('bring-wrong')?.hidden);
  assert.match(
    await tab.text('#bring-wrong'),
    /^The table has so many gaps that no 7 rows and the row after them follow each other without a gap\./,
  );
  assert.match(await tab.text('#bring-columns'), /snow \(15 values are missing\)/);
  await tab.click('#bring-columns [value=snow]');
  await untilPreview(tab);
  assert.match((await notesOf(tab)).join('\n'), /^The table has 60 rows .* these columns: temp\./);
});

lab('a table whose names change and whose numbers stay is shown with its new names', '', async (tab) => {
  const table = (name: string): string =>
    `day,${name}\n${Array.from(
      { length: 40 },
      (_, i) => `2020-01-${String((i % 31) + 1).padStart(2, '0')},${(i * 7) % 11}`,
    )
      .slice(0, 31)
      .join('\n')}\n`;
  for (const name of ['rain', 'snow']) {
    await throughDoor(tab, 'series', table(name));
    await tab.click('#bring-use');
    await tab.until(
      (wanted: string) => document.getElementById('task-text')?.textContent?.includes(`“${wanted}”`) === true,
      name,
    );
  }
});

const POEM = Array.from(
  { length: 12 },
  (_, i) => `The ${['cat', 'dog', 'cow'][i % 3]} sees the ${['moon', 'sun'][i % 2]}.`,
).join('\n');

lab('a text: the preview tells its words and baselines; it trains, and its link holds it', '', async (tab) => {
  await throughDoor(tab, 'text', POEM);
  const notes = (await notesOf(tab)).join('\n');
  /* 6 tokens a line, full stops included; a capital letter in each */
  assert.match(notes, /^The text has 72 words and punctuation marks\. The network knows the 8 most frequent ones,/);
  assert.match(notes, /12 capital letters are read as small ones\./);
  assert.match(notes, /always answering the most common word is right 32\.1 % of the time/);
  assert.equal(await tab.evaluate(() => document.getElementById('bring-first')?.hidden), true);
  assert.deepEqual(await tab.faults(), []);
  await tab.click('#bring-use');
  const read = await engine.readText(POEM);
  /* 57 of the 72 tokens are trained on, and the others are held back: no window straddles the border */
  const part = (from: number, to: number) =>
    engine.textSequences(
      { ...read, tokens: read.tokens.slice(from, to), marks: read.marks.slice(from, to) },
      { timesteps: 7 },
    );
  const [{ x, y, config }, held] = [await part(0, 57), await part(57, 72)];
  const model = engine.sequential({ ...config, units: 8 });
  model.compile({ learningRate: 0.01 });
  const training = model.training(Float32Array.from([...x, ...held.x]), Float32Array.from([...y, ...held.y]), {
    epochs: 40,
    validationSplit: (held.y.length / 7 - 0.5) / ((y.length + held.y.length) / 7),
  });
  training.advance();
  const weights = model.getWeights().flatMap((tensor) => [...tensor]);
  await untilWeights(tab, weights);
  assert.equal(await tab.text('#task-text'), 'Which word of your text comes next?');
  await tab.until(() => location.hash.includes('csv='));
  const link = (await tab.evaluate(() => location.hash)) as string;
  await tab.evaluate(() => sessionStorage.clear());
  await openLab(tab, link);
  await untilWeights(tab, weights);
});

lab('an error is reported with line and column, and the figures stay', '#v=1&epochs=4', async (tab) => {
  await tab.until(() => document.querySelector('#place')?.textContent?.startsWith('After 4 epochs'));
  const before = await tab.text('#place');
  await pasteData(tab, 'y,x1,x2\n1,0.5,0.25\n0,0.5,abc\n');
  await tab.until(() => !document.getElementById('bring-wrong')?.hidden);
  assert.match(
    await tab.text('#bring-wrong'),
    /^Line 3, column 3: expected a number in column x2, got "abc".*What was shown before stays\.$/,
  );
  assert.equal(await tab.evaluate(() => document.getElementById('bring-preview')?.hidden), true);
  await pasteData(tab, 'y;x1;x2\n1;0,5;0.25\n');
  await tab.until(() =>
    /^Line 2, column 3: expected a decimal comma, as in line 2, got "0.25"/.test(
      document.getElementById('bring-wrong')?.textContent ?? '',
    ),
  );
  await pasteData(tab, 'y,x1\n1,0.5\n');
  await tab.until(() =>
    /The file has 1 sequence, but this page takes 10 to 2,000/.test(
      document.getElementById('bring-wrong')?.textContent ?? '',
    ),
  );
  await pasteData(tab, 'y,x1\n1,0.5\n0,0.25\n');
  await tab.until(() =>
    /2 sequences, but this page takes 10 to 2,000/.test(document.getElementById('bring-wrong')?.textContent ?? ''),
  );
  assert.equal(await tab.text('#place'), before);
  assert.equal(await tab.evaluate(() => location.hash), '#v=1&epochs=4');
  await tab.click('#bring-cancel').catch(() => undefined);
});

const notesOf = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => [...document.querySelectorAll('#bring-notes li')].map((note) => note.textContent ?? ''));

lab('a file of Excel in UTF-16 is read as labels, and the page says how it was understood', '', async (tab) => {
  const data = made(60, 3);
  const line = (i: number): string =>
    `${[...data.x.subarray(3 * i, 3 * i + 3)].map((x) => String(x).replace('.', ',')).join(';')};${data.y[i] ? 1 : -1}`;
  const text = ['x1;x2;x3;label', ...Array.from({ length: 60 }, (_, i) => line(i))].join('\r\n');
  await unfold(tab, '#bring');
  await tab.upload('#bring-file', { name: 'excel.csv', content: Buffer.from(`\ufeff${text}`, 'utf16le') });
  await untilPreview(tab);
  const how = [
    'The text is in UTF-16.',
    'The columns are separated by semicolons.',
    'The decimal mark is a comma.',
    'The target y comes after x.',
    'The column "label" is the target y.',
  ];
  assert.match(await tab.text('#bring-words'), /^These are 60 sequences of 3 time steps.* labels 0 and 1\./);
  assert.deepEqual(await notesOf(tab), [...how, 'The labels -1 and 1 were read as 0 and 1.', HELD_12, labelsOf(data)]);
  assert.deepEqual(await tab.faults(), []);
  /* as numbers they stay −1 and 1, and the reader can go back */
  await tab.select('#bring-kind', 'mean_squared_error');
  await tab.until(() => /The targets are numbers\./.test(document.getElementById('bring-words')?.textContent ?? ''));
  assert.deepEqual(await notesOf(tab), [...how, HELD_12]);
  assert.match(await tab.text('#bring-table tr:nth-child(2) td'), /^−?1\.000$/);
  await tab.select('#bring-kind', 'binary_crossentropy');
  await tab.until(() => /labels 0 and 1\./.test(document.getElementById('bring-words')?.textContent ?? ''));
  await tab.click('#bring-use');
  await untilWeights(tab, trained(data, 0.2).weights);
});

const FEW =
  'No sequence is held back for testing, because there are fewer than 20. The network may learn them by heart, so its accuracy on them says nothing about new sequences.';

lab('pasted and dropped tables of other programs; numbers that surprise are named', '', async (tab) => {
  await pasteData(tab, `y\tx1\tx2\n${'TRUE\t0.5\t-999\nFALSE\t0.25\t7\n'.repeat(5)}`);
  await untilPreview(tab);
  assert.deepEqual(await notesOf(tab), [
    'The columns are separated by tabs.',
    'The labels FALSE and TRUE were read as 0 and 1.',
    '5 numbers are -999, the first in sequence 1, column x2. If this stands for a missing value, fill it in or delete the sequence.',
    FEW,
  ]);
  const content = `\ufeff"","y","x1"\n${Array.from({ length: 12 }, (_, i) => `"${i + 1}",${i % 2},${i}.5\n`).join('')}`;
  await tab.drop('#bring', [{ name: 'r.csv', content }]);
  await tab.until(() => /^These are 12 sequences/.test(document.getElementById('bring-words')?.textContent ?? ''));
  assert.deepEqual(await notesOf(tab), ['The first column has no name and was left out.', FEW]);
  await tab.drop('#bring', [{ name: 'blank.csv', content: ' \n\n' }]);
  await tab.until(() => /got an empty file/.test(document.getElementById('bring-wrong')?.textContent ?? ''));
  assert.equal(await tab.evaluate(() => document.getElementById('bring-preview')?.hidden), true);
});

lab('the validation split of sequences; targets that are classes or numbers', '#v=1&epochs=40', async (tab) => {
  const data = made(80, 9);
  await pasteData(tab, await engine.writeCsv(data));
  await untilPreview(tab);
  await tab.click('#bring-use');
  const { weights, history, right } = trained(data, 0.2);
  await untilWeights(tab, weights);
  const curves = await tab.evaluate(() =>
    (document.getElementById('loss') as unknown as { series: { label: string; values: number[] }[] }).series.map(
      ({ label, values }) => [label, [...values]],
    ),
  );
  assert.deepEqual(curves, [
    ['training', history.loss],
    ['validation', history.val_loss],
  ]);
  assert.ok(
    (await tab.text('#place')).includes(
      `right on ${right(0, 64)} % of all 64 training sequences and on ${right(64, 80)} % of the 16 held back.`,
    ),
    await tab.text('#place'),
  );
  const three = { ...data, y: Float32Array.from({ length: 80 }, (_, i) => i % 3) };
  await pasteData(tab, await engine.writeCsv(three));
  await tab.until(() => /The targets are 3 classes/.test(document.getElementById('bring-words')?.textContent ?? ''));
  await tab.select('#bring-kind', 'mean_squared_error');
  await tab.until(() =>
    /The targets are numbers\. Always answering the mean/.test(
      document.getElementById('bring-words')?.textContent ?? '',
    ),
  );
  await tab.click('#bring-use');
  const model = engine.sequential({ units: 8, timesteps: 9, loss: 'mean_squared_error' });
  model.compile({ learningRate: 0.01 });
  model.training(three.x, three.y, { epochs: 40, validationSplit: 0.2 }).advance();
  const loss = (from: number, to: number): string =>
    model.evaluate(three.x.subarray(9 * from, 9 * to), three.y.subarray(from, to)).loss.toFixed(4);
  assert.notEqual(loss(0, 64), loss(0, 80));
  await tab.until(
    (wanted: string) => document.getElementById('place')?.textContent?.includes(wanted) === true,
    `loss ${loss(0, 64)} on all 64 training sequences and ${loss(64, 80)} on the 16 held back.`,
  );
});

lab(
  'a file that is sorted by its labels: both are held back, a link keeps them, and a guess is named',
  '',
  async (tab) => {
    const data = made(60, 5);
    data.y.fill(0).fill(1, 0, 30);
    await pasteData(tab, await engine.writeCsv(data));
    await untilPreview(tab);
    assert.match(
      (await notesOf(tab)).join('\n'),
      /in a random order, .* Then the last 12 of the 60 are held back for testing\.\nHow often each label is among them: 0 \(6×\), 1 \(6×\)\.$/,
    );
    await tab.click('#bring-use');
    const compared =
      /% of the 12 held back\. Always answering the most common label among these is right on (50\.0|[5-8]\d\.\d|9[01]\.\d) % of them\. The network (beats|does not beat) this simple guess\./;
    const says = async (): Promise<string> => {
      await tab.until(
        (pattern: string) => new RegExp(pattern).test(document.getElementById('place')?.textContent ?? ''),
        compared.source,
      );
      return tab.text('#place');
    };
    await tab.until(() => location.hash.includes('csv='));
    const said = await says();
    const link = (await tab.evaluate(() => location.hash)) as string;
    assert.match(link, /&split=0\.2(&|$)/);
    await tab.evaluate(() => sessionStorage.clear());
    await openLab(tab, link);
    assert.equal(await says(), said);
    /* a link without the setting, from before any were held back, means what it meant */
    await openLab(tab, link.replace('&split=0.2', ''));
    await tab.until(() =>
      /of all 60 sequences\. None is held back to test it\.$/.test(document.getElementById('place')?.textContent ?? ''),
    );
  },
);

lab('the link of a file that is too large for it contains the file’s name', '', async (tab) => {
  const data = made(1500, 20, 3);
  const csv = await engine.writeCsv(data);
  await unfold(tab, '#bring');
  await tab.drop('#bring', [{ name: 'large.csv', content: csv }]);
  await untilPreview(tab);
  await tab.click('#bring-use');
  await tab.until(() => location.hash.includes('own=1500x20x3b-') && !location.hash.includes('csv='));
  const link = (await tab.evaluate(() => location.hash)) as string;
  assert.ok(link.includes(engine.hash(data)));
  await tab.evaluate(() => sessionStorage.clear());
  await openLab(tab, link);
  await tab.until(() => !document.getElementById('needed')?.hidden);
  assert.match(await tab.text('#needed'), /needs its data \(1,500 sequences of 20 time steps and 3 features\)\./);
  /* a message that still applies stays when something else moves, and disappears with its cause */
  const missing = (): Promise<void> =>
    tab.until(() => /^These data are not here/.test(document.getElementById('notices')?.textContent ?? ''));
  await missing();
  await unfold(tab, '#fields');
  await tab.focus('rnn-handle[field="epochs"] >>> [role="slider"]');
  await tab.press('ArrowRight');
  await tab.until(() => /epochs=/.test(location.hash));
  await missing();
  assert.match(await tab.text('#needed'), /needs its data/);
  await pasteData(tab, csv);
  await untilPreview(tab);
  await tab.click('#bring-use');
  await tab.until(
    () => document.getElementById('needed')?.hidden === true && document.getElementById('notices')?.hidden === true,
  );
  await tab.evaluate(() => document.querySelector('rnn-network')?.scrollIntoView({ behavior: 'instant' }));
  await tab.until(() =>
    (document.querySelector('#place')?.textContent ?? '').includes('of all 1,200 training sequences'),
  );
});

lab('the link of a long table says how its file was read, and the same file is enough', '', async (tab) => {
  const table = `date,temp,wind\n${Array.from({ length: 2500 }, (_, i) => {
    const date = new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10);
    return `${date},${((i * 7919) % 1000) / 10},${((i * 104_729) % 977) / 10}`;
  }).join('\n')}\n`;
  await throughDoor(tab, 'series', table);
  /* a number beyond the range becomes the nearest one, in the field too */
  await tab.focus('#bring-steps');
  await tab.press('Control', 'a');
  await tab.type('400');
  await tab.press('Tab');
  await tab.until(() => / of 50 time steps/.test(document.getElementById('bring-words')?.textContent ?? ''));
  assert.equal(await tab.evaluate(() => document.querySelector<HTMLInputElement>('#bring-steps')?.value), '50');
  await tab.focus('#bring-steps');
  await tab.press('Control', 'a');
  await tab.type('5');
  await tab.press('Tab');
  await tab.select('#bring-target', 'wind');
  await tab.until(() =>
    /Each sequence is 5 rows, and the target is “wind”/.test(document.getElementById('bring-notes')?.textContent ?? ''),
  );
  await tab.click('#bring-use');
  await tab.until(() => location.hash.includes('own='));
  const link = (await tab.evaluate(() => location.hash)) as string;
  assert.ok(link.length < 600, link);
  assert.match(await tab.text('#take-away'), /^These data are too long for a link\. Whoever opens the link also needs/);
  await tab.evaluate(() => sessionStorage.clear());
  await openLab(tab, link);
  await tab.until(() => !document.getElementById('needed')?.hidden);
  assert.equal(
    await tab.evaluate(() => document.querySelector<HTMLInputElement>('#bring [name=door]:checked')?.value),
    'series',
  );
  await tab.drop('#bring', [{ name: 'wind.csv', content: table }]);
  await untilPreview(tab);
  assert.match((await notesOf(tab)).join('\n'), /Each sequence is 5 rows, and the target is “wind”/);
  await tab.click('#bring-use');
  await tab.until(() => document.getElementById('needed')?.hidden === true);
  assert.equal(await tab.evaluate(() => location.hash), link);
});

lab('a changed input that is out of range is reported until the change is undone', '#v=1&epochs=2&t=1', async (tab) => {
  await tab.until(() => /^After 2 epochs/.test(document.getElementById('place')?.textContent ?? ''));
  await tab.evaluate(
    () =>
      void document
        .getElementById('figure')
        ?.dispatchEvent(new CustomEvent('rnn-input', { detail: { timestep: 1, feature: 0, value: 1e30 } })),
  );
  await tab.until(() => /x₁: “1e\+?30”|“1e30”/.test(document.getElementById('what-if-dropped')?.textContent ?? ''));
  await walkTo(tab, 1, 3);
  await tab.until(() => /t=3/.test(location.hash));
  assert.match(await tab.text('#what-if-dropped'), /^x₁/);
  await tab.click('#undo');
  await tab.until(() => document.getElementById('what-if-dropped')?.hidden);
});

lab('a changed datum and a changed label train anew; undo', '', async (tab) => {
  const { x, y } = engine.task('first', { samples: 100, timesteps: 10 });
  const plain = trained({ x, y, timesteps: 10, features: 1 }).weights;
  await untilWeights(tab, plain);
  await tab.evaluate(() => {
    for (const more of document.querySelectorAll<HTMLDetailsElement>('details.more'))
      more.open = more.querySelector('rnn-sequence') !== null;
  });
  await tab.middle('rnn-sequence');
  await tab.until(() => !!document.querySelector('rnn-sequence')?.shadowRoot?.querySelector('input[type=number]'));
  await tab.focus('rnn-sequence >>> input[type=range]');
  await tab.press('Home');
  await tab.until(() => /^#v=1&t=1(&open=\w+)?$/.test(location.hash));
  await tab.focus('rnn-sequence >>> input[type=number]');
  await tab.press('ArrowUp');
  await tab.until(() => location.hash.includes('&d=0:'));
  const value = Number(/d=0:([\d.]+)/.exec((await tab.evaluate(() => location.hash)) as string)?.[1]);
  assert.ok(value > (x[0] as number) && value - (x[0] as number) <= 0.02 + 1e-5, `${value}: one step of the field`);
  x[0] = value;
  await untilWeights(tab, trained({ x, y, timesteps: 10, features: 1 }).weights);
  assert.match(await tab.text('#caption'), /1 changed number · new data/);
  await tab.select('rnn-sequence >>> select', String(1 - (y[0] as number)));
  y[0] = 1 - (y[0] as number);
  await untilWeights(tab, trained({ x, y, timesteps: 10, features: 1 }).weights);
  assert.match(await tab.text('#changed-text'), /^2 numbers of the data are changed/);
  assert.deepEqual(await tab.faults(), []);
  await tab.click('#changed-undo');
  await untilWeights(tab, plain);
  await tab.until(() => /^#v=1&t=1(&open=\w+)?$/.test(location.hash));
});

lab('a workbook, a document and a picture are called what they are, without a line', '', async (tab) => {
  /* openpyxl writes the entries in this order */
  const workbook = zipSync({ 'docProps/app.xml': new Uint8Array(9), 'xl/workbook.xml': new Uint8Array(99) });
  const story = zipSync({ '[Content_Types].xml': new Uint8Array(9), 'word/document.xml': new Uint8Array(99) });
  const picture = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  const old = Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0', 'latin1');
  await unfold(tab, '#bring');
  for (const [door, name, content, wanted] of [
    ['sequences', 'a.xlsx', workbook, /^This file is an Excel workbook \(\.xlsx\), .* In Excel, choose File, Save As,/],
    [
      'series',
      'a.xlsx',
      workbook,
      /^This file is an Excel workbook \(\.xlsx\), .* In LibreOffice, choose File, Save As,/,
    ],
    ['series', 'a.xls', old, /^This file is an old Excel workbook \(\.xls\), .* In Numbers, choose File, Export To,/],
    ['series', 'a.png', picture, /^This file is not a text, .* Save it as CSV in UTF-8\. /],
    ['text', 'a.docx', story, /^This file is a Word document \(\.docx\), not a text\. Save it as plain text\. /],
    ['text', 'a.png', picture, /^This file is not a text, .* Save it as plain text in UTF-8\. /],
  ] as const) {
    await tab.click(`#bring [value=${door}]`);
    await tab.drop('#bring', [{ name, content: Buffer.from(content) }]);
    await tab.until(
      (pattern: string) => new RegExp(pattern).test(document.getElementById('bring-wrong')?.textContent ?? ''),
      wanted.source,
    );
    assert.doesNotMatch(await tab.text('#bring-wrong'), /\bline\b/i, name);
  }
});

lab('a file that is dropped on the folded panel is previewed', '', async (tab) => {
  await tab.drop('#bring', [{ name: 'small.csv', content: await engine.writeCsv(made(20, 4, 2)) }]);
  await untilPreview(tab);
  assert.equal(await tab.evaluate(() => document.getElementById('bring-preview')?.checkVisibility()), true);
});

lab('custom data that the browser cannot store stay in use', '', async (tab) => {
  const csv = await engine.writeCsv(made(600, 10, 2));
  await tab.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await unfold(tab, '#bring');
  await tab.drop('#bring', [{ name: 'large.csv', content: csv }]);
  await untilPreview(tab);
  await tab.click('#bring-use');
  await tab.until(() =>
    (document.querySelector('#place')?.textContent ?? '').includes('of all 480 training sequences'),
  );
  assert.equal(await tab.evaluate(() => document.getElementById('needed')?.hidden), true);
  await tab.until(() => location.hash.includes('own=600x10x2b-'));
  await tab.evaluate(() => {
    location.hash = `${location.hash}&units=2&epochs=1`;
  });
  await tab.until(() => (document.querySelector('#caption')?.textContent ?? '').includes('epochs 40 → 1'));
  await scrollThrough(tab);
  await tab.click('#many-run');
  await tab.until(() => document.querySelector('#many-state')?.textContent?.startsWith('100 runs in'));
});

lab('a file that cannot be read is reported, and typed text stays', '', async (tab) => {
  await pasteData(tab, 'y,x1\n1,oops\n');
  await tab.until(() => document.getElementById('bring-wrong')?.textContent?.includes('oops'));
  for (const [names, message] of [
    [['empty.csv'], 'empty.csv is empty, or it is a folder. What was shown before stays.'],
    [['full.csv', 'b.csv'], 'You dropped 2 files, but this page reads one at a time. What was shown before stays.'],
    [[], 'What you dropped contains no text. Drop a file, or a text that you selected. What was shown before stays.'],
  ] as const) {
    const files = names.map((name) => ({ name, content: name === 'full.csv' ? 'y,x1\n' : '' }));
    await tab.drop('#bring', files, { 'text/uri-list': 'http://example.org/' });
    await tab.until((words: string) => document.getElementById('bring-wrong')?.textContent === words, message);
    assert.equal(
      await tab.evaluate(() => (document.getElementById('bring-text') as HTMLTextAreaElement).value),
      'y,x1\n1,oops\n',
    );
  }
  /* a folder is a file that cannot be read */
  await tab.drop('#bring', [{ name: 'folder' }]);
  await tab.until(
    () =>
      document.getElementById('bring-wrong')?.textContent ===
      'folder cannot be read. Choose a file with a table or a text. What was shown before stays.',
  );
});

lab(
  'changes of numbers that do not exist are dropped and reported',
  '#v=1&d=0:0.5_2048:0.5_4090:3_614400:0.1',
  async (tab) => {
    await tab.until(
      () =>
        document.getElementById('changed-limit')?.textContent ===
        '2 changed numbers were dropped, because the data have no such places or do not accept the numbers there.',
    );
    await tab.until(() =>
      document.getElementById('changed-text')?.textContent?.startsWith('One number of the data is changed'),
    );
    /* sequence 150 does not exist, because there are 100 */
    await tab.until(() => location.hash === '#v=1&d=0:0.5_614400:0.1');
  },
);

lab('a file that cannot be created is reported', '#v=1&task=own&own=100x10x1b-0000000000000000', async (tab) => {
  for (const what of ['data', 'weights', 'history.json', 'trace.csv']) {
    await tab.click(`[data-take="${what}"]`);
    await tab.until(() => document.getElementById('take-wrong')?.textContent?.startsWith('The file was not saved: '));
  }
});

lab('a link with custom data, opened in an open lab, shows them', '#v=1&task=sine', async (tab) => {
  const csv = await engine.writeCsv(made(40, 6));
  await pasteData(tab, csv);
  await untilPreview(tab);
  await tab.click('#bring-use');
  await tab.until(() => location.hash.includes('csv='));
  const link = await tab.evaluate(() => location.hash);
  await openLab(tab, `#v=1&task=sine&epochs=1`);
  await tab.evaluate((hash: string) => {
    location.hash = hash;
  }, link);
  await tab.middle('#data');
  await tab.until(() => (document.getElementById('data') as unknown as { x?: Float32Array }).x?.length === 240);
  await tab.until(() => document.getElementById('notices')?.hidden === true);
});

lab('choosing the file that a link needs leaves the rest of the link as it is', '', async (tab) => {
  const data = made(40, 6);
  const own = `40x6x1b-${engine.hash(data)}`;
  await openLab(tab, `#v=1&task=own&n=30&steps=6&own=${own}&at=8&sample=7&d=3:0.5&t=2`);
  await tab.until(() => !document.getElementById('needed')?.hidden);
  await pasteData(tab, await engine.writeCsv(data));
  await untilPreview(tab);
  await tab.click('#bring-use');
  await tab.until(() => (document.querySelector('#place')?.textContent ?? '').startsWith('After'));
  await tab.until(() => location.hash.includes('csv='));
  const hash = await tab.evaluate(() => location.hash);
  for (const part of ['n=30', 'at=8', 'sample=7', 'd=3:0.5', 't=2'])
    assert.ok(`${hash}&`.includes(`&${part}&`), `${part}: ${hash}`);
});

lab('a click on a point chooses it and changes nothing; a drag does', '#v=1&epochs=2', async (tab) => {
  await tab.evaluate(() => {
    for (const more of document.querySelectorAll<HTMLDetailsElement>('details.more'))
      more.open = more.querySelector('rnn-sequence') !== null;
  });
  await tab.middle('rnn-sequence');
  await tab.until(() => !!document.querySelector('rnn-sequence')?.shadowRoot?.querySelector('.grip'));
  const grip = await tab.middle('rnn-sequence >>> .grip:nth-of-type(8)');
  await tab.clickAt({ x: grip.x, y: grip.y + 12 });
  await tab.until(() => location.hash.includes('&t='));
  assert.ok(!((await tab.evaluate(() => location.hash)) as string).includes('d='));
  await tab.drag('rnn-sequence >>> .grip:nth-of-type(8)', { x: 0, y: 20 });
  await tab.until(() => location.hash.includes('d='));
});

lab('data in kelvins: an x in their range can be typed, and an address beyond it is reported', '', async (tab) => {
  const rows = Array.from(
    { length: 20 },
    (_, i) => `${i % 2},${[0, 1, 2].map((t) => (281.25 + ((7 * i + 5 * t) % 16)).toFixed(2)).join(',')}`,
  );
  await pasteData(tab, `y,x1,x2,x3\n${rows.join('\n')}\n`);
  await untilPreview(tab);
  await tab.click('#bring-use');
  await tab.middle('rnn-network');
  await tab.until(
    () => (document.querySelector('rnn-network') as unknown as { original?: ArrayLike<number> }).original?.length === 3,
  );
  const field = 'rnn-network >>> .facts input[type=number]';
  await tab.evaluate(() => document.querySelector('rnn-network')?.scrollIntoView());
  await tab.focus(field);
  await tab.evaluate(() =>
    (
      document.querySelector('rnn-network')?.shadowRoot?.querySelector('.facts input[type=number]') as HTMLInputElement
    ).select(),
  );
  await tab.type('285.5');
  await tab.press('Enter');
  await tab.until(() =>
    [
      ...(document.querySelector('rnn-network') as unknown as { trace: { layers: { x: Float32Array }[] } }).trace
        .layers[0]!.x,
    ].includes(285.5),
  );
  assert.equal(await tab.text('#what-if-dropped'), '');
  assert.match(await tab.text('rnn-network >>> .facts'), /no target: Your own data come without a rule/);
  /* the axis is that of the data, and a key moves by a hundredth of it */
  assert.deepEqual(
    await tab.evaluate(() =>
      [...(document.querySelector('rnn-network')?.shadowRoot?.querySelectorAll('.grip') ?? [])]
        .map((grip) => [grip.getAttribute('aria-valuemin'), grip.getAttribute('aria-valuemax')])
        .slice(0, 1),
    ),
    [['280', '300']],
  );
  await tab.until(() => /&x=\d:285\.5/.test(location.hash));
  await tab.evaluate(() => {
    location.hash = location.hash.replace(/&x=\d:285\.5/, '&x=1:99999');
  });
  await tab.until(
    () =>
      document.getElementById('what-if-dropped')?.textContent ===
      'x₁: “99999” is not in the range −5,000 to 5,000; 5,000 is used.',
  );
  await tab.until(() => /&x=1:5000/.test(location.hash));
});

/** What a figure for the reader's own data says below its picture. */
const figureSays = (tab: Tab, figure: string, text: string): Promise<void> =>
  tab.until(
    (selector: string, wanted: string) =>
      (document.querySelector(selector)?.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').includes(wanted),
    figure,
    text,
  );

const FORECAST = 'rnn-forecast[data-kind]';

lab(
  'forecasts of a table: a row is chosen, the network reads the rows before it, errors are in its unit',
  '',
  async (tab) => {
    const rows = Array.from({ length: 200 }, (_, i) => ({
      date: new Date(Date.UTC(2021, 4, 1 + i)).toISOString().slice(0, 10),
      pressure: Number((1000 + 8 * Math.sin(i / 9) + ((i * 37) % 11) / 5).toFixed(1)),
    })).filter((_, i) => i !== 180);
    const csv = rows.map(({ date, pressure }) => `${date},${pressure}`).join('\n');
    await throughDoor(tab, 'series', `date,pressure (hPa)\n${csv}\n`);
    await tab.click('#bring-use');
    await tab.until((figure: string) => document.querySelector(figure)?.checkVisibility() === true, FORECAST);
    await tab.evaluate(
      (figure: string) => document.querySelector(figure)?.scrollIntoView({ behavior: 'instant' }),
      FORECAST,
    );
    await figureSays(tab, FORECAST, '“pressure”, forecast from the rows before');
    await figureSays(tab, FORECAST, 'Root mean squared error (RMSE) over all');
    /* by hand: each row that is held back has seven rows and one more before it without a gap */
    const gap = 180;
    const errors = [];
    for (let i = 0; i < 38; i++) {
      const at = 199 - 38 + i;
      if (at >= gap && at < gap + 7) continue;
      errors.push((rows[at]?.pressure as number) - (rows[at - 1]?.pressure as number));
    }
    const bars = (await tab.evaluate(
      (figure: string) =>
        [...(document.querySelector(figure)?.shadowRoot?.querySelectorAll('.bar') ?? [])].map((bar) => [
          bar.querySelector('span')?.textContent,
          Number.parseFloat(bar.querySelector('b')?.textContent ?? ''),
        ]),
      FORECAST,
    )) as [string, number][];
    const count = Number(
      await tab.evaluate(
        (figure: string) =>
          /over all (\d+) rows/.exec(document.querySelector(figure)?.shadowRoot?.textContent ?? '')?.[1],
        FORECAST,
      ),
    );
    const last = errors.slice(-count);
    assert.equal(last.length, count);
    const wanted = Math.sqrt(last.reduce((sum, one) => sum + one * one, 0) / count);
    const asBefore = bars.find(([name]) => name === 'as the row before')?.[1] as number;
    assert.ok(Math.abs(asBefore - wanted) < 0.006, `${asBefore}, ${wanted}`);
    assert.deepEqual(bars.map(([name]) => name).sort(), [
      'as the row before',
      'linear regression on the rows that are read',
      'the mean of all training rows',
      'the network',
    ]);
    /* beside the network the same two errors, and which one is less */
    const network = bars.find(([name]) => name === 'the network')?.[1] as number;
    const compared =
      /On the (\d+) rows held back the network’s root mean squared error \(RMSE\) is ([\d.]+)\shPa, and the row before, as a guess, has ([\d.]+)\shPa\. The network (beats|does not beat) this simple guess\.$/;
    await tab.until(
      (pattern: string) => new RegExp(pattern).test(document.getElementById('place')?.textContent ?? ''),
      compared.source,
    );
    const [, measured, ...others] = compared.exec(await tab.text('#place')) ?? [];
    assert.equal(Number(measured), count);
    assert.deepEqual(others.slice(0, 2).map(Number), [network, asBefore]);
    assert.equal(others[2], network < asBefore ? 'beats' : 'does not beat');
    /* at first the chart and the network show the same row */
    await tab.until(() => /sample=[1-9]/.test(location.hash));
    /* the last row, by keys: its date and value, and the rows before it in the network */
    await tab.focus(`${FORECAST} >>> input`);
    await tab.press('End');
    const end = rows.at(-1) as (typeof rows)[number];
    await figureSays(
      tab,
      FORECAST,
      `${end.date}: it was ${end.pressure.toLocaleString('en', { minimumFractionDigits: 2 })} hPa.`,
    );
    await tab.until(() => /sample=\d+/.test(location.hash));
    await tab.until(
      (before: string) =>
        (document.querySelector('#figure')?.shadowRoot?.textContent ?? '').replaceAll(',', '').includes(before),
      String(rows.at(-2)?.pressure),
    );
    /* the day that is missing parts each line */
    const lines = (await tab.evaluate(
      (figure: string) =>
        ['came', 'today', 'network'].map(
          (kind) => document.querySelector(figure)?.shadowRoot?.querySelector(`path.${kind}`)?.getAttribute('d') ?? '',
        ),
      FORECAST,
    )) as string[];
    assert.deepEqual(
      lines.map((line) => line.split('M').length - 1),
      [2, 2, 2],
    );
    /* a click in the chart chooses a row */
    await tab.click(`${FORECAST} >>> .plot svg`);
    await tab.until(
      (figure: string, date: string) =>
        !(document.querySelector(figure)?.shadowRoot?.querySelector('output')?.textContent ?? date).includes(date),
      FORECAST,
      end.date,
    );
    /* a network that learned from these rows cannot be measured on them */
    await unfold(tab, '#fields');
    await tab.focus('rnn-handle[field="split"] >>> [role="slider"]');
    await tab.press('Home');
    await tab.evaluate(
      (figure: string) => document.querySelector(figure)?.scrollIntoView({ behavior: 'instant' }),
      FORECAST,
    );
    await tab.until(() => /It must not learn from them/.test(document.getElementById('notices')?.textContent ?? ''));
  },
);

const WRITING = 'rnn-next-words[data-kind]';

/** Long words, and pairs of words at the end that never came before. */
const BALLAD = `Wer reitet so spät durch Nacht und Wind? Es ist der Vater mit seinem Kind;
Er hat den Knaben wohl in dem Arm, er fasst ihn sicher, er hält ihn warm.
„Mein Sohn, was birgst du so bang dein Gesicht?“ – „Siehst, Vater, du den Erlkönig nicht?
Den Erlenkönig mit Kron’ und Schweif?“ – „Mein Sohn, es ist ein Nebelstreif.“
„Du liebes Kind, komm, geh mit mir! Gar schöne Spiele spiel’ ich mit dir;
Manch’ bunte Blumen sind an dem Strand, meine Mutter hat manch gülden Gewand.“
Wer reitet so spät durch Nacht und Vorübergehungserscheinungen? Es ist der Vater mit seinem Kind;
Vorübergehungserscheinungen reitet der Vater, Vorübergehungserscheinungen hält der Erlkönig.
`;

lab(
  'a text with long words: they have room above the network, and the guess is counted as beside it',
  '',
  async (tab) => {
    await throughDoor(tab, 'text', BALLAD);
    await tab.click('#bring-use');
    await tab.until((figure: string) => document.querySelector(figure)?.checkVisibility() === true, WRITING);
    await tab.evaluate(
      (figure: string) => document.querySelector(figure)?.scrollIntoView({ behavior: 'instant' }),
      WRITING,
    );
    await figureSays(tab, WRITING, 'Counting which word follows which');
    const counted = /follows which is right ([\d.]+) %/;
    const said = (await tab.evaluate(
      (figure: string) => document.querySelector(figure)?.shadowRoot?.querySelector('output')?.textContent ?? '',
      WRITING,
    )) as string;
    const guessed = /follows the latest word is right on ([\d.]+) % of these/;
    await tab.until(
      (pattern: string) => new RegExp(pattern).test(document.getElementById('place')?.textContent ?? ''),
      guessed.source,
    );
    const exact = Number(guessed.exec(await tab.text('#place'))?.[1]);
    const rounded = Number(counted.exec(said.replace(/\s+/g, ' '))?.[1]);
    assert.ok(Math.abs(exact - rounded) <= 0.55, `${exact} and ${rounded}`);
    const widths = (await tab.evaluate(
      (figure: string) =>
        [...(document.querySelector(figure)?.shadowRoot?.querySelectorAll('ol ul li') ?? [])].map((row) => [
          row.scrollWidth,
          row.clientWidth,
        ]),
      WRITING,
    )) as [number, number][];
    assert.ok(widths.length > 20);
    for (const [needed, given] of widths) assert.ok(needed <= given, `${needed} of ${given} pixels`);
  },
);

lab(
  'a text: the network writes on after its first words or typed ones, and an unknown word is named',
  '',
  async (tab) => {
    await throughDoor(tab, 'text', POEM);
    await tab.click('#bring-use');
    await tab.until((figure: string) => document.querySelector(figure)?.checkVisibility() === true, WRITING);
    await tab.evaluate(
      (figure: string) => document.querySelector(figure)?.scrollIntoView({ behavior: 'instant' }),
      WRITING,
    );
    await figureSays(tab, WRITING, 'the cat sees the');
    await figureSays(tab, WRITING, 'In the part of the text that was held back, its most probable next word is right');
    const [, right, counted] =
      /most probable next word is right ([\d.]+) % of the time\. Counting which word follows which is right ([\d.]+) %/.exec(
        (
          (await tab.evaluate(
            (figure: string) => document.querySelector(figure)?.shadowRoot?.textContent ?? '',
            WRITING,
          )) as string
        ).replace(/\s+/g, ' '),
      ) ?? [];
    /* beside the network the same two numbers, and which one is more */
    const compared =
      /([\d.]+) % of the 8 held back\. Answering what most often follows the latest word is right on ([\d.]+) % of these\. The network (beats|does not beat) this simple guess\./;
    await tab.until(
      (pattern: string) => new RegExp(pattern).test(document.getElementById('place')?.textContent ?? ''),
      compared.source,
    );
    const [, ours = '', theirs = '', verdict] = compared.exec(await tab.text('#place')) ?? [];
    assert.ok(Math.abs(Number(ours) - Number(right)) <= 0.55 && Math.abs(Number(theirs) - Number(counted)) <= 0.55);
    assert.equal(verdict, Number(ours) > Number(theirs) ? 'beats' : 'does not beat');
    const type = async (words: string): Promise<void> => {
      await tab.click(`${WRITING} >>> [name=prompt]`);
      await tab.press('Control', 'a');
      await tab.type(words);
      await tab.press('Enter');
    };
    await type('the dog');
    await figureSays(tab, WRITING, 'the dog sees the');
    await type("the dog's moon, well-known");
    await tab.until(() => /“dog's , well-known”/.test(document.getElementById('notices')?.textContent ?? ''));
    assert.equal(
      await tab.evaluate((figure: string) => {
        const root = document.querySelector(figure)?.shadowRoot;
        return root?.querySelector<HTMLInputElement>('[name=prompt]')?.value;
      }, WRITING),
      "the dog's moon , well-known",
    );
    /* the words with which the lesson's text begins are words like others */
    await type('when the dog');
    await tab.until(() => /cannot read “when”/.test(document.getElementById('notices')?.textContent ?? ''));
    await type('the whale');
    await tab.until(() =>
      /The network cannot read “whale”/.test(document.getElementById('notices')?.textContent ?? ''),
    );
  },
);
