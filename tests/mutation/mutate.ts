// `make mutation`: breaks the library rnn in one small way after another and checks whether the C tests notice.
// MUTANTS=400: how many; SEED=1: which; FILES=core/model,core/data/tasks.c: only in these folders and files.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from '../house/tree.ts';
import { type Mutant, mutated, mutantsOf, sample, shown } from './mutants.ts';

const RNN = ['core/numeric', 'core/layers', 'core/training', 'core/data', 'core/model'];
const MUTANTS = Number(process.env.MUTANTS ?? 400);
const SEED = Number(process.env.SEED ?? 1);
const ONLY = process.env.FILES ? process.env.FILES.split(',') : RNN;
const build = join(root, process.env.BUILD ?? 'build', 'mutation');
/** The longest processor time of a test. Slower tests are left out, because each test runs hundreds of times. */
const QUICK_SECONDS = 4;
const MEMORY_KIB = 4_000_000;

const ENVIRONMENT = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0:max_allocation_size_mb=4000' };

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(folder, name))
    .sort();

/** One build of the core and its tests. All tests are one program, which runs the test in its argument. */
class Harness {
  readonly #folder: string;
  readonly #flags: string[];
  readonly #objects = new Map<string, string>();
  #tests: { name: string; seconds: number }[] = [];
  /** For each source, the tests that killed one of its mutants, the latest first. */
  readonly #killers = new Map<string, string[]>();

  constructor(
    readonly name: string,
    flags: readonly string[],
    private readonly excluded: readonly string[],
  ) {
    this.#folder = join(build, name);
    this.#flags = ['-std=c11', '-O1', '-w', '-ffp-contract=off', '-fno-math-errno', ...flags];
    mkdirSync(this.#folder, { recursive: true });
  }

  /**
   * Compiles a text in place of this source. Its includes are found, and the object does not depend on where the text
   * is stored.
   */
  compile(source: string, text: string, object: string, more: readonly string[] = []): boolean {
    const include = `-I${join(root, 'core')}`;
    const { status } = spawnSync('gcc', [...this.#flags, ...more, include, '-x', 'c', '-', '-c', '-o', object], {
      cwd: join(root, dirname(source)),
      input: text,
    });
    return status === 0;
  }

  #must(done: boolean, what: string): void {
    if (!done) throw new Error(`${this.name}: ${what} cannot be built`);
  }

  #link(objects: readonly string[], program: string): boolean {
    return spawnSync('gcc', [...this.#flags, ...objects, '-lm', '-lpthread', '-o', program]).status === 0;
  }

  prepare(): void {
    const core = [...RNN, 'core/files'].flatMap(sourcesIn);
    for (const source of core) {
      const object = join(this.#folder, `${source.replaceAll('/', '-')}.o`);
      this.#must(this.compile(source, readFileSync(join(root, source), 'utf8'), object), source);
      this.#objects.set(source, object);
    }
    const templates = join(this.#folder, 'templates.o');
    this.#must(
      this.compile('core/rnn.h', readFileSync(join(build, '../native/core/templates.c'), 'utf8'), templates),
      'the templates',
    );
    this.#objects.set('templates', templates);
    const tests = sourcesIn('tests/core').filter((source) => !this.excluded.includes(basename(source, '.c')));
    const names = tests.map((source) => basename(source, '.c'));
    for (const [i, source] of tests.entries()) {
      const object = join(this.#folder, `${names[i]}.o`);
      this.#must(
        this.compile(source, readFileSync(join(root, source), 'utf8'), object, [`-Dmain=main_of_${names[i]}`]),
        source,
      );
      this.#objects.set(names[i]!, object);
    }
    const choice = names.map((name) => `if (!strcmp(arguments[1], "${name}")) return main_of_${name}();`).join('\n');
    const main = `#include <string.h>\n${names.map((name) => `int main_of_${name}(void);`).join('\n')}\nint main(int count, char **arguments) { (void)count;\n${choice}\nreturn 2; }\n`;
    this.#must(this.compile('core/rnn.h', main, join(this.#folder, 'main.o')), 'the program');
    this.#objects.set('main', join(this.#folder, 'main.o'));
    const program = join(this.#folder, 'unchanged');
    this.#must(this.#link([...this.#objects.values()], program), 'the program');
    for (const name of names) {
      const seconds = this.#seconds(program, name);
      if (seconds <= QUICK_SECONDS) this.#tests.push({ name, seconds });
      else console.log(`${this.name}: ${name} is left out, because it takes ${seconds.toFixed(1)} s`);
    }
    this.#tests.sort((a, b) => a.seconds - b.seconds);
  }

  /** The processor time of a test, which must pass. */
  #seconds(program: string, test: string): number {
    const { status, stdout } = spawnSync('bash', ['-c', '"$0" "$1" >/dev/null 2>&1 || exit; times', program, test], {
      encoding: 'utf8',
      env: ENVIRONMENT,
    });
    /* "0m1.234s 0m0.056s" for the shell itself, then for its children */
    const [, minutes, seconds] = /\n(\d+)m([\d.]+)s/.exec(stdout) ?? [];
    if (status !== 0) throw new Error(`${this.name}: ${test} fails without any change`);
    return 60 * Number(minutes) + Number(seconds);
  }

  /** Does the test pass? The limit is processor time, so that a busy machine changes nothing. */
  #passes(program: string, test: string, limit: number): boolean {
    const memory = this.name === 'sanitize' ? '' : `ulimit -v ${MEMORY_KIB}; `;
    const { status } = spawnSync('bash', ['-c', `${memory}ulimit -c 0 -t ${limit}; exec "$0" "$1"`, program, test], {
      stdio: 'ignore',
      env: ENVIRONMENT,
    });
    return status === 0;
  }

  object(source: string): string {
    return this.#objects.get(source)!;
  }

  /** The test that fails with this object instead of its source's, or undefined. */
  killer(source: string, object: string): string | undefined {
    const program = join(this.#folder, 'mutant');
    const objects = [...this.#objects].map(([name, own]) => (name === source ? object : own));
    if (!this.#link(objects, program)) return 'the linker';
    const before = this.#killers.get(source) ?? [];
    const order = [
      ...before.map((name) => this.#tests.find((test) => test.name === name)!),
      ...this.#tests.filter(({ name }) => !before.includes(name)),
    ];
    for (const { name, seconds } of order) {
      if (this.#passes(program, name, Math.ceil(10 * seconds + 1))) continue;
      this.#killers.set(source, [name, ...before.filter((other) => other !== name)]);
      return name;
    }
    return undefined;
  }
}

const hash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Tests of the files library, which these mutants do not touch. */
const FILES = ['test_csv', 'test_decimal', 'test_npz', 'test_safetensors', 'test_program'];
/** In no build, because it takes too long; in double, because it tests floats. */
const EXHAUSTIVE = 'test_every_float';
const FLOATS = ['test_claims', 'test_elementary'];
const harnesses = [
  new Harness('native', [], [EXHAUSTIVE, ...FILES]),
  new Harness('sanitize', ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'], [EXHAUSTIVE, ...FILES]),
  new Harness('double', ['-DRNN_DOUBLE'], [EXHAUSTIVE, ...FILES, ...FLOATS]),
];

const sources = RNN.flatMap(sourcesIn).filter((source) =>
  ONLY.some((only) => source === only || source.startsWith(`${only}/`)),
);
const texts = new Map(sources.map((source) => [source, readFileSync(join(root, source), 'utf8')]));
const all = sources.flatMap((source) => mutantsOf(source, texts.get(source)!));
console.log(
  `${all.length} mutants of ${sources.length} sources; ${Math.min(MUTANTS, all.length)} are tried, seed ${SEED}`,
);
for (const harness of harnesses) harness.prepare();

const folders = new Map<string, { tried: number; killed: number }>();
const kills = new Map<string, number>();
const seen = new Map(sources.map((source) => [source, new Set([hash(harnesses[0]!.object(source))])]));
const survivors: string[] = [];
let tried = 0;
let equal = 0;
let broken = 0;

/** Does it compile, and to something else than its source and the mutants before it? */
function isNew(mutant: Mutant, object: string): boolean {
  if (!harnesses[0]!.compile(mutant.file, mutated(texts.get(mutant.file)!, mutant), object)) {
    broken++;
    return false;
  }
  const code = hash(object);
  const known = seen.get(mutant.file)!;
  if (known.has(code)) equal++;
  return !known.has(code) && known.add(code) !== undefined;
}

/** The first test, over all builds, that notices a mutant. */
function judge(mutant: Mutant): string | undefined {
  for (const harness of harnesses) {
    const object = join(build, `${harness.name}.o`);
    if (!harness.compile(mutant.file, mutated(texts.get(mutant.file)!, mutant), object))
      return `${harness.name}: the compiler`;
    const killer = harness.killer(mutant.file, object);
    if (killer) return `${harness.name}: ${killer}`;
  }
  return undefined;
}

const start = performance.now();
for (const mutant of sample(all, SEED)) {
  if (tried === MUTANTS) break;
  if (!isNew(mutant, join(build, 'probe.o'))) continue;
  tried++;
  const killer = judge(mutant);
  const folder = dirname(mutant.file);
  const count = folders.get(folder) ?? { tried: 0, killed: 0 };
  folders.set(folder, { tried: count.tried + 1, killed: count.killed + (killer ? 1 : 0) });
  if (killer) kills.set(killer, (kills.get(killer) ?? 0) + 1);
  const { before, after } = shown(texts.get(mutant.file)!, mutant);
  if (!killer) survivors.push(`${mutant.file}:${mutant.line} (${mutant.kind})\n    ${before}\n    ${after}`);
  if (!killer) console.log(`survives: ${survivors.at(-1)}`);
  if (tried % 50 === 0)
    console.log(`${tried} tried, ${survivors.length} survive, ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

const percent = (killed: number, of: number): string => `${((100 * killed) / of).toFixed(1)} %`;
const row = (name: string, { tried, killed }: { tried: number; killed: number }): string =>
  `${name.padEnd(16)} ${String(tried).padStart(6)} ${String(killed).padStart(7)} ${percent(killed, tried).padStart(8)}`;
const report = [
  `${'folder'.padEnd(16)} ${'tried'.padStart(6)} ${'killed'.padStart(7)} ${'score'.padStart(8)}`,
  ...[...folders].sort().map(([folder, count]) => row(folder, count)),
  row('all', { tried, killed: tried - survivors.length }),
  '',
  `Not counted: ${equal} that compile to what the source or another mutant compiles to, ${broken} that do not compile.`,
  `Noticed first by: ${[...kills]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')}`,
  '',
  'Survivors:',
  ...survivors.sort(),
];
writeFileSync(join(build, 'report.txt'), `${report.join('\n')}\n`);
console.log(report.join('\n'));
if (tried === 0) console.error('no mutant was tried: does FILES= name sources of the library rnn?');
process.exitCode = tried === 0 || (tried - survivors.length) / tried < 0.9 ? 1 : 0;
