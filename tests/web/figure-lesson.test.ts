/** `<rnn-figure view="lesson">`: a chapter of the lesson in another page, with its steps, guesses and links. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHAPTERS } from '../../web/lesson/index.ts';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { figures, page, ready } from './figures.ts';
import { root, type Tab } from './harness.ts';

const of = (attributes: string): string => page('lesson', `<rnn-figure view="lesson" ${attributes}></rnn-figure>`);

/** The text of the first element in a figure that is not hidden. */
const seen = (tab: Tab, selector: string, figure = 0): Promise<string> =>
  tab.evaluate(
    (asked: string, at: number) => {
      const root = document.querySelectorAll('rnn-figure')[at]?.shadowRoot;
      const shown = [...(root?.querySelectorAll<HTMLElement>(asked) ?? [])].find((one) => one.offsetParent !== null);
      return shown?.innerText.replace(/\s+/g, ' ').trim() ?? '';
    },
    selector,
    figure,
  );

const STEP = 'section[data-current] h2';

const shows = (tab: Tab, selector: string, text: string, figure = 0): Promise<void> =>
  tab.until(
    (asked: string, wanted: string, at: number) =>
      [...(document.querySelectorAll('rnn-figure')[at]?.shadowRoot?.querySelectorAll<HTMLElement>(asked) ?? [])].some(
        (one) => one.offsetParent !== null && one.innerText.includes(wanted),
      ),
    selector,
    text,
    figure,
  );

figures('lesson: a chapter by its number and a step, a guess, and the next step by keyboard', async (tab) => {
  await tab.open(of('chapter="6" step="2"'));
  await ready(tab);
  await shows(tab, '.contents summary', `Chapter 6 of ${CHAPTERS.length}`);
  const second = await seen(tab, STEP);
  assert.notEqual(second, '');
  await tab.click('rnn-figure >>> #step-next');
  await tab.until((before: string) => {
    const root = document.querySelector('rnn-figure')?.shadowRoot;
    return root?.querySelector<HTMLElement>('section[data-current] h2')?.innerText !== before;
  }, second);
  assert.equal(await tab.evaluate(() => location.hash), '', 'the surrounding page keeps its address');
  assert.match(await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).address ?? ''), /lesson=3/);
  await tab.press('Enter'); /* the button still has the focus */
  await tab.until(() => /lesson=4/.test((document.querySelector('rnn-figure') as RnnFigure).address ?? ''));
  assert.deepEqual(tab.problems, []);
});

figures('lesson: a chapter by its name asks a guess, and the answer follows', async (tab) => {
  await tab.open(of('chapter="next-word"'));
  await ready(tab);
  await tab.click('rnn-figure >>> input[value="he"]');
  await tab.click('rnn-figure >>> form[data-guess] .actions .main');
  await shows(tab, '[data-reply="he"]', 'you remembered the dog');
  assert.equal(await seen(tab, '[data-reply="bread"]'), '');
  assert.deepEqual(tab.problems, []);
});

figures('lesson: links to other chapters stay in the figure, and its end leads to the next chapter', async (tab) => {
  await tab.open(of('chapter="your-verdict" step="4"'));
  await ready(tab);
  await tab.click('rnn-figure >>> table a[href*="any-length"]');
  await shows(tab, '.contents summary', `Chapter ${CHAPTERS.indexOf('any-length') + 1} of`);
  await tab.evaluate(() => {
    const figure = document.querySelector('rnn-figure') as RnnFigure;
    figure.setAttribute('chapter', '1');
    figure.setAttribute('step', '99');
  });
  await shows(tab, '#step-next', 'Next chapter');
  await tab.click('rnn-figure >>> #step-next');
  await shows(tab, '.contents summary', 'Chapter 2 of');
  assert.deepEqual(tab.problems, []);
});

figures('lesson: a chapter that does not exist is named, and a page that is not known has no link', async (tab) => {
  await tab.open(of('chapter="attention"'));
  await ready(tab);
  await shows(tab, '#notices', 'chapter: “attention” is neither a number from 1 to 13 nor one of remember, ');
  await tab.open(of('chapter="learning-or-luck"'));
  await ready(tab);
  assert.equal(
    await tab.evaluate(
      () => document.querySelector('rnn-figure')?.shadowRoot?.querySelectorAll('a[href*="notebook"]').length,
    ),
    0,
  );
  await tab.open(of('chapter="learning-or-luck" link="https://example.org/unrolled/index.html"'));
  await ready(tab);
  assert.equal(
    await tab.evaluate(
      () =>
        document.querySelector('rnn-figure')?.shadowRoot?.querySelector<HTMLAnchorElement>('a[href*="notebook"]')?.href,
    ),
    'https://example.org/unrolled/notebook.html',
  );
});

figures('lesson: two chapters on one page have states of their own', async (tab) => {
  await tab.open(
    page(
      'lesson',
      '<rnn-figure view="lesson" chapter="3"></rnn-figure><rnn-figure view="lesson" chapter="3" step="2"></rnn-figure>',
    ),
  );
  await shows(tab, '#step-next', 'Next');
  await tab.evaluate(() => document.querySelectorAll('rnn-figure')[1]?.scrollIntoView());
  await shows(tab, STEP, '', 1);
  const second = await seen(tab, STEP, 1);
  await tab.evaluate(() => document.querySelectorAll('rnn-figure')[0]?.scrollIntoView());
  await tab.evaluate(() => (document.querySelectorAll('rnn-figure')[0] as RnnFigure).setAttribute('step', '3'));
  await tab.until(() => /lesson=3/.test((document.querySelectorAll('rnn-figure')[0] as RnnFigure).address ?? ''));
  assert.equal(await seen(tab, STEP, 1), second);
});

figures('lesson: a view that follows a chapter keeps its own room', async (tab) => {
  await tab.open(of('chapter="3"'));
  await ready(tab);
  await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).setAttribute('view', 'training'));
  await tab.until(() => {
    const room = document.querySelector('rnn-figure')?.shadowRoot?.querySelector('.room');
    return room && Number.parseFloat(getComputedStyle(room).minHeight) > 600;
  });
});

figures('lesson: the one file goes on to the next chapter, and its address holds chapter and step', async (tab) => {
  await tab.open(pathToFileURL(join(root, process.env.DIST ?? 'dist', 'unrolled.html')).href);
  await shows(tab, '.contents summary', 'Chapter 1 of');
  await tab.click('rnn-figure >>> .contents summary');
  await tab.click('rnn-figure >>> .contents a[href="./next-word.html"]');
  await shows(tab, '.contents summary', 'Chapter 7 of');
  await tab.click('rnn-figure >>> #step-next');
  await tab.until(() => /chapter=next-word/.test(location.hash) && /lesson=2/.test(location.hash));
  const address = await tab.evaluate(() => location.href);
  await tab.open('about:blank');
  await tab.open(address);
  await shows(tab, '.contents summary', 'Chapter 7 of');
  await shows(tab, STEP, 'From babble to sense');
  /* links to the other pages lead there inside the file */
  await tab.evaluate(() => {
    location.hash = '#view=lesson&chapter=learning-or-luck';
  });
  await shows(tab, '.contents summary', 'Chapter 8 of');
  /* by keyboard: the figures above the link may still be finding their height */
  await tab.focus('rnn-figure >>> section[data-current] a[href*="view=notebook"]');
  await tab.press('Enter');
  await tab.until(() => document.querySelector('nav [aria-current]')?.textContent === 'The notebook');
});
