/** A plugin for Rolldown and Vite. `load` returns undefined if the file is no table of days. */
export function tables(): {
  name: string;
  enforce: 'pre';
  load(id: string): string | undefined;
};
