// Are the events of the elements those that are declared and described?
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { files, linesWith, read } from './tree.ts';

const EVENTS = 'web/shared/events.ts';
const sources = files.filter((file) => /^web\/.*\.ts$/.test(file));
const names = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map((match) => match[1] as string))].sort();
const keysOf = (text: string): string[] => names(text, /^ {2}'(rnn-[a-z-]+)': (?:\{|object)/gm);
const [, figure = '', all = ''] = read(EVENTS).split(/^(?:export )?interface /m);

test('one function makes every event', () => {
  const made = /new CustomEvent\b|\bas CustomEvent\b(?!<RnnEvents\[)|composed: true/;
  const known = /^web\/app\/scrolling\.ts/; /* an input event of the browser's own kind */
  assert.deepEqual(
    linesWith(made, sources).filter((line) => !line.startsWith(EVENTS) && !known.test(line)),
    [],
  );
});

test('only what docs/embedding names crosses the shadow root of a figure', () => {
  const documented = names(read('docs/embedding/README.md'), /^\| `(rnn-[a-z]+)` \|/gm);
  assert.ok(documented.length > 5);
  assert.deepEqual(keysOf(figure), documented);
  assert.deepEqual(names(read(EVENTS), /'(rnn-[a-z]+)': true/g), documented);
});

test('the head of each element describes the events that it sends, and each event is sent by one', () => {
  const elements = sources.filter((file) => /^\/\*\* `<rnn-/.test(read(file)));
  assert.ok(elements.length > 12);
  const sentBySome = new Set<string>();
  for (const element of elements) {
    /* a figure's folder is its own; in the other folders each element is one file */
    const own = element.endsWith('/element.ts')
      ? sources.filter((file) => dirname(file) === dirname(element))
      : [element];
    if (own.some((file) => /@toggle=\$\{toggleTable\}/.test(read(file)))) own.push('web/shared/toggle-table.ts');
    const sent = names(own.map(read).join('\n'), /\bemit\(\s*[\w.#]+,\s*'(rnn-[a-z-]+)'/g);
    const [head = ''] = read(element).split('*/');
    assert.deepEqual(names(head.replace(/<\/?rnn-[^>]*>/g, ''), /(rnn-[a-z-]+)/g), sent, element);
    for (const name of sent) sentBySome.add(name);
  }
  assert.deepEqual([...sentBySome].sort(), [...keysOf(figure), ...keysOf(all)].sort());
});
