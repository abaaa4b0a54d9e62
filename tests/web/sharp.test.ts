// Every canvas must stay sharp when only the pixel ratio changes, as when a window is dragged to another screen or a
// page is zoomed.
import assert from 'node:assert/strict';
import { forEachBrowser, type Tab } from './harness.ts';
import { openLab, openNotebook } from './pages.ts';

const ONLY_CHROMIUM = { firefox: 'its driver sets no pixel ratio', webkit: 'its driver sets no pixel ratio' };

/** Every canvas of the page, including shadow roots: its width in pixels and its width in the layout. */
const canvases = (tab: Tab): Promise<{ name: string; pixels: number; layout: number }[]> =>
  tab.evaluate(() => {
    const found: { name: string; pixels: number; layout: number }[] = [];
    const walk = (node: ParentNode, name: string): void => {
      for (const element of node.querySelectorAll('*')) {
        if (element instanceof HTMLCanvasElement && element.offsetWidth > 0)
          found.push({ name: `${name} ${element.className}`, pixels: element.width, layout: element.offsetWidth });
        if (element.shadowRoot) walk(element.shadowRoot, `${element.tagName}#${element.id}`.toLowerCase());
      }
    };
    walk(document, '');
    return found;
  });

/** The canvases that have fewer or more pixels than the screen at their position, except for rounding. */
const blurred = (all: Awaited<ReturnType<typeof canvases>>, ratio: number) =>
  all.filter(({ pixels, layout }) => Math.abs(pixels - layout * ratio) > 1 + ratio);

for (const [page, open, address, drawn] of [
  ['the notebook', openNotebook, '#v=1', ['rnn-network']],
  ['the lab', openLab, '#v=1&compare=units', ['rnn-network', 'rnn-backward', '#figure-a', '#figure-b']],
] as const)
  forEachBrowser(
    `sharp: every canvas of ${page} follows the pixel ratio alone`,
    async (tab) => {
      await open(tab, address);
      /* a figure loads and draws itself while it is near the screen */
      for (const figure of drawn) await tab.middle(`${figure} >>> canvas`);
      const cdp = await tab.page?.createCDPSession();
      assert.ok(cdp);
      assert.ok((await canvases(tab)).length >= drawn.length);
      /* Chromium does not report a ratio that is set while the window stays the same, so the window gets one pixel
       * higher each time */
      for (const [i, ratio] of [2, 1.25, 1, 3].entries()) {
        await cdp.send('Emulation.setDeviceMetricsOverride', {
          width: 1280,
          height: 801 + i,
          deviceScaleFactor: ratio,
          mobile: false,
        });
        await tab.until((wanted: number) => devicePixelRatio === wanted, ratio);
        let left = blurred(await canvases(tab), ratio);
        for (let frame = 0; left.length > 0 && frame < 200; frame++) {
          await tab.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
          left = blurred(await canvases(tab), ratio);
        }
        assert.deepEqual(left, [], `ratio ${ratio}`);
      }
      assert.deepEqual(tab.problems, []);
    },
    { width: 1280, height: 800, without: ONLY_CHROMIUM },
  );
