/**
 * The tour of the lab: one sentence for each part. The panel with the sentence is placed above its part, where it covers
 * nothing. Nothing remembers the tour, neither the address nor the browser.
 */

import type { App } from '../app/app.ts';

export function tour({ parts }: App): void {
  const [panel, start, back, next, end] = ['tour', 'tour-start', 'tour-back', 'tour-next', 'tour-end'].map((id) =>
    parts.byId<HTMLButtonElement>(id),
  );
  if (!panel || !start || !back || !next || !end) return;
  const home = panel.parentElement as HTMLElement;
  const steps = [...panel.querySelectorAll('li')];
  let at = -1;
  let about: HTMLElement | null = null;

  const go = (to: number): void => {
    const within = panel.contains((panel.getRootNode() as Document).activeElement);
    about?.classList.remove('toured');
    about = steps[to] ? parts.find(steps[to].dataset['about'] as string) : null;
    at = about ? to : -1;
    panel.hidden = at < 0;
    start.disabled = at >= 0;
    if (!about) {
      home.append(panel);
      if (within) start.focus();
      return;
    }
    for (const [i, step] of steps.entries()) step.hidden = i !== at;
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    about.classList.add('toured');
    about.before(panel);
    (next.hidden ? end : next).focus({ preventScroll: true });
    about.scrollIntoView({ block: 'nearest' });
    panel.scrollIntoView({ block: 'nearest' });
  };
  start.addEventListener('click', () => go(0));
  back.addEventListener('click', () => go(at - 1));
  next.addEventListener('click', () => go(at + 1));
  end.addEventListener('click', () => go(-1));
  parts.root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && at >= 0 && !event.defaultPrevented) go(-1);
  });
}
