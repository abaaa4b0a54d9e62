/** What the HTML around the picture shows, and the actions of its controls. */

import type { nothing, TemplateResult } from 'lit';
import type { StateName } from './trace.ts';
import type { WeightPlace } from './weights.ts';

/** The actions of the controls. `walk` is `move` for controls that have no spoken value of their own. */
export interface Actions {
  move(timestep: number): void;
  walk(timestep: number): void;
  chooseUnit(unit: number): void;
  chooseLayer(layer: number): void;
  chooseGate(gate: number): void;
  showState(state: StateName): void;
  showWeight(place: WeightPlace): void;
  typeWeight(field: HTMLInputElement, final: boolean): void;
  weightTyped(): void;
  /** The focus has left all fields of the weight. */
  weightLeft(): void;
  fold(fold: number): void;
  readouts(on: boolean): void;
  play(): void;
  pause(): void;
  showInput(index: number): void;
  typeInput(index: number, field: HTMLInputElement, final: boolean): void;
  typed(): void;
  openTable(open: boolean): void;
}

/** What the controls show in addition to the scene. */
export interface PanelState {
  playing: boolean;
  tableOpen: boolean;
  /** The index in x of the number in the field, and the text of the field while the reader types. */
  input: number | undefined;
  text: string | undefined;
  /** The text in the field of the weight while the reader types. */
  weightText: string | undefined;
  /** The error message for the last typed text. */
  complaint: { field: 'input' | 'weight'; text: string } | undefined;
}

export type Content = TemplateResult | typeof nothing;
export type FieldEvent = Event & { target: HTMLInputElement };
