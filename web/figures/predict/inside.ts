/** Questions about the network as it is: the terms of a sum, gradients, answers before the end, shapes. */

import type { DataNames } from '../../shared/data-names.ts';
import { full, grouped, lowered } from '../../shared/format.ts';
import { gateOf, termName } from '../arithmetic/cell-vocabulary.ts';
import { sourceName } from '../arithmetic/calculation-text.ts';
import type { BackwardFacts, FeatureFacts, ReadoutFacts, TermFacts } from './facts.ts';
import type { Question } from './question.ts';
import { answerText, termText } from './answer-text.ts';
import { plural, translate } from '../../shared/translate.ts';

export function term({ arithmetic: a, proposed }: TermFacts, names: DataNames = {}): Question {
  const { kind, index, product, weight, value } = a.terms;
  const name = (k: number): string => {
    const text = termText(termName(a, kind[k] as (typeof kind)[number], index[k] as number));
    const source = sourceName(a, k, names);
    return source === '' ? text : `${text} (${source})`;
  };
  const size = (k: number): number => Math.abs(product[k] as number);
  const largest = proposed.reduce((best, k) => (size(k) > size(best) ? k : best));
  const h = `h${lowered(a.timestep)}[${a.unit}]`;
  const gate = gateOf(a);
  const [layer, unit, t] = [a.layer + 1, a.unit, a.timestep];
  const sum =
    a.gates > 1
      ? a.layers > 1
        ? translate(`In layer ${layer}, the ${gate?.name} of unit ${unit} at time step ${t} is the sigmoid of a sum.`)
        : translate(`The ${gate?.name} of unit ${unit} at time step ${t} is the sigmoid of a sum.`)
      : a.layers > 1
        ? translate(`In layer ${layer}, ${h} is the ${gate?.activation} of a sum.`)
        : translate(`${h} is the ${gate?.activation} of a sum.`);
  const isBias = (k: number): boolean => (kind[k] as string).endsWith('bias');
  return {
    name: 'term',
    text: `${sum} ${translate('Which of its terms is the largest, whatever its sign?')}`,
    choices: proposed.map((k) => ({ name: String(k), words: name(k) })),
    answer: String(largest),
    numbers: [...proposed]
      .sort((p, q) => size(q) - size(p))
      .map(
        (k) =>
          `${name(k)} = ${isBias(k) ? '' : `${full(weight[k] as number)} · ${full(value[k] as number)} = `}${full(product[k] as number)}`,
      ),
    why: whyTerm(kind[largest] as string, kind.length),
    shown: { t: a.timestep, unit: a.unit, gate: 0 },
  };
}

function whyTerm(kind: string, terms: number): string {
  const why =
    kind === 'input'
      ? translate('What comes in counts for more here than what any one unit remembers.')
      : kind === 'state'
        ? translate('What one unit remembers counts for more here than what comes in.')
        : translate(
            'The bias, which is the same at every time step, counts for more here than what comes in or is remembered.',
          );
  return `${plural(terms, { other: translate(`None of the ${terms} terms of this sum is larger.`) })} ${why}`;
}

export function gradient(facts: BackwardFacts): Question {
  const { timesteps: last, norms, rate } = facts;
  const norm = (t: number): string => `‖∂L/∂h${lowered(t)}‖`;
  const [early, late] = [norms.dH[0] as number, norms.dH[last - 1] as number];
  return {
    name: 'gradient',
    text: [
      facts.layers > 1
        ? translate(`In layer ${facts.layer} the gradient of this sequence’s loss goes back through time.`)
        : translate('The gradient of this sequence’s loss goes back through time.'),
      translate(`Where is it larger: at the first time step, ${norm(1)}, or at the last, ${norm(last)}?`),
    ].join(' '),
    choices: [
      { name: 'first', words: translate(`At the first: ${norm(1)} is larger`) },
      { name: 'last', words: translate(`At the last: ${norm(last)} is larger`) },
      {
        name: 'equal',
        words: translate('They are equal: it is one network'),
        reply: translate('The weights are the same at every time step; the gradients of the states are not.'),
      },
    ],
    answer: early > late ? 'first' : early < late ? 'last' : 'equal',
    numbers: [
      `${norm(1)} = ${full(early)}`,
      `${norm(last)} = ${full(late)}`,
      ...(Number.isNaN(rate) ? [] : [translate(`one step back multiplies it by ${full(rate)} (the geometric mean)`)]),
    ],
    why: whyGradient(facts, early, late),
    shown: {},
  };
}

function whyGradient({ cell, activation, everyStep }: BackwardFacts, early: number, late: number): string {
  if (early === late) return translate('The gradient did not change as it went back.');
  const simple = cell === 'simple_rnn';
  const why =
    early < late
      ? simple
        ? translate(
            `Each step back multiplies the gradient by W and by the slope of ${activation}, and here they make it smaller.`,
          )
        : translate(
            'Each step back multiplies the gradient by the gates, by W and by their slopes, and here they make it smaller.',
          )
      : simple
        ? translate(
            `Each step back multiplies the gradient by W and by the slope of ${activation}, and here they make it larger.`,
          )
        : translate(
            'Each step back multiplies the gradient by the gates, by W and by their slopes, and here they make it larger.',
          );
  return [
    why,
    early < late
      ? translate('This does not mean that the state is forgotten. It means that early steps teach the weights less.')
      : '',
    everyStep ? translate('Every time step has a target here, so each also adds a part of its own.') : '',
  ]
    .filter(Boolean)
    .join(' ');
}

export function empty(facts: BackwardFacts): Question {
  const { timesteps: last, norms } = facts;
  const zeros = [...norms.term].flatMap((norm, i) => (norm === 0 ? [i + 1] : []));
  const term = (t: number): string =>
    translate(`the term of time step ${t}: norm ${full(norms.term[t - 1] as number)}`);
  const only = zeros.length === 1 ? zeros[0] : undefined;
  return {
    name: 'empty',
    text: [
      facts.layers > 1
        ? translate(
            `In layer ${facts.layer}, ∂L/∂W is a sum of one term for each time step: what that step says about W.`,
          )
        : translate('∂L/∂W is a sum of one term for each time step: what that step says about W.'),
      translate('Which time step says nothing?'),
    ].join(' '),
    choices: [
      { name: 'first', words: translate('The first') },
      { name: 'last', words: translate('The last') },
      {
        name: 'none',
        words: translate('None: W is used at every time step'),
        reply: translate('W is used at the first time step, too, but there it is multiplied by h₀ = 0.'),
      },
      { name: 'several', words: translate('Several of them') },
    ],
    answer: zeros.length > 1 ? 'several' : only === 1 ? 'first' : only === last ? 'last' : 'none',
    numbers: [
      term(1),
      ...(last > 2 ? [term(2)] : []),
      term(last),
      translate(`∂L/∂W: norm ${full(norms.sum[0] as number)}`),
      ...(zeros.length > 1
        ? [plural(zeros.length, { other: translate(`${zeros.length} of the ${last} terms are 0`) })]
        : []),
    ],
    why: [
      translate('At the first time step W is multiplied by h₀ = 0, so nothing changes, whatever W is.'),
      zeros.length > 1
        ? translate(
            'The other terms are 0 because the gradient or the previous state is 0 there, or too small for a 32-bit number.',
          )
        : '',
    ]
      .filter(Boolean)
      .join(' '),
    shown: {},
  };
}

export function readout(facts: ReadoutFacts, names: DataNames = {}): Question {
  const { kind, timestep, timesteps, readouts, class: of, there, last } = facts;
  const every = readouts > 1;
  return {
    name: 'readout',
    text: translate(
      `The network can be asked after every time step. Was its answer after time step ${timestep} trained?`,
    ),
    choices: [
      {
        name: 'yes',
        words: translate('Yes: each answer was compared with a target'),
        reply: translate('There is one target for the whole sequence, and only the last answer is compared with it.'),
      },
      {
        name: 'no',
        words: translate('No: only the answer after the last time step was'),
        reply: translate('This task has a target at every time step, so every answer is a part of the loss.'),
      },
    ],
    answer: every ? 'yes' : 'no',
    numbers: [
      translate(`after time step ${timestep}: ${answerText(kind, { answer: there, class: of }, names)}`),
      translate(`after time step ${timesteps}: ${answerText(kind, { answer: last, class: of }, names)}`),
      plural(readouts, { other: translate(`the loss includes ${readouts} of ${timesteps} answers`) }),
    ],
    why: every
      ? translate('The loss is the mean over all time steps, so a gradient goes back from each answer.')
      : translate(
          `The loss sees the answer after time step ${timesteps} alone, so no gradient ever trained V to read h${lowered(timestep)}. V reads it all the same, and whether the answer is right is a matter of chance.`,
        ),
    shown: { t: timestep, ...(every ? {} : { readouts: true }) },
  };
}

const MATRICES = ['U', 'W', 'V'] as const;

export function feature({ features, now, more }: FeatureFacts): Question {
  const grown = MATRICES.filter((_, k) => (more[k]?.count ?? 0) > (now[k]?.count ?? 0));
  const shape = (tensor: { shape: readonly number[] } | undefined): string => `(${tensor?.shape.join(', ')})`;
  return {
    name: 'feature',
    text: plural(features, {
      one: translate(
        `At each time step one number comes in. If ${features + 1} came in together, which matrix would grow?`,
      ),
      other: translate(
        `At each time step ${features} numbers come in. If ${features + 1} came in together, which matrix would grow?`,
      ),
    }),
    choices: [
      { name: 'U', words: translate('U, from the input to the state') },
      {
        name: 'W',
        words: translate('W, from the state to the state'),
        reply: translate('W leads from units to units, and there are as many as before.'),
      },
      {
        name: 'V',
        words: translate('V, from the state to the answer'),
        reply: translate('V reads units, and there are as many as before.'),
      },
      {
        name: 'none',
        words: translate('None: the numbers come in one after another'),
        reply: translate('That would be a longer sequence. Features come in together, at one time step.'),
      },
    ],
    answer: grown.length === 1 ? (grown[0] as string) : 'none',
    numbers: MATRICES.map((name, k) =>
      translate(
        `${name}: ${shape(now[k])} → ${shape(more[k])}, ${grouped(now[k]?.count ?? Number.NaN)} → ${grouped(more[k]?.count ?? Number.NaN)} weights`,
      ),
    ),
    why: translate(
      'Each number that comes in needs its own weights into the units, and U holds them. The shapes of W and V depend on the units only. Shapes are written as in Keras: each row holds the weights from one number.',
    ),
    shown: {},
  };
}
