/**
 * The source must give the same bits with any compiler, without any flag of ours, or reject the compiler with a
 * sentence. `make test` tries rows that need only gcc and clang. With COMPILERS=all, as in `make test-all`, every row
 * is tried. Rows that this machine cannot try are reported as not run.
 */

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { cases, expected } from './cases.ts';
import { all, type Build, nameOf, quick } from './compilers.ts';
import { byCommand, hasFma } from './program.ts';

const run = promisify(execFile);
const core = resolve('core');
const command = resolve('wasm/command');
const sourcesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.c'))
    .map((file) => join(folder, file));
const coreSources = readdirSync(core, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'examples')
  .flatMap(({ name }) => sourcesOf(join(core, name)));
/** CMake generates it from the templates. It contains bytes and no function. */
const templates = resolve(process.env['BUILD'] ?? 'build', 'native/core/templates.c');

const folder = mkdtempSync(join(tmpdir(), 'unrolled-compilers-'));
after(() => rmSync(folder, { recursive: true }));

/** `clang-14` if there is no `clang`. */
function programOf(compiler: string): string {
  return compiler === 'clang' && spawnSync('clang', ['--version']).error ? 'clang-14' : compiler;
}

const isHere = (compiler: string): boolean => !spawnSync(programOf(compiler), ['--version']).error;

const probe = join(folder, 'probe.c');
writeFileSync(probe, 'float f(float a, float b, float c) { return a * b + c; }\nint main(void) { return 0; }\n');

/** The reason why a row cannot be tried here, or false. */
function missing({ compiler, flags, machine, fma }: Build): string | false {
  const program = join(folder, 'probe');
  if (!isHere(compiler)) return `not run: ${compiler} is not here`;
  if (spawnSync(programOf(compiler), [...flags, probe, '-o', program]).status !== 0)
    return `not run: ${compiler} links no such program here`;
  const [first = program, ...rest] = [...machine.run, program];
  if (spawnSync(first, rest).status !== 0) return 'not run: such programs do not run here';
  return fma && !hasFma() ? 'not run: this processor has no FMA' : false;
}

/**
 * Fused multiply-add instructions in object files. Those right after vcvtdq2ps are not counted: gcc converts unsigned
 * integers to floats by halves, high · 2^16 + low, and because that product is exact, rounding once or twice gives the
 * same.
 */
function fusedIn({ machine }: Build, ...objects: string[]): string[] {
  const lines = execFileSync(machine.objdump, ['-d', ...objects], { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\n');
  return lines.filter((line, index) => machine.fused.test(line) && !lines[index - 1]?.includes('vcvtdq2ps'));
}

const objectsIn = (at: string): string[] => readdirSync(at).map((file) => join(at, file));

async function compile(compiler: string, flags: string[], sources: string[], into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  await run(programOf(compiler), [...flags, '-c', `-I${core}`, `-I${command}`, ...sources], {
    cwd: into,
    maxBuffer: 2 ** 26,
  });
}

/** The command computes nothing itself, so it is compiled without optimization to save time. */
const compileCommand = (compiler: string, flags: string[], into: string): Promise<void> =>
  compile(compiler, [...flags, '-O0', '-D_POSIX_C_SOURCE=200809L'], sourcesOf(command), into);

const wanted = process.env['COMPILERS'] === 'all' ? all : quick;

for (const row of wanted.builds) {
  const { compiler, flags, machine } = row;
  test(`${nameOf(row)} gives the golden bits`, { skip: missing(row) }, async () => {
    const at = mkdtempSync(join(folder, 'row-'));
    await Promise.all([
      compile(compiler, flags, [...coreSources, templates], join(at, 'core')),
      compileCommand(compiler, flags, join(at, 'command')),
    ]);
    if (!flags.includes('-flto')) {
      await compile(compiler, flags, [probe], join(at, 'probe'));
      if (row.fuses)
        assert.ok(fusedIn(row, join(at, 'probe/probe.o')).length > 0, 'the check for fused instructions sees one');
      assert.deepEqual(fusedIn(row, ...objectsIn(join(at, 'core'))), [], 'instructions that multiply and add at once');
    }
    const program = join(at, 'unrolled');
    await run(programOf(compiler), [
      ...flags,
      ...objectsIn(join(at, 'core')),
      ...objectsIn(join(at, 'command')),
      '-lm',
      '-o',
      program,
    ]);
    for (const one of cases) assert.equal(byCommand([...machine.run, program], one), expected[one.name], one.name);
  });
}

/** The exit status of a compiler, and all lines of its output that are errors. */
function errorsOf(
  { compiler, flags }: { compiler: string; flags: string[] },
  sources: string[],
): { status: number | null; errors: string[] } {
  const { status, stderr } = spawnSync(programOf(compiler), [...flags, '-c', `-I${core}`, ...sources], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, errors: stderr.split('\n').filter((line) => /\berror: /.test(line)) };
}

const empty = join(folder, 'empty.c');
writeFileSync(empty, 'int empty(void);\n');
for (const row of wanted.refusals) {
  const takes = isHere(row.compiler) && errorsOf(row, [empty]).status === 0;
  test(`${nameOf(row)} is rejected`, {
    skip: takes ? false : `not run: ${row.compiler} is not here, or takes no such line`,
  }, () => {
    const { status, errors } = errorsOf(row, [join(core, 'numeric/random.c')]);
    assert.notEqual(status, 0);
    assert.equal(errors.length, 1, errors.join('\n'));
    assert.match(errors[0] ?? '', row.sentence);
  });
}

test('every source file of the core rejects -Ofast', {
  skip: isHere('gcc') ? false : 'not run: gcc is not here',
}, () => {
  const { errors } = errorsOf({ compiler: 'gcc', flags: ['-Ofast'] }, coreSources);
  assert.equal(errors.filter((error) => error.includes('compile it without -ffast-math')).length, coreSources.length);
  assert.equal(errors.length, coreSources.length, 'one sentence a file');
});

test('s390x with the flags of CMake gives the golden bits', {
  skip: process.env['COMPILERS'] === 'all' ? false : 'not run: COMPILERS=all tries it',
}, async (context) => {
  const row = all.builds.find(({ compiler }) => compiler === 's390x-linux-gnu-gcc') as Build;
  const reason = missing(row) || (!isHere('cmake') && 'not run: cmake is not here');
  if (reason) return context.skip(reason);
  const at = mkdtempSync(join(folder, 's390x-'));
  const target = ['-DCMAKE_SYSTEM_NAME=Linux', '-DCMAKE_SYSTEM_PROCESSOR=s390x', `-DCMAKE_C_COMPILER=${row.compiler}`];
  await run('cmake', ['-S', core, '-B', join(at, 'build'), ...target]);
  await run('cmake', ['--build', join(at, 'build')], { maxBuffer: 2 ** 26 });
  await compileCommand(row.compiler, ['-static'], join(at, 'command'));
  const program = join(at, 'unrolled');
  await run(row.compiler, [
    '-static',
    ...objectsIn(join(at, 'command')),
    `-L${join(at, 'build')}`,
    '-lrnn_files',
    '-lrnn',
    '-lm',
    '-o',
    program,
  ]);
  for (const one of cases) assert.equal(byCommand([...row.machine.run, program], one), expected[one.name], one.name);
});

test('docs/determinism.md lists every row and every error message', () => {
  const text = readFileSync('docs/determinism.md', 'utf8');
  assert.deepEqual(
    [...all.builds, ...all.refusals].map(nameOf).filter((name) => !text.includes(`\`${name}\``)),
    [],
  );
  const sentences = [...readFileSync(join(core, 'internal.h'), 'utf8').matchAll(/"(rnn (?:needs|gives) [^"]+)"/g)].map(
    ([, sentence]) => sentence as string,
  );
  assert.equal(sentences.length, 6);
  assert.deepEqual(
    sentences.filter((sentence) => !text.includes(`| ${sentence} |`)),
    [],
  );
});
