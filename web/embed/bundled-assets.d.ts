declare module '*?raw' {
  const text: string;
  export default text;
}

declare module '*?inline' {
  const css: string;
  export default css;
}

/** Put together when the script is built (vite.figures.config.ts). */
declare module 'virtual:engine' {
  /** The engine's side, whole in itself: its text can begin a worker. */
  export function engine(): (opening: {
    modules?: { network: Uint8Array; files: Uint8Array };
    lock?: string;
    port?: MessagePort;
  }) => void;
  /** The modules, deflated, in base64. */
  export const network: string;
  export const files: string;
}
