// All includes and imports must point in the allowed direction.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circles, wrongArrows } from './arrows.ts';
import { files, read } from './tree.ts';

test('no include and no import has a forbidden direction', () => {
  const sources = files.filter((file) => /\.(c|h|ts|mjs|js)$/.test(file));
  assert.ok(sources.some((file) => file.startsWith('core/')) && sources.some((file) => file.startsWith('web/')));
  assert.deepEqual(
    sources.flatMap((file) => wrongArrows(file, read(file))),
    [],
  );
});

test('no files of the interface or the page import each other in a circle', () => {
  const texts = new Map(
    files.filter((file) => /^(wasm\/js|web)\/.*\.ts$/.test(file)).map((file) => [file, read(file)]),
  );
  assert.ok(texts.size > 20);
  assert.deepEqual(circles(texts), []);
});

test('a circle is found', () => {
  const file = (name: string) => `import type { X } from './${name}.ts';`;
  assert.deepEqual(
    circles(
      new Map([
        ['a.ts', file('b')],
        ['b.ts', file('c')],
        ['c.ts', file('b')],
      ]),
    ),
    ['b.ts → c.ts → b.ts'],
  );
  assert.deepEqual(
    circles(
      new Map([
        ['a.ts', file('b') + file('c')],
        ['b.ts', file('c')],
        ['c.ts', ''],
      ]),
    ),
    [],
  );
});

for (const [file, line, why] of [
  ['core/numeric/a.c', '#include "../layers/dense.h"', 'up the list'],
  ['core/training/a.c', '#include "../data/tasks.h"', 'up the list'],
  ['core/model/a.c', '#include "../files/writer.h"', 'from the network to files'],
  ['core/model/a.c', '#include "../rnn_files.h"', 'from the network to files'],
  ['core/files/a.c', '#include "../numeric/linalg.h"', 'past rnn.h'],
  ['core/numeric/a.h', '# include "../../wasm/command/files.h"', 'out of the core'],
  ['core/model/a.c', '#include <stdio.h>', 'input and output'],
  ['core/model/a.c', '#include <stdlib.h>', 'memory of its own'],
  ['core/model/a.c', '#include <time.h>', 'a clock'],
  ['core/examples/a.c', '#include "../internal.h"', 'past the public headers'],
  ['wasm/command/a.c', '#include "../../core/model/layout.h"', 'past rnn.h'],
  ['wasm/browser/exports.c', '#include "numeric/linalg.h"', 'past rnn.h'],
  ['wasm/js/a.ts', "import { x } from '../../web/state/fields.ts';", 'from the interface to the page'],
  ['wasm/js/a.ts', "import { html } from 'lit';", 'a package in the interface'],
  ['web/elements/a.ts', "import x from '../../build/js/unrolled.js';", 'what was built'],
  ['web/elements/a.ts', "const x = await import('../../core/rnn.h');", 'past the interface'],
  ['web/elements/a.ts', "import 'lodash';", 'an unknown package'],
  ['web/charts/a.ts', "import type { Trace } from '../../wasm/js/types.ts';", 'charts know nothing of models'],
  ['web/figures/toy/element.ts', "import type { App } from '../../app/app.ts';", 'from an element to the page'],
  ['web/figures/toy/feed.ts', "import { x } from '../../features/export.ts';", 'from a feed to a feature'],
  ['web/app/a.ts', "import { VIEWS } from '../embed/views.ts';", 'from the app to the figures in other pages'],
  ['web/features/a.ts', "import '../pages/lab.ts';", 'from a feature to a page'],
  ['web/embed/a.ts', "import '../pages/lab.ts';", 'from a figure in another page to the script of a page'],
  ['web/worker/a.ts', "import { App } from '../app/app.ts';", 'from the worker to the page'],
  ['web/lesson/a.ts', "import '../pages/chapter.ts';", 'from the lesson to the entry of a page'],
  ['web/charts/a.ts', "export { x } from '../state/fields.ts';", 'charts know nothing of the state'],
] as const) {
  test(`a forbidden import is found: ${why}: ${file}`, () => {
    assert.equal(wrongArrows(file, `${line}\n`).length, 1);
  });
}

for (const [file, line] of [
  ['core/layers/a.c', '#include "../numeric/lanes.h"'],
  ['core/model/a.c', '#include "layout.h"'],
  ['core/data/a.h', '#include "../internal.h"'],
  ['core/files/a.c', '#include "../rnn_files.h"'],
  ['core/examples/a.c', '#include <stdio.h>'],
  ['core/data/a.c', '#include <string.h>'],
  ['wasm/command/a.c', '#include <stdio.h>'],
  ['wasm/browser/a.c', '#include "rnn.h"'],
  ['wasm/js/load.ts', "const { readFile } = await import('node:fs/promises');"],
  ['web/figures/toy/feed.ts', "import type { App } from '../../app/app.ts';"],
  ['web/embed/a.ts', "import page from '../pages/lab.html?raw';"],
  ['web/worker/a.ts', "import { load } from '../../wasm/js/unrolled.ts';"],
  ['web/elements/a.ts', "import { repeat } from 'lit/directives/repeat.js';"],
] as const) {
  test(`an allowed import passes: ${file}: ${line}`, () => {
    assert.deepEqual(wrongArrows(file, `${line}\n`), []);
  });
}
