/**
 * `<button data-train>`: trains the network again from nothing, before the reader's eyes, in about three seconds. With
 * the first press the part of the page that has `data-training` appears: pause, speed, and a cursor in both directions.
 */

import type { App } from '../app/app.ts';

export function trainAgain({ parts, player, store }: App): void {
  for (const control of parts.all('button[data-train]'))
    control.addEventListener('click', () => {
      for (const part of parts.all('[data-training]')) part.hidden = false;
      player.play(false);
      store.change({ at: 0, speed: '200' });
      player.act('toggle');
    });
}
