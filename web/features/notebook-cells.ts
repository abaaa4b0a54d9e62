/**
 * The cells of a notebook. A cell is empty until it has run, one counter counts the runs of all cells, as Jupyter's does,
 * and a mark shows which outputs have changed. The page's state holds what has run.
 */

import '../controls/rnn-code-cell.ts';
import type { RnnCodeCell } from '../controls/rnn-code-cell.ts';
import type { App } from '../app/app.ts';
import { saveFile } from '../controls/save-picture.ts';
import { copyFrom } from '../shared/copy.ts';
import { list, plural, translate } from '../shared/translate.ts';
import { sameFields } from '../state/fields.ts';
import { countOf, NOTEBOOK_CELLS } from '../state/pages.ts';
import { RUN } from '../state/config.ts';
import type { FieldName } from '../state/state.ts';

/** The cells whose output changes with a field. */
const TOUCHES: Partial<Record<FieldName, readonly string[]>> = {
  samples: ['data', 'scatter'],
  steps: ['data', 'scatter', 'model'],
  data: ['data', 'scatter'],
  task: ['scatter', 'fit', 'evaluate', 'curves'],
  units: ['model'],
  point: ['scatter'],
};

/** The cells that show the run. */
const OF_RUN: readonly string[] = ['fit', 'evaluate', 'curves'];

/** What Python would not find if these cells had not run before. The scatter plot's cell imports what draws the curves. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  scatter: ['data'],
  model: ['data'],
  compile: ['data', 'model'],
  fit: ['data', 'model', 'compile'],
  evaluate: ['data', 'model', 'compile', 'fit'],
  curves: ['data', 'scatter', 'model', 'compile', 'fit'],
};

export class NotebookCells {
  readonly #app: App;
  /** Cells that the reader ran: their marks stay until a handle moves. */
  readonly #marked = new Set<string>();
  /** Counts what the reader asked for: a later wish ends an earlier one. */
  #turn = 0;
  /** The state changes because a cell has run. */
  #counting = false;

  constructor(app: App) {
    this.#app = app;
    const { parts, reveal, store } = app;
    const { training } = app.run('');
    store.listenToDrags({
      start: () => {
        reveal.finish();
        this.#marked.clear();
        for (const cell of this.#cells) cell.changed = false;
      },
    });
    store.listen((state, before) => {
      for (const [name, touched] of Object.entries(TOUCHES))
        if (!sameFields(state, before, [name as FieldName]))
          for (const cell of this.#cells) if (touched.includes(cell.name)) cell.changed = true;
      if (sameFields(state, before, ['ran'])) return;
      if (!this.#counting) this.#stop();
      this.#show();
    });
    training.listenToRuns((shown) => {
      if (!shown) return;
      const { ghost } = training;
      const another = ghost !== undefined && !sameFields(ghost.config, shown.config, RUN);
      for (const cell of this.#cells)
        if (OF_RUN.includes(cell.name)) cell.changed = another || this.#marked.has(cell.name);
    });
    app.listenToRefusals((refused) => {
      for (const button of parts.all<HTMLButtonElement>('#run-all, .cell-run')) button.disabled = refused;
    });
    app.listenToEnd(() => this.#stop());
    parts.root.addEventListener('rnn-run', ({ target }) => this.#runWithNeeds(target as RnnCodeCell));
    parts.on('run-all', 'click', () => void this.#run(this.#cells));
    parts.on('clear-all', 'click', () => store.change({ ran: [] }));
    for (const id of ['copy-all', 'copy-end']) {
      const copy = parts.byId(id);
      copy?.addEventListener('click', () => copyFrom(copy, () => this.#cells.map(({ code }) => code).join('\n')));
    }
    parts.on('download-all', 'click', () => saveFile('notebook.ipynb', this.#jupyter(), 'application/x-ipynb+json'));
    this.#show();
  }

  get #cells(): RnnCodeCell[] {
    return this.#app.parts.all<RnnCodeCell>('rnn-code-cell');
  }

  /** The cells as a Jupyter notebook. */
  #jupyter(): string {
    const cells = this.#cells.map(({ name, code }) => ({
      ...{ cell_type: 'code', id: name, metadata: {}, execution_count: null, outputs: [] },
      source: code.trimEnd().split(/(?<=\n)/),
    }));
    const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } };
    return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1);
  }

  #show(): void {
    for (const cell of this.#cells) cell.count = countOf(this.#app.store.state, cell.name);
  }

  /** Cells that it needs and that have not run come first, and it says so. */
  #runWithNeeds(cell: RnnCodeCell): void {
    const { state } = this.#app.store;
    const needs = this.#cells.filter(
      ({ name }) => NEEDS[cell.name]?.includes(name) && countOf(state, name) === undefined,
    );
    void this.#run([...needs, cell]);
    if (needs.length === 0) return;
    const labels = list(needs.map(({ label }) => label));
    cell.note = plural(needs.length, {
      one: translate(`This cell needs the cell ${labels}, so that cell ran first.`),
      other: translate(`This cell needs the cells ${labels}, so those cells ran first.`),
    });
  }

  #stop(): void {
    this.#turn += 1;
    this.#app.reveal.finish();
    for (const cell of this.#cells) cell.running = false;
  }

  async #run(cells: readonly RnnCodeCell[]): Promise<void> {
    this.#stop();
    const turn = this.#turn;
    for (const cell of this.#cells) cell.note = '';
    for (const cell of cells) cell.running = true;
    for (const cell of cells) {
      if (!(await this.#runOne(cell))) break;
      if (turn !== this.#turn) return;
    }
    if (turn === this.#turn) this.#stop();
  }

  /** @returns Has it run? Not if its training takes long and the reader stopped it. */
  async #runOne(cell: RnnCodeCell): Promise<boolean> {
    const { reveal } = this.#app;
    const { training, data } = this.#app.run('');
    const turn = this.#turn;
    if (OF_RUN.includes(cell.name)) {
      /* the curves of the fit grow with its lines, if they are there */
      const shown = cell.name === 'fit' && countOf(this.#app.store.state, 'curves') ? ['fit', 'curves'] : [cell.name];
      const isQuick = training.current !== undefined;
      if (cell.name !== 'evaluate' && isQuick) reveal.hold(shown);
      if (cell.name === 'fit' || !isQuick) training.begin();
      if (!(await this.#trained()) || turn !== this.#turn) return false;
    } else data.again();
    cell.shows = true;
    await reveal.play();
    if (turn !== this.#turn) return false;
    this.#marked.add(cell.name);
    this.#count(cell);
    cell.running = false;
    cell.changed = true;
    return true;
  }

  /** Resolves once the run is there with the settings of now: to false, if there will be none. */
  #trained(): Promise<boolean> {
    const { training } = this.#app.run('');
    return new Promise((resolve) => {
      const check = (): void => {
        if (training.busy) return;
        stop();
        resolve(training.current !== undefined);
      };
      const stop = training.listen(check);
      check();
    });
  }

  #count({ name }: RnnCodeCell): void {
    const { store } = this.#app;
    const { ran } = store.state;
    const place = NOTEBOOK_CELLS.findIndex((cell) => cell === name) + 1;
    const count = Math.max(0, ...ran.map(([, each]) => each)) + 1;
    this.#counting = true;
    store.change({ ran: [...ran.filter(([at]) => at !== place), [place, count] as const].sort(([a], [b]) => a - b) });
    this.#counting = false;
  }
}
