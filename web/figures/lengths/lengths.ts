/** The lengths that are measured. */

/** Lengths up to this one stand side by side on an even axis. The long ones stand behind a gap. */
export const NEAR = 50;
/** In pairs of neighbors: the accuracy may swing from each length to the next, which single lengths would hide. */
export const FAR = [100, 101, 999, 1000];
/** The lengths that are measured, in time steps. */
export const LENGTHS: readonly number[] = [...Array.from({ length: NEAR }, (_, i) => i + 1), ...FAR];
