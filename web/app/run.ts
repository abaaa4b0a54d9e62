/**
 * One network and its training: the page's own, or one beside it whose settings follow from the page's state. Nothing
 * is requested before something shows it.
 */

import { withFields } from '../state/address.ts';
import type { State } from '../state/state.ts';
import type { Core } from './core.ts';
import { Inspection } from './inspection.ts';
import { TaskData } from './task-data.ts';
import { Training } from './training.ts';

export class Run {
  /** Empty for the page's own network. */
  readonly name: string;
  /** True if the page's what-if changes apply to this network. */
  readonly main: boolean;
  readonly data: TaskData;
  readonly training: Training;
  readonly inspection: Inspection;
  /** Maps the page's state to that of this network; undefined if there is no such network. */
  readonly of: (state: State) => State | undefined;
  readonly #core: Core;

  /** `leader`: the run whose Train and Stop buttons control this one, too. */
  constructor(core: Core, name: string, leader?: Run) {
    const { runs, inspected } = core.store.page;
    this.#core = core;
    this.name = name;
    this.main = name === inspected;
    this.of = name === '' ? (state) => state : (runs[name] ?? ((state) => withFields(name, state)));
    this.data = new TaskData(core, this);
    this.training = new Training(core, this, leader?.training);
    this.inspection = new Inspection(core, this, this.training);
  }

  get state(): State | undefined {
    return this.of(this.#core.store.state);
  }
}
