/** A fixed run with a build of the `unrolled` program. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, endEarly, fitArguments, generateArguments } from './cases.ts';
import { bytesOfFigures, bytesOfGenerated, TRACED } from './run.ts';

export const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** In a safetensors file the parameters follow the header, in order. */
function parametersOf(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return file.subarray(8 + Number(view.getBigUint64(0, true)));
}

/** The bytes of the tokens, best tokens and probabilities that `generate` printed. */
function generatedIn(said: string, file: Uint8Array): Uint8Array {
  const [, words = ''] = /"vocabulary":"([^"]*)"/.exec(new TextDecoder().decode(file)) ?? [];
  const number = (word: string) => words.split(' ').indexOf(word);
  const rows = said
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const odd = (row: string[]) => row.slice(1).filter((_, i) => i % 2 === 0);
  const even = (row: string[]) => row.slice(1).filter((_, i) => i % 2 === 1);
  return bytesOfGenerated(
    Uint32Array.from(rows, ([token = '']) => number(token)),
    rows.map((row) => Uint32Array.from(odd(row), number)),
    rows.map((row) => Float32Array.from(even(row), Number)),
  );
}

/** The bytes of what `evaluate`, `predict` and `trace` print of sequences that end early. */
function figuresIn(ask: (...args: string[]) => string): Uint8Array {
  const of = ['--data', 'data', '--weights', 'w'];
  const lines = (...args: string[]) =>
    ask(...args, ...of)
      .trimEnd()
      .split('\n');
  const figures = lines('evaluate').slice(0, 2);
  const [header = '', ...rows] = lines('trace', '--sample', String(TRACED));
  const column = header.split(',').indexOf('dh_norm');
  return bytesOfFigures(
    figures.map((line) => Number(line.split(': ')[1])),
    lines('predict').flatMap((line) => line.split(',').map(Number)),
    rows.map((row) => Number(row.split(',')[column])),
  );
}

/** The hash of all parameters after a run. `command` is the beginning of its command line. */
export function byCommand(command: readonly string[], wanted: Case): string {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-bits-'));
  try {
    const [program = '', ...first] = command;
    const ask = (...args: string[]): string =>
      execFileSync(program, [...first, ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const { task, text, samples, timesteps } = wanted;
    if (text) writeFileSync(join(folder, 'text'), text.words);
    if (wanted.endEarly) {
      const whole = ask('data', '--task', task, '--samples', String(samples), '--steps', String(timesteps));
      writeFileSync(join(folder, 'data'), endEarly(whole, timesteps));
    }
    ask(...fitArguments(wanted, 'w'));
    const file = readFileSync(join(folder, 'w'));
    const parts = [parametersOf(file)];
    if (text) parts.push(generatedIn(ask(...generateArguments(text, 'w')), file));
    if (wanted.endEarly) parts.push(figuresIn(ask));
    return hash(Buffer.concat(parts));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Does this x86 processor have fused multiply-add instructions? Returns true if that is unknown. */
export const hasFma = (): boolean => {
  try {
    return /\bavx2\b.*\bfma\b|\bfma\b.*\bavx2\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return true;
  }
};
