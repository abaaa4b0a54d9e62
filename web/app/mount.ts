/** Mounts a page: binds its markup, and connects each figure when it comes near the screen. */

import { FIGURES } from '../figures/index.ts';
import type { Figure } from '../figures/definition.ts';
import type { ImportWeights } from '../features/import-weights.ts';
import { firstGesture } from '../shared/first-gesture.ts';
import { figureMissing, wordsMissing } from '../shared/shared-sentences.ts';
import { reserveHeight } from '../shared/reserve-height.ts';
import type { Store } from '../state/store.ts';
import { isFrozen } from '../state/state.ts';
import { App, type AppOptions } from './app.ts';
import { bind } from './bind.ts';
import { openTables } from './open-tables.ts';
import { PageParts } from './page-parts.ts';
import { scrollOverFields } from './scrolling.ts';
import { trainingControls } from './training-controls.ts';

export interface MountOptions extends AppOptions {
  /** "Save picture" under the figures, where the page offers it. */
  pictures?: typeof import('./pictures.ts');
  /** The lab's features, for a page with the lab's markup. */
  lab?: typeof import('./lab-features.ts');
  /** The features of a page with the notebook's cells. */
  notebook?: typeof import('./notebook-features.ts');
}

export interface Mounted {
  app: App;
  /** Undefined if the page has not the lab's features. */
  weights: ImportWeights | undefined;
  /** Resolves when the script of this figure has been loaded. */
  load(figure: HTMLElement | null): Promise<void>;
  /** Resolves when the scripts of all figures have been loaded, also of those far from the screen. */
  all(): Promise<void>;
}

export function mount(root: HTMLElement, store: Store, { pictures, lab, notebook, ...options }: MountOptions): Mounted {
  const parts = new PageParts(root);
  const app = new App(parts, store, options);
  scrollOverFields(root);
  reserveHeight(root);
  /* the engine has to know the link's data and weights before anything is requested */
  const weights = lab?.importFiles(app);
  lab?.fillMenus(app);
  bind(app, { ...lab?.values, ...notebook?.values });
  undoWhatIf(app);
  const has = (selector: string): boolean => parts.find(selector) !== null;
  const tables = openTables(app);
  for (const controls of parts.all<HTMLElementTagNameMap['rnn-training']>('rnn-training')) {
    trainingControls(app, controls);
    tables.show(controls);
  }
  notebook?.cells(app);
  lab?.controls(app);
  if (has('rnn-symbol')) void explainWords(parts);
  pictures?.offerPictures(app);
  const loading = new Map<HTMLElement, () => Promise<void>>();
  for (const figure of FIGURES)
    for (const element of parts.all(figure.selector)) {
      /* a control in the page's markup that is pressed before the figure's script is there acts once it is */
      const early = ({ target }: Event): void => {
        if (target !== element) void load().then(() => (target as HTMLElement).click());
      };
      const load = once(async () => {
        await feed(app, figure, element);
        element.removeEventListener('click', early);
        tables.show(element);
      });
      element.addEventListener('click', early);
      loading.set(element, load);
      reserve(element, figure);
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

/**
 * Keeps what is below a figure in its place while the figure loads. The widths are those of figure.css; `data-height` is
 * the height of a figure that shows only a part.
 */
function reserve(element: HTMLElement, { room: [wide, medium, narrow] }: Figure): void {
  const width = element.parentElement?.clientWidth ?? 0;
  element.classList.add('reserved');
  element.style.minBlockSize = `${element.dataset['height'] ?? (width >= 960 ? wide : width >= 640 ? medium : narrow)}px`;
}

/** Calls `act` as soon as the figure has drawn something and no longer says that it waits for its numbers. */
function whenShown(element: HTMLElement & { updateComplete?: Promise<unknown> }, act: () => void): void {
  const look = (): boolean => {
    const { shadowRoot } = element;
    if (shadowRoot && (shadowRoot.querySelector('.waiting') || !shadowRoot.querySelector(':not(style)'))) return false;
    act();
    return true;
  };
  void element.updateComplete?.then(() => {
    if (look() || !element.shadowRoot) return;
    const observer = new MutationObserver(() => {
      if (look()) observer.disconnect();
    });
    observer.observe(element.shadowRoot, { childList: true, subtree: true });
  });
}

async function feed(app: App, figure: Figure, element: HTMLElement): Promise<void> {
  try {
    const script = await figure.load();
    script.feed(app as never, element as never);
    whenShown(element, () => {
      element.classList.remove('reserved');
      element.style.minBlockSize = '';
    });
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

/**
 * Loads the tooltips of the words with the first gesture. A word that was pressed before they arrived, or that the
 * pointer is on, opens then.
 */
async function explainWords(parts: PageParts): Promise<void> {
  type Word = HTMLElementTagNameMap['rnn-symbol'];
  const pressed: (Word | null)[] = [];
  const press = ({ target }: Event): void => void pressed.push((target as Element).closest('rnn-symbol'));
  parts.root.addEventListener('click', press);
  await firstGesture;
  try {
    await import('../controls/rnn-symbol.ts');
    parts.find<Word>('rnn-symbol:hover')?.show('pointer');
    pressed.at(-1)?.show('click');
  } catch {
    parts.setNotice('notices', wordsMissing(), 'rnn-symbol');
  }
  parts.root.removeEventListener('click', press);
}

/** Shows the badge of what-if changes while there are any. */
function undoWhatIf({ parts, store, inspected }: App): void {
  if (!parts.byId('what-if')) return;
  const show = (): void => {
    const state = inspected.of(store.state);
    const frozen = state !== undefined && isFrozen(state);
    parts.show('what-if', frozen);
  };
  parts.on('undo', 'click', () => {
    inspected.inspection.undo();
    parts.byId('figure')?.focus(); /* the button is hidden now, so the focus needs another place */
  });
  store.listen(show);
  show();
}
