// The address must represent the page's state exactly, and no address may break the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromAddress, toAddress } from '../../web/state/address.ts';
import { batches, clampTo, type Field, type OpenField } from '../../web/state/fields.ts';
import { countOf, LAB, NOTEBOOK, NOTEBOOK_CELLS } from '../../web/state/pages.ts';
import { fieldsOf, languageIn, pageHash, queryWithoutState } from '../../web/state/parse-link.ts';
import { END } from '../../web/state/config.ts';
import type { FieldName, State } from '../../web/state/state.ts';

const FIELDS = Object.keys(NOTEBOOK.table) as FieldName[];
const field = (name: FieldName): Field => NOTEBOOK.table[name] as Field;
const initialState = (): State => ({ ...NOTEBOOK.initial });
const { follow, settle } = NOTEBOOK;

/** A small generator with a fixed seed, so that failures can be reproduced (Marsaglia's xorshift, 2003). */
function generator(seed: number): (below: number) => number {
  let word = seed;
  return (below) => {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return (word >>> 0) % below;
  };
}

function randomState(below: (limit: number) => number): State {
  const state: Record<string, unknown> = initialState();
  for (const name of FIELDS) {
    const spec = field(name);
    if (below(2)) continue;
    if (spec.kind === 'flag') state[name] = below(2) === 1;
    else if (spec.kind === 'choice') state[name] = spec.choices[below(spec.choices.length)];
    else if (spec.kind === 'edits') state[name] = [[1, below(1000) / 1000]];
    else if (name === 'shownWeight') state[name] = `w${1 + below(9)}.${1 + below(9)}`;
    else if (spec.kind === 'text')
      state[name as 'open'] = (spec as OpenField).names.filter(() => below(3) === 0).join('_');
    else state[name] = clampTo(spec, spec.minimum + (below(1_000_001) / 1_000_000) * (spec.maximum - spec.minimum));
  }
  return settle(state as State);
}

function inRange(state: State): void {
  for (const name of FIELDS) {
    const spec = field(name);
    const value = state[name];
    if (spec.kind === 'number') {
      assert.ok((value as number) >= spec.minimum && (value as number) <= spec.maximum, `${name} ${value}`);
      if (spec.whole) assert.ok(Number.isInteger(value), `${name} ${value}`);
    } else if (spec.kind === 'choice') assert.ok(spec.choices.includes(value as string), `${name} ${value}`);
    else if (spec.kind === 'flag') assert.equal(typeof value, 'boolean');
    else if (spec.kind === 'edits')
      for (const [timestep, x] of state.edits) assert.ok(timestep >= 1 && timestep <= state.steps && Math.abs(x) <= 10);
  }
  assert.ok(state.t <= state.steps && state.sample < state.samples);
  assert.ok(state.unit <= (NOTEBOOK.runs['network']?.(state)?.units ?? 0));
  assert.ok(state.network === 'own' ? state.trained === -1 : state.trained >= 0);
  for (const [place, count] of state.ran) assert.ok(place <= NOTEBOOK_CELLS.length && Number.isInteger(count));
  assert.ok(state.at <= state.epochs * batches(state));
}

test('a page without an address begins empty, and a version alone is a notebook whose cells have all run', () => {
  const empty = { ...initialState(), ran: [], slowTask: 'first' } as State;
  assert.equal(toAddress(NOTEBOOK, empty), '');
  assert.deepEqual(fromAddress(NOTEBOOK, ''), { state: empty, notices: [] });
  assert.equal(toAddress(NOTEBOOK, initialState()), '#v=1');
  assert.deepEqual(fromAddress(NOTEBOOK, '#v=1'), { state: initialState(), notices: [] });
  assert.deepEqual(
    initialState().ran.map(([, count]) => count),
    NOTEBOOK_CELLS.map((_, i) => i + 1),
  );
  assert.equal(toAddress(NOTEBOOK, { ...empty, epochs: 20 }), '#v=1&epochs=20&ran=&slowtask=first');
  assert.deepEqual(fromAddress(NOTEBOOK, '#v=1&epochs=20&ran=&slowtask=first').state, { ...empty, epochs: 20 });
});

test('what has run is in the address, each cell with its count', () => {
  const { state, notices } = fromAddress(NOTEBOOK, '#v=1&ran=1:3_3:2');
  assert.deepEqual(
    [state.ran, notices],
    [
      [
        [1, 3],
        [3, 2],
      ],
      [],
    ],
  );
  assert.deepEqual([countOf(state, 'data'), countOf(state, 'model'), countOf(state, 'fit')], [3, 2, undefined]);
  assert.deepEqual(fromAddress(NOTEBOOK, '#v=1&ran=1:1_9:2').state.ran, [[1, 1]]);
});

test('the network figure shows the reader’s network, and what older addresses showed', () => {
  const shown = (address: string) => {
    const { task, units, rate, epochs, at } = NOTEBOOK.runs['network']?.(fromAddress(NOTEBOOK, address).state) as State;
    return [task, units, rate, epochs, at];
  };
  assert.deepEqual(shown('#v=1&units=5&rate=0.02&epochs=7&task=first'), ['first', 5, 0.02, 7, END]);
  assert.deepEqual(shown('#v=1&units=5&ran=1:1_3:2'), ['random', 5, 0.001, 10, 0]);
  assert.deepEqual(shown('#v=1&units=5&net=8'), ['first', 8, 0.01, 40, END]);
  assert.deepEqual(shown('#v=1&net=32'), ['first', 32, 0.01, 40, END]);
  assert.deepEqual(shown('#v=1&trained=40'), ['first', 8, 0.01, 40, END]);
  assert.deepEqual(shown('#v=1&trained=0&net=32'), ['first', 32, 0.01, 1, 0]);
});

test('a written address reads back the same state', () => {
  const below = generator(42);
  for (let i = 0; i < 2000; i++) {
    const state = randomState(below);
    const { state: back, notices } = fromAddress(NOTEBOOK, toAddress(NOTEBOOK, state));
    assert.deepEqual(back, state);
    assert.deepEqual(notices, []);
  }
});

test('malicious addresses give states in range', () => {
  const below = generator(7);
  const keys = [...FIELDS.map((name) => field(name).key), '__proto__', 'constructor', 'v', ''];
  const values = [
    '',
    '-1',
    '1e999',
    'NaN',
    '0x10',
    '９',
    '%',
    '%zz',
    '1:2_3',
    '1:x',
    ':',
    '-0',
    '0.5',
    '99999999999',
    '<b>',
    'random',
    'null',
    '∞',
  ];
  for (let i = 0; i < 3000; i++) {
    const pairs = Array.from(
      { length: below(12) },
      () => `${keys[below(keys.length)]}=${values[below(values.length)]}`,
    );
    inRange(fromAddress(NOTEBOOK, `#v=1&${pairs.join('&')}`).state);
  }
  inRange(fromAddress(NOTEBOOK, `#v=1&x=${'1:2_'.repeat(50_000)}`).state);
});

test('a clamped value is reported with its range', () => {
  const { state, notices } = fromAddress(NOTEBOOK, '#v=1&units=9999&rate=-3&epochs=2.5&task=last');
  assert.equal(state.units, 512);
  assert.equal(state.rate, 1e-6);
  assert.equal(state.epochs, 3);
  assert.equal(state.task, 'random');
  assert.equal(notices.length, 4);
  assert.match(notices.join(), /units: “9999” is not in the range 1 to 512; 512 is used/);
  assert.match(notices.join(), /labels: “last” is not one of random, first/);
});

test('cursors stay in the range of what they select', () => {
  const { state, notices } = fromAddress(NOTEBOOK, '#v=1&steps=5&n=20&t=9&units=8&unit=20&sample=50');
  assert.deepEqual([state.t, state.unit, state.sample], [5, 8, 19]);
  assert.equal(notices.length, 3);
});

test('an address without a version is an anchor in the page, not a state', () => {
  assert.deepEqual(fromAddress(NOTEBOOK, '#network').state, NOTEBOOK.opening);
});

test('another version is reported', () => {
  assert.match(fromAddress(NOTEBOOK, '#v=2&units=8').notices.join(), /version “2”/);
});

test('another run restarts training step by step', () => {
  const before = { ...initialState(), at: 17 };
  assert.equal(follow({ ...before, rate: 0.01 }, before, ['rate']).at, 0);
  assert.equal(follow({ ...before, task: 'first' }, before, ['task']).at, 0);
  assert.equal(follow({ ...before, t: 3 }, before, ['t']).at, 17);
});

/** Changes that chats, mail programs, word processors and pages make to a link. */
const MANGLED: Readonly<Record<string, (hash: string) => string>> = {
  'separators encoded': (hash) => `#${encodeURIComponent(hash.slice(1))}`,
  'encoded twice': (hash) => `#${encodeURIComponent(encodeURIComponent(hash.slice(1)))}`,
  'ampersands encoded': (hash) => hash.replaceAll('&', '%26'),
  '&amp;': (hash) => hash.replaceAll('&', '&amp;'),
  '&amp;amp;': (hash) => hash.replaceAll('&', '&amp;amp;'),
  '&#38;': (hash) => hash.replaceAll('&', '&#38;'),
  'in the query': (hash) => `?${hash.slice(1)}`,
  'in the query, encoded': (hash) => `?${encodeURIComponent(hash.slice(1))}`,
  '#?': (hash) => `#?${hash.slice(1)}`,
  '#/?': (hash) => `#/?${hash.slice(1)}`,
  '##': (hash) => `#${hash}`,
  'a capital': (hash) => hash.replace('#v', '#V'),
  'capital keys': (hash) => hash.replace(/[#&][a-z]+=/g, (key) => key.toUpperCase()),
  'a whole link': (hash) => `https://example.org/lab.html?id=5${hash}`,
  'a link with its # encoded': (hash) => `https://example.org/lab.html%23${encodeURIComponent(hash.slice(1))}`,
  'angle brackets': (hash) => `<https://example.org/lab.html${hash}>`,
  Markdown: (hash) => `[this](https://example.org/lab.html${hash}).`,
  'a Markdown link made of a link': (hash) => `[https://example.org/${hash}](https://example.org/${hash})`,
  'a named link of a chat': (hash) => `<https://example.org/lab.html${hash}|this>`,
  'a sentence goes on': (hash) => `https://example.org/lab.html${hash} and look`,
  'invisible characters': (hash) => `\u200b${hash.replaceAll('&', '\u200b&')}\ufeff`,
  'invisible characters, encoded': (hash) => `#%E2%80%8B${hash.slice(1)}%E2%80%8B`,
  'broken over two lines': (hash) => hash.replace('&', '\r\n&'),
  'a line break for an ampersand': (hash) => hash.replace('&', '\n'),
  'an encoded line break for an ampersand': (hash) => hash.replaceAll('&', '%0A'),
  'broken behind an ampersand, in a quotation': (hash) => hash.replaceAll('&', '&\r\n> '),
  'broken within a key': (hash) => hash.replace(/&([a-z])/, '&$1\r\n  '),
  'broken within a value': (hash) => hash.replace('adding', 'add\n ing').replace('echo', 'e\ncho'),
  'a space for an ampersand': (hash) => hash.replace('&', ' '),
  'a tag behind': (hash) => `${hash}</a>`,
  'a link of a page': (hash) => `<a href="https://example.org/lab.html${hash}">this</a>`,
  'a tag behind, encoded': (hash) => `${hash}%3C/a%3E`,
  'escaped for Markdown': (hash) => hash.replace(/[=&_:.#*-]/g, (sign) => `\\${sign}`),
  'escaped for Markdown, encoded': (hash) => hash.replace(/[=&_]/g, (sign) => `%5C${sign}`),
  'every sign as a number of HTML': (hash) =>
    hash.replaceAll('=', '&#61;').replaceAll('&v', '&#38;v').replaceAll(':', '&#x3A;'),
  'wide signs': (hash) => hash.replaceAll('=', '\uff1d').replaceAll('&', '\uff06'),
  'curly quotation marks around': (hash) => `\u201chttps://example.org/lab.html${hash}\u201d`,
  'another sentence in curly quotation marks': (hash) => `${hash}\u201d \u201cnext`,
  'Japanese goes on': (hash) => `${hash}\u3092\u898b\u3066\u3002`,
  emphasis: (hash) => `*${hash}*`,
  'strong emphasis': (hash) => `**${hash}**`,
  'an apostrophe of a page': (hash) => `${hash}&#39;`,
  'typographic minus signs': (hash) => hash.replace(/([=:])-(?=\d)/g, '$1\u2212'),
  followed: (hash) => `?utm_source=chat&fbclid=IwAR-_x${hash}`,
  'followed, behind': (hash) => `${hash}&utm_source=chat&utm_medium=social&fbclid=IwAR-_x&gclid=1`,
  'followed, with a second question mark': (hash) => `${hash}?utm_source=chat`,
  ...Object.fromEntries(
    [...'.,;:!?…)]}>"\'”’»*`~。、，．：；！？）】」』》〉】・'].map((end) => [
      `${end} behind`,
      (hash: string) => hash + end,
    ]),
  ),
  ...Object.fromEntries(
    [...')]>"”'].map((end) => [
      `${end} and a full stop behind, encoded`,
      (hash: string) => `${hash}${encodeURIComponent(`${end}.`)}`,
    ]),
  ),
};

test('a link opens the same state however it was copied, without a notice', () => {
  const hashes = [
    '#v=1&task=adding&at=-1&x=1:-0.5_3:1e+2',
    '#v=1&task=own&own=60x12x2b-0123456789abcdef&csv=eJw-_z0_0-AA-_-',
    '#v=1&rate=1e+2&task=echo&own=60x12x2b-0123456789abcdef&csv=-__3D--2F25',
    '#task=adding&v=1',
  ];
  for (const hash of hashes) {
    const wanted = fromAddress(LAB, hash);
    for (const [name, mangle] of Object.entries(MANGLED)) {
      const link = mangle(hash);
      assert.deepEqual(fromAddress(LAB, link), wanted, `${name}: ${link}`);
      for (const [second, again] of Object.entries(MANGLED))
        if (
          !/[?#]/.test(name + second) &&
          !/link|Markdown|sentence|query|encoded|ampersand|broken|HTML|tag|goes on|around|mphasis/.test(name + second)
        )
          assert.deepEqual(fromAddress(LAB, again(link)), wanted, `${name}, ${second}: ${again(link)}`);
    }
  }
});

test('underscores for emphasis are removed, but not from values that may end in one', () => {
  for (const around of ['_', '__']) {
    const link = `${around}https://example.org/lab.html#v=1&units=16&x=1:0.5_3:0.2${around}`;
    for (const text of [link, link.replace(/^.*#/, '#')])
      assert.deepEqual(fromAddress(LAB, text), fromAddress(LAB, '#v=1&units=16&x=1:0.5_3:0.2'), text);
  }
  assert.equal(fieldsOf('#v=1&csv=eJw-_z_').get('csv'), 'eJw-_z_');
});

test('a hash that is not a state is not read as one, and anything unclear is reported', () => {
  for (const place of ['', '#', '#network', '#%23', '#Network.'])
    assert.deepEqual([[...fieldsOf(place)], fromAddress(LAB, place).notices], [[], []], place);
  const told = (link: string): string => fromAddress(LAB, link).notices.join();
  assert.match(told('#task=adding'), /does not begin with v=1/);
  for (const hash of ['#foo=1', '#v:1=2', '#view=network', '#lang=xx'])
    assert.match(told(hash), /does not begin with v=1/, hash);
  assert.match(told('#v=1&taks=adding'), /“taks” is not known/);
  assert.match(told('?v=1&taks=adding'), /“taks” is not known/);
  assert.match(told('#v=1task=adding'), /version “1task=adding”/);
  assert.match(told('#v=1&task=add'), /task: “add” is not one of/);
  assert.match(told('#v=1&units=8 and so&rate=0.1'), /units: “8 and so” is not a number/);
});

test('a page reads its state from its hash, otherwise from its query, and leaves the rest of the query', () => {
  const at = (search: string, hash: string): string[] => [
    pageHash({ search, hash }, ['task', 'n']),
    queryWithoutState(search, ['task', 'n']),
  ];
  assert.deepEqual(at('?v=1&task=adding', ''), ['#v=1&task=adding', '']);
  assert.deepEqual(at('?v=1&task=adding', '#network'), ['#v=1&task=adding', '']);
  assert.deepEqual(at('?v=1&task=first', '#v=1&task=adding'), ['#v=1&task=adding', '']);
  assert.deepEqual(at('?utm_source=x&v=1&task=first', ''), ['#v=1&task=first', '?utm_source=x']);
  assert.deepEqual(at('?v%3D1%26task%3Dadding', ''), ['#v=1&task=adding', '']);
  assert.deepEqual(at('?v=1&', '#38;task=adding'), ['#v=1&task=adding', '']);
  /* whatever does not belong to the page stays unchanged */
  assert.deepEqual(at('?v=1&task=adding&theme=dark', ''), ['#v=1&task=adding', '?theme=dark']);
  assert.deepEqual(at('?token=a%3Db&v=1&n=20&flag', ''), ['#v=1&n=20', '?token=a%3Db&flag']);
  assert.deepEqual(at('?v%3D1%26task%3Dadding%26theme%3Ddark', ''), ['#v=1&task=adding', '?theme=dark']);
  assert.deepEqual(at('?token=abc', '#v=1&task=adding'), ['#v=1&task=adding', '?token=abc']);
  assert.deepEqual(at('?lang=de&token=abc', ''), ['', '?token=abc']);
  assert.deepEqual(at('?v=1&taks=adding&theme=dark', ''), ['#v=1&taks=adding', '?taks=adding&theme=dark']);
  assert.deepEqual(
    ['view=network', 'v=1&view=data'].map((query) => queryWithoutState(`?${query}&theme=dark`, ['view', 'task'])),
    ['?theme=dark', '?theme=dark'],
  );
  assert.deepEqual(
    [
      languageIn({ search: '?lang=DE&token=abc', hash: '#network' }),
      languageIn({ search: '?token=abc', hash: '#v=1&lang=de.' }),
    ],
    ['de', 'de'],
  );
  /* a query without a version is not a state, and a query of the server is not ours */
  for (const search of ['?x=1&token=abc', '?task=adding', '?view=grid'])
    assert.deepEqual(at(search, '#network'), ['#network', search]);
  for (const search of ['?v=20260101', '?id=5&unit=2', '?fbclid=1', ''])
    assert.deepEqual(at(search, '#network'), ['#network', search]);
});

test('a long malicious link is read in linear time', () => {
  for (const part of ['.', ')', '%25', '&amp;', '](', ' a', '#', '?=', '%E2%80%8B'])
    assert.ok(fromAddress(LAB, `#v=1&task=adding${part.repeat(50_000)}`).state);
});
