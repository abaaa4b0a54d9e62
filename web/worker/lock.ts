/**
 * The lock that a worker holds while it works. Browsers release it when the worker dies for any reason, so the page can
 * tell a dead worker from one in a long update that cannot receive messages.
 */

/** In milliseconds, how long the lock is held after the work, because a drag soon sends the next request. */
const AFTER = 1000;

let name = '';
let able = false;
let known: Promise<unknown> = Promise.resolve();
let working = 0;
let held = false;
let release: (() => void) | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function holdWhileWorking(lock: string): void {
  name = lock;
  const granted = (): void => {
    able = true;
    if (working > 0) hold();
  };
  /* pages without a secure origin have no locks, and frames without an origin may not use them */
  known = navigator.locks?.request(name, granted).catch(() => undefined) ?? known;
}

/** True if a free lock means that nothing works. */
export async function checkConfirms(): Promise<boolean> {
  await known;
  return able;
}

export function workBegins(): void {
  working += 1;
  clearTimeout(timer);
  if (able && !held) hold();
}

function hold(): void {
  held = true;
  const granted = (): Promise<void> =>
    new Promise((done) => {
      release = done;
      rest();
    });
  navigator.locks.request(name, granted).catch(() => {
    able = false;
  });
}

export function workEnds(): void {
  working -= 1;
  rest();
}

function rest(): void {
  clearTimeout(timer);
  if (working > 0 || !release) return;
  timer = setTimeout(() => {
    release?.();
    release = undefined;
    held = false;
  }, AFTER);
}
