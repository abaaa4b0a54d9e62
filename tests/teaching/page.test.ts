// Checks that teachers.html has everything of docs/teaching that a class needs, and that each of its links leads to
// something. The expected markup of the converter is written by hand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isView } from '../../web/embed/views.ts';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { pageIn } from '../../web/packaging/languages.mjs';
import { pageName } from '../../web/packaging/lesson.mjs';
import { blocks, inline, withTeaching } from '../../web/packaging/teaching.mjs';
import { fromAddress } from '../../web/state/address.ts';
import { LAB } from '../../web/state/pages.ts';
import { root } from '../house/tree.ts';
import { chapterLinksOf, FILES, linksOf, read } from './links.ts';

const source = readFileSync(join(root, 'web/pages/teachers.html'), 'utf8');
const page = withTeaching(source);
const hrefs = [...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => (href as string).replaceAll('&amp;', '&'));
/** The addresses without the headings at which they open. */
const states = hrefs.map((href) => href.replace(/&to=.*$/, ''));

test('the page has every link of the plans, the questions and the key', () => {
  const outside = ['#v=1&at=40']; /* the example in "The links" */
  const wanted = FILES.flatMap(linksOf).map(({ address }) => address);
  assert.deepEqual(
    wanted.filter((address) => !states.includes(`lab.html${address}`) && !outside.includes(address)),
    [],
  );
  for (const { page: chapter, step } of FILES.flatMap(chapterLinksOf))
    assert.ok(hrefs.includes(`${chapter}.html#v=1&lesson=${step}`), `${chapter}, step ${step}`);
});

test('a link that names a heading of the lab opens it there', () => {
  const lab = readFileSync(join(root, 'web/pages/lab.html'), 'utf8');
  const named = [...page.matchAll(/<a class="live" href="lab\.html#v=1([^"]*)">([^<]+)</g)];
  assert.ok(named.length > 50, String(named.length));
  for (const [link, state = '', heading] of named) {
    const [, name = ''] = /&amp;to=([a-z]+)$/.exec(state) ?? [];
    const [, , text] = new RegExp(`<(\\w+) [^>]*id="${name}-title"[^>]*>(.*?)</\\1>`).exec(lab) ?? [];
    assert.equal(text?.replaceAll(/<[^>]+>/g, ''), heading, link);
  }
  assert.match(inline('`lab.html#v=1` → **Das Training**'), /href="lab\.html#v=1&amp;to=training">Das Training</);
  assert.throws(() => inline('`lab.html#v=1` → **The trainings**'), /expected a heading of the lab/);
});

for (const language of ['en', 'de'])
  for (const name of ['teachers', 'questions'])
    test(`${name}.html, ${language}: a number stays on one line with its unit, and an equation does, too`, () => {
      const file = join(root, `web/pages/${name}.html`);
      const text = withTeaching(pageIn(language, file, readFileSync(file, 'utf8')), language).replace(/<[^>]+>/g, '');
      assert.deepEqual(text.match(/.{9}\d (?:%|minutes|pixels|Minuten|Pixeln?)(?!\w)/g), null);
      assert.deepEqual(text.match(/[\p{L}₀-₉](?: = | =|= )\d/gu), null);
      assert.ok((text.match(/\d\u00a0(?:minutes|Minuten)/g) ?? []).length >= 12);
      assert.ok((text.match(/\bt\u00a0=\u00a050/g) ?? []).length > 0);
    });

test('each comment of the page was replaced', () => {
  assert.deepEqual(page.match(/<!-- (?!header|languages).*?-->/g), null);
  assert.throws(
    () => withTeaching('<!-- README.md: 46 minutes -->'),
    /README\.md: expected the heading "## 46 minutes"/,
  );
});

test('in a language that has no such files, a screen reader is told which parts are in English', () => {
  const french = withTeaching(source, 'fr');
  const count = (text: string): number => text.match(/<(p|ul|table|article) lang="en"/g)?.length ?? 0;
  assert.equal(count(page), 0);
  assert.ok(count(french) > 20);
  for (const part of ['<article lang="en" class="question" id="question-1">', '<table lang="en" class="wide">'])
    assert.ok(french.includes(part), part);
  assert.equal(french.replaceAll(/<(p|ul|table|article) lang="en"/g, '<$1'), page);
});

test('each link of the page leads to a page of the site, to a part of this page, or to a step of a chapter', () => {
  const chapters = CHAPTERS.map(pageName);
  for (const href of hrefs.filter((href) => !/^(\.\.|data:)/.test(href))) {
    const [, file = '', hash = ''] = /^(?:\.\/)?([^#]*)#?(.*)$/.exec(href) ?? [];
    if (file === '') assert.ok(page.includes(` id="${hash}"`), href);
    else
      assert.ok(
        chapters.includes(file.replace('.html', '')) ||
          file === 'unrolled.html' ||
          existsSync(join(root, 'web/pages', file)),
        href,
      );
  }
});

test('a link to a step of a chapter has the heading of that step', () => {
  const links = FILES.flatMap(chapterLinksOf);
  assert.ok(links.length >= 10);
  for (const { page: name, step, heading } of links) {
    const chapter = CHAPTERS.find((chapter) => pageName(chapter) === name);
    const markup = readFileSync(join(root, `web/lesson/${chapter}.html`), 'utf8');
    const section = [...markup.matchAll(/<section[^>]*\sdata-step="[^"]*"[^>]*>(.*?)<\/section>/gs)][step - 1]?.[1];
    const found = /<h[12][^>]*>(.+?)<\/h[12]>/s.exec(section ?? '')?.[1] ?? /<h1[^>]*>(.+?)<\/h1>/s.exec(markup)?.[1];
    assert.equal(found?.replace(/<[^>]+>/g, ''), heading, `${name}, step ${step}`);
  }
});

test('the figures to share open without a notice', () => {
  const shared = hrefs.filter((href) => href.includes('share.html#'));
  assert.ok(shared.length > 0);
  for (const href of shared) {
    const fields = new URLSearchParams(href.slice(href.indexOf('#') + 1));
    const view = fields.get('view') ?? '';
    fields.delete('view');
    fields.delete('controls');
    assert.ok(isView(view), href);
    assert.deepEqual(fromAddress(LAB, `#${fields}`).notices, [], href);
  }
});

test('the button below the plan prints the questions that the plan hands out', () => {
  const plan = read('README.md')
    .split(/^## /m)
    .find((part) => part.startsWith('45 minutes'));
  const handed = /[Qq]uestions? ([\d, and]+), which go/.exec(plan ?? '')?.[1]?.match(/\d+/g);
  assert.equal(/data-questions="([^"]*)">Print questions (.*?)</.exec(page)?.[1], handed?.join(' '));
  assert.equal(/data-questions="[^"]*">Print questions (.*?)</.exec(page)?.[1], handed?.join(' and '));
});

test('each question is on the page, with its answer behind it', () => {
  const articles = [...page.matchAll(/<article.*?<\/article>/gs)].map(([article]) => article);
  const titles = [...read('questions.md').matchAll(/^## (\d.*)$/gm)].map(([, title]) => title as string);
  assert.equal(articles.length, 12);
  for (const [i, title] of titles.entries())
    assert.match(
      articles[i] as string,
      new RegExp(`<h3>${title.replaceAll(/[?.]/g, '\\$&')}</h3>.*Hand in:.*<div class="answer">.*<table`, 's'),
    );
});

test('a handout stands alone: no question, answer or introduction refers to a question that it may lack', () => {
  const parts = ['questions.md', 'answers.md'].flatMap((file) => read(file).split(/^## /m).slice(1));
  assert.equal(parts.length, 26);
  assert.deepEqual(
    parts.flatMap((part) => part.match(/[Qq]uestions? \d+/g) ?? []),
    [],
  );
  /* a plan that sends the class to a question says that it is printed with the others */
  const plan =
    read('README.md')
      .split(/^(?=## )/m)
      .find((part) => part.startsWith('## 45 minutes')) ?? '';
  assert.match(plan, /[Qq]uestion 4 asks the same, so print it with the other two/);
});

test('Markdown becomes the markup that it means', () => {
  assert.equal(inline('a < b & **c *d* e**'), 'a &lt; b &amp; <strong>c <em>d</em> e</strong>');
  assert.equal(
    inline('*`lab.html#v=1&t=3` → **Where h comes from***, `x=1:0`'),
    '<em><a class="live" href="lab.html#v=1&amp;t=3&amp;to=arithmetic">Where h comes from</a></em>, <code>x=1:0</code>',
  );
  assert.equal(inline('`lab.html#v=1`'), '<a class="live" href="lab.html#v=1"><code>lab.html#v=1</code></a>');
  assert.equal(inline('[a](questions.md) and [b](../b.md)'), '<a href="#questions">a</a> and b');
  assert.equal(blocks('one\ntwo\n\n- a\n  b\n- c'), '<p>one two</p>\n<ul><li>a b</li><li>c</li></ul>');
  assert.equal(
    blocks('| A | B |\n|---|---|\n| 1 | |'),
    '<table class="wide"><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>' +
      '<tbody><tr><td data-column="A">1</td><td data-column="B" class="empty"></td></tr></tbody></table>',
  );
  for (const other of ['# a', '> a', '1. a', '```\na\n```', '![a](b)'])
    assert.throws(() => blocks(other), /expected a paragraph/, other);
});
