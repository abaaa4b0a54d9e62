/**
 * In high contrast (forced colors), information in color must still be drawn, and everything else must have the
 * reader's colors.
 */

import assert from 'node:assert/strict';
import { forEachBrowser, type Tab } from './harness.ts';
import { openLab } from './pages.ts';

/** puppeteer itself cannot emulate forced colors. */
async function force(tab: Tab, active: boolean, scheme: string): Promise<void> {
  const session = await tab.page?.createCDPSession();
  await session?.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'forced-colors', value: active ? 'active' : 'none' },
      { name: 'prefers-color-scheme', value: scheme },
    ],
  });
}

/** The appearance of figures after a change of colors: colors on canvases, strokes, legends. */
const looks = (tab: Tab) =>
  tab.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise((next) => requestAnimationFrame(next));
    const root = (host: string): ShadowRoot => document.querySelector(host)?.shadowRoot as ShadowRoot;
    const luminance = (rgb: readonly number[]): number => {
      const [r, g, b] = rgb.map((byte) =>
        byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
      ) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const bytes = (color: string): number[] => {
      const g = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext(
        '2d',
      ) as CanvasRenderingContext2D;
      g.fillStyle = color;
      g.fillRect(0, 0, 1, 1);
      return [...g.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const probe = document.body.appendChild(Object.assign(document.createElement('i'), { hidden: true }));
    const system = (name: string): number[] => {
      probe.style.color = name;
      return bytes(getComputedStyle(probe).color);
    };
    const contrast = (a: number[], b: number[]): number => {
      const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
      return (high + 0.05) / (low + 0.05);
    };
    const ground = system('Canvas');
    /** The number of different hues on a canvas, and the strongest contrast with the background. */
    const painted = (canvas: HTMLCanvasElement | null): { hues: number; contrast: number } => {
      const data =
        canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      const hues = new Set<string>();
      let most = 1;
      const seen = new Set<string>();
      for (let i = 0; i < data.length; i += 4) {
        if ((data[i + 3] as number) < 255) continue;
        const rgb = [...data.slice(i, i + 3)];
        const name = rgb.join();
        if (seen.has(name)) continue;
        seen.add(name);
        if (Math.max(...rgb) - Math.min(...rgb) > 24) hues.add(name);
        most = Math.max(most, contrast(rgb, ground));
      }
      return { hues: hues.size, contrast: most };
    };
    const style = (host: string, selector: string) => {
      const part = root(host).querySelector(selector);
      if (!part) throw new Error(`there is no ${host} ${selector}`);
      return getComputedStyle(part);
    };
    const mark = (
      host: string,
      selector: string,
      property: 'stroke' | 'fill' | 'color' | 'backgroundColor',
    ): { color: string; contrast: number } => {
      const color = style(host, selector)[property];
      return { color, contrast: contrast(bytes(color), ground) };
    };
    const roots = (scope: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      scope,
      ...[...scope.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
    ];
    const groundOf = (element: Element | null): number[] => {
      for (
        let at = element;
        at;
        at = at.parentElement ?? ((at.getRootNode() as ShadowRoot).host as Element | undefined) ?? null
      ) {
        const { backgroundColor, forcedColorAdjust } = getComputedStyle(at) as CSSStyleDeclaration & {
          forcedColorAdjust: string;
        };
        if (!/^rgba\(.*, 0\)$/.test(backgroundColor))
          return element && forcedColorAdjust !== 'none' && at !== element ? ground : bytes(backgroundColor);
      }
      return ground;
    };
    /**
     * Texts of the page with their contrast: to the background that the browser paints behind them, or to their own
     * without forced colors.
     */
    const texts = (): { text: string; contrast: number }[] =>
      roots(document).flatMap((scope) => {
        const found: { text: string; contrast: number }[] = [];
        const nodes = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
        for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
          const element = node.parentElement;
          if (
            !node.textContent?.trim() ||
            !element?.checkVisibility() ||
            element.closest('svg, style, script, option, [hidden], .hidden, .visually-hidden')
          )
            continue;
          const { color, forcedColorAdjust } = getComputedStyle(element) as CSSStyleDeclaration & {
            forcedColorAdjust: string;
          };
          found.push({
            text: node.textContent.trim().slice(0, 30),
            contrast: contrast(bytes(color), forcedColorAdjust === 'none' ? groundOf(element) : ground),
          });
        }
        return found;
      });
    return {
      cells: painted(root('#figure').querySelector('canvas.cells')),
      plates: painted(root('#figure').querySelector('canvas.plates')),
      backward: painted(root('#backward').querySelector('canvas')),
      curve: mark('#metric', '.run.train', 'stroke'),
      scales: [style('#figure', '.legend .bar').backgroundImage, style('#backward', '.legend .bar').backgroundImage],
      marks: {
        u: mark('#figure', '.rail.u', 'stroke'),
        w: mark('#figure', '.rail.w', 'stroke'),
        v: mark('#figure', '.rail.v', 'stroke'),
        thread: mark('#figure', '.legend .thread.pos', 'stroke'),
        norm: mark('#backward', 'circle.norm', 'fill'),
        bar: mark('#arithmetic', '.bar.w', 'fill'),
        line: mark('#data', '.line', 'stroke'),
      },
      hidden: texts().filter(({ contrast: c }) => c < 4.5),
      text: [
        mark('#figure', '.over text', 'fill'),
        mark('#arithmetic', '.fall text', 'fill'),
        mark('#data', 'text', 'fill'),
        mark('#metric', '.label', 'color'),
      ].map(({ contrast: c }) => c),
      chosen: [mark('#data', '.chosen .cell', 'stroke').color, mark('#data', 'g:not(.chosen) .cell', 'stroke').color],
    };
  });

for (const scheme of ['light', 'dark'] as const)
  forEachBrowser(
    `high contrast: heat maps, legends, curves and marks keep their colors, ${scheme}`,
    async (tab) => {
      await tab.resize(1280, 5600); /* so that every figure stays visible */
      await force(tab, false, scheme);
      await openLab(tab, `#v=1&unit=3`);
      await tab.evaluate(async () => {
        for (const figure of document.querySelectorAll('#figure, #arithmetic, #backward')) {
          figure.scrollIntoView({ behavior: 'instant' });
          await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
        }
      });
      await tab.until(() =>
        [
          ['#figure', '.legend .bar'],
          ['#backward', 'circle.norm'],
          ['#arithmetic', '.bar.w'],
          ['#metric', '.label'],
        ].every(([host, part]) => document.querySelector(host as string)?.shadowRoot?.querySelector(part as string)),
      );
      const usual = await looks(tab);
      await force(tab, true, scheme);
      const forced = await looks(tab);
      for (const name of ['cells', 'plates', 'backward'] as const) {
        assert.ok(usual[name].hues > 20, `${name}: ${usual[name].hues} colors`);
        assert.ok(
          forced[name].hues > 0.8 * usual[name].hues,
          `${name}: ${forced[name].hues} of ${usual[name].hues} colors`,
        );
        assert.ok(forced[name].contrast > 3, `${name}: contrast ${forced[name].contrast}`);
      }
      assert.ok(forced.curve.contrast > 7, `the curve: ${forced.curve.contrast}`);
      for (const scale of forced.scales) assert.match(scale, /gradient/);
      for (const [name, { color, contrast }] of Object.entries(forced.marks)) {
        assert.equal(color, usual.marks[name as keyof typeof usual.marks].color, name);
        assert.ok(contrast >= 3, `${name}: contrast ${contrast}`);
      }
      for (const contrast of forced.text) assert.ok(contrast >= 7, `text: contrast ${contrast}`);
      assert.deepEqual(forced.hidden, [], 'texts in the color of their ground');
      assert.notEqual(forced.chosen[0], forced.chosen[1], 'the chosen card');
    },
    { without: { firefox: 'its driver takes no such wish', webkit: 'its driver takes no such wish' } },
  );
