/**
 * Binds the markup of a page to its state, both ways:
 *
 * - `<rnn-handle field="units">`, `<select data-field="cell">`, `<input type="checkbox" data-field="band">`: a field of
 *   the state, by its name;
 * - `data-show="epochs"`: a value or a sentence (`values.ts`, `lab-values.ts`, `notebook-values.ts`);
 * - `data-when="task=first&cell!=gru&lesson=2|3"`: shown while these fields, by their keys, have one of these values;
 * - `data-set="t=3&unit=5"`: a button or a link that sets a part of the state; with `data-undo` there is an Undo below the
 *   last paragraph that has one, in room of its own;
 * - `<a href="#v=1&task=first" data-state>`: a link to a whole state;
 * - `data-offer`: a line that offers a run that takes long, or stops it.
 */

import '../controls/rnn-handle.ts';
import { translate } from '../shared/translate.ts';
import { fieldsIn, nameOf, outOfRange, valueText } from '../state/address.ts';
import { type NumberField, sameFields } from '../state/fields.ts';
import { pressed } from '../state/press.ts';
import { AGREEMENT_TASK, newSequences, OWN_TASK, SERIES_TASK, stepsRead, TEXT_TASK } from '../state/config.ts';
import type { FieldName, State } from '../state/state.ts';
import { TASKS } from '../shared/core-facts.ts';
import { customDataKey } from '../state/custom-data.ts';
import type { App } from './app.ts';
import { setText } from './page-parts.ts';
import { showValues, type Values } from './values.ts';

type Handle = HTMLElementTagNameMap['rnn-handle'];
type Choice = HTMLSelectElement | HTMLInputElement;

/** `values`: those that only this page shows. */
export function bind(app: App, values?: Values): void {
  bindFields(app);
  bindConditions(app);
  bindSetters(app);
  bindLinks(app);
  bindOffers(app);
  showValues(app, values);
  const { parts, store } = app;
  const tell = (): void => parts.setNotice('notices', store.notices.join(' '));
  store.listen(tell);
  tell();
}

// ---------------------------------------------------------------------------------------------------- fields

/** The largest number that a field takes now, where that is less than its table says. */
function mostOf(name: FieldName, state: State): number | undefined {
  if (name === 'sample') return state.samples - 1 + newSequences(state);
  if (name === 'reset') return stepsRead(state);
  /* the reader's own data have as many sequences as they have */
  if (name === 'samples') return state.task === OWN_TASK ? customDataKey(state.own)?.samples : undefined;
  return undefined;
}

/** −1 says that there is none: no hand drags to it. */
const specOf = (spec: NumberField): NumberField => (spec.minimum === -1 ? { ...spec, minimum: 0 } : spec);

function bindFields({ parts, store }: App): void {
  const { table } = store.page;
  const choices = (): Choice[] => parts.all<Choice>('select[data-field], input[data-field]');
  for (const tasks of parts.all<HTMLSelectElement>('select[data-field="task"]:empty'))
    tasks.append(
      ...[...TASKS, SERIES_TASK, TEXT_TASK].map((name) => new Option(name, name)),
      /* shown where an address asks for it */
      Object.assign(new Option(AGREEMENT_TASK, AGREEMENT_TASK), { hidden: true }),
      new Option(translate('your own data'), OWN_TASK),
    );
  const show = (): void => {
    const { state } = store;
    for (const handle of parts.all<Handle>('rnn-handle')) {
      const name = handle.field as FieldName;
      if (name !== 'than')
        handle.spec = specOf(table[name] as NumberField); /* its spec is that of the setting compared */
      handle.value = state[name] as number;
      handle.maximum = mostOf(name, state);
    }
    for (const choice of choices()) {
      const value = state[choice.dataset['field'] as FieldName];
      if (typeof value === 'boolean' && choice instanceof HTMLInputElement) choice.checked = value;
      else choice.value = String(value);
    }
    for (const option of parts.all<HTMLOptionElement>(`option[value="${OWN_TASK}"]`)) option.hidden = state.own === '';
  };
  parts.root.addEventListener('rnn-change', ({ target, detail: { name, value, final, typed } }) => {
    const { spec, maximum } = target as Handle;
    const limits = { ...(spec ?? (table[name] as NumberField)), ...(maximum !== undefined && { maximum }) };
    const told = typed === undefined ? [] : [outOfRange(limits, typed, value)];
    const notices = told.length + store.notices.length > 0 ? { notices: told } : {};
    store.change({ [name]: value }, { gesture: store.gestureOf(final), ...notices });
  });
  for (const choice of choices())
    choice.addEventListener('change', () => {
      const name = choice.dataset['field'] as FieldName;
      const value = choice instanceof HTMLInputElement ? choice.checked : choice.value;
      store.change({ [name]: value }, { notices: [] });
    });
  store.listen(show);
  show();
}

// ---------------------------------------------------------------------------------------------------- conditions

function bindConditions({ parts, store }: App): void {
  const conditions = parts.all('[data-when]').map((element) => ({
    element,
    terms: (element.dataset['when'] ?? '').split('&').map((term) => {
      const [, key = '', not = '', value = ''] = /^(\w+)(!?)=(.*)$/.exec(term) ?? [];
      return { name: nameOf(key), holds: not === '', value };
    }),
  }));
  const show = (): void => {
    for (const { element, terms } of conditions)
      element.hidden = !terms.every(
        ({ name, holds, value }) => value.split('|').includes(valueText(store.state[name])) === holds,
      );
  };
  store.listen(show);
  show();
}

// ---------------------------------------------------------------------------------------------------- setters

function bindSetters(app: App): void {
  const { parts, store } = app;
  const undoFor = undoButtons(app);
  for (const element of parts.all('[data-set]')) {
    const part = fieldsIn(store.page, element.dataset['set'] ?? '');
    const names = Object.keys(part) as FieldName[];
    const holds = (): boolean => sameFields({ ...store.state, ...part }, store.state, names);
    const target = targetOf(app, element, part);
    const offerUndo = element.dataset['undo'] === undefined ? undefined : undoFor(element, holds);
    element.addEventListener('click', (event) => {
      event.preventDefault();
      const next = target();
      if (sameFields(next, store.state, Object.keys(next) as FieldName[])) return;
      if (offerUndo) offerUndo(() => store.change(next));
      else store.change(next);
    });
    if (!element.hasAttribute('aria-pressed')) continue;
    const show = (): void => element.setAttribute('aria-pressed', String(holds()));
    store.listen(show);
    show();
  }
}

/** What a press sets: in a step of a chapter, the network that its sentence speaks of, whatever was pressed before. */
function targetOf({ store }: App, element: HTMLElement, part: Partial<State>): () => Partial<State> {
  const { page } = store;
  const step = element.closest('[data-step]');
  if (!step) return () => part;
  const together = [...step.querySelectorAll<HTMLElement>('[data-set]')].flatMap(
    ({ dataset }) => Object.keys(fieldsIn(page, dataset['set'] ?? '')) as FieldName[],
  );
  const reveal = element.closest('[data-answer]')?.closest<HTMLElement>('form')?.dataset['reveal'];
  return () => pressed(page, store.state, part, together, fieldsIn(page, reveal ?? ''));
}

/** What one press changed, with all that follows from it, and whether the state is still as that press left it. */
interface Pressed {
  element: HTMLElement;
  holds: () => boolean;
  before: Partial<State>;
}

/**
 * One Undo for paragraphs that stand together, below the last of them that needs it: it stays there and is disabled while there is nothing to undo, so no line moves.
 * It goes back press by press, as long as the reader has not changed the same settings otherwise.
 */
function undoButtons({ store }: App) {
  const made = new Map<Element, (pressed: Pressed) => void>();
  const makeIn = (whole: Element): ((pressed: Pressed) => void) => {
    const pressed: Pressed[] = [];
    const undo = button(translate('Undo'), () => {
      const last = pressed.pop();
      if (!last) return;
      store.change({ ...store.state, ...last.before });
      last.element.focus();
    });
    const place = document.createElement('p');
    place.className = 'undo';
    place.append(undo);
    [...whole.children].findLast((paragraph) => paragraph.querySelector('[data-undo]'))?.after(place);
    const show = (): void => {
      while (pressed.length > 0 && !pressed.at(-1)?.holds()) pressed.pop();
      undo.disabled = pressed.length === 0;
    };
    store.listen(show);
    show();
    return (one) => pressed.push(one);
  };
  return (element: HTMLElement, holds: () => boolean): ((change: () => void) => void) => {
    const whole = element.closest('p')?.parentElement as Element;
    const push = made.get(whole) ?? makeIn(whole);
    made.set(whole, push);
    return (change) => {
      const before = { ...store.state };
      const one: Pressed = { element, holds, before };
      push(one);
      change();
      const changed = (Object.keys(before) as FieldName[]).filter((name) => !sameFields(before, store.state, [name]));
      one.before = Object.fromEntries(changed.map((name) => [name, before[name]]));
    };
  };
}

// ---------------------------------------------------------------------------------------------------- links

/** Inside a figure in another page, a link is none of that page's. */
function bindLinks({ parts, store }: App): void {
  const embedded = parts.root.getRootNode() !== document;
  for (const link of parts.all<HTMLAnchorElement>('a[href^="#"]:not([data-set])'))
    link.addEventListener('click', (event) => {
      const address = link.getAttribute('href') ?? '#';
      if (link.dataset['state'] !== undefined) {
        if (!embedded) return; /* the page follows its address */
        event.preventDefault();
        store.open(address);
        return;
      }
      /* a place in the page is no state: scroll there and leave the address alone */
      const place = parts.find(address);
      if (!place) return;
      event.preventDefault();
      place.scrollIntoView();
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    });
}

// ---------------------------------------------------------------------------------------------------- offers

function bindOffers(app: App): void {
  for (const line of app.parts.all('[data-offer]')) {
    const { training } = app.runOf(line);
    const [words, begin, stop] = [
      line.querySelector<HTMLElement>('span') ?? document.createElement('span'),
      line.querySelector<HTMLButtonElement>('button') ?? button(translate('Train'), () => undefined),
      line.querySelector<HTMLButtonElement>('button + button') ?? button(translate('Stop'), () => undefined),
    ];
    if (!words.isConnected) line.append(words, ' ', begin, stop);
    words.setAttribute('role', 'status');
    begin.addEventListener('click', () => {
      const focused = begin.matches(':focus');
      training.begin();
      if (focused && !stop.hidden) stop.focus(); /* the button that had the focus is gone */
    });
    stop.addEventListener('click', () => training.stop());
    const show = (): void => {
      const said = training.line;
      line.hidden = !said;
      if (!said) return;
      setText(words, [said.text, said.begins ? training.meanwhile : ''].filter(Boolean).join(' '));
      begin.hidden = !said.begins;
      stop.hidden = said.begins;
    };
    training.listen(show);
    training.listenToRuns(show);
    show();
  }
}

export function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button';
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}
