/**
 * The lesson's symbols with their names, one sentence that explains each, their shapes in this network, and Keras's
 * names. The letters are those of docs/equations.md.
 */

import { plural, translate } from '../shared/translate.ts';
import { GLOSSARY, type GlossaryName } from './lesson-words.ts';

/** The sizes of one layer. */
export interface Sizes {
  units: number;
  /** The inputs of the layer at a time step: features, or the units of the layer below. */
  inputs: number;
  /** 1 SimpleRNN, 3 GRU, 4 LSTM. */
  gates: number;
  timesteps: number;
  /** K, the number of outputs. */
  outputs?: number;
  /** From 1, the lowest layer; default 1. */
  layer?: number;
  /** The part of the symbol's value: h[1] is an element, W[1] a row. Missing for the whole. */
  part?: Part;
}

export type Part = 'element' | 'row';

export interface Meaning {
  name: string;
  /** One sentence. */
  text: string;
  /** '' if it has no shape. */
  shape: string;
  /** For an element or a row: the shape of the whole; otherwise ''. */
  whole: string;
  /** Keras's name, or '' if it has none. */
  keras: string;
}

const shaped = (...extents: number[]): string => `(${extents.join(', ')})`;
const by = (rows: number, columns: number): string => `${rows} × ${columns}`;
const count = (n: number): string => plural(n, { one: translate(`${n} number`), other: translate(`${n} numbers`) });
const SAME = translate('the same at every time step');

/** "8 × 8" for a SimpleRNN, otherwise "8 × 8 for each of 3 gates". */
const each = (shape: string, { gates }: Sizes): string =>
  gates > 1 ? plural(gates, { other: translate(`${shape} for each of the ${gates} sums`) }) : shape;
const perUnit = ({ units }: Sizes): string => translate(`${count(units)}, one for each unit`);
const perStep = (s: Sizes): string => translate(`${perUnit(s)}, new at every time step`);
const gate = (name: string, text: string, keras: string) => (s: Sizes) => ({ name, text, shape: perStep(s), keras });

type Word = (s: Sizes) => Omit<Meaning, 'whole'>;

const WORDS = {
  t: (s) => ({
    name: translate('Time step'),
    text: translate('Which place of the sequence is read; it counts from 1.'),
    shape: translate(`a whole number, 1 to ${s.timesteps}`),
    keras: translate('the second axis of (batch, timesteps, features)'),
  }),
  T: (s) => ({
    name: translate('Length'),
    text: translate('How many time steps the sequence has.'),
    shape: `${s.timesteps}`,
    keras: 'timesteps',
  }),
  x: (s) => ({
    name: translate('Input'),
    text:
      (s.layer ?? 1) > 1
        ? translate('What this layer reads at time step t: the state of the layer below.')
        : translate('What the network reads at time step t.'),
    shape: translate(`${count(s.inputs)} at each time step`),
    keras: translate('one row of a sequence, x[sample, t]'),
  }),
  h: (s) => ({
    name: translate('State'),
    text: translate('What the units hold after time step t: the network’s memory, which the next time step reads.'),
    shape: perStep(s),
    keras: translate('the layer’s output; return_sequences=True gives it at every time step'),
  }),
  h0: (s) => ({
    name: translate('First state'),
    text: translate('The state before anything was read: all zeros.'),
    shape: perUnit(s),
    keras: 'initial_state',
  }),
  c: (s) => ({
    name: translate('Cell state'),
    text: translate('The second memory of an LSTM, which is only multiplied and added to on its way through time.'),
    shape: perStep(s),
    keras: translate('the second state that return_state=True gives'),
  }),
  U: (s) => ({
    name: translate('Input weights'),
    text: translate('How much each unit takes of each number of the input.'),
    shape: `${each(by(s.units, s.inputs), s)}, ${SAME}`,
    keras: translate(`kernel, ${shaped(s.inputs, s.gates * s.units)}: rows and columns swapped`),
  }),
  W: (s) => ({
    name: translate('Recurrent weights'),
    text: translate('How much each unit takes of what every unit held after the previous time step.'),
    shape: `${each(by(s.units, s.units), s)}, ${SAME}`,
    keras: translate(`recurrent_kernel, ${shaped(s.units, s.gates * s.units)}: rows and columns swapped`),
  }),
  b: (s) => ({
    name: translate('Bias'),
    text: translate('What a unit adds by itself, whatever is read.'),
    shape: `${each(perUnit(s), s)}, ${SAME}`,
    keras: `bias, ${s.gates === 3 ? shaped(2, 3 * s.units) : shaped(s.gates * s.units)}`,
  }),
  recurrentBias: (s) => ({
    name: translate('Recurrent bias'),
    text: translate('The second bias of a GRU, added to what comes from the state.'),
    shape: `${each(perUnit(s), s)}, ${SAME}`,
    keras: translate('the second row of bias (reset_after=True)'),
  }),
  V: (s) => ({
    name: translate('Output weights'),
    text: translate('How much the answer takes of each unit’s state.'),
    shape: by(s.outputs ?? 1, s.units),
    keras: translate(`kernel of Dense, ${shaped(s.units, s.outputs ?? 1)}`),
  }),
  z: (s) => ({
    name: translate('Pre-activation'),
    text: translate('The sum of all that reaches a unit, before the activation is applied to it.'),
    shape: translate(`${each(perUnit(s), s)}, new at every time step`),
    keras: '',
  }),
  q: (s) => ({
    name: translate('Recurrent sum'),
    text: translate('What the old state would bring to a GRU’s candidate, before the reset gate.'),
    shape: perStep(s),
    keras: '',
  }),
  activation: () => ({
    name: translate('Activation'),
    text: translate(
      'What is applied to the sum: tanh squashes it to between −1 and 1, relu cuts off what is negative.',
    ),
    shape: translate('number by number'),
    keras: 'activation',
  }),
  sigmoid: () => ({
    name: translate('Sigmoid'),
    text: translate('Squashes the sum to between 0 and 1, so that it can serve as a share.'),
    shape: translate('number by number'),
    keras: 'recurrent_activation',
  }),
  p: (s) => ({
    name: translate('Answer'),
    text: translate('The probability that the network gives to a class; p(y = 1) is that of class 1.'),
    shape: count(s.outputs ?? 1),
    keras: translate('what model.predict gives'),
  }),
  yHat: (s) => ({
    name: translate('Answer'),
    text: translate('The value that the network answers.'),
    shape: count(s.outputs ?? 1),
    keras: translate('y_pred, what model.predict gives'),
  }),
  y: () => ({
    name: translate('Target'),
    text: translate('What the answer should have been.'),
    shape: translate('one number'),
    keras: translate('y_true, the label'),
  }),
  L: () => ({
    name: translate('Loss'),
    text: translate('How wrong the answer is; training makes it smaller.'),
    shape: translate('one number'),
    keras: 'loss',
  }),
  updateGate: gate(
    translate('Update gate'),
    translate('How much of its old state a unit keeps.'),
    translate('z, the first block of each kernel'),
  ),
  resetGate: gate(
    translate('Reset gate'),
    translate('How much of the old state the candidate receives.'),
    translate('r, the second block of each kernel'),
  ),
  candidate: gate(
    translate('Candidate'),
    translate('What the unit’s state would become.'),
    translate('hh, the third block of each kernel'),
  ),
  inputGate: gate(
    translate('Input gate'),
    translate('How much of the candidate is written into the cell state.'),
    translate('i, the first block of each kernel'),
  ),
  forgetGate: gate(
    translate('Forget gate'),
    translate('How much of the old cell state is kept.'),
    translate('f, the second block of each kernel'),
  ),
  cellCandidate: gate(
    translate('Candidate'),
    translate('What might be written into the cell state.'),
    translate('c, the third block of each kernel'),
  ),
  outputGate: gate(
    translate('Output gate'),
    translate('How much of the cell state is shown as h.'),
    translate('o, the fourth block of each kernel'),
  ),
  times: () => ({
    name: translate('Number by number'),
    text: translate('Each number on the left is multiplied by the number at the same place on the right.'),
    shape: '',
    keras: '*',
  }),
  dh: (s) => ({
    name: translate('Gradient of the state'),
    text: translate(
      'How much the loss would change with each unit of the state at time step t, through all that comes after it.',
    ),
    shape: perStep(s),
    keras: '',
  }),
  dc: (s) => ({
    name: translate('Gradient of the cell state'),
    text: translate('The same for the cell state of an LSTM, through h at t and c at t + 1.'),
    shape: perStep(s),
    keras: '',
  }),
  delta: (s) => ({
    name: translate('Delta'),
    text: translate('The gradient before the activation, ∂L/∂z at time step t.'),
    shape: translate(`${each(perUnit(s), s)}, new at every time step`),
    keras: '',
  }),
  term: (s) => ({
    name: translate('Term of the gradient'),
    text: translate(
      'What time step t adds to ∂L/∂W, with a row for each number of δ and a column for each unit of the previous state.',
    ),
    shape: each(by(s.units, s.units), s),
    keras: '',
  }),
  dW: (s) => ({
    name: translate('Gradient of W'),
    text: translate('The terms of all time steps added up: W is the same at every step, so it has one gradient.'),
    shape: each(by(s.units, s.units), s),
    keras: translate('what GradientTape gives for recurrent_kernel'),
  }),
  norm: () => ({
    name: translate('Norm'),
    text: translate('The length of a vector, or of a matrix: the root of the sum of all squares.'),
    shape: translate('one number'),
    keras: 'tf.norm',
  }),
  dw: () => ({
    name: translate('Gradient of one weight'),
    text: translate('How much the loss would change with this one weight.'),
    shape: translate('one number'),
    keras: translate('one number of what GradientTape gives'),
  }),
  step: () => ({
    name: translate('Step of the finite difference'),
    text: translate('How far the weight is moved to both sides to see what the loss does.'),
    shape: translate('one number'),
    keras: '',
  }),
  // Settings have Keras's names.
  initializer: () => ({
    name: translate('Recurrent initializer'),
    text: translate('How the initial W is drawn, before anything is learned.'),
    shape: '',
    keras: 'recurrent_initializer',
  }),
  gain: () => ({
    name: translate('Recurrent gain'),
    text: translate(
      'A factor on the initial W: above 1, states and gradients tend to grow through time, and below 1 they fade.',
    ),
    shape: '',
    keras: translate('the gain of initializers.Orthogonal'),
  }),
  clip: () => ({
    name: translate('Gradient clipping'),
    text: translate(
      'If the norm of the gradient over all weights is larger than this, the gradient is shortened to it; 0 means never.',
    ),
    shape: '',
    keras: translate('global_clipnorm of the optimizer'),
  }),
} satisfies Record<string, Word>;

/** These have the same Keras name in any network. */
const SETTINGS = { initializer: true, gain: true, clip: true };

export type TermName = keyof typeof WORDS | GlossaryName;
/** The symbols, without the words of the glossary. */
export const TERMS = Object.keys(WORDS) as (keyof typeof WORDS)[];

/** Without `sizes` there are no shapes. */
export function meaningOf(term: TermName, sizes?: Sizes): Meaning | undefined {
  const word = sizes ? undefined : GLOSSARY[term as GlossaryName];
  if (word) return { ...word, shape: '', whole: '' };
  const meaning: ReturnType<Word> | undefined = WORDS[term as keyof typeof WORDS]?.(
    sizes ?? { units: 1, inputs: 1, gates: 1, timesteps: 1 },
  );
  if (!meaning) return undefined;
  if (!sizes) return { ...meaning, shape: '', whole: '', keras: term in SETTINGS ? meaning.keras : '' };
  const { part } = sizes;
  return part ? { ...meaning, shape: partShape(term, sizes, part), whole: meaning.shape } : { ...meaning, whole: '' };
}

/** A row of U has one number per input; a row of any other matrix has one per unit. */
const partShape = (term: TermName, { inputs, units }: Sizes, part: Part): string =>
  part === 'element' ? translate('one number') : count(term === 'U' ? inputs : units);
