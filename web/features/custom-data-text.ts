/** Encodes the text of a data set for a link: deflated and in base64url. */

import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { TABLE } from '../state/state.ts';

/** Undefined if the result is too long for a link. */
export function compressed(csv: string): string | undefined {
  const bytes = deflateSync(strToU8(csv), { level: 9 });
  const text = btoa(String.fromCharCode(...bytes.subarray(0, 2 * TABLE.csv.most)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  return bytes.length <= 2 * TABLE.csv.most && text.length <= TABLE.csv.most ? text : undefined;
}

/** Undefined if the text does not encode a data set. */
export function decompressed(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    return strFromU8(inflateSync(bytes));
  } catch {
    return undefined;
  }
}
