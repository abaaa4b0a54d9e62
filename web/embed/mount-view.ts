/** Mounts a view: reduces the page's markup to it, and mounts that as the page does. */

import { FIGURES } from '../figures/index.ts';
import { mount, type Mounted } from '../app/mount.ts';
import { offerPictures } from '../app/pictures.ts';
import type { Store } from '../state/store.ts';
import type { Connect } from '../worker/engines.ts';
import { type Chosen, PAGES } from './attributes.ts';
import { markupOf } from './markup.ts';
import type { PageSource } from './page-sources.ts';
import { ALWAYS, type Control, CONTROLS, type View } from './views.ts';

export interface ViewOptions {
  view: View;
  source: PageSource;
  /** The controls beside the view; undefined for its defaults. */
  chosen: Chosen | undefined;
  store: Store;
  connect: Connect;
  link: () => string | undefined;
}

/** The settings are folded at first on screens narrower than this. */
const NARROW = '(max-width: 47.99rem)';

const BUTTONS: readonly Control[] = ['step', 'play', 'speed'];

/** The parts of the page that are kept; undefined keeps all except those in `without`. */
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
  if (!chosen || view.page !== 'lab') return { parts: undefined, without: [] };
  const kept = new Set<string>(selectors);
  const left = (Object.keys(CONTROLS) as Control[]).filter(
    (name) => !controls.includes(name) && !(name === 'settings' && (fields.length > 0 || controls.includes('task'))),
  );
  return {
    parts: undefined,
    without: ['.entrance', ...left.flatMap((name) => CONTROLS[name].filter((selector) => !kept.has(selector)))],
  };
}

/** Fills `room`, which has to be in the document. */
export function mountView(room: HTMLElement, { view, source, chosen, store, connect, link }: ViewOptions): Mounted {
  const { parts, without } = partsOf(view, chosen);
  const root = document.createElement('div');
  root.className = view.parts ? 'root one' : 'root';
  const main = markupOf(source.markup, parts, without);
  const settings = main.querySelector<HTMLDetailsElement>('#fields');
  const slowUpdate = main.querySelector<HTMLDetailsElement>('#slow-dock');
  if (slowUpdate && view.parts) slowUpdate.open = true;
  if (chosen || view.parts) for (const bar of main.querySelectorAll('rnn-training')) bar.removeAttribute('folds');
  if (settings && (chosen || view.parts)) {
    settings.removeAttribute('data-fold');
    settings.open = !matchMedia(NARROW).matches;
  }
  if (/^rnn-[\w-]+$/.test(view.main) && !main.querySelector(view.main)) {
    const made = document.createElement(view.main);
    if (FIGURES.some(({ selector, picture }) => selector === view.main && picture)) made.dataset['picture'] = view.name;
    main.append(made);
  }
  root.append(main);
  room.replaceChildren(root);
  const has = (name: Control): boolean => !view.parts || (chosen?.controls ?? view.controls ?? []).includes(name);
  const offers =
    view.page === 'lesson'
      ? false
      : view.page === 'notebook'
        ? !chosen || chosen.controls.includes('pictures')
        : has('pictures');
  if (view.page === 'lab') {
    for (const bar of root.querySelectorAll('rnn-training'))
      bar.setAttribute('controls', BUTTONS.filter(has).join(' '));
    if (chosen && !has('what-if'))
      for (const figure of root.querySelectorAll('rnn-network, rnn-unrolled')) figure.setAttribute('fixed', '');
  }
  const { lab, notebook } = source;
  return mount(root, store, {
    link,
    connect,
    ...(offers && { pictures: { offerPictures } }),
    ...(lab && { lab }),
    ...(notebook && { notebook }),
  });
}
