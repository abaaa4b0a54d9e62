// The test of all 2^32 floats may be skipped only if it has passed with the same sources, compiler and flags.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { root } from '../house/tree.ts';

const SOURCES = [
  'core/internal.h',
  'core/numeric/elementary.h',
  'core/numeric/elementary.c',
  'core/numeric/lanes.h',
  'tests/core/test_every_float.c',
  'tests/core/check.h',
];
const STAMP = 'tests/core/every_float.stamp';
const SKIPPED = 77;

/** A copy of the files that the script reads, with a fake compiler and a fake test program. */
class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), 'unrolled-float-'));

  constructor(context: TestContext) {
    context.after(() => rmSync(this.folder, { recursive: true }));
    for (const file of [...SOURCES, 'core/rnn.h', 'tests/core/every_float.sh']) this.#copy(file);
    this.compiler('gcc 12');
    this.commands('-O3');
    this.program(0);
  }

  #copy(file: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    cpSync(join(root, file), join(this.folder, file));
  }

  write(file: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text, { mode });
  }

  compiler(version: string): void {
    this.write('cc', `#!/bin/sh\n[ "$1" = --version ] && echo "${version}" || echo machine\n`, 0o755);
  }

  commands(flags: string, paths = '/one/'): void {
    const command = (object: string): object => ({
      command: `${this.folder}/cc -I${paths} -Wall -ffile-prefix-map=${paths}= ${flags} -o ${object} -c ${paths}x.c`,
    });
    const commands = [
      command('core/CMakeFiles/rnn.dir/numeric/elementary.c.o'),
      command('tests/core/CMakeFiles/test_every_float.dir/test_every_float.c.o'),
    ];
    this.write('build/compile_commands.json', JSON.stringify(commands, null, 2));
  }

  program(code: number): void {
    this.write('build/tests/core/test_every_float', `#!/bin/sh\necho it ran\nexit ${code}\n`, 0o755);
  }

  run(mode: 'check' | 'always'): { code: number | null; ran: boolean; text: string } {
    const { status, stdout, stderr } = spawnSync(
      'bash',
      [join(this.folder, 'tests/core/every_float.sh'), mode, join(this.folder, 'build')],
      { encoding: 'utf8' },
    );
    return { code: status, ran: stdout.includes('it ran'), text: stdout + stderr };
  }

  /** Does a check run the test? */
  runs(): boolean {
    const { code, ran, text } = this.run('check');
    assert.equal(code, ran ? 0 : SKIPPED, text);
    if (!ran)
      assert.match(text, /^test_every_float: skipped, because every_float\.stamp says .* gcc 12 and these flags\n$/);
    return ran;
  }
}

test('without a stamp it runs; once it has passed it is skipped', (context) => {
  const copy = new Copy(context);
  assert.ok(copy.runs());
  assert.equal(existsSync(join(copy.folder, STAMP)), false);
  assert.equal(copy.run('always').code, 0);
  assert.ok(!copy.runs());
});

test('it runs after a change in any source that it depends on', (context) => {
  for (const file of SOURCES) {
    const copy = new Copy(context);
    copy.run('always');
    assert.ok(!copy.runs());
    appendFileSync(join(copy.folder, file), '\n');
    assert.ok(copy.runs(), file);
  }
});

test('only the number type of the public header matters', (context) => {
  const copy = new Copy(context);
  const header = readFileSync(join(copy.folder, 'core/rnn.h'), 'utf8');
  copy.run('always');
  copy.write('core/rnn.h', header.replace('enum rnn_status {', 'enum rnn_status { /* changed */'));
  assert.ok(!copy.runs());
  copy.write('core/rnn.h', header.replace('typedef float rnn_real;', 'typedef _Float32 rnn_real;'));
  assert.ok(copy.runs());
});

test('it runs with another compiler or other flags, but not for another folder or other warnings', (context) => {
  const copy = new Copy(context);
  copy.run('always');
  copy.commands('-Wextra -O3', '/two/');
  assert.ok(!copy.runs());
  copy.commands('-O2');
  assert.ok(copy.runs());
  copy.commands('-O3');
  copy.compiler('gcc 13');
  assert.ok(copy.runs());
});

test('it runs if compiler or flags are unknown', (context) => {
  const copy = new Copy(context);
  copy.run('always');
  rmSync(join(copy.folder, 'build/compile_commands.json'));
  assert.ok(copy.runs());
  copy.commands('-O3');
  rmSync(join(copy.folder, 'cc'));
  assert.ok(copy.runs());
  copy.compiler('gcc 12');
  rmSync(join(copy.folder, 'core/internal.h'));
  assert.ok(copy.runs());
});

test('a failure is reported and leaves the stamp as it is', (context) => {
  const copy = new Copy(context);
  copy.program(1);
  assert.equal(copy.run('check').code, 1);
  assert.equal(copy.run('always').code, 1);
  assert.equal(existsSync(join(copy.folder, STAMP)), false);
});

test('the stamp keeps other compilers for the same sources only', (context) => {
  const copy = new Copy(context);
  const stamp = (): string => readFileSync(join(copy.folder, STAMP), 'utf8');
  copy.run('always');
  copy.compiler('clang 14');
  copy.run('always');
  copy.run('always');
  assert.match(stamp(), /^# .*\nsources [0-9a-f]{64}\nclang 14 for machine: .*\ngcc 12 for machine: .*\n$/);
  appendFileSync(join(copy.folder, 'core/internal.h'), '\n');
  copy.run('always');
  assert.match(stamp(), /^# .*\nsources [0-9a-f]{64}\nclang 14 for machine: .*\n$/);
});

test('the committed stamp is valid', () => {
  assert.match(
    readFileSync(join(root, STAMP), 'utf8'),
    /^# .*\nsources [0-9a-f]{64}\n(.+ for .+: .+ and for the test .+\n)+$/,
  );
});
