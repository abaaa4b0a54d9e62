// docs/lab.md and docs/notebook-coverage.md may only name tests that exist.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './tree.ts';

/** Reads "`file`: “name”, “name” · `file`: …" into names with their files. */
function proofs(text: string): [file: string, name: string][] {
  return [...text.matchAll(/`(tests\/[^`]+)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(([, file, names]) =>
    [...(names as string).matchAll(/“([^”]+)”/g)].map(([, name]): [string, string] => [file as string, name as string]),
  );
}

for (const document of ['docs/lab.md', 'docs/notebook-coverage.md'])
  test(`every test that ${document} names exists`, () => {
    const named = proofs(readFileSync(join(root, document), 'utf8'));
    assert.ok(named.length > 30);
    assert.deepEqual(
      named.filter(([file, name]) => !readFileSync(join(root, file), 'utf8').includes(name)),
      [],
    );
  });
