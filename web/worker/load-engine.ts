/** The engine of a page, fetched: its module, and what answers with it. */

import { load } from '../../wasm/js/unrolled.ts';
import { moduleMissing } from '../shared/shared-sentences.ts';
import { Requests } from './requests.ts';

/** Where the modules are, from here; the build says it. */
declare const WASM_FOLDER: string;

export async function loadEngine(): Promise<Requests> {
  const engine = await load({ url: new URL(WASM_FOLDER, import.meta.url) }).catch((error: unknown) => {
    throw new Error(moduleMissing(error instanceof Error ? error.message : String(error)));
  });
  return new Requests(engine);
}
