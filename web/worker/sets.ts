/** Data sets, made once and kept while they are used. */

import type { Dataset, Unrolled } from '../../wasm/js/types.ts';
import { FRESH } from './protocol.ts';

export interface DataRequest {
  task: string;
  samples: number;
  steps: number;
  data: number;
  first?: number;
}

/** How many are kept. */
const KEPT = 8;

export class DataSets {
  readonly #engine: Unrolled;
  readonly #sets = new Map<string, Dataset>();

  constructor(engine: Unrolled) {
    this.#engine = engine;
  }

  of({ task, samples, steps, data, first = 0 }: DataRequest): Dataset {
    const key = [task, samples, steps, data, first].join();
    let set = this.#sets.get(key);
    if (!set) {
      set = this.#engine.task(task, { samples, timesteps: steps, dataSeed: data, firstSample: first });
      const oldest = this.#sets.size >= KEPT ? this.#sets.keys().next().value : undefined;
      if (oldest !== undefined) this.#sets.delete(oldest);
      this.#sets.set(key, set);
    }
    return set;
  }

  /** Sequences that no training reads. */
  fresh(task: string, steps: number, data: number): Dataset {
    return this.of({ task, samples: FRESH, steps, data, first: this.#engine.freshSample });
  }
}

/** One flat array of all. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
