/** Time while the figure plays: one time step comes in, rests, and the next one follows. */

export interface Step {
  stop(): void;
}

const STEP_MILLISECONDS = 900;
const MOVE_MILLISECONDS = 600;

/** For those who want no motion: only the step itself. */
export function afterwards(end: () => void): Step {
  const timer = setTimeout(end, STEP_MILLISECONDS);
  return { stop: () => clearTimeout(timer) };
}

/** Calls part with more than 0 up to 1 at every frame, then, after a rest, end. */
export function gradually(part: (done: number) => void, end: () => void): Step {
  const start = performance.now();
  let frame = 0;
  const next = (now: number): void => {
    const passed = Math.max(0, now - start);
    if (passed >= STEP_MILLISECONDS) {
      end();
      return;
    }
    frame = requestAnimationFrame(next);
    part(Math.min(Math.max(passed / MOVE_MILLISECONDS, 0.001), 1));
  };
  frame = requestAnimationFrame(next);
  return { stop: () => cancelAnimationFrame(frame) };
}
