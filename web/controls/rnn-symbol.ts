/** `<rnn-symbol term="W">W</rnn-symbol>`: a symbol of the lesson that says what it means.
 *
 *  A tooltip comes by pointing (after a moment), by focus, by Enter, click and tap; it goes when the pointer or the focus has gone, by
 *  Escape, by another click. It may be pointed at itself. A screen reader hears it as the symbol's description.
 *  Symbols inside one `[data-symbols]` are one stop of the Tab key: arrow keys, Home and End move among them.
 *
 *  term: a name of web/symbols/vocabulary.ts; sizes: of the network it is said for (without: no shapes). It tells nothing.
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type Meaning, meaningOf, type Sizes, type TermName } from '../symbols/vocabulary.ts';
import { define } from '../shared/define.ts';
import { styles } from './rnn-symbol.styles.ts';

/** Before a tooltip comes by pointing, and before it goes: the pointer may be on its way to it. In milliseconds. */
const COMES = 250;
const GOES = 200;
const CONTROLS = 'a, button, input, select, textarea, summary, rnn-handle, rnn-symbol, [role=slider]';

/** So much worse it is to cover a control of the symbol's own group than one of another. */
const OWN_GROUP = 1000;

interface Place {
  left: number;
  top: number;
}
/** Between the symbol, the tooltip and the edge of the window. */
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
  /** The stop of the Tab key in its group. */
  declare _stop: boolean;
  declare _open: boolean;

  /** At most one is open. */
  static #shown: RnnSymbol | undefined;

  #group: Element | null = null;
  #timer = 0;
  /** What opened it: what a pointer brought goes with it. */
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
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hide();
    this._stop = false;
    const [first] = membersOf(this.#group);
    if (first) first.#keepStop();
  }

  /** A group has one stop, the first of it until another was in focus. */
  #keepStop(): void {
    const members = this.#group ? membersOf(this.#group) : [this];
    if (!members.some(({ _stop }) => _stop)) (members[0] ?? this)._stop = true;
  }

  override render(): TemplateResult {
    const { sizes, term } = this;
    const meaning = meaningOf(term, sizes);
    if (!meaning) return html`<slot></slot>`;
    return html`<button type="button" class=${this._open ? 'open' : ''} tabindex=${this._stop ? 0 : -1} aria-describedby="tip" @click=${this.#onClick}
        @keydown=${this.#onKey} @focus=${this.#onFocus} @blur=${this.#hide} @pointerenter=${this.#onEnter} @pointerleave=${this.#onLeave}><slot></slot></button
      ><span class=${`tip ${this._open ? 'open' : ''}`} id="tip" role="tooltip" popover="manual" @pointerenter=${this.#onEnter} @pointerleave=${this.#onLeave}>${words(meaning)}</span>`;
  }

  protected override updated(changed: PropertyValues): void {
    const tip = this.#tip;
    if (!tip || !changed.has('_open')) return;
    /* an older browser has no popovers: the tooltip is shown all the same, by its class */
    const popovers = 'showPopover' in tip;
    if (popovers && this._open) tip.showPopover();
    else if (popovers && tip.matches(':popover-open')) tip.hidePopover();
    if (this._open) this.#place();
  }

  get #tip(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.tip');
  }

  /** Below the symbol, above it or beside it, inside the window: where it covers the fewest controls. */
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
    const held = (most: number, place: number): number => Math.max(GAP, Math.min(place, most - GAP));
    const [across, down] = [held(clientWidth - width, at.left), held(clientHeight - height, at.top)];
    const places = [
      { left: across, top: at.bottom + GAP },
      { left: across, top: at.top - GAP - height },
      { left: at.right + GAP, top: down },
      { left: at.left - GAP - width, top: down },
    ].filter(({ left, top }) => left >= 0 && top >= 0 && left + width <= clientWidth && top + height <= clientHeight);
    const controls = this.#controls();
    const covered = ({ left, top }: Place): number =>
      controls.reduce(
        (sum, { box, cost }) =>
          sum + (box.left < left + width && box.right > left && box.top < top + height && box.bottom > top ? cost : 0),
        0,
      );
    const best = places.reduce<Place | undefined>(
      (best, place) => (best && covered(best) <= covered(place) ? best : place),
      undefined,
    );
    const { left, top } = best ?? { left: across, top: at.bottom + GAP };
    tip.style.left = `${left}px`;
    tip.style.top = `${top}px`;
  };

  /**
   * Where the controls around are: the card keeps clear of them where it can, of those in its own group before all,
   * since one of them is used next.
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

  #show(by: 'pointer' | 'focus' | 'click'): void {
    clearTimeout(this.#timer);
    if (this._open && by === 'pointer') return;
    this.#by = by;
    if (this._open) return;
    const other = RnnSymbol.#shown;
    if (other) other.#hide();
    RnnSymbol.#shown = this;
    this._open = true;
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

  /** Wherever the focus is: what a pointer brought must go without one. */
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
    if (event.pointerType !== 'touch') this.#timer = window.setTimeout(() => this.#show('pointer'), COMES);
  };

  #onLeave = (event: PointerEvent): void => {
    clearTimeout(this.#timer);
    if (event.pointerType !== 'touch' && this.#by === 'pointer') this.#timer = window.setTimeout(this.#hide, GOES);
  };

  #onClick = (): void => {
    if (this._open && this.#by !== 'pointer') this.#hide();
    else this.#show('click');
  };

  #onFocus = (): void => {
    for (const member of membersOf(this.#group)) member._stop = member === this;
    if (this.renderRoot.querySelector('button:focus-visible')) this.#show('focus');
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
