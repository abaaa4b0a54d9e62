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

export function trusted(): Policy {
  made ??= (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('unrolled', plain) ?? plain;
  return made;
}
