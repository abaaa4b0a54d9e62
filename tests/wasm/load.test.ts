/**
 * Choosing, finding and rejecting modules: the network's at once, the one for files when weights or a program are
 * first read or written, the one for data when data are.
 */

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bytesOf, filesBytes, KINDS, load, NOTEBOOK, RnnError, thrown, type Unrolled } from './support.ts';

const loadAny = load as (options?: unknown) => ReturnType<typeof load>;
const built = (name: string): URL => new URL(`../../build/js/${name}`, import.meta.url);

const TEXT = 'y,x1\n1,0.5\n';
const FILE = await (await load()).sequential(NOTEBOOK).saveWeights();
const readFile = (u: Unrolled) => u.sequential(NOTEBOOK).weightsConfig(FILE);
const reads = async (u: Unrolled): Promise<void> => assert.equal((await readFile(u)).units, NOTEBOOK.units);

/** Reading a file is rejected with the reason and what to do, while everything else works. */
async function refuses(u: Unrolled, message: string | RegExp): Promise<void> {
  const error = await thrown(() => readFile(u));
  assert.ok(error instanceof RnnError && error.code === 'LOAD' && error.operation === 'weightsConfig', String(error));
  if (typeof message === 'string') assert.equal(error.message, message);
  else assert.match(error.message, message);
  const model = u.sequential(NOTEBOOK);
  const saved = await thrown(() => model.saveNpz());
  assert.deepEqual([saved.name, saved.code, saved.operation], ['RnnError', 'LOAD', 'saveNpz']);
  const { x, y } = u.task('first', { samples: 20, timesteps: 10 });
  assert.equal((await model.fit(x, y, { epochs: 1 })).loss.length, 1);
  assert.equal(model.predict(x).length, 20);
  model.dispose();
}

test('in Node the module is found without options, and auto chooses SIMD', async () => {
  assert.equal((await load()).simd, true);
  assert.equal((await load({ wasm: 'scalar' })).simd, false);
});

test('without SIMD in the engine, auto chooses scalar, and simd is rejected', async () => {
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    assert.equal((await load()).simd, false);
    assert.equal((await thrown(() => load({ wasm: 'simd' }))).message, 'load: this engine has no WebAssembly SIMD');
  } finally {
    WebAssembly.validate = validate;
  }
});

test('bytes may be a buffer or a view into one', async () => {
  for (const kind of KINDS) {
    const bytes = Uint8Array.from(bytesOf(kind));
    const larger = new Uint8Array(bytes.length + 20).fill(1);
    larger.set(bytes, 10);
    for (const form of [bytes, bytes.buffer, larger.subarray(10, 10 + bytes.length), new DataView(bytes.buffer)])
      assert.equal((await load({ bytes: form })).simd, kind === 'simd');
  }
});

test('each load has its own memory', async () => {
  const [one, other] = [await load(), await load()];
  const before = other.memoryBytes;
  one.sequential({ units: 512, timesteps: 200 }).gradient(new Float32Array(200 * 64), new Float32Array(64));
  assert.equal(other.memoryBytes, before);
});

describe('files', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'unrolled-load-'));
    for (const name of [...KINDS.map((kind) => `unrolled.${kind}.wasm`), 'files.wasm'])
      copyFileSync(built(name), join(folder, name));
    writeFileSync(join(folder, 'page.wasm'), '<!doctype html>');
    writeFileSync(join(folder, 'half.wasm'), bytesOf('simd').subarray(0, 5000));
    writeFileSync(join(folder, 'other.wasm'), Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('url may be a folder or a file, as a URL object, a URL string or a path', async () => {
    const url = pathToFileURL(`${folder}/`);
    for (const form of [
      url,
      url.href,
      `${folder}/`,
      new URL('unrolled.simd.wasm', url),
      join(folder, 'unrolled.simd.wasm'),
    ])
      assert.equal((await load({ url: form })).simd, true, String(form));
    assert.equal((await load({ url, wasm: 'scalar' })).simd, false);
  });

  test('files.wasm is found in the folder of the network’s module, however that was given', async () => {
    const url = pathToFileURL(`${folder}/`);
    for (const form of [
      undefined,
      url,
      url.href,
      `${folder}/`,
      new URL('unrolled.simd.wasm?v=1', url),
      join(folder, 'unrolled.simd.wasm'),
    ])
      await reads(await load({ ...(form && { url: form }) }));
    for (const form of [url, `${folder}/`, join(folder, 'unrolled.simd.wasm')])
      await reads(await load({ bytes: bytesOf('simd'), url: form }));
  });

  test('filesUrl may be files.wasm under another name, or its folder', async () => {
    copyFileSync(built('files.wasm'), join(folder, 'files-a1b2c3.wasm'));
    const url = pathToFileURL(`${folder}/`);
    for (const form of [
      new URL('files-a1b2c3.wasm', url),
      new URL('files-a1b2c3.wasm', url).href,
      join(folder, 'files-a1b2c3.wasm'),
      url,
      `${folder}/`,
    ]) {
      await reads(await load({ filesUrl: form }));
      await reads(await load({ bytes: bytesOf('simd'), filesUrl: form }));
      await reads(await load({ url: join(folder, 'unrolled.simd.wasm'), filesUrl: form }));
    }
    await refuses(
      await load({ filesUrl: join(folder, 'none.wasm') }),
      /^weightsConfig: cannot read the WebAssembly module: ENOENT.*none\.wasm/,
    );
    await reads(await load({ filesUrl: join(folder, 'none.wasm'), filesBytes: filesBytes() }));
  });

  test('the error for a missing, wrong or damaged files.wasm says what to do, and once it is replaced the next call works', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    copyFileSync(built('unrolled.simd.wasm'), join(own, 'unrolled.simd.wasm'));
    const u = await load({ url: `${own}/` });
    const file = join(own, 'files.wasm');
    const remedy = 'put files\\.wasm there, or pass its bytes to load\\(\\) as filesBytes$';
    await refuses(
      u,
      new RegExp(`^weightsConfig: cannot read the WebAssembly module: ENOENT.*own/files\\.wasm'; ${remedy}`),
    );
    const cases: [string | Uint8Array, string][] = [
      ['<!doctype html>', 'is not a WebAssembly module: it does not begin with \\\\0asm'],
      [filesBytes().subarray(0, 5000), 'is damaged, or this engine cannot run it: .*'],
      [bytesOf('scalar'), "is not Unrolled's module"],
      [Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), "is not Unrolled's module"],
    ];
    for (const [content, reason] of cases) {
      writeFileSync(file, content);
      await refuses(u, new RegExp(`^weightsConfig: .*own/files\\.wasm ${reason}; ${remedy}`));
    }
    copyFileSync(built('files.wasm'), file);
    await reads(u);
  });

  test('the error for a missing, wrong or damaged module names it', async () => {
    const cases: [string, RegExp][] = [
      ['none.wasm', /^load: cannot read the WebAssembly module: ENOENT.*none\.wasm/],
      ['page.wasm', /^load: .*page\.wasm is not a WebAssembly module: it does not begin with \\0asm$/],
      ['half.wasm', /^load: .*half\.wasm is damaged, or this engine cannot run it: /],
      ['other.wasm', /^load: .*other\.wasm is not Unrolled's module$/],
      ['files.wasm', /^load: .*files\.wasm is not Unrolled's module$/],
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
  /** The requests in order, and how many of the next responses are errors. */
  const asked: string[] = [];
  let failures = 0;
  before(async () => {
    server = createServer((request, response) => {
      const name = (request.url ?? '').slice(1);
      asked.push(name);
      if (failures > 0) {
        failures -= 1;
        return void response.writeHead(503, 'Service Unavailable').end('later');
      }
      if (!/^(unrolled|files|data)\./.test(name)) return void response.writeHead(404, 'Not Found').end('no');
      response.end(readFileSync(built(name)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => void asked.splice(0));

  test('a module is fetched with any media type', async () => {
    assert.equal((await load({ url: base })).simd, true);
    assert.equal((await load({ url: `${base}unrolled.scalar.wasm` })).simd, false);
  });

  test('files.wasm is fetched once, when weights or a program are first read or written, and data.wasm with the first data', async () => {
    const u = await load({ url: base });
    const model = u.sequential(NOTEBOOK);
    const { x, y } = u.task('first', { samples: 20, timesteps: 10 });
    await model.fit(x, y, { epochs: 1 });
    model.restore(model.snapshot());
    model.setWeights(model.getWeights());
    assert.match(model.summary(), /simple_rnn/);
    await thrown(() => model.loadWeights('w.npz' as never));
    await thrown(() => u.readCsv(TEXT, { loss: 'hinge' as never }));
    assert.deepEqual(asked, ['unrolled.simd.wasm']);
    const [file] = await Promise.all([model.saveWeights(), model.saveNpz(), model.continueIn('keras')]);
    assert.deepEqual(asked, ['unrolled.simd.wasm', 'files.wasm']);
    await model.weightsConfig(file);
    await model.loadWeights(file);
    await reads(u);
    assert.equal(asked.length, 2);
    await Promise.all([u.readCsv(TEXT), u.writeCsv({ x, y, timesteps: 10 }), u.readTable('time,a\n2010-01-01,1\n')]);
    assert.deepEqual(asked.slice(2), ['data.wasm']);
  });

  test('every function that reads or writes fetches its module from the folder of the network’s', async () => {
    type Model = ReturnType<Unrolled['sequential']>;
    const calls: [module: string, call: (u: Unrolled, model: Model) => Promise<unknown>][] = [
      ['data.wasm', (u) => u.readCsv(TEXT)],
      ['data.wasm', (u) => u.writeCsv({ x: [1], y: [0], timesteps: 1 })],
      ['data.wasm', (u) => u.readTable('time,a\n2010-01-01,1\n')],
      ['data.wasm', (u) => u.describeTable('time,a\n2010-01-01,1\n')],
      ['files.wasm', (_, model) => model.saveWeights()],
      ['files.wasm', (_, model) => model.saveNpz()],
      ['files.wasm', (_, model) => model.weightsConfig(FILE)],
      ['files.wasm', (_, model) => model.loadWeights(FILE)],
      ['files.wasm', (_, model) => model.continueIn('pytorch')],
    ];
    for (const [module, call] of calls) {
      asked.splice(0);
      const u = await load({ url: `${base}unrolled.scalar.wasm` });
      await call(u, u.sequential(NOTEBOOK));
      assert.deepEqual(asked, ['unrolled.scalar.wasm', module], String(call));
    }
  });

  test('the error for a failed fetch names files.wasm, and the next call tries again', async () => {
    const u = await load({ url: base });
    failures = 2;
    await refuses(
      u,
      `weightsConfig: cannot fetch ${base}files.wasm: the server answers 503 Service Unavailable; put files.wasm there, or pass its bytes to load() as filesBytes`,
    );
    assert.deepEqual(asked, ['unrolled.simd.wasm', 'files.wasm', 'files.wasm']);
    failures = 1;
    const model = u.sequential(NOTEBOOK);
    const both = await Promise.allSettled([model.saveWeights(), model.saveNpz()]);
    assert.deepEqual(
      both.map((one) => one.status === 'rejected' && one.reason.operation),
      ['saveWeights', 'saveNpz'],
      'one request for both, and each is told',
    );
    assert.equal(asked.length, 4);
    await reads(u);
    assert.deepEqual(asked.slice(4), ['files.wasm']);
  });

  test('a module that was given as bytes is not fetched', async () => {
    await reads(await load({ bytes: bytesOf('simd'), filesBytes: filesBytes(), url: base }));
    assert.deepEqual(asked, []);
    await reads(await load({ url: base, filesBytes: filesBytes() }));
    assert.deepEqual(asked, ['unrolled.simd.wasm']);
    await reads(await load({ url: base, bytes: bytesOf('simd') }));
    assert.deepEqual(asked, ['unrolled.simd.wasm', 'files.wasm']);
  });

  test('the error for a missing file and for a silent server says so', async () => {
    assert.equal(
      (await thrown(() => load({ url: `${base}none.wasm` }))).message,
      `load: cannot fetch ${base}none.wasm: the server answers 404 Not Found`,
    );
    const error = await thrown(() => load({ url: 'http://127.0.0.1:9/unrolled.simd.wasm' }));
    assert.match(error.message, /^load: cannot fetch http:\/\/127\.0\.0\.1:9\/unrolled\.simd\.wasm: /);
    assert.equal(error.code, 'LOAD');
  });
});

describe('filesBytes', () => {
  test('the error for detached bytes says that they are detached', async () => {
    for (const name of ['bytes', 'filesBytes'])
      for (const view of [true, false]) {
        const bytes = bytesOf('simd');
        structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
        const error = await thrown(() => load({ [name]: view ? bytes : bytes.buffer }));
        assert.deepEqual(
          [error.name, error.message],
          [
            'TypeError',
            `load: ${name} is detached (its buffer was transferred): expected an ArrayBuffer or a view of one`,
          ],
        );
      }
  });

  test('filesBytes may be a buffer or a view into one, with or without the network’s bytes', async () => {
    const bytes = filesBytes();
    const larger = new Uint8Array(bytes.length + 20).fill(1);
    larger.set(bytes, 10);
    for (const form of [
      bytes,
      bytes.buffer,
      larger.subarray(10, 10 + bytes.length),
      new DataView(bytes.buffer),
      Buffer.from(bytes),
    ]) {
      await reads(await load({ filesBytes: form }));
      await reads(await load({ bytes: bytesOf('scalar'), filesBytes: form }));
    }
  });

  test('the caller may change filesBytes after load', async () => {
    for (const bytes of [filesBytes(), Buffer.from(filesBytes())]) {
      const u = await load({ filesBytes: bytes });
      bytes.fill(0);
      await reads(u);
    }
  });

  test('the error for wrong filesBytes says what to do', async () => {
    const remedy = '; pass the bytes of files.wasm to load() as filesBytes';
    await refuses(
      await load({ filesBytes: new Uint8Array(10) }),
      `weightsConfig: filesBytes is not a WebAssembly module: it does not begin with \\0asm${remedy}`,
    );
    await refuses(
      await load({ filesBytes: bytesOf('simd') }),
      `weightsConfig: filesBytes is not Unrolled's module${remedy}`,
    );
    assert.equal((await thrown(() => load({ bytes: filesBytes() }))).message, "load: bytes is not Unrolled's module");
  });

  test('if the address of the module for files is unknown, the error says so', async () => {
    const message =
      'weightsConfig: weights and programs are read and written by a module of its own, files.wasm; pass its bytes to load() as filesBytes, or its address as filesUrl';
    await refuses(await load({ bytes: bytesOf('simd') }), message);
    await refuses(
      await load({ url: `data:application/wasm;base64,${Buffer.from(bytesOf('simd')).toString('base64')}` }),
      message,
    );
  });
});

test('the error for a page policy that blocks WebAssembly says so', async () => {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = (() =>
    Promise.reject(
      new WebAssembly.CompileError(
        "Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not allowed",
      ),
    )) as never;
  try {
    const error = await thrown(() => load());
    assert.match(
      error.message,
      /^load: the page's Content-Security-Policy refuses WebAssembly: its script-src needs 'wasm-unsafe-eval' \(/,
    );
    assert.equal(error.code, 'LOAD');
  } finally {
    WebAssembly.instantiate = instantiate;
  }
});

test('wrong options', async () => {
  const cases: [unknown, string, string][] = [
    [
      null,
      'TypeError',
      'load: options is null: expected an object with wasm, url, bytes, filesUrl, filesBytes, dataUrl, dataBytes',
    ],
    [
      { path: 'x' },
      'TypeError',
      'load: unknown option "path": expected wasm, url, bytes, filesUrl, filesBytes, dataUrl, dataBytes',
    ],
    [{ wasm: 'fast' }, 'RangeError', 'load: wasm is "fast": expected "auto" or "simd" or "scalar"'],
    [{ url: 3 }, 'TypeError', 'load: url is 3: expected a string or a URL'],
    [{ bytes: 'x' }, 'TypeError', 'load: bytes is "x": expected an ArrayBuffer or a view of one'],
    [{ filesBytes: [0] }, 'TypeError', 'load: filesBytes is an array of 1: expected an ArrayBuffer or a view of one'],
    [{ filesUrl: 3 }, 'TypeError', 'load: filesUrl is 3: expected a string or a URL'],
    [{ bytes: bytesOf('simd'), url: 3 }, 'TypeError', 'load: url is 3: expected a string or a URL'],
  ];
  for (const [options, name, message] of cases) {
    const error = await thrown(() => loadAny(options));
    assert.deepEqual([error.name, error.message], [name, message]);
  }
});
