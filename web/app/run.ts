/**
 * One network and its training, with settings that follow from the page's state: the page's own, or those of another
 * network beside it. Nothing of it is asked for before someone shows it.
 */

import { withFields } from '../state/address.ts';
import type { State } from '../state/state.ts';
import type { Core } from './core.ts';
import { Inspection } from './inspection.ts';
import { TaskData } from './task-data.ts';
import { Training } from './training.ts';

export class Run {
  /** Empty: the page's own. */
  readonly name: string;
  /** The page's what-if changes are of this network. */
  readonly main: boolean;
  readonly data: TaskData;
  readonly training: Training;
  readonly inspection: Inspection;
  /** The settings, out of the page's state; undefined: there is no such network. */
  readonly of: (state: State) => State | undefined;
  readonly #core: Core;

  /** `leader`: the run whose Train and Stop buttons this one follows, too. */
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
