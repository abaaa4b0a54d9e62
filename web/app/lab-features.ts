/** The parts of the lab that the notebook does not load. */

import type { App } from './app.ts';
import { curvesBy } from '../features/curves-by.ts';
import { ChangeData } from '../features/change-data.ts';
import { CompareNetworks } from '../features/compare-networks.ts';
import { CutExperiments } from '../features/cut-experiments.ts';
import { Export } from '../features/export.ts';
import { ImportData } from '../features/import-data.ts';
import { ImportWeights } from '../features/import-weights.ts';
import { OWN_TASK } from '../state/config.ts';
import { slowUpdate } from '../features/slow-update.ts';
import { tour } from '../features/tour.ts';

export { LAB_VALUES as values } from './lab-values.ts';

/** Imports the data and the weights that the address names. This has to happen before anything else is requested. */
export function importFiles(app: App): ImportWeights {
  new ImportData(app);
  return new ImportWeights(app);
}

/** Fills the menus. They have to be complete before they are bound to the state. */
export function fillMenus(app: App): void {
  if (app.parts.find('#compare')) new CompareNetworks(app);
}

/** Connects the controls that the page has markup for. */
export function controls(app: App): void {
  for (const by of app.parts.all<HTMLSelectElement>('#by')) curvesBy(app, by);
  const has = (selector: string): boolean => app.parts.find(selector) !== null;
  if (has('#changed')) new ChangeData(app);
  if (has('#cut-offer')) new CutExperiments(app);
  if (has('[data-take]')) new Export(app);
  showByKind(app);
  slowUpdate(app);
  tour(app);
}

/** Shows the parts that are for a table over time or for a text only if the reader brought one. */
function showByKind(app: App): void {
  const parts = app.parts.all('[data-kind]');
  let listens = false;
  const listen = ({ task }: { task: string }): void => {
    if (listens || task !== OWN_TASK || parts.length === 0) return;
    listens = true;
    app.runOf(parts[0] as HTMLElement).data.listen(({ task: { target, tokens } }) => {
      for (const part of parts) part.hidden = (part.dataset['kind'] === 'table' ? target : tokens) === undefined;
    });
  };
  app.store.listen(listen);
  listen(app.store.state);
}
