/** The bytes that the build has packed into a script, deflated and in base64. */

import { inflateSync } from 'fflate';

export const inflated = (text: string): Uint8Array =>
  inflateSync(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
