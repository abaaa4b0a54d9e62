/** How a file is saved, and the link to what is shown. */

import type { LabStore } from './dom.ts';

export function save(name: string, content: string | Uint8Array | Blob, type = ''): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content as BlobPart], { type: type || (content instanceof Blob ? content.type : '') }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export const linkOf = (store: LabStore): string => new URL(store.address || location.pathname, location.href).href;
