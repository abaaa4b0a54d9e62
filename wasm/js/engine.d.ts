/** The functions of one loaded module: models, tasks, data sets as text, baselines. */
import { type Core } from './core.ts';
import type { Unrolled } from './types.ts';
/**
 * The public functions of a running module. They do not use `this`, so that they can be destructured: const
 * { sequential } = …
 */
export declare function engine(core: Core): Unrolled;
