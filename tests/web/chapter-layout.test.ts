/**
 * In every step of every chapter, texts and controls keep clear of one another, and nothing is cut off. The test uses
 * the rectangles of the words as the browser lays them out.
 */

import assert from 'node:assert/strict';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { forEachBrowser, type Tab } from './harness.ts';
import { openChapter, scrollThrough } from './pages.ts';

const WINDOWS = [
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 320, height: 640 },
];
/** In `make test`: one chapter for each width. */
const SAMPLE = ['how-it-learns', 'vanishing-and-exploding', 'remember'];

/** Words that overlap or that are cut off, with what they meet. */
const faultsOf = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => {
    /* the boxes of letters are taller than the letters: two lines of a label may share this many pixels */
    const SHARED = { x: 1, y: 4 };
    const faults: string[] = [];
    const roots = (scope: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      scope,
      ...[...scope.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
    ];
    const around = (element: Element): Element | null =>
      element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
    /** What cuts the words of an element off: boxes that do not show what lies outside, and cannot be scrolled. */
    const clipping = (element: Element): Element[] => {
      const found: Element[] = [];
      for (let one: Element | null = element; one; one = around(one)) {
        const { overflowX, overflowY } = getComputedStyle(one);
        if (/auto|scroll/.test(overflowX + overflowY)) return found;
        if (/hidden|clip/.test(overflowX + overflowY)) found.push(one);
      }
      return found;
    };
    /** What stays in its place while the page scrolls under it: it may lie over what scrolls. */
    const layerOf = (element: Element): Element | null => {
      let one: Element | null = element;
      while (one && !/sticky|fixed/.test(getComputedStyle(one).position)) one = around(one);
      return one;
    };
    /** Only a screen reader meets these words. */
    const isUnseen = (element: Element): boolean =>
      clipping(element).some(({ clientWidth, clientHeight }) => clientWidth <= 1 && clientHeight <= 1);
    /* the number at a cursor (.foot) is left out, because it lies over those of the axis */
    const words: { text: string; box: DOMRect; parent: Element }[] = [];
    const range = document.createRange();
    for (const scope of roots(document)) {
      const texts = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const parent = text.parentElement;
        const said = text.textContent?.trim();
        if (
          !parent ||
          !said ||
          parent.closest('style, script, option, .skip, .heard, .visually-hidden, .not-running, .foot')
        )
          continue;
        if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isUnseen(parent)) continue;
        range.selectNodeContents(text);
        for (const box of range.getClientRects())
          if (box.width > 1 && box.height > 1) words.push({ text: said.slice(0, 50), box, parent });
      }
    }
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} px wider than the window`);
    for (const { text, box, parent } of words) {
      for (const cut of clipping(parent)) {
        const edge = cut.getBoundingClientRect();
        if (
          box.left < edge.left - 1 ||
          box.right > edge.right + 1 ||
          box.top < edge.top - SHARED.y ||
          box.bottom > edge.bottom + SHARED.y
        )
          faults.push(`“${text}” is cut off by ${cut.localName}.${cut.getAttribute('class') ?? ''}`);
      }
    }
    words.sort((a, b) => a.box.top - b.box.top);
    for (const [i, one] of words.entries())
      for (let k = i + 1; k < words.length; k++) {
        const other = words[k] as (typeof words)[number];
        if (other.box.top > one.box.bottom - SHARED.y) break;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        if (across > SHARED.x && down > SHARED.y && layerOf(one.parent) === layerOf(other.parent))
          faults.push(`“${one.text}” over “${other.text}” (${Math.round(across)}×${Math.round(down)})`);
      }
    return [...new Set(faults)];
  });

for (const [i, view] of WINDOWS.entries())
  for (const name of CHAPTERS)
    forEachBrowser(
      `layout: ${name}: no words overlap, and none are cut off, ${view.width} px`,
      async (tab) => {
        await openChapter(tab, name);
        const steps = await tab.evaluate(() => document.querySelectorAll('[data-step]').length);
        const faults: string[] = [];
        for (let step = 1; step <= steps; step++) {
          await tab.evaluate((at: number) => {
            location.hash = `#v=1&lesson=${at}`;
          }, step);
          await tab.until(
            (at: number) => document.querySelectorAll('[data-step]')[at - 1]?.hasAttribute('data-current'),
            step,
          );
          await scrollThrough(tab);
          await tab.until(() => !document.body.hasAttribute('data-busy'));
          faults.push(...(await faultsOf(tab)).map((fault) => `step ${step}: ${fault}`));
        }
        assert.deepEqual(faults, []);
        assert.deepEqual(tab.problems, []);
      },
      {
        ...view,
        every: SAMPLE[i] !== name,
        without: { firefox: 'its window is not that narrow', webkit: 'its window is not that narrow' },
      },
    );
