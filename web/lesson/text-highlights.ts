/**
 * `data-light="W"`: words that light their place in the chapter's picture, while they are pointed at or have the focus.
 * On a step it lights that place as long as the step is shown, and on a part of an update (`data-part`) as long as that
 * part acts. A place that is pointed at in the picture marks its words.
 */

import type { App } from '../app/app.ts';
import { stepsRead } from '../state/config.ts';
import { partOf } from '../state/state.ts';

type Picture = HTMLElement & { highlight: string };

export function highlights({ parts, store }: App): void {
  const pictures = parts.all<Picture>('rnn-unrolled');
  const sections = parts.all('[data-step]');
  let pointed = '';
  const show = (): void => {
    const { state } = store;
    const section = sections[state.lesson - 1];
    const acting = section?.querySelector<HTMLElement>(`[data-part="${partOf(state.slow, stepsRead(state))?.part}"]`);
    const lit = pointed || (acting ?? section)?.dataset['light'] || '';
    for (const picture of pictures) picture.highlight = lit;
  };
  const terms = parts.all('[data-light]:not([data-step])');
  for (const picture of pictures)
    picture.addEventListener('rnn-part', ({ detail: { part } }) => {
      pointed = part;
      for (const words of terms) words.toggleAttribute('data-lit', part !== '' && words.dataset['light'] === part);
      show();
    });
  for (const words of terms) {
    const enter = (): void => {
      pointed = words.dataset['light'] ?? '';
      show();
    };
    const leave = (): void => {
      pointed = '';
      show();
    };
    words.addEventListener('pointerenter', enter);
    words.addEventListener('focusin', enter);
    words.addEventListener('pointerleave', leave);
    words.addEventListener('focusout', leave);
  }
  store.listen(show);
  show();
}
