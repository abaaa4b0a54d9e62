// Collects the packages in a bundle and their licenses while the bundle is made, so that none is forgotten.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const OWN = `Unrolled
========

The programs are under the license below. Texts and pictures of the pages and of docs/ are under the Creative Commons Attribution 4.0
International license: https://creativecommons.org/licenses/by/4.0/. Pictures that you save of your own networks are yours.

`;

/** The license of functions such as memcpy, which Emscripten compiles into the modules. */
const LIBC = `musl, Emscripten's system library (in the .wasm files)
======================================================

Copyright (c) 2005-2020 Rich Felker, et al.
Copyright (c) 2010-2026 Emscripten authors, see Emscripten's AUTHORS file.

Both are under the MIT license, whose text is that of Unrolled's own license above but for the names.
`;

/**
 * Matches the folder of a package in the path of its file: `node_modules/@scope/name/file`, also inside another
 * package.
 */
const folderOf = (id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replace(/^\0/, ''))?.[1];

/** A plugin for Rolldown that adds the folder of each package in a bundle to `packages`. */
export const noted = (packages) => ({
  name: 'licenses',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle))
      for (const id of chunk.moduleIds ?? []) if (folderOf(id)) packages.add(folderOf(id));
  },
});

/** The text of LICENSES.txt. @throws Error for a package without one. */
export function licenses(packages, ownLicense) {
  const texts = [...packages].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name}: no license in ${folder}`);
    const title = `${name} ${version} (${license})`;
    return [name, `${title}\n${'='.repeat(title.length)}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`];
  });
  texts.sort(([a], [b]) => (a < b ? -1 : 1));
  return [OWN + ownLicense.trim() + '\n', ...texts.map(([, text]) => text), LIBC].join('\n\n');
}
