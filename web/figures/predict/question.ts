/** What a question is, which there are, and which come into question here. */

import type { Cell } from '../../../wasm/js/types.ts';
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

export interface Choice {
  name: string;
  words: string;
  /** What is to be said to someone who took it, where it is not the answer. */
  reply?: string;
}

/**
 * What the figures are set to when the answer is shown. The first four are what-if changes; names are those of the
 * page's state.
 */
export interface Shown {
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
  /** The name of the right choice, decided by the engine's numbers. */
  answer: string;
  /** Those numbers, each in a line. */
  numbers: readonly string[];
  why: string;
  shown: Shown;
}

/** What a run's settings say of a question, before the engine is asked. */
export interface Setting {
  task: string;
  samples: number;
  steps: number;
  cell: Cell;
  layers: number;
  units: number;
  epochs: number;
}

const MOST_EPOCHS = 1000;
/** Multiplications and additions of a run that is trained for an answer: about a second. */
const MOST_WORK = 4e9;

/** So many epochs are ten times these, or as many as there can be; 0: too many for an answer. */
export function moreEpochs({ samples, steps, cell, layers, units, epochs }: Setting): number {
  const more = Math.min(10 * epochs, MOST_EPOCHS);
  const work = 6 * more * samples * steps * layers * GATES[cell] * units * (units + 1);
  return more > epochs && work <= MOST_WORK ? more : 0;
}

/** Why a question is not asked here; '': it is. */
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

/** The one after it that is asked here; the first is asked of whoever was asked none. */
export function nextQuestion(now: QuestionName | 'none', setting: Setting): QuestionName {
  const from = now === 'none' ? -1 : QUESTIONS.indexOf(now);
  const order = QUESTIONS.map((_, i) => QUESTIONS[(from + 1 + i) % QUESTIONS.length] as QuestionName);
  return order.find((name) => objection(name, setting) === '') as QuestionName;
}

/** One of `count`, the same for the same sequence, seed and purpose: bits are mixed as in Murmur3 (Appleby, 2011). */
export function pick(count: number, { sample, seed }: { sample: number; seed: number }, purpose: number): number {
  let word = (seed ^ Math.imul(sample + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b)) >>> 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return ((word ^ (word >>> 16)) >>> 0) % count;
}
