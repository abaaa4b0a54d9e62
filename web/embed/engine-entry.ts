/**
 * The engine's side of the script, for a worker that is started from this text, or for the page itself if workers are
 * refused. One engine serves all connections that are opened to it.
 */

import { load } from '../../wasm/js/unrolled.ts';
import { Requests } from '../worker/requests.ts';
import { receiver } from '../worker/engine-port.ts';
import type { Modules } from '../worker/engines.ts';

let begin: (modules: Modules) => void = () => undefined;
const answering = new Promise<Modules>((resolve) => {
  begin = resolve;
}).then(async ({ network, files, data }): Promise<Requests> => {
  const engine = await load({
    bytes: network as Uint8Array<ArrayBuffer>,
    ...(typeof files === 'string' ? { filesUrl: files } : { filesBytes: files as Uint8Array<ArrayBuffer> }),
    ...(typeof data === 'string' ? { dataUrl: data } : { dataBytes: data as Uint8Array<ArrayBuffer> }),
  });
  return new Requests(engine);
});

export const receive = receiver(answering, begin);
