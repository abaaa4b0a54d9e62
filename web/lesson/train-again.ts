/**
 * `<button data-train>`: trains the network again from nothing, before the reader's eyes, in about three seconds. With
 * the first press the part of the page that has `data-training` takes the button's place: pause, speed, and a cursor in
 * both directions.
 */

import type { App } from '../app/app.ts';

export function trainAgain({ parts, player, store }: App): void {
  const controls = parts.all('button[data-train]');
  for (const control of controls)
    control.addEventListener('click', () => {
      for (const part of parts.all('[data-training]')) part.hidden = false;
      for (const other of controls) other.hidden = true;
      const training = control.closest('section')?.querySelector<HTMLElementTagNameMap['rnn-training']>('rnn-training');
      void training?.updateComplete.then(() => training.shadowRoot?.querySelector<HTMLElement>('button.main')?.focus());
      player.play(false);
      store.change({ at: 0, speed: '200' });
      player.act('toggle');
    });
}
