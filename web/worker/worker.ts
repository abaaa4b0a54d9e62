/** The worker: hears requests, lets the latest of each lane win, answers. */

import { load } from '../../wasm/js/unrolled.ts';
import { type AnswerOf, type FromWorker, type Lane, LEAN, type RequestOf, type ToWorker } from './protocol.ts';
import type { Lab } from './lab.ts';
import { Runs } from './runs.ts';

const say = (message: FromWorker): void => postMessage(message);

/** A turn of the event loop, behind the messages that wait already; a timer would wait at least 4 ms. */
const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    turns.push(resolve);
    channel.port2.postMessage(null);
  });

const waiting = new Map<Lane, ToWorker>();
const busy = new Set<Lane>();

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Shorter work is finished though newer waits: else a finger that moves all the time would see nothing. */
const GIVE_UP = 250;

interface Workers {
  runs: Runs;
  /** Fetched when it is first asked for: the notebook's page does without. */
  lab: () => Promise<Lab>;
}

async function work({ runs, lab }: Workers, { lane, id, request }: ToWorker): Promise<void> {
  const from = performance.now();
  const pause = async (share: number): Promise<boolean> => {
    say({ kind: 'part', lane, id, share });
    await turn();
    return !waiting.has(lane) || performance.now() - from < GIVE_UP;
  };
  const answers: { [L in Lane]: () => Promise<AnswerOf<L> | undefined> | AnswerOf<L> } = {
    train: () => runs.train(request as RequestOf<'train'>, pause),
    band: () => runs.band(request as RequestOf<'band'>, pause),
    data: () => runs.data(request as RequestOf<'data'>),
    summary: () => runs.summary(request as RequestOf<'summary'>),
    network: () => runs.network(request as RequestOf<'network'>, pause),
    slow: () => runs.slow(request as RequestOf<'slow'>, pause),
    run: async () => (await lab()).run(request as RequestOf<'run'>, pause),
    moment: async () => (await lab()).moment(request as RequestOf<'moment'>, pause),
    arithmetic: async () => (await lab()).arithmetic(request as RequestOf<'arithmetic'>, pause),
    backward: async () => (await lab()).backward(request as RequestOf<'backward'>, pause),
    predict: async () => (await lab()).predict(request as RequestOf<'predict'>, pause),
    runB: async () => (await lab()).run(request as RequestOf<'run'>, pause),
    momentB: async () => (await lab()).moment(request as RequestOf<'moment'>, pause),
    exploded: async () => (await lab()).exploded(request as RequestOf<'exploded'>, pause),
    seeds: async () => (await lab()).seeds(request as RequestOf<'seeds'>, pause),
    quantiles: async () => (await lab()).quantiles(request as RequestOf<'quantiles'>),
    bring: async () => (await lab()).bring(request as RequestOf<'bring'>),
    csv: async () => (await lab()).csv(request as RequestOf<'csv'>),
    weights: async () => (await lab()).weights(request as RequestOf<'weights'>, pause),
    sequences: async () => (await lab()).sequences(request as RequestOf<'sequences'>),
  };
  try {
    const answer = await answers[lane]();
    if (answer) say({ kind: 'answer', lane, id, answer } as FromWorker);
  } catch (error) {
    say({ kind: 'failed', lane, id, message: textOf(error) });
  }
}

async function serve(workers: Workers, lane: Lane): Promise<void> {
  if (busy.has(lane)) return;
  busy.add(lane);
  await turn(); /* messages that wait already are newer */
  for (let next = waiting.get(lane); next; next = waiting.get(lane)) {
    waiting.delete(lane);
    await work(workers, next);
  }
  busy.delete(lane);
}

/** Requests that come before the engine stands wait for it. */
const engine = load({ lean: self.name === LEAN }).then((unrolled) => {
  say({ kind: 'ready', simd: unrolled.simd });
  let lab: Promise<Lab> | undefined;
  const begin = async (): Promise<Lab> => new (await import('./lab.ts')).Lab(unrolled);
  return {
    runs: new Runs(unrolled),
    lab: () => {
      lab ??= begin();
      return lab;
    },
  };
});
engine.catch((error: unknown) => say({ kind: 'refused', message: textOf(error) }));

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  waiting.set(event.data.lane, event.data);
  engine.then(
    (workers) => serve(workers, event.data.lane),
    () => undefined,
  );
});
