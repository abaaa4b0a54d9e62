/** A fixed run with a build of the `unrolled` program. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, fitArguments } from './cases.ts';

export const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** In a safetensors file the parameters follow the header, in order. */
function parametersOf(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return file.subarray(8 + Number(view.getBigUint64(0, true)));
}

/** The hash of all parameters after a run. `command` is the beginning of its command line. */
export function byCommand(command: readonly string[], wanted: Case): string {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-bits-'));
  try {
    const [program = '', ...first] = command;
    execFileSync(program, [...first, ...fitArguments(wanted, 'w')], { cwd: folder });
    return hash(parametersOf(readFileSync(join(folder, 'w'))));
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
