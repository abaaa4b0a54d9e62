/** Data sets, made once and cached: those of the core's tasks, and those that a reader imported. */

import { TASK_TEXTS } from '../shared/core-facts.ts';
import type { CsvDataset, Dataset, TaskText, Unrolled } from '../../wasm/js/types.ts';
import { type Edits, limited, limitsOf } from '../state/fields.ts';
import { OWN_TASK, stepsRead, TABLE } from '../state/state.ts';
import { isTarget, placeOf } from '../state/custom-data.ts';
import { type DescribedTask, filesMissing, type Labels } from '../shared/shared-sentences.ts';
import type { Imported } from './imported-data.ts';
import type { AnswerOf, Ranges, RequestOf } from './protocol.ts';
import { FRESH } from './protocol.ts';
import { translate } from '../shared/translate.ts';

export interface DataRequest {
  task: string;
  samples: number;
  steps: number;
  data: number;
  /** The name of imported data. */
  own?: string;
  changes?: Edits;
  first?: number;
}

/** One sequence as the network reads it: with another length or changed inputs. */
export interface ReadRequest extends Omit<DataRequest, 'first'> {
  sample: number;
  length: number;
  edits: Edits;
}

export interface ReadSequence {
  x: Float32Array;
  /** Undefined if the targets of the changed sequence are unknown. */
  y: Float32Array | undefined;
  labels: Labels;
  /** `original`: x before the changes. `ranges`: over all data. */
  original: Float32Array;
  ranges: Ranges;
}

/** The number of data sets that are cached. */
const KEPT = 8;

export class DataSets {
  readonly #engine: Unrolled;
  readonly #sets = new Map<string, Dataset>();
  readonly #ranges = new WeakMap<Float32Array, Ranges>();
  readonly #own = new Map<string, Imported>();
  /** The text that was previewed last, before it is used. */
  #looked = new Map<string, Imported>();

  constructor(engine: Unrolled) {
    this.#engine = engine;
  }

  /**
   * Parses a text and keeps it under the name that it returns. @throws RnnError with line and column, RangeError if
   * there are more data than a page takes.
   */
  bring(request: RequestOf<'bring'>): Promise<AnswerOf<'bring'>> {
    return this.#read(request, this.#own);
  }

  /** Parses a text that may not be used. It replaces the previous one. */
  async look(request: RequestOf<'look'>): Promise<AnswerOf<'look'>> {
    const looked = new Map<string, Imported>();
    const answer = await this.#read(request, looked);
    this.#looked = looked;
    return answer;
  }

  /** The code that reads is loaded only when it is needed. */
  async #read(request: RequestOf<'bring'>, into: Map<string, Imported>): Promise<AnswerOf<'bring'>> {
    const { readImported } = await import('./imported-data.ts').catch(() => {
      throw Object.assign(new Error(filesMissing()), { code: 'LOAD' });
    });
    const { answer, imported } = await readImported(this.#engine, request);
    into.set(answer.own, imported);
    return answer;
  }

  /** The facts of a task; for imported data, those that follow from the data. */
  task({ task: name, own }: Pick<DataRequest, 'task' | 'own'>): DescribedTask {
    if (name === OWN_TASK) return this.#brought(own).task;
    const info = this.#engine.tasks.find((task) => task.name === name);
    const text = (TASK_TEXTS as Readonly<Record<string, TaskText>>)[name];
    if (!info || !text) throw new RangeError(translate(`there is no task “${name}”`));
    return { ...info, ...text };
  }

  of(request: DataRequest): Dataset {
    const { task, samples, steps, data, own = '', changes = [], first = 0 } = request;
    const key = [task, samples, steps, task === OWN_TASK ? own : data, first, JSON.stringify(changes)].join();
    let set = this.#sets.get(key);
    if (!set) {
      set = this.#make(request);
      const oldest = this.#sets.size >= KEPT ? this.#sets.keys().next().value : undefined;
      if (oldest !== undefined) this.#sets.delete(oldest);
      this.#sets.set(key, set);
    }
    return set;
  }

  /** Sequences of one of the core's tasks that are never trained on. */
  fresh(task: string, steps: number, data: number): Dataset {
    return this.of({ task, samples: FRESH, steps, data, first: this.#engine.newSample });
  }

  /** One sequence as the network reads it. If it differs from the data, its targets come from the task's rule. */
  read({ sample, length, edits, ...data }: ReadRequest): ReadSequence {
    const steps = stepsRead({ steps: data.steps, length });
    const { x: original, y } = this.of({ ...data, samples: 1, steps, first: sample });
    const ranges = this.ranges(data);
    const x = original.slice();
    for (const [place, value] of edits)
      if (place <= x.length) x[place - 1] = limited(limitsOf(TABLE.edits, ranges[(place - 1) % ranges.length]), value);
    const read = { x, original, ranges };
    const changed = (data.changes ?? []).map(([place]) => placeOf(place)).filter((place) => place.sample === sample);
    const differs = x.some((value, i) => value !== original[i]) || (steps !== data.steps && changed.length > 0);
    if (!differs) return { ...read, y, labels: 'data' };
    if (data.task === OWN_TASK) return { ...read, y: undefined, labels: 'own' };
    if (changed.some(({ target }) => target)) return { ...read, y: undefined, labels: 'typed' };
    const ruled = this.#engine.taskTargets(data.task, x);
    return { ...read, y: ruled, labels: ruled ? 'rule' : 'unruled' };
  }

  /** Computed over all data, and cached with them. */
  ranges(request: DataRequest): Ranges {
    const { x } = this.of(request);
    const ranges = this.#ranges.get(x) ?? this.#engine.columnRanges(x, this.task(request).features);
    this.#ranges.set(x, ranges);
    return ranges;
  }

  #make({ task, samples, steps, data, own, changes = [], first = 0 }: DataRequest): Dataset {
    const info = this.task({ task, ...(own !== undefined && { own }) });
    const [width, readouts] = [steps * info.features, info.returnSequences ? steps : 1];
    const set =
      task === OWN_TASK
        ? sequencesBetween(this.#brought(own).data, this.#brought(own).data.samples, first, first + samples)
        : this.#engine.task(task, { samples, timesteps: steps, dataSeed: data, firstSample: first });
    if (changes.length === 0) return set;
    const { x, y } = { x: set.x.slice(), y: set.y.slice() };
    for (const [place, value] of changes) {
      const { sample, index, target } = placeOf(place);
      const row = sample - first;
      if (row < 0 || row >= samples || index >= (target ? readouts : width)) continue;
      if (!target) x[row * width + index] = value;
      else if (isTarget(info, value)) y[row * readouts + index] = value;
    }
    return { x, y };
  }

  #brought(own = ''): Imported {
    const brought = this.#own.get(own) ?? this.#looked.get(own);
    if (!brought) throw new RangeError(translate('These data are not here: the file they came from is needed.'));
    return brought;
  }
}

/** The sequences with indices from `from` to before `to`. */
export function sequencesBetween(
  { x, y }: Pick<CsvDataset, 'x' | 'y'>,
  samples: number,
  from: number,
  to: number,
): Dataset {
  const [width, readouts] = [x.length / samples, y.length / samples];
  return { x: x.subarray(from * width, to * width), y: y.subarray(from * readouts, to * readouts) };
}

/** Concatenates the parts into one array. */
export function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}
