/** What a figure shows, for those who take it elsewhere: a drawing that stands, the table behind it. */

export interface Drawn extends HTMLElement {
  updateComplete?: Promise<unknown>;
}

/** Resolves once what was asked for stands. */
export async function drawn(figure: Drawn): Promise<void> {
  await new Promise((resolved) => requestAnimationFrame(() => setTimeout(resolved)));
  await figure.updateComplete;
}

/** A table is filled when it is opened. */
export async function tableOf(figure: Drawn): Promise<HTMLTableElement | undefined> {
  const details = figure.shadowRoot?.querySelector('details');
  const was = details?.open ?? false;
  if (details) details.open = true;
  await drawn(figure);
  const table = figure.shadowRoot?.querySelector('table')?.cloneNode(true) as HTMLTableElement | undefined;
  if (details) details.open = was;
  return table;
}
