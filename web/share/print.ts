/** One clean page of a figure: its name, picture, formula, table and link. */

import type { RnnFigure } from '../figure/rnn-figure.ts';
import { isView, viewOf } from '../figure/views.ts';
import { formulaOf } from './formula.ts';

/** More rows would not fit the page. */
const ROWS = 14;
const COLUMNS = 13;

function cut(table: HTMLTableElement): HTMLElement[] {
  const rows = [...table.rows];
  for (const row of rows) for (const cell of [...row.cells].slice(COLUMNS)) cell.remove();
  const more = rows.filter(({ parentElement }) => parentElement?.tagName === 'TBODY').slice(ROWS);
  for (const row of more) row.remove();
  if (more.length === 0) return [table];
  const said = document.createElement('p');
  said.className = 'caption';
  said.textContent = `The first ${ROWS} of ${ROWS + more.length} rows.`;
  return [table, said];
}

/** Fills `page`. `caption`: what the figure says of its moment. @throws Error where the figure is not drawn. */
export async function layOut(page: HTMLElement, figure: RnnFigure, link: string): Promise<void> {
  const { svg, width, height } = await figure.picture();
  const table = await figure.table();
  const state = figure.state ?? {};
  const title = document.createElement('h1');
  title.textContent = viewOf(isView(figure.view) ? figure.view : 'network').name;
  const caption = document.createElement('p');
  caption.textContent = figure.shadowRoot?.querySelector('#place, #caption')?.textContent ?? '';
  const picture = new Image(width, height);
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  picture.alt = title.textContent;
  await picture.decode();
  const address = document.createElement('p');
  address.className = 'caption';
  address.textContent = link;
  page.replaceChildren(title, caption, picture, ...formulaOf(String(state['cell'] ?? 'simple_rnn'), String(state['activation'] ?? 'tanh')), ...(table ? cut(table) : []), address);
}
