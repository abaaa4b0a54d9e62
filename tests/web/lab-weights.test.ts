// Weights from a file, as a reader uses them in real browsers.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forEachBrowser, root, type Tab } from './harness.ts';
import { openLab, unfold } from './pages.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

function lab(name: string, address: string, use: (tab: Tab) => Promise<void>): void {
  forEachBrowser(`lab weights: ${name}`, async (tab) => {
    await openLab(tab, address);
    await use(tab);
    assert.deepEqual(tab.problems, []);
  });
}

/** A network with weights that no training here gives. */
function made(seed: number, more: object = {}) {
  const model = engine.sequential({ units: 5, timesteps: 10, cell: 'gru', layers: 2, seed, ...more });
  model.compile();
  return model;
}

/** Drops a file, as a file manager does. */
async function drop(tab: Tab, name: string, content: Uint8Array): Promise<void> {
  await unfold(tab, '#weights');
  await tab.drop('#weights', [{ name, content }]);
}

/** Chooses a file, as the file chooser does. */
const choose = (tab: Tab, name: string, content: Uint8Array): Promise<void> =>
  tab.upload('#weights-file', { name, content });

const untilPlace = (tab: Tab, begin: string): Promise<void> =>
  tab.until((words: string) => (document.querySelector('#place')?.textContent ?? '').startsWith(words), begin);

/** The numbers in the figures, once they are visible. */
async function shown(tab: Tab): Promise<{ predictions: number[]; h: number[] }> {
  await tab.middle('#data');
  await tab.until(
    () => (document.getElementById('data') as unknown as { predictions?: Float32Array }).predictions?.length,
  );
  await tab.evaluate(() => document.querySelector('rnn-network')?.scrollIntoView({ behavior: 'instant' }));
  await tab.until(
    () =>
      (document.getElementById('figure') as unknown as { trace?: { layers: unknown[] } }).trace?.layers.length === 2,
  );
  return tab.evaluate(() => ({
    predictions: [...(document.getElementById('data') as unknown as { predictions: Float32Array }).predictions],
    h: [
      ...((document.getElementById('figure') as unknown as { trace: { layers: { h: Float32Array }[] } }).trace.layers[1]
        ?.h ?? []),
    ],
  }));
}

const data = engine.task('first', { samples: 100, timesteps: 10 });

lab(
  'figures, words and link show the file’s network; undo and training restore the trained one',
  '#v=1&t=3',
  async (tab) => {
    const model = made(7);
    await drop(tab, 'gru.npz', await model.saveNpz());
    const right = (100 * (model.evaluate(data.x, data.y).accuracy ?? Number.NaN)).toFixed(1);
    await untilPlace(tab, `With the weights from gru.npz: right on ${right} % of all training sequences`);
    const { predictions, h } = await shown(tab);
    assert.deepEqual(predictions, [...model.predict(data.x)]);
    assert.deepEqual(h, [...(model.trace(data.x.subarray(0, 10)).layers[1]?.h ?? [])]);
    assert.equal(await tab.text('#what-if-text'), 'The weights are frozen. All of them are from gru.npz.');
    assert.deepEqual(await tab.faults(), []);
    await tab.until(() => /cell=gru&layers=2&units=5&.*file=[0-9a-f]{16}/.test(location.hash));
    /* the same network processes another sequence */
    await tab.focus('rnn-data >>> input');
    for (let i = 0; i < 4; i++) await tab.press('ArrowRight');
    await tab.until(() => location.hash.includes('sample=4') && location.hash.includes('file='));
    /* after a reload, this tab still has the file */
    const link = (await tab.evaluate(() => location.hash)) as string;
    await openLab(tab, link);
    await untilPlace(tab, `With the weights from a file: right on ${right} %`);
    /* a browser without the file asks for it, and shows the trained weights in the meantime */
    await tab.evaluate(() => sessionStorage.clear());
    await openLab(tab, link);
    await untilPlace(tab, 'After 40 epochs');
    assert.match(
      await tab.text('#weights-needed'),
      /^This link needs the file that its weights are from\. .* must be [0-9a-f]{16}\.$/,
    );
    assert.match(await tab.text('#what-if-text'), /They are those of the training, until their file has been loaded\./);
    await choose(tab, 'again.safetensors', await model.saveWeights());
    await untilPlace(tab, `With the weights from again.safetensors: right on ${right} %`);
    assert.equal(await tab.evaluate(() => document.getElementById('weights-needed')?.hidden), true);
    assert.deepEqual((await shown(tab)).predictions, predictions);
    await tab.click('#undo');
    await untilPlace(tab, 'After 40 epochs');
    await tab.until(() => !location.hash.includes('file='));
    /* the same file once more; then training moves */
    await choose(tab, 'again.safetensors', await model.saveWeights());
    await untilPlace(tab, 'With the weights from again.safetensors');
    await tab.click('rnn-training >>> summary');
    await tab.click('rnn-training >>> [data-action=reset]');
    await tab.until(() =>
      document
        .getElementById('what-if-dropped')
        ?.textContent?.startsWith(
          'The weights from a file were dropped, because another moment of the training was chosen.',
        ),
    );
    await untilPlace(tab, 'Before the first update');
  },
);

lab('a file of another network is rejected with the difference, and the figures stay', '#v=1&epochs=4', async (tab) => {
  await tab.until(() => document.querySelector('#place')?.textContent?.startsWith('After 4 epochs'));
  const before = await tab.text('#place');
  const refused = async (name: string, bytes: Uint8Array, words: string): Promise<void> => {
    await drop(tab, name, bytes);
    await tab.until(
      (said: string) => (document.getElementById('weights-wrong')?.textContent ?? '').includes(said),
      words,
    );
    assert.equal(await tab.evaluate(() => document.getElementById('weights-wrong')?.getAttribute('role')), 'alert');
  };
  await refused(
    'regression.npz',
    await made(1, { loss: 'mean_squared_error' }).saveNpz(),
    'the file has loss mean_squared_error: expected loss binary_crossentropy. What was shown before stays.',
  );
  await refused('two.npz', await made(1, { features: 2 }).saveNpz(), 'the file has features 2: expected features 1.');
  await refused('empty.npz', new Uint8Array(), 'empty.npz is empty, or it is a folder.');
  await refused('cut.npz', (await made(1).saveNpz()).subarray(0, 200), 'What was shown before stays.');
  assert.equal(await tab.text('#place'), before);
  assert.equal(await tab.evaluate(() => location.hash), '#v=1&epochs=4');
  assert.deepEqual(await tab.faults(), []);
  await drop(tab, 'good.npz', await made(1).saveNpz());
  await untilPlace(tab, 'With the weights from good.npz');
  assert.equal(await tab.evaluate(() => document.getElementById('weights-wrong')?.hidden), true);
});

lab('training that is playing stops when a file is loaded', '#v=1&at=0', async (tab) => {
  await tab.click('rnn-training >>> button.main');
  await tab.until(() => !(document.querySelector('#place')?.textContent ?? '').startsWith('Before'));
  await drop(tab, 'gru.npz', await made(3).saveNpz());
  await untilPlace(tab, 'With the weights from gru.npz');
  await tab.until(
    () => document.querySelector('rnn-training')?.shadowRoot?.querySelector('button.main')?.textContent === 'Train',
  );
  assert.ok((await tab.text('#place')).startsWith('With the weights from gru.npz'));
});

lab('a link with weights of another network is reported', '', async (tab) => {
  await drop(tab, 'gru.npz', await made(3).saveNpz());
  await tab.until(() => location.hash.includes('file='));
  const link = ((await tab.evaluate(() => location.hash)) as string).replace('units=5', 'units=6');
  await openLab(tab, link);
  await tab.until(
    () =>
      document.getElementById('weights-needed')?.textContent ===
      'This link’s weights belong to another network: gru, layers: 2, units: 5.',
  );
  await untilPlace(tab, 'After 40 epochs');
});
