/**
 * What a button in the text of a step sets. Its sentence speaks of one network, whatever was pressed before, so the
 * button also sets back what other buttons, handles and answers of the step changed in that network.
 */

import { RUN } from './config.ts';
import { picked, sameFields } from './fields.ts';
import type { Page } from './pages.ts';
import type { FieldName, State } from './state.ts';

/** What a network and its answers follow from. */
const NETWORK: readonly FieldName[] = [...RUN, 'at', 'file', 'weights', 'cut', 'reset', 'length', 'shuffled'];

/** `state` with `part`, as if the reader had set these fields by hand. */
function after(page: Page, state: State, part: Partial<State>): State {
  return page.follow({ ...state, ...part }, state, Object.keys(part) as FieldName[]);
}

/**
 * Returns the state after a press on the button that sets `part`. `together`: the fields that the buttons of the step
 * set. `reveal`: what the answer in which the button stands has set.
 */
export function pressed(
  page: Page,
  state: State,
  part: Partial<State>,
  together: readonly FieldName[],
  reveal: Partial<State> = {},
): State {
  const own = after(page, page.initialAt(state.lesson), reveal);
  const network = together.some((name) => NETWORK.includes(name));
  const names = [...new Set([...together, ...(network ? NETWORK : [])])];
  /* fields that only follow from the network, such as a time step that it does not have: the reader did not choose them */
  const followed = after(page, own, picked(state, names));
  const others = (Object.keys(state) as FieldName[]).filter(
    (name) => !names.includes(name) && sameFields(state, followed, [name]),
  );
  return after(page, { ...state, ...picked(own, [...names, ...others]) }, part);
}
