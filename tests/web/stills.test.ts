/** The lesson on paper and without JavaScript: all of its text, with pictures that show what the live figures show. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { EVERY, forEachBrowser, serveSite } from './harness.ts';
import { openChapter } from './pages.ts';
import { PICTURES, stillsOf } from './stills.ts';

/** The words and numbers in a picture, in order: shapes differ by fonts and rounding. */
const words = (svg: string): string[] =>
  [...svg.matchAll(/<text\b[^>]*>(.*?)<\/text>/gs)].map(([, text = '']) => text.replace(/<[^>]+>/g, ''));

const only = { without: { firefox: 'pictures are taken in Chromium', webkit: 'pictures are taken in Chromium' } };
for (const name of EVERY ? CHAPTERS : CHAPTERS.slice(0, 1))
  forEachBrowser(
    `stills: ${name}: the committed pictures show what the live figures show (make stills takes them anew)`,
    async (tab) => {
      const taken = await stillsOf(tab, name);
      const committed = readdirSync(PICTURES).filter((file) => file.startsWith(`${name}.`));
      assert.deepEqual(committed.sort(), [...taken.keys()].sort());
      for (const [file, svg] of taken)
        assert.deepEqual(words(svg), words(readFileSync(join(PICTURES, file), 'utf8')), file);
    },
    only,
  );

forEachBrowser(
  'stills: a screen reader hears of each picture what it hears of the live figure',
  async (tab) => {
    await openChapter(tab, 'learning-or-luck');
    await tab.until(() => / after epoch /.test(document.querySelector('#metric')?.shadowRoot?.textContent ?? ''));
    const live = await tab.evaluate(() => {
      const figure = document.querySelector('#metric')?.shadowRoot?.querySelector('[role=figure]');
      const said = figure?.getAttribute('aria-describedby') ?? '';
      return (figure?.getRootNode() as ShadowRoot).getElementById(said)?.textContent?.replace(/\s+/g, ' ').trim();
    });
    assert.ok(live);
    const { url } = await serveSite();
    for (const name of CHAPTERS) {
      await tab.open(`${url}${name === CHAPTERS[0] ? 'index' : name}.html`);
      const alternatives = await tab.evaluate(() =>
        [...document.querySelectorAll<HTMLImageElement>('.still')].map(({ alt }) => alt),
      );
      assert.ok(alternatives.length > 0);
      for (const alternative of alternatives) assert.match(alternative, /^\S.*\. \S.*\.$/, name);
      if (name === 'learning-or-luck') assert.ok(alternatives[0]?.includes(live), `${alternatives[0]} without ${live}`);
    }
  },
  only,
);

forEachBrowser('stills: every step of the lesson has a picture', async () => {
  const files = readdirSync(PICTURES);
  const { url } = await serveSite();
  for (const name of CHAPTERS) {
    const markup = await (await fetch(`${url}${name === CHAPTERS[0] ? 'index' : name}.html`)).text();
    const steps = markup.match(/<section[^>]*data-step=/g)?.length ?? 0;
    for (let step = 1; step <= steps; step++)
      assert.ok(
        files.some((file) => file.startsWith(`${name}.${step}.`)),
        `${name}, step ${step}`,
      );
  }
});

forEachBrowser(
  'lesson: on paper all steps are there with their pictures, and nothing to press',
  async (tab) => {
    await openChapter(tab, 'one-cell', '#v=1&lesson=2');
    await tab.page?.emulateMediaType('print');
    const seen = await tab.evaluate(() => ({
      steps: [...document.querySelectorAll<HTMLElement>('[data-step]')].map((step) => step.checkVisibility()),
      pictures: [...document.querySelectorAll<HTMLElement>('.still')].map((still) => still.checkVisibility()),
      answers: [...document.querySelectorAll<HTMLElement>('[data-answer], [data-reply]')].map((part) =>
        part.checkVisibility(),
      ),
      pressed: [...document.querySelectorAll<HTMLElement>('.steps, .stage, .actions')].map((part) =>
        part.checkVisibility(),
      ),
    }));
    assert.deepEqual(new Set(seen.steps), new Set([true]));
    assert.deepEqual(new Set(seen.pictures), new Set([true]));
    assert.deepEqual(new Set(seen.answers), new Set([true]));
    assert.deepEqual(new Set(seen.pressed), new Set([false]));
  },
  only,
);

forEachBrowser(
  'lesson: without JavaScript the text is complete, with its pictures',
  async (tab) => {
    const { url } = await serveSite();
    await tab.page?.setJavaScriptEnabled(false);
    await tab.page?.goto(`${url}one-cell.html`);
    const steps = await tab.page?.$$('[data-step]');
    assert.equal(steps?.length, 5);
    for (const part of [...(steps ?? []), ...((await tab.page?.$$('.still, [data-answer], [data-reply]')) ?? [])])
      assert.ok(await part.isVisible());
    for (const part of (await tab.page?.$$('.stage *')) ?? []) assert.equal(await part.isVisible(), false);
    await tab.page?.setJavaScriptEnabled(true);
  },
  only,
);
