/** The number fields for an x and for a weight. A text that is not a number causes a message and changes nothing. */

import { standardized } from '../../shared/data-names.ts';
import { weightShown } from './selection.ts';
import type { FigureHost } from './figure-host.ts';
import { termOfWeight } from './highlight.ts';
import { type WeightPlace, weightAt } from './weights.ts';
import { translate } from '../../shared/translate.ts';
import { emit } from '../../shared/events.ts';

/** The number in a field, or undefined. */
function numberIn(field: HTMLInputElement): number | undefined {
  const value = field.valueAsNumber;
  return field.value.trim() !== '' && field.validity.valid && Number.isFinite(value) ? value : undefined;
}

const COMPLAINT = translate('This is not a number like \u22120.5, 0.42 or 1e-3. The old value stays.');

export class Typing {
  /** The index in x of the number in the field, and the text while the reader types. */
  input: number | undefined;
  text: string | undefined;
  /** The weight in its number field, and the text while the reader types. */
  weight: WeightPlace | undefined;
  weightText: string | undefined;
  /** The message about the last typed text, and the field that it belongs to. */
  complaint: { field: 'input' | 'weight'; text: string } | undefined;
  readonly #figure: FigureHost;

  constructor(figure: FigureHost) {
    this.#figure = figure;
  }

  /** At another time step, the field shows the first x again. */
  forget(): void {
    this.input = undefined;
    this.complaint = undefined;
  }

  /** Chooses the x in the number field. */
  showInput(index: number): void {
    if (this.input === index) return;
    this.input = index;
    emit(this.#figure.element, 'rnn-field', { input: index });
    this.#figure.update();
  }

  setInput(index: number, value: number, final: boolean): void {
    const { scene, disabled } = this.#figure;
    if (!scene || scene.fixed || disabled || !Number.isFinite(value)) return;
    const { features } = scene.trace;
    emit(this.#figure.element, 'rnn-input', {
      timestep: Math.floor(index / features) + 1,
      feature: index % features,
      value,
      final,
    });
  }

  typeInput(index: number, field: HTMLInputElement, final: boolean): void {
    this.text = field.value;
    const { trace, names } = this.#figure.scene ?? {};
    const quantity = names?.quantities?.[index % (trace?.features ?? 1)];
    const typed = numberIn(field);
    const value = quantity && typed !== undefined ? standardized(quantity, typed) : typed;
    if (value !== undefined) this.setInput(index, value, final);
    if (final) this.#settle('input', value, this.#figure.scene?.trace.x[index]);
  }

  /** Chooses the weight in the number field. */
  showWeight(place: WeightPlace): void {
    this.weight = place;
    this.weightText = undefined;
    emit(this.#figure.element, 'rnn-field', { weight: place });
    const { scene } = this.#figure;
    if (scene) this.#figure.setHighlight(termOfWeight(scene, place));
    this.#figure.update();
  }

  typeWeight(field: HTMLInputElement, final: boolean): void {
    const { scene, disabled } = this.#figure;
    if (!scene?.weights || scene.fixed || disabled) return;
    this.weightText = field.value;
    const value = numberIn(field);
    const place = weightShown(scene, scene.weights);
    if (value !== undefined)
      emit(this.#figure.element, 'rnn-weight', { index: scene.weights.index(place), value, final });
    if (final) this.#settle('weight', value, weightAt(scene.weights, place));
  }

  /** After the reader has left a field, it shows the number in the figure again. */
  left(field: 'input' | 'weight'): void {
    if (field === 'input') this.text = undefined;
    else this.weightText = undefined;
    this.#figure.update();
  }

  /** `before`: the number in the figure before the change. */
  #settle(field: 'input' | 'weight', value: number | undefined, before: number | undefined): void {
    const sound = value !== undefined;
    this.complaint = sound ? undefined : { field, text: COMPLAINT };
    if (!sound) this.left(field);
    this.#figure.speak(sound && before !== Math.fround(value));
  }
}
