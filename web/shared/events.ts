/**
 * Every event of the elements, by its name, with its `detail`, and the one function that sends them.
 *
 * Time steps, units, layers and epochs count from 1, as readers see them. Everything else counts from 0, as in arrays: sequences,
 * features, gates, terms, runs, and whatever is called `index`.
 */

/** What `<rnn-figure>` tells the page around it (docs/embedding/README.md). No other event crosses its shadow root. */
interface FigureEvents {
  'rnn-ready': object;
  'rnn-step': { t: number; unit: number; layer: number };
  /** `epoch` has a fraction between two epochs. */
  'rnn-epoch': { epoch: number; updates: number };
  /** As in a link: `#v=1&…`, empty for the first state. */
  'rnn-state': { address: string };
  'rnn-leave': object;
  'rnn-refused': { reason: string };
}

export interface RnnEvents extends FigureEvents {
  // The place in the network that is shown.
  /** 0 is the state before the first time step, and all time steps in a scatter plot. */
  'rnn-timestep': { timestep: number };
  'rnn-unit': { unit: number | undefined };
  'rnn-layer': { layer: number };
  /** As many as the cell has gates: the path of its state. */
  'rnn-gate': { gate: number };
  'rnn-feature': { feature: number };
  /** `chosen`: by a key or a click; otherwise the sequence is only under the pointer. */
  'rnn-sample': { sample: number | undefined; chosen: boolean };
  'rnn-cursor': { epoch: number | undefined; chosen: boolean };
  /** By its place among the runs. */
  'rnn-pick': { run: number };
  /** How many time steps are read. */
  'rnn-length': { length: number };
  // What is shown of it.
  'rnn-fold': { fold: number };
  'rnn-readouts': { readouts: boolean };
  'rnn-strips': { state: 'h' | 'c' };
  'rnn-mean': { mean: boolean };
  'rnn-order': { order: 'added' | 'size' };
  'rnn-choice': { term: number };
  'rnn-wrong': { wrong: boolean };
  'rnn-open': { open: boolean };
  /** The term of a sum that is highlighted, by who brings it; nothing: none. */
  'rnn-term': { kind?: string; index?: number };
  /** What a number field shows: an input by its place in x, or a weight by its place in its plate. */
  'rnn-field': { input?: number; weight?: { role: 'u' | 'w' | 'b' | 'v'; unit: number; column: number } };
  /** The part of a picture that is pointed at; empty: none. */
  'rnn-part': { part: string };
  // What a reader changes. `final`: the movement has ended.
  /** `typed`: what was typed, if it had to be clamped. */
  'rnn-change': { name: string; value: number; final: boolean; typed?: string };
  'rnn-input': { timestep: number; feature: number; value: number; final: boolean };
  /** A place in the flat parameters: without a value it is chosen for the gradient check. */
  'rnn-weight': { index: number; value?: number; final?: boolean };
  'rnn-datum': { index: number; target: boolean; value: number; final: boolean };
  // What a reader wants.
  /** The words that a text begins with, or how it is continued. */
  'rnn-prompt': { prompt: string; temperature: number; draw: number };
  'rnn-run': { name: string };
  /** Times are to be measured once more. */
  'rnn-measure': object;
  'rnn-training': { action: 'toggle' | 'batch' | 'epoch' | 'back' | 'reset' | 'back-epoch' | 'end' };
  'rnn-seek': { updates: number };
  'rnn-speed': { speed: number };
  'rnn-seed': { seed: number };
  'rnn-guess': { choice: string };
  'rnn-reveal': object;
  /** `values`: one per epoch, NaN before the first one that was drawn. `revealed`: whether the run is shown. */
  'rnn-sketch': { values: readonly number[]; revealed: boolean };
  'rnn-another': object;
  'rnn-vanish': object;
  /** `done` is given what the menu waits for. */
  'rnn-save': { format: 'svg' | 'png'; done(saving: Promise<unknown>): void };
}

const CROSSING: Record<keyof FigureEvents, true> = {
  'rnn-ready': true,
  'rnn-step': true,
  'rnn-epoch': true,
  'rnn-state': true,
  'rnn-leave': true,
  'rnn-refused': true,
};

/** Every event bubbles. An event whose `detail` may be empty needs none. */
export function emit<Name extends keyof RnnEvents>(
  element: HTMLElement,
  name: Name,
  ...[detail]: object extends RnnEvents[Name] ? [detail?: RnnEvents[Name]] : [detail: RnnEvents[Name]]
): void {
  element.dispatchEvent(new CustomEvent(name, { detail: detail ?? {}, bubbles: true, composed: name in CROSSING }));
}

type Heard = { [Name in keyof RnnEvents]: CustomEvent<RnnEvents[Name]> };

declare global {
  interface HTMLElementEventMap extends Heard {}
}
