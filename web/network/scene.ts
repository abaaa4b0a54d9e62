/** All that one drawing of the figure depends on, put together once. Pure. */

import { layout, type Layout, smooth } from './layout.ts';
import { inputDomain, magnitude, stateLimit } from './scales.ts';
import type { Trace } from './trace.ts';
import type { Weights } from './weights.ts';

export interface SceneInput {
  width: number;
  trace: Trace;
  weights: Weights | undefined;
  timestep: number;
  unit: number | undefined;
  fold: number;
  readouts: boolean;
  edited: ReadonlySet<number>;
  original: ArrayLike<number> | undefined;
  disabled: boolean;
  /** How far the next time step has come while the figure plays, 0 … 1. */
  coming: number;
}

export interface Scene extends SceneInput {
  l: Layout;
  /** Ends of the colour scale: of the states, and of each plate (b shares that of U: both are added to z). */
  stateLimit: number;
  weightLimits: { u: number; w: number; v: number };
  /** Range of each feature's axis. */
  domains: [number, number][];
  /** Columns that are drawn: those in or near the frame, none beyond the cursor. */
  from: number;
  to: number;
  /** Last column near the frame, whether the cursor has come so far or not. */
  until: number;
}

function* feature(trace: Trace, original: ArrayLike<number> | undefined, f: number): Generator<number> {
  for (let k = f; k < trace.x.length; k += trace.features) {
    yield trace.x[k] as number;
    if (original && k < original.length) yield original[k] as number;
  }
}

function limits(weights: Weights | undefined): Scene['weightLimits'] {
  if (!weights) return { u: 1, w: 1, v: 1 };
  const { u, w, b, v } = weights;
  return { u: Math.max(magnitude(u), magnitude(b)) || 1, w: magnitude(w) || 1, v: magnitude(v) || 1 };
}

/** The scene with all columns up to the cursor; a window of the scrolled frame may narrow from and to. */
export function scene(input: SceneInput): Scene {
  const { trace, weights } = input;
  const timestep = Math.min(Math.max(Math.round(input.timestep) || 0, 0), trace.timesteps);
  const wanted = input.unit === undefined ? undefined : Math.round(input.unit);
  const unit = wanted !== undefined && wanted >= 1 && wanted <= trace.units ? wanted : undefined;
  const { timesteps, units, features } = trace;
  return {
    ...input,
    timestep,
    unit,
    l: layout({ width: input.width, timesteps, units, features, fold: input.fold, unit }),
    stateLimit: stateLimit(trace.h),
    weightLimits: limits(weights),
    domains: Array.from({ length: features }, (_, f) => inputDomain(feature(trace, input.original, f))),
    from: 0,
    to: timestep,
    until: timesteps,
  };
}

/** How visible a detail of an earlier column is: nothing of it is left when the columns have met. */
export function presence(s: Scene, t: number): number {
  if (t > s.timestep) return smooth(0, 0.5, s.coming);
  if (t < s.timestep) return apart(s);
  return s.coming > 0 ? Math.max(apart(s), 1 - smooth(0, 0.5, s.coming)) : 1;
}

/** 1 unrolled, 0 from where columns overlap: what needs a place of its own for each time step goes with it. */
export function apart(s: Scene): number {
  return 1 - smooth(0.4 * s.l.touch, 0.85 * s.l.touch, s.l.fold);
}
