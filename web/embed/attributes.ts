/**
 * Converts between the attributes of `<rnn-figure>` and the state of its page. Attributes are named by the keys of the
 * address; `epoch` is a moment counted in epochs. Values are clamped and reported as in an address; only a whole state
 * may be a link that was copied.
 */

import { fromAddress, nearest, readField, settledNotices, unknownName, VERSION, valueText } from '../state/address.ts';
import { fieldsOf, plainDashes } from '../state/parse-link.ts';
import { chapterPage } from '../state/chapter-page.ts';
import { keysOf, type Table } from '../state/fields.ts';
import { CHAPTERS } from '../lesson/index.ts';
import { LAB, NOTEBOOK, type Page } from '../state/pages.ts';
import { END } from '../state/config.ts';
import { epochUpdates, type State, TABLE } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { plural, translate } from '../shared/translate.ts';
import { CONTROLS, type Control, type PageName } from './views.ts';

/** In a figure of the notebook every cell has run. The lesson has a page for each chapter, with the same fields. */
export const PAGES: Readonly<Record<PageName, Page>> = {
  lab: LAB,
  lesson: chapterPage('', []),
  notebook: { ...NOTEBOOK, opening: NOTEBOOK.initial },
};

/** Every attribute that is a field of one of the pages. */
export const FIELDS: readonly string[] = [...new Set(Object.values(PAGES).flatMap((page) => keysOf(page)))];

/** The address that a new figure begins with. `get` returns an attribute's text, or null. */
export function addressOf(page: PageName, get: (name: string) => string | null): string {
  const given = fieldsOf(get('state') ?? '');
  for (const key of keysOf(PAGES[page])) {
    const text = get(key);
    if (text !== null) given.set(key, text);
  }
  given.set('v', given.get('v') ?? VERSION);
  return `#${given}`;
}

/** The part of the state that one attribute sets; without the attribute, its initial value. */
export function partOf(page: Page, key: string, text: string | null): { part: Partial<State>; notices: string[] } {
  const [name, spec] = Object.entries(page.table).find(([, field]) => field.key === key) ?? [];
  if (name === undefined || spec === undefined) return { part: {}, notices: [] };
  const { value = spec.initial, notice } = text === null ? {} : readField(spec, plainDashes(text.trim()));
  return { part: { [name]: value } as Partial<State>, notices: notice === undefined ? [] : [notice] };
}

/** The moment that `epoch` names, in updates; if it names none, the end of the run and a notice. */
export function updatesOf(text: string, state: State): { at: number; notice?: string } {
  const epoch = text.trim() === '' ? Number.NaN : Number(text);
  const quoted = text.slice(0, 24);
  if (!Number.isInteger(epoch) || epoch < 0)
    return {
      at: END,
      notice: translate(`epoch: “${quoted}” is not a whole number of at least 0; the end of the run is shown.`),
    };
  if (epoch > state.epochs)
    return {
      at: END,
      notice: plural(state.epochs, {
        one: translate(`epoch: “${quoted}” is beyond the run’s ${state.epochs} epoch; its end is shown.`),
        other: translate(`epoch: “${quoted}” is beyond the run’s ${state.epochs} epochs; its end is shown.`),
      }),
    };
  return { at: epoch === state.epochs ? END : epoch * epochUpdates(state) };
}

/** The address that all attributes give together. They are read at once, so that none of them counts as a change. */
export function firstAddress(
  page: PageName,
  get: (name: string) => string | null,
): { address: string; notice?: string } {
  const address = addressOf(page, get);
  const text = get('epoch');
  if (page !== 'lab' || text === null) return { address };
  const fields = new URLSearchParams(address.slice(1));
  fields.delete(TABLE.at.key); /* the length of the run does not depend on it */
  const { at, notice } = updatesOf(text, fromAddress(LAB, `#${fields}`).state);
  fields.set(TABLE.at.key, String(at));
  return { address: `#${fields}`, ...(notice && { notice }) };
}

/** The key of a field that is called by its key, or by its name as scripts use it. */
function keyOf(table: Table, called: string): string | undefined {
  const same = called.toLowerCase();
  return Object.entries(table).find(([name, { key }]) => key === same || name.toLowerCase() === same)?.[1].key;
}

/** Fields by their keys or names; null resets a field. Unknown names are left out and reported. */
export function partsOf(
  page: Page,
  given: Readonly<Record<string, unknown>>,
): { taken: Partial<State>; notices: string[] } {
  const [taken, notices]: [Partial<State>, string[]] = [{}, []];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const key = keyOf(page.table, name);
    if (key === undefined) {
      notices.push(unknownName(page.table, name));
      continue;
    }
    const read = partOf(page, key, value === null ? null : valueText(value));
    notices.push(...read.notices);
    Object.assign(taken, read.part);
  }
  return { taken, notices };
}

/** Changes a part of the state. @returns Notices about values that were adjusted. */
export function change(store: Store, part: Partial<State>): string[] {
  const asked = { ...store.state, ...part } as State;
  store.change(part);
  return settledNotices(store.page, (name) => Object.hasOwn(part, name), asked, store.state);
}

/** The chapter that the attribute names, by its number or its name; the first one, and a notice, if it names none. */
export function chapterOf(text: string | null): { chapter: string; notice?: string } {
  const first = CHAPTERS[0] as string;
  const asked = (text ?? '').trim().toLowerCase();
  if (asked === '') return { chapter: first };
  const chapter = CHAPTERS.find((name, i) => name === asked || String(i + 1) === asked);
  if (chapter !== undefined) return { chapter };
  return {
    chapter: first,
    notice: translate(
      `chapter: “${asked.slice(0, 24)}” is neither a number from 1 to ${CHAPTERS.length} nor one of ${CHAPTERS.join(', ')}; chapter 1 is shown.`,
    ),
  };
}

export interface Chosen {
  controls: readonly Control[];
  /** The keys of single settings. */
  fields: readonly string[];
  notices: string[];
}

/** Parses `controls="step,play,rate"`: parts of the page, and single settings. */
export function controlsOf(text: string, table: Table = LAB.table): Chosen {
  const chosen = { controls: [] as Control[], fields: [] as string[], notices: [] as string[] };
  const keys = new Set(Object.values(table).map(({ key }) => key));
  for (const name of text.split(/[\s,]+/).filter(Boolean)) {
    if (Object.hasOwn(CONTROLS, name)) chosen.controls.push(name as Control);
    else if (keys.has(name)) chosen.fields.push(name);
    else if (name !== 'none')
      chosen.notices.push(
        translate(
          `controls: “${name.slice(0, 24)}” is neither one of ${Object.keys(CONTROLS).join(', ')} nor a setting.`,
        ),
      );
  }
  return chosen;
}

/** Attributes that any element may have although no property is named like them. */
const GLOBAL =
  /^(class|is|role|part|slot|inert|popover|nonce|xmlns|tabindex|contenteditable|accesskey|exportparts|autocorrect|enterkeyhint|inputmode|virtualkeyboardpolicy|writingsuggestions|item\w+)$/;

/** Attributes that are probably misspelled: plain words that neither a figure nor any other element has. */
export const mistyped = (figure: HTMLElement): string[] =>
  figure
    .getAttributeNames()
    .filter(
      (name) =>
        /^[a-z]+$/.test(name) &&
        !(name in figure) &&
        !GLOBAL.test(name) &&
        !['state', 'epoch', 'link', 'scheme', 'chapter', 'step', ...FIELDS].includes(name),
    )
    .map((name) => {
      const near = Object.values(PAGES)
        .map(({ table }) => nearest(table, name))
        .find((key) => key !== undefined);
      const quoted = name.slice(0, 24);
      return near === undefined
        ? translate(`“${quoted}” is not an attribute of a figure.`)
        : translate(`“${quoted}” is not an attribute of a figure. Did you mean ${near}?`);
    });
