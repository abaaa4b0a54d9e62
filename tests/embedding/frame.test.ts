/**
 * A figure in a sandboxed frame needs nothing from its page, reports its height to a page that listens, and is not
 * confused with another frame.
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import type { Tab } from '../web/harness.ts';
import { gather, inHost, labSays, onDisk, serveFolder } from './host.ts';

const LISTENER = /<script>[\s\S]*<\/script>/;
const within = { webkit: 'its driver does not look into a frame here' };

/** The host's page, with a modified script and more elements in its body. */
function host(script: (text: string) => string = (text) => text, more = ''): string {
  const folder = gather('frame', 'embed.html');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  assert.match(page, LISTENER);
  writeFileSync(join(folder, 'index.html'), page.replace(LISTENER, script).replace('</main>', `${more}</main>`));
  return folder;
}

type Frame = import('puppeteer-core').Frame;

/** The inside of the frame, once its figure is drawn. */
async function inside(tab: Tab): Promise<Frame> {
  const page = tab.page as NonNullable<Tab['page']>;
  const frame = page.frames().find((one) => one.url().includes('embed.html'));
  assert.ok(frame, 'the frame is there');
  await frame.waitForFunction(() => document.querySelector('rnn-figure')?.hasAttribute('data-ready'));
  return frame;
}

async function works(tab: Tab): Promise<void> {
  const frame = await inside(tab);
  assert.equal(await frame.evaluate(() => globalThis.origin), 'null');
  await frame.waitForFunction(() =>
    /right on \d/.test(document.querySelector('rnn-figure')?.shadowRoot?.querySelector('#place')?.textContent ?? ''),
  );
  const [told, address] = await frame.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    return [figure.shadowRoot?.querySelector('#place')?.textContent?.trim() as string, figure.address] as const;
  });
  await frame.evaluate(() =>
    (
      document
        .querySelector('rnn-figure')
        ?.shadowRoot?.querySelector('rnn-network')
        ?.shadowRoot?.querySelector('.plot') as HTMLElement
    ).focus(),
  );
  await tab.press('ArrowLeft');
  await tab.press('ArrowLeft');
  await frame.waitForFunction(() => (document.querySelector('rnn-figure') as RnnFigure).state?.['t'] === 5);
  await labSays(tab, address, told);
}

inHost(
  'frame: works in a sandbox from the disk',
  async (tab) => {
    await tab.open(onDisk(host()));
    await works(tab);
  },
  { without: within },
);

inHost(
  'frame: works in a sandbox in a page without our script',
  async (tab) => {
    const site = await serveFolder(host(() => ''));
    try {
      await tab.open(site.url);
      await inside(tab);
      assert.equal(await tab.evaluate(() => (document.querySelector('#figure') as HTMLElement).offsetHeight), 800);
      await works(tab);
    } finally {
      await site.close();
    }
  },
  { without: within },
);

/** A frame that sends a wrong height. */
const LIAR = `<iframe id="liar" sandbox="allow-scripts" title="another" srcdoc="<script>onmessage = () => {
  for (const height of [3999, 1e9, NaN, '7']) parent.postMessage({ type: 'unrolled:height', height }, '*');
  parent.postMessage(null, '*'); parent.postMessage('unrolled:height', '*'); parent.postMessage({ type: 'done' }, '*');
}</script>"></iframe>`;

inHost('frame: has the height that it reports, whatever another frame reports', async (tab) => {
  const count = `<script>globalThis.heard = []; addEventListener('message', ({ data }) => heard.push(data?.height ?? data?.type));</script>`;
  const site = await serveFolder(host((text) => count + text, LIAR));
  type Heard = { heard: unknown[] };
  try {
    await tab.open(site.url);
    await tab.until(() => (document.querySelector('#figure') as HTMLElement).offsetHeight > 1000);
    await tab.evaluate(() =>
      (document.querySelector('#liar') as HTMLIFrameElement).contentWindow?.postMessage('now', '*'),
    );
    await tab.until(() => (globalThis as unknown as Heard).heard.includes('done'));
    const lies = [3999, 1e9, '7'];
    const [heard, height] = await tab.evaluate(
      () =>
        [
          (globalThis as unknown as Heard).heard,
          (document.querySelector('#figure') as HTMLElement).offsetHeight,
        ] as const,
    );
    assert.ok(
      lies.every((lie) => heard.includes(lie)),
      String(heard),
    );
    const told = heard.filter((one) => typeof one === 'number' && one > 1000 && !lies.includes(one));
    assert.ok(told.length > 0 && new Set(told).size === told.length, `told when it changes: ${told}`);
    assert.equal(height, told.at(-1));
    /* a narrower frame is higher, and reports it */
    await tab.evaluate(() => {
      (document.querySelector('main') as HTMLElement).style.width = '400px';
    });
    await tab.until(
      (before: number) => (document.querySelector('#figure') as HTMLElement).offsetHeight > before + 100,
      height,
    );
  } finally {
    await site.close();
  }
});

inHost(
  'frame: what a frame saves is never called saved',
  async (tab) => {
    await tab.open(onDisk(host((text) => text)));
    await tab.evaluate(() => {
      const frame = document.querySelector('#figure') as HTMLIFrameElement;
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.src = frame.src.replace('controls=step,play', 'controls=pictures');
    });
    const frame = await inside(tab);
    for (const part of ['summary', 'button']) {
      await frame.waitForSelector(`rnn-figure >>> rnn-save >>> ${part}`);
      await frame.click(`rnn-figure >>> rnn-save >>> ${part}`);
    }
    await frame.waitForFunction(() =>
      /If no file arrives/.test(
        document.querySelector('rnn-figure')?.shadowRoot?.querySelector('rnn-save')?.shadowRoot?.textContent ?? '',
      ),
    );
  },
  { without: within },
  /download/i,
);
