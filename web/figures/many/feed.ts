/** Trains the same run from 100 seeds in a pool of workers, to show how much of a result is luck. */

import type { App } from '../../app/app.ts';
import { measureName } from '../../app/run-series.ts';
import { listenTo } from '../../app/listen-to.ts';
import { extent } from '../../charts/range.ts';
import { formatNumber } from '../../shared/format.ts';
import { plural, translate } from '../../shared/translate.ts';
import { sameFields } from '../../state/fields.ts';
import { configOf, hasNew, RUN } from '../../state/config.ts';
import type { Config, State } from '../../state/state.ts';
import { Pool } from '../../worker/pool.ts';
import type { SeedRun } from '../../worker/protocol.ts';
import './element.ts';
import type { RnnMany } from './element.ts';

const RUNS = 100;
/** The number of seeds that a worker takes at a time. */
const PART = 5;
/** The settings that the runs depend on: all except the seed. */
const FOLLOWS = RUN.filter((name) => name !== 'seed') as readonly (keyof Config)[];

export const feed = (app: App, figure: RnnMany): void => {
  new Many(app, figure);
};

class Many {
  readonly #app: App;
  readonly #figure: RnnMany;
  readonly #pool: Pool;
  #running = false;
  /** The settings of the shown runs, or of those being trained. */
  #config: Config | undefined;

  constructor(app: App, figure: RnnMany) {
    const { outdated, parts, store } = app;
    this.#app = app;
    this.#figure = figure;
    this.#pool = new Pool(app.connect);
    for (const element of this.#outdatedParts()) outdated.watch(element, FOLLOWS);
    app.run('').data.listen(() => undefined);
    store.listen((state, before) => this.#changed(state, before));
    store.listenToDrags({ end: () => this.#again() });
    app.listenToEnd(() => this.#pool.end());
    /* The buttons set the state. If the state is set already, the runs are trained again. */
    parts.on('many-run', 'click', () => {
      if (store.state.many && !this.#running) void this.#run();
    });
    listenTo(figure, 'rnn-pick', ({ run }) => store.change({ run }));
    listenTo(figure, 'rnn-seed', ({ seed }) => store.change({ seed }));
    this.#showState();
    if (store.state.many) void this.#run();
  }

  /** The figure and the sentence above it, which both may be outdated. */
  #outdatedParts(): HTMLElement[] {
    return [this.#figure, ...this.#app.parts.all('#many-state')];
  }

  #showState(): void {
    const { seed, run } = this.#app.store.state;
    const many = this.#figure;
    many.chosen = seed;
    many.run = run < 0 ? undefined : run;
  }

  #changed(state: State, before: State): void {
    this.#showState();
    const moved = !sameFields(state, before, FOLLOWS);
    if (!state.many && (before.many || moved)) this.#clear(before.many && !moved);
    else if (state.many && (moved || !before.many) && !this.#app.store.moving) this.#again();
  }

  /** Trains the runs again unless they are up to date. */
  #again(): void {
    const { state } = this.#app.store;
    if (state.many && !(this.#config && sameFields(this.#config, configOf(state), FOLLOWS))) void this.#run();
  }

  #clear(cancelled: boolean): void {
    this.#pool.cancel();
    this.#config = undefined;
    this.#working(undefined);
    const many = this.#figure;
    many.runs = [];
    many.caption = '';
    for (const element of this.#outdatedParts()) this.#app.outdated.drawn(element, undefined);
    this.#app.parts.setText('many-state', cancelled ? translate('Cancelled.') : '');
  }

  /** Shows the number of finished runs, or nothing if no run is training. It is drawn, not announced. */
  #working(done: number | undefined): void {
    this.#running = done !== undefined;
    this.#app.parts.show('many-stop', done !== undefined);
    const progress = this.#app.parts.byId<HTMLProgressElement>('many-progress');
    if (!progress) return;
    progress.hidden = done === undefined;
    progress.value = done ?? 0;
  }

  async #run(): Promise<void> {
    const config = configOf(this.#app.store.state);
    this.#config = config;
    const seeds = Array.from({ length: RUNS }, (_, seed) => seed);
    const brought = this.#app.ownData();
    const parts = Array.from({ length: RUNS / PART }, (_, i) => ({
      ...config,
      seeds: seeds.slice(i * PART, (i + 1) * PART),
      ...(brought && { brought }),
    }));
    const runs: SeedRun[] = [];
    this.#working(0);
    this.#app.outdated.busy(this.#figure, true);
    this.#app.parts.setText('many-state', '');
    const from = performance.now();
    try {
      const whole = await this.#pool.each(parts, (answer) => {
        runs.push(...answer.runs);
        this.#working(runs.length);
      });
      if (!whole) return;
      this.#show(runs, performance.now() - from);
    } catch (error) {
      if (this.#config !== config) return;
      this.#config = undefined;
      this.#app.outdated.busy(this.#figure, false);
      this.#app.parts.setText('many-state', (error as Error).message);
    }
    this.#working(undefined);
  }

  #show(unsorted: readonly SeedRun[], milliseconds: number): void {
    const runs = [...unsorted].sort((a, b) => a.seed - b.seed);
    const many = this.#figure;
    const info = this.#app.run('').data.sequences?.task;
    const accuracy = info?.loss !== 'mean_squared_error';
    many.quantity = accuracy ? translate('accuracy') : measureName('mean_absolute_error', info);
    many.range = accuracy
      ? [0, 1]
      : (extent(runs.map(({ values, final }) => [...values, final ?? Number.NaN])) ?? [0, 1]);
    many.epochs = this.#config?.epochs ?? this.#app.store.state.epochs;
    many.lines = accuracy && info ? [{ value: info.chance, label: translate('guessing') }] : [];
    many.chanceBand = this.#app.run('').data.sequences?.chance;
    many.runs = runs;
    for (const element of this.#outdatedParts())
      this.#app.outdated.drawn(element, this.#config && { ...this.#app.store.state, ...this.#config });
    const finals = runs.flatMap(({ final }) => (final === undefined ? [] : [final]));
    const lost = runs.length - finals.length;
    const seconds = (milliseconds / 1000).toFixed(1);
    this.#app.parts.setText(
      'many-state',
      plural(runs.length, {
        one: translate(`${runs.length} run in ${seconds} s`),
        other: translate(`${runs.length} runs in ${seconds} s`),
      }),
    );
    if (finals.length === 0) {
      many.caption = plural(lost, { other: translate(`All ${lost} runs diverged.`) });
      return;
    }
    this.#app.client.ask(
      'quantiles',
      { values: finals, at: [0.05, 0.5, 0.95] },
      {
        answer: ({ quantiles: [low, median, high] }) => {
          if (many.runs !== runs) return; /* the runs were dropped or replaced meanwhile */
          const text = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 3);
          const [half, least, most] = [text(median), text(low), text(high)];
          many.caption = [
            !this.#config || hasNew(this.#config.task)
              ? translate(`On new data: median ${half}, nine in ten between ${least} and ${most}.`)
              : this.#config.split > 0
                ? translate(`On the sequences held back: median ${half}, nine in ten between ${least} and ${most}.`)
                : translate(
                    `On the data they were trained on: median ${half}, nine in ten between ${least} and ${most}.`,
                  ),
            lost > 0
              ? plural(lost, { one: translate(`${lost} run diverged.`), other: translate(`${lost} runs diverged.`) })
              : '',
          ]
            .filter(Boolean)
            .join(' ');
        },
      },
    );
  }
}
