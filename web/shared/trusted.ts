/**
 * A page that requires trusted types may allow a policy of this name. It is used only for what was made here: the
 * pages' own markup and the engine's address.
 */

interface Policy {
  createHTML(text: string): string;
  createScriptURL(url: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

const same = (text: string): string => text;
const plain: Policy = { createHTML: same, createScriptURL: same };
let made: Policy | undefined;

/** Undefined where the page forbids it. A page may allow its default policy alone, which then checks every text. */
function ownPolicy(): Policy | undefined {
  try {
    return (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('unrolled', plain);
  } catch {
    return undefined;
  }
}

export function trusted(): Policy {
  made ??= ownPolicy() ?? plain;
  return made;
}
