/**
 * Resolves with the reader's first gesture on the page, whatever it is. What no page shows before a gesture is loaded
 * then, so that the page itself opens with less.
 */

/** A screen reader makes these, too. */
const GESTURES = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'click'];

export const firstGesture = new Promise<void>((resolve) => {
  const hear = ({ type, movementX, movementY }: Event & Partial<PointerEvent>): void => {
    /* a page that opens or moves under a resting pointer */
    if (type === 'pointermove' && !movementX && !movementY) return;
    for (const kind of GESTURES) removeEventListener(kind, hear, true);
    resolve();
  };
  for (const kind of GESTURES) addEventListener(kind, hear, true);
});
