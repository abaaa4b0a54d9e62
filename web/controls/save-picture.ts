/**
 * "Save picture" under a figure, for both pages; and how any file is saved. What draws pictures is fetched when the
 * first one is asked for.
 */

import './rnn-save.ts';
import { partMissing } from '../shared/shared-sentences.ts';
import type { Format } from './rnn-save.ts';
import { translate } from '../shared/translate.ts';

export function saveFile(name: string, content: string | Uint8Array | Blob, type = ''): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([content as BlobPart], { type: type || (content instanceof Blob ? content.type : '') }),
  );
  link.download = name;
  link.click();
  /* some browsers begin to read it only after this turn */
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Where the page stands when a picture is taken. */
export interface Moment {
  /** The page's address, kept in the picture. */
  link: string;
  /** Words behind the figure's name in the file's: "epoch-40". */
  name: readonly string[];
}

/** Puts the menu behind the figure. `of`: the figure's name for those who hear the page. */
export function offerPicture(figure: HTMLElement, of: string, moment: () => Moment): void {
  const menu = document.createElement('rnn-save');
  menu.of = of;
  if (figure.classList.contains('wide')) menu.classList.add('wide');
  menu.addEventListener('rnn-save', ({ detail: { format, done } }) => done(take(figure, format, moment())));
  figure.after(menu);
}

/** A part that is not there any more. */
function missing(): never {
  throw new Error(partMissing());
}

async function take(figure: HTMLElement, format: Format, { link, name }: Moment): Promise<void> {
  if (figure.hasAttribute('data-outdated'))
    throw new Error(translate('this figure still shows earlier settings. Save it again once it is drawn anew'));
  const { pictureOf } = await import('../picture/picture.ts').catch(missing);
  const picture = await pictureOf(figure, link);
  const file = `${[picture.name, ...name].join('-')}.${format}`;
  if (format === 'svg') return saveFile(file, picture.svg, 'image/svg+xml');
  const { png } = await import('../picture/png.ts').catch(missing);
  saveFile(file, await png(picture));
}
