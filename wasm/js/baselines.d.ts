/** Baselines to compare results with. The core computes them. */
import type { Core } from './core.ts';
import type { Numbers } from './types.ts';
export declare function chanceBand(core: Core, n: number): {
    low: number;
    high: number;
};
export declare function majorityShare(core: Core, y: Numbers): number;
export declare function checkShare(operation: string, name: string, value: unknown): number;
export declare function quantile(core: Core, values: Numbers, q: number): number;
export declare function columnRanges(core: Core, values: Numbers, columns?: number): [low: number, high: number][];
