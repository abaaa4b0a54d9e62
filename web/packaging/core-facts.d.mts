import type { Unrolled } from '../../wasm/js/types.ts';

export function factsOf(engine: Unrolled): string;
