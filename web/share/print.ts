/** One printed page of a figure: its name, picture, formula, table and link. */

import type { RnnFigure } from '../embed/rnn-figure.ts';
import { PAGES } from '../embed/attributes.ts';
import { isView, type PageName, viewOf } from '../embed/views.ts';
import type { Table } from '../state/fields.ts';
import { formulaOf } from './equations.ts';
import { plural, translate } from '../shared/translate.ts';

/** The largest number of rows that fit on the page. */
const ROWS = 14;
const COLUMNS = 13;

/** Chooses evenly spaced rows, including the first and the last. */
function cut(table: HTMLTableElement): HTMLElement[] {
  for (const row of table.rows) for (const cell of [...row.cells].slice(COLUMNS)) cell.remove();
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  if (rows.length <= ROWS) return [table];
  const kept = new Set(Array.from({ length: ROWS }, (_, i) => Math.round((i * (rows.length - 1)) / (ROWS - 1))));
  for (const [i, row] of rows.entries()) if (!kept.has(i)) row.remove();
  const said = document.createElement('p');
  said.className = 'caption';
  said.textContent = plural(rows.length, { other: translate(`${ROWS} of ${rows.length} rows.`) });
  return [table, said];
}

const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()));

/** Runs `work` in the light theme, because paper is white. */
async function inLight<T>(figure: HTMLElement, work: () => Promise<T>): Promise<T> {
  const { dataset } = document.documentElement;
  const { style } = figure;
  const before = style.colorScheme;
  try {
    style.colorScheme = 'light';
    dataset['theme'] = 'light';
    await frame();
    await frame(); /* the figures follow the page's colors */
    return await work();
  } finally {
    style.colorScheme = before;
    delete dataset['theme'];
  }
}

async function pictureIn(figure: RnnFigure, name: string): Promise<HTMLImageElement> {
  const { svg, width, height } = await inLight(figure, () => figure.picture());
  const picture = new Image(width, height);
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  picture.alt = name;
  await picture.decode();
  return picture;
}

/** A cell of the notebook without a picture: its code and its output. */
function cellsOf({ shadowRoot }: RnnFigure): HTMLElement[] {
  return [...(shadowRoot?.querySelectorAll('pre') ?? [])].map(({ textContent }) => {
    const copy = document.createElement('pre');
    copy.textContent = textContent;
    return copy;
  });
}

/** The settings to print. */
const SETTINGS = [
  'task',
  'samples',
  'steps',
  'cell',
  'layers',
  'units',
  'rate',
  'batch',
  'epochs',
  'seed',
  'data',
  'sample',
] as const;

function settingsOf(page: PageName, state: Readonly<Record<string, unknown>>): string {
  const table: Table = PAGES[page].table;
  return SETTINGS.flatMap((name) => (table[name] && name in state ? [`${table[name].label} ${state[name]}`] : [])).join(
    ' · ',
  );
}

/**
 * Fills `page`. `caption`: the figure's description of its moment.
 * @throws Error if there is nothing to print.
 */
export async function layOut(page: HTMLElement, figure: RnnFigure, link: string): Promise<void> {
  const { name } = viewOf(isView(figure.view) ? figure.view : 'network');
  const cells = figure.view.startsWith('notebook-') ? cellsOf(figure) : [];
  const picture = await pictureIn(figure, name).catch((fault: unknown) => {
    if (cells.length === 0) throw fault;
  });
  const table = picture && (await figure.table());
  const state = figure.state ?? {};
  const title = document.createElement('h1');
  title.textContent = name;
  const caption = document.createElement('p');
  caption.textContent = figure.shadowRoot?.querySelector('#place, #caption')?.textContent ?? '';
  const settings = document.createElement('p');
  settings.className = 'caption';
  settings.textContent = settingsOf(viewOf(isView(figure.view) ? figure.view : 'network').page, state);
  const address = document.createElement('p');
  address.className = 'caption';
  address.textContent = link;
  page.replaceChildren(
    title,
    caption,
    settings,
    ...(picture ? [picture] : cells),
    ...formulaOf(String(state['cell'] ?? 'simple_rnn'), String(state['activation'] ?? 'tanh')),
    ...(table ? cut(table) : []),
    address,
  );
}
