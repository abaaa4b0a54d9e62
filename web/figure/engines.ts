/** Engines for all figures of a page: a few workers that figures share, each begun from the script's own text, or the page itself where workers are refused. */

import { inflateSync } from 'fflate';
import { engine, wasm } from 'virtual:engine';
import { type Connect, Engines } from '../worker/engines.ts';
import { trusted } from '../trusted.ts';

const MOST = 4;

let module: Uint8Array | undefined;
function bytes(): Uint8Array {
  module ??= inflateSync(Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0)));
  return module;
}

function worker(): Worker {
  const url = URL.createObjectURL(new Blob([`const receive = (${engine})(); onmessage = ({ data }) => receive(data);`], { type: 'text/javascript' }));
  try {
    return new Worker(trusted().createScriptURL(url), { name: 'unrolled' });
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

const most = Math.min(MOST, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));

export const sharedEngine: Connect = new Engines({ worker, page: engine, bytes }, most).shared;
