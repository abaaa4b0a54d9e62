/**
 * "Predict, then reveal" in a chapter's markup:
 *
 *     <form data-guess="weights" data-right="305" data-reveal="steps=50">
 *       <p>The question</p>
 *       <label><input type="radio" value="305"> 305</label> <label><input type="radio" value="1525"> 1,525</label>
 *       <p data-reply="1525">Why this choice is wrong</p> <p data-reply="305">Why this one is right</p>
 *       <div data-answer>What happened</div>
 *     </form>
 *
 * `<input type="range">` in place of the choices: `data-near="2"` says how near to `data-right` a guess counts as right,
 * and the replies are those for `right`, `low` and `high`. `data-reveal` sets a part of the page's state with the answer.
 * Paper shows the replies of all choices, each after the words of its choice (`../packaging/lesson.mjs` adds them as
 * `data-choice`); those for a number that is dragged are left out.
 * `<p data-quote="weights">You guessed <b></b>.</p>`, in any chapter, is shown once there is a guess, and quotes it.
 * `<div data-after="weights">` is shown after the guess, or after "Show me"; `<div data-before="weights">` until then.
 */

import type { App } from '../app/app.ts';
import { button } from '../app/bind.ts';
import { setText } from '../app/page-parts.ts';
import { translate } from '../shared/translate.ts';
import { fieldsIn } from '../state/address.ts';
import { sameFields } from '../state/fields.ts';
import type { FieldName, State } from '../state/state.ts';
import { type Guess, guessOf, keepGuess } from './guesses.ts';

export function guesses(app: App): void {
  const quote = (): void => {
    for (const element of app.parts.all('[data-quote]')) {
      const words = guessOf(element.dataset['quote'] ?? '')?.words ?? '';
      element.hidden = words === '';
      const place = element.querySelector('b');
      if (place) setText(place, words);
    }
    for (const element of app.parts.all('[data-after]'))
      element.hidden = guessOf(element.dataset['after'] ?? '') === undefined;
    for (const element of app.parts.all('[data-before]'))
      element.hidden = guessOf(element.dataset['before'] ?? '') !== undefined;
  };
  for (const form of app.parts.all<HTMLFormElement>('form[data-guess]')) ask(app, form, quote);
  quote();
}

function ask(app: App, form: HTMLFormElement, changed: () => void): void {
  const { guess: name = '', right = '', reveal } = form.dataset;
  const choices = [...form.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const range = form.querySelector<HTMLInputElement>('input[type=range]');
  const answer = form.querySelector<HTMLElement>('[data-answer]');
  const replies = [...form.querySelectorAll<HTMLElement>('[data-reply]')];
  const output = form.querySelector('output');
  for (const choice of choices) choice.name = name;

  const reached = (): Guess => {
    const chosen = choices.find(({ checked }) => checked);
    if (range) return { value: range.value, words: output?.textContent ?? range.value };
    return { value: chosen?.value ?? '', words: chosen?.closest('label')?.textContent?.trim() ?? '' };
  };
  /** Which reply belongs to a guess. */
  const replyTo = ({ value }: Guess): string => {
    if (value === '') return range ? 'right' : right;
    if (!range) return value;
    const apart = Number(value) - Number(right);
    if (Math.abs(apart) <= Number(form.dataset['near'] ?? 0)) return 'right';
    return apart < 0 ? 'low' : 'high';
  };
  /** The answer's numbers may need a training that takes a while; until then its sentences would have earlier numbers. */
  const wait = (): void => {
    form.toggleAttribute('data-waits', answer?.querySelector('[data-outdated]') != null);
  };
  const waiting = new MutationObserver(() => {
    wait();
    if (!form.hasAttribute('data-waits')) waiting.disconnect();
  });
  const change = (part: Partial<State>): void => {
    app.store.change(part);
    if (answer) waiting.observe(answer, { subtree: true, attributeFilter: ['data-outdated'] });
    wait();
  };
  const commit = (guess: Guess): void => {
    keepGuess(name, guess);
    if (reveal) change(fieldsIn(app.store.page, reveal));
    show();
    changed();
    answer?.focus();
  };
  const check = button(translate('Check my guess'), () => commit(reached()));
  check.classList.add('main');
  const giveUp = button(translate('Show me'), () => commit({ value: '', words: '' }));
  const again = button(translate('Guess again'), () => {
    keepGuess(name, undefined);
    for (const choice of choices) choice.checked = false;
    app.store.change({ ...app.store.page.initialAt(app.store.state.lesson) });
    show();
    changed();
    (range ?? choices[0])?.focus();
  });
  const actions = document.createElement('div');
  actions.className = 'actions';
  actions.append(check, giveUp);
  if (answer) {
    const waits = document.createElement('p');
    waits.className = 'waits-for-run';
    waits.textContent = translate('The network is being trained. The answer appears when that is done.');
    answer.append(waits);
    answer.before(actions);
    answer.after(again);
    answer.tabIndex = -1;
  }

  const show = (): void => {
    const guess = guessOf(name);
    const reply = guess && replyTo(guess);
    if (guess?.value && range) range.value = guess.value;
    for (const choice of choices) {
      if (guess) choice.checked = choice.value === guess.value;
      choice.disabled = guess !== undefined;
      const label = choice.closest('label');
      label?.toggleAttribute('data-chosen', guess?.value === choice.value);
      label?.toggleAttribute('data-right', guess !== undefined && choice.value === right);
    }
    if (range) range.disabled = guess !== undefined;
    for (const element of replies) element.hidden = element.dataset['reply'] !== reply;
    if (answer) answer.hidden = !guess;
    form.toggleAttribute('data-done', guess !== undefined);
    actions.hidden = guess !== undefined;
    again.hidden = guess === undefined;
    check.disabled = !range && !choices.some(({ checked }) => checked);
    if (range && output) setText(output, range.value);
  };
  /* a reader who comes back to an answered question finds the figure as the answer describes it */
  const step = app.parts.all('[data-step]').findIndex((section) => section.contains(form)) + 1;
  const comeBack = (): void => {
    const { page, state } = app.store;
    if (!reveal || state.lesson !== step || !guessOf(name)) return;
    const part = fieldsIn(page, reveal);
    const [first, names] = [page.initialAt(step), Object.keys(part) as FieldName[]];
    if (sameFields(state, first, names)) change(part);
  };
  app.store.listen((state, before) => {
    if (state.lesson !== before.lesson) queueMicrotask(comeBack);
  });
  queueMicrotask(comeBack);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', show);
  show();
}
