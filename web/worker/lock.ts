/**
 * The lock that a worker holds while it works. The browser frees it when the worker is gone, however it went: so the
 * page can tell a dead worker from one that is in a long update and cannot hear.
 */

/** Held so long after the work, in milliseconds: a finger that moves asks again and again. */
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
  /* pages without a secure address have no locks, and frames of no origin may not use them */
  known = navigator.locks?.request(name, granted).catch(() => undefined) ?? known;
}

/** Whether a lock that is free says that nothing works. */
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
