/** The words under a comparison of two runs: what changed, what was held, what it cost. */

import { grouped } from '../shared/format.ts';
import { milliseconds } from '../shared/shared-sentences.ts';
import type { Config, Run } from '../worker/protocol.ts';
import { RUN, TABLE } from '../state/notebook-state.ts';
import { translate } from '../shared/translate.ts';

const DATA: readonly string[] = ['data'];
const EXTENT: readonly string[] = ['samples', 'steps'];
const START: readonly string[] = ['units', 'seed'];

export const configOf = (state: Config): Config =>
  Object.fromEntries(RUN.map((name) => [name, state[name]])) as unknown as Config;

export const sameConfig = (a: Config, b: Config): boolean => RUN.every((name) => a[name] === b[name]);

function held(changed: readonly string[]): string {
  const some = (names: readonly string[]): boolean => changed.some((name) => names.includes(name));
  const data = some(DATA)
    ? translate('new data')
    : some(EXTENT)
      ? translate('earlier values kept')
      : translate('same data');
  const start = some(START) ? translate('new first weights') : translate('same start');
  return `${data}, ${start}`;
}

const differing = (config: Config, before: Config): string[] =>
  RUN.filter((name) => config[name] !== before[name]).map(
    (name) => `${TABLE[name].label} ${before[name]} → ${config[name]}`,
  );

/** `learning rate 0.001 → 0.0032 · same data, same start · 40 updates · 2 ms` */
export function caption(config: Config, before: Config | undefined, run: Run): string {
  const parts = [
    `${grouped(run.updates)} ${run.updates === 1 ? translate('update') : translate('updates')}`,
    `${milliseconds(run.milliseconds)} ms`,
  ];
  const changed = before ? RUN.filter((name) => config[name] !== before[name]) : [];
  if (before && changed.length > 0) {
    parts.unshift(differing(config, before).join(', '), held(changed));
  }
  return parts.join(' · ');
}
