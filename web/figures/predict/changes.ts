/** Questions about a change: of one input, of the loop, of the sequence's length, of the number of epochs. */

import { className, type DataNames } from '../../shared/data-names.ts';
import { full, grouped } from '../../shared/format.ts';
import type { InputFacts, LengthFacts, LoopFacts, LuckFacts } from './facts.ts';
import type { Question } from './question.ts';
import {
  answerDigits,
  answerName,
  answerValue,
  brief,
  inputBegins,
  inputName,
  inputValue,
  percent,
  answerText,
} from './answer-text.ts';
import { plural, translate } from '../../shared/translate.ts';

/** A change of less than this share of the range of answers counts as hardly any movement. */
const HARDLY = 0.05;

export function input(facts: InputFacts, names: DataNames = {}): Question {
  const { kind, timesteps, timestep, feature, features, was, value, span, before } = facts;
  const x = inputName(timestep, feature, features, names);
  const begins = inputBegins(timestep, feature, features, names);
  const [now, then] = [inputValue(names, feature, was, brief), inputValue(names, feature, value, full)];
  /* With several classes, the question is about the class that was answered. */
  const name = answerName(kind, before.class, names);
  const [from, to] = [before.answer, facts.after].map((answer) => answerValue(kind, answer, before.class)) as [
    number,
    number,
  ];
  const moved = to - from;
  const answer = Math.abs(moved) < HARDLY * span ? 'hardly' : moved > 0 ? 'rise' : 'fall';
  return {
    name: 'input',
    text:
      kind === 'class'
        ? translate(
            `${begins} is ${now}. If it were ${then}, would ${name}, the probability of the answer after time step ${timesteps}, rise, fall, or hardly move?`,
          )
        : translate(
            `${begins} is ${now}. If it were ${then}, would ${name} after time step ${timesteps} rise, fall, or hardly move?`,
          ),
    choices: [
      { name: 'rise', words: translate('It would rise') },
      { name: 'fall', words: translate('It would fall') },
      {
        name: 'hardly',
        words:
          kind === 'value'
            ? translate('It would hardly move (by less than a twentieth of the range of all targets)')
            : translate('It would hardly move (by less than 0.05)'),
      },
    ],
    answer,
    numbers: [
      translate(`${name} = ${answerDigits(kind, from, names)} with ${x} = ${inputValue(names, feature, was, full)}`),
      translate(`${name} = ${answerDigits(kind, to, names)} with ${x} = ${then}`),
    ],
    why: whyInput(facts, answer === 'hardly', names),
    shown: { edits: [[(timestep - 1) * features + feature, value]], t: timesteps },
  };
}

function whyInput({ timestep, timesteps, feature, features }: InputFacts, hardly: boolean, names: DataNames): string {
  const x = inputName(timestep, feature, features, names);
  const begins = inputBegins(timestep, feature, features, names);
  if (hardly)
    return translate(
      `Either the change of the state by ${x} fades before the last time step, or V does not read it, or the network is so sure of its answer that little can change it.`,
    );
  if (timestep === timesteps)
    return translate(
      `${begins} comes in at the final time step: U takes it into the state, and V reads that state at once.`,
    );
  return translate(
    `U takes ${x} into the state once. From there each state passes it on to the next one, and V reads the final state.`,
  );
}

export function loop(facts: LoopFacts, names: DataNames = {}): Question {
  const { kind, before, after: cut, graded, timesteps, cell, target } = facts;
  const common = { name: 'loop', why: whyLoop(cell, timesteps), shown: { cut: 'loop' } } as const;
  if (graded) {
    return {
      ...common,
      text: translate(
        `The loss of this sequence is ${brief(before.loss)}. If you cut the loop (W = 0 at every time step), does it grow, shrink, or stay as it is?`,
      ),
      choices: [
        { name: 'grow', words: translate('It grows') },
        { name: 'shrink', words: translate('It shrinks') },
        { name: 'same', words: translate('It stays as it is, to the last digit') },
      ],
      answer: cut.loss > before.loss ? 'grow' : cut.loss < before.loss ? 'shrink' : 'same',
      numbers: [translate(`L = ${full(before.loss)} with the loop`), translate(`L = ${full(cut.loss)} without it`)],
    };
  }
  return {
    ...common,
    text: before.right
      ? translate(
          'The network answers this sequence correctly. If you cut the loop (W = 0 at every time step), does its answer stay right?',
        )
      : translate(
          'The network answers this sequence wrongly. If you cut the loop (W = 0 at every time step), does its answer become right?',
        ),
    choices: [
      { name: 'right', words: before.right ? translate('Yes, it stays right') : translate('Yes, it becomes right') },
      { name: 'wrong', words: before.right ? translate('No, it becomes wrong') : translate('No, it stays wrong') },
    ],
    answer: cut.right ? 'right' : 'wrong',
    numbers: [
      translate(`${answerText(kind, before, names)} with the loop`),
      translate(`${answerText(kind, cut, names)} without it`),
      kind === 'class' ? classAnswer(names, target) : translate(`the target is y = ${target}`),
    ],
    why:
      cut.right && timesteps > 1 && cell === 'simple_rnn'
        ? `${common.why} ${translate('The answer is right all the same, because a guess can be right.')}`
        : common.why,
  };
}

const classAnswer = (names: DataNames, target: number): string =>
  names.tokens ? translate(`the right word is ${className(names, target)}`) : translate(`the right class is ${target}`);

function whyLoop(cell: string, timesteps: number): string {
  if (timesteps === 1) return translate('There is only one time step, and W multiplies nothing but h₀ = 0 there.');
  if (cell === 'lstm')
    return translate(
      'With W = 0 no gate receives the previous h, but the cell state is still carried on by f ⊙ c: W is not all of an LSTM’s memory.',
    );
  if (cell === 'gru')
    return translate(
      'With W = 0 no gate receives the previous h, but h is still carried on by u ⊙ h: W is not all of a GRU’s memory.',
    );
  return translate(
    'With W = 0 no state depends on the previous one. V reads only the final state, and that depends on the final input alone.',
  );
}

export function length({ timesteps, longer, parameters, longerParameters, shows }: LengthFacts): Question {
  const count = (value: number): string => grouped(value);
  return {
    name: 'length',
    text: plural(timesteps, {
      one: translate(
        `The network was trained on sequences of ${timesteps} time step and has ${count(parameters)} parameters. How many does it need to read ${longer}?`,
      ),
      other: translate(
        `The network was trained on sequences of ${timesteps} time steps and has ${count(parameters)} parameters. How many does it need to read ${longer}?`,
      ),
    }),
    choices: [
      { name: 'same', words: translate(`As many: ${count(parameters)}`) },
      {
        name: 'more',
        words: translate('Some more: only W has to grow'),
        reply: translate('The shape of W is (units, units), whatever the number of time steps.'),
      },
      {
        name: 'double',
        words: translate('Twice as many: each time step has its own weights'),
        reply: translate(
          'The unrolled figure has a column for each time step, but all columns are the same one cell, drawn again.',
        ),
      },
    ],
    answer: longerParameters === parameters ? 'same' : longerParameters === 2 * parameters ? 'double' : 'more',
    numbers: [
      plural(parameters, { other: translate(`${count(parameters)} parameters to read ${timesteps}`) }),
      plural(longerParameters, { other: translate(`${count(longerParameters)} parameters to read ${longer}`) }),
    ],
    why: translate('All time steps share U, W, V and the biases: a longer sequence uses the same weights more often.'),
    shown: shows ? { length: longer } : {},
  };
}

export function luck({ epochs, more, training, fresh, count, band }: LuckFacts): Question {
  return {
    name: 'luck',
    text: plural(more, {
      other: translate(
        `The labels of this task are coin tosses. If the network were trained for ${grouped(more)} epochs instead of ${grouped(epochs)}, on how many of ${grouped(count)} new sequences would it be right?`,
      ),
    }),
    choices: [
      { name: 'more', words: translate(`On more than ${percent(band.high)} of them`) },
      {
        name: 'half',
        words: translate(
          `On about half: ${percent(band.low)} to ${percent(band.high)}, where coin tosses land 95 times in 100`,
        ),
      },
      { name: 'fewer', words: translate(`On fewer than ${percent(band.low)}`) },
    ],
    answer: fresh > band.high ? 'more' : fresh < band.low ? 'fewer' : 'half',
    numbers: [
      plural(more, {
        other: translate(`right on ${percent(training)} of the training sequences after ${grouped(more)} epochs`),
      }),
      plural(count, { other: translate(`right on ${percent(fresh)} of ${grouped(count)} new sequences`) }),
    ],
    why:
      fresh > band.high || fresh < band.low
        ? translate(
            'There is nothing to learn. About one in twenty such runs is outside this range by luck, and this is one of them.',
          )
        : translate(
            'The network can only learn the training sequences by heart. That does not help with new ones, because their labels are new coin tosses.',
          ),
    shown: {},
  };
}
