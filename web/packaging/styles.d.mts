/** A plugin for Rolldown and Vite. `transform` answers undefined where it changes nothing. */
export function tightStyles(): {
  name: string;
  transform(code: string, id: string): { code: string; map: null } | undefined;
};
