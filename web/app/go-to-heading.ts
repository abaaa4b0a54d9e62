/** Goes to a heading of the page, and stays there while the figures above it are drawn. */

import { readField } from '../state/address.ts';
import { choice } from '../state/fields.ts';
import { translate } from '../shared/translate.ts';

/** The ids of headings end with this, and links leave it out. */
export const HEADING_ENDING = '-title';

/** What ends the stay at a heading: the reader now goes elsewhere. */
const GESTURES = ['pointerdown', 'wheel', 'touchstart', 'keydown'];

/** Ends the stay at the heading of an earlier link. */
let leave: (() => void) | undefined;

/** The heading also gets the focus. If there is none of this name, `tell` gets a sentence that says so. */
export function goToHeading(root: ParentNode, name: string, tell: (notice: string) => void): void {
  leave?.();
  const headings = [...root.querySelectorAll<HTMLElement>(`[id$="${HEADING_ENDING}"]`)];
  const names = headings.map(({ id }) => id.slice(0, -HEADING_ENDING.length));
  const { notice } = readField(choice('to', translate('heading'), names[0] ?? '', names), name);
  if (notice) tell(notice);
  const heading = headings[names.indexOf(name.toLowerCase())];
  if (!heading) return;
  if (heading.tabIndex < 0) heading.tabIndex = -1; /* takes the focus, but is no stop of the Tab key */
  heading.focus({ preventScroll: true });
  stay(heading);
}

/** Figures above the heading get their heights late. It stays in its place until the reader does something. */
function stay(heading: HTMLElement): void {
  const { body } = document;
  let [top, height] = [0, 0];
  const show = (): void => {
    heading.scrollIntoView({ block: 'start', behavior: 'instant' });
    [top, height] = [scrollY, body.offsetHeight];
  };
  const watcher = new ResizeObserver(show);
  const gestures = new AbortController();
  const { signal } = gestures;
  leave = () => {
    watcher.disconnect();
    gestures.abort();
  };
  for (const kind of GESTURES) addEventListener(kind, leave, { capture: true, passive: true, signal });
  /* the scroll bar makes no event of its own, and a browser scrolls by itself only where heights change */
  const scrolled = (): void => {
    if (body.offsetHeight === height && Math.abs(scrollY - top) > 1) leave?.();
  };
  addEventListener('scroll', scrolled, { signal });
  show();
  watcher.observe(body);
}
