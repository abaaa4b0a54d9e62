// The server must serve what a page needs, and nothing else.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { policy, serve } from '../../web/packaging/serve.mjs';
import { root } from './tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'unrolled-serve-'));
mkdirSync(join(folder, 'public/inner'), { recursive: true });
writeFileSync(join(folder, 'secret.txt'), 'secret');
writeFileSync(join(folder, 'public/index.html'), '<title>page</title>');
writeFileSync(join(folder, 'public/a b.js'), '1');
writeFileSync(join(folder, 'public/module.wasm'), '0123456789');
const site = await serve(join(folder, 'public'));
after(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

/** Sends the path unchanged, since fetch would normalize it. */
function raw(path: string, method = 'GET'): Promise<{ status: number; text: string }> {
  return new Promise((done, failed) => {
    const { port } = new URL(site.url);
    request({ host: '127.0.0.1', port, path, method }, (response) => {
      let text = '';
      response
        .on('data', (part) => {
          text += part;
        })
        .on('end', () => done({ status: response.statusCode ?? 0, text }));
    })
      .on('error', failed)
      .end();
  });
}

test('files are served with their types and the strict policy', async () => {
  for (const [path, type] of [
    ['', 'text/html; charset=utf-8'],
    ['a%20b.js?x=1', 'text/javascript; charset=utf-8'],
    ['module.wasm', 'application/wasm'],
  ]) {
    const response = await fetch(site.url + path);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), type);
    assert.equal(response.headers.get('content-security-policy'), policy);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    await response.arrayBuffer();
  }
  assert.doesNotMatch(policy, /unsafe-(eval|inline)'(?<!wasm-unsafe-eval')/);
});

test('nothing outside the folder is served', async () => {
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/inner/..%2f..%2fsecret.txt',
    '/%00',
    '/inner',
    '/nothing',
    '/%zz',
  ]) {
    const { status, text } = await raw(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(text, /secret/);
  }
  assert.equal((await raw('/', 'POST')).status, 405);
  assert.deepEqual(await raw('/module.wasm', 'HEAD'), { status: 200, text: '' });
});

function run(...args: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'web/packaging/serve.mjs'), ...args]);
    let text = '';
    child.stderr.on('data', (part) => {
      text += part;
    });
    child.on('close', (code) => done({ code, text }));
  });
}

test('the error for a port in use or an invalid port names it', async () => {
  const { port } = new URL(site.url);
  const taken = await run(join(folder, 'public'), port);
  assert.equal(taken.code, 1);
  assert.match(taken.text, new RegExp(`port ${port} is taken.*PORT=`));
  for (const none of ['0', '65536', 'x', '1.5']) {
    const { code, text } = await run(join(folder, 'public'), none);
    assert.equal(code, 2, none);
    assert.match(text, /from 1 to 65535/);
  }
  const missing = await run(folder, '8100');
  assert.equal(missing.code, 1);
  assert.match(missing.text, /make build/);
});
