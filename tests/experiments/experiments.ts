// Reads docs/experiments.md: its commands, and the rows with each command's threshold and result. Since the tests run
// from the document, the two cannot differ.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const document = resolve('docs/experiments.md');
const build = resolve(process.env['BUILD'] ?? 'build');

export interface Row {
  name: string; // of the command
  bar: string; // "val_loss < 0.005"
  measured: string; // "0.0033"
}

export interface Experiment {
  name: string;
  command: string;
  seconds: number; // according to the document
  rows: Row[];
}

/** The commands of a document with their rows. Throws if one is without the other. */
export function read(text: string): Experiment[] {
  const commands = [...text.matchAll(/^# (\S+)\n(.+(?:\\\n.+)*)$/gm)].filter(([whole]) =>
    fenced(text).includes(whole as string),
  );
  const experiments = commands.map(
    ([, name, command]): Experiment => ({ name: name as string, command: command as string, seconds: 0, rows: [] }),
  );
  for (const [line] of text.matchAll(/^\|(?! run |-).*$/gm)) {
    const cells = /^\| (\S+) \| .* \| `(.*)` \| (\S+) \| ?(\S*) \|$/.exec(line);
    if (!cells) throw new Error(`expected | name | what | \`bar\` | measured | seconds |, got ${line}`);
    const [, name, bar, measured, seconds] = cells;
    const experiment = experiments.find((other) => other.name === name);
    if (!experiment) throw new Error(`no command is called ${name}: ${line}`);
    parse(bar as string);
    experiment.rows.push({ name: name as string, bar: bar as string, measured: measured as string });
    if (seconds) experiment.seconds = Number(seconds);
  }
  for (const { name, rows, seconds } of experiments) {
    if (!rows.length) throw new Error(`no row says what ${name} gives`);
    if (!(seconds > 0)) throw new Error(`no row says what ${name} costs`);
    if (experiments.filter((other) => other.name === name).length > 1)
      throw new Error(`two commands are called ${name}`);
  }
  return experiments;
}

const fenced = (text: string): string =>
  [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');

interface Bar {
  least: number; // -Infinity if there is none
  value: string; // "val_loss", "dh_norm(1)", "dh_norm(1)/dh_norm(50)"
  relation: string;
  bound: number;
}

function parse(bar: string): Bar {
  const number = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
  const match = new RegExp(String.raw`^(?:(${number}) < )?(\w+(?:\(\d+\))?(?:/\w+\(\d+\))?) (<|>|=) (${number})$`).exec(
    bar,
  );
  if (!match) throw new Error(`expected a bar like \`0.1 < val_loss < 0.2\`, got \`${bar}\``);
  return {
    least: Number(match[1] ?? Number.NEGATIVE_INFINITY),
    value: match[2] as string,
    relation: match[3] as string,
    bound: Number(match[4]),
  };
}

export interface Output {
  exit: number;
  stdout: string;
  stderr: string;
}

/**
 * A value from the output of a run: `exit`; `update`, in which it diverged; a number of the last line; a column at a
 * time step.
 */
export function valueOf(expression: string, output: Output): number {
  const parts = expression.split('/').map((part) => single(part, output));
  return parts.length === 2 ? (parts[0] as number) / (parts[1] as number) : (parts[0] as number);
}

function single(expression: string, { exit, stdout, stderr }: Output): number {
  const lines = stdout.trimEnd().split('\n');
  const [, name, t] = /^(\w+)(?:\((\d+)\))?$/.exec(expression) as unknown as [string, string, string?];
  if (t !== undefined) {
    const column = (lines[0] ?? '').split(',').indexOf(name);
    const row = lines.map((line) => line.split(',')).find(([layer, step]) => layer === '1' && step === t);
    return column < 0 ? Number.NaN : Number(row?.[column] ?? Number.NaN);
  }
  if (name === 'exit') return exit;
  if (name === 'update') return Number(/update (\d+)/.exec(stderr)?.[1] ?? Number.NaN);
  return Number(new RegExp(String.raw`(?:^| )${name}: (\S+)`).exec(lines.at(-1) ?? '')?.[1] ?? Number.NaN);
}

export interface Verdict {
  value: number;
  reached: boolean; // the threshold
  same: boolean; // all digits of the document's number
}

export function judge({ bar, measured }: Row, output: Output): Verdict {
  const { least, value: expression, relation, bound } = parse(bar);
  const value = valueOf(expression, output);
  const reached =
    value > least && (relation === '<' ? value < bound : relation === '>' ? value > bound : value === bound);
  const [digits, exponent = '0'] = measured.split('e') as [string, string?];
  const unit = 10 ** (Number(exponent) - (digits.split('.')[1]?.length ?? 0));
  return { value, reached, same: Math.abs(value - Number(measured)) <= 0.5001 * unit };
}

/** Runs a command of the document. seconds: processor time. */
export function run({ command }: Experiment): Output & { seconds: number } {
  const env = { ...process.env, PATH: `${build}:${process.env['PATH']}`, LC_ALL: 'C', TIMEFORMAT: 'seconds %U' };
  const done = spawnSync('bash', ['-c', `set -o pipefail\ntime {\n${command}\n}`], {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (done.error) throw done.error;
  return {
    exit: done.status ?? -1,
    stdout: done.stdout,
    stderr: done.stderr,
    seconds: Number(/seconds ([\d.]+)\n$/.exec(done.stderr)?.[1]),
  };
}

export const experiments = (): Experiment[] => read(readFileSync(document, 'utf8'));
