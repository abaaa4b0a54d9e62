/** The example in docs/interface.md must run as it is. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

test('the example of the documentation', () => {
  const document = readFileSync(new URL('../../docs/interface.md', import.meta.url), 'utf8');
  const [, example] = /```js\n([\s\S]*?)```/.exec(document) ?? [];
  assert.ok(example);
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-docs-'));
  try {
    const script = join(folder, 'example.mjs');
    writeFileSync(
      script,
      example.replace('./unrolled.js', new URL('../../build/js/unrolled.js', import.meta.url).href),
    );
    const lines = execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim().split('\n');
    assert.equal(lines[0], 'Model: "sequential"');
    const steps = lines.slice(-10).map(Number);
    const predicted = Number(/([\d.]+)$/.exec(lines.at(-11) as string)?.[1]);
    assert.equal(steps.at(-1), predicted);
    assert.ok(steps.every((p) => p > 0 && p < 1));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
