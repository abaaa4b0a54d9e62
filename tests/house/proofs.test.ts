// Does docs/lab.md name tests that are there?
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './tree.ts';

/** "`file`: “name”, “name” · `file`: …": every name with its file. */
function proofs(text: string): [file: string, name: string][] {
  return [...text.matchAll(/`(tests\/[^`]+)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(([, file, names]) =>
    [...(names as string).matchAll(/“([^”]+)”/g)].map(([, name]): [string, string] => [file as string, name as string]),
  );
}

test('every test that docs/lab.md names is there', () => {
  const named = proofs(readFileSync(join(root, 'docs/lab.md'), 'utf8'));
  assert.ok(named.length > 30);
  assert.deepEqual(
    named.filter(([file, name]) => !readFileSync(join(root, file), 'utf8').includes(name)),
    [],
  );
});
