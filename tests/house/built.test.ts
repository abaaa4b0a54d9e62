// Is what was built small, whole and free of anything from elsewhere?
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { root } from './tree.ts';

const dist = join(root, process.env.DIST ?? 'dist');
const build = join(root, process.env.BUILD ?? 'build');
const modules = ['unrolled.scalar.wasm', 'unrolled.simd.wasm'];
const sent = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

test('dist holds the page and both modules', () => {
  const names = readdirSync(dist);
  assert.deepEqual(names.filter((name) => name.endsWith('.wasm')).sort(), modules);
  assert.ok(names.includes('index.html'));
  assert.deepEqual(names.filter((name) => !/\.(html|js|css|wasm|svg|png|woff2)$/.test(name)), []);
});

test('each module is at most 36 KiB, gzipped', () => {
  for (const name of modules) assert.ok(sent(join(build, 'js', name)) <= 36_864, `${name}: ${sent(join(build, 'js', name))} bytes`);
});

test('the first load is at most 150 kB, gzipped', () => {
  const first = readdirSync(dist).filter((name) => name !== 'unrolled.scalar.wasm');
  const bytes = first.reduce((sum, name) => sum + sent(join(dist, name)), 0);
  assert.ok(bytes <= 150_000, `${bytes} bytes: ${first.join(' ')}`);
});

test('the page fetches nothing from elsewhere and is relative', () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const addresses = [...page.matchAll(/\b(?:src|href|action|poster|data)="([^"]*)"/g)].map((match) => match[1] as string);
  const loads = [...page.matchAll(/<(?:script|link|img|source|iframe|object|embed)\b[^>]*?\b(?:src|href|data)="([^"]*)"/g)].map((match) => match[1] as string);
  assert.ok(loads.length > 0 && addresses.length > 0);
  assert.deepEqual(loads.filter((address) => !/^(\.\/|#|data:)/.test(address)), []);
  const styles = readdirSync(dist).filter((name) => name.endsWith('.css')).map((name) => readFileSync(join(dist, name), 'utf8'));
  assert.doesNotMatch(styles.join(), /@import|url\(\s*['"]?(https?:)?\/\//);
});

test('no source of the page asks for eval', () => {
  for (const name of readdirSync(dist).filter((file) => file.endsWith('.js')))
    assert.doesNotMatch(readFileSync(join(dist, name), 'utf8'), /\beval\(|new Function\(/, name);
});
