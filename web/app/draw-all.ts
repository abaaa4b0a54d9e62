/** Draws all figures of a page, also those far from the screen, which otherwise request nothing. */

import type { Mounted } from './mount.ts';

/** An answer may cause further requests; they are awaited this many times. */
const ROUNDS = 3;

interface Busy {
  readonly busy: boolean;
  idle(): Promise<void>;
}

/** Resolves when all requests of the current state have been answered; for a figure that plays, those sent so far. */
export async function answered(client: Busy): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await frame();
    if (!client.busy) return;
    await client.idle();
  }
}

const frame = (): Promise<unknown> => new Promise((resolved) => requestAnimationFrame(() => setTimeout(resolved)));

/** A figure of another task, or inside a folded part, is not printed. */
const isShown = (figure: Element): boolean => figure.getClientRects().length > 0;

/** Resolves when every figure that the page shows has been drawn. A figure whose script is missing says so itself. */
export async function drawAll({ app, all }: Pick<Mounted, 'app' | 'all'>): Promise<void> {
  await all().catch(() => undefined);
  /* what one figure has been answered may be what another asks about */
  for (let round = 0; round < 2; round++) {
    app.visibility.all(isShown);
    await answered(app.client);
  }
  await frame();
}
