/** The cells of a notebook: Run repeats the output of a cell, and a mark shows which outputs have changed. */

import '../controls/rnn-cell.ts';
import type { RnnCell } from '../controls/rnn-cell.ts';
import type { App } from '../app/app.ts';
import { copyFrom } from '../shared/copy.ts';
import { sameFields } from '../state/fields.ts';
import { type FieldName, RUN } from '../state/state.ts';

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

export class NotebookCells {
  readonly #app: App;
  /** Cells that the reader ran: their marks stay until a handle moves. */
  readonly #ran = new Set<string>();

  constructor(app: App) {
    this.#app = app;
    const { parts, store } = app;
    const { training, data } = app.run('');
    store.listenToDrags({
      start: () => {
        this.#ran.clear();
        for (const cell of this.#cells) cell.changed = false;
      },
    });
    store.listen((state, before) => {
      for (const [name, touched] of Object.entries(TOUCHES))
        if (!sameFields(state, before, [name as FieldName]))
          for (const cell of this.#cells) if (touched.includes(cell.name)) cell.changed = true;
    });
    training.listenToRuns((shown) => {
      if (!shown) return;
      const { ghost } = training;
      const another = ghost !== undefined && !sameFields(ghost.config, shown.config, RUN);
      for (const cell of this.#cells)
        if (OF_RUN.includes(cell.name)) cell.changed = another || this.#ran.has(cell.name);
    });
    app.listenToRefusals((refused) => {
      for (const button of parts.all<HTMLButtonElement>('#run-all, .cell-run')) button.disabled = refused;
    });
    const run = (cell: RnnCell): void => {
      cell.ran();
      this.#ran.add(cell.name);
      if (OF_RUN.includes(cell.name)) training.begin();
      else data.again();
    };
    parts.root.addEventListener('rnn-run', ({ target }) => run(target as RnnCell));
    parts.on('run-all', 'click', () => this.#cells.forEach(run));
    const copyAll = parts.byId('copy-all');
    copyAll?.addEventListener('click', () => copyFrom(copyAll, () => this.#cells.map(({ code }) => code).join('\n')));
  }

  get #cells(): RnnCell[] {
    return this.#app.parts.all<RnnCell>('rnn-cell');
  }
}
