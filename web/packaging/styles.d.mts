/** A plugin for Rolldown and Vite. `transform` returns undefined if it changes nothing. */
export function tightStyles(): {
  name: string;
  transform(code: string, id: string): { code: string; map: null } | undefined;
};
export function fixedSizes(): { name: string; renderChunk(code: string): { code: string; map: null } };
