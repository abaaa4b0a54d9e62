/** The same run from 100 seeds, in a pool of workers: is it luck? */

import { extent } from '../../charts/range.ts';
import { formatNumber } from '../../shared/format.ts';
import { sameFields } from '../../state/fields.ts';
import { configOf, type LabState, OWN_TASK, RUN } from '../../state/lab-state.ts';
import type { Client } from '../../worker/client.ts';
import type { Pool } from '../../worker/pool.ts';
import type { LabConfig, SeedRun } from '../../worker/protocol.ts';
import type { ImportData } from '../../features/import-data.ts';
import type { Data } from '../../app/task-data.ts';
import type { LabOutdated, LabStore, PageParts } from '../../app/lab-parts.ts';
import type { DragGesture } from '../../app/drag-gesture.ts';
import { translate } from '../../shared/translate.ts';

const RUNS = 100;
/** Seeds that one worker takes at a time. */
const PART = 5;
/** Everything but the seed. */
const FOLLOWS = RUN.filter((name) => name !== 'seed') as readonly (keyof LabConfig)[];

export class Many {
  readonly #places: PageParts;
  readonly #store: LabStore;
  readonly #client: Client;
  readonly #data: Data;
  readonly #pool: Pool;
  readonly #gesture: DragGesture;
  readonly #importData: ImportData;
  readonly #outdated: LabOutdated;
  /** What the runs are of, or are being made of. */
  #of: LabConfig | undefined;

  constructor(
    places: PageParts,
    store: LabStore,
    client: Client,
    data: Data,
    gesture: DragGesture,
    importData: ImportData,
    pool: Pool,
    outdated: LabOutdated,
  ) {
    this.#places = places;
    this.#pool = pool;
    this.#gesture = gesture;
    this.#importData = importData;
    this.#outdated = outdated;
    outdated.watch(['many', 'many-state'], FOLLOWS);
    this.#store = store;
    this.#client = client;
    this.#data = data;
    store.listen((state, before) => this.#changed(state, before));
    gesture.listen({ released: () => this.#again() });
    this.#places.byId('many-run').addEventListener('click', () => {
      if (store.state.many) void this.#run();
      else store.change({ many: true });
    });
    this.#places.byId('many-stop').addEventListener('click', () => store.change({ many: false }));
    this.#places.byId('many').addEventListener('rnn-pick', ({ detail: { run } }) => store.change({ run }));
    this.#places.byId('many').addEventListener('rnn-seed', ({ detail: { seed } }) => store.change({ seed }));
  }

  start(): void {
    this.#showState();
    if (this.#store.state.many) void this.#run();
  }

  #showState(): void {
    const { seed, run } = this.#store.state;
    const many = this.#places.byId('many');
    many.chosen = seed;
    many.run = run < 0 ? undefined : run;
  }

  #changed(state: LabState, before: LabState): void {
    this.#showState();
    const moved = !sameFields(state, before, FOLLOWS);
    if (!state.many && (before.many || moved)) this.#clear(before.many && !moved);
    else if (state.many && (moved || !before.many) && !this.#gesture.moving) this.#again();
  }

  /** Unless the runs are those already. */
  #again(): void {
    const { state } = this.#store;
    if (state.many && !(this.#of && sameFields(this.#of, configOf(state), FOLLOWS))) void this.#run();
  }

  #clear(cancelled: boolean): void {
    this.#pool.cancel();
    this.#of = undefined;
    this.#working(undefined);
    const many = this.#places.byId('many');
    many.runs = [];
    many.caption = '';
    this.#outdated.drawn(['many', 'many-state'], undefined);
    this.#places.setText('many-state', cancelled ? translate('Cancelled.') : '');
  }

  /** How many runs there are; undefined: none is being made. Drawn, not spoken. */
  #working(done: number | undefined): void {
    this.#places.byId('many-stop').hidden = done === undefined;
    const progress = this.#places.byId('many-progress');
    progress.hidden = done === undefined;
    progress.value = done ?? 0;
  }

  async #run(): Promise<void> {
    const config = configOf(this.#store.state);
    this.#of = config;
    const seeds = Array.from({ length: RUNS }, (_, seed) => seed);
    const { brought } = this.#importData;
    const parts = Array.from({ length: RUNS / PART }, (_, i) => ({
      ...config,
      seeds: seeds.slice(i * PART, (i + 1) * PART),
      ...(brought && { brought }),
    }));
    const runs: SeedRun[] = [];
    this.#working(0);
    this.#outdated.busy(['many'], true);
    this.#places.setText('many-state', '');
    this.#outdated.drawn(['many-state'], undefined);
    const from = performance.now();
    try {
      const whole = await this.#pool.each(parts, (answer) => {
        runs.push(...answer.runs);
        this.#working(runs.length);
      });
      if (!whole) return;
      this.#show(runs, performance.now() - from);
    } catch (error) {
      if (this.#of !== config) return;
      this.#of = undefined;
      this.#outdated.busy(['many'], false);
      this.#places.setText('many-state', (error as Error).message);
      this.#outdated.drawn(['many-state'], undefined);
    }
    this.#working(undefined);
  }

  #show(unsorted: readonly SeedRun[], milliseconds: number): void {
    const runs = [...unsorted].sort((a, b) => a.seed - b.seed);
    const many = this.#places.byId('many');
    const info = this.#data.sequences?.task;
    const accuracy = info?.loss !== 'mean_squared_error';
    many.quantity = accuracy ? translate('accuracy') : translate('mean absolute error');
    many.range = accuracy
      ? [0, 1]
      : (extent(runs.map(({ values, final }) => [...values, final ?? Number.NaN])) ?? [0, 1]);
    many.epochs = this.#of?.epochs ?? this.#store.state.epochs;
    many.lines = accuracy && info ? [{ value: info.chance, label: translate('guessing') }] : [];
    many.chanceBand = this.#data.sequences?.chance;
    many.runs = runs;
    this.#outdated.drawn(['many', 'many-state'], this.#of && { ...this.#store.state, ...this.#of });
    const finals = runs.flatMap(({ final }) => (final === undefined ? [] : [final]));
    const lost = runs.length - finals.length;
    this.#places.setText('many-state', translate(`${runs.length} runs in ${(milliseconds / 1000).toFixed(1)} s`));
    if (finals.length === 0) {
      many.caption = translate(`All ${lost} runs diverged.`);
      return;
    }
    this.#client.ask(
      'quantiles',
      { values: finals, at: [0.05, 0.5, 0.95] },
      {
        answer: ({ quantiles: [low, median, high] }) => {
          if (many.runs !== runs) return; /* they were dropped, or are others */
          const text = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 3);
          const on =
            this.#of?.task !== OWN_TASK
              ? translate('fresh data')
              : this.#of.split > 0
                ? translate('the sequences held back')
                : translate('the data they were trained on');
          many.caption = translate(
            `On ${on}: median ${text(median)}, nine in ten between ${text(low)} and ${text(high)}.${lost ? translate(` ${lost} runs diverged.`) : ''}`,
          );
        },
      },
    );
  }
}
