/** The steps of a chapter: one is shown at a time, and each has an address. */

import type { App } from '../app/app.ts';
import { setText } from '../app/page-parts.ts';
import { translate } from '../shared/translate.ts';

const headingOf = (section: HTMLElement | undefined): string =>
  section?.querySelector('h1, h2')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** Binds the chapter's sections and the navigation of the frame to the step of the page's state. */
export function steps({ parts, store }: App): void {
  const sections = parts.all('[data-step]');
  const [back, next] = [parts.byId<HTMLAnchorElement>('step-back'), parts.byId<HTMLAnchorElement>('step-next')];
  const navigation = parts.byId('steps');
  if (!back || !next || !navigation) return;
  const beyond = { back: back.getAttribute('href'), next: next.getAttribute('href'), title: next.textContent ?? '' };
  const last = sections.length;

  /** Inside the chapter a link is a change of the state; at its ends it leads to another chapter. */
  const go = (to: number): void => {
    if (to >= 1 && to <= last) store.change({ lesson: to });
  };
  back.addEventListener('click', (event) => {
    if (store.state.lesson > 1) {
      event.preventDefault();
      go(store.state.lesson - 1);
    }
  });
  next.addEventListener('click', (event) => {
    if (store.state.lesson < last) {
      event.preventDefault();
      go(store.state.lesson + 1);
    }
  });
  navigation.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(store.state.lesson + by);
  });

  let shown = 0;
  const show = (): void => {
    const { lesson } = store.state;
    if (lesson === shown) return;
    const first = shown === 0;
    shown = lesson;
    sections.forEach((section, i) => section.toggleAttribute('data-current', i + 1 === lesson));
    parts.root.toggleAttribute('data-later', lesson > 1);
    for (const link of navigation.querySelectorAll<HTMLElement>('[data-set]'))
      if (link.dataset['set'] === `lesson=${lesson}`) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    setLink(back, lesson > 1 ? `#v=1&lesson=${lesson - 1}` : beyond.back);
    setLink(next, lesson < last ? `#v=1&lesson=${lesson + 1}` : beyond.next);
    setText(next, lesson < last ? translate(`Next: ${headingOf(sections[lesson])}`) : beyond.title);
    if (first) return;
    parts.setText('step-said', translate(`Step ${lesson} of ${last}: ${headingOf(sections[lesson - 1])}`));
    const chapter = parts.byId('chapter');
    if (chapter && chapter.getBoundingClientRect().top < 0) chapter.scrollIntoView({ block: 'start' });
  };
  store.listen(show);
  show();
  parts.root.setAttribute('data-stepped', '');
}

/** Without an address the link is no link: there is nothing before the first step of the lesson. */
function setLink(link: HTMLAnchorElement, address: string | null): void {
  if (address) link.setAttribute('href', address);
  else link.removeAttribute('href');
  link.hidden = !address;
}
