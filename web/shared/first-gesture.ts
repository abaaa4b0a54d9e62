/**
 * Resolves with the reader's first gesture on the page, whatever it is. What no page shows before a gesture is loaded
 * then, so that the page itself opens with less.
 */

/** A screen reader makes these, too. */
const GESTURES = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'click'];

export const firstGesture = new Promise<void>((resolve) => {
  const hear = (event: Event): void => {
    /* a page that opens or moves under a resting pointer */
    if (event instanceof PointerEvent && event.type === 'pointermove' && !event.movementX && !event.movementY) return;
    for (const kind of GESTURES) removeEventListener(kind, hear, true);
    resolve();
  };
  for (const kind of GESTURES) addEventListener(kind, hear, true);
});
