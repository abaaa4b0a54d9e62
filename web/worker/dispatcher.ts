/** One end of a line, where the engine is: hears requests, lets the latest of each lane win, answers. */

import type { Unrolled } from '../../wasm/js/types.ts';
import { filesMissing } from '../shared/shared-sentences.ts';
import type { Lab } from './lab-requests.ts';
import { type AnswerOf, END, type FromWorker, type Lane, PING, type RequestOf, type ToWorker } from './protocol.ts';
import { Runs } from './runs.ts';
import { tells, workBegins, workEnds } from './lock.ts';

/** A turn of the event loop, behind the messages that wait already; a timer would wait at least 4 ms. */
const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    turns.push(resolve);
    channel.port2.postMessage(null);
  });

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Did the engine fail to load its module for files? */
const isLoadError = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === 'LOAD';

/** Shorter work is finished though newer waits: else a finger that moves all the time would see nothing. */
const GIVE_UP = 250;

/** The engine's end of a line: a port. */
export interface Post {
  postMessage(message: FromWorker): void;
  addEventListener(kind: 'message', hear: (event: MessageEvent<ToWorker | typeof END | typeof PING>) => void): void;
}

/** What answers: those who share an engine share the lab's runs. */
export interface Answering {
  engine: Unrolled;
  /** Fetched when it is first asked for: the notebook's page does without. */
  lab: () => Promise<Lab>;
}

/** Requests that come before the engine stands wait for it. */
export function serve(post: Post, answering: Promise<Answering>): void {
  const served = answering.then(({ engine, lab }) => {
    post.postMessage({ kind: 'ready', simd: engine.simd });
    return new Served(post, new Runs(engine), lab);
  });
  served.catch((error: unknown) => post.postMessage({ kind: 'refused', message: textOf(error) }));
  post.addEventListener('message', ({ data }) => {
    if (data === PING) void tells().then((locks) => post.postMessage({ kind: 'pong', locks }));
    else
      served.then(
        (one) => (data === END ? one.end() : one.take(data)),
        () => undefined,
      );
  });
}

class Served {
  readonly #post: Post;
  readonly #runs: Runs;
  readonly #lab: () => Promise<Lab>;
  readonly #waiting = new Map<Lane, ToWorker>();
  readonly #busy = new Set<Lane>();
  #ended = false;
  /** The reader's data that are being read. Requests that come later may be about them, and wait. */
  #bringing: Promise<unknown> = Promise.resolve();

  constructor(post: Post, runs: Runs, lab: () => Promise<Lab>) {
    this.#post = post;
    this.#runs = runs;
    this.#lab = lab;
  }

  /** What is under way is given up, what it kept for this line given back. */
  end(): void {
    this.#ended = true;
    this.#waiting.clear();
    this.#giveBack();
  }

  #giveBack(): void {
    if (this.#ended && this.#busy.size === 0) this.#runs.dispose();
  }

  take(message: ToWorker): void {
    this.#waiting.set(message.lane, message);
    void this.#serve(message.lane);
  }

  async #serve(lane: Lane): Promise<void> {
    if (this.#busy.has(lane)) return;
    this.#busy.add(lane);
    workBegins();
    await turn(); /* messages that wait already are newer */
    for (let next = this.#waiting.get(lane); next; next = this.#waiting.get(lane)) {
      this.#waiting.delete(lane);
      await this.#work(next);
    }
    workEnds();
    this.#busy.delete(lane);
    this.#giveBack();
  }

  async #work({ lane, id, request }: ToWorker): Promise<void> {
    const [runs, lab] = [this.#runs, this.#lab];
    const say = (message: FromWorker): void => this.#post.postMessage(message);
    const from = performance.now();
    const pause = async (share: number): Promise<boolean> => {
      say({ kind: 'part', lane, id, share });
      await turn();
      if (this.#ended) return false;
      return !this.#waiting.has(lane) || performance.now() - from < GIVE_UP;
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
      cutting: async () => (await lab()).cutting(request as RequestOf<'cutting'>, pause),
      choosing: async () => (await lab()).cutting(request as RequestOf<'choosing'>, pause),
      vanishing: async () => (await lab()).vanishing(request as RequestOf<'vanishing'>),
      backward: async () => (await lab()).backward(request as RequestOf<'backward'>, pause),
      predict: async () => (await lab()).predict(request as RequestOf<'predict'>, pause),
      runB: async () => (await lab()).run(request as RequestOf<'run'>, pause),
      momentB: async () => (await lab()).moment(request as RequestOf<'moment'>, pause),
      exploded: async () => (await lab()).exploded(request as RequestOf<'exploded'>, pause),
      seeds: async () => (await lab()).seeds(request as RequestOf<'seeds'>, pause),
      quantiles: async () => (await lab()).quantiles(request as RequestOf<'quantiles'>),
      bring: () => {
        const answer = lab().then((one) => one.bring(request as RequestOf<'bring'>));
        this.#bringing = answer.catch(() => undefined);
        return answer;
      },
      look: async () => (await lab()).look(request as RequestOf<'look'>),
      csv: async () => (await lab()).csv(request as RequestOf<'csv'>),
      load: async () => (await lab()).load(request as RequestOf<'load'>),
      program: async () => (await lab()).program(request as RequestOf<'program'>, pause),
      weights: async () => (await lab()).weights(request as RequestOf<'weights'>, pause),
      sequences: async () => (await lab()).sequences(request as RequestOf<'sequences'>),
    };
    try {
      if (lane !== 'bring') await this.#bringing;
      const answer = await answers[lane]();
      if (answer) say({ kind: 'answer', lane, id, answer } as FromWorker);
    } catch (error) {
      say({ kind: 'failed', lane, id, message: isLoadError(error) ? filesMissing() : textOf(error) });
    }
  }
}
