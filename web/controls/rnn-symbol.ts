/** `<rnn-symbol term="W">W</rnn-symbol>`: a symbol with a tooltip that explains it.
 *
 *  The tooltip opens after a short hover, on focus, and on Enter, click or tap. It closes when the pointer or the focus leaves, on Escape and
 *  on another click. The pointer may move onto the tooltip. For screen readers, the tooltip is the description of the symbol.
 *  The symbols inside one `[data-symbols]` share one Tab stop; arrow keys, Home and End move among them.
 *
 *  term: a name of web/symbols/vocabulary.ts; sizes: the sizes of the layer (without them, no shapes are shown). It emits no events.
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type Meaning, meaningOf, type Sizes, type TermName } from '../symbols/vocabulary.ts';
import { define } from '../shared/define.ts';
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
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
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
    /* In browsers without popovers, the class alone shows the tooltip. */
    const popovers = 'showPopover' in tip;
    if (popovers && this._open) tip.showPopover();
    else if (popovers && tip.matches(':popover-open')) tip.hidePopover();
    if (this._open) this.#place();
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
    if (event.pointerType !== 'touch') this.#timer = window.setTimeout(() => this.#show('pointer'), OPEN_DELAY);
  };

  #onLeave = (event: PointerEvent): void => {
    clearTimeout(this.#timer);
    if (event.pointerType !== 'touch' && this.#by === 'pointer')
      this.#timer = window.setTimeout(this.#hide, CLOSE_DELAY);
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
