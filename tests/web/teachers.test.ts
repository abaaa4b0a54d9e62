// teachers.html: what is printed, with and without answers, by mouse and by keyboard.
import assert from 'node:assert/strict';
import { forEachBrowser, serveSite, type Tab } from './harness.ts';
import { pagesOf } from './pdf.ts';

/** `folder` is that of the page's language. */
async function openTeachers(tab: Tab, folder = ''): Promise<void> {
  const { url } = await serveSite();
  await tab.open(`${url}${folder}teachers.html`);
  await tab.until(() => !document.querySelector('.not-running'));
  /* A browser would show a dialog, and tell the page when that is closed. */
  await tab.evaluate(() => {
    globalThis.print = () => {
      document.body.dataset['prints'] = String(Number(document.body.dataset['prints'] ?? 0) + 1);
    };
  });
}

const printed = (tab: Tab, times: number): Promise<void> =>
  tab.until((times: string) => document.body.dataset['prints'] === times, String(times));

interface Paper {
  /** The ids of its parts, and the title of the first one. */
  parts: string[];
  title: string;
  questions: string[];
  answers: number;
}

/** What is on paper. Each link has its address there. */
async function onPaper(tab: Tab): Promise<Paper> {
  await tab.page?.emulateMediaType('print');
  const found = await tab.evaluate(() => {
    const seen = (selector: string): Element[] =>
      [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    return {
      parts: seen('main > section').map(({ id }) => id),
      title: (seen('main > section > h2')[0] as HTMLElement).innerText,
      bare: seen('main > section .live').filter((link) => {
        const address = link.getAttribute('href') ?? '';
        const { content } = getComputedStyle(link, '::after');
        return link.querySelector('code')
          ? link.textContent !== address
          : content.replaceAll('\u200b', '') !== `" [${address}]"`;
      }).length,
      questions: seen('.question').map(({ id }) => id),
      answers: seen('.question > .answer').length,
      breaking: seen('.answer thead').filter(
        (head) =>
          getComputedStyle(head).display === 'table-header-group' ||
          getComputedStyle(head.parentElement as Element).breakInside !== 'avoid',
      ).length,
    };
  });
  await tab.page?.emulateMediaType('screen');
  const { breaking, bare, ...paper } = found;
  assert.equal(bare, 0);
  /* the head of a table that breaks is printed again, and the table then covers what follows it */
  assert.equal(breaking, 0);
  return paper;
}

/** The box that is beside the button for the questions of the plan. */
const answersBeside = (tab: Tab): Promise<boolean | undefined> =>
  tab.evaluate(
    () => document.querySelector('[data-questions]')?.parentElement?.querySelector<HTMLInputElement>('input')?.checked,
  );

const toScreen = (tab: Tab): Promise<boolean> => tab.evaluate(() => dispatchEvent(new Event('afterprint')));

forEachBrowser(
  'teachers: the plan, its two questions, and the questions with answers are printed',
  async (tab) => {
    await openTeachers(tab);
    await tab.click('[data-print=plan-45]');
    await printed(tab, 1);
    assert.deepEqual(await onPaper(tab), {
      parts: ['plan-45'],
      title: 'Plan for 45\u00a0minutes: what an RNN remembers',
      questions: [],
      answers: 0,
    });
    await toScreen(tab);
    await tab.click('[data-questions]');
    await printed(tab, 2);
    const two = { parts: ['questions'], title: 'Questions', questions: ['question-5', 'question-11'], answers: 0 };
    const key = { ...two, title: 'Questions with answers, for the teacher', answers: 2 };
    assert.deepEqual(await onPaper(tab), two);
    await toScreen(tab);
    await tab.click('#with-answers');
    await tab.click('.choices [data-print]');
    await printed(tab, 3);
    assert.deepEqual(await onPaper(tab), key);
    assert.equal(await tab.evaluate(() => document.title), `${key.title} · Unrolled`);
    await toScreen(tab);
    assert.equal(await tab.evaluate(() => document.title), 'For teachers · Unrolled');
    /* the box beside a button says what the button prints, whichever box was used */
    assert.equal(await answersBeside(tab), true);
    await tab.click('[data-questions]');
    await printed(tab, 4);
    assert.deepEqual(await onPaper(tab), key);
    await toScreen(tab);
    await tab.click('#plan-45 [data-answers]');
    await tab.click('[data-questions]');
    await printed(tab, 5);
    assert.deepEqual(await onPaper(tab), two);
    assert.equal(await tab.evaluate(() => document.title), 'Questions · Unrolled');
    await toScreen(tab);
    /* The browser's own command prints everything that is chosen. */
    const whole = await onPaper(tab);
    assert.equal(whole.parts.length, 8);
    assert.deepEqual(whole.questions, two.questions);
    assert.deepEqual(tab.problems, []);
  },
  {
    without: {
      firefox: 'its driver cannot show what is printed',
      webkit: 'its driver cannot show what is printed',
    },
  },
);

for (const folder of ['', 'de/'])
  forEachBrowser(
    `teachers: ${folder} each plan fits one sheet of A4, and so does the handout of the plan`,
    async (tab) => {
      await openTeachers(tab, folder);
      for (const button of [
        '[data-print=plan-45]',
        '[data-print=plan-20]',
        '[data-print=plan-90]',
        '[data-questions]',
      ]) {
        await tab.click(button);
        assert.equal(
          pagesOf((await tab.page?.pdf({ format: 'A4', preferCSSPageSize: true })) as Uint8Array),
          1,
          button,
        );
        await toScreen(tab);
      }
    },
    { without: { firefox: 'printed by Chromium', webkit: 'its driver cannot print' } },
  );

forEachBrowser('teachers: the address on a handout leads to the questions, and not to their answers', async (tab) => {
  await openTeachers(tab);
  /** The titles and paragraphs of all questions, with their links. */
  const textsOf = (): Promise<string[]> =>
    tab.evaluate(() =>
      [...document.querySelectorAll('.question > :is(h2, h3, p)')].map((part) =>
        part.innerHTML.replace(/ data-address="[^"]*"/g, ''),
      ),
    );
  const texts = await textsOf();
  const address = await tab.text('#questions [data-site$=".html"]');
  assert.match(address, /^http.*\/questions\.html$/);
  await tab.open(address);
  assert.deepEqual(await textsOf(), texts);
  assert.equal(await tab.evaluate(() => document.querySelector('.answer, input, table')), null);
  assert.equal(texts.length, 36);
  assert.deepEqual(await tab.faults(), []);
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('teachers: the presses that the laboratory names lead to the last part of one update', async (tab) => {
  await openTeachers(tab);
  const [href = '', words = ''] = await tab.evaluate(() => {
    const link = document.querySelector<HTMLAnchorElement>('#plan-90 a[href*="&slow="]');
    return [link?.href, link?.closest('tr')?.textContent ?? ''];
  });
  assert.match(words, /Press › thirteen times .*: the last step forward, the loss, ten steps backward, the sum, and/);
  await tab.open(href);
  const current = (): Promise<string> =>
    tab.evaluate(() => document.querySelector<HTMLElement>('[data-part][aria-current]')?.dataset['part'] ?? '');
  await tab.until(() => document.querySelector('[data-part][aria-current]') !== null);
  const walked = [await current()];
  for (let press = 1; press <= 13; press++) {
    await tab.click('#slow-next');
    walked.push(await current());
  }
  assert.deepEqual(walked, ['forward', 'loss', ...Array.from({ length: 10 }, () => 'backward'), 'sum', 'move']);
});

for (const [folder, side] of [
  ['', 'above the figure'],
  ['de/', 'über der Abbildung'],
] as const)
  forEachBrowser(`teachers: ${folder} the sentence that the class reads aloud is ${side}`, async (tab) => {
    await openTeachers(tab, folder);
    const [href = '', words = ''] = await tab.evaluate(() => {
      const link = document.querySelector<HTMLAnchorElement>('#plan-45 a[href*="gain=0.5"]');
      return [link?.href, link?.closest('tr')?.textContent ?? ''];
    });
    assert.ok(words.includes(side), words);
    await tab.open(href);
    await tab.until(() => {
      const figure = document.getElementById('backward')?.shadowRoot;
      const sentence = [...(figure?.querySelectorAll('p') ?? [])].find((part) => part.textContent.includes('10⁻¹⁷'));
      const plot = figure?.querySelector('.plot');
      return sentence && plot && sentence.getBoundingClientRect().bottom <= plot.getBoundingClientRect().top;
    });
    assert.deepEqual(tab.problems, []);
  });

forEachBrowser('teachers: a handout is chosen and printed by keys alone, but not an empty one', async (tab) => {
  await openTeachers(tab);
  await tab.focus('[data-choose=none]');
  await tab.press('Enter');
  await tab.focus('.choices [data-print]');
  await tab.press('Enter');
  await tab.until(() => document.getElementById('nothing-chosen')?.hidden === false);
  await tab.focus('#question-7 input');
  await tab.press(' ');
  await tab.until(() => document.getElementById('nothing-chosen')?.hidden);
  await tab.focus('#with-answers');
  await tab.press(' ');
  await tab.focus('.choices [data-print]');
  await tab.press('Enter');
  await printed(tab, 1);
  const state = await tab.evaluate(() => ({
    chosen: [...document.querySelectorAll<HTMLInputElement>('.choose input')]
      .filter(({ checked }) => checked)
      .map(({ value }) => value),
    answer: document.querySelector('#question-7 .answer')?.checkVisibility(),
    site: document.querySelector('[data-site]')?.textContent === new URL('.', location.href).href,
  }));
  assert.deepEqual(state, { chosen: ['7'], answer: true, site: true });
});

for (const [width, scheme, folder] of [
  [1440, 'light', ''],
  [390, 'dark', ''],
  [1440, 'dark', 'de/'],
  [390, 'light', 'de/'],
] as const)
  forEachBrowser(
    `teachers: ${folder} ${width} pixels, ${scheme}: nothing is wider than the window, and axe-core finds nothing`,
    async (tab) => {
      await openTeachers(tab, folder);
      await tab.click('#with-answers');
      assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth <= 0), true);
      assert.deepEqual(await tab.faults(), []);
      assert.deepEqual(tab.problems, []);
    },
    { width, height: 900, scheme },
  );

forEachBrowser(
  'teachers: the German page prints a plan, its two questions, and the questions with answers',
  async (tab) => {
    await openTeachers(tab, 'de/');
    await tab.click('[data-print=plan-45]');
    await printed(tab, 1);
    assert.deepEqual(await onPaper(tab), {
      parts: ['plan-45'],
      title: 'Plan für 45\u00a0Minuten: woran sich ein RNN erinnert',
      questions: [],
      answers: 0,
    });
    await toScreen(tab);
    await tab.click('[data-questions]');
    await printed(tab, 2);
    const two = { parts: ['questions'], title: 'Fragen', questions: ['question-5', 'question-11'], answers: 0 };
    assert.deepEqual(await onPaper(tab), two);
    await toScreen(tab);
    await tab.click('#with-answers');
    await tab.click('.choices [data-print]');
    await printed(tab, 3);
    assert.deepEqual(await onPaper(tab), { ...two, title: 'Fragen mit Antworten, für die Lehrkraft', answers: 2 });
    assert.deepEqual(tab.problems, []);
  },
  {
    without: {
      firefox: 'its driver cannot show what is printed',
      webkit: 'its driver cannot show what is printed',
    },
  },
);

for (const [selector, page, heading] of [
  ['#plan-90 .live[href*="t=3"]', '/de/lab.html', 'Woher h kommt'],
  ['#chapters .live[href*="sequence.html"]', '/de/sequence.html', 'Eine Woche Wetter'],
] as const)
  forEachBrowser(`teachers: a German link opens ${page}, which has the heading that it names`, async (tab) => {
    await openTeachers(tab, 'de/');
    assert.equal(await tab.evaluate((link: string) => document.querySelector(link)?.textContent, selector), heading);
    await tab.click(selector);
    await tab.until((page: string) => location.pathname.endsWith(page) && document.readyState === 'complete', page);
    await tab.until(
      (wanted: string) =>
        [...document.querySelectorAll('h1, h2, h3')].some(
          (heading) => heading.textContent.trim() === wanted && heading.checkVisibility(),
        ),
      heading,
    );
    assert.deepEqual(tab.problems, []);
  });
