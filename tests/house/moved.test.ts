// A checkout that was copied or moved is built from its own sources, with the project's Makefile and a project of one
// file.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './tree.ts';

const PRESETS = { version: 3, configurePresets: [{ name: 'native', generator: 'Ninja' }] };
const CMAKE = `cmake_minimum_required(VERSION 3.21)
project(one NONE)
add_custom_command(OUTPUT built COMMAND cmake -E copy "\${CMAKE_SOURCE_DIR}/source" built DEPENDS "\${CMAKE_SOURCE_DIR}/source")
add_custom_target(one ALL DEPENDS built)
`;

/** Runs `make native` there, and returns what was built. */
function built(checkout: string): string {
  /* the variables of a make around this test are not for this one */
  const { MAKEFLAGS, MAKELEVEL, BUILD, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync('make', ['native'], { cwd: checkout, encoding: 'utf8', env });
  assert.equal(status, 0, stdout + stderr);
  return readFileSync(join(checkout, 'build/native/built'), 'utf8');
}

test('a copied and a moved checkout are built from their own sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-moved-'));
  const [first, copied, moved] = ['first', 'copied', 'moved'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  try {
    cpSync(join(root, 'Makefile'), join(first, 'Makefile'), { recursive: true });
    writeFileSync(join(first, 'CMakePresets.json'), JSON.stringify(PRESETS));
    writeFileSync(join(first, 'CMakeLists.txt'), CMAKE);
    writeFileSync(join(first, 'source'), 'first');
    assert.equal(built(first), 'first');
    cpSync(first, copied, { recursive: true, preserveTimestamps: true });
    writeFileSync(join(copied, 'source'), 'copied');
    assert.equal(built(copied), 'copied');
    renameSync(copied, moved);
    assert.equal(built(moved), 'copied');
    writeFileSync(join(moved, 'source'), 'moved');
    assert.equal(built(moved), 'moved');
    assert.equal(readFileSync(join(first, 'build/native/built'), 'utf8'), 'first');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
