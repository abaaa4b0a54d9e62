/** The engine of a page, fetched: its module, and the lab's part when it is first asked for. */

import { load } from '../../wasm/js/unrolled.ts';
import { cannotRun, moduleMissing, partMissing } from '../shared/shared-sentences.ts';
import type { Lab } from './lab-requests.ts';
import type { Answering } from './dispatcher.ts';

/** Where the modules are, from here; the build says it. */
declare const WASM_FOLDER: string;

export async function loadEngine(): Promise<Answering> {
  const engine = await load({ url: new URL(WASM_FOLDER, import.meta.url) }).catch((error: unknown) => {
    throw new Error(moduleMissing(error instanceof Error ? error.message : String(error)));
  });
  let lab: Promise<Lab> | undefined;
  const begin = async (): Promise<Lab> => {
    const { Lab } = await import('./lab-requests.ts').catch(() => {
      throw new Error(cannotRun(partMissing()));
    });
    return new Lab(engine);
  };
  return {
    engine,
    lab: () => {
      lab ??= begin().catch((error: unknown) => {
        lab = undefined; /* the next one asks the network again */
        throw error;
      });
      return lab;
    },
  };
}
