/**
 * The "Save picture" menu under a figure, and the download of any file. The code that draws pictures is loaded when the
 * first picture is requested.
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
  /* Some browsers read the address only after this task has ended. */
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The state of the page when a picture is taken. */
export interface Moment {
  /** The page's address, which is stored in the picture. */
  link: string;
  /** Parts of the file name after the name of the figure, for example "epoch-40". */
  name: readonly string[];
}

/** Adds the menu after the figure. `of`: the name of the figure for screen readers. */
export function offerPicture(figure: HTMLElement, of: string, moment: () => Moment): void {
  const menu = document.createElement('rnn-save');
  menu.of = of;
  if (figure.classList.contains('wide')) menu.classList.add('wide');
  menu.addEventListener('rnn-save', ({ detail: { format, done } }) => done(take(figure, format, moment())));
  figure.after(menu);
}

/** Reports that a script could not be loaded. */
function missing(): never {
  throw new Error(partMissing());
}

async function take(figure: HTMLElement, format: Format, { link, name }: Moment): Promise<void> {
  if (figure.hasAttribute('data-outdated'))
    throw new Error(translate('this figure still shows earlier settings. Save it again after it has been redrawn'));
  const { pictureOf } = await import('../picture/picture.ts').catch(missing);
  const picture = await pictureOf(figure, link);
  const file = `${[picture.name, ...name].join('-')}.${format}`;
  if (format === 'svg') return saveFile(file, picture.svg, 'image/svg+xml');
  const { png } = await import('../picture/png.ts').catch(missing);
  saveFile(file, await png(picture));
}
