/** What is typed: an x, a weight. What is no number is told, and changes nothing. */

import { weightShown } from './selection.ts';
import type { Figure } from './figure-host.ts';
import { termOfWeight } from './highlight.ts';
import { type Place, weightAt } from './weights.ts';
import { translate } from '../../shared/translate.ts';
import { emit } from '../../shared/events.ts';

/** The number in a field, if there is one. */
export function numberIn(field: HTMLInputElement): number | undefined {
  const value = field.valueAsNumber;
  return field.value.trim() !== '' && field.validity.valid && Number.isFinite(value) ? value : undefined;
}

const COMPLAINT = translate('This is not a number like \u22120.5, 0.42 or 1e-3. The old value stays.');

export class Typing {
  /** The x in the number field, by its place, and the text while someone types. */
  input: number | undefined;
  text: string | undefined;
  /** The weight in the number field, and its text. */
  weight: Place | undefined;
  weightText: string | undefined;
  /** What was wrong with what was typed last, and in which field. */
  complaint: { field: 'input' | 'weight'; text: string } | undefined;
  readonly #figure: Figure;

  constructor(figure: Figure) {
    this.#figure = figure;
  }

  /** Another moment: the field shows its first x. */
  forget(): void {
    this.input = undefined;
    this.complaint = undefined;
  }

  /** Which x the number field shows. */
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
    const value = numberIn(field);
    if (value !== undefined) this.setInput(index, value, final);
    if (final) this.#settle('input', value, this.#figure.scene?.trace.x[index]);
  }

  /** Which weight the number field shows. */
  showWeight(place: Place): void {
    this.weight = place;
    this.weightText = undefined;
    emit(this.#figure.element, 'rnn-field', { weight: place });
    const { scene } = this.#figure;
    if (scene) this.#figure.light(termOfWeight(scene, place));
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

  /** A field was left: it shows the number as it is. */
  left(field: 'input' | 'weight'): void {
    if (field === 'input') this.text = undefined;
    else this.weightText = undefined;
    this.#figure.update();
  }

  /** `before`: what the figure has there as yet. */
  #settle(field: 'input' | 'weight', value: number | undefined, before: number | undefined): void {
    const sound = value !== undefined;
    this.complaint = sound ? undefined : { field, text: COMPLAINT };
    if (!sound) this.left(field);
    this.#figure.speak(sound && before !== Math.fround(value));
  }
}
