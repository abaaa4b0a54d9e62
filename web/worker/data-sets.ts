/** Data sets, made once and cached: those of the core's tasks, and those that a reader imported. */

import { TASK_TEXTS } from '../shared/core-facts.ts';
import type { CsvDataset, Dataset, TaskText, Unrolled } from '../../wasm/js/types.ts';
import { type Edits, limited, limitsOf } from '../state/fields.ts';
import { DATA, isShipped, OWN_TASK, stepsRead, WHAT_IF_LIMITS } from '../state/config.ts';
import { isTarget, placeOf } from '../state/custom-data.ts';
import { type DescribedTask, filesMissing, type Labels } from '../shared/shared-sentences.ts';
import type { Imported } from './imported-data.ts';
import type { Series, Shipped, ShippedData, ShippedRequest } from './shipped-data.ts';
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
  /** Of a table over time. */
  columns?: string;
  period?: string;
  /** The first sequence, and how many; default: all of `samples`. */
  first?: number;
  count?: number;
}

/** One sequence as the network reads it: with another length or changed inputs. */
export interface ReadRequest extends Omit<DataRequest, 'first' | 'count'> {
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
  #reader: Promise<ShippedData> | undefined;
  readonly #shipped = new Map<string, Shipped>();

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
  async #read(request: RequestOf<'bring' | 'look'>, into: Map<string, Imported>): Promise<AnswerOf<'bring'>> {
    const { readImported } = await import('./imported-data.ts').catch(missing);
    const { answer, imported } = await readImported(this.#engine, request);
    into.set(answer.own, imported);
    return answer;
  }

  /**
   * Reads the data that a request needs, if they come with the pages and are not here yet. The other methods need them.
   */
  prepare(request: ShippedRequest): Promise<void> | undefined {
    const key = keyOf(request);
    if (!isShipped(request.task) || this.#shipped.has(key)) return undefined;
    this.#reader ??= import('./shipped-data.ts').then(({ ShippedData }) => new ShippedData(this.#engine), missing);
    return this.#reader.then(async (reader) => {
      keep(this.#shipped, key, await reader.make(request));
    });
  }

  /** The data that `prepare` has read. */
  shipped(request: DataRequest): Shipped {
    return this.#shipped.get(keyOf(request)) as Shipped;
  }

  /** The windows of a table over time; undefined for other data. */
  series(request: DataRequest): Series | undefined {
    if (request.task === OWN_TASK) return this.#brought(request.own).series;
    return isShipped(request.task) ? this.shipped(request).series : undefined;
  }

  /** The text that the reader brought, if the data are one. */
  text({ task, own }: DataRequest): Imported['text'] {
    return task === OWN_TASK ? this.#brought(own).text : undefined;
  }

  /** The facts of a task; for data from elsewhere, those that follow from the data. */
  task(request: DataRequest): DescribedTask {
    const { task: name, own } = request;
    if (name === OWN_TASK) return this.#brought(own).task;
    if (isShipped(name)) return this.shipped(request).task;
    const info = this.#engine.tasks.find((task) => task.name === name);
    const text = (TASK_TEXTS as Readonly<Record<string, TaskText>>)[name];
    if (!info || !text) throw new RangeError(translate(`there is no task “${name}”`));
    return { ...info, ...text };
  }

  of(request: DataRequest): Dataset {
    const { task, samples, steps, data, own = '', changes = [], first = 0, count = samples } = request;
    const from = task === OWN_TASK ? own : isShipped(task) ? keyOf(request) : data;
    const key = [task, count, steps, from, first, JSON.stringify(changes)].join();
    return this.#sets.get(key) ?? keep(this.#sets, key, this.#make(request));
  }

  /** Sequences that are never trained on; undefined if there are none. */
  fresh(request: DataRequest): Dataset | undefined {
    if (isShipped(request.task)) return this.shipped(request).fresh;
    if (request.task === OWN_TASK) return undefined;
    return this.of({ ...request, changes: [], count: FRESH, first: this.#engine.newSample });
  }

  /** One sequence as the network reads it. If it differs from the data, its targets come from the task's rule. */
  read({ sample, length, edits, ...data }: ReadRequest): ReadSequence {
    const steps = stepsRead({ steps: data.steps, length });
    const { x: original, y } = this.of({ ...data, count: 1, steps, first: sample });
    const ranges = this.ranges(data);
    const x = original.slice();
    for (const [place, value] of edits)
      if (place <= x.length)
        x[place - 1] = limited(limitsOf(WHAT_IF_LIMITS.edits, ranges[(place - 1) % ranges.length]), value);
    const read = { x, original, ranges };
    const changed = (data.changes ?? []).map(([place]) => placeOf(place)).filter((place) => place.sample === sample);
    const differs = x.some((value, i) => value !== original[i]) || (steps !== data.steps && changed.length > 0);
    if (!differs) return { ...read, y, labels: 'data' };
    if (data.task === OWN_TASK) return { ...read, y: undefined, labels: 'own' };
    if (changed.some(({ target }) => target)) return { ...read, y: undefined, labels: 'typed' };
    const ruled = isShipped(data.task) ? undefined : this.#engine.taskTargets(data.task, x);
    return { ...read, y: ruled, labels: ruled ? 'rule' : 'unruled' };
  }

  /** Computed over all data, and cached with them. */
  ranges(request: DataRequest): Ranges {
    const { x } = this.of(request);
    const ranges = this.#ranges.get(x) ?? this.#engine.columnRanges(x, this.task(request).features);
    this.#ranges.set(x, ranges);
    return ranges;
  }

  /** Numbered on, the new sequences of a table follow its training sequences. */
  #unchanged(request: DataRequest, readouts: number): Dataset {
    const { task, steps, data, own, first = 0, count = request.samples } = request;
    if (task === OWN_TASK)
      return sequencesBetween(this.#brought(own).data, this.#brought(own).data.samples, first, first + count);
    if (!isShipped(task))
      return this.#engine.task(task, { samples: count, timesteps: steps, dataSeed: data, firstSample: first });
    const { training, fresh } = this.shipped(request);
    const all = fresh ? { x: concatenated([training.x, fresh.x]), y: concatenated([training.y, fresh.y]) } : training;
    const from = Math.min(first, all.y.length / readouts - count);
    return sequencesBetween(all, all.y.length / readouts, from, from + count);
  }

  #make(request: DataRequest): Dataset {
    const { steps, changes = [], first = 0, count = request.samples } = request;
    const info = this.task(request);
    const [width, readouts] = [steps * info.features, info.returnSequences ? steps : 1];
    const set = this.#unchanged(request, readouts);
    if (changes.length === 0) return set;
    const { x, y } = { x: set.x.slice(), y: set.y.slice() };
    for (const [place, value] of changes) {
      const { sample, index, target } = placeOf(place);
      const row = sample - first;
      if (row < 0 || row >= count || index >= (target ? readouts : width)) continue;
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

/** What shipped data follow from, without the sequence that is asked for. */
const keyOf = (request: Partial<Record<(typeof DATA)[number], unknown>>): string =>
  JSON.stringify(DATA.map((name) => (name === 'changes' ? '' : request[name])));

/** Keeps a value, in place of the oldest one if there are many. */
function keep<T>(map: Map<string, T>, key: string, value: T): T {
  const oldest = map.size >= KEPT ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
  return value;
}

const missing = (): never => {
  throw Object.assign(new Error(filesMissing()), { code: 'LOAD' });
};

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
