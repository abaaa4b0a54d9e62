/** Brings a page to life: binds its markup, and feeds the figures that are there as they come near the screen. */

import { FIGURES } from '../figures/index.ts';
import type { Figure } from '../figures/definition.ts';
import type { ImportWeights } from '../features/import-weights.ts';
import { NotebookCells } from '../features/notebook-cells.ts';
import { figureMissing } from '../shared/shared-sentences.ts';
import { reserveHeight } from '../shared/reserve-height.ts';
import type { Store } from '../state/store.ts';
import { isFrozen } from '../state/state.ts';
import { App, type AppOptions } from './app.ts';
import { bind } from './bind.ts';
import { openTables } from './open-tables.ts';
import { PageParts } from './page-parts.ts';
import { offerPictures } from './pictures.ts';
import { scrollOverFields } from './scrolling.ts';
import { curvesBy, trainingControls } from './training-controls.ts';

/** Below this width the settings are folded at first. */
const NARROW = '(max-width: 47.99rem)';

export interface MountOptions extends AppOptions {
  /** "Save picture" under each figure; default: yes. */
  pictures?: boolean;
  /** Of a page with the lab's markup. */
  lab?: typeof import('./lab-features.ts');
}

export interface Mounted {
  app: App;
  /** undefined without the lab's features. */
  weights: ImportWeights | undefined;
  /** Resolves once the script of this figure is there. */
  load(figure: HTMLElement | null): Promise<void>;
  /** Resolves once the scripts of all figures are there, near the screen or not. */
  all(): Promise<void>;
}

export function mount(root: HTMLElement, store: Store, { pictures = true, lab, ...options }: MountOptions): Mounted {
  const parts = new PageParts(root);
  const app = new App(parts, store, options);
  scrollOverFields(root);
  reserveHeight(root);
  /* what a link speaks of is told before anything is asked about it */
  const weights = lab?.importFiles(app);
  lab?.fillMenus(app);
  bind(app);
  undoWhatIf(app);
  const has = (selector: string): boolean => parts.find(selector) !== null;
  const settings = parts.byId<HTMLDetailsElement>('fields');
  if (settings) settings.open = !matchMedia(NARROW).matches;
  for (const controls of parts.all<HTMLElementTagNameMap['rnn-training']>('rnn-training'))
    trainingControls(app, controls);
  for (const by of parts.all<HTMLSelectElement>('#by')) curvesBy(app, by);
  if (has('rnn-cell')) new NotebookCells(app);
  lab?.controls(app);
  if (has('rnn-symbol')) void import('../controls/rnn-symbol.ts');
  const tables = openTables(app);
  if (pictures) offerPictures(app);
  const loading = new Map<HTMLElement, () => Promise<void>>();
  for (const figure of FIGURES)
    for (const element of parts.all(figure.selector)) {
      const load = once(() => feed(app, figure, element).then(() => tables.show(element)));
      loading.set(element, load);
      if (figure.room > 0) element.style.minBlockSize = `${figure.room}px`;
      app.visibility.before(element, () => void load());
    }
  return {
    app,
    weights,
    load: async (figure) => {
      if (figure) await loading.get(figure)?.();
    },
    all: async () => {
      await Promise.all([...loading.values()].map((load) => load()));
    },
  };
}

async function feed(app: App, figure: Figure, element: HTMLElement): Promise<void> {
  try {
    const script = await figure.load();
    script.feed(app as never, element as never);
    element.style.minBlockSize = '';
  } catch (error) {
    app.parts.setNotice('notices', figureMissing(), figure.selector);
    throw error;
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
}

/** The badge of what-if changes, in place of the sentence that invites to them. */
function undoWhatIf({ parts, store, inspected }: App): void {
  if (!parts.byId('what-if')) return;
  const show = (): void => {
    const state = inspected.of(store.state);
    const frozen = state !== undefined && isFrozen(state);
    parts.show('what-if', frozen);
  };
  parts.on('undo', 'click', () => {
    inspected.inspection.undo();
    parts.byId('figure')?.focus(); /* the button is gone */
  });
  store.listen(show);
  show();
}
