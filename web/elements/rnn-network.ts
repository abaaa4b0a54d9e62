/** `<rnn-network>`: the recurrent network over time, unrolled or folded, with the numbers of one traced sequence.
 *
 *  A pure function of its properties: it computes places and colours, no number that it shows. Whoever moves a control
 *  hears of it by an event (bubbling, composed):
 *
 *      rnn-timestep {timestep}   rnn-unit {unit}   rnn-fold {fold}   rnn-readouts {readouts}
 *      rnn-input {timestep, feature, value, final}     an x_t was dragged or typed: what would follow?
 *
 *  Time steps and units count from 1, as they are shown; timestep 0 is h_0 alone; features count from 0.
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { formatNumber } from '../format.ts';
import { type Rgb, valueScale } from '../network/colour.ts';
import { gutter, over, stepOf, under } from '../network/drawing.ts';
import { type Box, columnAt, columnsBetween, columnX, type Layout, type Panel, scrollFor, smooth, unitAt } from '../network/layout.ts';
import { type Ink, paintBlock, paintFrame, paintNumber, paintPlate, paintRow, paintStrips, paintThreads, prepare, strip } from '../network/paint.ts';
import { height, threads, valueAt } from '../network/paths.ts';
import { magnitude, snap } from '../network/scales.ts';
import { scene, type Scene } from '../network/scene.ts';
import { inputOf, stateOf, sumOf, type Trace } from '../network/trace.ts';
import { rowOf, type Tensor, type Weights, weightsOf } from '../network/weights.ts';
import { description, foldSentence, rows, sentence, unitSentence } from '../network/words.ts';
import { styles } from './rnn-network.styles.ts';

/** One time step while playing: so long the next one comes, then it rests. */
const STEP_MILLISECONDS = 900;
const MOVE_MILLISECONDS = 600;
/** Columns beyond the frame that are drawn too, in frames, so that scrolling meets no blank. */
const AHEAD = 1;

export class RnnNetwork extends LitElement {
  static override styles = styles;

  static override properties = {
    trace: { attribute: false },
    parameters: { attribute: false },
    tensors: { attribute: false },
    original: { attribute: false },
    edited: { attribute: false },
    label: { type: Number },
    timestep: { type: Number },
    unit: { type: Number },
    fold: { type: Number },
    readouts: { type: Boolean },
    disabled: { type: Boolean },
  };

  declare trace: Trace | undefined;
  declare parameters: Float32Array | undefined;
  declare tensors: readonly Tensor[] | undefined;
  /** x before the what-if edits, for their ghosts. */
  declare original: ArrayLike<number> | undefined;
  /** Places in x, (t − 1)·features + feature, that are what-if edits. */
  declare edited: Iterable<number> | undefined;
  declare label: number | undefined;
  declare timestep: number;
  declare unit: number | undefined;
  declare fold: number;
  declare readouts: boolean;
  declare disabled: boolean;

  #width = 0;
  #resized = false;
  #scene: Scene | undefined;
  #weights: Weights | undefined;
  #ink: Ink | undefined;
  #roles = { u: '', w: '', v: '', b: '' };
  #tokens = '';
  #plates: unknown[] = [];
  #drag: { index: number; pointer: number; offset: number; value: number | undefined } | undefined;
  #input: number | undefined;
  #typed: string | undefined;
  #playing: { stop(): void } | undefined;
  #coming = 0;
  #tableOpen = false;
  #speechDue = false;
  #window: [number, number] = [0, 0];
  #sizes: ResizeObserver | undefined;
  #themes: MutationObserver | undefined;
  #schemes: MediaQueryList | undefined;

  constructor() {
    super();
    this.timestep = 0;
    this.fold = 0;
    this.readouts = false;
    this.disabled = false;
  }

  // -------------------------------------------------------------------------------------------------- life

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver((entries) => {
      const width = Math.floor(entries[0]?.contentRect.width ?? 0);
      if (width === 0 || width === this.#width) return;
      this.#width = width;
      this.#resized = true;
      this.requestUpdate();
    });
    this.#sizes.observe(this);
    this.#themes = new MutationObserver(this.#repaint);
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
    this.#schemes = matchMedia('(prefers-color-scheme: dark)');
    this.#schemes.addEventListener('change', this.#repaint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
    this.#sizes?.disconnect();
    this.#themes?.disconnect();
    this.#schemes?.removeEventListener('change', this.#repaint);
  }

  #repaint = (): void => this.requestUpdate();

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('parameters') || changed.has('tensors')) this.#weights = weightsOf(this.parameters, this.tensors);
    if (changed.has('timestep') || changed.has('trace')) {
      const count = this.trace ? this.trace.x.length : 0;
      if (changed.has('timestep') || (this.#input ?? 0) >= count) this.#input = undefined;
    }
    this.#scene = this.#makeScene();
  }

  #makeScene(): Scene | undefined {
    const { trace } = this;
    if (!trace || this.#width === 0) return undefined;
    const weights = this.#weights;
    const made = scene({
      width: this.#width,
      trace: this.label === undefined ? trace : { ...trace, label: this.label },
      weights: weights && weights.units === trace.units && weights.features === trace.features ? weights : undefined,
      timestep: this.timestep,
      unit: this.unit,
      fold: this.fold,
      readouts: this.readouts,
      edited: new Set(this.edited ?? []),
      original: this.original,
      disabled: this.disabled,
      coming: this.#coming,
    });
    this.#window = this.#seen(made);
    return { ...made, from: Math.min(this.#window[0], made.timestep), to: Math.min(this.#window[1], made.timestep) };
  }

  get #frame(): HTMLElement | null {
    return this.renderRoot.querySelector('.frame');
  }

  /** The columns to draw: those in the frame where it will stand, and some to both sides. */
  #seen(s: Scene): [number, number] {
    const scroll = scrollFor(s.l, s.timestep, this.#frame?.scrollLeft ?? 0);
    return columnsBetween(s.l, scroll - AHEAD * s.l.frameWidth, scroll + (1 + AHEAD) * s.l.frameWidth);
  }

  protected override updated(changed: PropertyValues): void {
    const s = this.#scene;
    if (!s) return;
    // By script: a style attribute in markup would break a strict policy.
    this.#size('.gutter', s.l.gutter.width, s.l.height);
    this.#size('.sheet', s.l.sheetWidth, s.l.height);
    this.#readTokens();
    this.#paintGutter(s);
    this.#paintSheet(s);
    const frame = this.#frame;
    if (frame && (this.#resized || ['timestep', 'fold', 'trace'].some((name) => changed.has(name)))) {
      this.#resized = false;
      const place = scrollFor(s.l, s.timestep, frame.scrollLeft);
      if (Math.abs(place - frame.scrollLeft) > 0.5) frame.scrollLeft = place;
    }
    this.#say(s);
  }

  #size(selector: string, width: number, height: number): void {
    const { style } = this.renderRoot.querySelector(selector) as HTMLElement;
    style.width = `${width}px`;
    style.height = `${height}px`;
  }

  // ------------------------------------------------------------------------------------------------ colours

  /** The tokens as the page has them now, resolved by the browser; the scale is made anew only when they change. */
  #readTokens(): void {
    const probes = [...this.renderRoot.querySelectorAll<HTMLElement>('.probe')].map((probe) => getComputedStyle(probe).color);
    const tokens = probes.join('|');
    if (tokens === this.#tokens && this.#ink) return;
    this.#tokens = tokens;
    const [neg, zero, pos, error, ink, line, paper, select, u, w, v, b] = probes as [string, string, string, string, string, string, string, string, string, string, string, string];
    const scale = valueScale(bytesOf(neg), bytesOf(zero), bytesOf(pos), bytesOf(error));
    this.#ink = { scale, ink, line, paper, select, font: getComputedStyle(this).fontFamily };
    this.#roles = { u, w, v, b };
  }

  // ------------------------------------------------------------------------------------------------- canvas

  #canvas(name: string): HTMLCanvasElement {
    return this.renderRoot.querySelector(`canvas.${name}`) as HTMLCanvasElement;
  }

  #paintGutter(s: Scene): void {
    const { l, weights, unit } = s;
    const ink = this.#ink as Ink;
    const canvas = this.#canvas('plates');
    // A dragged x leaves the weights alone: no need to draw them again.
    const drawn = [canvas, weights, unit, ink, l.width, l.height, globalThis.devicePixelRatio];
    if (drawn.every((part, k) => part === this.#plates[k])) return;
    this.#plates = drawn;
    const g = prepare(canvas, l.gutter.width, l.height);
    if (!g || !weights) return;
    const { v, w, u, b } = l.gutter.plates;
    const limits = s.weightLimits;
    paintPlate(g, l, v, 1, weights.v, limits.v, this.#roles.v, ink, unit);
    paintPlate(g, l, w, l.units, weights.w, limits.w, this.#roles.w, ink, unit);
    paintPlate(g, l, u, l.features, weights.u, limits.u, this.#roles.u, ink, unit);
    paintPlate(g, l, b, 1, weights.b, limits.u, this.#roles.b, ink, unit);
    if (unit === undefined) return;
    for (const box of [v, w, u, b]) paintRow(g, l, box, unit, ink.select);
    const single: [Box, Float32Array, number][] = [[v, weights.v, limits.v], [b, weights.b, limits.u]];
    if (l.features === 1) single.push([u, weights.u, limits.u]);
    for (const [box, values, limit] of single) {
      const value = values[unit - 1] as number;
      paintNumber(g, l, box, unit, formatNumber(value), value, limit, ink);
    }
  }

  #paintSheet(s: Scene): void {
    const { l, trace, unit, timestep } = s;
    const ink = this.#ink as Ink;
    const left = Math.max(0, columnX(l, s.from) - l.pitch);
    const to = Math.min(l.timesteps, s.coming > 0 ? timestep + 1 : s.to);
    const right = Math.min(l.sheetWidth, columnX(l, to) + l.pitch);
    const canvas = this.#canvas('cells');
    const g = prepare(canvas, right - left, l.height);
    if (!g) return;
    canvas.style.transform = `translateX(${left}px)`;
    g.translate(-left, 0);
    const chosen = unit === undefined ? undefined : { unit, text: (t: number) => formatNumber(stateOf(trace, t, unit)) };
    paintStrips(g, l, s.from, to, trace.h, s.stateLimit, ink, chosen, to > timestep ? smooth(0.6, 1, s.coming) : 1);
    if (l.inputCells) this.#paintInputs(g, s, ink);
    const opacity = 1 - smooth(0.2, 0.8 * l.touch, l.fold);
    if (unit === undefined || !s.weights || timestep === 0 || opacity === 0) return;
    const row = rowOf(s.weights, unit);
    paintThreads(g, threads(l, timestep, unit, row), magnitude(row) || 1, opacity, ink);
  }

  /** Many features: cells as for h, on the scale of their own range. */
  #paintInputs(g: CanvasRenderingContext2D, s: Scene, ink: Ink): void {
    const { l, trace } = s;
    const panel = l.inputs[0] as Panel;
    const limit = Math.max(...s.domains.flat().map(Math.abs));
    const edges = Float64Array.from({ length: l.features + 1 }, (_, f) => panel.top + ((panel.bottom - panel.top) * f) / l.features);
    const asStrips = { ...l, units: l.features, strips: panel, rowEdges: edges };
    for (let t = Math.max(1, s.from); t <= s.to; t++) {
      if (l.fold > 0.6 && t < s.timestep) continue;
      paintBlock(g, asStrips, strip(l, t), 1, (f) => inputOf(trace, t, f), limit, ink);
      paintFrame(g, asStrips, strip(l, t), ink.line, 1);
    }
  }

  // --------------------------------------------------------------------------------------------------- page

  protected override render(): TemplateResult {
    const s = this.#scene;
    const probes = ['neg', 'zero', 'pos', 'error', 'ink', 'line', 'paper', 'select', 'u', 'w', 'v', 'b'];
    return html`${probes.map((name) => html`<i class="probe ${name}"></i>`)}
      ${s ? this.#figure(s) : html`<p class="aside">The network appears here once it has numbers to show.</p>`}
      <p class="hidden" role="status"></p>`;
  }

  #figure(s: Scene): TemplateResult {
    const { l } = s;
    return html`<div class=${`figure ${l.gutter.narrow ? 'narrow' : l.width < 940 ? 'middle' : 'wide'}`}>
      ${this.#facts(s)}
      <p class="hidden" id="description">${description(s.trace)}</p>
      <div class="plot" role="group" tabindex="0" aria-label="The network over time. Left and right arrow keys move through time, up and down choose a unit."
        aria-describedby="description" @keydown=${this.#onKey} @pointermove=${this.#onHover} @pointerleave=${this.#leave} @click=${this.#onClick}>
        <div class="gutter" aria-hidden="true">
          <svg class="under" width=${l.gutter.width} height=${l.height}>${gutter(s)}</svg><canvas class="plates"></canvas>
        </div>
        <div class="frame" @scroll=${this.#onScroll} @pointerdown=${this.#onDown} @pointermove=${this.#onMove} @pointerup=${this.#onUp} @pointercancel=${this.#onUp}>
          <div class="sheet">
            <svg class="under" aria-hidden="true" width=${l.sheetWidth} height=${l.height}>${under(s)}</svg>
            <canvas class="cells" aria-hidden="true"></canvas>
            <svg class="over" width=${l.sheetWidth} height=${l.height}>${over(s)}</svg>
          </div>
        </div>
        <div class="tip-box" hidden aria-hidden="true"></div>
      </div>
      ${this.#legend(s)}${this.#controls(s)}${this.#table(s)}
    </div>`;
  }

  // The values at the cursor, and the x that can be typed.
  #facts(s: Scene): TemplateResult {
    const { trace, timestep, unit } = s;
    const last = timestep === trace.timesteps && timestep > 0;
    const p = timestep > 0 ? (trace.probability[timestep - 1] as number) : 0;
    return html`<div class="facts">
      <span><var>t</var> = <b>${timestep}</b> <span class="aside">of ${trace.timesteps}</span></span>
      ${timestep === 0 ? html`<span><var>h</var><sub>0</sub> = 0 <span class="aside">before anything was read</span></span>` : this.#inputFact(s)}
      ${unit === undefined || timestep === 0 ? nothing : html`<span><var>z</var><sub>${timestep}</sub>[${unit}] = ${formatNumber(sumOf(trace, timestep, unit))}</span>`}
      ${unit === undefined ? nothing : html`<span><var>h</var><sub>${timestep}</sub>[${unit}] = <b>${formatNumber(stateOf(trace, timestep, unit))}</b></span>`}
      ${last ? html`<span><var>p</var>(<var>y</var> = 1) = <b>${formatNumber(p)}</b>${trace.label === undefined ? nothing : html` <span class="aside">target ${trace.label ? '●' : '○'} <var>y</var> = ${trace.label}, loss ${formatNumber(trace.loss, 3)}</span>`}</span>` : nothing}
      ${!last && timestep > 0 && s.readouts ? html`<span class="aside">If we asked now (never trained): <var>p</var>(<var>y</var> = 1) = ${formatNumber(p)}</span>` : nothing}
    </div>`;
  }

  #inputFact(s: Scene): TemplateResult {
    const { trace } = s;
    const index = this.#input ?? (s.timestep - 1) * trace.features;
    const t = Math.floor(index / trace.features) + 1;
    const feature = index % trace.features;
    const value = trace.x[index] as number;
    const was = s.edited.has(index) ? s.original?.[index] : undefined;
    const name = trace.features > 1 ? `${t}, ${feature + 1}` : t;
    return html`<span><label><var>x</var><sub>${name}</sub> = <input type="number" step="any" aria-label=${`x ${name}: type another value to see what would follow`}
        .value=${this.#typed ?? String(Number(value.toFixed(4)))} ?disabled=${s.disabled}
        @focus=${() => this.#showInput(index)} @input=${(e: Event) => this.#onTyped(e, index, false)} @change=${(e: Event) => this.#onTyped(e, index, true)} @blur=${this.#onTypedEnd}></label>
      ${was === undefined ? nothing : html`<span class="aside">was ${formatNumber(was)}</span>`}</span>`;
  }

  #legend(s: Scene): TemplateResult {
    const end = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 2);
    const scale = (name: unknown, limit: number) =>
      html`<span class="scale">${name} ${end(-limit)} <i class="bar"></i> ${end(limit)}</span>`;
    return html`<div class="legend">
      ${scale(html`<span><var>h</var></span>`, s.stateLimit)}
      ${s.weights ? this.#weightScale(s) : nothing}
      ${s.weights && s.unit !== undefined && s.timestep > 0
        ? html`<span class="scale"><span>threads: row ${s.unit} of <var>W</var>, from <var>h</var><sub>${s.timestep - 1}</sub> into <var>h</var><sub>${s.timestep}</sub>[${s.unit}]</span>
            <svg width="26" height="10" aria-hidden="true"><path class="thread pos" d="M1 5h24"></path></svg> positive
            <svg width="26" height="10" aria-hidden="true"><path class="thread neg" d="M1 5h24"></path></svg> negative</span>`
        : html`<span>choose a unit to see its numbers and what feeds it</span>`}
    </div>`;
  }

  /** Each plate is coloured up to its own largest weight: W's are small where there are many. */
  #weightScale(s: Scene): TemplateResult {
    const { u, w, v } = s.weightLimits;
    const most = (name: string, role: string, limit: number) =>
      html`<span><var class=${`role ${role}`}>${name}</var> ±${formatNumber(limit)}</span>`;
    return html`<span class="scale">weights <i class="bar"></i> ${most('W', 'w', w)} ${most('U', 'u', u)} ${most('V', 'v', v)}</span>`;
  }

  #controls(s: Scene): TemplateResult {
    const { trace, timestep, unit } = s;
    const { disabled } = this;
    const playing = this.#playing !== undefined;
    const icon = (d: string) => html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d=${d}></path></svg>`;
    return html`<div class="controls">
      <div class="buttons">
        <button type="button" class="back" aria-label="One time step back" ?disabled=${disabled || timestep === 0} @click=${() => this.#walk(timestep - 1)}>${icon('M12 1v12L4 7zM2 1h2v12H2z')}</button>
        <button type="button" class="play" aria-label=${playing ? 'Pause' : 'Play through time'} ?disabled=${disabled} @click=${() => (playing ? this.pause() : this.play())}>${icon(playing ? 'M2 1h4v12H2zM8 1h4v12H8z' : 'M3 1l9 6l-9 6z')}</button>
        <button type="button" class="forward" aria-label="One time step forward" ?disabled=${disabled || timestep === trace.timesteps} @click=${() => this.#walk(timestep + 1)}>${icon('M2 1l8 6l-8 6zM10 1h2v12h-2z')}</button>
      </div>
      <div class="control time"><label for="time">Time step</label><output>${timestep} of ${trace.timesteps}</output>
        <input id="time" type="range" min="0" max=${trace.timesteps} step="1" .value=${String(timestep)} ?disabled=${disabled}
          aria-valuetext=${sentence(trace, timestep, unit)} @input=${(e: Event) => this.#move(Number((e.target as HTMLInputElement).value))}></div>
      <div class="control unit"><label for="unit">Unit</label><output>${unit === undefined ? 'none chosen' : `${unit} of ${trace.units}`}</output>
        <input id="unit" type="range" min="0" max=${trace.units} step="1" .value=${String(unit ?? 0)} ?disabled=${disabled}
          aria-valuetext=${unitSentence(trace, timestep, unit)} @input=${(e: Event) => this.#chooseUnit(Number((e.target as HTMLInputElement).value))}></div>
      <label class="check"><input type="checkbox" .checked=${this.readouts} ?disabled=${disabled} @change=${this.#onReadouts}>If we asked now (never trained)</label>
      <div class="control fold"><label for="fold">Unrolled → folded</label><output>${foldSentence(s.l.fold).split(':')[0]}</output>
        <input id="fold" type="range" min="0" max="1" step="0.01" .value=${String(s.l.fold)} ?disabled=${disabled}
          aria-valuetext=${foldSentence(s.l.fold)} @input=${(e: Event) => this.#foldTo(Number((e.target as HTMLInputElement).value))}></div>
    </div>`;
  }

  #table(s: Scene): TemplateResult {
    const { trace, unit } = s;
    const names = trace.features > 1 ? Array.from({ length: trace.features }, (_, f) => String(f + 1)) : [''];
    return html`<details @toggle=${this.#onTable}>
      <summary>These numbers as a table</summary>
      ${this.#tableOpen
        ? html`<div class="table" role="region" aria-label="The numbers as a table" tabindex="0"><table>
            <caption>Every number up to the cursor, as traced. p before the last step was never trained.</caption>
            <thead><tr><th scope="col"><var>t</var></th>${names.map((name) => html`<th scope="col"><var>x</var><sub>t${name ? `, ${name}` : ''}</sub></th>`)}
              ${unit === undefined ? nothing : html`<th scope="col"><var>z</var><sub>t</sub>[${unit}]</th><th scope="col"><var>h</var><sub>t</sub>[${unit}]</th>`}
              <th scope="col">logit</th><th scope="col"><var>p</var>(<var>y</var> = 1)</th></tr></thead>
            <tbody>${rows(trace, 0, s.timestep, unit).map(
              (row) => html`<tr><th scope="row">${row.t}</th>${row.x.map((x) => html`<td>${x}</td>`)}
                ${unit === undefined ? nothing : html`<td>${row.z}</td><td>${row.h}</td>`}
                <td class=${row.t < trace.timesteps ? 'untrained' : ''}>${row.logit}</td><td class=${row.t < trace.timesteps ? 'untrained' : ''}>${row.p}</td></tr>`,
            )}</tbody></table></div>`
        : nothing}
    </details>`;
  }

  // ------------------------------------------------------------------------------------------------- events

  #emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** To another time step, by whatever control; false where there is none. */
  #move(timestep: number): boolean {
    const s = this.#scene;
    if (!s || this.disabled) return false;
    const next = Math.min(Math.max(timestep, 0), s.trace.timesteps);
    if (next === s.timestep) return false;
    this.timestep = next;
    this.#emit('rnn-timestep', { timestep: next });
    return true;
  }

  /** The same by a control that says nothing itself: the live region does. */
  #walk(timestep: number): void {
    this.pause();
    if (this.#move(timestep)) this.#speechDue = true;
  }

  #chooseUnit(unit: number): void {
    const s = this.#scene;
    if (!s || this.disabled) return;
    const next = unit >= 1 && unit <= s.trace.units ? unit : undefined;
    if (next === s.unit) return;
    this.unit = next;
    this.#emit('rnn-unit', { unit: next });
  }

  #foldTo(fold: number): void {
    if (this.disabled) return;
    this.fold = fold;
    this.#emit('rnn-fold', { fold });
  }

  #onReadouts = (event: Event): void => {
    this.readouts = (event.target as HTMLInputElement).checked;
    this.#emit('rnn-readouts', { readouts: this.readouts });
  };

  #onTable = (event: Event): void => {
    this.#tableOpen = (event.target as HTMLDetailsElement).open;
    this.requestUpdate();
  };

  #onKey = (event: KeyboardEvent): void => {
    const s = this.#scene;
    if (!s || this.disabled || event.altKey || event.ctrlKey || event.metaKey) return;
    const grip = (event.target as Element).closest?.('.grip');
    const handled = grip ? this.#inputKey(event.key, s, Number(grip.getAttribute('data-input'))) : this.#figureKey(event.key, s);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #figureKey(key: string, s: Scene): boolean {
    const last = s.trace.timesteps;
    const unit = s.unit ?? 0;
    const times: Record<string, number> = { ArrowLeft: s.timestep - 1, ArrowRight: s.timestep + 1, Home: 0, End: last };
    const time = times[key];
    if (time !== undefined) {
      this.#walk(time);
      return true;
    }
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      this.#chooseUnit(Math.min(Math.max(unit + (key === 'ArrowDown' ? 1 : -1), 0), s.trace.units));
      this.#speechDue = true;
      return true;
    }
    if (key === 'Escape' && s.unit !== undefined) {
      this.#chooseUnit(0);
      return true;
    }
    return false;
  }

  /** On an x_t: up and down change it, left and right go to its neighbours. */
  #inputKey(key: string, s: Scene, index: number): boolean {
    const { features } = s.trace;
    const domain = s.domains[index % features] as [number, number];
    const step = stepOf(s, index);
    const value = s.trace.x[index] as number;
    const changes: Record<string, number> = { ArrowUp: value + step, ArrowDown: value - step, PageUp: value + 10 * step, PageDown: value - 10 * step, Home: domain[0], End: domain[1] };
    const wanted = changes[key];
    if (wanted !== undefined) {
      this.#setInput(index, snap(Math.min(Math.max(wanted, domain[0]), domain[1]), step), true);
      return true;
    }
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
    const next = index + (key === 'ArrowRight' ? features : -features);
    if (next >= s.timestep * features) this.#move(s.timestep + 1);
    if (next >= 0 && next < s.trace.x.length) this.updateComplete.then(() => this.#focusInput(next));
    return true;
  }

  #focusInput(index: number): void {
    this.renderRoot.querySelector<SVGGElement>(`[data-input="${index}"]`)?.focus();
    this.#showInput(index);
  }

  /** Which x the number field shows. */
  #showInput(index: number): void {
    if (this.#input === index) return;
    this.#input = index;
    this.requestUpdate();
  }

  #setInput(index: number, value: number, final: boolean): void {
    const s = this.#scene;
    if (!s || this.disabled || !Number.isFinite(value)) return;
    const { features } = s.trace;
    this.#emit('rnn-input', { timestep: Math.floor(index / features) + 1, feature: index % features, value, final });
  }

  #onTyped(event: Event, index: number, final: boolean): void {
    const field = event.target as HTMLInputElement;
    this.#typed = field.value;
    if (field.value.trim() !== '' && field.validity.valid) this.#setInput(index, field.valueAsNumber, final);
    if (!final) return;
    this.#speechDue = true;
    this.requestUpdate();
  }

  #onTypedEnd = (): void => {
    this.#typed = undefined;
    this.requestUpdate();
  };

  // ------------------------------------------------------------------------------------------------ pointer

  #onDown = (event: PointerEvent): void => {
    const s = this.#scene;
    const grip = (event.target as Element).closest('.grip');
    if (!s || !grip || this.disabled || event.button !== 0 || this.#drag) return;
    this.pause();
    const index = Number(grip.getAttribute('data-input'));
    // Taken beside its middle, the point keeps that distance: it does not jump under the finger.
    const feature = index % s.trace.features;
    const middle = height(s.l.inputs[feature] as Panel, s.domains[feature] as [number, number], s.trace.x[index] as number);
    this.#drag = { index, pointer: event.pointerId, offset: this.#sheetY(event) - middle, value: undefined };
    (grip as SVGGElement).focus({ preventScroll: true });
    this.#frame?.setPointerCapture(event.pointerId);
    this.#showInput(index);
    this.#leave();
  };

  #sheetY(event: PointerEvent): number {
    return event.clientY - (this.renderRoot.querySelector('.sheet') as Element).getBoundingClientRect().top;
  }

  #onMove = (event: PointerEvent): void => {
    const s = this.#scene;
    const drag = this.#drag;
    if (!s || drag?.pointer !== event.pointerId) return;
    const feature = drag.index % s.trace.features;
    const y = this.#sheetY(event) - drag.offset;
    const value = snap(valueAt(s.l.inputs[feature] as Panel, s.domains[feature] as [number, number], y), stepOf(s, drag.index));
    if (value === (drag.value ?? s.trace.x[drag.index])) return;
    drag.value = value;
    this.#setInput(drag.index, value, false);
  };

  #onUp = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    this.#drag = undefined;
    if (drag.value === undefined) return;
    this.#setInput(drag.index, drag.value, true);
    this.#speechDue = true;
    this.requestUpdate();
  };

  /** Where on the gutter or the sheet a pointer is. */
  #place(event: MouseEvent): { on: 'gutter' | 'sheet'; x: number; y: number } | undefined {
    for (const on of ['gutter', 'sheet'] as const) {
      if (!(event.target as Element).closest(`.${on}`)) continue;
      const rect = (this.renderRoot.querySelector(`.${on}`) as Element).getBoundingClientRect();
      return { on, x: event.clientX - rect.left, y: event.clientY - rect.top };
    }
    return undefined;
  }

  #onClick = (event: MouseEvent): void => {
    const s = this.#scene;
    const time = (event.target as Element).getAttribute('data-time');
    if (!s || this.disabled) return;
    if (time !== null) {
      this.#walk(Number(time));
      return;
    }
    const place = this.#place(event);
    const input = place && this.#inputAt(s, place);
    if (input !== undefined) this.#showInput(input);
    const unit = place && unitAt(s.l, place.y);
    if (!place || unit === undefined) return;
    const onStrip = place.on === 'gutter' || columnAt(s.l, place.x, s.timestep) !== undefined;
    if (!onStrip) return;
    this.#chooseUnit(unit === s.unit ? 0 : unit);
    this.#speechDue = true;
  };

  #onHover = (event: PointerEvent): void => {
    const s = this.#scene;
    if (!s || this.#drag || event.pointerType === 'touch') return;
    const place = this.#place(event);
    const text = place && this.#textAt(s, place);
    if (!text) {
      this.#leave();
      return;
    }
    const box = this.renderRoot.querySelector('.tip-box') as HTMLElement;
    const plot = (this.renderRoot.querySelector('.plot') as Element).getBoundingClientRect();
    box.hidden = false;
    box.textContent = text;
    const x = Math.min(event.clientX - plot.left + 12, plot.width - box.offsetWidth - 2);
    box.style.transform = `translate(${Math.max(0, x)}px, ${event.clientY - plot.top - 34}px)`;
  };

  #leave = (): void => {
    const box = this.renderRoot.querySelector<HTMLElement>('.tip-box');
    if (box) box.hidden = true;
  };

  /** The value under the pointer, by name. */
  #textAt(s: Scene, place: { on: 'gutter' | 'sheet'; x: number; y: number }): string | undefined {
    const index = this.#inputAt(s, place);
    if (index !== undefined) {
      const { features } = s.trace;
      return `x${lowered(Math.floor(index / features) + 1)}[${(index % features) + 1}] = ${formatNumber(s.trace.x[index] as number, 3)}`;
    }
    const unit = unitAt(s.l, place.y);
    if (unit === undefined) return undefined;
    if (place.on === 'sheet') {
      const t = columnAt(s.l, place.x, s.timestep);
      return t === undefined ? undefined : `h${lowered(t)}[${unit}] = ${formatNumber(stateOf(s.trace, t, unit), 3)}`;
    }
    return s.weights && plateText(s.l, s.weights, unit, place.x);
  }

  /** The input whose cell is under the pointer, where inputs are drawn as cells. */
  #inputAt(s: Scene, place: { on: 'gutter' | 'sheet'; x: number; y: number }): number | undefined {
    const { l } = s;
    const panel = l.inputs[0] as Panel;
    if (!l.inputCells || place.on !== 'sheet' || place.y < panel.top || place.y >= panel.bottom) return undefined;
    const t = columnAt(l, place.x, s.timestep);
    if (!t) return undefined;
    return (t - 1) * l.features + Math.floor(((place.y - panel.top) / (panel.bottom - panel.top)) * l.features);
  }

  #onScroll = (): void => {
    const frame = this.#frame;
    const s = this.#scene;
    if (!frame || !s) return;
    this.renderRoot.querySelector('.plot')?.classList.toggle('scrolled', frame.scrollLeft > 1);
    const [from, to] = columnsBetween(s.l, frame.scrollLeft, frame.scrollLeft + frame.clientWidth);
    if (from < this.#window[0] || to > this.#window[1]) this.requestUpdate();
  };

  // --------------------------------------------------------------------------------------------------- play

  /** Walks on by itself, from the start if it stood at the end. */
  play(): void {
    const s = this.#scene;
    if (!s || this.disabled || this.#playing !== undefined) return;
    if (s.timestep === s.trace.timesteps) this.#move(0);
    this.#nextStep();
    this.requestUpdate();
  }

  /** Stops playing; says where it stopped. */
  pause(): void {
    if (!this.#playing) return;
    this.#playing.stop();
    this.#playing = undefined;
    this.#coming = 0;
    this.#speechDue = true;
    this.requestUpdate();
  }

  get playing(): boolean {
    return this.#playing !== undefined;
  }

  #nextStep(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#playing = still ? afterwards(this.#arrive) : gradually(this.#approach, this.#arrive);
  }

  #approach = (part: number): void => {
    this.#coming = part;
    this.requestUpdate();
  };

  #arrive = (): void => {
    const s = this.#scene;
    if (!s) return;
    this.#coming = 0;
    this.#move(s.timestep + 1);
    if (this.timestep >= s.trace.timesteps) this.pause();
    else this.#nextStep();
  };

  // ------------------------------------------------------------------------------------------------- speech

  /** Speaks once, at rest; never while playing or dragging, and never what a slider says itself. */
  #say(s: Scene): void {
    if (!this.#speechDue || this.#playing !== undefined || this.#drag) return;
    this.#speechDue = false;
    const region = this.renderRoot.querySelector('[role=status]');
    if (region) region.textContent = sentence(s.trace, s.timestep, s.unit);
  }
}

function afterwards(end: () => void): { stop(): void } {
  const timer = setTimeout(end, STEP_MILLISECONDS);
  return { stop: () => clearTimeout(timer) };
}

/** Calls part with 0 … 1 at every frame, then, after a rest, end. */
function gradually(part: (done: number) => void, end: () => void): { stop(): void } {
  const start = performance.now();
  let frame = 0;
  const next = (now: number): void => {
    const passed = Math.max(0, now - start);
    frame = requestAnimationFrame(next);
    if (passed < MOVE_MILLISECONDS) part(Math.max(passed / MOVE_MILLISECONDS, 0.001));
    else if (passed < STEP_MILLISECONDS) part(1);
    else {
      cancelAnimationFrame(frame);
      end();
    }
  };
  frame = requestAnimationFrame(next);
  return { stop: () => cancelAnimationFrame(frame) };
}

/** What a browser makes of a CSS colour, as bytes. */
function bytesOf(colour: string): Rgb {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const g = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  g.fillStyle = colour;
  g.fillRect(0, 0, 1, 1);
  const [r, green, b] = g.getImageData(0, 0, 1, 1).data;
  return [r ?? 0, green ?? 0, b ?? 0];
}

const lowered = (n: number): string => [...String(n)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('');

function plateText(l: Layout, weights: Weights, unit: number, x: number): string | undefined {
  const { v, w, u, b } = l.gutter.plates;
  const column = (box: Box, count: number): number => Math.floor(((x - box.left) / box.width) * count);
  const on = (box: Box): boolean => x >= box.left && x < box.left + box.width;
  const text = (name: string, value: number | undefined): string => `${name} = ${formatNumber(value ?? Number.NaN, 3)}`;
  if (on(v)) return text(`V[${unit}]`, weights.v[unit - 1]);
  if (on(b)) return text(`b[${unit}]`, weights.b[unit - 1]);
  if (on(w)) {
    const from = column(w, weights.units);
    return `${text(`W[${unit}, ${from + 1}]`, weights.w[(unit - 1) * weights.units + from])}: unit ${from + 1} into unit ${unit}`;
  }
  if (on(u)) {
    const f = column(u, weights.features);
    return text(weights.features > 1 ? `U[${unit}, ${f + 1}]` : `U[${unit}]`, weights.u[(unit - 1) * weights.features + f]);
  }
  return undefined;
}

if (!customElements.get('rnn-network')) customElements.define('rnn-network', RnnNetwork);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-network': RnnNetwork;
  }
}
