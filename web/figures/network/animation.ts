/** The timing of the animation: a time step appears, stays for a moment, and the next one follows. */

export interface AnimationStep {
  stop(): void;
}

const STEP_MILLISECONDS = 900;
const MOVE_MILLISECONDS = 600;

/** For readers who prefer reduced motion: only the time step changes. */
export function stepWithoutMotion(end: () => void): AnimationStep {
  const timer = setTimeout(end, STEP_MILLISECONDS);
  return { stop: () => clearTimeout(timer) };
}

/** Calls `part` in every frame with a share that rises to 1, and after a pause calls `end`. */
export function animateStep(part: (done: number) => void, end: () => void): AnimationStep {
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
