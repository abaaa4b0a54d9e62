/** Takes the drawing and the table of a figure, for pages that print or copy them. */

export interface Drawn extends HTMLElement {
  updateComplete?: Promise<unknown>;
}

const frame = (): Promise<unknown> => new Promise((resolved) => requestAnimationFrame(() => setTimeout(resolved)));

/** Resolves when the figure has been drawn. */
export async function drawn(figure: Drawn): Promise<void> {
  await frame();
  await figure.updateComplete;
}

/** A table is filled only when it is open, so it is opened for a moment, without a change of the state. */
export async function tableOf(figure: Drawn & { open?: boolean }): Promise<HTMLTableElement | undefined> {
  const was = figure.open;
  if (was !== undefined) figure.open = true;
  await drawn(figure);
  const table = figure.shadowRoot?.querySelector('table')?.cloneNode(true) as HTMLTableElement | undefined;
  if (was !== undefined) figure.open = was;
  return table;
}
