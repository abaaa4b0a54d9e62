/** The page for teachers is text. Its script chooses questions and prints one part of the page. */

import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { removeNotRunning } from '../app/not-running.ts';

const all = <E extends HTMLElement>(selector: string): E[] => [...document.querySelectorAll<E>(selector)];

const boxes = all<HTMLInputElement>('.choose input');
const withAnswers = document.getElementById('with-answers') as HTMLInputElement;
const nothingChosen = document.getElementById('nothing-chosen') as HTMLElement;

function choose(isChosen: (question: string) => boolean): void {
  for (const box of boxes) box.checked = isChosen(box.value);
  nothingChosen.hidden = true;
}

/** The style prints only the marked part. Without a mark, as after the browser's own command, it prints the page. */
function printPart(id: string): void {
  nothingChosen.hidden = id !== 'questions' || boxes.some(({ checked }) => checked);
  if (!nothingChosen.hidden) return;
  document.getElementById(id)?.setAttribute('data-printed', '');
  print();
}

function listen(): void {
  for (const button of all<HTMLButtonElement>('[data-choose]'))
    button.addEventListener('click', () => choose(() => button.dataset['choose'] === 'all'));
  for (const button of all<HTMLButtonElement>('[data-print]'))
    button.addEventListener('click', () => {
      const { print: part = '', questions } = button.dataset;
      if (questions) {
        choose((question) => questions.split(' ').includes(question));
        withAnswers.checked = false; /* they are for the class */
      }
      printPart(part);
    });
  for (const box of boxes)
    box.addEventListener('change', () => {
      nothingChosen.hidden = true;
    });
  addEventListener('afterprint', () => {
    for (const part of all('[data-printed]')) part.removeAttribute('data-printed');
  });
}

if (!leaveForLanguage([])) {
  followLanguage();
  removeNotRunning();
  for (const place of all('[data-site]')) place.textContent = new URL(place.dataset['site'] || '.', location.href).href;
  listen();
}
