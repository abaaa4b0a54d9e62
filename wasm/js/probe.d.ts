/** Linear probes: what a linear function of hidden states knows of an earlier input. */
import type { Core } from './core.ts';
import type { LinearProbe, ProbeRows } from './types.ts';
export declare function linearProbe(core: Core, training: ProbeRows, measured: ProbeRows): Promise<LinearProbe>;
