/**
 * A running browser module: its calls, its memory, and its description of itself. All results are copies, because
 * memory may grow, and then every view of it is detached.
 */

import { type Diagnosis, RnnError } from './errors.ts';
import type { Quantity, Range } from './types.ts';

/** The JavaScript spelling of the core's names: val_loss becomes valLoss. */
export const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Makes an object and everything in it read-only, except the contents of typed arrays, which JavaScript cannot freeze.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const each of Object.values(value)) deepFreeze(each);
  return Object.freeze(value);
}

type Call = (...numbers: number[]) => number;

/** A field of a record, which describes the answer area (wasm/browser/boundary.h). */
interface Field {
  /** In the module's spelling: val_loss. */
  raw: string;
  /** In JavaScript's spelling: valLoss. */
  name: string;
  kind: string;
}

/** The core's description of a task. */
export interface RawTask {
  name: string;
  tokens: string;
  chance: number;
  /** The task is not defined for shorter sequences. */
  leastTimesteps: number;
  features: number;
  outputs: number;
  loss: number;
  returnSequences: number;
}

/** A list of names, in the order of the core's enum. */
type Texts = readonly string[];

/** The whole memory as arrays of each type. */
interface Views {
  floats: Float32Array;
  doubles: Float64Array;
  bytes: Uint8Array;
}

const viewsOf = (memory: ArrayBuffer): Views => ({
  floats: new Float32Array(memory),
  doubles: new Float64Array(memory),
  bytes: new Uint8Array(memory),
});

const decoder = new TextDecoder();

export class Module {
  readonly #memory: WebAssembly.Memory;
  readonly #calls: Record<string, Call>;
  readonly #area: number;
  readonly #records = new Map<string, Field[]>();
  readonly #statuses: Module;
  #views: Views | undefined;

  /** `statuses`: the module that knows the names of statuses. By default it is this one. */
  constructor(exports: WebAssembly.Exports, statuses?: Module) {
    this.#statuses = statuses ?? this;
    this.#memory = exports.memory as WebAssembly.Memory;
    this.#calls = exports as unknown as Record<string, Call>;
    this.#area = this.answer('answers');
    for (const record of this.texts('record')) {
      const [name = '', ...fields] = record.split(' ');
      this.#records.set(
        name,
        fields.map((field) => {
          const [raw = '', kind = 'number'] = field.split(':');
          return { raw, name: camelCase(raw), kind };
        }),
      );
    }
  }

  /** Calls an export and returns its result, an address or a status. */
  answer(name: string, ...numbers: number[]): number {
    const call = this.#calls[name];
    if (!call) throw new RnnError('LOAD', 'load', `the module has no export "${name}": it is of another version`);
    return call(...numbers) >>> 0;
  }

  /** Calls an export and throws an RnnError if the status is not RNN_OK. */
  call(operation: string, name: string, ...numbers: number[]): void {
    const status = this.answer(name, ...numbers);
    if (status !== 0) throw this.error(operation, status);
  }

  /** The error for a status. For a rejected text or file it includes the diagnosis. */
  error(operation: string, status: number): RnnError {
    const code = this.statusName(status);
    if (!['RNN_ERROR_CSV', 'RNN_ERROR_WEIGHTS', 'RNN_ERROR_TEXT'].includes(code))
      return new RnnError(code, operation, this.#statuses.text(this.#statuses.answer('status_text', status)));
    const diagnosis = this.read<Diagnosis>('diagnosis');
    const place = [diagnosis.line && `line ${diagnosis.line}`, diagnosis.column && `column ${diagnosis.column}`]
      .filter(Boolean)
      .join(', ');
    return new RnnError(code, operation, place ? `${place}: ${diagnosis.text}` : diagnosis.text, { diagnosis });
  }

  statusName(status: number): string {
    return this.#statuses.text(this.#statuses.answer('status_name', status));
  }

  /** The record that the latest call filled. Arrays and texts are copied. */
  read<T>(record: string): T {
    const fields = this.#fields(record);
    const area = this.doubles(this.#area, 2 * fields.length);
    let next = 0;
    const entries = fields.map(({ name, kind }) => {
      const number = area[next++] as number;
      if (kind === 'text') return [name, this.text(number)];
      if (kind === 'f32') return [name, this.floats(number, area[next++] as number)];
      if (kind === 'f64') return [name, this.doubles(number, area[next++] as number)];
      return [name, number];
    });
    return Object.fromEntries(entries) as T;
  }

  /** The first two numbers of the answer area. */
  pair(): [number, number] {
    const [first = 0, second = 0] = this.doubles(this.#area, 2);
    return [first, second];
  }

  /** The names of a record's fields, in the module's spelling. */
  recordNames(record: string): string[] {
    return this.#fields(record).map((field) => field.raw);
  }

  /** The values of a record's fields as numbers, in the module's order. */
  numbers(record: string, values: Readonly<Record<string, number | undefined>>): Float64Array {
    return Float64Array.from(this.#fields(record), ({ name }) => values[name] ?? this.number(name));
  }

  /** A default value of the module. */
  number(name: string): number {
    throw new RnnError('LOAD', 'load', `the module has no default "${name}": it is of another version`);
  }

  floats(address: number, count: number): Float32Array {
    return this.#current.floats.slice(address / 4, address / 4 + count);
  }

  wholes(address: number, count: number): Uint32Array {
    return new Uint32Array(this.bytes(address, 4 * count).buffer);
  }

  doubles(address: number, count: number): Float64Array {
    return this.#current.doubles.slice(address / 8, address / 8 + count);
  }

  bytes(address: number, count: number): Uint8Array {
    return this.#current.bytes.slice(address, address + count);
  }

  text(address: number): string {
    const { bytes } = this.#current;
    return decoder.decode(bytes.subarray(address, bytes.indexOf(0, address)));
  }

  write(address: number, values: Float32Array | Float64Array | Uint8Array | Uint32Array): void {
    this.#current.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
  }

  /** Reserves a block. This is the only call that may grow memory. */
  reserve(operation: string, bytes: number): number {
    const address = this.answer('reserve', Math.max(1, bytes));
    if (address === 0)
      throw new RnnError('MEMORY', operation, `memory cannot grow by ${bytes.toLocaleString('en')} bytes`);
    return address;
  }

  release(address: number): void {
    this.answer('release', address);
  }

  /** The size of the memory in bytes. */
  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Runs a function with temporary blocks, which are freed at the end in any case. */
  withTemporary<T>(operation: string, run: (temporary: TemporaryBlocks) => T): T {
    const temporary = new TemporaryBlocks(this, operation);
    try {
      return run(temporary);
    } finally {
      temporary.giveBack();
    }
  }

  /**
   * Views of the present memory. They are cached and made again after memory has grown, because making one, and even
   * reading the memory's buffer, takes longer than copying a few numbers.
   */
  get #current(): Views {
    if (!this.#views?.bytes.length) this.#views = viewsOf(this.#memory.buffer);
    return this.#views;
  }

  /** All texts of an export that returns a text for each index, which is its last argument. */
  texts(name: string, ...first: number[]): Texts {
    const texts: string[] = [];
    for (
      let address = this.answer(name, ...first, 0);
      address !== 0;
      address = this.answer(name, ...first, texts.length)
    )
      texts.push(this.text(address));
    return Object.freeze(texts);
  }

  #fields(record: string): Field[] {
    const fields = this.#records.get(record);
    if (!fields) throw new RnnError('LOAD', 'load', `the module has no record "${record}": it is of another version`);
    return fields;
  }
}

/** The modules that are loaded when they are first needed: for weights and programs, and for data. */
export type Other = 'files' | 'data';

/** The network's module, which also knows how to load the others. */
export class Core extends Module {
  readonly activations: Texts;
  readonly cells: Texts;
  readonly initializers: Texts;
  readonly losses: Texts;
  readonly metrics: Texts;
  readonly optimizers: Texts;
  readonly tasks: readonly RawTask[];
  readonly terms: Texts;
  readonly kept: Texts;
  readonly ranges: Readonly<Record<Quantity, Range>>;
  readonly limits: { memoryLimit: number; newSample: number; simd: number };

  readonly #defaults: Readonly<Record<string, number>>;
  readonly #quantities: Texts;
  readonly #load: Readonly<Record<Other, () => Promise<WebAssembly.Exports>>>;
  readonly #loading: Partial<Record<Other, Promise<Module>>> = {};
  readonly #others: Module[] = [];

  constructor(exports: WebAssembly.Exports, load: Readonly<Record<Other, () => Promise<WebAssembly.Exports>>>) {
    super(exports);
    this.#load = load;
    const names = (list: number): Texts => this.texts('name', list); // in the order of `name` in wasm/browser/network.c
    this.activations = names(0);
    this.cells = names(1);
    this.initializers = names(2);
    this.losses = names(3);
    this.metrics = names(4);
    this.optimizers = names(5);
    this.terms = names(6);
    this.kept = names(7);
    const tasks: RawTask[] = [];
    while (this.answer('task_info', tasks.length) === 0) tasks.push(this.read('task'));
    this.tasks = tasks;
    this.answer('limits');
    this.limits = this.read('limits');
    this.answer('defaults');
    this.#defaults = this.read('defaults');
    const ranges = this.#readRanges();
    this.#quantities = Object.keys(ranges);
    this.ranges = deepFreeze(ranges) as Record<Quantity, Range>;
  }

  /**
   * The module that reads and writes weights and programs. It is loaded when it is first needed.
   * @throws RnnError with code LOAD if it cannot be loaded; the next call tries again.
   */
  files(operation: string): Promise<Module> {
    return this.#other('files', operation);
  }

  /** The module that reads, writes and prepares data, likewise. */
  data(operation: string): Promise<Module> {
    return this.#other('data', operation);
  }

  async #other(name: Other, operation: string): Promise<Module> {
    this.#loading[name] ??= this.#start(name);
    try {
      return await this.#loading[name];
    } catch (error) {
      throw new RnnError('LOAD', operation, (error as Error).message, { cause: (error as Error).cause });
    }
  }

  async #start(name: Other): Promise<Module> {
    try {
      const module = new Module(await this.#load[name](), this);
      this.#others.push(module);
      return module;
    } catch (error) {
      delete this.#loading[name];
      throw error;
    }
  }

  override get memoryBytes(): number {
    return this.#others.reduce((sum, module) => sum + module.memoryBytes, super.memoryBytes);
  }

  inRange(quantity: Quantity, value: number): boolean {
    return this.answer('range_check', this.#quantities.indexOf(quantity), value) === 0;
  }

  /** A default value, from the records config and optimizer or from the options of a fit. */
  override number(name: string): number {
    return this.#defaults[name] ?? super.number(name);
  }

  #readRanges(): Record<string, Range> {
    const ranges: Record<string, Range> = {};
    for (let quantity = 0; this.answer('range', quantity) === 0; quantity++) {
      const { name, minimum, maximum, whole, openEnd } = this.read<Record<string, number> & { name: string }>('range');
      ranges[camelCase(name)] = {
        minimum: minimum ?? 0,
        maximum: maximum ?? 0,
        whole: whole === 1,
        openEnd: openEnd === 1,
      };
    }
    return ranges;
  }
}

/** Temporary blocks that last for one call. */
export class TemporaryBlocks {
  readonly #module: Module;
  readonly #operation: string;
  readonly #blocks: number[] = [];

  constructor(module: Module, operation: string) {
    this.#module = module;
    this.#operation = operation;
  }

  space(bytes: number): number {
    const address = this.#module.reserve(this.#operation, bytes);
    this.#blocks.push(address);
    return address;
  }

  /** Copies the values into a new block and returns its address. */
  put(values: Float32Array | Float64Array | Uint8Array | Uint32Array): number {
    const address = this.space(values.byteLength);
    this.#module.write(address, values);
    return address;
  }

  /** Hands the blocks over to the caller, so that they are not freed at the end of the call. */
  keep(): number[] {
    return this.#blocks.splice(0);
  }

  giveBack(): void {
    for (const block of this.#blocks.splice(0)) this.#module.release(block);
  }
}
