/** Does the lean module give what the whole one gives, and say what it lacks? */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../house/tree.ts';
import { KINDS, loadKind, NOTEBOOK, twin, weightBits } from './support.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const build = join(root, process.env.BUILD ?? 'build', 'js');
const { load } = (await import(join(build, 'unrolled.js'))) as Engine;

for (const kind of KINDS)
  describe(`the lean module, ${kind}`, () => {
    test('trains, judges and traces to the same bits', async () => {
      const [whole, lean] = [await loadKind(kind), await load({ wasm: kind, lean: true })];
      const { x, y } = twin(whole);
      assert.deepEqual(twin(lean), { x, y });
      const models = [whole, lean].map((engine) => engine.sequential(NOTEBOOK));
      const histories = await Promise.all(models.map((model) => model.fit(x, y, { epochs: 10, validationSplit: 0.2 })));
      assert.deepEqual(histories[1], histories[0]);
      const [a, b] = models as [(typeof models)[0], (typeof models)[0]];
      assert.equal(weightBits(b), weightBits(a));
      assert.deepEqual(b.trace(x.slice(0, 10), y.slice(0, 1)).layers, a.trace(x.slice(0, 10), y.slice(0, 1)).layers);
      assert.deepEqual(b.predict(x), a.predict(x));
      assert.equal(b.summary(), a.summary());
    });

    test('has a part of the whole one’s exports, and names what it lacks', async () => {
      const names = async (file: string): Promise<string[]> =>
        WebAssembly.Module.exports(await WebAssembly.compile(readFileSync(join(build, `${file}.${kind}.wasm`)))).map(({ name }) => name);
      const [whole, lean] = [await names('unrolled'), await names('lean')];
      assert.deepEqual(lean.filter((name) => !whole.includes(name)), []);
      const engine = await load({ wasm: kind, lean: true });
      assert.throws(() => engine.sequential(NOTEBOOK).saveWeights(), { code: 'LOAD', message: /the module has no export "weights_size": it is the lean one/ });
      assert.throws(() => engine.readCsv('y,x1\n1,0\n'), { code: 'LOAD' });
    });
  });
