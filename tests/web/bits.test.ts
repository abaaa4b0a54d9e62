// Do browsers leave the same bits as every other build? The runs, and what they must leave: tests/bits.
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
  globalThis.results = {};
  for (const wasm of ['simd', 'scalar']) all(wasm).then((made) => { globalThis.results[wasm] = made; }, (error) => { globalThis.results[wasm] = { error: String(error) }; });
`;

forEachBrowser('both modules leave the same bits as every other build', async (tab) => {
  const site = await servePage('bits', script);
  for (const kind of ['simd', 'scalar']) copyFileSync(join(build, `js/unrolled.${kind}.wasm`), join(build, `tests/bits/unrolled.${kind}.wasm`));
  try {
    await tab.open(site.url);
    await tab.until(() => Object.keys((globalThis as unknown as { results?: object }).results ?? {}).length === 2);
    const results = await tab.evaluate(() => (globalThis as unknown as { results: Record<string, Record<string, string>> }).results);
    for (const [kind, made] of Object.entries(results)) {
      assert.equal(made['error'], undefined);
      for (const { name } of cases) {
        const hash = createHash('sha256').update(Buffer.from(made[name] ?? '', 'hex')).digest('hex');
        assert.equal(hash, expected[name], `${kind}: ${name}`);
      }
    }
    assert.deepEqual(tab.problems, []);
  } finally {
    await site.close();
  }
});
