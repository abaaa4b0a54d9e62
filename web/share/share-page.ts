/** `share.html`: the reader sets a figure up by using it, and copies it from there. The address contains its state. */

import { copyFrom } from '../shared/copy.ts';
import { CONTROLS, type Control, heightOf, VIEWS, viewOf } from '../embed/views.ts';
import { followLanguage, leaveForLanguage } from '../app/language.ts';
import {
  ALL_KEYS,
  chapterShown,
  cleanFigure,
  followFigure,
  hashOf,
  type Scheme,
  type FigureAddress,
  setFigure,
  figureOfPage,
  figureOfHash,
  writeFigure,
} from '../embed/hash.ts';
import type { RnnFigure } from '../embed/rnn-figure.ts';
import { removeNotRunning } from '../app/not-running.ts';
import { layOut } from './print.ts';
import { type Snippets, snippetsOf, type Wanted } from './snippets.ts';
import { fromAddress, toAddress } from '../state/address.ts';
import { LAB } from '../state/pages.ts';
import { initialComparison, TABLE } from '../state/state.ts';
import { translate } from '../shared/translate.ts';

const REST = 350;

/** In the order of the menu. The middle one is the default and not in the address. */
const WIDTHS: readonly FigureAddress['width'][] = ['wide', undefined, 'narrow'];

/** Settings that can be offered to a class one by one. */
const FIELDS = ['cell', 'units', 'layers', 'steps', 'samples', 'rate', 'batch', 'epochs', 'gain', 'optimizer'] as const;
const WORDS: Readonly<Record<Control, string>> = {
  step: translate('epochs and batches'),
  play: translate('play the training'),
  speed: translate('its speed'),
  sequence: translate('other sequences'),
  'what-if': translate('what if: inputs, weights, cuts'),
  weights: translate('weights from a file'),
  by: translate('curves by batch'),
  edit: translate('change the data'),
  bring: translate('bring own data'),
  pictures: translate('save pictures'),
  task: translate('other tasks'),
  settings: translate('all settings'),
  take: translate('files and link'),
};

const byId = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const figure = byId<RnnFigure>('figure');
const view = byId<HTMLSelectElement>('view');

const leaving = leaveForLanguage(ALL_KEYS);

let shown: FigureAddress = figureOfPage('network');
followLanguage(() => hashOf(shown));
let written = leaving ? location.hash : cleanFigure(shown);
let timer: ReturnType<typeof setTimeout> | undefined;

const isForClass = (): boolean => shown.as === 'class';
const boxes = (): HTMLInputElement[] => [
  ...document.querySelectorAll<HTMLInputElement>('.choices input[type="checkbox"]'),
];
/** The checked boxes; `none` if no box is checked. */
const ticked = (): string =>
  boxes()
    .filter(({ checked }) => checked)
    .map(({ value }) => value)
    .join() || 'none';

function checkbox(value: string, words: string): HTMLElement {
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.value = value;
  label.append(box, words);
  return label;
}

/** Hides the options that a view does not have. */
function offer(): void {
  const { page, parts } = viewOf(shown.view);
  const lab = page === 'lab';
  const own = viewOf(shown.view).controls ?? [];
  for (const box of boxes()) {
    const label = box.parentElement as HTMLElement;
    const needless =
      (['by', 'edit', 'bring'] as string[]).includes(box.value) && !(own as string[]).includes(box.value);
    /* only networks have weights */
    const weightless = box.value === 'weights' && !parts?.some((part) => part === '#place' || part === '#figure');
    label.hidden = !lab || (parts !== undefined && (needless || weightless));
  }
  for (const id of ['controls', 'fields']) byId(id).hidden = !lab;
  const chosen = shown.controls?.split(',') ?? (parts === undefined ? Object.keys(CONTROLS) : [...own]);
  for (const box of boxes()) box.checked = chosen.includes(box.value);
}

const isHere = (): boolean => byId<HTMLSelectElement>('base').value === 'here';
/** A published site also has these files in a folder of their version, which later versions leave as it is. */
const base = (): string =>
  isHere() ? new URL(document.querySelector('main')?.dataset['version'] ?? './', location.href).href : './';
/** This computer's own names: no other computer reaches it by them. */
const isOnlyHere = (): boolean => /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0|)$/.test(location.hostname);
/** The page beside this one that opens a state. */
const pageOf = (): string =>
  new URL({ lab: 'lab.html', lesson: 'index.html', notebook: 'notebook.html' }[viewOf(shown.view).page], location.href)
    .href;

function wanted(): Wanted {
  const width = Number(byId<HTMLSelectElement>('width').value);
  const { page, parts, controls = [] } = viewOf(shown.view);
  const height = heightOf(viewOf(shown.view), shown.address);
  const chosen = shown.controls?.split(',') ?? (parts ? controls : ['take']);
  /* chapters link to other pages */
  const links = page === 'lesson' || (page === 'lab' && chosen.includes('take'));
  return {
    view: shown.view,
    chapter: shown.chapter,
    controls: page === 'lab' ? shown.controls : undefined,
    address: shown.address,
    base: base(),
    height: height[width as 0 | 1 | 2] + 24,
    scheme: shown.scheme,
    ...(links && isHere() && { link: pageOf() }),
  };
}

/** Shows the figure, either with all its controls so that it can be set up, or as the class will see it. */
function showFigure(): void {
  const { page } = viewOf(shown.view);
  const setUp = page === 'lab' ? [...new Set([...(viewOf(shown.view).controls ?? []), 'settings'])].join() : undefined;
  figure.link = pageOf();
  setFigure(figure, { ...shown, controls: isForClass() ? shown.controls : setUp });
  byId('as-class').setAttribute('aria-pressed', String(isForClass()));
  byId('as-teacher').setAttribute('aria-pressed', String(!isForClass()));
}

function showTexts(): void {
  byId('printed').replaceChildren(); /* it belongs to the previous figure */
  byId('print-wrong').hidden = true;
  byId('only-here').hidden = !(isHere() && isOnlyHere());
  byId('files-needed').hidden = isHere();
  const given = wanted();
  const snippets = snippetsOf(given);
  for (const [name, text] of Object.entries(snippets)) byId<HTMLTextAreaElement>(name).value = text;
  const width = Number(byId<HTMLSelectElement>('width').value);
  figure.toggleAttribute('data-medium', isForClass() && width === 1);
  figure.toggleAttribute('data-narrow', isForClass() && width === 2);
  figure.style.colorScheme = given.scheme ?? '';
  figure.toggleAttribute('data-ground', given.scheme !== undefined);
  byId<HTMLAnchorElement>('project').href =
    `./embed.html${hashOf({ ...shown, projector: true, as: undefined, base: undefined })}`;
}

/** `isNew`: this is another figure, so that Back returns to the previous one. */
function write(isNew = false): void {
  clearTimeout(timer);
  written = writeFigure(shown, isNew);
}

function keep(): void {
  clearTimeout(timer);
  timer = setTimeout(write, REST);
}

/** Two networks that differ in nothing are one: at first they differ in their units. */
function compareSomething(): void {
  const { state } = fromAddress(LAB, shown.address);
  if (shown.view !== 'compare' || state.compare !== 'none') return;
  const than = initialComparison(state, 'units');
  shown = { ...shown, address: toAddress(LAB, { ...state, compare: 'units', than }) };
}

function begin(): void {
  view.value = shown.view;
  byId<HTMLSelectElement>('scheme').value = shown.scheme ?? '';
  byId<HTMLSelectElement>('width').value = String(WIDTHS.indexOf(shown.width));
  byId<HTMLSelectElement>('base').value = shown.base ?? 'here';
  offer();
  showFigure();
  showTexts();
}

view.append(
  ...Object.entries(VIEWS).map(
    ([value, { name, page }]) =>
      new Option(page === 'notebook' && value !== 'notebook' ? translate(`${name} (notebook)`) : name, value),
  ),
);
byId('controls').append(...Object.keys(CONTROLS).map((name) => checkbox(name, WORDS[name as Control])));
byId('fields').append(...FIELDS.map((name) => checkbox(TABLE[name].key, TABLE[name].label)));

view.addEventListener('change', () => {
  const page = viewOf(shown.view).page;
  write(); /* changes so far belong to the previous figure */
  const { scheme, width, as, base } = shown;
  shown = {
    scheme,
    width,
    as,
    base,
    ...figureOfHash(
      `#view=${view.value}${page === viewOf(view.value as FigureAddress['view']).page ? `&${shown.address.slice(1)}` : ''}`,
      'network',
    ),
  };
  compareSomething();
  begin();
  write(true);
});
document.querySelector('.choices')?.addEventListener('change', ({ target }) => {
  if (target === view) return;
  if ((target as HTMLInputElement).type === 'checkbox') shown = { ...shown, controls: ticked() };
  shown = {
    ...shown,
    scheme: (byId<HTMLSelectElement>('scheme').value || undefined) as Scheme | undefined,
    width: WIDTHS[Number(byId<HTMLSelectElement>('width').value)],
    base: byId<HTMLSelectElement>('base').value === 'beside' ? 'beside' : undefined,
  };
  if (isForClass()) showFigure();
  showTexts();
  keep();
});
for (const [id, on] of [
  ['as-class', true],
  ['as-teacher', false],
] as const)
  byId(id).addEventListener('click', () => {
    shown = { ...shown, as: on ? 'class' : undefined };
    showFigure();
    showTexts();
    keep();
  });
figure.addEventListener('rnn-state', ({ detail }) => {
  shown = { ...shown, address: detail.address, ...chapterShown(figure, shown) };
  showTexts();
  keep();
});
for (const button of document.querySelectorAll<HTMLElement>('[data-copy]'))
  button.addEventListener('click', () => {
    const field = byId<HTMLTextAreaElement>(button.dataset['copy'] as keyof Snippets);
    copyFrom(button, () => field.value, field);
  });
async function onPaper(): Promise<void> {
  const wrong = byId('print-wrong');
  wrong.hidden = true;
  try {
    await layOut(byId('printed'), figure, byId<HTMLTextAreaElement>('link').value);
    print();
  } catch (fault) {
    wrong.textContent = translate(`Not printed: ${fault instanceof Error ? fault.message : String(fault)}.`);
    wrong.hidden = false;
  }
}
byId('print').addEventListener('click', onPaper);
addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  onPaper();
});
addEventListener('hashchange', () => {
  if (location.hash === written) return;
  const asked = followFigure(figure, written, 'network');
  if (!asked) return;
  clearTimeout(timer);
  shown = asked;
  written = cleanFigure(shown);
  begin();
});
if (!leaving)
  customElements.whenDefined('rnn-figure').then(() => {
    begin();
    removeNotRunning();
  });
