/** The module itself, without the JavaScript interface. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bytesOf, KINDS, type Kind } from './support.ts';

type Exports = Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory };

async function start(kind: Kind): Promise<Exports> {
  const instance = await WebAssembly.instantiate(await WebAssembly.compile(bytesOf(kind)));
  const exports = instance.exports as unknown as Exports;
  exports._initialize?.();
  return exports;
}

/** What Emscripten exports besides, unasked. */
const TOOLCHAIN = ['memory', '_initialize', '__indirect_function_table', '__errno_location', 'stackSave', 'stackRestore', 'stackAlloc'];

const call = (e: Exports, name: string, ...numbers: number[]): number => (e[name] as (...n: number[]) => number)(...numbers) >>> 0;

function textAt(e: Exports, address: number): string {
  const memory = new Uint8Array(e.memory.buffer);
  return new TextDecoder().decode(memory.subarray(address, memory.indexOf(0, address)));
}

const answers = (e: Exports): Float64Array => new Float64Array(e.memory.buffer, call(e, 'answers'), 40);

function sizeOf(e: Exports, size: string, ...numbers: number[]): number {
  assert.equal(call(e, size, ...numbers), 0, size);
  return answers(e)[0] as number;
}

/** A size, asked for, and a block of it. */
const block = (e: Exports, size: string, ...numbers: number[]): number => call(e, 'reserve', sizeOf(e, size, ...numbers));

/** A small model with everything that a call may need. */
function stage(e: Exports) {
  const [units, timesteps, samples] = [8, 5, 6];
  // the numbers of the records config (GRU, tanh, one layer) and optimizer (RMSprop)
  const record = (...numbers: number[]): number => {
    const place = call(e, 'reserve', 8 * numbers.length);
    new Float64Array(e.memory.buffer, place, numbers.length).set(numbers);
    return place;
  };
  const config = record(1, 0, 1, 0, 1, units, timesteps, 1, 0, 0, 1, 0, 1, 42);
  const optimizer = record(2, 0, 0.001, 0.9, 0.999, 1e-7, 0.9, 0, 0, 0);
  const model = block(e, 'model_size', config);
  assert.equal(call(e, 'model_init', model, config), 0);
  const parameterCount = 3 * units * (1 + units + 2) + units + 1;
  const workspace = block(e, 'workspace_size', model, samples);
  assert.equal(call(e, 'workspace_init', workspace, model, samples), 0);
  const x = call(e, 'reserve', 4 * samples * timesteps);
  const y = call(e, 'reserve', 4 * samples);
  assert.equal(call(e, 'task', 1, 42, 0, samples, timesteps, x, y), 0);
  const fit = block(e, 'fit_size', samples, 2, 4);
  assert.equal(call(e, 'fit_begin', fit, model, x, y, samples, x, y, samples, timesteps, 2, 4, 1, 1), 0);
  const fresh = block(e, 'fit_size', samples, 2, 4);
  const trace = block(e, 'trace_size', model, timesteps);
  const backward = block(e, 'backward_size', model, timesteps, samples);
  const [parameters, text, doubles] = [4 * parameterCount, 4096, 8 * samples].map((bytes) => call(e, 'reserve', bytes)) as [number, number, number];
  new Uint8Array(e.memory.buffer).fill(0, text, text + 4096);
  new Float32Array(e.memory.buffer, parameters, parameterCount).fill(0.25);
  new Float64Array(e.memory.buffer, doubles, samples).fill(1);
  const gates = call(e, 'reserve', 4 * 2 * 3 * units);
  const snapshotBytes = sizeOf(e, 'model_size', config);
  const snapshot = call(e, 'reserve', snapshotBytes);
  assert.equal(call(e, 'snapshot', model, snapshot, snapshotBytes), 0);
  const fileBytes = sizeOf(e, 'weights_size', model, 1);
  const file = call(e, 'reserve', fileBytes);
  assert.equal(call(e, 'weights_write', model, 1, file, fileBytes), 0);
  const names = call(e, 'reserve', 64);
  new Uint8Array(e.memory.buffer).set(new TextEncoder().encode('d.csv\0\0w.npz\0 $units$ $data$'), names);
  const csvBytes = sizeOf(e, 'csv_write_size', x, y, samples, timesteps, 1, 0);
  const csv = call(e, 'reserve', csvBytes);
  assert.equal(call(e, 'csv_write', x, y, samples, timesteps, 1, 0, csv, csvBytes), 0);
  // each call with arguments that work; addresses are marked, so that a test may spoil one at a time
  const at = (address: number, alignment = 4) => ({ address, alignment });
  const calls: [string, ...(number | { address: number; alignment: number })[]][] = [
    ['model_size', at(config, 8)],
    ['config', at(model)],
    ['metric', at(model)],
    ['optimizer', at(model)],
    ['compile', at(model), at(optimizer, 8)],
    ['set_learning_rate', at(model), 0.01],
    ['tensor', at(model), 0],
    ['parameters', at(model)],
    ['set_parameters', at(model), at(parameters), parameterCount],
    ['counters', at(model)],
    ['snapshot', at(model), at(snapshot, 1), snapshotBytes],
    ['restore', at(model), at(snapshot, 1), snapshotBytes],
    ['summary_size', at(model)],
    ['summary', at(model), at(text, 1), 4096],
    ['workspace_size', at(model), 4],
    ['fit', at(fit), at(model), at(workspace), 1],
    ['fit_batch', at(fit), at(model), at(parameters), 4],
    ['history', at(fit)],
    ['evaluate', at(model), at(workspace), at(x), at(y), samples, timesteps],
    ['predict', at(model), at(workspace), at(x), samples, timesteps, at(parameters)],
    ['confusion', at(model), at(workspace), at(x), at(y), samples, timesteps, at(parameters)],
    ['gradient', at(model), at(workspace), at(x), at(y), samples, timesteps, at(parameters)],
    ['gradient_check', at(model), at(workspace), at(x), at(y), samples, timesteps, 3],
    ['backward_size', at(model), timesteps, samples],
    ['backward', at(backward, 16), at(model), at(x), at(y), samples, timesteps, 0, 0, 2],
    ['step', at(model), at(parameters)],
    ['reset_states', at(model)],
    ['trace_size', at(model), timesteps],
    ['trace', at(trace, 16), at(model), at(x), timesteps, at(y), 0, 2],
    ['trace_layer', 0],
    ['contribution', at(model), 0, at(x), at(x), at(x), at(x), at(parameters)],
    ['terms', at(model), 0, 2, at(x), at(x), at(gates), 0, 0, 0, 1, 3, at(parameters)],
    ['activate', at(model), 2, at(parameters), 5],
    ['task', 0, 42, 0, samples, timesteps, at(x), at(y)],
    ['task_targets', 1, at(x), timesteps, at(y)],
    ['csv_measure', at(csv, 1), csvBytes],
    ['csv_read', at(csv, 1), csvBytes, samples, timesteps, 1, 0, 0, 1, at(x), at(y)],
    ['csv_write_size', at(x), at(y), samples, timesteps, 1, 0],
    ['csv_write', at(x), at(y), samples, timesteps, 1, 0, at(csv, 1), csvBytes],
    ['weights_measure', at(file, 1), fileBytes, at(model)],
    ['weights_read', at(file, 1), fileBytes, at(model), at(parameters)],
    ['weights_size', at(model), 1],
    ['weights_write', at(model), 1, at(file, 1), fileBytes],
    ['script', at(model), at(names, 1), 13, 0, 2, 3, 1, 1, at(names, 1), 13, at(text, 1), 4096],
    ['targets', at(y), samples, 0],
    ['judge', at(x), samples, 1, at(y), at(parameters)],
    ['dataset_hash', at(x), at(y), samples, timesteps, 1, 0],
    ['commoner_share', at(y), samples],
    ['quantile', at(doubles, 8), samples, 0.5],
    ['column_ranges', at(x), samples, timesteps, at(parameters)],
    ['fit_begin', at(fresh), at(model), at(x), at(y), samples, at(x), at(y), samples, timesteps, 2, 4, 1, 1],
  ];
  return { model, workspace, x, y, samples, timesteps, fit, snapshot, snapshotBytes, calls };
}

const plain = (argument: number | { address: number }): number => (typeof argument === 'number' ? argument : argument.address);

for (const kind of KINDS)
  describe(`the ${kind} module`, () => {
    test('has at most 42 KiB gzipped', () => {
      const size = gzipSync(bytesOf(kind), { level: 9 }).length;
      assert.ok(size <= 43_008, `${size} bytes`);
    });

    test('imports nothing, and its exports are those of the documentation', async () => {
      const module = await WebAssembly.compile(bytesOf(kind));
      assert.deepEqual(WebAssembly.Module.imports(module), []);
      const found = WebAssembly.Module.exports(module).map((one) => one.name);
      const document = readFileSync(new URL('../../docs/interface.md', import.meta.url), 'utf8');
      const section = /## The module's exports\n([\s\S]*?)(\n## |$)/.exec(document)?.[1] ?? '';
      const documented = new Set([...section.matchAll(/^\| `(\w+)\(/gm)].map((match) => match[1] as string));
      assert.deepEqual(found.filter((name) => !TOOLCHAIN.includes(name)).sort(), [...documented].sort());
    });

    test('says of itself whether it has SIMD', async () => {
      const e = await start(kind);
      call(e, 'limits');
      assert.equal(answers(e)[2], kind === 'simd' ? 1 : 0);
    });

    test('knows every status by name and text', async () => {
      const e = await start(kind);
      const header = readFileSync(new URL('../../core/rnn.h', import.meta.url), 'utf8');
      const statuses = [...header.matchAll(/^ {4}(RNN_\w+) = (\d+),? /gm)].filter(([, name]) => /^RNN_(OK|ERROR_\w+|DIVERGED)$/.test(name as string));
      assert.ok(statuses.length >= 10);
      for (const [, name, value] of statuses) {
        assert.equal(textAt(e, call(e, 'status_name', Number(value))), name);
        assert.notEqual(textAt(e, call(e, 'status_text', Number(value))), '');
      }
      assert.equal(textAt(e, call(e, 'status_name', 0xffffffff)), 'RNN_UNKNOWN');
    });

    test('a hostile snapshot is refused by name, and changes nothing', async () => {
      const e = await start(kind);
      const { model, workspace, fit, snapshot: place, snapshotBytes: bytes } = stage(e);
      const memory = () => new DataView(e.memory.buffer, place, bytes);
      const named = (status: number): string => textAt(e, call(e, 'status_name', status));
      assert.equal(call(e, 'fit', fit, model, workspace, 1), 0);
      assert.equal(call(e, 'snapshot', model, place, bytes), 0);
      const sound = new Uint8Array(e.memory.buffer, place, bytes).slice();
      const header = 8 + 64 + 72 + 16 + 8 + 8 + 16; /* magic and stepped, config, optimizer, powers, updates, epochs and position, sums */
      const found = new Set<string>();
      for (let at = 0; at + 4 <= header; at += 4)
        for (const value of [0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff, 0x7ff80000, 0x314d4e52]) {
          memory().setUint32(at, value, true);
          const status = call(e, 'restore', model, place, bytes);
          found.add(named(status));
          if (status === 0) assert.equal(named(call(e, 'fit', fit, model, workspace, Infinity)).replace('RNN_DIVERGED', 'RNN_OK').replace('RNN_ERROR_SHAPE', 'RNN_OK'), 'RNN_OK');
          new Uint8Array(e.memory.buffer, place, bytes).set(sound);
          if (status === 0) assert.equal(call(e, 'restore', model, place, bytes), 0);
          assert.equal(call(e, 'snapshot', model, place, bytes), 0);
          assert.deepEqual(new Uint8Array(e.memory.buffer, place, bytes).slice(), sound, `${value} at ${at}`);
        }
      assert.deepEqual([...found].sort(), ['RNN_ERROR_SHAPE', 'RNN_ERROR_SNAPSHOT', 'RNN_ERROR_VERSION', 'RNN_OK']);
    });

    test('targets that are changed under a fit are refused, and the fit goes on when they are mended', async () => {
      const e = await start(kind);
      const { model, workspace, y, samples, fit, snapshot: place, snapshotBytes: bytes } = stage(e);
      const state = (): Uint8Array => {
        assert.equal(call(e, 'snapshot', model, place, bytes), 0);
        return new Uint8Array(e.memory.buffer, place, bytes).slice();
      };
      const targets = new Float32Array(e.memory.buffer, y, samples);
      const [sound, before] = [targets.slice(), state()];
      for (const wrong of [-1, 2, 0.5, 1e9, -1e30, Infinity, NaN]) {
        targets.fill(wrong);
        assert.equal(textAt(e, call(e, 'status_name', call(e, 'fit', fit, model, workspace, Infinity))), 'RNN_ERROR_DATA', String(wrong));
        assert.deepEqual(state(), before, String(wrong));
      }
      targets.set(sound);
      assert.equal(call(e, 'fit', fit, model, workspace, Infinity), 0);
      assert.notDeepEqual(state(), before);
    });

    test('reserves aligned blocks that do not overlap, and uses gaps again', async () => {
      const e = await start(kind);
      const sizes = [1, 15, 16, 17, 1000];
      const blocks = sizes.map((bytes) => call(e, 'reserve', bytes));
      for (const [i, address] of blocks.entries()) {
        assert.equal(address % 16, 0);
        if (i > 0) assert.ok(address >= (blocks[i - 1] as number) + (sizes[i - 1] as number));
      }
      assert.equal(call(e, 'release', blocks[2] as number), 0);
      assert.equal(call(e, 'reserve', 16), blocks[2]);
      for (const bytes of [0, -1, Number.NaN, 0.5, 2 ** 32, Number.POSITIVE_INFINITY]) assert.equal(call(e, 'reserve', bytes), 0, String(bytes));
      assert.equal(call(e, 'release', 0), 1);
      assert.equal(call(e, 'release', (blocks[0] as number) + 4), 1);
    });

    test('grows memory, and answers 0 where that is not possible', async () => {
      const e = await start(kind);
      const before = e.memory.buffer.byteLength;
      const large = call(e, 'reserve', 2 * before);
      assert.notEqual(large, 0);
      assert.ok(e.memory.buffer.byteLength >= large + 2 * before);
      assert.equal(call(e, 'reserve', 0xffffffff), 0);
      assert.notEqual(call(e, 'reserve', 100), 0);
    });

    test('takes every call with good arguments', async () => {
      const e = await start(kind);
      for (const [name, ...numbers] of stage(e).calls) assert.equal(call(e, name, ...numbers.map(plain)), 0, name);
    });

    test('answers a wrong address with a status, each argument of each call in turn', async () => {
      const e = await start(kind);
      const { calls, model, workspace } = stage(e);
      const released = call(e, 'reserve', 64);
      call(e, 'release', released);
      for (const [name, ...numbers] of calls)
        for (const [i, argument] of numbers.entries()) {
          if (typeof argument === 'number') continue;
          const bad = [0, 1, 64, released, 0x7ffffff0, 0xfffffff0, argument.address + 0x1000000];
          if (argument.alignment > 1) bad.push(argument.address + 1, argument.address + 2);
          bad.push(argument.address === model ? workspace : model);
          for (const address of bad) {
            const spoiled = numbers.map((one, k) => (k === i ? address : plain(one)));
            // 0 stands for no targets, for a state that was not heard, for no validation data
            if (address === 0 && ((name === 'trace' && i === 4) || (name === 'contribution' && i === 3))) continue;
            if (name === 'fit_begin' && i >= 5) spoiled[7] = 6;
            assert.notEqual(call(e, name, ...spoiled), 0, `${name}, argument ${i} = ${address}`);
          }
        }
    });

    test('answers numbers that would lead past a block with a status', async () => {
      const e = await start(kind);
      const { calls } = stage(e);
      for (const [name, ...numbers] of calls) {
        if (!numbers.slice(1).some((one) => typeof one === 'number' && one >= 4 && Number.isInteger(one))) continue;
        for (const [i, argument] of numbers.entries()) {
          // counts, extents, capacities: whole numbers from 4 on, but a batch's or a task's size that is no extent
          if (typeof argument !== 'number' || argument < 4 || (name === 'task' && i === 1)) continue;
          if (['workspace_size', 'trace_size'].includes(name) || (name === 'fit_begin' && i >= 9)) continue;
          if (['snapshot', 'restore'].includes(name) && i < 2) continue;
          for (const number of [0xffffffff, 0x80000000, 0x40000000]) {
            const spoiled = numbers.map((one, k) => (k === i ? number : plain(one)));
            assert.notEqual(call(e, name, ...spoiled), 0, `${name}, argument ${i} = ${number}`);
          }
        }
      }
    });

    test('never traps, whatever it is called with', async () => {
      const e = await start(kind);
      const { calls } = stage(e);
      const addresses = calls.flatMap(([, ...numbers]) => numbers.filter((one) => typeof one !== 'number').map(plain));
      const nasty = [0, 1, 2, 3, 4, 5, 6, 16, 89, 4096, 1e6, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, -1, 0.5, Number.NaN, 1e300, ...addresses];
      const names = Object.keys(e).filter((name) => ![...TOOLCHAIN, 'reserve', 'release'].includes(name));
      let state = 12345;
      const random = (below: number): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const before = e.memory.buffer.byteLength;
      for (let i = 0; i < 20_000; i++) {
        const name = names[random(names.length)] as string;
        const numbers = Array.from({ length: (e[name] as unknown as { length: number }).length }, () => nasty[random(nasty.length)] as number);
        try {
          call(e, name, ...numbers);
        } catch (error) {
          assert.fail(`${name}(${numbers}): ${error}`);
        }
      }
      assert.equal(e.memory.buffer.byteLength, before, 'only reserve may grow memory');
    });

    test('stops a fit whose data were released', async () => {
      const e = await start(kind);
      const { fit, model, workspace, y } = stage(e);
      assert.equal(call(e, 'fit', fit, model, workspace, 1), 0);
      call(e, 'release', y);
      assert.equal(call(e, 'fit', fit, model, workspace, 1), 1);
    });
  });
