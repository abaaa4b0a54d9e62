/**
 * How much work a run is. Whether it is begun unasked follows from this count, and never from a clock: the same address
 * shows the same on any machine.
 */

/**
 * What a run asks of the engine. `learned`: sequences of an epoch's updates; `judged`: fresh sequences after each
 * epoch.
 */
export interface Extent {
  parameters: number;
  steps: number;
  epochs: number;
  learned: number;
  judged: number;
}

/** Multiply-adds of a run that is begun unasked; about one second on a laptop. */
export const LIMIT = 8e9;

/**
 * Work of a time step beside its products, in weights: in a small network it takes most of the time. Measured on a
 * laptop.
 */
const OVERHEAD = 150;

/** Multiply-adds of a whole run: each weight is used once a time step forward, and twice backward. */
export const workOf = ({ parameters, steps, epochs, learned, judged }: Extent): number =>
  (parameters + OVERHEAD) * steps * epochs * (3 * learned + judged);
