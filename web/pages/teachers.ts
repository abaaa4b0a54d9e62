/** The page for teachers is text. Its script chooses questions and prints one part of the page. */

import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { removeNotRunning } from '../app/not-running.ts';

const all = <E extends HTMLElement>(selector: string): E[] => [...document.querySelectorAll<E>(selector)];

const boxes = all<HTMLInputElement>('.choose input');
/** Two boxes that say the same, each beside a button that obeys it. */
const answerBoxes = all<HTMLInputElement>('[data-answers]');
const nothingChosen = document.getElementById('nothing-chosen') as HTMLElement;

function choose(isChosen: (question: string) => boolean): void {
  for (const box of boxes) box.checked = isChosen(box.value);
  nothingChosen.hidden = true;
}

/** The title becomes the name of a saved file, and browsers print it at the top of the sheet. */
function titleOf(part: HTMLElement | null): string {
  const heading = part?.querySelector('h2')?.cloneNode(true) as HTMLElement;
  const hidden = answerBoxes.some(({ checked }) => checked) ? '.screen' : '.screen, .key';
  for (const words of heading.querySelectorAll(hidden)) words.remove();
  return `${heading.textContent} · Unrolled`;
}

const pageTitle = document.title;

/** The style prints only the marked part. Without a mark, as after the browser's own command, it prints the page. */
function printPart(id: string): void {
  nothingChosen.hidden = id !== 'questions' || boxes.some(({ checked }) => checked);
  if (!nothingChosen.hidden) return;
  const part = document.getElementById(id);
  part?.setAttribute('data-printed', '');
  document.title = titleOf(part);
  print();
}

function listen(): void {
  for (const button of all<HTMLButtonElement>('[data-choose]'))
    button.addEventListener('click', () => choose(() => button.dataset['choose'] === 'all'));
  for (const button of all<HTMLButtonElement>('[data-print]'))
    button.addEventListener('click', () => {
      const { print: part = '', questions } = button.dataset;
      if (questions) choose((question) => questions.split(' ').includes(question));
      printPart(part);
    });
  for (const box of answerBoxes)
    box.addEventListener('change', () => {
      for (const other of answerBoxes) other.checked = box.checked;
    });
  for (const box of boxes)
    box.addEventListener('change', () => {
      nothingChosen.hidden = true;
    });
  addEventListener('afterprint', () => {
    for (const part of all('[data-printed]')) part.removeAttribute('data-printed');
    document.title = pageTitle;
  });
}

if (!leaveForLanguage([])) {
  followLanguage();
  removeNotRunning();
  for (const place of all('[data-site]')) place.textContent = new URL(place.dataset['site'] || '.', location.href).href;
  /* on paper, the line of an address may break before a field */
  for (const link of all('.live'))
    link.dataset['address'] = link.getAttribute('href')?.replaceAll('&', '\u200b&') ?? '';
  listen();
}
