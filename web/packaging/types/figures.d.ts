/** The types of `<rnn-figure>`, which `figures.js` and `figures.mjs` define. Described in docs/embedding/README.md. */

import type { RnnEvents } from '../../shared/events.ts';
import type { AttributeValue, FieldProperties, FigureFields, FigureView } from './figure-fields.ts';

export type { AttributeValue, FigureFields, FigureView };

/** The attributes of `<rnn-figure>`, each of which is also a property. */
export interface FigureAttributes extends FigureFields {
  /** What is shown. Default: network. */
  view?: FigureView | (string & {}) | null | undefined;
  /** A chapter of the lesson, by its number or name, for the view lesson. Default: the first. */
  chapter?: string | number | null | undefined;
  /** The controls beside it, separated by commas. Default: those of the view; none: the figure alone. */
  controls?: string | null | undefined;
  /** A whole state, as the link of the lab or of the notebook has it: `#v=1&task=first&…`. */
  state?: string | null | undefined;
  /** The moment of the training, in epochs. Default: its end. */
  epoch?: string | number | null | undefined;
  /** The page that "Copy the link" opens. */
  link?: string | null | undefined;
  /** Light or dark. Default: as its page, or as the background that it stands on. */
  scheme?: 'light' | 'dark' | null | undefined;
  /** Whether the figure fills the window, for a classroom. */
  projector?: boolean | '' | null | undefined;
}

/** The events of `<rnn-figure>`, by name, each with its `detail`. They come after the change. */
export type FigureEvents = {
  [Name in 'rnn-ready' | 'rnn-step' | 'rnn-epoch' | 'rnn-state' | 'rnn-leave' | 'rnn-refused']: CustomEvent<
    RnnEvents[Name]
  >;
};

/** What a figure shows, as a picture that is complete in itself. */
export interface FigurePicture {
  svg: string;
  /** In CSS pixels. */
  width: number;
  height: number;
  /** The name for a file, without an extension. */
  name: string;
}

export interface RnnFigure extends HTMLElement, FieldProperties {
  /** Resolves after the first drawing. It rejects with the reason if the network cannot run. */
  readonly ready: Promise<void>;
  get view(): string;
  set view(name: string | null | undefined);
  get chapter(): string | null;
  set chapter(value: AttributeValue);
  get controls(): string | null;
  set controls(value: AttributeValue);
  get epoch(): string | null;
  set epoch(value: AttributeValue);
  get link(): string | null;
  set link(value: AttributeValue);
  get scheme(): string | null;
  set scheme(value: AttributeValue);
  get projector(): boolean;
  set projector(on: boolean | '' | null | undefined);
  /** The state as a link has it: `#v=1&…`. Setting it shows another state. */
  get address(): string;
  set address(address: string | null | undefined);
  /** A copy of the state, by names and by keys. Undefined before the figure has come into sight. */
  get state(): Readonly<Record<string, unknown>> | undefined;
  set state(address: string | null | undefined);
  /**
   * Changes a part of the state, as a reader would: `figure.set({ t: 3, unit: 2 })`.
   * @returns One sentence for each value that was not taken as it is.
   */
  set(part: Readonly<Record<string, unknown>>): string[];
  /**
   * Shows a network with the weights of a file, safetensors or npz, also of Keras and PyTorch.
   * @throws Error if they cannot be shown.
   */
  loadWeights(file: ArrayBuffer | Uint8Array): Promise<void>;
  /** Trains from the moment that is shown. */
  play(): void;
  pause(): void;
  /** `step(by)` moves by so many time steps, 1 by default; a negative number moves back. */
  get step(): (by?: number) => void;
  /** Set, it is the attribute: a step of the chapter, by its number. */
  set step(number: string | number | null | undefined);
  /** What the figure shows, as a picture. */
  picture(): Promise<FigurePicture>;
  /** A copy of the table behind the figure. Undefined if it has none. */
  table(): Promise<HTMLTableElement | undefined>;
}

declare global {
  interface HTMLElementTagNameMap {
    'rnn-figure': RnnFigure;
  }
}
