/** Listens to the events of figures and controls (`shared/events.ts`). */

import type { RnnEvents } from '../shared/events.ts';

/** Calls `act` with the detail of each event of this name from the element. */
export const listenTo = <Name extends keyof RnnEvents>(
  element: HTMLElement,
  name: Name,
  act: (detail: RnnEvents[Name]) => void,
): void => element.addEventListener(name, (event) => act((event as CustomEvent<RnnEvents[Name]>).detail));
