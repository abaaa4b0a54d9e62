/**
 * Counts the work of a run. Whether a run begins without a click depends on this count and never on a clock, so that an
 * address shows the same on any machine.
 */

/**
 * The size of a run. `learned`: sequences trained on in an epoch. `judged`: new sequences measured after each epoch.
 */
export interface Extent {
  parameters: number;
  steps: number;
  epochs: number;
  learned: number;
  judged: number;
}

/**
 * In multiply-adds, the most work that begins without a click; about one second on a laptop. The 500 epochs of the
 * chapter "Learning, or luck?" are just below it.
 */
export const LIMIT = 8.5e9;

/** The overhead of a time step, counted in weights. It dominates in small networks. Measured on a laptop. */
const OVERHEAD = 150;

/** Multiply-adds of a whole run: each weight is used once in a forward step, and twice in a backward step. */
export const workOf = ({ parameters, steps, epochs, learned, judged }: Extent): number =>
  (parameters + OVERHEAD) * steps * epochs * (3 * learned + judged);
