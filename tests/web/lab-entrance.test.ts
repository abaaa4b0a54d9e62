// What the lab shows before a reader opens anything: the examples, and few controls.
import assert from 'node:assert/strict';
import { forEachBrowser, type Tab } from './harness.ts';
import { openLab, unfold } from './pages.ts';
import { atRest } from './states.ts';

/** The name of each example, its address, and the sentences about its task and about its trained network. */
const EXAMPLES: readonly (readonly [name: string, address: string, sentence: RegExp, place: RegExp])[] = [
  ['Remember the first', '#v=1', /^y = 1 when the first value/, /^After 40 epochs: right on .* of 1,000 new ones\.$/],
  ['Count', '#v=1&task=majority', /^y = 1 when more than half/, /^After 40 epochs: right on .* of 1,000 new ones\.$/],
  [
    'The weather',
    '#v=1&task=series&n=1430&steps=7&cell=gru&epochs=12&t=7',
    /^What will the temperature be tomorrow\?$/,
    /^After 12 epochs: loss [\d.]+ on all training sequences and [\d.]+ on the new ones of 2013\. .* The network beats this simple guess\.$/,
  ],
  [
    'The next word',
    '#v=1&task=text&n=76&steps=12&units=32&seed=1&clip=1&batch=16&t=12',
    /^Which word comes next\?$/,
    /^After 40 epochs: right on [\d.]+ % of all 76 sequences\.$/,
  ],
];

forEachBrowser('lab: each example is an address whose network trains', async (tab) => {
  await openLab(tab, '#v=1&units=5');
  for (const [i, [name, address, sentence, place]] of EXAMPLES.entries()) {
    const link = `.presets a:nth-of-type(${i + 1})`;
    assert.equal(await tab.text(`${link} strong`), name);
    await tab.click(link);
    await tab.until(
      (wanted, ...said) =>
        location.hash === wanted &&
        ['#task-text', '#place'].every((text, n) =>
          new RegExp(said[n] as string).test(document.querySelector(text)?.textContent ?? ''),
        ),
      address,
      sentence.source,
      place.source,
    );
    await atRest(tab);
    assert.equal(await tab.evaluate(() => document.querySelector('rnn-forecast')?.checkVisibility()), i === 2);
    assert.equal(await tab.evaluate(() => document.querySelector('rnn-next-words')?.checkVisibility()), i === 3);
    assert.equal(await tab.evaluate(() => document.getElementById('notices')?.hidden), true, name);
  }
  await tab.evaluate(() => history.back());
  await tab.until((address) => location.hash === address, EXAMPLES[2]?.[1]);
  assert.deepEqual(tab.problems, []);
});

/** The controls on the first screen, by pointer or by keyboard, without the links between pages. */
const controls = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => {
    const found: string[] = [];
    const walk = (scope: Document | ShadowRoot): void => {
      for (const element of scope.querySelectorAll<HTMLElement>('*')) {
        const { top, bottom, width } = element.getBoundingClientRect();
        const seen = width > 0 && top < innerHeight && bottom > 0 && element.checkVisibility();
        const natural = element.matches('a[href], button, input, select, textarea, summary');
        /* a word that explains itself changes nothing, and a line of such words is one stop of the tab key */
        const explained =
          element.getRootNode() instanceof ShadowRoot &&
          (element.getRootNode() as ShadowRoot).host.localName === 'rnn-symbol';
        const control = element.tabIndex >= 0 || (natural && !explained);
        if (seen && control && !element.closest('header'))
          found.push(
            `${element.localName}.${element.id || element.getAttribute('class')} ${element.textContent?.trim()}`,
          );
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return found;
  });

forEachBrowser(
  'lab: before anything is opened, the first screen has no more than 25 controls; the settings open, and the address says so',
  async (tab) => {
    await openLab(tab);
    await atRest(tab);
    const folded = await controls(tab);
    assert.ok(folded.length <= 25, folded.join('\n'));
    await unfold(tab, '#fields');
    await tab.until(() => location.hash === '#v=1&open=settings');
    await atRest(tab);
    const open = await controls(tab);
    assert.ok(open.filter((name) => name.startsWith('span.number')).length > 5, open.join('\n'));
    await openLab(tab, '#v=1&open=settings');
    assert.equal(await tab.evaluate(() => document.querySelector<HTMLDetailsElement>('#fields')?.open), true);
    assert.deepEqual(tab.problems, []);
  },
  { width: 1440, height: 900 },
);

forEachBrowser(
  'lab: the tour shows five parts by keyboard, covers nothing, and Escape ends it; it is not in the address',
  async (tab) => {
    await openLab(tab);
    await atRest(tab);
    const history = await tab.evaluate(() => window.history.length);
    await tab.focus('#tour-start');
    await tab.press('Enter');
    for (const [i, part] of ['.presets', '#training', '#metric', '#figure', '#fields'].entries()) {
      if (i > 0) await tab.press('Enter');
      await tab.until((selector) => document.querySelector(selector)?.classList.contains('toured'), part);
      const { words, first, above, seen, focused } = await tab.evaluate((selector) => {
        const panel = document.getElementById('tour') as HTMLElement;
        const [box, about] = [panel, document.querySelector(selector) as Element].map((part) =>
          part.getBoundingClientRect(),
        );
        const spots = [...panel.querySelectorAll<HTMLElement>('li, button')].filter((spot) => spot.checkVisibility());
        return {
          words: spots.filter(({ localName }) => localName === 'li').map((spot) => spot.textContent),
          first: document.querySelectorAll('.toured').length,
          above: (box as DOMRect).bottom <= (about as DOMRect).top,
          seen: spots.every((spot) => {
            const { x, y, width, height } = spot.getBoundingClientRect();
            return spot.contains(document.elementFromPoint(x + width / 2, y + height / 2));
          }),
          focused: panel.contains(document.activeElement),
        };
      }, part);
      assert.equal(words.length, 1, part);
      assert.match(words[0] ?? '', /^[A-Z][^.]+\.$/);
      assert.deepEqual({ first, above, seen, focused }, { first: 1, above: true, seen: true, focused: true }, part);
      assert.deepEqual(await tab.faults('light', '#tour'), []);
    }
    await tab.press('Escape');
    await tab.until(() => document.getElementById('tour')?.hidden);
    assert.deepEqual(
      await tab.evaluate(() => [
        document.activeElement?.id,
        document.querySelectorAll('.toured').length,
        location.hash,
        window.history.length,
        localStorage.length,
      ]),
      ['tour-start', 0, '', history, 0],
    );
    assert.deepEqual(tab.problems, []);
  },
);
