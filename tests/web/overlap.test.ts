/**
 * Nothing may cover a text or a control. The test uses rectangles as the browser lays them out, at three widths and in
 * two languages.
 */

import assert from 'node:assert/strict';
import { EVERY, forEachBrowser, serveSite, type Tab } from './harness.ts';

const PAGES = [
  'notebook.html#v=1&epochs=2&n=20',
  'lab.html#v=1&epochs=2&n=20&cell=lstm&layers=2&cut=state&compare=units&than=16',
  'embed.html#v=1&view=network&controls=rate,units,steps,clip',
  'de/lab.html' /* only make test-all opens it */,
];
const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

/** Functions for the page. They open everything and walk into shadow roots. */
const prepare = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    const roots = (scope: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      scope,
      ...[...scope.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
    ];
    const all = (selector: string): Element[] =>
      roots(document).flatMap((scope) => [...scope.querySelectorAll(selector)]);
    for (const more of all('details')) (more as HTMLDetailsElement).open = true;
    const shown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('.hidden, .visually-hidden, .skip');
    const meets = (a: DOMRect, b: DOMRect): boolean =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    /** The part of a box that is visible inside everything that scrolls or clips it. */
    const seen = (box: DOMRect, inside: Element | null): DOMRect => {
      let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
      for (
        let around = inside;
        around;
        around = around.parentElement ?? ((around.getRootNode() as ShadowRoot).host as Element | undefined) ?? null
      ) {
        if (getComputedStyle(around).overflow === 'visible') continue;
        const cut = around.getBoundingClientRect();
        [left, top, right, bottom] = [
          Math.max(left, cut.left),
          Math.max(top, cut.top),
          Math.min(right, cut.right),
          Math.min(bottom, cut.bottom),
        ];
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    };
    /**
     * Everything near this box that may not be covered, except the contents of the handle. Boxes are compared first,
     * because it takes much longer to find out whether an element is shown.
     */
    const things = (handle: Element, near: DOMRect): { name: string; box: DOMRect; inside: Element }[] =>
      roots(document).flatMap((scope) => {
        if (scope === handle.shadowRoot) return [];
        const found = [...scope.querySelectorAll('a, button, input, select, summary, [role=slider]')]
          .map((control) => ({ control, box: control.getBoundingClientRect() }))
          .filter(({ control, box }) => meets(near, box) && shown(control) && !control.contains(handle))
          .map(({ control, box }) => ({
            name: `${control.className} ${control.textContent?.trim()}`,
            box,
            inside: control,
          }));
        const texts = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
          const parent = text.parentElement;
          if (!text.textContent?.trim() || !parent) continue;
          range.selectNodeContents(text);
          if (!meets(near, range.getBoundingClientRect())) continue;
          if (parent.closest('style, script, option') || !shown(parent)) continue;
          for (const box of range.getClientRects())
            found.push({ name: `"${text.textContent.trim().slice(0, 40)}"`, box, inside: parent });
        }
        return found;
      });
    /** The texts and controls that the parts of a handle cover, including other parts of it. */
    const covered = (handle: Element): string[] => {
      const own = [...(handle.shadowRoot?.querySelectorAll('button, input, .number, .complaint') ?? [])].filter(
        (part) => shown(part) && part.getClientRects().length > 0,
      );
      const parts = own.map((part) => ({
        name: `${part.className} ${part.textContent?.trim()}`,
        box: part.getBoundingClientRect(),
      }));
      if (parts.length === 0) return [];
      const left = Math.min(...parts.map(({ box }) => box.left));
      const top = Math.min(...parts.map(({ box }) => box.top));
      const right = Math.max(...parts.map(({ box }) => box.right));
      const bottom = Math.max(...parts.map(({ box }) => box.bottom));
      const others = things(handle, new DOMRect(left, top, right - left, bottom - top));
      return parts.flatMap((part) => [
        ...parts
          .filter((other) => other !== part && meets(part.box, other.box))
          .map((other) => `${part.name} over its own ${other.name}`),
        ...others
          .filter((other) => meets(part.box, other.box) && meets(part.box, seen(other.box, other.inside)))
          .map((other) => `${part.name} over ${other.name}`),
      ]);
    };
    const list = all('rnn-handle').filter((handle) => shown(handle) && handle.shadowRoot?.querySelector('.number'));
    Object.assign(globalThis, { handles: list, covered });
  });

interface Helpers {
  handles: HTMLElement[];
  covered(handle: Element): string[];
}

/** After the next frames, when the effects of an event are laid out. */
const found = (tab: Tab, index: number): Promise<string[]> =>
  tab.evaluate(async (at) => {
    const { handles, covered } = globalThis as unknown as Helpers;
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    const handle = handles[at] as HTMLElement;
    await Promise.all(handle.shadowRoot?.getAnimations?.().map(({ finished }) => finished) ?? []);
    return covered(handle);
  }, index);

const middleOf = (tab: Tab, index: number): Promise<{ x: number; y: number }> =>
  tab.evaluate((at) => {
    const number = (globalThis as unknown as Helpers).handles[at]?.shadowRoot?.querySelector('.number') as HTMLElement;
    number.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = number.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  }, index);

for (const view of WINDOWS)
  forEachBrowser(
    `no handle covers a text or a control, ${view.width} px`,
    async (tab) => {
      const site = await serveSite();
      for (const page of EVERY ? PAGES : PAGES.slice(0, -1)) {
        await tab.open('about:blank');
        await tab.open(site.url + page);
        await tab.until(() => {
          const figure = document.querySelector('rnn-figure')?.shadowRoot ?? document;
          return [...figure.querySelectorAll('rnn-handle')].some((handle) =>
            handle.shadowRoot?.querySelector('.number'),
          );
        });
        await prepare(tab);
        const count = await tab.evaluate(() => (globalThis as unknown as Helpers).handles.length);
        assert.ok(count > 0, page);
        for (let index = 0; index < count; index++) {
          const gone = await tab.evaluate(
            (at) => !(globalThis as unknown as Helpers).handles[at]?.checkVisibility(),
            index,
          );
          if (gone) continue; /* a setting that another one has removed */
          const where = `${page}, handle ${index}`;
          const { x, y } = await middleOf(tab, index);
          await tab.hover({ x, y });
          assert.deepEqual(await found(tab, index), [], `${where}, under the pointer`);
          await tab.mouse('down', { x, y });
          for (const step of [4, 8, 12]) await tab.hover({ x: x + step, y });
          assert.deepEqual(await found(tab, index), [], `${where}, dragged`);
          await tab.mouse('up', { x: x + 12, y });
          assert.deepEqual(await found(tab, index), [], `${where}, let go`);
          await tab.evaluate(
            (at) =>
              (globalThis as unknown as Helpers).handles[at]?.shadowRoot
                ?.querySelector<HTMLElement>('.number')
                ?.focus(),
            index,
          );
          await tab.press('Enter');
          assert.deepEqual(await found(tab, index), [], `${where}, typed into`);
          await tab.press('Backspace');
          await tab.press('Enter');
          assert.deepEqual(await found(tab, index), [], `${where}, with a complaint`);
        }
      }
      assert.deepEqual(tab.problems, []);
    },
    {
      ...view,
      every: view.width === 768,
      without: { firefox: 'its window is not that narrow', webkit: 'its window is not that narrow' },
    },
  );
