// The examples in docs/interface.md must run as they are, and its table of commands must be complete.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { inFolder, native, program, there } from './program.ts';

const section = there(
  readFileSync('docs/interface.md', 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith('The command')),
);

test('the examples run in order', () => {
  const commands = there(/```\n(unrolled [\s\S]*?)```/.exec(section)?.[1])
    .trimEnd()
    .split('\n');
  assert.ok(commands.length >= 5);
  const weather = 'docs/data/chicago.csv';
  inFolder({ 'docs/': '', 'docs/data/': '', [weather]: readFileSync(weather) }, (folder) => {
    for (const command of commands) {
      const env = { ...process.env, PATH: `${dirname(program)}:${process.env['PATH']}` };
      const run = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', env });
      assert.equal(run.stderr, '', command);
      assert.equal(run.status, 0, command);
    }
  });
});

test('the table of commands agrees with --help', () => {
  const listed = [...section.matchAll(/^\| `([a-z]+)` \| /gm)].map((match) => match[1]);
  const helped = [...native(['--help']).stdout.matchAll(/^ {2}([a-z]+) +[A-Z]/gm)].map((match) => match[1]);
  assert.deepEqual(listed, helped);
});

test('the examples of messages are what the program prints', () => {
  const examples = [...section.matchAll(/`(unrolled [a-z]+: [^`]*)`/g)].map((match) => match[1]);
  const rows = `y,x1,x2\n${'0,1,2\n'.repeat(5)}`;
  const said = [
    native(['fit', '--data', 'd.csv'], { 'd.csv': `${rows}0,1,abc\n` }),
    native(['fit', '--units', '0']),
  ].map((run) => run.stderr.trimEnd());
  assert.deepEqual(examples, said);
});
