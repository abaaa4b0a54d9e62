/** Slow training: the notebook's run, as it stands after so many updates. Where it stands is part of the state. */

import { formatNumber } from '../shared/format.ts';
import { batches } from '../state/fields.ts';
import { RUN, type State } from '../state/notebook-state.ts';
import type { Client } from '../worker/client.ts';
import type { AnswerOf, Takes } from '../worker/protocol.ts';
import type { TrainingAction } from '../controls/rnn-training.ts';
import { configOf, sameConfig } from './caption.ts';
import { QUANTITIES, series, stopOf, stopped } from './notebook-curves.ts';
import type { NotebookOutdated, NotebookStore, PageParts } from './notebook-parts.ts';
import { recentLines } from './printed-output.ts';
import { divergence } from '../shared/shared-sentences.ts';
import { LongWork } from '../app/long-work.ts';
import { translate } from '../shared/translate.ts';

type Slow = Exclude<AnswerOf<'slow'>, Takes>;

/** What is drawn and printed of it. */
const DRAWN = ['slow-accuracy', 'slow-loss', 'slow-log'] as const;

/** Shown from the beginning, so that the axes stand still while the curves grow; values beyond them widen them. */
const RANGES = { accuracy: [0.4, 0.8], loss: [0.6, 0.75] } as const;

export class SlowTraining {
  readonly #places: PageParts;
  readonly #store: NotebookStore;
  readonly #client: Client;
  readonly #outdated: NotebookOutdated;
  #running = false;
  /** Of the frame before, and parts of an update that it left over. */
  #at = 0;
  #owed = 0;
  #answer: Slow | undefined;
  /** The settings that the answer is of. */
  #of: State | undefined;
  /** The engine has answered: with the training, or with the time that it takes. */
  #heard = false;
  /** Why it cannot be had. */
  #wrong = '';
  readonly #long: LongWork;

  constructor(places: PageParts, store: NotebookStore, client: Client, outdated: NotebookOutdated) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#outdated = outdated;
    outdated.watch(DRAWN, [...RUN, 'task']);
    store.listen((state, before) => this.#changed(state, before));
    this.#long = new LongWork([places.byId('training')], {
      name: translate('Training to this update'),
      meanwhile: () => '',
      key: () => JSON.stringify([configOf(this.#store.state), this.#store.state.task]),
      ask: (within) => this.#ask(within),
    });
    const controls = this.#places.byId('training');
    controls.addEventListener('rnn-training', (event) => this.#act(event.detail.action));
    controls.addEventListener('rnn-speed', (event) => {
      store.change({ speed: String(event.detail.speed) as State['speed'] });
    });
  }

  start(): void {
    this.#ask();
  }

  pause(): void {
    this.#run(false);
  }

  #changed(state: State, before: State): void {
    const same = sameConfig(configOf(state), configOf(before)) && state.task === before.task;
    if (!same) this.#run(false);
    if (!same || state.updates !== before.updates) this.#ask();
    else if (state.speed !== before.speed) this.#show();
  }

  #act(action: TrainingAction): void {
    if (!this.#heard) return; /* no engine yet */
    const state = this.#store.state;
    const each = batches(state);
    if (action === 'toggle') {
      this.#run(!this.#running);
      return;
    }
    this.#run(false);
    const to = {
      batch: state.updates + 1,
      epoch: (Math.floor(state.updates / each) + 1) * each,
      back: Math.max(0, state.updates - 1),
      'back-epoch': state.updates,
      reset: 0,
      end: state.updates,
    }[action];
    this.#store.change({ updates: to });
  }

  #run(running: boolean): void {
    if (running === this.#running) return;
    this.#running = running;
    this.#at = performance.now();
    this.#owed = 0;
    if (running) requestAnimationFrame(this.#tick);
    this.#show();
  }

  #tick = (now: number): void => {
    if (!this.#running) return;
    this.#owed += (Math.max(0, now - this.#at) / 1000) * Number(this.#store.state.speed);
    this.#at = now;
    const due = Math.floor(this.#owed);
    this.#owed -= due;
    const { updates, epochs } = this.#store.state;
    const whole = epochs * batches(this.#store.state);
    if (due > 0) this.#store.change({ updates: Math.min(whole, updates + due) });
    if (this.#store.state.updates >= whole || this.#answer?.history.diverged) this.#run(false);
    else requestAnimationFrame(this.#tick);
  };

  #ask(within = this.#long.within): void {
    const state = this.#store.state;
    this.#outdated.busy(DRAWN, true);
    this.#long.asked();
    this.#client.ask(
      'slow',
      { ...configOf(state), task: state.task, updates: state.updates, within },
      {
        answer: (answer) => {
          this.#heard = true;
          this.#wrong = '';
          if ('offer' in answer) {
            this.#run(false);
            this.#outdated.busy(DRAWN, false);
            this.#long.offer(answer.offer);
            return;
          }
          this.#long.done();
          this.#answer = answer;
          this.#of = state;
          const failed = answer.progress.updates + 1; /* the update whose loss was not finite: nothing lies beyond */
          if (answer.history.diverged && this.#store.state.updates > failed) this.#store.change({ updates: failed });
          this.#show();
        },
        part: (share) => this.#long.part(share),
        failed: (message) => {
          this.#long.done();
          this.#wrong = message;
          this.#run(false);
          this.#outdated.busy(DRAWN, false);
          this.#places.byId('training').state = message;
        },
      },
    );
  }

  #show(): void {
    const state = this.#store.state;
    const controls = this.#places.byId('training');
    controls.whole = state.epochs * batches(state);
    controls.updates = state.updates;
    controls.running = this.#running;
    controls.speed = Number(state.speed);
    if (!this.#answer || !this.#of) return;
    /* an answer is drawn with the settings that it is of: the page may have others by now */
    const { history } = this.#answer;
    const { epochs } = this.#of;
    const each = batches(this.#of);
    this.#outdated.drawn(DRAWN, this.#of);
    this.#places.setText('slow-log', recentLines(this.#answer, epochs, each));
    controls.stopped = history.diverged !== undefined;
    controls.state = this.#wrong || words(this.#answer, epochs, each);
    for (const quantity of ['accuracy', 'loss'] as const) {
      const chart = this.#places.byId(`slow-${quantity}`);
      chart.quantity = QUANTITIES[quantity];
      chart.epochs = stopped(this.#answer, each) || epochs * each;
      chart.step = translate('update');
      chart.log = quantity === 'loss' && history.diverged !== undefined;
      chart.moving = this.#running;
      chart.yRange = RANGES[quantity];
      chart.series = series(this.#answer, quantity, each);
      chart.diverged = stopOf(this.#answer, each);
      if (quantity === 'accuracy') chart.lines = [{ value: 0.5, label: '½' }];
    }
  }
}

function words({ progress, history }: Slow, epochs: number, each: number): string {
  if (history.diverged) return divergence(history.diverged, each);
  if (progress.updates === 0) return translate('Before the first update.');
  const place = progress.done
    ? translate(`All ${epochs} epochs are done.`)
    : progress.batch === 0
      ? translate(`${progress.epoch} of ${epochs} epochs done.`)
      : translate(`Epoch ${progress.epoch + 1} of ${epochs}, batch ${progress.batch} of ${progress.batches} done.`);
  const running = progress.batch > 0;
  const loss = running ? progress.loss : history.loss.at(-1);
  const accuracy = running ? progress.accuracy : history.accuracy.at(-1);
  const of = running ? translate('this epoch so far') : translate('the last epoch');
  return translate(
    `${place} ${progress.updates} ${progress.updates === 1 ? translate('update') : translate('updates')}. In ${of}: loss ${formatNumber(loss ?? Number.NaN, 4)}, accuracy ${formatNumber(accuracy ?? Number.NaN, 4)}.`,
  );
}
