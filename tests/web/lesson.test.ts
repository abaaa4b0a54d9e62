/** The lesson: every step of every chapter by keys, its address, the reader's guesses, and the first screen. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { probability } from '../../web/shared/format.ts';
import { GLOSSARY } from '../../web/symbols/lesson-words.ts';
import { EVERY, forEachBrowser, root, serveSite, type Tab } from './harness.ts';
import { openChapter, scrollThrough } from './pages.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;

const count = (tab: Tab): Promise<number> => tab.evaluate(() => document.querySelectorAll('[data-step]').length);

/** Waits until a step is shown, and nothing is asked for any more. */
async function atStep(tab: Tab, step: number): Promise<void> {
  await tab.until(
    (at: number) =>
      document.querySelectorAll('[data-step]')[at - 1]?.hasAttribute('data-current') &&
      document.querySelectorAll('[data-step][data-current]').length === 1 &&
      !document.body.hasAttribute('data-busy'),
    step,
  );
}

/** Numbers with more than three decimals in the text of the step and in the network's picture. */
const longNumbers = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('[data-current], .figure-text, rnn-unrolled')];
    const texts = shown
      .filter((one) => one.checkVisibility())
      .map((one) => {
        if (one.shadowRoot)
          return [...one.shadowRoot.querySelectorAll('svg text, .caption')].map((text) => text.textContent).join(' ');
        const copy = one.cloneNode(true) as HTMLElement;
        /* a setting is as exact as it is chosen */
        for (const setting of copy.querySelectorAll('[data-set]')) setting.remove();
        return copy.textContent ?? '';
      });
    return texts.flatMap((text) => text.match(/\d*\.\d{4,}/g) ?? []).filter((number) => number !== '0.00001');
  });

for (const name of CHAPTERS)
  forEachBrowser(`lesson: ${name}: every step is reached by keys, has an address and no fault`, async (tab) => {
    await openChapter(tab, name);
    const steps = await count(tab);
    assert.ok(steps >= 3 && steps <= 6, `${steps} steps`);
    await tab.focus('#step-next');
    for (let step = 1; step <= steps; step++) {
      await atStep(tab, step);
      assert.deepEqual(await tab.faults(), [], `step ${step}`);
      assert.deepEqual(await longNumbers(tab), [], `step ${step}`);
      if (EVERY) assert.deepEqual(await tab.faults('dark'), [], `step ${step}, dark`);
      if (step === steps) break;
      await tab.press('ArrowRight');
      await tab.until((at: number) => location.hash === `#v=1&lesson=${at}`, step + 1);
    }
    await tab.press('ArrowRight');
    await atStep(tab, steps);
    assert.deepEqual(tab.problems, []);
  });

forEachBrowser('lesson: no link of a chapter leads nowhere', async (tab) => {
  const { url } = await serveSite();
  const found = new Map<string, string>();
  for (const name of CHAPTERS) {
    await openChapter(tab, name);
    const links = await tab.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map((link) => link.href),
    );
    for (const link of links) if (link.startsWith(url)) found.set(link.replace(/#.*/, ''), name);
  }
  assert.ok(found.size > CHAPTERS.length);
  for (const [link, name] of found) assert.equal((await fetch(link)).status, 200, `${name}: ${link}`);
});

forEachBrowser(
  'lesson: a phone shows at once the sentence, ten columns, the answer, accuracy and loss, and what to do',
  async (tab) => {
    await openChapter(tab, 'remember');
    await tab.until(() => !!document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.pill'));
    const hidden = await tab.evaluate(() => {
      const root = document.querySelector('rnn-unrolled')?.shadowRoot;
      const seen = [
        ...document.querySelectorAll('.lead, [data-show="moment-accuracy"], [data-show="moment-loss"]'),
        ...document.querySelectorAll('[data-current] .task strong'),
        ...(root?.querySelectorAll('.column, .pill') ?? []),
      ];
      return seen.length !== 15
        ? `${seen.length} of 15 are there`
        : seen
            .filter((one) => {
              const { top, bottom, left, right } = one.getBoundingClientRect();
              return top < 0 || left < 0 || bottom > innerHeight || right > innerWidth || bottom === top;
            })
            .map((one) => `${one.localName}.${one.getAttribute('class')}`)
            .join();
    });
    assert.equal(hidden, '');
  },
  { width: 390, height: 844 },
);

for (const name of CHAPTERS)
  forEachBrowser(`lesson: ${name}: an Undo has its room before it is needed, and takes its words back`, async (tab) => {
    await openChapter(tab, name);
    for (let step = 1; step <= (await count(tab)); step++) {
      await openChapter(tab, name, `#v=1&lesson=${step}`);
      await atStep(tab, step);
      const guess = '[data-current] form[data-guess] .actions .button:not(.main)';
      if (await tab.evaluate((one) => !!document.querySelector(one), guess)) {
        await tab.click(guess);
        /* what the guess reveals is in the address once the page rests */
        await tab.until(
          (at: number) =>
            !document.querySelector('[data-current] form[data-reveal]') ||
            !['', `#v=1&lesson=${at}`].includes(location.hash),
          step,
        );
      }
      await atStep(tab, step);
      const words = await tab.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-current] [data-undo]')].map(({ dataset }) => dataset['set']),
      );
      for (const set of words) {
        const pressed = `[data-current] [data-undo][data-set="${set}"]`;
        const now = (): Promise<{ places: string; disabled: boolean | undefined; state: string }> =>
          tab.evaluate((one) => {
            const whole = document.querySelector(one)?.closest('p')?.parentElement;
            return {
              places: [...(whole?.querySelectorAll('p, .undo') ?? [])]
                .filter((part) => part.checkVisibility())
                .map((part) => `${(part as HTMLElement).offsetTop} ${(part as HTMLElement).offsetHeight}`)
                .join(),
              disabled: whole?.querySelector<HTMLButtonElement>(':scope > .undo button')?.disabled,
              state: location.hash || '#v=1&lesson=1',
            };
          }, pressed);
        const before = await now();
        assert.equal(before.disabled, true, `${name}, step ${step}, ${set}`);
        await tab.click(pressed);
        await tab.until((hash: string) => (location.hash || '#v=1&lesson=1') !== hash, before.state);
        const after = await now();
        assert.equal(after.disabled, false, `${name}, step ${step}, ${set}`);
        if (!(await tab.evaluate(() => !!document.querySelector('[data-current] > [data-when]'))))
          assert.equal(after.places, before.places);
        await tab.click(`[data-current] .undo button:not(:disabled)`);
        await tab.until((hash: string) => (location.hash || '#v=1&lesson=1') === hash, before.state);
        assert.deepEqual(await now(), before);
      }
    }
  });

const SEVERAL = [
  ['any-length', 1],
  ['tomorrows-temperature', 4],
  ['what-it-remembers', 3],
  ['vanishing-and-exploding', 2],
] as const;
for (const [name, step] of SEVERAL)
  forEachBrowser(
    `lesson: ${name}: a second button does not add to the first, and Undo goes back press by press`,
    async (tab) => {
      await openChapter(tab, name, `#v=1&lesson=${step}`);
      await atStep(tab, step);
      const buttons = await tab.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-current] [data-undo]')]
          .filter((one) => one.checkVisibility())
          .map(({ dataset }) => dataset['set'] ?? ''),
      );
      assert.ok(buttons.length > 1, buttons.join());
      const own = `#v=1&lesson=${step}`;
      const address = (): Promise<string> => tab.evaluate(() => location.hash || '#v=1&lesson=1');
      /** What is done to the page, and the address that follows. */
      const after = async (act: Promise<void>, before: string): Promise<string> => {
        await act;
        await tab.until((hash: string) => (location.hash || '#v=1&lesson=1') !== hash, before);
        return await address();
      };
      const press = (set: string, before: string): Promise<string> =>
        after(tab.click(`[data-current] [data-undo][data-set="${set}"]`), before);
      const undo = (before: string): Promise<string> =>
        after(tab.click('[data-current] .undo button:not(:disabled)'), before);
      const alone = new Map<string, string>();
      for (const set of buttons) {
        alone.set(set, await press(set, own));
        assert.equal(await undo(alone.get(set) ?? ''), own);
      }
      for (const [i, first] of buttons.entries()) {
        const second = buttons[(i + 1) % buttons.length] as string;
        const [one, both] = [alone.get(first), alone.get(second)] as [string, string];
        assert.equal(await press(first, own), one);
        assert.equal(await press(second, one), both, `${first}, then ${second}`);
        assert.equal(await undo(both), one);
        assert.equal(await undo(one), own);
      }
    },
  );

forEachBrowser('lesson: an answer never has the numbers of the run before it', async (tab) => {
  await openChapter(tab, 'learning-or-luck', '#v=1&lesson=2');
  await atStep(tab, 2);
  await tab.until(() => document.querySelector('[data-show="accuracy"]')?.textContent === '0.62');
  await tab.evaluate(() => {
    const form = document.querySelector<HTMLElement>('form[data-guess="coin-tosses"]') as HTMLElement;
    const number = form.querySelector<HTMLElement>('[data-show="accuracy"]') as HTMLElement;
    const look = (): void => {
      if (number.checkVisibility({ visibilityProperty: true }) && number.textContent === '0.62')
        document.body.dataset['stale'] ??= 'yes';
      if (form.querySelector<HTMLElement>('.waits-for-run')?.checkVisibility())
        document.body.dataset['waited'] ??= 'yes';
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
  await tab.click('form[data-guess="coin-tosses"] .actions .button:not(.main)');
  await tab.until(
    () =>
      document.querySelector('form[data-guess="coin-tosses"] [data-show="accuracy"]')?.textContent === '0.99' &&
      !document.querySelector('form[data-waits]'),
  );
  const { stale, waited } = await tab.evaluate(() => ({ ...document.body.dataset }));
  assert.deepEqual([stale, waited], [undefined, 'yes']);
});

forEachBrowser('lesson: the address of a step opens it, and Back returns to the step before', async (tab) => {
  await openChapter(tab, 'remember', '#v=1&lesson=3');
  await atStep(tab, 3);
  await tab.click('#step-next');
  await atStep(tab, 4);
  await tab.until(() => location.hash === '#v=1&lesson=4');
  await tab.evaluate(() => history.back());
  await atStep(tab, 3);
  await tab.click('#step-back');
  await atStep(tab, 2);
});

forEachBrowser('lesson: arrow keys change the step only in its navigation', async (tab) => {
  await openChapter(tab, 'remember');
  await tab.focus('.contents summary');
  await tab.press('ArrowRight');
  await atStep(tab, 1);
  await tab.focus('#step-next');
  await tab.press('ArrowRight');
  await atStep(tab, 2);
  await tab.press('ArrowLeft');
  await atStep(tab, 1);
});

forEachBrowser('lesson: Next leads from the last step to the next chapter, and Back returns to it', async (tab) => {
  await openChapter(tab, 'remember');
  const steps = await count(tab);
  await openChapter(tab, 'remember', `#v=1&lesson=${steps}`);
  await atStep(tab, steps);
  await tab.click('#step-next');
  await tab.until(() => location.pathname.endsWith('/sequence.html') && document.readyState === 'complete');
  await atStep(tab, 1);
  await tab.click('#step-back');
  await tab.until(() => location.pathname.endsWith('/index.html') && document.readyState === 'complete');
  await atStep(tab, steps);
});

forEachBrowser(
  'lesson: a wrong guess has an answer of its own, is kept when the page is loaded again, and can be taken back',
  async (tab) => {
    await openChapter(tab, 'one-cell', '#v=1&lesson=2');
    await atStep(tab, 2);
    const shown = (selector: string): Promise<boolean> =>
      tab.evaluate((one) => document.querySelector<HTMLElement>(one)?.checkVisibility() ?? false, selector);
    const form = 'form[data-guess="weights-50"]';
    assert.equal(await shown(`${form} [data-answer]`), false);
    assert.equal(
      await tab.evaluate((one) => document.querySelector<HTMLButtonElement>(one)?.disabled, `${form} .button.main`),
      true,
    );
    await tab.focus(`${form} input[value="305"]`);
    await tab.press('ArrowDown');
    await tab.press('ArrowDown');
    await tab.click(`${form} .button.main`);
    await tab.until(
      (one: string) => document.querySelector<HTMLElement>(one)?.checkVisibility(),
      `${form} [data-answer]`,
    );
    assert.equal(await shown(`${form} [data-reply="1525"]`), true);
    assert.equal(await shown(`${form} [data-reply="305"]`), false);
    await tab.until(() => document.querySelector('[data-answer] [data-show="steps"]')?.textContent === '50');
    await tab.until(() => document.querySelector('[data-answer] [data-show="parameters"]')?.textContent === '305');
    await tab.evaluate(() => location.reload());
    await tab.until(() => document.body?.hasAttribute('data-stepped'));
    await tab.until(
      (one: string) => document.querySelector<HTMLElement>(one)?.checkVisibility(),
      `${form} [data-reply="1525"]`,
    );
    assert.match(await tab.text('[data-quote="weights-50"]'), /you guessed 1,525 parameters/);
    await tab.click(`${form} > .button`);
    await tab.until(
      (one: string) => !document.querySelector<HTMLElement>(one)?.checkVisibility(),
      `${form} [data-answer]`,
    );
    assert.equal(await shown(`${form} [data-reply="1525"]`), false);
  },
);

forEachBrowser(
  'lesson: each judged claim fills its row of the table, and uncovers the figure that it hid',
  async (tab) => {
    await openChapter(tab, 'your-verdict');
    await atStep(tab, 1);
    const shown = (selector: string): Promise<boolean> =>
      tab.evaluate((one) => document.querySelector<HTMLElement>(one)?.checkVisibility() ?? false, selector);
    assert.deepEqual([await shown('[data-before="claim-1"]'), await shown('rnn-lengths')], [true, false]);
    const judge = async (claim: number, verdict: string): Promise<void> => {
      const form = `form[data-guess="claim-${claim}"]`;
      await tab.click(`${form} input[value="${verdict}"]`);
      await tab.click(`${form} .button.main`);
      await tab.until((one: string) => document.querySelector(one)?.checkVisibility(), `${form} [data-answer]`);
    };
    await judge(1, 'true');
    const replies = '[data-guess="claim-1"] [data-reply';
    assert.deepEqual([await shown(`${replies}="true"]`), await shown(`${replies}="false"]`)], [true, false]);
    assert.deepEqual([await shown('[data-before="claim-1"]'), await shown('rnn-lengths')], [false, true]);
    await judge(3, 'half');
    assert.deepEqual([await shown('[data-guess="claim-3"] [data-reply]')], [false]);
    for (let step = 2; step <= 4; step++) {
      await tab.click('#step-next');
      await atStep(tab, step);
    }
    /* what can be read in the table, row by row */
    const table = (): Promise<string[]> =>
      tab.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.verdicts tbody tr')].map(({ innerText }) =>
          innerText.split('\t').slice(1).join('|').trim(),
        ),
      );
    assert.deepEqual(await table(), ['True|Half true', '|', 'Half true|Half true', ...Array(6).fill('|')]);
    const lines = await tab.evaluate(() =>
      [...document.querySelectorAll('.verdicts td > :not([hidden])')].map((verdict) => verdict.getClientRects().length),
    );
    assert.deepEqual(lines, [1, 1, 1, 1], 'a verdict is one line');
    /* the address follows a moment later */
    await tab.until(() => location.hash === '#v=1&lesson=4');
    await tab.evaluate(() => location.reload());
    await atStep(tab, 4);
    assert.deepEqual((await table()).slice(0, 3), ['True|Half true', '|', 'Half true|Half true']);
    /* on paper nothing is covered */
    if (tab.browser !== 'chromium') return; /* other drivers emulate no paper */
    await tab.page?.emulateMediaType('print');
    if (tab.page)
      for (const hidden of ['.verdicts [data-after="claim-2"]', '[data-guess="claim-2"] [data-answer]'])
        assert.equal(await shown(hidden), true, hidden);
  },
);

forEachBrowser(
  'lesson: on paper each reply begins with its choice, and those to a dragged number are left out',
  async (tab) => {
    const printed = (): Promise<string[]> =>
      tab.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-guess] [data-reply]')]
          .filter((reply) => reply.checkVisibility())
          .map((reply) => `${getComputedStyle(reply, '::before').content} ${reply.dataset['reply']}`),
      );
    await openChapter(tab, 'learning-or-luck');
    assert.deepEqual(await printed(), []);
    if (!tab.page || tab.browser !== 'chromium') return; /* other drivers emulate no paper */
    await tab.page.emulateMediaType('print');
    const replies = await printed();
    assert.ok(replies.length > 5, String(replies.length));
    for (const reply of replies) assert.match(reply, /^"[^"]+" ?": "|^"[^"]+: "/);
    assert.deepEqual(
      replies.filter((reply) => / (low|high|right)$/.test(reply)),
      [],
    );
  },
);

forEachBrowser('lesson: the first number decides, as the engine says, and the fifth does not', async (tab) => {
  const engine = await load();
  const set = engine.task('first', { samples: 500, timesteps: 10 });
  const model = engine.sequential({ units: 8, timesteps: 10, features: 1, seed: 42 });
  model.compile({ learningRate: 0.01 });
  model.training(set.x, set.y, { epochs: 40 }).advance(Number.POSITIVE_INFINITY);
  const answer = (place: number, value: number): string => {
    const x = set.x.slice(0, 10);
    x[place - 1] = value;
    return probability(model.trace(x, 1).prediction.at(-1) as number);
  };
  for (const [place, value] of [
    [1, 0.05],
    [5, 0.98],
  ] as const) {
    await openChapter(tab, 'remember', `#v=1&lesson=4&x=${place}:${value}`);
    await tab.until(
      (wanted: string) => document.querySelector('[data-guess="fifth"] [data-show="answer"]')?.textContent === wanted,
      answer(place, value),
    );
  }
});

forEachBrowser(
  'lesson: the network is trained again before the eyes, and its moments can be gone through',
  async (tab) => {
    await openChapter(tab, 'remember');
    await tab.until(() => document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.plot') !== null);
    const panel = (): Promise<boolean> =>
      tab.evaluate(() => document.querySelector<HTMLElement>('[data-training]')?.hidden === true);
    assert.equal(await panel(), true);
    await tab.click('section[data-current] [data-train]');
    assert.equal(await panel(), false);
    await tab.until(() => {
      const { updates = 0, whole = 0 } = document.querySelector('rnn-training') as unknown as Record<string, number>;
      return updates > 0 && updates < whole;
    });
    await tab.until(() => {
      const { updates, whole } = document.querySelector('rnn-training') as unknown as Record<string, number>;
      return updates === whole;
    });
    await tab.focus('rnn-training >>> input');
    await tab.press('Home');
    await tab.until(() => location.hash === '#v=1&lesson=1&at=0&speed=200');
  },
);

forEachBrowser('lesson: the glossary explains all its words, in order, with Keras’s names', async (tab) => {
  const { url } = await serveSite();
  await tab.open(`${url}glossary.html`);
  const entries = await tab.evaluate(() =>
    [...document.querySelectorAll('.glossary > div')].map((entry) => [
      entry.querySelector('dt')?.textContent,
      entry.querySelector('code')?.textContent ?? '',
    ]),
  );
  const wanted = Object.values(GLOSSARY).map(({ name, keras }) => [name, keras]);
  assert.ok(wanted.length <= 40);
  assert.deepEqual(entries.toSorted(), wanted.toSorted());
  const names = entries.map(([name]) => name as string);
  assert.deepEqual(
    names,
    names.toSorted((a, b) => a.localeCompare(b, 'en')),
  );
  assert.deepEqual(await tab.faults(), []);
  assert.deepEqual(tab.problems, []);
});

const inFigure = (tab: Tab, selector: string): Promise<string[]> =>
  tab.evaluate(
    (one) =>
      [...(document.querySelector('rnn-unrolled')?.shadowRoot?.querySelectorAll(one) ?? [])].map(
        (found) => found.textContent ?? '',
      ),
    selector,
  );

forEachBrowser('lesson: a weight that the text sets is marked in the figure, from the address too', async (tab) => {
  const marked = (some: boolean): Promise<void> =>
    tab.until(
      (wanted: boolean) =>
        document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.plot') &&
        !!document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.column .changed') === wanted,
      some,
    );
  await openChapter(tab, 'one-cell', '#v=1&lesson=3');
  await marked(false);
  await tab.click('[data-set^="w="]');
  await marked(true);
  assert.match((await inFigure(tab, '.caption')).join(), /^What you changed moved \d+ of the 160 values/);
  assert.match((await inFigure(tab, '.note')).join(), /before: /);
  await tab.click('[data-current] .undo .button');
  await marked(false);
  await openChapter(tab, 'one-cell', '#v=1&lesson=3&w=16:2');
  await marked(true);
});

forEachBrowser('lesson: while training plays, the figure that follows it is not marked as outdated', async (tab) => {
  await openChapter(tab, 'remember');
  await tab.until(() => !!document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.plot'));
  await tab.until(() => !document.body.hasAttribute('data-busy'));
  await tab.evaluate(() => {
    const training = document.querySelector('rnn-training') as unknown as { running: boolean };
    new MutationObserver((all) => {
      for (const { target } of all)
        if (training.running && (target as Element).matches('rnn-unrolled[data-outdated]'))
          document.body.dataset['marked'] = 'yes';
    }).observe(document.body, { subtree: true, attributeFilter: ['data-outdated'] });
  });
  await tab.click('section[data-current] [data-train]');
  await tab.until(() => {
    const training = document.querySelector('rnn-training') as unknown as Record<string, unknown>;
    return training['running'] === false && Number(training['updates']) > 0;
  });
  assert.notEqual(await tab.evaluate(() => document.body.dataset['marked']), 'yes');
});

/** Steps whose charts have bands, dotted and dashed lines, and logarithmic axes. */
const CHARTS = [
  ['learning-or-luck', 3, ''],
  ['learning-or-luck', 4, ''],
  ['learning-or-luck', 5, ''],
  ['any-length', 2, ''],
  ['any-length', 4, ''],
  ['what-it-remembers', 2, ''],
  ['vanishing-and-exploding', 1, ''],
  ['vanishing-and-exploding', 2, 'activation=relu&gain=2'],
  ['vanishing-and-exploding', 3, ''],
  ['vanishing-and-exploding', 4, ''],
  ['vanishing-and-exploding', 6, ''],
] as const;
forEachBrowser('lesson: each band, dashed line and logarithmic axis of a chart is named in the chart', async (tab) => {
  const show = '[data-current] form[data-guess] .actions .button:not(.main)';
  let named = 0;
  for (const [name, step, press] of CHARTS) {
    await openChapter(tab, name, `#v=1&lesson=${step}`);
    await atStep(tab, step);
    const check = async (): Promise<void> => {
      await atStep(tab, step);
      await scrollThrough(tab);
      await tab.until(() => {
        const many = document.querySelector('rnn-many');
        return (
          !document.body.hasAttribute('data-busy') &&
          (!many?.checkVisibility() || many.shadowRoot?.querySelector('.dot'))
        );
      });
      const { unnamed, count } = await tab.evaluate(() => {
        const charts = [...document.querySelectorAll<HTMLElement>('.stage *')].filter(
          (one) => one.shadowRoot?.querySelector('.plot svg, svg.drawing') && one.checkVisibility(),
        );
        let count = 0;
        const unnamed = charts.flatMap(({ shadowRoot, localName }) => {
          const root = shadowRoot as ShadowRoot;
          const keys = [...root.querySelectorAll<SVGElement>('.key svg > *, .legend i')].filter((one) =>
            one.checkVisibility({ visibilityProperty: true }),
          );
          const text = [...root.querySelectorAll('.title, .quantity, .key, figcaption, .plot text, .label, .unit')]
            .map((one) => one.textContent)
            .join(' ');
          const marks = [...root.querySelectorAll<SVGElement>('.plot svg path, .plot svg rect')].filter((one) => {
            const { strokeDasharray, stroke } = getComputedStyle(one);
            const drawn = (one.getAttribute('d') ?? 'rect') !== '' && one.getBoundingClientRect().width > 0;
            return drawn && (one.matches('.band, .chance') || (strokeDasharray !== 'none' && stroke !== 'none'));
          });
          count += marks.length;
          const look = (one: Element): string => {
            const { strokeDasharray, stroke, fill } = getComputedStyle(one);
            return [strokeDasharray, stroke, fill].join();
          };
          const lost = marks.filter((mark) => {
            /* a curve has its name at its end; bars of a legend have the class of those in the chart */
            if (mark.matches('.run')) return !root.querySelector(`.label.${mark.classList[1]}`);
            return !keys.some((key) => look(key) === look(mark) || (key.localName === 'i' && mark.matches('.ghost')));
          });
          const logarithmic = /10[⁻⁰¹²³⁴-⁹]/.test(
            [...root.querySelectorAll('.plot text')].map((one) => one.textContent).join(),
          );
          return [
            ...lost.map((mark) => `${localName}: ${mark.getAttribute('class')}`),
            ...(logarithmic && !/ogarithmic/.test(text) ? [`${localName}: logarithmic axis`] : []),
          ];
        });
        return { unnamed: [...new Set(unnamed)], count };
      });
      assert.deepEqual(unnamed, [], `${name}, step ${step}`);
      named += count;
    };
    await check();
    if (await tab.evaluate((one) => !!document.querySelector(one)?.checkVisibility(), show)) {
      await tab.click(show);
      await tab.until(() => !document.querySelector('[data-current] [data-waits]'));
      await check();
    }
    if (press === '') continue;
    await tab.click(`[data-current] [data-set="${press}"]`);
    await tab.until(
      () =>
        (document
          .querySelector('rnn-norms:not([hidden])')
          ?.shadowRoot?.querySelector('path.ghost')
          ?.getAttribute('d') ?? '') !== '',
    );
    await check();
  }
  assert.ok(named > 20, String(named));
});

forEachBrowser('lesson: no mark of earlier settings lies over a line of text', async (tab) => {
  await openChapter(tab, 'one-cell');
  /* the page without its script shows the same number, so the figure tells when the first numbers have come */
  await tab.until(
    () =>
      document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.plot') &&
      !document.body.hasAttribute('data-busy'),
  );
  await tab.evaluate(() => {
    new MutationObserver(() => {
      if (document.querySelector('section [data-outdated]')) document.body.dataset['gray'] = 'yes';
      if (document.querySelector('section .outdated')) document.body.dataset['covered'] = 'yes';
    }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-outdated'] });
    location.hash = '#v=1&units=17';
  });
  await tab.until(() => document.querySelector('[data-show="parameters"]')?.textContent === '341');
  await tab.until(() => document.body.dataset['gray'] === 'yes');
  const { gray, covered } = await tab.evaluate(() => {
    const { gray = '', covered = '' } = document.body.dataset;
    return { gray, covered };
  });
  assert.deepEqual([gray, covered], ['yes', '']);
});

forEachBrowser('lesson: the run of a step is no ghost behind that of the next step', async (tab) => {
  await openChapter(tab, 'how-it-learns', '#v=1&lesson=5');
  await atStep(tab, 5);
  const ghosts = (count: boolean): Promise<void> =>
    tab.until((some: boolean) => {
      const charts = [
        ...document.querySelectorAll<HTMLElement & { ghost?: unknown[]; series?: unknown[] }>('rnn-curves'),
      ];
      return charts.some(({ series }) => series?.length) && charts.some(({ ghost }) => ghost?.length) === some;
    }, count);
  await tab.click('section[data-current] button[data-set]');
  await ghosts(true);
  await tab.click('#step-next');
  await atStep(tab, 6);
  await ghosts(false);
});

forEachBrowser(
  'lesson: a place that is pointed at in the figure marks its words in the text, and the reverse',
  async (tab) => {
    await openChapter(tab, 'one-cell');
    await tab.until(() => !!document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.cell'));
    const lit = (): Promise<(string | null)[]> =>
      tab.evaluate(() =>
        [...document.querySelectorAll('section[data-current] [data-lit]')].map((one) => one.textContent),
      );
    assert.deepEqual(await lit(), []);
    await tab.hover(await tab.middle('rnn-unrolled >>> .of-w[data-t="4"] .line'));
    await tab.until(() => !!document.querySelector('[data-lit]'));
    assert.deepEqual(await lit(), ['W']);
    await tab.hover(await tab.middle('rnn-unrolled >>> .legend [data-part="V"]'));
    await tab.until(() => document.querySelector('section[data-current] [data-lit]')?.textContent === 'V');
    await tab.hover(await tab.middle('section[data-current] [data-light="U"]'));
    await tab.until(() => document.querySelector('rnn-unrolled')?.getAttribute('highlight') === 'U');
    assert.deepEqual(await lit(), []);
  },
);

/** Pixels between a task and its figure, and between anything else to press and its figure: both are in sight together. */
const BESIDE = 24;
const IN_SIGHT = 560;
forEachBrowser(
  'lesson: on a phone a task stands at its figure below the title, and whatever is pressed is near the figure',
  async (tab) => {
    const guess = '[data-current] form[data-guess] .actions .button:not(.main)';
    let tasks = 0;
    for (const name of CHAPTERS) {
      await openChapter(tab, name);
      const steps = await count(tab);
      for (let step = 1; step <= steps; step++) {
        await openChapter(tab, name, `#v=1&lesson=${step}`);
        const measure = async (): Promise<void> => {
          await atStep(tab, step);
          await scrollThrough(tab);
          await tab.until(
            () => !document.body.hasAttribute('data-busy') && !document.querySelector('[data-current] [data-waits]'),
          );
          const found = await tab.evaluate(() => {
            scrollTo(0, 0);
            const boxes = (selector: string): HTMLElement[] =>
              [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => one.getClientRects().length > 0);
            const figures = boxes('.stage > *');
            const title = boxes('[data-current] h2')[0]?.getBoundingClientRect().bottom;
            const apart = (one: HTMLElement): number => {
              const { top, bottom } = one.getBoundingClientRect();
              const gaps = figures.map((figure) => {
                const box = figure.getBoundingClientRect();
                return Math.max(0, box.top - bottom, top - box.bottom);
              });
              return Math.min(...gaps);
            };
            const sticky = figures.some((figure) => getComputedStyle(figure).position === 'sticky');
            return {
              /* a task for the lab has no figure here */
              tasks: boxes('[data-current] .task:not(:has(a[href*="lab.html"]))').map(apart),
              /* a figure that stays in sight is near everything */
              others: sticky
                ? []
                : boxes('[data-current] [data-set], [data-current] rnn-handle').map((one): [string, number] => [
                    one.dataset['set'] ?? one.localName,
                    apart(one),
                  ]),
              titled: title === undefined || figures.every((figure) => figure.getBoundingClientRect().top >= title),
            };
          });
          tasks += found.tasks.length;
          for (const apart of found.tasks) assert.ok(apart <= BESIDE, `${name}, step ${step}: ${apart}`);
          for (const [what, apart] of found.others)
            assert.ok(apart <= IN_SIGHT, `${name}, step ${step}, ${what}: ${apart}`);
          assert.ok(found.titled, `${name}, step ${step}: the title is below the figure`);
        };
        await measure();
        if (!(await tab.evaluate((one) => !!document.querySelector(one)?.checkVisibility(), guess))) continue;
        await tab.click(guess);
        await measure();
      }
    }
    assert.ok(tasks > 15, String(tasks));
  },
  { width: 390, height: 844 },
);

forEachBrowser(
  'lesson: on a phone the figure that the text speaks of comes before the text, and what a guess reveals follows the guess',
  async (tab) => {
    const box = (selector: string): Promise<{ top: number; bottom: number }> =>
      tab.evaluate((one) => {
        const { top, bottom } = document.querySelector(one)?.getBoundingClientRect() ?? new DOMRect();
        return { top, bottom };
      }, selector);
    for (const [chapter, step, guess, figure, after] of [
      ['what-it-remembers', 4, 'new-places', 'rnn-unrolled', 'rnn-lengths'],
      ['tomorrows-temperature', 2, 'forecast-error', 'rnn-forecast', 'rnn-forecast'],
      ['tomorrows-temperature', 5, 'one-year', 'rnn-forecast', 'rnn-curves'],
    ] as const) {
      const before = `[data-before="${guess}"] ${figure}`;
      await openChapter(tab, chapter, `#v=1&lesson=${step}`);
      await atStep(tab, step);
      await tab.until((one: string) => document.querySelector(one)?.shadowRoot?.querySelector('svg, canvas'), before);
      assert.ok((await box(before)).bottom <= (await box('[data-current] > p')).top, `${chapter}, step ${step}`);
      const form = `form[data-guess="${guess}"]`;
      await tab.click(`${form} .actions .button:not(.main)`);
      const shown = `[data-after="${guess}"] ${after}`;
      await tab.until((one: string) => document.querySelector(one)?.shadowRoot?.querySelector('svg, canvas'), shown);
      assert.ok((await box(form)).bottom <= (await box(shown)).top, `${chapter}, step ${step}, after the guess`);
      /* the frame of the figure that was there before does not stay behind */
      const frames = await tab.evaluate(
        () => [...document.querySelectorAll('.stage > *')].filter((one) => one.getClientRects().length > 0).length,
      );
      assert.equal(frames, 1, `${chapter}, step ${step}: frames`);
    }
  },
  { width: 390, height: 844, touch: true },
);
