/** The notebook's cells and the pair of curves above them: one state in, all outputs out. */

import { formatNumber } from '../shared/format.ts';
import { batches } from '../state/fields.ts';
import { type FieldName, RUN, type State } from '../state/notebook-state.ts';
import type { Client } from '../worker/client.ts';
import type { AnswerOf, Bands, Config, Run, TaskName } from '../worker/protocol.ts';
import { caption, configOf, sameConfig } from './caption.ts';
import { axis, references, show, side, stopped } from './notebook-curves.ts';
import { evaluationLines, progressLines } from './printed-output.ts';
import { divergence, withGhost } from '../shared/shared-sentences.ts';
import { CELLS, type NotebookOutdated, type NotebookStore, type PageParts } from './notebook-parts.ts';
import { LongWork } from '../app/long-work.ts';
import { translate } from '../shared/translate.ts';
import { SightObserver } from '../shared/observers.ts';

type Trained = Partial<Record<TaskName, Run>>;
type Data = AnswerOf<'data'>;

/** What the page asks the engine for, each with a message of its own. */
type Speaker = 'data' | 'summary' | 'run' | 'band';

const SEEDS = 20;
/** When the browser has compiled the module at full speed, in milliseconds after the start. */
const WARM = 700;

/** Which cells print something else when a field changes. */
const TOUCHES: Partial<Record<FieldName, readonly string[]>> = {
  samples: ['data', 'scatter'],
  steps: ['data', 'scatter', 'model'],
  data: ['data', 'scatter'],
  task: ['scatter'],
  units: ['model'],
  point: ['scatter'],
};
/** What the data and the summary follow from; what is drawn of the run on the labels that are chosen. */
const DATA = ['samples', 'steps', 'data'] as const;
const SUMMARY = ['units', 'steps', 'activation'] as const;
const OF_TASK = ['accuracy', 'loss', 'log', 'evaluation'] as const;
const RUN_CELLS = ['fit', 'evaluate', 'curves'] as const;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

export class Notebook {
  readonly #places: PageParts;
  readonly #store: NotebookStore;
  readonly #client: Client;
  readonly #outdated: NotebookOutdated;
  #data: Data | undefined;
  /** The settings that the data are of. */
  #dataOf: Pick<State, (typeof DATA)[number]> | undefined;
  #shown: { config: Config; runs: Trained } | undefined;
  #ghost: { config: Config; runs: Trained } | undefined;
  #bands: { key: string; bands: Bands; told: string } | undefined;
  /** Cells that the reader ran: their marks stay until a handle moves. */
  readonly #ran = new Set<string>();
  /** A handle is held: the ghost stays the run before it was taken. */
  #moving = false;
  /** Whether the pair of curves is on the screen: what nobody sees is not trained while a handle moves. */
  #compared = true;
  /** The change under way comes from a handle; others come from the address. */
  #held = false;
  #frame = 0;
  readonly #long: LongWork;
  readonly #longBand: LongWork;

  constructor(places: PageParts, store: NotebookStore, client: Client, outdated: NotebookOutdated) {
    this.#places = places;
    this.#store = store;
    this.#client = client;
    this.#outdated = outdated;
    outdated.watch(['compare'], RUN);
    outdated.watch(OF_TASK, [...RUN, 'task']);
    outdated.watch(['shapes'], DATA);
    outdated.watch(['scatter'], [...DATA, 'task', 'point']);
    outdated.watch(['summary'], SUMMARY);
    store.listen((state, before) => this.#changed(state, before));
    this.#long = new LongWork(
      [
        places.byId('compare'),
        ...RUN_CELLS.map((name) => places.cell(name).querySelector('.cell-output')?.firstElementChild as Element),
      ],
      {
        name: translate('This run'),
        meanwhile: () => (this.#shown ? '' : translate('Its results come when it is trained.')),
        key: () => JSON.stringify(configOf(this.#store.state)),
        ask: (within) => this.#askRun(within),
      },
    );
    this.#longBand = new LongWork([places.byId('band-state').parentElement as Element], {
      name: translate(`The band of ${SEEDS} seeds`),
      meanwhile: () => '',
      key: () => this.#bandKey(),
      ask: (within) => this.#askBands(within),
    });
    new SightObserver((entries) => {
      this.#compared = entries.some((entry) => entry.isIntersecting);
      if (this.#compared && this.#shown && !(this.#shown.runs.random && this.#shown.runs.first)) this.#askRun();
    }).observe(this.#places.byId('compare'));
  }

  start(): void {
    this.#askData();
    this.#askSummary();
    this.#askRun();
    if (this.#store.state.band) this.#askBands();
    /* the first run also waited for the browser to compile the module: its time is told once it runs as it will */
    setTimeout(() => {
      if (this.#shown && !this.#ghost && sameConfig(this.#shown.config, configOf(this.#store.state))) this.#askRun();
    }, WARM);
  }

  /** A handle moves: `final` when it is let go. */
  move(change: Partial<State>, final: boolean): void {
    if (!this.#moving) {
      this.#ghost = this.#shown;
      this.#ran.clear();
      for (const name of CELLS) this.#places.cell(name).changed = false;
    }
    this.#moving = !final;
    this.#held = true;
    /* new first weights: one run alone would be noise */
    this.#store.change('units' in change || 'activation' in change ? { ...change, band: true } : change);
    this.#held = false;
    this.#charts((chart) => {
      chart.moving = this.#moving;
    });
    if (final) this.#settled();
  }

  /** Run one cell: what it prints is made again, and the mark says so. */
  run(name: string): void {
    this.#places.cell(name).ran();
    this.#ran.add(name);
    if (name === 'data' || name === 'scatter') this.#askData();
    else if (name === 'model' || name === 'compile') this.#askSummary();
    else this.#long.choose();
  }

  #changed(state: State, before: State): void {
    const touched = (Object.keys(state) as FieldName[]).filter((name) => state[name] !== before[name]);
    for (const name of touched)
      for (const touchedCell of TOUCHES[name] ?? []) this.#places.cell(touchedCell).changed = true;
    const is = (...names: FieldName[]): boolean => names.some((name) => touched.includes(name));
    if (is(...DATA)) this.#askData();
    if (is(...SUMMARY)) this.#askSummary();
    const same = sameConfig(configOf(state), configOf(before));
    if (!same && !this.#held) this.#ghost = this.#shown;
    if (!same) this.#later();
    else if (is('task')) this.#showRun();
    if (is('task', 'point')) this.#showData();
    if (is('band') && !state.band) {
      this.#longBand.done();
      this.#client.ask(
        'band',
        { ...configOf(state), task: state.task, runs: SEEDS, within: 0 },
        { answer: () => undefined },
      ); /* nobody waits for it */
    }
    if (!this.#moving && (is('band') || (state.band && (is('task') || !same)))) this.#settled();
    if (is('task')) for (const name of RUN_CELLS) this.#places.cell(name).changed = true;
  }

  /** Ask once a frame at most; with reduced motion, once the handle is let go. */
  #later(): void {
    if (this.#frame || (this.#moving && reducedMotion.matches)) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#askRun();
    });
  }

  #settled(): void {
    this.#later(); /* both tasks, whatever is on the screen */
    if (this.#store.state.band) this.#askBands();
    this.#showRun();
  }

  #askData(): void {
    const { samples, steps, data } = this.#store.state;
    const drawn = ['shapes', 'scatter'] as const;
    this.#outdated.busy(drawn, true);
    this.#client.ask(
      'data',
      { samples, steps, data },
      {
        answer: (answer) => {
          this.#wrong('data');
          this.#data = answer;
          this.#dataOf = { samples, steps, data };
          this.#showData();
          this.#showRun();
        },
        failed: (message) => this.#failed('data', message, drawn),
      },
    );
  }

  #askSummary(): void {
    const { state } = this.#store;
    const { steps, units, activation } = state;
    this.#outdated.busy(['summary'], true);
    this.#client.ask(
      'summary',
      { steps, units, activation },
      {
        answer: ({ text }) => {
          this.#wrong('summary');
          this.#places.setText('summary', text.trimEnd());
          this.#outdated.drawn(['summary'], state);
        },
        failed: (message) => this.#failed('summary', message, ['summary']),
      },
    );
  }

  #askRun(within = this.#long.within): void {
    const { task } = this.#store.state;
    const config = configOf(this.#store.state);
    this.#long.asked();
    const tasks = this.#moving && !this.#compared ? [task] : (['random', 'first'] as const);
    const drawn = ['compare', ...OF_TASK] as const;
    this.#outdated.busy(drawn, true);
    this.#client.ask(
      'train',
      { ...config, tasks, within },
      {
        answer: (runs) => {
          this.#wrong('run');
          if ('offer' in runs) {
            this.#outdated.busy(drawn, false);
            this.#long.offer(runs.offer);
            return;
          }
          this.#long.done();
          this.#shown = { config, runs };
          this.#outdated.busy(drawn, false);
          for (const name of RUN_CELLS)
            this.#places.cell(name).changed = this.#ghost !== undefined || this.#ran.has(name);
          this.#showRun();
        },
        part: (share) => this.#long.part(share),
        failed: (message) => {
          this.#long.done();
          this.#failed('run', message, drawn);
        },
      },
    );
  }

  #askBands(within = this.#longBand.within): void {
    const { task } = this.#store.state;
    const config = configOf(this.#store.state);
    const key = this.#bandKey();
    this.#longBand.asked();
    this.#client.ask(
      'band',
      { ...config, task, runs: SEEDS, within },
      {
        answer: (answer) => {
          this.#wrong('band');
          if ('offer' in answer) {
            this.#places.setText('band-state', '');
            if (this.#store.state.band) this.#longBand.offer(answer.offer);
            else this.#longBand.done();
            return;
          }
          const { bands, runs, diverged } = answer;
          this.#longBand.done();
          this.#bands = { key, bands, told: bandWords(runs, diverged) };
          this.#showRun();
        },
        part: (share) => {
          if (key === this.#bandKey() && this.#store.state.band) this.#longBand.part(share);
        },
        failed: (message) => {
          this.#longBand.done();
          this.#failed('band', message, []);
        },
      },
    );
  }

  /** What the bands follow from: everything but the seed. */
  #bandKey(): string {
    const { task } = this.#store.state;
    return JSON.stringify({ ...configOf(this.#store.state), seed: 0, task });
  }

  #charts(change: (chart: { moving: boolean }) => void): void {
    for (const id of ['compare', 'accuracy', 'loss'] as const) change(this.#places.byId(id));
  }

  /** What one of the things that are asked for says: why it cannot be had, or nothing any more. */
  #wrong(speaker: Speaker, message = ''): void {
    this.#places.setNotice('notices', message, speaker);
  }

  #failed(speaker: Speaker, message: string, figures: readonly Parameters<PageParts['byId']>[0][]): void {
    this.#outdated.busy(figures, false);
    this.#wrong(speaker, message);
  }

  #showData(): void {
    const data = this.#data;
    const { task, steps, samples, point } = this.#store.state;
    if (!data || data.x.length !== samples * steps) return;
    this.#places.setText('shapes', `(${samples}, ${steps}, 1) (${samples},)`);
    const scatter = this.#places.byId('scatter');
    scatter.x = data.x;
    scatter.y = data.y[task];
    scatter.timesteps = steps;
    scatter.timestep = point;
    this.#outdated.drawn(['shapes', 'scatter'], { ...this.#store.state, ...this.#dataOf });
    scatter.threshold = task === 'first' ? { value: 0.5, label: translate('y = 1 above ½'), timestep: 1 } : undefined;
  }

  #showRun(): void {
    const { task, band } = this.#store.state;
    if (!this.#shown) return;
    const { config, runs } = this.#shown;
    const ghost = this.#ghost && !sameConfig(this.#ghost.config, config) ? this.#ghost : undefined;
    const run = runs[task];
    if (!run) return;
    const words = withGhost(caption(config, ghost?.config, run), ghost !== undefined);
    this.#showCompare(runs, ghost?.runs, config);
    const all = band && this.#bands?.key === this.#bandKey() ? this.#bands : undefined;
    const bands = all?.bands;
    for (const quantity of ['accuracy', 'loss'] as const) {
      const chart = this.#places.byId(quantity);
      show(chart, quantity, run, ghost?.runs[task], bands, { each: batches(config), epochs: config.epochs });
      if (quantity === 'accuracy' && this.#data) references(chart, this.#data, task);
    }
    this.#places.byId('compare').caption = words;
    this.#places.byId('accuracy').caption = words;
    this.#places.byId('loss').caption = run.history.diverged
      ? divergence(run.history.diverged, batches(config))
      : lastWords(run);
    this.#places.setText('log', progressLines(run.history, config.epochs, batches(config)));
    this.#places.setText('evaluation', evaluationLines(run));
    this.#places.setText('band-state', all?.told ?? '');
    this.#outdated.drawn(OF_TASK, { ...this.#store.state, ...config });
  }

  #showCompare(runs: Trained, ghost: Trained | undefined, config: Config): void {
    const compare = this.#places.byId('compare');
    const { random, first } = runs;
    if (!random || !first) return;
    this.#outdated.drawn(['compare'], { ...this.#store.state, ...config });
    const each = batches(config);
    Object.assign(compare, axis(config.epochs, Math.max(stopped(random, each), stopped(first, each))));
    compare.left = side(translate('Coin tosses'), 'y = randint(0, 2)', random, ghost?.random, this.#data, each);
    compare.right = side(
      translate('A twin with an answer'),
      'y = x[:, 0, 0] > 0.5',
      first,
      ghost?.first,
      this.#data,
      each,
    );
  }
}

function bandWords(runs: number, diverged: number): string {
  if (runs === 0) return translate(`all ${diverged} seeds diverged`);
  const lost = diverged ? translate(`; ${diverged} more diverged`) : '';
  return translate(`median and middle 90 % of ${runs} run seeds, same data${lost}`);
}

function lastWords({ history }: Run): string {
  const last = (values: readonly number[] | undefined): string => formatNumber(values?.at(-1) ?? Number.NaN, 4);
  return translate(`after the last epoch: training ${last(history.loss)}, fresh data ${last(history.val_loss)}`);
}
