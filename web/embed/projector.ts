/**
 * A figure for a classroom: it fills the window as far as the window's height allows, and a presenter's remote changes
 * it.
 */

import { stepsRead } from '../state/config.ts';
import { epochUpdates, type State, moment, runUpdates } from '../state/state.ts';
import type { Chosen } from './attributes.ts';
import type { Walk } from '../figures/definition.ts';
import { type Control, type ViewName, viewOf } from './views.ts';
import { SizeObserver } from '../shared/observers.ts';

/** The largest scale, relative to the page. */
const LARGEST = 4;
const LEAST = 0.4;
/** The distance between the figure and the window's edges, in CSS pixels. */
const MARGIN = 16;
/** The number of layouts that are tried for one window, because the height depends on the width. */
const TRIES = 12;
/** The search ends when the scale is within this factor of the largest that fits. */
const NEAR = 1.01;

/** Controls are hidden here; keys and the pointer in the figure change it. */
const BARE = `
  details, .controls, .switches, fieldset, .check, .terms, .copy, .hint, .act { display: none !important; }
  .notice { max-width: none !important; }
  .facts, .legend, [data-room] { min-height: 0 !important; }
`;
let made: CSSStyleSheet | undefined;

function bareSheet(): CSSStyleSheet {
  if (made) return made;
  made = new CSSStyleSheet();
  made.replaceSync(BARE);
  return made;
}

/** The controls on a projector: none, except that a figure that can be edited stays editable. */
export const projectorControls = (controls: readonly Control[]): Chosen => ({
  controls: controls.filter((name) => name === 'what-if'),
  fields: [],
  notices: [],
});

type Step = (state: State, by: number) => Readonly<Record<string, number>>;

const t: Step = (state, by) => ({ t: Math.max(0, state.t + by) });
const epoch: Step = (state, by) => ({
  at: Math.min(Math.max(moment(state) + by * epochUpdates(state), 0), runUpdates(state)),
});

const WALKS: Readonly<Record<Walk, Step>> = {
  time: t,
  'time, backward': (state, by) => t(state, -by) /* read from right to left */,
  epoch,
  epochs: ({ epochs }, by) => ({ epochs: Math.max(1, epochs + by) }),
  sequence: ({ sample }, by) => ({ sample: Math.max(0, sample + by) }),
  length: (state, by) => {
    const length = Math.max(1, stepsRead(state) + by);
    return { length: length === state.steps ? 0 : length };
  },
  'part of the update': ({ slow }, by) => ({ slow: Math.max(0, slow + by) }),
};

/** The change that PageDown and PageUp make in the state of a view. */
export const walk = (
  view: ViewName,
  state: Readonly<Record<string, unknown>>,
  by: number,
): Readonly<Record<string, number>> => {
  const { walks } = viewOf(view);
  return walks ? WALKS[walks](state as unknown as State, by) : {};
};

export interface Actions {
  walk(by: number): void;
  leave(): void;
}

export class Projector {
  readonly #host: HTMLElement;
  readonly #root: HTMLElement;
  readonly #actions: Actions;
  #scale = 1;
  /** The largest scale that was found to fit, and the smallest that was found not to fit. */
  #fits = 0;
  #exceeds = LARGEST;
  #tries = 0;
  #measuring = 0;
  readonly #sizes = new SizeObserver(() => {
    if (this.#root.hasAttribute('data-fits'))
      this.#tries = 0; /* something in the figure has changed its size after the search had ended */
    this.#measure();
  });

  /** `root`: the element that holds the whole figure. */
  constructor(host: HTMLElement, root: HTMLElement, actions: Actions) {
    this.#host = host;
    this.#root = root;
    this.#actions = actions;
    host.addEventListener('keydown', this.#onKey, true);
    addEventListener('resize', this.again);
    host.tabIndex = 0;
    host.focus({ preventScroll: true });
    root.classList.add('projected');
    this.again();
    this.#sizes.observe(root);
  }

  end(): void {
    this.#host.removeEventListener('keydown', this.#onKey, true);
    removeEventListener('resize', this.again);
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#measuring);
    this.#host.removeAttribute('tabindex');
  }

  /** Starts the search again, because a larger scale may fit now. */
  readonly again = (): void => {
    this.#strip();
    this.#tries = 0;
    this.#fits = 0;
    this.#exceeds = LARGEST * NEAR;
    this.#scale = LARGEST / 2;
    this.#set();
  };

  /** Removes the controls of figures, also of those whose scripts were loaded later. */
  #strip(): void {
    for (const { localName, shadowRoot } of this.#root.querySelectorAll('*'))
      if (
        shadowRoot &&
        !['rnn-symbol', 'rnn-handle'].includes(localName) &&
        !shadowRoot.adoptedStyleSheets.includes(bareSheet())
      )
        shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, bareSheet()];
  }

  #set(): void {
    const { style } = this.#root;
    this.#measure();
    style.width = `${(this.#host.clientWidth - 2 * MARGIN) / this.#scale}px`;
    style.transform = `translate(${MARGIN}px, ${MARGIN}px) scale(${this.#scale})`;
  }

  /** Measures after the figures have adapted to their new width. */
  #measure(): void {
    cancelAnimationFrame(this.#measuring);
    this.#measuring = requestAnimationFrame(() => {
      this.#measuring = requestAnimationFrame(() => {
        this.#measuring = requestAnimationFrame(() => this.#fit());
      });
    });
  }

  /**
   * Searches by bisection, one step for each layout, because narrower text takes more lines and figures have heights of
   * their own.
   */
  #fit(): void {
    const root = this.#root;
    const room = this.#host.clientHeight - 2 * MARGIN;
    if (room <= 0 || root.offsetHeight === 0) return;
    if (root.offsetHeight * this.#scale <= room) this.#fits = Math.max(this.#fits, this.#scale);
    else {
      this.#exceeds = this.#scale;
      if (this.#fits >= this.#scale) this.#fits = 0; /* the figure has grown since */
    }
    const done = this.#exceeds / Math.max(this.#fits, LEAST) < NEAR || this.#tries >= TRIES;
    const next = done ? Math.max(this.#fits, LEAST) : Math.sqrt(this.#exceeds * Math.max(this.#fits, LEAST));
    root.toggleAttribute('data-fits', next === this.#scale);
    if (next === this.#scale) return;
    this.#tries++;
    this.#scale = next;
    this.#set();
  }

  #onKey = (event: KeyboardEvent): void => {
    const act = {
      PageDown: () => this.#actions.walk(1),
      PageUp: () => this.#actions.walk(-1),
      Escape: () => this.#actions.leave(),
    }[event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}
