// C tests must be able to fail: check.h must notice a wrong value, and a program that checks nothing.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './tree.ts';

function run(body: string): { code: number | null; text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-check-'));
  try {
    const source = join(folder, 'test_probe.c');
    writeFileSync(source, `#include "check.h"\n${body}\n`);
    const compiled = spawnSync(
      'gcc',
      ['-std=c11', '-Wall', '-Wextra', '-Werror', `-I${root}/tests/core`, source, '-o', join(folder, 'probe')],
      { encoding: 'utf8' },
    );
    assert.equal(compiled.status, 0, compiled.stderr);
    const { status, stdout } = spawnSync(join(folder, 'probe'), { encoding: 'utf8' });
    return { code: status, text: stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('successful checks are counted', () => {
  const { code, text } = run(
    'int main(void) { CHECK(1); CHECK_EQUAL(2, 2); CHECK_NEAR(1, 1.5, 0.5); CHECK_TEXT("a", "a"); return check_report(); }',
  );
  assert.equal(code, 0);
  assert.equal(text, 'test_probe: 4 passed, 0 failed\n');
});

for (const [check, shown] of [
  ['CHECK(1 > 2)', '1 > 2'],
  ['CHECK_EQUAL(1, -2)', 'got 1, wanted -2'],
  ['CHECK_NEAR(1, 2, 0.5)', 'got 1, wanted 2 within 0.5'],
  ['CHECK_NEAR(0.0 / 0.0, 0, 1)', 'nan'],
  ['CHECK_TEXT("a", "b")', '"b"'],
  ['CHECK_TEXT(NULL, "b")', '(null)'],
] as const) {
  test(`an unsuccessful check fails: ${check}`, () => {
    const { code, text } = run(
      `static void named(void) { ${check}; }\nint main(void) { TEST(named); return check_report(); }`,
    );
    assert.equal(code, 1);
    assert.match(text, /test_probe\.c:2: named: /);
    assert.ok(text.includes(shown), text);
    assert.match(text, /^test_probe: 0 passed, 1 failed$/m);
  });
}

test('a program without a check fails', () => {
  assert.equal(run('int main(void) { return check_report(); }').code, 1);
});
