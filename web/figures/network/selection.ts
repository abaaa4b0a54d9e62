/** The choice of layer, gate and state in a larger network, and the weight editor. */

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { replaceComma, roomFor } from '../../shared/number-field.ts';
import { classMark, type DataNames, featureName } from '../../shared/data-names.ts';
import { fieldText, formatNumber } from '../../shared/format.ts';
import type { Actions, Content, FieldEvent, PanelState } from './actions.ts';
import { weightName, weightConnection } from './hit-test.ts';
import type { Scene } from './scene.ts';
import type { StateName } from './trace.ts';
import { columnsOf, type WeightPlace, type Role, weightAt, type Weights } from './weights.ts';
import { plural, translate } from '../../shared/translate.ts';

type ChoiceEvent = Event & { target: HTMLSelectElement };

interface Choice {
  id: string;
  label: string;
  chosen: number;
  options: readonly string[];
  choose: (option: number) => void;
}

function choice({ id, label, chosen, options, choose }: Choice, disabled: boolean): Content {
  return html`<label class="choice">${label} <select id=${id} ?disabled=${disabled}
    @change=${(event: ChoiceEvent) => choose(event.target.selectedIndex)}>${options.map(
      (option, k) => html`<option .selected=${k === chosen}>${option}</option>`,
    )}</select></label>`;
}

function layerName(k: number, count: number): string {
  if (k === 1) return translate(`${k} of ${count}, reads x`);
  return k === count ? translate(`${k} of ${count}, is read out`) : translate(`${k} of ${count}`);
}

const STATES: readonly StateName[] = ['h', 'c'];

/** Menus for the layer, gate and state, if there is a choice. */
export function choices(s: Scene, actions: Actions): Content {
  const { trace, disabled } = s;
  const parts: Content[] = [];
  if (trace.layers > 1) {
    const options = Array.from({ length: trace.layers }, (_, k) => layerName(k + 1, trace.layers));
    parts.push(
      choice(
        {
          id: 'layer',
          label: translate('Layer'),
          chosen: trace.layer - 1,
          options,
          choose: (k) => actions.chooseLayer(k + 1),
        },
        disabled,
      ),
    );
  }
  if (trace.gates.length > 1) {
    const options = trace.gates.map(({ letter, name }) => `${letter}, ${name}`);
    parts.push(
      choice(
        { id: 'gate', label: translate('Weights of'), chosen: trace.gate, options, choose: actions.chooseGate },
        disabled,
      ),
    );
  }
  if (trace.c) {
    const options = [translate('h, what is read out'), translate('c, the cell state')];
    const choose = (k: number): void => actions.showState(STATES[k] as StateName);
    parts.push(
      choice(
        { id: 'state', label: translate('Strips show'), chosen: STATES.indexOf(trace.state), options, choose },
        disabled,
      ),
    );
  }
  return parts.length > 0 ? html`<div class="choices">${parts}</div>` : nothing;
}

const ROLES: readonly Role[] = ['w', 'u', 'b', 'v'];

/** The weight in the fields: the chosen one, or a weight of W into the chosen unit. */
export function weightShown(s: Scene, weights: Weights): WeightPlace {
  const { role, unit, column } = s.weight ?? { role: 'w', unit: s.unit ?? 1, column: 0 };
  return { role, unit: Math.min(unit, weights.units), column: Math.min(column, columnsOf(weights, role) - 1) };
}

function counted(
  id: string,
  label: string,
  value: number,
  least: number,
  most: number,
  set: (value: number) => void,
  disabled: boolean,
): Content {
  const change = ({ target }: FieldEvent): void => {
    if (target.validity.valid && target.value !== '') set(target.valueAsNumber);
    else target.value = String(value);
  };
  return html`<label class="choice">${label} <input id=${id} type="number" min=${least} max=${most} step="1" .value=${String(value)}
    ?disabled=${disabled} @change=${change}></label>`;
}

/**
 * A field for the other end of a weight: the unit or feature where it starts, the output where it leads, or one of two
 * biases.
 */
function otherEnd(s: Scene, weights: Weights, place: WeightPlace, actions: Actions): Content {
  const most = columnsOf(weights, place.role);
  if (most === 1) return nothing;
  // Classes count from 0, like targets.
  const first = place.role === 'v' ? 0 : 1;
  const label = {
    w: translate('from unit'),
    u: s.trace.layer > 1 ? translate('from unit below') : translate('from feature'),
    b: translate('column'),
    v: translate('into class'),
  }[place.role];
  const set = (value: number): void => actions.showWeight({ ...place, column: value - first });
  const options = otherEnds(s.names, place.role, most, s.trace.layer);
  if (options)
    return choice(
      {
        ...{ id: 'weight-column', options, chosen: place.column },
        label: place.role === 'v' ? translate('into word') : label,
        choose: (column) => actions.showWeight({ ...place, column }),
      },
      s.disabled,
    );
  return counted('weight-column', label, place.column + first, first, most - 1 + first, set, s.disabled);
}

/** The names of the features or classes at the other end; undefined if they are only numbers. */
function otherEnds(names: DataNames, role: Role, count: number, layer: number): string[] | undefined {
  const each = (name: (k: number) => string | undefined): string[] =>
    Array.from({ length: count }, (_, k) => name(k) ?? String(k + 1));
  if (role === 'v' && names.tokens) return each((k) => classMark(names, k));
  return role === 'u' && layer === 1 && (names.quantities ?? names.tokens)
    ? each((k) => names.tokens?.[k] ?? featureName(names, k))
    : undefined;
}

/** For example "W r[3, 1]" with the letter of the gate as a subscript. */
function set(name: string): Content {
  const [, letter, gate, rest] = /^(\S+?)(?: (\S+?))?(\[.*)$/.exec(name) ?? [];
  return html`<var>${letter}</var>${gate ? html`<sub><var>${gate}</var></sub>` : nothing}${rest}`;
}

/** A note on edited weights that belong to other layers or gates. */
function elsewhere(s: Scene, weights: Weights): string {
  const hidden = [...(s.editedWeights ?? [])].filter((index) => weights.place(index) === undefined).length;
  const [layers, gates] = [s.trace.layers > 1, s.trace.gates.length > 1];
  if (hidden === 0) return '';
  if (layers && gates) return translate(`${hidden} more edited in other layers or gates`);
  if (layers) return translate(`${hidden} more edited in other layers`);
  return gates ? translate(`${hidden} more edited in other gates`) : translate(`${hidden} more edited`);
}

/** Fields to edit a weight. All places that use the weight change at once. */
export function weightEditor(s: Scene, shown: PanelState, actions: Actions): Content {
  const { weights, disabled, trace } = s;
  if (!weights || !s.editedWeights || s.fixed) return nothing;
  const place = weightShown(s, weights);
  const index = weights.index(place);
  const text = shown.weightText ?? fieldText(weightAt(weights, place));
  const name = weightName(s, weights, place);
  const was = s.editedWeights.has(index) ? s.originalParameters?.[index] : undefined;
  const uses = plural(trace.timesteps, {
    one: translate('used once'),
    other: translate(`all ${trace.timesteps} uses change`),
  });
  const notes = [
    was === undefined ? '' : translate(`edited, was ${formatNumber(was, 4)}`),
    place.role === 'v' && !trace.everyStep ? translate('used once, at the end') : uses,
    elsewhere(s, weights),
  ];
  const options = ROLES.map((role) => role.toUpperCase()).map((letter) => (letter === 'B' ? 'b' : letter));
  const pick = (k: number): void => actions.showWeight({ role: ROLES[k] as Role, unit: place.unit, column: 0 });
  const left = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!(currentTarget as Element).contains(relatedTarget as Node | null)) actions.weightLeft();
  };
  return html`<fieldset class="weight" @focusout=${left}><legend>What if a weight were different?</legend>
    ${choice({ id: 'weight-role', label: translate('Weight'), chosen: ROLES.indexOf(place.role), options, choose: pick }, disabled)}
    ${counted('weight-unit', place.role === 'v' ? translate('from unit') : translate('into unit'), place.unit, 1, weights.units, (unit) => actions.showWeight({ ...place, unit }), disabled)}
    ${otherEnd(s, weights, place, actions)}
    <label class="choice value-of"><span class=${`role ${place.role}`}>${set(name)}</span> = <input id="weight-value" type="number" step="any"
      aria-label=${translate(`${name}, ${weightConnection(s, place)}: type another value to see what would follow`)}
      .value=${live(text)} ${roomFor(text)} ?disabled=${disabled} @beforeinput=${replaceComma} @blur=${actions.weightTyped}
      @input=${(event: FieldEvent) => actions.typeWeight(event.target, false)}
      @change=${(event: FieldEvent) => actions.typeWeight(event.target, true)}></label>
    <span class="aside">${notes.filter(Boolean).join('; ')}</span>
    ${shown.complaint?.field === 'weight' ? html`<span class="complaint">${shown.complaint.text}</span>` : nothing}</fieldset>`;
}
