// Documents may only name tests that exist, and versions that are installed.
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

for (const document of ['docs/lab.md', 'docs/notebook-coverage.md', 'docs/embedding/hosts.md'])
  test(`every test that ${document} names exists`, () => {
    const named = proofs(readFileSync(join(root, document), 'utf8'));
    assert.ok(named.length > 30);
    assert.deepEqual(
      named.filter(([file, name]) => !readFileSync(join(root, file), 'utf8').includes(name)),
      [],
    );
  });

test('the versions of hosts are those of the packages that are installed', () => {
  const installed = ['package.json', 'tests/hosts/projects/package.json'].map((file) =>
    JSON.parse(readFileSync(join(root, file), 'utf8')),
  );
  const versions = Object.assign({}, ...installed.flatMap((one) => [one.devDependencies, one.dependencies]));
  const hosts = readFileSync(join(root, 'docs/embedding/hosts.md'), 'utf8');
  const named = [...hosts.matchAll(/^\|[^|]*\| `([^`]+)` (\S+) \|/gm)].map(([, name = '', version]) => [name, version]);
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter(([name = '', version]) => versions[name] !== version),
    [],
  );
});
