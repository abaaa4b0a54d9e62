/** The addresses of a chapter: each step begins with a state of its own, and an address holds what differs from it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toAddress } from '../../web/state/address.ts';
import { chapterPage } from '../../web/state/chapter-page.ts';
import { Store } from '../../web/state/store.ts';

const PAGE = chapterPage('n=500&units=16', ['', 't=4', 'steps=50&t=50&w=20:1.5']);

test('the address of a step says which step it is, and nothing else', () => {
  const store = new Store(PAGE);
  assert.equal(store.address, '');
  for (const lesson of [2, 3]) {
    store.change({ lesson });
    assert.equal(store.address, `#v=1&lesson=${lesson}`);
    assert.deepEqual(new Store(PAGE, store.address).state, store.state);
  }
  store.change({ lesson: 1 });
  assert.equal(store.address, '');
});

test('a step begins with its own state, whatever was changed in the one before', () => {
  const store = new Store(PAGE);
  store.change({ units: 3, t: 7, edits: [[1, 0.2]] });
  assert.equal(store.address, '#v=1&lesson=1&units=3&t=7&x=1:0.2');
  store.change({ lesson: 3 });
  const { units, samples, steps, t, weights, edits } = store.state;
  assert.deepEqual(
    { units, samples, steps, t, weights, edits },
    { units: 16, samples: 500, steps: 50, t: 50, weights: [[20, 1.5]], edits: [] },
  );
});

test('what the reader changes in a step is in its address, and opens again', () => {
  const store = new Store(PAGE, '#v=1&lesson=2');
  store.change({ t: 6, rate: 0.1 });
  assert.equal(store.address, '#v=1&lesson=2&rate=0.1&t=6');
  assert.deepEqual(new Store(PAGE, store.address).state, store.state);
  assert.equal(toAddress(PAGE, PAGE.initialAt(2)), '#v=1&lesson=2');
});

test('a link to a step needs nothing but its number; with anything else it needs the version', () => {
  const { state, notices } = new Store(PAGE, '#lesson=2');
  assert.deepEqual({ state, notices }, { state: PAGE.initialAt(2), notices: [] });
  const other = new Store(PAGE, '#lesson=2&units=3');
  assert.equal(other.state.units, 16);
  assert.match(other.notices.join(' '), /does not begin with v=1/);
});

test('a step that the chapter does not have becomes its last one, and the reader is told', () => {
  const store = new Store(PAGE, '#v=1&lesson=9');
  assert.equal(store.state.lesson, 3);
  assert.equal(store.state.steps, 50);
  assert.match(store.notices.join(' '), /step of the chapter: “9” is not in the range 1 to 3; 3 is used\./);
});

test('every address of a chapter that holds anything has the key lesson, so that none is taken for the notebook’s', () => {
  const store = new Store(PAGE);
  for (const part of [{ t: 3 }, { units: 4 }, { task: 'last' as const }, { epochs: 7 }, { at: 0 }]) {
    store.change({ lesson: 1 });
    store.change(part);
    assert.match(store.address, /[&#]lesson=1(&|$)/);
  }
});

test('a step that shows the network before training keeps showing that while its settings change', () => {
  const store = new Store(chapterPage('steps=50&at=0', ['gain=1', 'at=-1']));
  store.change({ gain: 0.5 });
  assert.deepEqual([store.state.at, store.address], [0, '#v=1&lesson=1&gain=0.5']);
  store.change({ lesson: 2 });
  assert.equal(store.state.at, -1);
  store.change({ gain: 1.5 });
  assert.equal(store.state.at, -1);
});
