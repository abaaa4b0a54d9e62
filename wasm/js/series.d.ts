/** Time series: windows to train on, their scales, baselines and scores. The core computes them, in the module for data. */
import type { Core } from './core.ts';
import type { TimeSeries, WindowOptions, Windows } from './series-types.ts';
export declare function windows(core: Core, series: TimeSeries, options: WindowOptions): Promise<Windows>;
