/** Hears what figures and controls tell (`shared/events.ts`). */

import type { RnnEvents } from '../shared/events.ts';

/** Calls `act` with the detail of each such event of an element. */
export const hear = <Name extends keyof RnnEvents>(
  element: HTMLElement,
  name: Name,
  act: (detail: RnnEvents[Name]) => void,
): void => element.addEventListener(name, (event) => act((event as CustomEvent<RnnEvents[Name]>).detail));
