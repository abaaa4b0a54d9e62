// Checks that the mutants are those that the README describes, each at its position and only once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Mutant, mutated, mutantsOf, sample, shown } from './mutants.ts';

/** The function bodies that the mutants of one kind produce. */
function changes(kind: Mutant['kind'], body: string): string[] {
  const source = `int f(int a, int *b)\n{\n${body}\n}\n`;
  return mutantsOf('f.c', source)
    .filter((mutant) => mutant.kind === kind)
    .map((mutant) => shown(source, mutant).after);
}

test('a comparison is shifted by one and reversed', () => {
  assert.deepEqual(changes('relation', 'return a < *b;'), ['return a <= *b;', 'return a >= *b;']);
  assert.deepEqual(changes('relation', 'return a == 1 ? a >= 2 : a != 3;'), [
    'return a != 1 ? a >= 2 : a != 3;',
    'return a == 1 ? a < 2 : a != 3;',
    'return a == 1 ? a > 2 : a != 3;',
    'return a == 1 ? a >= 2 : a == 3;',
  ]);
});

test('an operator becomes its opposite; a sign, a pointer and an address do not', () => {
  assert.deepEqual(changes('arithmetic', 'return a + *b * -a;'), ['return a - *b * -a;', 'return a + *b / -a;']);
  assert.deepEqual(changes('arithmetic', 'for (int *at = &b[0]; a && at; at++) a += *at;'), [
    'for (int *at = &b[0]; a || at; at++) a += *at;',
    'for (int *at = &b[0]; a && at; at--) a += *at;',
    'for (int *at = &b[0]; a && at; at++) a -= *at;',
  ]);
});

test('a number becomes one larger and one smaller', () => {
  assert.deepEqual(changes('constant', 'return a + 7;'), ['return a + 6;', 'return a + 8;']);
  assert.deepEqual(changes('constant', 'return 0x10u + 0;'), [
    'return 15u + 0;',
    'return 17u + 0;',
    'return 0x10u + (-1);',
    'return 0x10u + 1;',
  ]);
  assert.deepEqual(changes('constant', 'return 0x1.8p-3F > 1e-7;').length, 4);
});

test('a condition is negated', () => {
  assert.deepEqual(changes('condition', 'if (a && (b)) return 1;\nwhile (a) a--;'), [
    'if (!(a && (b))) return 1;',
    'while (!(a)) a--;',
  ]);
});

test('a statement is deleted, a declaration is not', () => {
  assert.deepEqual(
    changes('statement', 'int c = a; const char *d = "x; y";\nf(c, b);\nif (c) *b = 1;\nelse\n    b[0]++;'),
    [';', 'if (c) ;', ';'],
  );
  assert.deepEqual(changes('statement', 'for (;;) {\n    if (a) break;\n    *b = (struct s){.c = 1}.c;\n}'), [
    'if (a) ;',
    ';',
  ]);
});

test('an early return is removed, the last one is not', () => {
  assert.deepEqual(changes('return', 'if (a) return 1;\nif (b) {\n    return 2;\n}\nreturn 3;'), ['if (a) ;', ';']);
});

test('comments, strings and conditional lines are not code; the body of a macro is', () => {
  const source =
    '#if A > 1\n/* a > 1 */\n#define M(a) \\\n    do { \\\n        f(a + 1); \\\n    } while (0)\n#endif\nconst char *t = "a > 1"; // a > 1\n';
  assert.deepEqual(
    mutantsOf('m.c', source).map(({ line, kind, replacement }) => `${line} ${kind} ${replacement}`),
    [
      '5 statement ;',
      '5 arithmetic -',
      '5 constant 0',
      '5 constant 2',
      '6 condition (!(0))',
      '6 constant (-1)',
      '6 constant 1',
    ],
  );
});

test('a mutant changes nothing outside of its position', () => {
  const source = 'int f(int a)\n{\n    return a + 1;\n}\n';
  for (const mutant of mutantsOf('f.c', source)) {
    const text = mutated(source, mutant);
    assert.notEqual(text, source);
    assert.equal(text.length - mutant.replacement.length, source.length - (mutant.end - mutant.start));
    assert.equal(mutant.line, 3);
  }
});

test('a seed always chooses the same mutants, each at most once', () => {
  const numbers = Array.from({ length: 100 }, (_, i) => i);
  assert.deepEqual(sample(numbers, 7), sample(numbers, 7));
  assert.notDeepEqual(sample(numbers, 7), sample(numbers, 8));
  assert.deepEqual(
    sample(numbers, 7).sort((a, b) => a - b),
    numbers,
  );
});
