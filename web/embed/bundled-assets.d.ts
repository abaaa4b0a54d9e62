declare module '*?raw' {
  const text: string;
  export default text;
}

declare module '*?inline' {
  const css: string;
  export default css;
}

/** Put together when the script is built (../packaging/figure-scripts.mjs). */
declare module 'virtual:engine' {
  type Modules = import('../worker/engines.ts').Modules;
  /** The engine's side, whole in itself: its text can begin a worker. */
  export function engine(): (opening: { modules?: Modules; lock?: string; port?: MessagePort }) => void;
  export function modules(): Modules;
}
