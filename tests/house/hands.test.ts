// Do the page's tests use the reader's hands? An event that a test makes itself proves nothing about a click.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files, read } from './tree.ts';

/** How often a file may make an event, because no hand can. */
const MADE: Record<string, [times: number, why: string]> = {
  'tests/web/harness.ts': [1, 'drivers of Firefox and WebKit cannot drop a file'],
  'tests/web/charts.test.ts': [2, 'tells the fixture which run to show'],
  'tests/web/engines.test.ts': [2, 'a worker that fails'],
  'tests/web/addresses.test.ts': [1, 'asks the link for its address and leaves the focus where it is'],
  'tests/web/lab-data.test.ts': [1, 'a value that the field itself refuses'],
  'tests/web/lab.test.ts': [
    2,
    'two settings change at once while a third is dragged; a run is stopped in the moment when it can be',
  ],
  'tests/web/teachers.test.ts': [1, 'the end of printing, which a browser tells the page when its dialog is closed'],
};

test('tests of the page make no event that a hand can make', () => {
  const made = files
    .filter((file) => /^tests\/(web|embedding)\/.*\.ts$/.test(file))
    .map((file) => [file, read(file).split(/dispatchEvent\(|\.click\(\)/).length - 1] as const)
    .filter(([, times]) => times > 0);
  assert.deepEqual(
    Object.fromEntries(made),
    Object.fromEntries(Object.entries(MADE).map(([file, [times]]) => [file, times])),
  );
});
