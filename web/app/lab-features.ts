/** What the lab's page has beside its figures and settings. The notebook's page does not load it. */

import type { App } from './app.ts';
import { ChangeData } from '../features/change-data.ts';
import { CompareNetworks } from '../features/compare-networks.ts';
import { CutExperiments } from '../features/cut-experiments.ts';
import { Export } from '../features/export.ts';
import { ImportData } from '../features/import-data.ts';
import { ImportWeights } from '../features/import-weights.ts';

/** Data and weights that the address names: the engine has to know them before anything else is asked. */
export function importFiles(app: App): ImportWeights {
  new ImportData(app);
  return new ImportWeights(app);
}

/** Menus that have to be full before they are bound to the state. */
export function fillMenus(app: App): void {
  if (app.parts.find('#compare')) new CompareNetworks(app);
}

/** The controls whose markup the page has. */
export function controls(app: App): void {
  const has = (selector: string): boolean => app.parts.find(selector) !== null;
  if (has('#changed')) new ChangeData(app);
  if (has('#cut-offer')) new CutExperiments(app);
  if (has('[data-take]')) new Export(app);
}
