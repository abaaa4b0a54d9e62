/** A view, wired: the page's markup cut down to it, the page's own wiring in it. */

import { PageParts as LabPlaces } from '../app/lab-parts.ts';
import { type Lab, mountLab } from '../app/mount-lab.ts';
import { PageParts as NotebookPlaces } from '../notebook/notebook-parts.ts';
import { mountNotebook } from '../notebook/mount-notebook.ts';
import type { Table } from '../state/fields.ts';
import type { LabTable } from '../state/lab-state.ts';
import type { NOTEBOOK } from '../state/notebook-state.ts';
import type { Store } from '../state/store.ts';
import type { Client } from '../worker/client.ts';
import type { Connect } from '../worker/engines.ts';
import { type Chosen, PAGES } from './attributes.ts';
import { markupOf } from './markup.ts';
import { ALWAYS, type Control, CONTROLS, type View } from './views.ts';

export interface Asked {
  view: View;
  /** What stands beside the view; undefined: what it has itself. */
  chosen: Chosen | undefined;
  store: Store<Table>;
  connect: Connect;
  link: () => string;
}

export interface Wired {
  client: Client;
  /** Nothing plays on. */
  pause: () => void;
  /** Nothing more is wanted. */
  end: () => void;
  /** Of the lab's views. */
  lab?: Lab;
}

const BUTTONS: readonly Control[] = ['step', 'play', 'speed'];

/** Which parts of the page stay; undefined: all but those in `without`. */
function partsOf(
  view: View,
  chosen: Chosen | undefined,
): { parts: readonly string[] | undefined; without: readonly string[] } {
  const { controls, fields } = chosen ?? { controls: view.controls ?? [], fields: [] };
  const selectors = controls.flatMap((name) => [...CONTROLS[name]]);
  const handles = fields.flatMap((key) => {
    const name = Object.entries(PAGES[view.page].table).find(([, field]) => field.key === key)?.[0];
    return [`.settings rnn-handle[field="${name}"]`, `.settings select[data-field="${name}"]`];
  });
  if (handles.length > 0) handles.push('.fields > summary');
  if (view.parts) return { parts: [...view.parts, ...ALWAYS, ...selectors, ...handles], without: [] };
  if (!chosen || view.page === 'notebook') return { parts: undefined, without: [] };
  const kept = new Set<string>(selectors);
  const left = (Object.keys(CONTROLS) as Control[]).filter(
    (name) => !controls.includes(name) && !(name === 'settings' && (fields.length > 0 || controls.includes('task'))),
  );
  return {
    parts: undefined,
    without: left.flatMap((name) => CONTROLS[name].filter((selector) => !kept.has(selector))),
  };
}

/** Fills `room`, which is in the document. */
export function wire(room: HTMLElement, { view, chosen, store, connect, link }: Asked): Wired {
  const { parts, without } = partsOf(view, chosen);
  const { main, rest } = markupOf(view.page, parts, without);
  const root = document.createElement('div');
  root.className = view.parts ? 'root one' : 'root';
  root.append(main);
  room.replaceChildren(root);
  const has = (name: Control): boolean => !view.parts || (chosen?.controls ?? view.controls ?? []).includes(name);
  const options = {
    link,
    connect,
    pictures: view.page === 'notebook' ? !chosen || chosen.controls.includes('pictures') : has('pictures'),
  };
  if (view.page === 'notebook')
    return mountNotebook(
      new NotebookPlaces(root, rest),
      store as unknown as Store<(typeof NOTEBOOK)['table']>,
      options,
    );
  const places = new LabPlaces(root, rest);
  const lab = mountLab(places, store as unknown as Store<LabTable>, options);
  places.byId('training').controls = BUTTONS.filter(has).join(' ');
  if (chosen && !has('what-if'))
    for (const id of ['figure', 'figure-a', 'figure-b'] as const) places.byId(id).fixed = true;
  return { client: lab.client, pause: lab.pause, end: lab.end, lab };
}
