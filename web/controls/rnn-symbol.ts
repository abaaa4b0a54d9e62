/** `<rnn-symbol term="W">W</rnn-symbol>`: a symbol with a tooltip that explains it.
 *
 *  The tooltip opens after a short hover, on focus, and on Enter, click or tap. It closes when the pointer or the focus leaves, on Escape and
 *  on another click. The pointer may move onto the tooltip. For screen readers, the tooltip is the description of the symbol.
 *  The symbols inside one `[data-symbols]` share one Tab stop; arrow keys, Home and End move among them.
 *
 *  The explanations are loaded with the reader's first gesture on the page, whatever it is, so that the page itself opens without them.
 *
 *  term: a name of web/symbols/vocabulary.ts; sizes: the sizes of the layer (without them, no shapes are shown). It emits no events.
 */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Meaning, Sizes, TermName } from '../symbols/vocabulary.ts';
import { define } from '../shared/define.ts';
import { firstGesture } from '../shared/first-gesture.ts';
import { wordsMissing } from '../shared/shared-sentences.ts';
import { styles } from './rnn-symbol.styles.ts';

/**
 * Delays in milliseconds before a tooltip opens on hover and before it closes. The second gives the pointer time to
 * reach the tooltip.
 */
const OPEN_DELAY = 250;
const CLOSE_DELAY = 200;
const CONTROLS = 'a, button, input, select, textarea, summary, rnn-handle, rnn-symbol, [role=slider]';

/** The cost of covering a control of the symbol's own group, in relation to 1 for any other control. */
const OWN_GROUP = 1000;

interface Position {
  left: number;
  top: number;
}
/** The distance of the tooltip from the symbol and from the edge of the window, in CSS pixels. */
const GAP = 8;

export class RnnSymbol extends LitElement {
  static override styles = styles;

  static override properties = {
    term: { type: String },
    sizes: { attribute: false },
    _stop: { state: true },
    _open: { state: true },
  };

  declare term: TermName;
  declare sizes: Sizes | undefined;
  /** Whether the Tab key stops at this symbol of its group. */
  declare _stop: boolean;
  declare _open: boolean;

  /** At most one tooltip is open at a time. */
  static #shown: RnnSymbol | undefined;

  /** Undefined until the explanations have been loaded. */
  static #meaningOf: typeof import('../symbols/vocabulary.ts').meaningOf | undefined;
  /** Undefined if they are not being loaded. */
  static #loading: Promise<void> | undefined;
  static #isMissing = false;
  /** The symbols on the page, which are drawn again when the explanations arrive. */
  static readonly #all = new Set<RnnSymbol>();

  /** After a failure, the next tooltip that opens tries again. */
  static #load(): void {
    RnnSymbol.#loading ??= import('../symbols/vocabulary.ts')
      .then(
        ({ meaningOf }) => {
          RnnSymbol.#meaningOf = meaningOf;
        },
        () => {
          RnnSymbol.#isMissing = true;
          RnnSymbol.#loading = undefined;
        },
      )
      .then(() => {
        for (const symbol of RnnSymbol.#all) symbol.requestUpdate();
      });
  }

  static {
    void firstGesture.then(() => RnnSymbol.#load());
  }

  #group: Element | null = null;
  #timer = 0;
  /** How the tooltip was opened. One that was opened by hovering closes when the pointer leaves. */
  #by: 'pointer' | 'focus' | 'click' = 'click';

  constructor() {
    super();
    this._stop = false;
    this._open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#group = this.closest('[data-symbols]');
    this.#keepStop();
    RnnSymbol.#all.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    RnnSymbol.#all.delete(this);
    this.#hide();
    this._stop = false;
    const [first] = membersOf(this.#group);
    if (first) first.#keepStop();
  }

  /** A group has one Tab stop: its first symbol, until another one has been focused. */
  #keepStop(): void {
    const members = this.#group ? membersOf(this.#group) : [this];
    if (!members.some(({ _stop }) => _stop)) (members[0] ?? this)._stop = true;
  }

  override render(): TemplateResult {
    const said = this.#said();
    return html`<button type="button" class=${this._open ? 'open' : ''} tabindex=${this._stop ? 0 : -1} aria-describedby="tip" @click=${this.#onClick}
        @keydown=${this.#onKey} @focus=${this.#onFocus} @blur=${this.#hide} @pointerenter=${this.#onEnter} @pointerleave=${this.#onLeave}><slot></slot></button
      ><span class=${`tip ${this._open && said ? 'open' : ''}`} id="tip" role="tooltip" popover="manual" @pointerenter=${this.#onEnter} @pointerleave=${this.#onLeave}>${said}</span>`;
  }

  /** Undefined if the explanations are still on their way. */
  #said(): TemplateResult | string | undefined {
    const meaning = RnnSymbol.#meaningOf?.(this.term, this.sizes);
    if (meaning) return words(meaning);
    return RnnSymbol.#isMissing ? wordsMissing() : undefined;
  }

  protected override updated(): void {
    const tip = this.#tip;
    if (!tip) return;
    const isOpen = tip.classList.contains('open');
    /* In browsers without popovers, the class alone shows the tooltip. */
    if ('showPopover' in tip && isOpen !== tip.matches(':popover-open')) tip.togglePopover(isOpen);
    if (isOpen) this.#place();
  }

  get #tip(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.tip');
  }

  /** Places the tooltip below, above or beside the symbol, inside the window, where it covers the fewest controls. */
  #place = (): void => {
    const tip = this.#tip;
    const button = this.renderRoot.querySelector('button');
    if (!tip || !button) return;
    const at = button.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    if (at.bottom < 0 || at.top > clientHeight) {
      this.#hide();
      return;
    }
    const { offsetWidth: width, offsetHeight: height } = tip;
    const inside = (most: number, place: number): number => Math.max(GAP, Math.min(place, most - GAP));
    const [across, down] = [inside(clientWidth - width, at.left), inside(clientHeight - height, at.top)];
    const places = [
      { left: across, top: at.bottom + GAP },
      { left: across, top: at.top - GAP - height },
      { left: at.right + GAP, top: down },
      { left: at.left - GAP - width, top: down },
    ].filter(({ left, top }) => left >= 0 && top >= 0 && left + width <= clientWidth && top + height <= clientHeight);
    const controls = this.#controls();
    const covered = ({ left, top }: Position): number =>
      controls.reduce(
        (sum, { box, cost }) =>
          sum + (box.left < left + width && box.right > left && box.top < top + height && box.bottom > top ? cost : 0),
        0,
      );
    const best = places.reduce<Position | undefined>(
      (best, place) => (best && covered(best) <= covered(place) ? best : place),
      undefined,
    );
    const { left, top } = best ?? { left: across, top: at.bottom + GAP };
    tip.style.left = `${left}px`;
    tip.style.top = `${top}px`;
  };

  /**
   * The positions of the controls around the symbol. Controls of the same group cost more to cover because the reader
   * is likely to use one of them next.
   */
  #controls(): { box: DOMRect; cost: number }[] {
    const around = (this.getRootNode() as ParentNode).querySelectorAll(CONTROLS);
    return [...around]
      .filter((control) => control !== this && !control.contains(this))
      .map((control) => ({
        box: control.getBoundingClientRect(),
        cost: this.#group?.contains(control) ? OWN_GROUP : 1,
      }));
  }

  /** Opens the tooltip as the pointer, the focus or a click does. */
  show(by: 'pointer' | 'focus' | 'click'): void {
    clearTimeout(this.#timer);
    if (this._open && by === 'pointer') return;
    this.#by = by;
    if (this._open) return;
    const other = RnnSymbol.#shown;
    if (other) other.#hide();
    RnnSymbol.#shown = this;
    this._open = true;
    RnnSymbol.#load();
    addEventListener('keydown', this.#onEscape, true);
    addEventListener('pointerdown', this.#onPress, true);
    addEventListener('scroll', this.#place, { capture: true, passive: true });
    addEventListener('resize', this.#place);
  }

  #hide = (): void => {
    clearTimeout(this.#timer);
    if (!this._open) return;
    this._open = false;
    RnnSymbol.#shown = undefined;
    removeEventListener('keydown', this.#onEscape, true);
    removeEventListener('pointerdown', this.#onPress, true);
    removeEventListener('scroll', this.#place, { capture: true });
    removeEventListener('resize', this.#place);
  };

  /** Escape also closes a tooltip that was opened by hovering while the focus is elsewhere. */
  #onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    this.#hide();
    event.stopPropagation();
  };

  #onPress = (event: PointerEvent): void => {
    if (!event.composedPath().includes(this)) this.#hide();
  };

  #onEnter = (event: PointerEvent): void => {
    clearTimeout(this.#timer);
    if (event.pointerType !== 'touch') this.#timer = window.setTimeout(() => this.show('pointer'), OPEN_DELAY);
  };

  #onLeave = (event: PointerEvent): void => {
    clearTimeout(this.#timer);
    if (event.pointerType !== 'touch' && this.#by === 'pointer')
      this.#timer = window.setTimeout(this.#hide, CLOSE_DELAY);
  };

  #onClick = (): void => {
    if (this._open && this.#by !== 'pointer') this.#hide();
    else this.show('click');
  };

  #onFocus = (): void => {
    for (const member of membersOf(this.#group)) member._stop = member === this;
    if (this.renderRoot.querySelector('button:focus-visible')) this.show('focus');
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const members = membersOf(this.#group);
    const here = members.indexOf(this);
    const places: Record<string, number> = {
      ArrowRight: here + 1,
      ArrowDown: here + 1,
      ArrowLeft: here - 1,
      ArrowUp: here - 1,
      Home: 0,
      End: members.length - 1,
    };
    const to = places[event.key];
    if (to === undefined || here < 0) return;
    members[to]?.renderRoot.querySelector('button')?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
}

const membersOf = (group: Element | null): RnnSymbol[] => [...(group?.querySelectorAll<RnnSymbol>('rnn-symbol') ?? [])];

const words = ({
  name,
  text,
  shape,
  whole,
  keras,
}: Meaning): TemplateResult => html`<b>${name}.</b> <span>${text}</span>
  ${shape ? html`<span class="fine">Shape: ${shape}.</span>` : nothing} ${whole ? html`<span class="fine">Shape of the whole: ${whole}.</span>` : nothing} ${keras ? html`<span class="fine">In Keras: ${keras}.</span>` : nothing}`;

define('rnn-symbol', RnnSymbol);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-symbol': RnnSymbol;
  }
}
