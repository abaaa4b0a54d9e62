import type { TaskText, Unrolled } from '../../wasm/js/types.ts';

/** Tasks of the core that the pages do not offer yet. */
export const NOT_OFFERED: readonly string[];
export function factsOf(engine: Unrolled, texts: Readonly<Record<string, TaskText>>): string;
