/**
 * A figure for a room: it fills the window, as large as the window's height lets it be, and a presenter's remote walks
 * it.
 */

import { epochUpdates, type State, moment, runUpdates } from '../state/state.ts';
import type { Chosen } from './attributes.ts';
import type { Walk } from '../figures/definition.ts';
import { type Control, type ViewName, viewOf } from './views.ts';
import { SizeObserver } from '../shared/observers.ts';

/** Times what a page has. */
const LARGEST = 4;
const LEAST = 0.4;
/** Between the figure and the window's edges, in CSS pixels. */
const MARGIN = 16;
/** So often it is laid out again for one window: its height depends on its width. */
const TRIES = 12;
/** As near to the largest that fits. */
const NEAR = 1.01;

/** Controls are for a desk: here keys and the pointer in the figure walk it. */
const bare = new CSSStyleSheet();
bare.replaceSync(`
  details, .controls, .switches, fieldset, .check, .terms, .copy, .hint, .act { display: none !important; }
  .notice { max-width: none !important; }
  .facts, .legend, [data-room] { min-height: 0 !important; }
`);

/** What stands beside it there: nothing; but what could be changed in the figure can be. */
export const large = (controls: readonly Control[]): Chosen => ({
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
  'part of the update': ({ slow }, by) => ({ slow: Math.max(0, slow + by) }),
};

/** What PageDown and PageUp change in the state of a view. */
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
  /** Found to fit, and not to fit. */
  #fits = 0;
  #exceeds = LARGEST;
  #tries = 0;
  #measuring = 0;
  readonly #sizes = new SizeObserver(() => {
    if (this.#root.hasAttribute('data-fits'))
      this.#tries = 0; /* it had come to rest: something in it has another size */
    this.#measure();
  });

  /** `root`: all that the figure consists of. */
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

  /** What did not fit before may fit now. */
  readonly again = (): void => {
    this.#strip();
    this.#tries = 0;
    this.#fits = 0;
    this.#exceeds = LARGEST * NEAR;
    this.#scale = LARGEST / 2;
    this.#set();
  };

  /** Figures lose their controls, also those whose scripts came later. */
  #strip(): void {
    for (const { localName, shadowRoot } of this.#root.querySelectorAll('*'))
      if (
        shadowRoot &&
        !['rnn-symbol', 'rnn-handle'].includes(localName) &&
        !shadowRoot.adoptedStyleSheets.includes(bare)
      )
        shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, bare];
  }

  #set(): void {
    const { style } = this.#root;
    this.#measure();
    style.width = `${(this.#host.clientWidth - 2 * MARGIN) / this.#scale}px`;
    style.transform = `translate(${MARGIN}px, ${MARGIN}px) scale(${this.#scale})`;
  }

  /** When the figures have followed the width that they were given. */
  #measure(): void {
    cancelAnimationFrame(this.#measuring);
    this.#measuring = requestAnimationFrame(() => {
      this.#measuring = requestAnimationFrame(() => {
        this.#measuring = requestAnimationFrame(() => this.#fit());
      });
    });
  }

  /** By halves, after each layout: narrower text takes more lines, and figures have heights of their own. */
  #fit(): void {
    const root = this.#root;
    const room = this.#host.clientHeight - 2 * MARGIN;
    if (room <= 0 || root.offsetHeight === 0) return;
    if (root.offsetHeight * this.#scale <= room) this.#fits = Math.max(this.#fits, this.#scale);
    else {
      this.#exceeds = this.#scale;
      if (this.#fits >= this.#scale) this.#fits = 0; /* it has grown since */
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
