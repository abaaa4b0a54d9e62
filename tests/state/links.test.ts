// Every link that was ever given away must still open the same state.
//
// links.json contains links of every page, with every key, and those in documents, teaching pages and tests, with the
// state that each opened when it was recorded. Fields that were added later are left out, because their defaults give
// the same page. A row is never changed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstAddress, PAGES } from '../../web/embed/attributes.ts';
import { figureOfHash, viewOfFile } from '../../web/embed/hash.ts';
import { isView, type PageName, viewOf } from '../../web/embed/views.ts';
import { isNotebooks } from '../../web/lesson/leave-for-notebook.ts';
import { fromAddress } from '../../web/state/address.ts';
import { root } from '../house/tree.ts';

type State = Record<string, unknown>;

interface Row {
  /** A page and its hash … */
  link?: string;
  /** … or the attributes of an `<rnn-figure>`. */
  figure?: Record<string, string>;
  view?: string;
  controls?: string;
  /** The differences from the page's initial state. */
  state: State;
}

const { first, links } = JSON.parse(readFileSync(join(root, 'tests/state/links.json'), 'utf8')) as {
  first: Record<PageName, State>;
  links: Row[];
};

/** The notebook was the site’s first page when these links were recorded. */
const PAGE_OF: Readonly<Record<string, PageName>> = { 'index.html': 'notebook', 'lab.html': 'lab' };
const FIRST_VIEW = { 'embed.html': 'network', 'share.html': 'network' } as const;

interface Opened {
  page: PageName;
  address: string;
  view?: string;
  controls?: string | undefined;
}

function opened({ link = '', figure }: Row): Opened {
  if (figure) {
    const view = figure['view'] ?? 'network';
    const { page } = viewOf(isView(view) ? view : 'network');
    return { page, address: firstAddress(page, (name) => figure[name] ?? null).address };
  }
  const [file = '', hash = ''] = link.split(/(?=#)/);
  const page = PAGE_OF[file];
  if (page) return { page, address: hash };
  const { view, controls, address } = figureOfHash(
    hash,
    file === 'unrolled.html' ? viewOfFile(hash) : FIRST_VIEW[file as keyof typeof FIRST_VIEW],
  );
  return { page: viewOf(view).page, address, view, ...(controls !== undefined && { controls }) };
}

/** The names of fields may change; their keys and values never do. */
const nameOf = (name: string): string => (name === 'updates' ? 'at' : name);

/** The network figure of the notebook has come to show the reader's own network where a link asks for no other one. */
function withOwnNetwork({ units }: { units: number }, link: string): State {
  const unit = Number(/\bunit\b\D+(\d+)/.exec(link)?.[1] ?? 0);
  return { network: 'own', trained: -1, unit: Math.min(unit, units) };
}

test('every old link opens the state that it opened when it was recorded', () => {
  assert.ok(links.length > 400);
  for (const row of links) {
    const { page, address, view, controls } = opened(row);
    const { state } = fromAddress(PAGES[page], address);
    const known = Object.fromEntries(Object.keys(first[page]).map((name) => [name, (state as State)[nameOf(name)]]));
    const what = row.link ?? JSON.stringify(row.figure);
    const recorded = { ...first[page], ...row.state };
    if (page === 'notebook' && !/\b(net|trained)\b/.test(what)) Object.assign(recorded, withOwnNetwork(state, what));
    assert.deepEqual(JSON.parse(JSON.stringify(known)), recorded, what);
    if (row.view !== undefined) assert.deepEqual([view, controls], [row.view, row.controls], what);
  }
});

test('the old links contain every key', () => {
  const keys = new Set(links.flatMap(({ link = '' }) => [...new URLSearchParams(link.split('#')[1] ?? '').keys()]));
  for (const page of Object.keys(first) as (keyof typeof first)[])
    for (const [name, { key }] of Object.entries(PAGES[page].table))
      if (Object.keys(first[page]).some((old) => nameOf(old) === name)) assert.ok(keys.has(key), `${page}: ${key}`);
});

test('every old link of the first page leads to the notebook, in the query too, and no step of a chapter does', () => {
  const old = links.flatMap(({ link = '' }) => (link.startsWith('index.html#') ? [link.slice(10)] : []));
  assert.ok(old.length > 90);
  for (const hash of old) {
    assert.ok(isNotebooks({ search: '', hash }), hash);
    assert.ok(isNotebooks({ search: hash.replace('#', '?'), hash: '' }), `?${hash.slice(1)}`);
    assert.ok(isNotebooks({ search: '', hash: `#${encodeURIComponent(hash.slice(1))}` }), `encoded ${hash}`);
    assert.ok(!isNotebooks({ search: '', hash: `${hash}&lesson=2` }), `${hash}&lesson=2`);
    assert.ok(!isNotebooks({ search: '', hash: `#${encodeURIComponent(`${hash.slice(1)}&lesson=2`)}` }), hash);
  }
  for (const hash of ['', '#chapter', '#v=1&lesson=1', '#t=4']) assert.ok(!isNotebooks({ search: '', hash }), hash);
});
