/**
 * Starts the engines of the lab and of the notebook: a worker for each connection, or the page itself if no worker can
 * be started.
 */

import { trusted } from '../shared/trusted.ts';
import { partMissing } from '../shared/shared-sentences.ts';
import { type Connect, Engines } from './engines.ts';
import address from './worker.ts?worker&url';

export const ownWorker = (): Connect =>
  new Engines({
    worker: () => new Worker(trusted().createScriptURL(address), { type: 'module' }),
    page: async () => {
      const { engineOnPage } = await import('./page-engine.ts').catch(() => {
        throw new Error(partMissing());
      });
      return engineOnPage();
    },
  }).own;
