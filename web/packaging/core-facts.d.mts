import type { TaskText, Unrolled } from '../../wasm/js/types.ts';

/** Tasks and cells of the core that the pages do not offer. */
export const NOT_OFFERED: readonly string[];
export function factsOf(engine: Unrolled, texts: Readonly<Record<string, TaskText>>): string;
