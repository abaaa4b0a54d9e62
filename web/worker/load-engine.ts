/** Fetches the engine's module for a page, and makes the object that answers requests with it. */

import { load } from '../../wasm/js/unrolled.ts';
import { moduleMissing } from '../shared/shared-sentences.ts';
import { Requests } from './requests.ts';

/** The path of the modules relative to this script, set by the build. */
declare const WASM_FOLDER: string;

export async function loadEngine(): Promise<Requests> {
  const engine = await load({ url: new URL(WASM_FOLDER, import.meta.url) }).catch((error: unknown) => {
    throw new Error(moduleMissing(error instanceof Error ? error.message : String(error)));
  });
  return new Requests(engine);
}
