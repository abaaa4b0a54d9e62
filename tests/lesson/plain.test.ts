// The lesson is for beginners: a step is short, and its numbers have few digits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { chapterPages, lesson } from '../../web/packaging/lesson.mjs';
import { chapter } from './chapter.ts';

const MOST_WORDS = 100;
/** A question with its choices; and what the reader is told after an answer. */
const MOST_OF_A_GUESS = 100;

const plain = (markup: string): string => markup.replace(/<[^>]+>/g, ' ');
const words = (markup: string): number =>
  plain(markup)
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const GUESS = /<form data-guess=.*?<\/form>/gs;
const REPLY = /<p data-reply=.*?<\/p>/gs;
const ANSWER = /<div data-answer>.*?<\/div>/gs;
/** What the reader sees only later: a quote of a guess, and what belongs to other settings. */
const LATER = /<p data-quote=.*?<\/p>|<(p|span)[^>]*\shidden>.*?<\/\1>/gs;

for (const name of CHAPTERS) {
  const { file, markup } = chapter(name);
  const steps = [...markup.matchAll(/<section[^>]*\sdata-step="[^"]*"[^>]*>(.*?)<\/section>/gs)].map(
    ([, step = '']) => step,
  );

  test(`${name}: no step has more than ${MOST_WORDS} words, guesses apart`, () => {
    for (const [i, step] of steps.entries()) {
      const count = words(step.replace(GUESS, '').replace(LATER, ''));
      assert.ok(count > 0 && count <= MOST_WORDS, `${file}, step ${i + 1}: ${count} words`);
    }
  });

  test(`${name}: no sentence with a live number says a setting that a handle of its step changes`, () => {
    for (const [i, step] of steps.entries()) {
      const handles = [...step.matchAll(/<rnn-handle field="(\w+)"/g)].map(([, field = '']) => field);
      const text = step.replace(/<b data-show="(?!epochs|units|steps)[^"]*">[^<]*<\/b>/g, '#');
      for (const sentence of plain(text)
        .split(/(?<=[.?!:])\s/)
        .filter((one) => one.includes('#')))
        for (const field of handles)
          assert.doesNotMatch(sentence, new RegExp(`\\b(ten|twenty|\\d+) ${field}\\b`), `${file}, step ${i + 1}`);
    }
  });

  test(`${name}: a question is short, and so is what its answer tells`, () => {
    for (const [form] of markup.matchAll(GUESS)) {
      const asked = words(form.replace(ANSWER, '').replace(REPLY, ''));
      const replies = [...form.matchAll(REPLY)].map(([reply]) => words(reply));
      const told = Math.max(0, ...replies) + words((ANSWER.exec(form) ?? [''])[0].replace(LATER, ''));
      ANSWER.lastIndex = 0;
      assert.ok(
        asked <= MOST_OF_A_GUESS && told <= MOST_OF_A_GUESS,
        `${file}: ${asked} and ${told} words in ${form.slice(0, 60)}`,
      );
    }
  });

  test(`${name}: no number has more than three decimals, settings apart`, () => {
    const settings = /<button[^>]*data-set=.*?<\/button>/gs;
    const long = plain(markup.replace(settings, '')).match(/\d*\.\d{4,}/g);
    /* 10⁻⁵ written out explains the axis of a chart */
    assert.deepEqual(long?.filter((number) => number !== '0.00001') ?? [], [], file);
  });
}

test('a number of a chapter stays on one line with its unit or percent sign', () => {
  const load = lesson('en').load as unknown as (page: string) => string;
  const pages = chapterPages.map((page) => plain(load(page)));
  assert.deepEqual(
    pages.flatMap((text) => text.match(/\d (?:%|°C|m\/s)/g) ?? []),
    [],
  );
  assert.ok(pages.flatMap((text) => text.match(/\d\u00a0(?:%|°C|m\/s)/g) ?? []).length > 50);
});
