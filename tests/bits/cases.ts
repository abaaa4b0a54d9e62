/** The fixed runs, their arguments for the command, and the expected bits. */

import { readFileSync } from 'node:fs';
import { type Case, lengthOf, type TextCase } from './run.ts';

export type { Case } from './run.ts';

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;

export const cases: readonly Case[] = read('cases.json');

/**
 * SHA-256 of all parameters after a run, as little-endian floats in the order of the tensors, and of what was generated
 * then; by the name of the run.
 */
export const expected: Readonly<Record<string, string>> = read('../golden/bits.json');

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function options(values: Readonly<Record<string, number | string | boolean>>): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === true ? [`--${kebab(name)}`] : [`--${kebab(name)}`, String(value)],
  );
}

/** The command's arguments for what follows the training on a text. */
export const generateArguments = ({ prompt, generate }: TextCase, weights: string): string[] => [
  'generate',
  '--prompt',
  prompt,
  ...options({ ...generate, weights }),
];

/** The text of a data set whose sequences end early, from that of one whose sequences do not. */
export function endEarly(text: string, timesteps: number): string {
  const [header = '', ...rows] = text.trimEnd().split('\n');
  const width = header.split(',').length;
  const readouts = header.startsWith('y,') ? 1 : timesteps;
  const features = (width - readouts) / timesteps;
  const cut = (row: string, i: number): string => {
    const steps = lengthOf(i, timesteps);
    const valid = (at: number) => (at < readouts ? readouts === 1 || at < steps : at - readouts < steps * features);
    return row
      .split(',')
      .map((field, at) => (valid(at) ? field : ''))
      .join();
  };
  return `${[header, ...rows.map(cut)].join('\n')}\n`;
}

/** The command's arguments for a case. */
export function fitArguments(
  { task, text, samples, timesteps, endEarly, network, epochs, batchSize, optimizer = {} }: Case,
  save: string,
): string[] {
  const rest = { ...network, ...optimizer, epochs, ...(batchSize && { batchSize }), verbose: 0, save };
  if (text) return ['fit', '--text', 'text', '--steps', String(timesteps), ...options(rest)];
  if (endEarly) return ['fit', '--data', 'data', ...options(rest)];
  return ['fit', '--task', task, '--samples', String(samples), '--steps', String(timesteps), ...options(rest)];
}
