// The test harness itself must be right: a click must be a click, and an error must be noticed.
import assert from 'node:assert/strict';
import { forEachBrowser, servePage } from './harness.ts';

const script = `
  class RnnProbe extends HTMLElement {
    constructor() {
      super();
      const button = document.createElement('button');
      button.textContent = 'press';
      const input = document.createElement('input');
      input.setAttribute('aria-label', 'words');
      this.attachShadow({mode: 'open'}).append(button, input);
      button.addEventListener('click', (event) => { button.textContent = String(event.isTrusted); });
      addEventListener('pointermove', (event) => { if (event.buttons === 1) document.title = String(event.clientX); });
    }
  }
  customElements.define('rnn-probe', RnnProbe);
  if (location.hash === '#broken') throw new Error('broken on purpose');
`;
const body = '<main><h1>Probe</h1><rnn-probe></rnn-probe></main>';

forEachBrowser('clicks, drags and keys are real ones', async (tab) => {
  const site = await servePage(`probe-${tab.browser}`, script, body);
  try {
    await tab.open(site.url);
    await tab.click('rnn-probe >>> button');
    assert.equal(await tab.text('rnn-probe >>> button'), 'true');
    const from = await tab.middle('rnn-probe >>> button');
    await tab.drag('rnn-probe >>> button', { x: 40, y: 0 });
    await tab.until((x: number) => Math.abs(Number(document.title) - x) <= 1, from.x + 40);
    await tab.click('rnn-probe >>> input');
    await tab.type('h2');
    await tab.press('Shift', 'ArrowLeft');
    await tab.press('Backspace');
    assert.equal(
      await tab.evaluate(() => document.querySelector('rnn-probe')?.shadowRoot?.querySelector('input')?.value),
      'h',
    );
    assert.deepEqual(await tab.faults(), []);
    assert.deepEqual(tab.problems, []);
    await tab.resize(390, 700);
    await tab.until(() => innerWidth <= 500);
    assert.ok((await tab.screenshot()).length > 1000);
  } finally {
    await site.close();
  }
});

forEachBrowser(
  'an error in the page is noticed',
  async (tab) => {
    const site = await servePage(`broken-${tab.browser}`, script, body);
    try {
      await tab.open(`${site.url}#broken`);
      assert.match(tab.problems.join(), /broken on purpose/);
    } finally {
      await site.close();
    }
  },
  { without: { webkit: 'its driver tells no errors' } },
);

forEachBrowser(
  'dark colors can be requested',
  async (tab) => {
    const site = await servePage(`dark-${tab.browser}`, script, body);
    try {
      await tab.open(site.url);
      assert.equal(await tab.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), true);
    } finally {
      await site.close();
    }
  },
  { scheme: 'dark' },
);

forEachBrowser(
  'reduced motion can be requested',
  async (tab) => {
    const site = await servePage(`still-${tab.browser}`, script, body);
    try {
      await tab.open(site.url);
      assert.equal(await tab.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches), true);
    } finally {
      await site.close();
    }
  },
  { reducedMotion: true, without: { webkit: 'its driver takes no such wish' } },
);

forEachBrowser('accessibility faults are found: all of them, or those that depend on colors', async (tab) => {
  const site = await servePage(
    `faults-${tab.browser}`,
    `document.querySelector('p').style = 'color: #ccc; background: #fff';`,
    '<main><h1>Faults</h1><p>pale words</p><img src="data:,"></main>',
  );
  const rules = (faults: string[]): string[] => faults.map((fault) => fault.split(':')[0] as string).sort();
  try {
    await tab.open(site.url);
    assert.deepEqual(rules(await tab.faults()), ['color-contrast', 'image-alt']);
    assert.deepEqual(rules(await tab.faults('dark')), ['color-contrast']);
  } finally {
    await site.close();
  }
});

const hands = `
  const told = (globalThis.told = []);
  const place = document.querySelector('#place');
  addEventListener('change', ({ isTrusted, target }) => told.push(['change', isTrusted, target.files?.[0]?.name ?? target.value]));
  addEventListener('input', ({ isTrusted, target }) => target.id === 'words' && told.push(['input', isTrusted, target.value]));
  addEventListener('dragover', (event) => event.preventDefault());
  place.addEventListener('drop', async (event) => {
    event.preventDefault();
    const { files, types } = event.dataTransfer;
    const text = event.dataTransfer.getData('text/plain');
    const contents = await Promise.all([...files].map((file) => file.text().catch(() => 'not readable')));
    told.push(['drop', event.isTrusted, text || [...files].map(({ name }, i) => name + ': ' + contents[i]).join()]);
  });
`;
forEachBrowser('a choice, a paste, a drop and a chosen file are what a hand makes of them', async (tab) => {
  const site = await servePage(
    `hands-${tab.browser}`,
    hands,
    `<label>one <select id="one"><option value="a">alpha</option><option disabled>beta</option><option value="c">beta two</option></select></label>
     <textarea id="words" aria-label="words">before</textarea><input type="file" aria-label="file"><div id="place">drop</div>`,
  );
  const told = (): Promise<unknown[]> =>
    tab.evaluate(() => (globalThis as unknown as { told: unknown[] }).told.splice(0));
  const next = async (): Promise<unknown> => {
    await tab.until(() => (globalThis as unknown as { told: unknown[] }).told.length > 0);
    return (await told()).at(-1);
  };
  const real = tab.browser === 'chromium';
  try {
    await tab.open(site.url);
    await tab.select('#one', 'c');
    assert.deepEqual(await next(), ['change', true, 'c']);
    await tab.paste('#words', 'two\nlines');
    assert.deepEqual(await next(), ['input', true, 'two\nlines']);
    await tab.upload('input[type=file]', { name: 'a.csv', content: 'y' });
    assert.deepEqual(((await next()) as unknown[]).at(-1), 'a.csv');
    await tab.drop('#place', [], { 'text/plain': 'words' });
    assert.deepEqual(await next(), ['drop', real, 'words']);
    await tab.drop('#place', [{ name: 'b.csv', content: Uint8Array.from([121, 49]) }]);
    assert.deepEqual(await next(), ['drop', real, 'b.csv: y1']);
    await tab.drop('#place', [{ name: 'folder' }]);
    assert.deepEqual(await next(), ['drop', real, 'folder: not readable']);
  } finally {
    await site.close();
  }
});
