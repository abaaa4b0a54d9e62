/**
 * Where features, targets and classes have names, every figure of the lab says them: no class and no feature is called by
 * its number, and values have their units. The test reads all that a figure writes and speaks, its tables included.
 */

import assert from 'node:assert/strict';
import { forEachBrowser, serveSite, type Tab } from './harness.ts';
import { openChapter, openLab, scrollThrough, throughDoor, unfold } from './pages.ts';
import { atRest, settled } from './states.ts';

/** What no figure may say: numbers that have names. A symbol in a formula may keep its indices. */
const NUMBERED = [
  /(?<!p\(y = 1\) is that of )\b[Cc]lass(es)? \d+/,
  /\b\d+ classes\b/,
  /\b(features?|inputs?) \d+\b/,
  /\bx \d+(,| at) /,
  /\bfrom feature\b.*\bfrom feature\b/,
  /\binto class\b/,
  /\bp\(class\b/,
  /\bx\s*t, \d/,
  /\bx[₀-₉]+\[\d+\](?! \()/,
  /\bFeature ?1 ?2/,
];

/** All texts of each figure that is there: what is written, what is spoken, and what the fields hold. */
const textsOf = (tab: Tab): Promise<Record<string, string>> =>
  tab.evaluate(async () => {
    const roots = (scope: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      scope,
      ...[...scope.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
    ];
    for (const root of roots(document))
      for (const more of root.querySelectorAll('details')) (more as HTMLDetailsElement).open = true;
    for (let frame = 0; frame < 4; frame++) await new Promise((next) => requestAnimationFrame(next));
    const said = (node: Node): string[] => {
      if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ''];
      const spoken =
        node instanceof Element
          ? ['aria-label', 'aria-valuetext', 'title'].map((name) => node.getAttribute(name) ?? '')
          : [];
      const inside = node instanceof Element && node.shadowRoot ? said(node.shadowRoot) : [];
      return [...spoken, ...inside, ...[...node.childNodes].flatMap(said)];
    };
    const figures = roots(document)
      .flatMap((root) => [...root.querySelectorAll('*')])
      .filter((element) => element.localName.startsWith('rnn-') && element.shadowRoot && element.checkVisibility());
    return Object.fromEntries(
      figures.map((element) => [
        `${element.localName}#${element.id}`,
        said(element.shadowRoot as ShadowRoot)
          .map((text) => text.replace(/\s+/g, ' ').trim())
          .filter((text) => text !== '')
          .join(' '),
      ]),
    );
  });

/** Every figure without numbers in place of names, and these figures with each of these words. */
async function saysNames(tab: Tab, name: string, wanted: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const texts = await textsOf(tab);
  const faults = Object.entries(texts).flatMap(([figure, text]) =>
    NUMBERED.flatMap((pattern) => {
      const found = pattern.exec(text);
      return found ? [`${name}, ${figure}: …${text.slice(Math.max(0, found.index - 40), found.index + 60)}…`] : [];
    }),
  );
  for (const [figure, words] of Object.entries(wanted))
    for (const word of words)
      if (!texts[figure]?.includes(word)) faults.push(`${name}, ${figure} does not say “${word}”: ${texts[figure]}`);
  assert.deepEqual(faults, []);
}

/** Everything is open, has been on the screen, and is answered. */
async function allShown(tab: Tab): Promise<void> {
  await settled(tab);
  if (await tab.evaluate(() => document.querySelector('[data-fold=edit]')?.checkVisibility() ?? false))
    await unfold(tab, '[data-fold=edit]');
  await scrollThrough(tab);
  await tab.middle('rnn-predict');
  await tab.until(() => (document.querySelector('rnn-predict') as unknown as { question: string }).question !== '');
  await atRest(tab);
}

const WEATHER = '#v=1&task=series&n=300&steps=7&epochs=2&t=7&unit=1&sample=3';
const STORY = '#v=1&task=text&n=76&steps=12&epochs=2&t=12&unit=1&sample=3';
const VERB = '#v=1&task=agreement&n=60&steps=8&epochs=2&t=8&unit=1&sample=3';
/** A temperature is changed, and so is the number of a word. */
const CHANGED = { series: '&x=1:0.5', text: '&x=1:0.5' };

forEachBrowser('names: every figure of the lab names the features of the weather, with units', async (tab) => {
  await openLab(tab, `${WEATHER}&q=input${CHANGED.series}`);
  await allShown(tab);
  const units = ['temperature', 'humidity', 'wind', '°C', 'm/s'];
  await saysNames(tab, 'weather', {
    'rnn-network#figure': units,
    'rnn-arithmetic#arithmetic': units,
    'rnn-data#data': units,
    'rnn-sequence#sequence': units,
    'rnn-predict#predict': ['at time step'],
    'rnn-curves#metric': ['Standardized mean absolute error'],
  });
  assert.match(await tab.text('#what-if'), /Temperature at time step 1 is .* °C instead of .* °C\. .* °C/);
  /* several changes are counted, so one is enough here */
  await tab.click('#undo');
  /* what is typed is in the unit, and so is the number that the address keeps standardized */
  await tab.paste('rnn-network >>> .facts input', '20');
  await tab.press('Enter');
  await tab.until(() =>
    /at time step 7 is 20\.0 °C instead of/.test(document.getElementById('what-if')?.textContent ?? ''),
  );
  await tab.paste('rnn-sequence >>> input[type=number]', '5');
  await tab.press('Enter');
  await tab.until(() => location.hash.includes('&d='));
  await tab.until(
    () =>
      document.querySelector('rnn-sequence')?.shadowRoot?.querySelector<HTMLInputElement>('input[type=number]')
        ?.value === '5',
  );
  await openLab(tab, `${WEATHER}&q=term`);
  await allShown(tab);
  await saysNames(tab, 'weather, largest term', {});
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('names: every figure of the lab says the words of a text', async (tab) => {
  await openLab(tab, `${STORY}&q=readout${CHANGED.text}`);
  await allShown(tab);
  await saysNames(tab, 'story', {
    'rnn-network#figure': ['one word enters', 'most probable: “'],
    'rnn-arithmetic#arithmetic': ['The word that is read is “'],
  });
  await openLab(tab, `${VERB}&q=input`);
  await allShown(tab);
  await saysNames(tab, 'is or are', {
    'rnn-network#figure': ['the', 'are', 'one word enters'],
    'rnn-data#data': ['the', 'word 8'],
    'rnn-sequence#sequence': ['next word', 'It reads “'],
    'rnn-predict#predict': ['“'],
  });
  assert.deepEqual(tab.problems, []);
});

const TABLE = `date;temp (°C);wind (m/s)\n${Array.from({ length: 90 }, (_, i) => {
  const date = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
  return `${date};${(10 + 8 * Math.sin(i / 9)).toFixed(1)};${(i * 13) % 7}`;
}).join('\n')}\n`;

const POEM = Array.from(
  { length: 12 },
  (_, i) => `The ${['cat', 'dog', 'cow'][i % 3]} sees the ${['moon', 'sun'][i % 2]}.`,
).join('\n');

forEachBrowser('names: a table and a text of the reader have their names and words in every figure', async (tab) => {
  await openLab(tab, '#v=1&epochs=2&t=7&unit=1&q=input');
  await throughDoor(tab, 'series', TABLE);
  await tab.click('#bring-use');
  await tab.until(() => document.getElementById('task-text')?.textContent?.includes('“temp (°C)”') === true);
  await allShown(tab);
  const units = ['temp', 'wind', '°C', 'm/s'];
  await saysNames(tab, 'own table', {
    'rnn-network#figure': units,
    'rnn-arithmetic#arithmetic': units,
    'rnn-data#data': units,
    'rnn-sequence#sequence': units,
  });
  await throughDoor(tab, 'text', POEM);
  await tab.click('#bring-use');
  await tab.until(() => document.getElementById('task-text')?.textContent?.includes('of your text') === true);
  await allShown(tab);
  await saysNames(tab, 'own text', {
    'rnn-network#figure': ['moon', 'one word enters'],
    'rnn-arithmetic#arithmetic': ['The word that is read is “'],
    'rnn-data#data': ['moon', 'word 7'],
    'rnn-sequence#sequence': ['moon', 'next word'],
  });
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('names: figures outside of the lab say them, too', async (tab) => {
  const { url } = await serveSite();
  const views: readonly (readonly [view: string, address: string, words: readonly string[]])[] = [
    ['unrolled', WEATHER, ['temperature (°C)', 'm/s']],
    ['unrolled', VERB, ['word', 'girls']],
    ['lengths', WEATHER, ['Standardized mean absolute error']],
    ['norms', VERB, ['t = 8, “']],
  ];
  for (const [view, address, words] of views) {
    await tab.open('about:blank');
    await tab.open(`${url}embed.html${address}&view=${view}`);
    await tab.until(
      (name: string, wanted: string) =>
        document
          .querySelector('rnn-figure')
          ?.shadowRoot?.querySelector(name)
          ?.shadowRoot?.textContent?.includes(wanted),
      `rnn-${view}`,
      view === 'unrolled' ? 'the weights U' : (words[0] as string),
    );
    await saysNames(tab, view, { [`rnn-${view}#`]: words });
  }
  for (const [task, words] of [
    ['series&steps=7&n=300', 'temperature at each time step'],
    ['text&steps=12&n=76', 'whether each word is “'],
  ] as const) {
    await openChapter(tab, 'what-it-remembers', `#v=1&lesson=2&epochs=2&task=${task}`);
    await tab.until(
      (wanted: string) =>
        document
          .querySelector('rnn-linear-probe[data-when*="2"]')
          ?.shadowRoot?.querySelector('#title')
          ?.textContent?.includes(wanted),
      words,
    );
  }
  assert.deepEqual(tab.problems, []);
});

/** Longer than any figure has room for on a phone. */
const LONG = 'mean relative humidity at the northern station (percent of saturation)';

forEachBrowser(
  'names: long names fit on a phone, and the whole name is said',
  async (tab) => {
    await openLab(tab, '#v=1&epochs=2&t=7&unit=1&q=input');
    await throughDoor(tab, 'series', TABLE.replace('wind (m/s)', LONG));
    await tab.click('#bring-use');
    await tab.until(() => document.getElementById('task-text')?.textContent?.includes('“temp (°C)”') === true);
    await allShown(tab);
    await tab.select('rnn-sequence >>> select', LONG);
    await tab.select('rnn-network >>> #weight-role', 'U');
    await atRest(tab);
    const wide = await tab.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
        .map(({ localName, id }) => `${localName}#${id}`),
    );
    assert.deepEqual(wide, []);
    const inside = await tab.evaluate(() =>
      ['rnn-network', 'rnn-sequence', 'rnn-data', 'rnn-arithmetic'].flatMap((name) =>
        [
          ...(document
            .querySelector(name)
            ?.shadowRoot?.querySelectorAll('label, select, input, p, .legend span, text.row') ?? []),
        ]
          .filter((element) => !element.closest('.table') && element.checkVisibility())
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => `${name} ${element.localName}.${element.getAttribute('class')}`),
      ),
    );
    assert.deepEqual(inside, []);
    const name = LONG.replace(/ \(.*/, '');
    await saysNames(tab, 'long names', {
      'rnn-network#figure': [name],
      'rnn-data#data': [name],
      'rnn-sequence#sequence': [name],
      'rnn-arithmetic#arithmetic': [name],
    });
    assert.deepEqual(tab.problems, []);
  },
  { width: 390, height: 844 },
);

for (const [address, hint] of [
  ['#v=1', /Drag its point, or type a number\./],
  [WEATHER, /Drag its point, or type a number\.|Click its cell in the figure and type a number\./],
  [STORY, /Choose a word from the menu and type its number: 1 if it is read, 0 if not\./],
  [VERB, /Choose a word from the menu and type its number: 1 if it is read, 0 if not\./],
] as const)
  forEachBrowser(`names: the hint says how an input can really be changed: ${address}`, async (tab) => {
    await openLab(tab, address);
    await tab.middle('rnn-network >>> .facts input');
    await tab.until(
      (source: string) => new RegExp(source).test(document.getElementById('what-if-hint')?.textContent ?? ''),
      hint.source,
    );
    const can = await tab.evaluate(() => {
      const root = document.querySelector('rnn-network')?.shadowRoot;
      return { drag: root?.querySelector('.grip') !== null, choose: root?.querySelector('.facts select') !== null };
    });
    const said = await tab.text('#what-if-hint');
    assert.deepEqual(can, { drag: said.includes('Drag'), choose: said.includes('menu') || said.includes('cell') });
  });
