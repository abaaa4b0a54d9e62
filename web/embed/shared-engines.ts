/**
 * Engines for all figures of a page: a few workers that the figures share, started from the script's own text, or the
 * page itself if workers are refused.
 */

import { engine, modules } from 'virtual:engine';
import { type Connect, Engines, type Modules } from '../worker/engines.ts';
import { trusted } from '../shared/trusted.ts';

const MOST = 4;

let unpacked: Modules | undefined;

function worker(): Worker {
  const url = URL.createObjectURL(
    new Blob([`const receive = (${engine})(); onmessage = ({ data }) => receive(data);`], { type: 'text/javascript' }),
  );
  try {
    return new Worker(trusted().createScriptURL(url), { name: 'unrolled' });
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

const most = Math.min(MOST, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));

export const sharedEngine: Connect = new Engines(
  { worker, page: engine, modules: () => (unpacked ??= modules()) },
  most,
).shared;
