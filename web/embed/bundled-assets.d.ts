declare module '*?raw' {
  const text: string;
  export default text;
}

declare module '*?inline' {
  const css: string;
  export default css;
}

/** The lesson's texts (../packaging/lesson.mjs). */
declare module 'virtual:lesson' {
  /** The main part of a chapter's page, with comments where the chapter's own parts stand. */
  export const frame: string;
  /** In reading order. `steps`: their headings. */
  export const chapters: readonly { name: string; markup: string; title: string; steps: readonly string[] }[];
}

/** Assembled when the script is built (../packaging/figure-scripts.mjs). */
declare module 'virtual:engine' {
  type Modules = import('../worker/engines.ts').Modules;
  /** The engine's side. It refers to nothing outside, so a worker can be started from its text. */
  export function engine(): (opening: { modules?: Modules; lock?: string; port?: MessagePort }) => void;
  export function modules(): Modules;
}
