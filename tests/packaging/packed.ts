/** Packs the built project as `make package` does, and installs the tarball into an empty folder, without a network. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../house/tree.ts';

export const build = join(root, process.env.BUILD ?? 'build');
export const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

export function run(program: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): string {
  const done = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } });
  assert.equal(done.status, 0, `${program} ${args.join(' ')}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** The folder of a project that has the package and no other, also not those of this checkout. */
export function installed(name: string): string {
  run(process.execPath, ['web/packaging/package.mjs'], root);
  const folder = join(tmpdir(), `unrolled-${name}-${process.pid}`);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
  run(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', join(build, `unrolled-${version}.tgz`)],
    folder,
  );
  return folder;
}
