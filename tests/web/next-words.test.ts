/**
 * `<rnn-next-words>` in its chapter: the epoch is dragged with keys and is in the address, first words are typed, the
 * temperature and the random numbers change the text, and a word that is not in the story is refused in a sentence.
 */

import assert from 'node:assert/strict';
import { chapter } from '../lesson/chapter.ts';
import { written } from '../lesson/next-words.ts';
import { initialOf } from '../../web/state/fields.ts';
import { type State, TABLE } from '../../web/state/state.ts';
import { forEachBrowser, serveSite, type Tab } from './harness.ts';
import { openLab } from './pages.ts';

const page = chapter('next-word');
/** Updates of an epoch. */
const EPOCH = 5;

async function open(tab: Tab, step: number, set = ''): Promise<void> {
  const { url } = await serveSite();
  await tab.open(`${url}next-word.html#v=1&lesson=${step}${set}`);
}

/** Waits until the figure that is visible shows this text. */
const says = (tab: Tab, words: readonly string[]): Promise<void> =>
  tab.until(
    (wanted: string) =>
      [...document.querySelectorAll('rnn-next-words')].some(
        (figure) =>
          figure.checkVisibility() &&
          figure.shadowRoot?.querySelector('.text')?.textContent?.replace(/\s+/g, ' ').trim() === wanted,
      ),
    words.join(' '),
  );

forEachBrowser('next words: an epoch is chosen with keys and is in the address', async (tab) => {
  const after = async (epoch: number) => (await written({ ...page.at(2), at: EPOCH * epoch }, 'when the dog')).words;
  await open(tab, 2);
  await says(tab, await after(0));
  await tab.focus('[data-when="lesson=2|3|4"] >>> [name=epoch]');
  for (let i = 0; i < 4; i++) await tab.press('ArrowRight');
  await says(tab, await after(4));
  await tab.until(() => location.hash === '#v=1&lesson=2&at=20');
  await tab.press('End');
  await says(tab, await after(40));
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('next words: first words are typed, and a strange word is named', async (tab) => {
  await open(tab, 4);
  await says(tab, (await written(page.at(4), 'when the cat was hungry')).words);
  const enter = async (words: string): Promise<void> => {
    await tab.focus('[data-when="lesson=2|3|4"] >>> [name=prompt]');
    await tab.press('Control', 'a');
    await tab.type(words);
    await tab.press('Enter');
  };
  await enter('When the dog was hungry');
  await says(tab, (await written(page.at(4), 'when the dog was hungry')).words);
  await tab.until(() => location.hash === '#v=1&lesson=4&prompt=When_the_dog_was_hungry');
  await enter('the elephant');
  await tab.until(() => document.body.textContent?.includes('The network cannot read “elephant”'));
  await enter('the');
  await says(tab, (await written(page.at(4), 'the')).words);
  await tab.until(() => !document.body.textContent?.includes('The network cannot read “elephant”'));
  assert.deepEqual(tab.problems, []);
});

forEachBrowser('next words: another draw and another temperature write other texts', async (tab) => {
  await open(tab, 5);
  const at = page.at(5);
  await says(tab, (await written(at, 'the cat', 1, 1)).words);
  await tab.click('rnn-next-words[data-when="lesson=5|6"] >>> [type=button]');
  await says(tab, (await written(at, 'the cat', 1, 2)).words);
  await tab.focus('rnn-next-words[data-when="lesson=5|6"] >>> [name=temperature]');
  await tab.press('ArrowRight');
  await says(tab, (await written(at, 'the cat', 1.1, 2)).words);
  await tab.until(() => location.hash === '#v=1&lesson=5&temperature=1.1&draw=2');
  await tab.press('Home');
  await says(tab, (await written(at, 'the cat', 0, 2)).words);
  assert.deepEqual(tab.problems, []);
});

forEachBrowser(
  'next words: a link brings first words that end with a full stop, a temperature and a draw',
  async (tab) => {
    await open(tab, 5, '&prompt=the_milk_-&temperature=1.4&draw=3');
    await says(tab, (await written(page.at(5), 'the milk .', 1.4, 3)).words);
    await tab.until(() => location.hash === '#v=1&lesson=5&prompt=the_milk_-&temperature=1.4&draw=3');
    assert.deepEqual(tab.problems, []);
  },
);

forEachBrowser(
  'next words: the verb is guessed, then shown by another network, with and without its memory',
  async (tab) => {
    const form = 'form[data-guess="is-or-are"]';
    const told = (words: string): Promise<void> =>
      tab.until(
        (wanted: string) =>
          document
            .querySelector('[data-when="lesson=2|3|4"]')
            ?.shadowRoot?.querySelector('output')
            ?.textContent?.includes(wanted),
        words,
      );
    await open(tab, 4);
    await tab.click(`${form} input[value="is"]`);
    await tab.click(`${form} .button.main`);
    await tab.until((one: string) => document.querySelector(one)?.checkVisibility(), `${form} [data-reply="is"]`);
    await says(tab, 'the cats that chased the dog are here .'.split(' '));
    await told('prefers the correct verb 100 % of the time');
    await tab.click(`${form} [data-set="cut=loop"]`);
    await told('prefers the correct verb 0 % of the time');
    await tab.click(`${form} > .button`);
    await says(tab, (await written(page.at(4), 'when the cat was hungry')).words);
    assert.deepEqual(tab.problems, []);
  },
);

forEachBrowser('next words: in the lab the sentences whose verb agrees are written on, too', async (tab) => {
  const state: State = { ...initialOf(TABLE), task: 'agreement', samples: 60, steps: 8, epochs: 2 };
  const link = '#v=1&task=agreement&n=60&steps=8&epochs=2';
  const figure = 'rnn-next-words[data-when="task=text|agreement"]';
  const enter = async (words: string): Promise<void> => {
    await tab.focus(`${figure} >>> [name=prompt]`);
    await tab.press('Control', 'a');
    await tab.type(words);
    await tab.press('Enter');
  };
  await openLab(tab, link);
  await tab.evaluate(() =>
    document.querySelector('rnn-next-words[data-when*=agreement]')?.scrollIntoView({ behavior: 'instant' }),
  );
  /* they have no "when", with which the words of an address begin if it has none */
  await says(tab, (await written(state, 'the cats that chased the dog')).words);
  await enter('the dog');
  await says(tab, (await written(state, 'the dog')).words);
  await tab.until(() => location.hash.endsWith('&prompt=the_dog'));
  await tab.focus(`${figure} >>> [name=temperature]`);
  await tab.press('End');
  await says(tab, (await written(state, 'the dog', 2)).words);
  await tab.click(`${figure} >>> [type=button]`);
  await says(tab, (await written(state, 'the dog', 2, 2)).words);
  await enter('when the dog');
  await tab.until(() => document.body.textContent?.includes('The network cannot read “when”'));
  await enter('the cat is');
  await says(tab, (await written(state, 'the cat is', 2, 2)).words);
  await tab.until(() => !document.body.textContent?.includes('The network cannot read “when”'));
  assert.deepEqual(tab.problems, []);
});
