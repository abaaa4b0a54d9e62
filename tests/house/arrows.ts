// The allowed directions of includes and imports: web → wasm/js → wasm/browser → core/rnn.h and rnn_files.h,
// wasm/command → these two headers, and a fixed order of folders inside the core.
import { posix } from 'node:path';

const { dirname, join, normalize } = posix;

/** The public headers of the core, and the header that all its files include. */
const publicHeaders = ['core/rnn.h', 'core/rnn_files.h'];
const everyFile = 'core/internal.h';
/** In the library rnn a folder includes only itself and the folders before it. rnn_files includes none of them. */
const core = ['core/numeric', 'core/layers', 'core/training', 'core/data', 'core/model'];
/** The core does not allocate memory, open files, print, or read the clock, so these headers are enough. */
const coreHeaders = ['float.h', 'limits.h', 'math.h', 'stdbool.h', 'stddef.h', 'stdint.h', 'string.h'];
/** The packages that the pages may import. */
const packages = ['lit', 'd3-array', 'fflate', 'virtual:engine', 'virtual:lesson'];
/** The folders of the page, and the folders that each may import from; `shared` always. */
const pageFolders: Record<string, string[]> = {
  'web/pages': [
    'web/pages',
    'web/lesson',
    'web/symbols',
    'web/share',
    'web/embed',
    'web/app',
    'web/state',
    'web/worker',
  ],
  'web/share': ['web/share', 'web/embed', 'web/app', 'web/state', 'wasm/js'],
  'web/embed': [
    'web/embed',
    'web/lesson',
    'web/app',
    'web/figures',
    'web/picture',
    'web/state',
    'web/style',
    'web/worker',
    'wasm/js',
    /* as text, out of which a view is cut */
    'web/pages/lab.html',
    'web/pages/notebook.html',
  ],
  /* mount.ts begins the features of a page */
  'web/app': ['web/app', 'web/features', 'web/figures', 'web/controls', 'web/state', 'web/worker', 'wasm/js'],
  'web/features': ['web/features', 'web/app', 'web/controls', 'web/state', 'web/worker', 'wasm/js'],
  'web/lesson': ['web/lesson', 'web/app', 'web/state'],
  'web/worker': ['web/worker', 'web/figures', 'web/state', 'wasm/js', 'docs/data'],
  'web/charts': ['web/charts', 'web/style'],
  'web/controls': ['web/controls', 'web/picture', 'web/state', 'web/style', 'web/symbols'],
  'web/figures': ['web/figures', 'web/charts', 'web/controls', 'web/style', 'web/symbols', 'wasm/js'],
  'web/picture': ['web/picture', 'web/figures', 'web/style'],
  'web/shared': ['web/shared', 'web/charts', 'web/style', 'wasm/js'],
  'web/state': ['web/state', 'web/figures', 'wasm/js'],
  'web/style': ['web/style'],
  'web/symbols': ['web/symbols'],
};
/** The file of a figure that connects it to the page's state and to the worker, and what only this file may import. */
const FEED = /^web\/figures\/[\w-]+\/feed\.ts$/;
const forFeeds = ['web/app', 'web/state', 'web/worker'];

/** Every file of the page may import these. */
const everyones = ['web/shared'];

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

function includes(text: string): { name: string; system: boolean }[] {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]/gm)].map(([, mark, name]) => ({
    name: name as string,
    system: mark === '<',
  }));
}

function imports(text: string): string[] {
  const forms = [/\bfrom\s*['"]([^'"]+)['"]/g, /\bimport\s*['"]([^'"]+)['"]/g, /\bimport\(\s*['"]([^'"]+)['"]/g];
  return forms.flatMap((form) => [...text.matchAll(form)].map((match) => match[1] as string));
}

function includeAllowed(file: string, { name, system }: { name: string; system: boolean }): boolean {
  const folder = dirname(file);
  if (within(file, 'core/examples')) return system; // like a user's program: the installed headers and the C library
  if (within(file, 'core')) {
    if (system) return coreHeaders.includes(name);
    const target = normalize(join(folder, name));
    const own = core.indexOf(folder);
    const other = core.indexOf(dirname(target));
    if (folder === 'core') return target === 'core/rnn.h';
    if (folder === 'core/examples') return publicHeaders.includes(target);
    if (folder === 'core/files') return [...publicHeaders, everyFile].includes(target) || dirname(target) === folder;
    return target === everyFile || (own >= 0 && other >= 0 && other <= own);
  }
  if (!within(file, 'wasm')) return true;
  return system || !name.includes('/') || publicHeaders.includes(normalize(join(folder, name)));
}

function importAllowed(file: string, name: string): boolean {
  const local = name.startsWith('.') || name.startsWith('/');
  if (within(file, 'wasm/js'))
    return local ? within(normalize(join(dirname(file), name)), 'wasm/js') : name.startsWith('node:');
  if (!local) return packages.some((known) => name === known || name.startsWith(`${known}/`));
  const target = normalize(join(dirname(file), name.replace(/\?.*$/, '')));
  const few = Object.entries(pageFolders).find(([folder]) => within(file, folder))?.[1];
  const more = FEED.test(file) ? forFeeds : [];
  if (few) return [...few, ...everyones, ...more].some((folder) => within(target, folder));
  return within(target, 'web') || within(target, 'wasm/js');
}

/** The circles of imports among files, each listed once: a → b → a. texts: by file. */
export function circles(texts: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const follow = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const name of imports(texts.get(file) ?? ''))
      if (name.startsWith('.')) follow(normalize(join(dirname(file), name)), [...path, file]);
    done.add(file);
  };
  for (const file of texts.keys()) follow(file, []);
  return found;
}

/** One line for each include or import with a forbidden direction. */
export function wrongArrows(file: string, text: string): string[] {
  if (/\.[ch]$/.test(file))
    return includes(text)
      .filter((include) => !includeAllowed(file, include))
      .map(({ name }) => `${file} includes ${name}`);
  const tool = within(file, 'web/packaging');
  const page = within(file, 'web') && !tool && /\.(ts|js|mjs)$/.test(file);
  if (page || (within(file, 'wasm/js') && file.endsWith('.ts')))
    return imports(text)
      .filter((name) => !importAllowed(file, name))
      .map((name) => `${file} imports ${name}`);
  return [];
}
