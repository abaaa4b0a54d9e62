/** A fixed run with a build of the `unrolled` program. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, fitArguments, generateArguments } from './cases.ts';
import { bytesOfGenerated } from './run.ts';

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

/** The hash of all parameters after a run. `command` is the beginning of its command line. */
export function byCommand(command: readonly string[], wanted: Case): string {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-bits-'));
  try {
    const [program = '', ...first] = command;
    if (wanted.text) writeFileSync(join(folder, 'text'), wanted.text.words);
    execFileSync(program, [...first, ...fitArguments(wanted, 'w')], { cwd: folder });
    const file = readFileSync(join(folder, 'w'));
    if (!wanted.text) return hash(parametersOf(file));
    const said = execFileSync(program, [...first, ...generateArguments(wanted.text, 'w')], {
      cwd: folder,
      encoding: 'utf8',
    });
    return hash(Buffer.concat([parametersOf(file), generatedIn(said, file)]));
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
