/** Choosing, finding and refusing a module. */

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bytesOf, KINDS, load, RnnError, thrown } from './support.ts';

const loadAny = load as (options?: unknown) => ReturnType<typeof load>;

test('in Node the module is found by itself; auto is SIMD here', async () => {
  assert.equal((await load()).simd, true);
  assert.equal((await load({ wasm: 'scalar' })).simd, false);
});

test('without SIMD in the engine, auto is scalar and simd is refused', async () => {
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    assert.equal((await load()).simd, false);
    assert.equal((await thrown(() => load({ wasm: 'simd' }))).message, 'load: this engine has no WebAssembly SIMD');
  } finally {
    WebAssembly.validate = validate;
  }
});

test('bytes: a buffer, or a view in the middle of one', async () => {
  for (const kind of KINDS) {
    const bytes = Uint8Array.from(bytesOf(kind));
    const larger = new Uint8Array(bytes.length + 20).fill(1);
    larger.set(bytes, 10);
    for (const form of [bytes, bytes.buffer, larger.subarray(10, 10 + bytes.length), new DataView(bytes.buffer)])
      assert.equal((await load({ bytes: form })).simd, kind === 'simd');
  }
});

test('each load has a memory of its own', async () => {
  const [one, other] = [await load(), await load()];
  const before = other.memoryBytes;
  one.sequential({ units: 512, timesteps: 200 }).gradient(new Float32Array(200 * 64), new Float32Array(64));
  assert.equal(other.memoryBytes, before);
});

describe('files', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'unrolled-load-'));
    for (const kind of KINDS) copyFileSync(new URL(`../../build/js/unrolled.${kind}.wasm`, import.meta.url), join(folder, `unrolled.${kind}.wasm`));
    writeFileSync(join(folder, 'page.wasm'), '<!doctype html>');
    writeFileSync(join(folder, 'half.wasm'), bytesOf('simd').subarray(0, 5000));
    writeFileSync(join(folder, 'other.wasm'), Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('url: a folder or a file, as a URL, its text or a path', async () => {
    const url = pathToFileURL(`${folder}/`);
    for (const form of [url, url.href, `${folder}/`, new URL('unrolled.simd.wasm', url), join(folder, 'unrolled.simd.wasm')])
      assert.equal((await load({ url: form })).simd, true, String(form));
    assert.equal((await load({ url, wasm: 'scalar' })).simd, false);
  });

  test('a missing, wrong or damaged module is named', async () => {
    const cases: [string, RegExp][] = [
      ['none.wasm', /^load: cannot read the WebAssembly module: ENOENT.*none\.wasm/],
      ['page.wasm', /^load: .*page\.wasm is no WebAssembly module: it does not begin with \\0asm$/],
      ['half.wasm', /^load: .*half\.wasm is damaged, or this engine cannot run it: /],
      ['other.wasm', /^load: .*other\.wasm is not Unrolled's module$/],
    ];
    for (const [name, message] of cases) {
      const error = await thrown(() => load({ url: join(folder, name) }));
      assert.ok(error instanceof RnnError && error.code === 'LOAD' && error.operation === 'load', String(error));
      assert.match(error.message, message);
    }
  });
});

describe('from a server', () => {
  let server: Server;
  let base: string;
  before(async () => {
    server = createServer((request, response) => {
      const name = (request.url ?? '').slice(1);
      if (!name.startsWith('unrolled.')) return void response.writeHead(404, 'Not Found').end('no');
      response.end(readFileSync(new URL(`../../build/js/${name}`, import.meta.url)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  test('is fetched, whatever its media type', async () => {
    assert.equal((await load({ url: base })).simd, true);
    assert.equal((await load({ url: `${base}unrolled.scalar.wasm` })).simd, false);
  });

  test('a missing file and a silent server are named', async () => {
    assert.equal((await thrown(() => load({ url: `${base}none.wasm` }))).message, `load: cannot fetch ${base}none.wasm: the server answers 404 Not Found`);
    const error = await thrown(() => load({ url: 'http://127.0.0.1:9/unrolled.simd.wasm' }));
    assert.match(error.message, /^load: cannot fetch http:\/\/127\.0\.0\.1:9\/unrolled\.simd\.wasm: /);
    assert.equal(error.code, 'LOAD');
  });
});

test('a page policy that refuses WebAssembly is named', async () => {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = (() =>
    Promise.reject(new WebAssembly.CompileError("Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not allowed"))) as never;
  try {
    const error = await thrown(() => load());
    assert.match(error.message, /^load: the page's Content-Security-Policy refuses WebAssembly: its script-src needs 'wasm-unsafe-eval' \(/);
    assert.equal(error.code, 'LOAD');
  } finally {
    WebAssembly.instantiate = instantiate;
  }
});

test('wrong options', async () => {
  const cases: [unknown, string, string][] = [
    [null, 'TypeError', 'load: options is null: expected an object with wasm, lean, url, bytes'],
    [{ path: 'x' }, 'TypeError', 'load: unknown option "path": expected wasm, lean, url, bytes'],
    [{ wasm: 'fast' }, 'RangeError', 'load: wasm is "fast": expected "auto" or "simd" or "scalar"'],
    [{ url: 3 }, 'TypeError', 'load: url is 3: expected a string or a URL'],
    [{ bytes: 'x' }, 'TypeError', 'load: bytes is "x": expected an ArrayBuffer or a view of one'],
  ];
  for (const [options, name, message] of cases) {
    const error = await thrown(() => loadAny(options));
    assert.deepEqual([error.name, error.message], [name, message]);
  }
});
