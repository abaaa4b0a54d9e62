/** The engine's side of the script: in a worker that begins with this text, or on the page itself where workers are refused. One engine serves
 *  all lines that are opened to it. */

import { load } from '../../wasm/js/unrolled.ts';
import { Lab } from '../worker/lab.ts';
import { receiver } from '../worker/engine-port.ts';
import type { Answering } from '../worker/serve.ts';

let begin: (bytes: Uint8Array) => void = () => undefined;
const answering = new Promise<Uint8Array>((resolve) => {
  begin = resolve;
}).then(async (bytes): Promise<Answering> => {
  const engine = await load({ bytes: bytes as Uint8Array<ArrayBuffer> });
  const lab = new Lab(engine);
  return { engine, lab: () => Promise.resolve(lab) };
});

export const receive = receiver(answering, begin);
