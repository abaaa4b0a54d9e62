// Predict, then reveal, as a reader uses it in the lab: by keyboard, correct and wrong guesses, carried out and undone,
// and from a link.
import assert from 'node:assert/strict';
import type { QuestionName } from '../../web/figures/predict/question.ts';
import { QUESTIONS } from '../../web/figures/predict/question.ts';
import { asked, network, sequenceForLoop, stateOf } from '../predict/support.ts';
import { forEachBrowser, serveSite, type Tab, type View } from './harness.ts';
import { openLab, scrollThrough } from './pages.ts';

function predict(name: string, address: string, use: (tab: Tab, url: string) => Promise<void>, view: View = {}): void {
  forEachBrowser(
    `predict: ${name}`,
    async (tab) => {
      const site = await serveSite();
      await openLab(tab, `#v=1${address}`);
      await see(tab);
      await use(tab, site.url);
      assert.deepEqual(tab.problems, []);
    },
    view,
  );
}

interface Shown {
  question: string;
  chosen?: string;
  revealed?: { answer: string; right: boolean };
}

const see = (tab: Tab): Promise<void> =>
  tab.evaluate(() =>
    document.querySelector('rnn-predict')?.scrollIntoView({ behavior: 'instant', block: 'center' }),
  ) as Promise<void>;
/** Scrolls again until it is visible, because figures drawn above may move it in a browser without scroll anchoring. */
const untilAsked = (tab: Tab, text: string): Promise<void> =>
  tab.until((wanted: string) => {
    const predict = document.querySelector('rnn-predict');
    const asked = predict?.shadowRoot?.querySelector('legend')?.textContent === wanted;
    if (!asked) predict?.scrollIntoView({ behavior: 'instant', block: 'center' });
    return asked;
  }, text);
const result = (tab: Tab): Promise<string> =>
  tab.text('rnn-predict >>> .result').then((text) => text.replace(/\s+/g, ' ').trim());
const focused = (tab: Tab): Promise<string> =>
  tab.evaluate(
    () =>
      (document.activeElement?.shadowRoot?.activeElement as HTMLInputElement)?.value ||
      (document.activeElement?.shadowRoot?.activeElement?.textContent ?? ''),
  );

/** Moves with the Tab key from the list of questions to the choices, and to one of them. */
async function choose(tab: Tab, at: number): Promise<void> {
  await tab.focus('select[data-field=question]');
  await tab.press('Tab');
  await tab.press(' ');
  for (let i = 0; i < at; i++) await tab.press('ArrowDown');
}

const untilHash = (tab: Tab, hash: string): Promise<void> =>
  tab.until((wanted: string) => location.hash === wanted, hash);
const whatIf = (tab: Tab): Promise<boolean> => tab.evaluate(() => !document.getElementById('what-if')?.hidden);

predict(
  'by keyboard: nothing is told before a guess; a right one; the answer is carried out, and undone',
  '&q=input',
  async (tab) => {
    const question = await asked('input', stateOf());
    await untilAsked(tab, question.text);
    assert.equal(await whatIf(tab), false);
    const at = question.choices.findIndex(({ name }) => name === question.answer);
    /* revealing without a guess gives no answer */
    await tab.focus('rnn-predict >>> #reveal');
    await tab.press('Enter');
    await tab.until(
      () =>
        document
          .querySelector('rnn-predict')
          ?.shadowRoot?.querySelector('.actions [role=status]')
          ?.textContent?.startsWith('Choose first') === true,
    );
    assert.equal(await result(tab), '');
    await choose(tab, at);
    assert.equal(await focused(tab), question.answer);
    assert.equal(await result(tab), '');
    assert.equal(await whatIf(tab), false);
    await tab.press('Tab');
    assert.equal((await focused(tab)).trim(), 'Reveal');
    await tab.press('Enter');
    await tab.until(() =>
      (document.querySelector('rnn-predict')?.shadowRoot?.querySelector('.result')?.textContent ?? '').includes(
        'Right.',
      ),
    );
    const told = await result(tab);
    for (const words of [...question.numbers, question.why, 'Undo takes it back.'])
      assert.ok(told.includes(words), `${words} in ${told}`);
    /* the figure shows the changed sequence, and its last answer is the announced number */
    const { x, trace } = network(stateOf());
    const [place, value] = question.shown.edits?.[0] as [number, number];
    x[place - 1] = value;
    const wanted = trace(x).prediction.at(-1) as number;
    await tab.until(
      (p: number) =>
        (
          document.querySelector('rnn-network') as unknown as { trace?: { prediction: Float32Array } }
        ).trace?.prediction.at(-1) === p,
      wanted,
    );
    await untilHash(tab, `#v=1&q=input&x=${place}:${value}`);
    assert.ok(await whatIf(tab));
    await tab.focus('#undo');
    await tab.press('Enter');
    await untilHash(tab, '#v=1&q=input');
    assert.ok(!(await whatIf(tab)));
    /* the answer is still there */
    assert.equal(await result(tab), told);
    assert.deepEqual(await tab.faults(), []);
  },
);

predict(
  'a wrong guess is met with the answer and the reason; another question takes the change back',
  '&q=length&at=80',
  async (tab) => {
    const question = await asked('length', stateOf({ at: 80 }));
    await untilAsked(tab, question.text);
    await choose(
      tab,
      question.choices.findIndex(({ name }) => name === 'double'),
    );
    await tab.press('Tab');
    await tab.press('Enter');
    await tab.until(() => (document.querySelector('rnn-predict') as unknown as Shown).revealed !== undefined);
    const told = await result(tab);
    assert.ok(
      told.startsWith(
        'Not this time. “As many: 89” is the answer. The unrolled figure has a column for each time step',
      ),
      told,
    );
    assert.deepEqual(
      await tab.evaluate(() =>
        [...(document.querySelector('rnn-predict')?.shadowRoot?.querySelectorAll('.choice') ?? [])].map(
          (choice) => choice.querySelector('.mark')?.textContent ?? '',
        ),
      ),
      ['✓ the answer', '', '✗ your guess'],
    );
    await untilHash(tab, '#v=1&at=80&t=20&q=length&len=20');
    assert.deepEqual(await tab.faults('light', 'rnn-predict'), []);
    /* the focus stays on Reveal */
    await tab.press('Tab');
    assert.equal((await focused(tab)).trim(), 'Another question');
    await tab.press('Enter');
    await untilAsked(tab, (await asked('term', stateOf({ at: 80 }))).text);
    assert.equal(await result(tab), '');
    assert.equal(await whatIf(tab), false);
    await tab.until(() => location.hash.includes('q=term') && !location.hash.includes('len='));
  },
);

predict(
  'all questions that suit, one after another, each with the engine’s answer',
  '&sample=3&task=random&epochs=20',
  async (tab) => {
    const state = stateOf({ sample: 3, task: 'random', epochs: 20 });
    await scrollThrough(tab);
    assert.equal(await tab.text('rnn-predict >>> #another'), 'Ask me a question');
    for (const name of QUESTIONS) {
      if (name === 'loop') state.sample = await sequenceForLoop(state);
      const question = await asked(name as QuestionName, state);
      await tab.focus('rnn-predict >>> #another');
      await tab.press('Enter');
      await untilAsked(tab, question.text);
      await choose(tab, 0);
      await tab.focus('rnn-predict >>> #reveal');
      await tab.press('Enter');
      await tab.until(() => (document.querySelector('rnn-predict') as unknown as Shown).revealed !== undefined);
      const { chosen, revealed } = (await tab.evaluate(() => {
        const { chosen: guess, revealed: shown } = document.querySelector('rnn-predict') as unknown as Shown;
        return { chosen: guess, revealed: shown };
      })) as Shown;
      assert.deepEqual(
        [chosen, revealed?.answer, revealed?.right],
        [question.choices[0]?.name, question.answer, question.choices[0]?.name === question.answer],
        name,
      );
      const told = await result(tab);
      for (const words of [...question.numbers, question.why])
        assert.ok(told.includes(words), `${name}: ${words} in ${told}`);
      assert.deepEqual(await tab.faults('light', 'rnn-predict'), [], name);
    }
  },
);

predict(
  'an open question follows the network; a guess goes with the question that it was made for',
  '&q=loop&at=80',
  async (tab) => {
    await untilAsked(tab, (await asked('loop', stateOf({ at: 80 }))).text);
    await choose(tab, 1);
    await tab.press('Tab');
    await tab.press('Enter');
    await tab.until(() => location.hash.includes('cut=loop'));
    await tab.focus('rnn-training >>> input');
    await tab.press('Home');
    const { text } = await asked('loop', stateOf({ at: 0 }));
    await untilAsked(tab, text);
    assert.deepEqual(
      await tab.evaluate(() => [
        (document.querySelector('rnn-predict') as unknown as Shown).revealed === undefined,
        document.getElementById('what-if')?.hidden,
      ]),
      [true, true],
    );
  },
);

predict(
  'what-if changes of the reader’s own are no part of the question, and that is said',
  '&q=input&x=2:0.5&cut=loop',
  async (tab) => {
    await untilAsked(tab, (await asked('input', stateOf())).text);
    assert.match(await tab.text('rnn-predict >>> .aside'), /without your what-if changes/);
  },
);

predict('a question that does not suit says what it needs, and another one does', '&q=luck', async (tab) => {
  await tab.until(() => /“random”/.test(document.querySelector('rnn-predict')?.shadowRoot?.textContent ?? ''));
  assert.deepEqual(await tab.faults('light', 'rnn-predict'), []);
  await tab.click('rnn-predict >>> #another');
  await untilAsked(tab, (await asked('input', stateOf())).text);
  await untilHash(tab, '#v=1&q=input');
});

for (const scheme of ['light', 'dark'] as const)
  for (const width of [390, 768, 1440])
    predict(
      `has nothing for axe to find, and no sideways scrolling, at ${width} px, ${scheme}`,
      '&q=empty&cell=gru&layers=2',
      async (tab) => {
        await untilAsked(tab, (await asked('empty', stateOf({ cell: 'gru', layers: 2 }))).text);
        assert.deepEqual(await tab.faults(scheme, 'rnn-predict'), []);
        await tab.click('rnn-predict >>> .choice input');
        await tab.click('rnn-predict >>> #reveal');
        await tab.until(() => (document.querySelector('rnn-predict') as unknown as Shown).revealed !== undefined);
        assert.deepEqual(await tab.faults(scheme, 'rnn-predict'), []);
        assert.ok(
          await tab.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
        );
        /* large enough to press */
        const small = await tab.evaluate(
          () =>
            [...(document.querySelector('rnn-predict')?.shadowRoot?.querySelectorAll('label, button') ?? [])].filter(
              (one) => {
                const { width: w, height: h } = one.getBoundingClientRect();
                return w < 24 || h < 24;
              },
            ).length,
        );
        assert.equal(small, 0);
      },
      { every: width !== (scheme === 'light' ? 390 : 1440), width, height: 900, scheme },
    );
