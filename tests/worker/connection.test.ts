// A channel between page and worker must deliver the engine's answers in order, and stop when it ends.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, mock, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Unrolled } from '../../wasm/js/types.ts';
import { initialOf } from '../../web/state/fields.ts';
import { configOf, OWN_TASK } from '../../web/state/config.ts';
import { TABLE } from '../../web/state/state.ts';
import { Client } from '../../web/worker/client.ts';
import type { ConnectionCallbacks, Connection } from '../../web/worker/engines.ts';
import { Requests } from '../../web/worker/requests.ts';
import { END, type FromWorker, type ToWorker } from '../../web/worker/protocol.ts';
import type { ReplyPort } from '../../web/worker/dispatcher.ts';
import { filesMissing } from '../../web/shared/shared-sentences.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;

/* message channels would keep this program from ending */
const channels: MessageChannel[] = [];
globalThis.MessageChannel = class extends MessageChannel {
  constructor() {
    super();
    channels.push(this);
  }
};
const { serve } = await import('../../web/worker/dispatcher.ts');
after(() => {
  for (const { port1 } of channels) port1.close();
});

/** A channel whose messages go nowhere. */
const unconnected: Connection = {
  post: () => undefined,
  ping: () => undefined,
  works: () => Promise.resolve(undefined),
  restart: () => undefined,
  move: () => undefined,
  end: () => undefined,
};

test('a client that has ended sends no requests and restarts no engine', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const said: string[] = [];
    let callbacks: ConnectionCallbacks | undefined;
    const client = new Client(() => undefined, {
      connect: (given) => {
        callbacks = given;
        return {
          ...unconnected,
          post: ({ lane }) => said.push(lane),
          restart: () => said.push('restart'),
          end: () => said.push('end'),
        };
      },
    });
    const quantiles = (): void => client.ask('quantiles', { values: [1], at: [0.5] }, { answer: () => undefined });
    callbacks?.message({ kind: 'ready', simd: true });
    quantiles();
    quantiles();
    mock.timers.tick(1000);
    assert.deepEqual(said.splice(0), ['quantiles', 'quantiles', 'restart']);
    quantiles();
    client.end();
    quantiles();
    quantiles();
    callbacks?.message({ kind: 'ready', simd: true });
    callbacks?.renewed();
    mock.timers.tick(5000);
    assert.deepEqual(said, ['quantiles', 'end']);
  } finally {
    mock.timers.reset();
  }
});

/** Beats of the client that nobody answers. */
async function beats(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    mock.timers.tick(2000);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
}

/** A client of an engine that was ready and then stops answering. `works`: whether the engine is known to work. */
function silentEngine(works: boolean | undefined): {
  client: Client;
  said: string[];
  hear: (message: FromWorker) => void;
} {
  const said: string[] = [];
  let callbacks: ConnectionCallbacks | undefined;
  const restart = (): void => {
    said.push('restart');
    callbacks?.renewed();
    callbacks?.message({ kind: 'pong', locks: works !== undefined });
    callbacks?.message({ kind: 'ready', simd: true });
  };
  const client = new Client(() => undefined, {
    connect: (given) => {
      callbacks = given;
      return { ...unconnected, post: ({ lane }) => said.push(lane), works: () => Promise.resolve(works), restart };
    },
  });
  callbacks?.message({ kind: 'pong', locks: works !== undefined });
  callbacks?.message({ kind: 'ready', simd: true });
  const ask = (): void =>
    client.ask(
      'quantiles',
      { values: [1], at: [0.5] },
      { answer: () => said.push('answer'), failed: ({ message }) => said.push(message) },
    );
  ask();
  return { client, said, hear: (message) => callbacks?.message(message) };
}

test('an engine that is gone is restarted and gets the request again, at most three times', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { client, said } = silentEngine(false);
    await beats(20);
    assert.deepEqual(said.slice(0, 5), ['quantiles', 'restart', 'quantiles', 'restart', 'quantiles']);
    assert.match(said[5] as string, /stopped several times/);
    assert.deepEqual(said.slice(6), ['restart']);
    assert.equal(client.busy, false);
    client.end();
  } finally {
    mock.timers.reset();
  }
});

test('an engine known to work may be silent for three minutes, any other for half a minute', async () => {
  for (const [works, most] of [
    [true, 90],
    [undefined, 15],
  ] as const) {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const { client, said } = silentEngine(works);
      await beats(most - 1);
      assert.deepEqual(said, ['quantiles']);
      await beats(1);
      assert.deepEqual(said, ['quantiles', 'restart', 'quantiles']);
      client.end();
    } finally {
      mock.timers.reset();
    }
  }
});

test('silence is not counted while the tab is in the background', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  Object.assign(globalThis, { document: { hidden: true } });
  try {
    const { client, said } = silentEngine(false);
    await beats(200);
    assert.deepEqual(said, ['quantiles']);
    client.end();
  } finally {
    Reflect.deleteProperty(globalThis, 'document');
    mock.timers.reset();
  }
});

type Told = Extract<FromWorker, { kind: 'answer' | 'failed' }>;

/** A channel to an engine, with functions to send a message and to read all answers. */
function lineTo(engine: Unrolled): {
  say: (data: ToWorker) => void;
  told: Told[];
  until: (count: number) => Promise<void>;
} {
  let hear: (event: MessageEvent<ToWorker>) => void = () => undefined;
  const told: Told[] = [];
  const post: ReplyPort = {
    postMessage: (message) => {
      if (message.kind === 'answer' || message.kind === 'failed') told.push(message);
    },
    addEventListener: (_, given) => {
      hear = given;
    },
  };
  serve(post, Promise.resolve(new Requests(engine)));
  const until = async (count: number): Promise<void> => {
    while (told.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { say: (data) => hear({ data } as MessageEvent<ToWorker>), told, until };
}

const OWN = { text: `y,x1,x2\n${'0,0.5,0.25\n1,0.75,0.5\n'.repeat(10)}` };

test('requests about data that are being read wait for them', async () => {
  const { own } = await new Requests(await load()).bring(OWN);
  const { say, told, until } = lineTo(await load());
  say({ lane: 'bring', run: '', id: 1, request: OWN });
  const config = { ...configOf({ ...initialOf(TABLE), task: OWN_TASK, own, samples: 20, steps: 2, epochs: 1 }) };
  say({ lane: 'run', run: '', id: 2, request: { ...config, within: Number.POSITIVE_INFINITY } });
  say({ lane: 'csv', run: '', id: 3, request: config });
  await until(3);
  assert.deepEqual(
    told.map(({ kind, lane }) => [kind, lane]).sort(),
    [
      ['answer', 'bring'],
      ['answer', 'csv'],
      ['answer', 'run'],
    ],
    JSON.stringify(told),
  );
});

test('if the module for files does not load, the reader is asked to reload, and everything else works', async () => {
  const bytes = readFileSync(join(root, process.env.BUILD ?? 'build', 'js/unrolled.simd.wasm'));
  const { say, told, until } = lineTo(await load({ bytes }));
  say({ lane: 'bring', run: '', id: 1, request: OWN });
  say({ lane: 'quantiles', run: '', id: 2, request: { values: [1, 3], at: [0.5] } });
  await until(2);
  const [failed, answered] = told;
  assert.deepEqual(failed, {
    kind: 'failed',
    lane: 'bring',
    run: '',
    id: 1,
    failure: { code: 'LOAD', operation: 'readCsv', message: filesMissing() },
  });
  assert.match(filesMissing(), /^Files cannot be read or written here: .*Please reload this page$/);
  assert.deepEqual(answered, { kind: 'answer', lane: 'quantiles', run: '', id: 2, answer: { quantiles: [2] } });
});

test('a channel that ends cancels its requests', async () => {
  let hear: (event: MessageEvent<ToWorker | typeof END>) => void = () => undefined;
  const waiting: { kind: string; hear: () => void }[] = [];
  const told: string[] = [];
  const post: ReplyPort = {
    postMessage: (message: FromWorker) => {
      told.push(message.kind);
      for (const one of waiting.splice(0))
        if (one.kind === message.kind) one.hear();
        else waiting.push(one);
    },
    addEventListener: (_, given) => {
      hear = given;
    },
  };
  const say = (data: ToWorker | typeof END): void => hear({ data } as MessageEvent<ToWorker | typeof END>);
  const until = (kind: string): Promise<void> => new Promise((resolve) => waiting.push({ kind, hear: resolve }));
  serve(post, Promise.resolve(new Requests(await load())));
  await until('ready');
  /* a long run: it reports once that it continues, and stops at the next slice */
  say({
    lane: 'run',
    run: '',
    id: 2,
    request: {
      ...configOf({ ...initialOf(TABLE), units: 128, steps: 100, samples: 2000, epochs: 1000 }),
      within: Number.POSITIVE_INFINITY,
    },
  });
  await until('part');
  say(END);
  /* long enough for a run that continues to report so, since each slice is a turn of the event loop */
  const before = told.length;
  for (let turns = 0; turns < 500; turns++) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(told.slice(before), []);
});
