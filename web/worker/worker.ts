/** The worker of a page: one line, an engine of its own. */

import { load } from '../../wasm/js/unrolled.ts';
import type { Lab } from './lab.ts';
import { LEAN } from './protocol.ts';
import { serve } from './serve.ts';

/** Where the modules are, from here; the build says it. */
declare const WASM_FOLDER: string;

const answering = load({ lean: self.name === LEAN, url: new URL(WASM_FOLDER, import.meta.url) }).then((engine) => {
  let lab: Promise<Lab> | undefined;
  const begin = async (): Promise<Lab> => new (await import('./lab.ts')).Lab(engine);
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
});

serve(self, answering);
