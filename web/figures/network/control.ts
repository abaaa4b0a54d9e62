/** The actions that a reader can perform in the figure with any control, and the events that they emit. */

import { type Highlight, sameHighlight } from '../../symbols/highlight-event.ts';
import type { Actions } from './actions.ts';
import type { FigureHost } from './figure-host.ts';
import { figureKey, inputKey } from './keyboard.ts';
import { Player } from './player.ts';
import { Pointer } from './pointer.ts';
import type { Scene } from './scene.ts';
import type { StateName } from './trace.ts';
import { Typing } from './typing.ts';
import { emit } from '../../shared/events.ts';

/** The properties of the element that the reader changes. */
interface FigureElement extends HTMLElement {
  timestep: number;
  unit: number | undefined;
  layer: number;
  gate: number;
  state: StateName;
  fold: number;
  readouts: boolean;
  open: boolean;
  highlight: Highlight | undefined;
  disabled: boolean;
  readonly trace: unknown;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
}

export class Control implements FigureHost {
  /** The scene that was drawn last. */
  scene: Scene | undefined;
  speechDue = false;
  readonly typing: Typing;
  readonly player: Player;
  readonly pointer: Pointer;
  readonly element: FigureElement;
  /** The trace from before a change. */
  #before: unknown;

  constructor(element: FigureElement) {
    this.element = element;
    this.typing = new Typing(this);
    this.player = new Player(this);
    this.pointer = new Pointer(this, this.typing);
  }

  get disabled(): boolean {
    return this.element.disabled;
  }

  get root(): ShadowRoot {
    return this.element.renderRoot as ShadowRoot;
  }

  update(): void {
    this.element.requestUpdate();
  }

  speak(changed = false): void {
    this.speechDue = true;
    this.#before = changed ? this.element.trace : undefined;
    this.update();
  }

  /** Whether this is still the trace from before a change that has to be announced. */
  awaits(trace: unknown): boolean {
    return trace !== undefined && trace === this.#before;
  }

  pause(): void {
    this.player.pause();
  }

  /** Moves to another time step. Returns false if the time step does not change. */
  move(timestep: number): boolean {
    const s = this.scene;
    if (!s || this.disabled) return false;
    const next = Math.min(Math.max(timestep, 0), s.trace.timesteps);
    if (next === s.timestep) return false;
    this.element.timestep = next;
    emit(this.element, 'rnn-timestep', { timestep: next });
    return true;
  }

  walk(timestep: number): void {
    this.pause();
    if (this.move(timestep)) this.speak();
  }

  chooseUnit(unit: number): void {
    const s = this.scene;
    if (!s || this.disabled) return;
    const next = unit >= 1 && unit <= s.trace.units ? unit : undefined;
    if (next === s.unit) return;
    this.element.unit = next;
    emit(this.element, 'rnn-unit', { unit: next });
  }

  chooseLayer(layer: number): void {
    const s = this.scene;
    if (!s || this.disabled || layer === s.trace.layer) return;
    this.element.layer = layer;
    emit(this.element, 'rnn-layer', { layer });
  }

  setHighlight(highlight: Highlight | undefined): void {
    if (this.disabled || sameHighlight(highlight, this.element.highlight)) return;
    this.element.highlight = highlight;
    emit(this.element, 'rnn-term', highlight ?? {});
  }

  /** The actions for the controls around the picture. */
  readonly actions: Actions = {
    move: (timestep) => this.move(timestep),
    walk: (timestep) => this.walk(timestep),
    chooseUnit: (unit) => this.chooseUnit(unit),
    chooseLayer: (layer) => this.chooseLayer(layer),
    chooseGate: (gate) => {
      this.element.gate = gate;
      emit(this.element, 'rnn-gate', { gate });
    },
    showState: (state) => {
      this.element.state = state;
      emit(this.element, 'rnn-strips', { state });
    },
    showWeight: (place) => this.typing.showWeight(place),
    typeWeight: (field, final) => this.typing.typeWeight(field, final),
    weightTyped: () => this.typing.left('weight'),
    weightLeft: () => this.setHighlight(undefined),
    fold: (fold) => {
      this.element.fold = fold;
      emit(this.element, 'rnn-fold', { fold });
    },
    readouts: (readouts) => {
      this.element.readouts = readouts;
      emit(this.element, 'rnn-readouts', { readouts });
    },
    play: () => this.player.play(),
    pause: () => this.pause(),
    showInput: (index) => this.typing.showInput(index),
    typeInput: (index, field, final) => this.typing.typeInput(index, field, final),
    typed: () => this.typing.left('input'),
    openTable: (open) => {
      if (open === this.element.open) return;
      this.element.open = open;
      emit(this.element, 'rnn-open', { open });
    },
  };

  key = (event: KeyboardEvent): void => {
    const s = this.scene;
    if (!s || this.disabled || event.altKey || event.ctrlKey || event.metaKey) return;
    const grip = (event.target as Element).closest?.('.grip');
    const handled = grip
      ? inputKey(this, this.typing, event.key, s, Number(grip.getAttribute('data-input')), this.#focusInput)
      : figureKey(this, event.key, s);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #focusInput = async (index: number): Promise<void> => {
    await this.element.updateComplete;
    this.root.querySelector<SVGGElement>(`[data-input="${index}"]`)?.focus();
    this.typing.showInput(index);
  };
}
