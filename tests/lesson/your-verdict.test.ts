// Every number in the chapter "Your verdict": measured again at the steps to which its claims lead, so that no chapter and
// no verdict can say different things.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHAPTERS } from '../../web/lesson/index.ts';
import type { State } from '../../web/state/state.ts';
import { read } from '../house/tree.ts';
import { type Chapter, chapter, engine, forecasts, moment, SEEDS, says } from './chapter.ts';
import { accuraciesAt, backwardAt, ends } from './many-seeds.ts';
import { written } from './next-words.ts';

const page = chapter('your-verdict');
const at = (name: string, step: number, set?: string): State => chapter(name).at(step, set);
const percent = (value: number | undefined): string => `${Math.round(100 * (value ?? Number.NaN))} %`;
const degrees = (value: number): string => `${value.toFixed(2)} °C`;
const parametersOf = async (state: State): Promise<number> => (await moment(state)).parameters.length;
const FORMS = [
  ...page.markup.matchAll(/<form data-guess="claim-(\d)" data-right="(\w+)" class="claim">(.*?)<\/form>/gs),
];
const NAMES: Record<string, string> = { true: 'True', half: 'Half true', false: 'False' };

test('whoever skipped the deeper chapters can judge the claims, too', () => {
  const deeper = CHAPTERS.flatMap((name, i) => (chapter(name).markup.includes('<p class="deeper">') ? [i + 1] : []));
  const [from, to] = [deeper[0], deeper.at(-1)];
  says(
    page,
    `Some of them are tested in chapters ${from} to ${to}: if you skipped these, take a guess, and read what we measured.`,
  );
  assert.deepEqual(deeper, [9, 10, 11, 12]);
});

test('nine claims: the judgment is the same in the question, its answer and the table', () => {
  assert.deepEqual(
    FORMS.map(([, number]) => number),
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  );
  for (const [, number, right = '', form = ''] of FORMS) {
    const verdict = NAMES[right];
    assert.ok(form.includes(`<input type="radio" value="${right}"> ${verdict}</label>`), `claim ${number}`);
    assert.ok(form.includes(`<strong>${verdict}.</strong>`), `claim ${number}`);
    assert.deepEqual(
      [...form.matchAll(/data-reply="(\w+)"/g)].map(([, choice]) => choice),
      Object.keys(NAMES).filter((choice) => choice !== right),
      `claim ${number} has a reply to each wrong choice`,
    );
    const row = page.markup.split('\n').find((line) => line.includes(`data-quote="claim-${number}"`)) ?? '';
    assert.ok(row.includes(`<span data-after="claim-${number}">${verdict}</span>`), row);
    assert.ok(row.includes(/<a href="([^"]+)"/.exec(form)?.[1] ?? 'no link'), `claim ${number} leads to another step`);
    /* the table of the notebook's claims says the same */
    const covered = read('docs/notebook-coverage.md').match(new RegExp(`^\\| ${number}\\. .*$`, 'm'))?.[0] ?? '';
    assert.equal(covered.includes('half true'), right === 'half', covered);
  }
});

test('each link names a step that exists, by its chapter', () => {
  const links = [...page.markup.matchAll(/href="\.\/([\w-]+)\.html#v=1&amp;lesson=(\d)">([^<]*)</g)];
  assert.ok(links.length >= 18);
  for (const [, name = '', step, words = ''] of links) {
    const target: Chapter = chapter(name === 'index' ? (CHAPTERS[0] as string) : name);
    assert.ok(target.textOf(Number(step)) !== '', `${name} has no step ${step}`);
    const named = /step (\d)$/.exec(words)?.[1];
    assert.ok(!named || named === step, words);
  }
});

test('claim 1: any length is read, and ten is answered', async () => {
  const [ten, seven] = await accuraciesAt(at('any-length', 2), [10, 7]);
  says(
    page,
    `is right on ${(100 * (ten ?? Number.NaN)).toFixed(1)} % of new sequences of ten numbers, and on ${percent(seven)} of those of seven.`,
  );
});

test('claim 2: what the answer needs is kept, and a week is worth little more than a day', async () => {
  says(page, 'when the question is about the first number, a change of the fifth one hardly changes the answer');
  const answer = async (set?: string): Promise<number> =>
    (await moment(at('remember', 4, set))).trace.prediction.at(-1) ?? Number.NaN;
  assert.ok(Math.abs((await answer()) - (await answer('x=5:0.98'))) < 0.01);
  says(page, 'ten steps later, the answer still depends on the first number.');
  assert.equal(at('remember', 4).steps, 10);
  const dragged = await moment({ ...at('remember', 4), edits: [[1, 0.05]] });
  assert.ok(Math.abs((await answer()) - (dragged.trace.prediction.at(-1) ?? Number.NaN)) > 0.5);
  const week = (await forecasts(at('tomorrows-temperature', 4))).error;
  const day = (await forecasts(at('tomorrows-temperature', 4, 'steps=1&sample=1750'))).error;
  says(
    page,
    `The temperature forecast from a week is only ${degrees(day - week)} better than the one from a single day.`,
  );
});

test('claims 3 and 4: the number of parameters', async () => {
  const sizes = [10, 1000].map((timesteps) => {
    const model = engine.sequential({ units: 32, timesteps });
    const { parameterCount } = model;
    model.dispose();
    return parameterCount.toLocaleString('en-US');
  });
  assert.equal(sizes[0], sizes[1]);
  says(page, `A network with 32 units has ${sizes[0]} parameters for 10 steps and for 1,000.`);
  const [one, two] = [
    await parametersOf(at('inside-one-step', 6)),
    await parametersOf(at('inside-one-step', 6, 'task=adding')),
  ];
  assert.equal(at('inside-one-step', 6).units, 8);
  says(page, `with eight units and one feature there are ${one} parameters, and with two features ${two}.`);
  const [short, long] = [await parametersOf(at('one-cell', 2)), await parametersOf(at('one-cell', 2, 'steps=50&t=50'))];
  assert.equal(at('one-cell', 2).units, 16);
  says(page, `has ${short} parameters for 10 steps and ${long} for 50.`);
  says(page, 'If each step had its own weights, 50 steps would need about five times as many weights as ten.');
  /* V serves the last step only */
  const own = (steps: number): number => steps * (short - 17) + 17;
  assert.equal(Math.round(own(50) / own(10)), 5);
});

test('claim 5: the story needs a memory, and the weather hardly', async () => {
  const [kept, wiped] = [
    await written(at('next-word', 4), 'when the dog'),
    await written(at('next-word', 3), 'when the dog'),
  ];
  assert.deepEqual([kept.wiped, wiped.wiped], [false, true]);
  says(page, `the network is right on ${percent(kept.right)} with its memory and on ${percent(wiped.right)} without.`);
  const { error, baselines } = await forecasts(at('tomorrows-temperature', 2));
  const line = baselines.find(({ name }) => name === 'least_squares')?.rootMeanSquaredError ?? Number.NaN;
  says(
    page,
    `linear regression on the same days, which has no hidden state, is off by ${degrees(line)}, and the network by ${degrees(error)}.`,
  );
});

test('claim 6: most multiplications are by W', () => {
  const [units, steps] = [32, 10];
  /* each step multiplies the number by U; all but the first, whose previous state is zero, the state by W; the last h by V */
  const recurrent = units * units * (steps - 1);
  const grouped = (value: number): string => value.toLocaleString('en-US');
  says(
    page,
    `${grouped(recurrent)} of ${grouped(recurrent + units * steps + units)} multiplications are by W. A dense layer of 32 units needs ${grouped(units * steps + units)} in all.`,
  );
});

const learned = (scores: readonly (number | undefined)[]): number =>
  scores.filter((score) => (score ?? 0) > 0.9).length;

test('claim 7: 0 of 20 runs, or all 20', async () => {
  says(page, 'the network learned it in 0 of 20 runs with a recurrent gain of 0.5, and in all 20 with 1.5.');
  const state = at('vanishing-and-exploding', 3);
  assert.equal(state.steps, 30);
  const seeds = SEEDS(20, 3);
  assert.deepEqual(
    [learned(await ends({ ...state, gain: 0.5 }, seeds)), learned(await ends({ ...state, gain: 1.5 }, seeds))],
    [0, seeds.length],
  );
});

test('claim 8: adding is not learned, and the first number is kept for 1,000 steps', async () => {
  says(page, 'with tanh, no SimpleRNN learned to add the two of 20 numbers that were marked.');
  const adding = at('vanishing-and-exploding', 5, 'task=adding&n=1000&steps=20&rate=0.02&clip=1&cell=gru');
  for (const rate of [0.003, 0.01, 0.02])
    for (const error of await ends({ ...adding, cell: 'simple_rnn', rate }, SEEDS(10, 2)))
      assert.ok((error ?? 1) > 0.1, `${error} at rate ${rate}`);
  /* `make experiments` measures these rows again */
  const measured = read('docs/experiments.md');
  const least = Number(/^\| every-step \| the worst seed \|[^|]*\| ([\d.]+)/m.exec(measured)?.[1]);
  const networks = Number(/^\| every-step \| seeds above 0.9 \|[^|]*\| (\d+)/m.exec(measured)?.[1]);
  says(
    page,
    `${networks} networks were trained to answer at each of ten steps, and all of them still knew the first number after 1,000 steps on at least ${Math.floor(100 * least)} % of sequences.`,
  );
});

test('claim 9: a billionth, and a million times', async () => {
  says(page, 'smaller than a billionth of its size at step 50, with all 100 run seeds.');
  says(page, 'With ReLU and gain 2 it was more than a million times larger in most runs.');
  const growths = async (state: State, seeds: readonly number[]): Promise<number[]> => {
    const found: number[] = [];
    for (const seed of seeds) {
      const { dH } = (await backwardAt({ ...state, seed })).backward?.norms ?? assert.fail();
      found.push((dH[0] as number) / (dH.at(-1) as number));
    }
    return found;
  };
  const half = at('vanishing-and-exploding', 1, 'gain=0.5');
  for (const growth of await growths(half, SEEDS(100, 5))) assert.ok(growth > 0 && growth < 1e-9, `${growth}`);
  /* this chapter's own figure shows the same network */
  assert.deepEqual(await growths(page.at(3), [half.seed]), await growths(half, [half.seed]));
  const relu = await growths(at('vanishing-and-exploding', 2, 'activation=relu&gain=2'), SEEDS(100, 9));
  assert.ok(relu.filter((growth) => growth > 1e6).length > relu.length / 2);
});

test('the puzzle: five numbers are learned, and ten are not', async () => {
  says(page, 'With ten numbers, the accuracy of this network stays near 0.5 on new sequences: it guesses.');
  says(page, 'A GRU learns it for five numbers, with 2,000 sequences and 100 epochs, and is right on more than 90 %.');
  says(page, 'The same GRU fails with ten.');
  const guesses = (score: number | undefined): boolean => Math.abs((score ?? 1) - 0.5) < 0.05;
  assert.ok((await ends(page.at(5), SEEDS(10, 3))).every(guesses));
  const five = page.at(5, 'steps=5&cell=gru&n=2000&epochs=100');
  assert.deepEqual([five.steps, five.cell, five.samples, five.epochs], [5, 'gru', 2000, 100]);
  for (const score of await ends(five, [five.seed, ...SEEDS(4, 1)])) assert.ok((score ?? 0) > 0.9, `${score}`);
  assert.ok((await ends({ ...five, steps: 10 }, [five.seed])).every(guesses));
});
