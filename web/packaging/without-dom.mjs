// What the elements read of the browser while they are imported. Where there is no document, as on a server that renders
// pages, these stand-ins make the import do nothing. Elsewhere, jsdom included, each name is the environment's own.

/** Every name counts as taken, so no element is defined. */
const TAKEN = { get: () => TAKEN };

export const HTMLElement = globalThis.HTMLElement ?? class {};
export const document = globalThis.document ?? { createTreeWalker: () => undefined };
export const customElements = globalThis.customElements ?? TAKEN;
export const CSSStyleSheet =
  globalThis.CSSStyleSheet ??
  class {
    replaceSync() {}
  };
export const navigator = globalThis.navigator ?? {};
/** Lit notes its versions here. */
export const window = globalThis.window ?? {};
export const addEventListener = globalThis.addEventListener ?? (() => undefined);
