// Checks that the links of the teaching pages open what they describe, and that each number of the answer key is the
// engine's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { figureOfHash } from '../../web/embed/hash.ts';
import { fromAddress, toAddress } from '../../web/state/address.ts';
import { LAB } from '../../web/state/pages.ts';
import { root } from '../house/tree.ts';
import { FILES, linksOf, read, rowsOf } from './links.ts';
import { measure } from './measure.ts';

const KEY = 'answers.md';
const links = FILES.flatMap(linksOf);
const rows = rowsOf(KEY);

test('each link is an address as the lab writes it, and opens without a notice', () => {
  assert.ok(links.length > 100);
  for (const { file, address } of links) {
    const { state, notices } = fromAddress(LAB, address);
    assert.deepEqual(notices, [], `${file}: ${address}`);
    assert.equal(toAddress(LAB, state) || '#v=1', address, file);
  }
});

test('a link opens in unrolled.html as the page for teachers says, without a notice', () => {
  assert.match(read('README.md'), /bring the file `unrolled\.html`.*with `view=lab&` after its `#`/s);
  for (const { file, address } of links) {
    const shown = figureOfHash(address.replace('#', '#view=lab&'), 'lesson');
    assert.equal(shown.view, 'lab', file);
    assert.deepEqual(fromAddress(LAB, shown.address), fromAddress(LAB, address), `${file}: ${address}`);
  }
});

test('whatever begins like a link is a complete link', () => {
  for (const file of FILES)
    assert.equal(
      read(file).match(/lab\.html#v=1(?!&…)/g)?.length,
      linksOf(file).length + (file === 'README.md' ? 1 : 0),
      file,
    ); /* an address with a host */
});

test('each heading to scroll to, or part that the link unfolds, is in the lab', () => {
  const html = readFileSync(join(root, 'web/pages/lab.html'), 'utf8');
  const headings = [...html.matchAll(/<(h[23]|summary)[^>]*>(.*?)<\/\1>/g)].map(([, , text]) =>
    (text as string).replace(/<[^>]+>/g, ''),
  );
  const named = links.flatMap(({ heading }) => heading ?? []);
  assert.ok(named.length > 50);
  assert.deepEqual(
    named.filter((heading) => !headings.includes(heading)),
    [],
  );
});

test('where a control of the lab is named that is folded away, a link opens its part, or the text says where it is', () => {
  const html = readFileSync(join(root, 'web/pages/lab.html'), 'utf8');
  /* the buttons of the training's element */
  const folded = new Map(['−1 epoch', '−1 batch', '+1 batch', '+1 epoch'].map((name) => [name, 'training']));
  const titles = new Map([['training', 'Step by step']]);
  for (const [, fold = '', title = '', part = ''] of html.matchAll(
    /<details[^>]*data-fold="([\w-]+)"[^>]*>\s*<summary>(.*?)<\/summary>(.*?)<\/details>/gs,
  )) {
    titles.set(fold, title);
    for (const [, label = ''] of part.matchAll(/class="setting"[^>]*>(.*?)<(?:select|rnn-handle)/gs))
      folded.set(label.replace(/<[^>]+>/g, '').trim(), fold);
  }
  assert.deepEqual(
    ['Units', 'Time steps', 'Recurrent gain', 'Cut'].map((name) => folded.get(name)),
    ['settings', 'settings', 'settings', 'cuts'],
  );
  let named = 0;
  /* a row of a table, a question or another part */
  for (const file of FILES)
    for (const block of read(file).split(/^(?=## )|\n(?=\|)/m))
      for (const [, control = ''] of block.matchAll(/\*\*([^*]+)\*\*/g)) {
        const fold = folded.get(control);
        if (fold === undefined) continue;
        named++;
        const opens = [...block.matchAll(/[?#&]open=([\w-]+)/g)].some(([, open = '']) =>
          open.split('_').includes(fold),
        );
        const told = block.includes(`under **${titles.get(fold)}**`);
        assert.ok(
          opens || told,
          `${file}: “${control}” is folded away in “${titles.get(fold)}”: ${block.slice(0, 80)}`,
        );
      }
  assert.ok(named >= 9, String(named));
});

test('the minutes of a plan neither overlap nor leave gaps', () => {
  const plans = read('README.md')
    .split(/^## /m)
    .flatMap((part) => {
      const minutes = /^(\d+) minutes/.exec(part)?.[1];
      return minutes
        ? [
            {
              minutes: Number(minutes),
              rows: [...part.matchAll(/^\| (\d+)–(\d+) \|/gm)].map(([, from, to]) => [Number(from), Number(to)]),
            },
          ]
        : [];
    });
  assert.deepEqual(
    plans.map(({ minutes }) => minutes),
    [45, 20, 90],
  );
  for (const plan of plans)
    assert.deepEqual(
      plan.rows.map(([from]) => from),
      [0, ...plan.rows.slice(0, -1).map(([, to]) => to)],
      `${plan.minutes} minutes`,
    );
  for (const plan of plans) assert.equal(plan.rows.at(-1)?.[1], plan.minutes);
});

test('a plan that names questions has the minutes and the links for them, and has each question once', () => {
  const minutesOf = new Map(
    [...read('questions.md').matchAll(/^## (\d+)\..*?\*(\d+) minutes\.\*$/gms)].map(([, question, minutes]) => [
      Number(question),
      Number(minutes),
    ]),
  );
  assert.deepEqual([...minutesOf.keys()], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const words = ['no', 'one', 'two', 'three', 'four', 'five'];
  const named: number[] = [];
  for (const [row, from, to, list = ''] of read('README.md').matchAll(
    /^\| (\d+)–(\d+) \|[^|]*\| Questions (\d[\d, toand]*) are .*$/gm,
  )) {
    const numbers = list.match(/\d+/g)?.map(Number) ?? [];
    const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
    const asked = list.includes('to') ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : numbers;
    const needed = asked.reduce((sum, question) => sum + (minutesOf.get(question) ?? Number.NaN), 0);
    assert.ok(needed <= Number(to) - Number(from), `${needed} minutes: ${row}`);
    assert.match(row, new RegExp(`handed in ${words[asked.length]} links`));
    named.push(...asked);
  }
  assert.deepEqual(named, [...minutesOf.keys()]);
});

test('each question has a link, a task, a time, and an answer with measured numbers', () => {
  const parts = (file: string): string[] =>
    read(file)
      .split(/^## /m)
      .filter((part) => /^\d/.test(part));
  const title = (part: string): string | undefined => part.split('\n')[0];
  const [questions, answers] = [parts('questions.md'), parts(KEY)];
  assert.equal(questions.length, 12);
  assert.deepEqual(answers.map(title), questions.map(title));
  for (const part of questions) {
    assert.match(part, /`lab\.html#v=1[^`]*` → \*\*/, title(part));
    assert.match(part, /^\*Hand in:\* the link .+ \*\d+ minutes\.\*$/ms, title(part));
  }
  for (const part of answers) assert.match(part, /^\| `lab\.html#.+\|$/m, title(part));
});

test('each number of the key is the engine’s', async () => {
  assert.ok(rows.length > 80);
  const wrong: string[] = [];
  for (const { address, what, measured } of rows) {
    const found = await measure(address, what);
    if (found !== measured) wrong.push(`${address} | ${what}: ${found}, not ${measured}`);
  }
  assert.deepEqual(wrong, []);
});

test('every row of a table is read', () => {
  assert.equal(rows.length, read(KEY).match(/^\| `/gm)?.length);
});

test('numbers in the prose are in the answer key or set by a link', async () => {
  const known = [
    ...rows.map(({ measured }) => measured),
    ...links.map(({ address }) => address.replaceAll(/[=:_&]/g, ' ')),
  ].join(' | ');
  /* a gain of question 10, and the x₁ of a question that the page asks itself */
  const others = ['1.5', '1.3', '0.585'];
  const numbers = FILES.flatMap((file) => {
    const prose =
      read(file)
        .split(/^## What was tested/m)[0]
        ?.replaceAll(/^\| `.*$/gm, '')
        .replaceAll(/`[^`]*`/g, '') ?? '';
    return [...prose.matchAll(/(?<![\d.])\d+\.\d+(·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+| %)?/g)].map(([number]) => ({ file, number }));
  });
  assert.ok(numbers.length > 30);
  const isKnown = (number: string): boolean => known.split(/[ |]+(?!%)/).includes(number);
  assert.deepEqual(
    numbers.filter(({ number }) => !isKnown(number) && !others.includes(number)),
    [],
  );
});

// Statements of the answer key outside of its tables.

test('question 1: the accuracy does not stay above 90 %', async () => {
  assert.ok(Number.parseFloat(await measure('#v=1&at=112', 'right on new sequences')) < 90);
});

test('question 5: between 0 and 1 only x₁ changes the answer', async () => {
  const answer = async (place: number, value: number): Promise<number> =>
    Number(await measure(`#v=1&sample=2&x=${place}:${value}`, 'p(y = 1) after time step 10'));
  for (let place = 2; place <= 10; place++)
    for (const value of [0, 0.25, 0.5, 0.75, 1]) assert.ok((await answer(place, value)) < 0.5, `x${place} = ${value}`);
  for (const value of [0.6, 0.75, 1]) assert.ok((await answer(1, value)) > 0.5, `x1 = ${value}`);
});

test('question 6: only the last input changes the answer of the task “last”', async () => {
  for (let place = 1; place <= 10; place++) {
    const p = Number(await measure(`#v=1&task=last&x=${place}:1`, 'p(y = 1) after time step 10'));
    assert.equal(p > 0.5, place === 10, `x${place}: ${p}`);
  }
});

test('question 8: at step 3 one unit’s largest term is its bias', async () => {
  const largest = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7, 8].map((unit) => measure(`#v=1&t=3&unit=${unit}`, 'largest term')),
  );
  assert.deepEqual(
    largest.flatMap((term, i) => (term.startsWith('b[') ? [i + 1] : [])),
    [2],
  );
});

test('question 10: gains from 1.3 to 2 keep the norm within a factor of two', async () => {
  for (const gain of [1.3, 1.5, 1.7, 2]) {
    const [first, last] = await Promise.all(
      [1, 50].map(async (t) => Number(await measure(`#v=1&steps=50&gain=${gain}&at=0`, `norm of ∂L/∂h at t = ${t}`))),
    );
    assert.ok(
      (first as number) / (last as number) > 0.5 && (first as number) / (last as number) < 2,
      `gain ${gain}: ${first}, ${last}`,
    );
  }
});

test('question 12: of ten seeds the worst LSTM is better than the best SimpleRNN', async () => {
  const what = '10 run seeds: mean absolute error on new data';
  const address = '#v=1&task=adding&n=500&compare=cell&than=2';
  const [simple, lstm] = await Promise.all([measure(address, what), measure(address, `B: ${what}`)]);
  const ends = (range: string): number[] => range.split(' to ').map(Number);
  assert.ok((ends(lstm)[1] as number) < (ends(simple)[0] as number), `${lstm}, ${simple}`);
});
