/** What the HTML around the picture shows, and what it can ask for. */

import type { nothing, TemplateResult } from 'lit';
import type { StateName } from './trace.ts';
import type { Place } from './weights.ts';

/** What the controls do. walk is move for a control that says nothing itself. */
export interface Actions {
  move(timestep: number): void;
  walk(timestep: number): void;
  chooseUnit(unit: number): void;
  chooseLayer(layer: number): void;
  chooseGate(gate: number): void;
  showState(state: StateName): void;
  showWeight(place: Place): void;
  typeWeight(field: HTMLInputElement, final: boolean): void;
  weightTyped(): void;
  /** None of a weight's fields has the focus any more. */
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

/** What the controls show beside the scene. */
export interface Shown {
  playing: boolean;
  tableOpen: boolean;
  /** The x in the number field, and its text while someone types. */
  input: number | undefined;
  text: string | undefined;
  /** The text in the weight's field while someone types. */
  weightText: string | undefined;
  /** What was wrong with what was typed last. */
  complaint: { field: 'input' | 'weight'; text: string } | undefined;
}

export type Content = TemplateResult | typeof nothing;
export type FieldEvent = Event & { target: HTMLInputElement };
