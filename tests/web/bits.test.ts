// Browsers must give the same bits as every other build, on the page and in a worker. The runs and the expected bits
// are in tests/bits.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { cases, expected } from '../bits/cases.ts';
import { forEachBrowser, root, servePage } from './harness.ts';

const build = join(root, process.env['BUILD'] ?? 'build');

const script = `
  import { load } from '/wasm/js/unrolled.ts';
  import { run } from '${root}/tests/bits/run.ts';
  const cases = ${JSON.stringify(cases)};
  async function all(wasm) {
    const engine = await load({ wasm });
    const made = {};
    for (const one of cases) made[one.name] = Array.from(await run(engine, one), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return made;
  }
  async function tell(answer, where) {
    for (const wasm of ['simd', 'scalar']) answer(wasm + where, await all(wasm).catch((error) => ({ error: String(error) })));
  }
  if (typeof document === 'undefined') tell((kind, made) => postMessage([kind, made]), ', in a worker');
  else {
    globalThis.results = {};
    const keep = (kind, made) => { globalThis.results[kind] = made; };
    const worker = new Worker(import.meta.url, { type: 'module' }); // this very script
    worker.onmessage = ({ data }) => keep(...data);
    worker.onerror = ({ message }) => keep('worker', { error: message });
    tell(keep, '');
  }
`;

forEachBrowser('both modules give the same bits as every other build', async (tab) => {
  const site = await servePage('bits', script);
  for (const kind of ['simd', 'scalar'])
    copyFileSync(join(build, `js/unrolled.${kind}.wasm`), join(build, `tests/bits/unrolled.${kind}.wasm`));
  try {
    await tab.open(site.url);
    await tab.until(() => Object.keys((globalThis as unknown as { results?: object }).results ?? {}).length === 4);
    const results = await tab.evaluate(
      () => (globalThis as unknown as { results: Record<string, Record<string, string>> }).results,
    );
    assert.deepEqual(Object.keys(results).sort(), ['scalar', 'scalar, in a worker', 'simd', 'simd, in a worker']);
    for (const [kind, made] of Object.entries(results)) {
      assert.equal(made['error'], undefined);
      for (const { name } of cases) {
        const hash = createHash('sha256')
          .update(Buffer.from(made[name] ?? '', 'hex'))
          .digest('hex');
        assert.equal(hash, expected[name], `${kind}: ${name}`);
      }
    }
    assert.deepEqual(tab.problems, []);
  } finally {
    await site.close();
  }
});
