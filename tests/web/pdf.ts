// What a printed page is made of.
import { inflateSync } from 'node:zlib';

/** The number of pages of a PDF. In Firefox the object with this number is compressed. */
export function pagesOf(pdf: Uint8Array): number {
  const text = Buffer.from(pdf).toString('latin1');
  const packed = [...text.matchAll(/\/Type \/ObjStm[\s\S]*?stream\r?\n([\s\S]*?)endstream/g)].map(([, bytes = '']) =>
    inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1'),
  );
  return Number(/\/Count (\d+)/.exec([text, ...packed].join('\n'))?.[1]);
}
