// Situations that only the native program meets: a full disk, output that nobody reads, a terminal.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { csv, inFolder, native, program, someWeights, wasi } from './program.ts';

const data = csv('first', 50, 6);
const files = { 'd.csv': data, 'many.csv': csv('first', 3000, 1), w: someWeights(3, 1) };

test('output that cannot be written is an error', { skip: !existsSync('/dev/full') }, () => {
  const runs = [
    ['--help'],
    ['data', '--task', 'first', '--samples', '3000', '--steps', '9'],
    ['summary'],
    ['predict', '--data', 'd.csv', '--weights', 'w'],
    ['predict', '--data', 'many.csv', '--weights', 'w'],
    ['step', '--data', 'd.csv', '--weights', 'w'],
    ['evaluate', '--data', 'd.csv', '--weights', 'w'],
    ['fit', '--data', 'd.csv'],
  ];
  for (const run of [native, wasi]) {
    for (const args of runs) {
      const full = openSync('/dev/full', 'w');
      const { code, stderr } = run(args, files, full);
      closeSync(full);
      const name = args[0] === '--help' ? 'unrolled' : `unrolled ${args[0]}`;
      assert.equal(stderr, `${name}: cannot write to standard output: no space left\n`);
      assert.equal(code, 1, args.join(' '));
    }
  }
});

test('a full disk leaves the old weights and no temporary file', () => {
  inFolder({ ...files, old: 'old weights' }, (folder) => {
    // A file may grow to one block of 512 bytes. The signal for exceeding it is ignored, so that writing fails.
    const limited = `trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`;
    const run = spawnSync(
      'sh',
      ['-c', limited, program, 'fit', '--data', 'd.csv', '--epochs', '1', '--verbose', '0', '--save', 'old'],
      { cwd: folder, encoding: 'utf8' },
    );
    assert.equal(run.stderr, 'unrolled fit: old: cannot write: the file would become too large\n');
    assert.equal(run.status, 1);
    assert.equal(readFileSync(join(folder, 'old'), 'utf8'), 'old weights');
    assert.deepEqual(readdirSync(folder).sort(), [...Object.keys(files), 'old'].sort());
  });
});

// The test uses a named pipe instead of /dev/null, because a failure would destroy that.
test('only regular files are replaced', () => {
  inFolder(files, (folder) => {
    assert.equal(spawnSync('mkfifo', ['pipe'], { cwd: folder }).status, 0);
    const run = spawnSync(program, ['fit', '--data', 'd.csv', '--save', 'pipe'], { cwd: folder, encoding: 'utf8' });
    assert.equal(run.stderr, 'unrolled fit: pipe: cannot write: it is not a regular file\n');
    assert.equal(run.stdout, '');
    assert.equal(run.status, 1);
    assert.ok(statSync(join(folder, 'pipe')).isFIFO());
  });
});

/** Everything that a terminal receives. `script` is part of util-linux. */
function onTerminal(args: string[]): string {
  return inFolder(files, (folder) => {
    const quoted = [program, ...args].map((word) => `'${word}'`).join(' ');
    const run = spawnSync('script', ['-qec', quoted, '/dev/null'], { cwd: folder, encoding: 'utf8' });
    assert.equal(run.status, 0, run.stdout);
    return run.stdout.replaceAll('\r\n', '\n');
  });
}

const hasScript = spawnSync('script', ['--version']).status === 0;

test('on a terminal a bar is redrawn in place', { skip: !hasScript }, () => {
  const shown = onTerminal(['fit', '--data', 'd.csv', '--epochs', '2', '--batch-size', '10']);
  const epochs = shown.split(/^Epoch \d\/2\n/m).slice(1);
  assert.equal(epochs.length, 2);
  for (const epoch of epochs) {
    assert.equal(epoch.at(-1), '\n');
    const drawn = epoch.slice(0, -1).split('\r').slice(1);
    assert.equal(drawn.length, 6);
    assert.ok(!epoch.slice(0, -1).includes('\n'));
    assert.match(drawn[0] as string, /^0\/5 \[>\.{29}\]$/);
    assert.match(drawn[2] as string, /^2\/5 \[={11}>\.{18}\] - loss: \d\.\d{4} - accuracy: \d\.\d{4} *$/);
    assert.match(drawn[5] as string, /^5\/5 \[={30}\] - loss: \d\.\d{4} - accuracy: \d\.\d{4} *$/);
  }
  const plain = native(['fit', '--data', 'd.csv', '--epochs', '2', '--batch-size', '10'], files).stdout.split('\n');
  const last = epochs.map((epoch) => epoch.slice(epoch.lastIndexOf('] - ') + 2).trimEnd());
  assert.deepEqual(
    last,
    [1, 3].map((line) => (plain[line] as string).slice('5/5 '.length)),
  );
});

test('on a terminal a long epoch is drawn at most 30 times, and a short line covers a longer one', {
  skip: !hasScript,
}, () => {
  const shown = onTerminal([
    'fit',
    '--data',
    'd.csv',
    '--epochs',
    '1',
    '--batch-size',
    '1',
    '--validation-data',
    'd.csv',
  ]);
  const drawn = shown.split('\r').slice(1);
  assert.ok(drawn.length <= 31 && drawn.length > 20);
  for (const [i, line] of drawn.entries()) assert.ok(line.length >= (drawn[i - 1] ?? '').trimEnd().length);
  assert.match(drawn.at(-1) as string, /^50\/50 .* - val_loss: \d\.\d{4} - val_accuracy: \d\.\d{4}\n$/);
});

/** Runs a shell command, which can use bytes that are not text in a file name. $0 is the program. */
function inShell(
  line: string,
  use: (run: { status: number | null; stdout: Buffer; stderr: Buffer }, folder: string) => void,
): void {
  inFolder(files, (folder) =>
    use(spawnSync('bash', ['-c', line, program], { cwd: folder, maxBuffer: 1 << 28 }), folder),
  );
}

test('an endless file is not read for ever', { skip: !existsSync('/dev/zero'), timeout: 60_000 }, () => {
  for (const [option, rest] of [
    ['--data', ['fit']],
    ['--validation-data', ['fit', '--data', 'd.csv']],
    ['--weights', ['evaluate', '--data', 'd.csv']],
  ] as const) {
    inFolder(files, (folder) => {
      // This limit is enough for the error message, and ends a run that reads on.
      const limited = 'ulimit -v 2000000; exec "$0" "$@"';
      const run = spawnSync('bash', ['-c', limited, program, ...rest, option, '/dev/zero'], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.equal(
        run.stderr,
        `unrolled ${rest[0]}: /dev/zero: cannot read: it goes on after 256 MiB, the most that is read from a pipe or a device. Save the part that you need in a file, and name that file\n`,
      );
      assert.equal(run.status, 1);
    });
  }
});

test('a pipe is read to its end', () => {
  inShell(
    '"$0" evaluate --weights w --data <(cat d.csv) && "$0" evaluate --weights w --data d.csv',
    ({ status, stdout, stderr }) => {
      assert.equal(stderr.toString(), '');
      assert.equal(status, 0);
      const [one, other] = [stdout.subarray(0, stdout.length / 2), stdout.subarray(stdout.length / 2)];
      assert.ok(one.length > 0 && one.equals(other));
    },
  );
});

test('lines of runs that fail at the same time do not mix', () => {
  const name = `no${'\\x1b'.repeat(40)}`;
  inShell(
    `for i in {1..20}; do for j in {1..10}; do "$0" fit --data $'no${'\\e'.repeat(40)}' 2>>log & done; wait; done`,
    (_run, folder) => {
      const lines = readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n');
      assert.equal(lines.length, 200);
      assert.deepEqual([...new Set(lines)], [`unrolled fit: ${name}: cannot read: no such file or directory`]);
    },
  );
});

test('control characters and bytes that are not text are escaped', () => {
  const shown: [string, string][] = [
    ['\\e[2J\\r\\n\\x7f', '\\x1b[2J\\x0d\\x0a\\x7f'],
    ['\\xc2\\x9b2J', '\\xc2\\x9b2J'], // U+009B, a control sequence introducer
    ['\\x9b2J\\xff\\xc3', '\\x9b2J\\xff\\xc3'], // bytes that are not UTF-8
    // a surrogate, an overlong slash, a code point above the last
    ['\\xed\\xa0\\x80\\xc0\\xaf\\xf4\\x90\\x80\\x80', '\\xed\\xa0\\x80\\xc0\\xaf\\xf4\\x90\\x80\\x80'],
    ['a\\u202egpj.csv', 'a\\xe2\\x80\\xaegpj.csv'], // reverses the direction of the following text
    ['a\\u2028b\\ufeffc', 'a\\xe2\\x80\\xa8b\\xef\\xbb\\xbfc'],
    ['a\\u061cb\\u00adc\\U000e0041', 'a\\xd8\\x9cb\\xc2\\xadc\\xf3\\xa0\\x81\\x81'],
    ['né日🎲', 'né日🎲'],
  ];
  for (const [given, expected] of shown) {
    inShell(
      `LC_ALL=C.UTF-8; "$0" fit --data $'${given}'; "$0" fit $'${given}'; "$0" fit --save $'no/${given}' --data d.csv; "$0" $'${given}'`,
      ({ stderr }) => {
        assert.deepEqual(
          stderr.toString('latin1'),
          Buffer.from(
            [
              `unrolled fit: ${expected}: cannot read: no such file or directory\n`,
              `unrolled fit: unexpected argument "${expected}"; options begin with --\n`,
              `unrolled fit: no/${expected}: cannot write: no such file or directory\n`,
              `unrolled: unknown command "${expected}"; expected tasks, data, summary, fit, evaluate, predict, step, trace, probe, seeds, export, baselines, generate or ngrams\n`,
            ].join(''),
          ).toString('latin1'),
          given,
        );
      },
    );
  }
});

// The first and the last character of each range that is invisible or blank: Unicode 15.0,
// Default_Ignorable_Code_Point, the separators, the noncharacters, and letters that are drawn blank.
const unseen: [number, number][] = [
  [0x80, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xfdd0, 0xfdef],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xfffe, 0xffff],
  [0x13430, 0x1343f],
  [0x16fe4, 0x16fe4],
  [0x1bca0, 0x1bca3],
  [0x1d159, 0x1d159],
  [0x1d173, 0x1d17a],
  [0x1fffe, 0x1ffff],
  [0xe0000, 0xe0fff],
  [0x10fffe, 0x10ffff],
];

test('invisible and blank characters are escaped, and their neighbors are not', () => {
  const escaped = (text: string) =>
    [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  const isUnseen = (c: number) => (c & 0xfffe) === 0xfffe || unseen.some(([first, last]) => c >= first && c <= last);
  const told = (codes: number[], shown: (text: string) => string) => {
    for (const c of codes) {
      const text = String.fromCodePoint(c);
      const { stderr } = spawnSync(program, ['fit', `a${text}b`], { encoding: 'utf8' });
      assert.equal(
        stderr,
        `unrolled fit: unexpected argument "a${shown(text)}b"; options begin with --\n`,
        `U+${c.toString(16)}`,
      );
    }
  };
  told(
    unseen.flatMap(([first, last]) => [...new Set([first, (first + last) >> 1, last])]),
    escaped,
  );
  told(
    [0x20, 0x7e, 0xa1, ...unseen.slice(1).flatMap(([first, last]) => [first - 1, last + 1])].filter(
      (c) => c <= 0x10ffff && !isUnseen(c),
    ),
    (text) => text,
  );
});

test('a long message is cut between characters', () => {
  for (const start of ['', 'a', 'aa']) {
    inShell(
      `LC_ALL=C.UTF-8; n=$(printf '日%.0s' {1..500}); "$0" fit --data "${start}$n"; "$0" fit --data "$(printf '\\e%.0s' {1..3000})"`,
      ({ stderr }) => {
        const [text, controls] = new TextDecoder('utf8', { fatal: true }).decode(stderr).trimEnd().split('\n') as [
          string,
          string,
        ];
        assert.match(text, /^unrolled fit: a*日+$/);
        assert.match(controls, /^unrolled fit: (\\x1b)+$/);
        assert.ok(stderr.length < 2 * 4096);
      },
    );
  }
  inShell(`"$0" fit --data "a$(printf '\\x80%.0s' {1..1100})"`, ({ stderr }) =>
    assert.match(stderr.toString(), /^unrolled fit: a(\\x80)+\n$/),
  );
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

test('Python reads an exported file with any name, and finds the other files', {
  skip: !hasPython,
}, () => {
  for (const name of ['\\xff', 'a\\xc3', '\\xed\\xa0\\x80', 'é日', 'a"b\\\\c\\e']) {
    inShell(
      `LC_ALL=C.UTF-8; mkdir f; "$0" export --task first --samples 5 --steps 3 --framework keras --output f/$'${name}'`,
      ({ status, stderr }, folder) => {
        assert.equal(stderr.toString(), '', name);
        assert.equal(status, 0, name);
        const names =
          'import ast, glob, os\nfor p in glob.glob("f/*.py"):\n  t = ast.parse(open(p, "rb").read())\n  print(*sorted(os.path.exists("f/" + n.value) for n in ast.walk(t) if isinstance(n, ast.Constant) and str(n.value).endswith((".csv", ".npz"))))';
        const run = spawnSync('python3', ['-c', names], {
          cwd: folder,
          encoding: 'utf8',
          env: { ...process.env, LC_ALL: 'C.UTF-8' },
        });
        assert.equal(run.stderr, '', name);
        assert.equal(run.stdout, 'True True\n', name);
      },
    );
  }
});
