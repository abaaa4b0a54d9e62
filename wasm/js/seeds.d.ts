/** Trains the same network from many run seeds, one after another, to see how much of a result is luck. */
import type { Core } from './core.ts';
import type { Numbers, Seeds, SeedsOptions, Sequences, SequentialConfig } from './types.ts';
export declare function seeds(core: Core, config: SequentialConfig, x: Sequences, y: Numbers, options?: SeedsOptions): Promise<Seeds>;
