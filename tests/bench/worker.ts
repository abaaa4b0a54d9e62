// One session in a worker of a new browser. A message starts it, and the result is a message.
import type { load } from '../../wasm/js/unrolled.ts';
import type { Task } from './hosts.ts';
import { session } from './session.ts';
import { peerSession } from './tfjs.ts';

// computed at run time, so that the bundler leaves alone these files, which were built separately
const beside = (name: string): string => new URL(name, import.meta.url).href;

async function answer({ engine, work }: Task): Promise<void> {
  if (engine === 'unrolled') {
    const unrolled = (await import(beside('unrolled.js'))) as { load: typeof load };
    const limit = await (await fetch(beside('limit.wasm'))).arrayBuffer();
    postMessage(await session(work, unrolled.load, limit, async (name) => (await fetch(beside(name))).text()));
  } else {
    const tf = await import(beside('tfjs/tfjs.js'));
    tf.setWasmPaths(beside('tfjs/'));
    postMessage(await peerSession(engine, work, tf));
  }
}

addEventListener('message', ({ data }: MessageEvent<Task>) => void answer(data).catch(reportError));
