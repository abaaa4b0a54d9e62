/** The type of a question, the list of all questions, and which of them can be asked with the present settings. */

import { GATES } from '../../shared/core-facts.ts';
import { translate } from '../../shared/translate.ts';
export const QUESTIONS = [
  'input',
  'loop',
  'length',
  'term',
  'gradient',
  'empty',
  'readout',
  'feature',
  'luck',
] as const;
export type QuestionName = (typeof QUESTIONS)[number];

interface Choice {
  name: string;
  words: string;
  /** The reply to a reader who chose this wrong answer. */
  reply?: string;
}

/**
 * The changes in the figures when the answer is shown. The first three are what-if changes. The keys are those of the
 * page's state.
 */
export interface FigureChanges {
  edits?: readonly (readonly [place: number, value: number])[];
  cut?: 'loop';
  length?: number;
  t?: number;
  unit?: number;
  gate?: number;
  readouts?: boolean;
}

export interface Question {
  name: QuestionName;
  text: string;
  choices: readonly Choice[];
  /** The name of the correct choice, which follows from the engine's numbers. */
  answer: string;
  /** The numbers that decide the question, one per line. */
  numbers: readonly string[];
  why: string;
  shown: FigureChanges;
}

/** The settings of a run that decide whether a question can be asked. */
export interface Setting {
  task: string;
  samples: number;
  steps: number;
  cell: keyof typeof GATES;
  layers: number;
  units: number;
  epochs: number;
}

const MOST_EPOCHS = 1000;
/** The most multiply-adds of a run that is trained for an answer: about a second. */
const MOST_WORK = 4e9;

/** Ten times the number of epochs, or the maximum; 0 if that would take too long. */
export function moreEpochs({ samples, steps, cell, layers, units, epochs }: Setting): number {
  const more = Math.min(10 * epochs, MOST_EPOCHS);
  const work = 6 * more * samples * steps * layers * GATES[cell] * units * (units + 1);
  return more > epochs && work <= MOST_WORK ? more : 0;
}

/** The reason why a question cannot be asked, or ''. */
export function objection(name: QuestionName, setting: Setting): string {
  if (name === 'luck' && setting.task !== 'random')
    return translate(
      'This question is about the task “random”, whose labels are coin tosses. Choose that task to be asked.',
    );
  if (name === 'luck' && moreEpochs(setting) === 0)
    return translate(
      'Ten times these epochs would take too long for an answer: choose fewer epochs, sequences or units to be asked.',
    );
  if (['gradient', 'empty', 'readout'].includes(name) && setting.steps < 2)
    return translate('This question needs more than one time step.');
  return '';
}

/** The next question that can be asked. After 'none' it is the first one. */
export function nextQuestion(now: QuestionName | 'none', setting: Setting): QuestionName {
  const from = now === 'none' ? -1 : QUESTIONS.indexOf(now);
  const order = QUESTIONS.map((_, i) => QUESTIONS[(from + 1 + i) % QUESTIONS.length] as QuestionName);
  return order.find((name) => objection(name, setting) === '') as QuestionName;
}

/**
 * A number from 0 to count − 1 that depends only on the sequence, the seed and the purpose. The bits are mixed as in
 * Murmur3 (Appleby, 2011).
 */
export function pick(count: number, { sample, seed }: { sample: number; seed: number }, purpose: number): number {
  let word = (seed ^ Math.imul(sample + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b)) >>> 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return ((word ^ (word >>> 16)) >>> 0) % count;
}
