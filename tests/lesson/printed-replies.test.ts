// On paper all choices of a guess are shown with all their replies, so each reply has to name the choice that it belongs
// to. The page's own words are checked, in every language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { chapterPages, lesson } from '../../web/packaging/lesson.mjs';

type Load = (id: string) => string;

for (const language of ['en', 'de'])
  test(`${language}: every reply to a choice names the choice`, () => {
    const load = lesson(language).load as unknown as Load;
    let replies = 0;
    for (const [i, page] of chapterPages.entries())
      for (const [form] of load(page).matchAll(/<form[^>]*\sdata-guess=.*?<\/form>/gs)) {
        const choices = new Map(
          [...form.matchAll(/<label><input type="radio" value="([^"]*)">(.*?)<\/label>/gs)].map(([, value, words]) => [
            value,
            words
              ?.replace(/<[^>]+>/g, '')
              .replace(/\s+/g, ' ')
              .trim()
              .replace(/\.$/, '')
              .replaceAll('"', '&quot;'),
          ]),
        );
        /* a number that is dragged has no choices, and its replies stay hidden on paper */
        if (choices.size === 0) continue;
        for (const [, value, words] of form.matchAll(/<p data-reply="([^"]*)"(?: data-choice="([^"]*)")?>/g)) {
          assert.ok(words, `${CHAPTERS[i]}: the reply “${value}” does not name its choice`);
          assert.equal(words, choices.get(value), `${CHAPTERS[i]}: ${value}`);
          replies++;
        }
      }
    assert.ok(replies > 60, String(replies));
  });
