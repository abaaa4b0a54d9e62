/** A PNG of a picture. The browser renders the SVG, so both look the same. */

import { translate } from '../shared/translate.ts';

/** Pixels per CSS pixel, enough for print and dense screens. */
const DENSITY = 2;

export async function png(picture: { svg: string; width: number; height: number }): Promise<Blob> {
  const image = new Image();
  // A data: address, because the page's policy does not allow blob: images.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
  await image.decode();
  const density = Math.max(DENSITY, Math.min(globalThis.devicePixelRatio || 1, 3));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * density);
  canvas.height = Math.round(picture.height * density);
  const context = canvas.getContext('2d');
  if (!context) throw new Error(translate('this browser cannot make a canvas of that size'));
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error(translate('this browser cannot make a PNG of that size')))),
      'image/png',
    );
  });
}
