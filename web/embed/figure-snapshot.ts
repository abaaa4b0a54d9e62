/** What a figure shows, for those who take it elsewhere: a drawing that stands, the table behind it. */

export interface Drawn extends HTMLElement {
  updateComplete?: Promise<unknown>;
}

/** What an answer brings may ask for more, so often. */
const ROUNDS = 3;

interface Busy {
  readonly busy: boolean;
  idle(): Promise<void>;
}

/** Resolves once all that the state asks for has been answered; of a figure that plays, what was asked for so far. */
export async function answered(client: Busy): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await frame();
    if (!client.busy) return;
    await client.idle();
  }
}

const frame = (): Promise<unknown> => new Promise((resolved) => requestAnimationFrame(() => setTimeout(resolved)));

/** Resolves once what was asked for stands. */
export async function drawn(figure: Drawn): Promise<void> {
  await frame();
  await figure.updateComplete;
}

/** A table is filled when it is open. It is opened for a moment only, which the state does not hear of. */
export async function tableOf(figure: Drawn & { open?: boolean }): Promise<HTMLTableElement | undefined> {
  const was = figure.open;
  if (was !== undefined) figure.open = true;
  await drawn(figure);
  const table = figure.shadowRoot?.querySelector('table')?.cloneNode(true) as HTMLTableElement | undefined;
  if (was !== undefined) figure.open = was;
  return table;
}
