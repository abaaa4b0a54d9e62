/**
 * The tests that a changed file affects: those that import it, directly or indirectly, and those that open a page that
 * does. Only texts are read: an import is any file name in an import statement, and a test opens a page if it contains
 * the page's name.
 */
import { posix } from 'node:path';
import { CHAPTERS } from '../../web/lesson/index.ts';

const { dirname, join, normalize } = posix;

/** Stands for everything that the modules are built from. */
const ENGINE = 'the engine';
/** What all chapters of the lesson have in common. */
const FRAME = 'web/lesson/frame.html';
const PAGES = [
  'index',
  'notebook',
  'glossary',
  'lab',
  'share',
  'teachers',
  'questions',
  'embed',
  'unrolled',
  ...CHAPTERS,
];
const PAGE = new RegExp(`\\b(${PAGES.join('|')})\\.html\\b`, 'g');
const isEngine = (file: string): boolean => /^(core|wasm\/browser)\/.*\.(c|h|in)$/.test(file);

function importsOf(file: string, text: string): string[] {
  const names = [
    ...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g),
    ...text.matchAll(/['"`](\/(?:web|wasm)\/[\w/.-]+\.ts)['"`]/g),
  ].map(([, name]) => (name as string).replace(/\?.*$/, ''));
  return names.flatMap((name) => {
    if (name.endsWith('build/js/unrolled.js')) return ['wasm/js/unrolled.ts'];
    if (/^\/(web|wasm)\//.test(name)) return [name.slice(1)];
    return name.startsWith('.') ? [normalize(join(dirname(file), name))] : [];
  });
}

/** A page is written in a file of its own; a chapter of the lesson in a file of the lesson, inside a frame. */
function sourcesOf(page: string): string[] {
  const chapter = page === 'index' ? CHAPTERS[0] : CHAPTERS.find((name) => name === page);
  return chapter ? [FRAME, `web/lesson/${chapter}.html`] : [`web/pages/${page}.html`];
}

/** The scripts and styles of a page. The frame of the chapters becomes a page beside the others. */
const partsOf = (file: string, text: string): string[] =>
  [...text.matchAll(/(?:src|href)="(\.{1,2}\/[\w/.-]+\.(?:ts|css))"/g)].map(([, name]) =>
    normalize(join(file === FRAME ? 'web/pages' : dirname(file), name as string)),
  );

/** The pages and fixtures that a test opens. */
function openedBy(test: string, text: string): string[] {
  const named = [...text.matchAll(PAGE)].map(([, name]) => name as string);
  const opened = [/\bopenLab\(/.test(text) && 'lab', /\bopenNotebook\(/.test(text) && 'notebook'];
  const chapters = /\bopenChapter\(/.test(text) ? CHAPTERS : [];
  const pages = [...named, ...opened, ...chapters].flatMap((name) => (name ? sourcesOf(name) : []));
  const home = pages.length === 0 && /serveSite|site\.url/.test(text) ? sourcesOf('index') : [];
  const figures = /figures\.m?js|rnn-figure|embed\.html|unrolled\.html|share\.html/.test(text)
    ? [
        'web/embed/main.ts',
        'web/embed/module.ts',
        'web/embed/engine-entry.ts',
        'web/embed/inflate.ts',
        'web/embed/no-shipped-data.ts',
      ]
    : [];
  const fixtures = [...text.matchAll(/tests\/web\/[\w-]+\.ts/g)].map(([name]) => name).filter((name) => name !== test);
  return [...pages, ...home, ...figures, ...fixtures];
}

/** For each test the files that it covers, including itself. texts: by path, all of tests, web and wasm/js. */
export function touchedBy(texts: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const next = (file: string): string[] => {
    const text = texts.get(file) ?? '';
    if (file === 'wasm/js/core.ts') return [ENGINE, ...importsOf(file, text)];
    if (file.endsWith('.html')) return partsOf(file, text);
    const opened = file.endsWith('.test.ts') ? openedBy(file, text) : [];
    return [...importsOf(file, text), ...opened];
  };
  const found = new Map<string, Set<string>>();
  for (const test of [...texts.keys()].filter((file) => file.endsWith('.test.ts'))) {
    const seen = new Set<string>();
    const rest = [test];
    for (let file = rest.pop(); file !== undefined; file = rest.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      rest.push(...next(file));
    }
    found.set(test, seen);
  }
  return found;
}

/** The tests that a change selects, those that cover the fewest files first. */
export function affected(changed: readonly string[], texts: ReadonlyMap<string, string>): string[] {
  const marks = changed.map((file) => (isEngine(file) ? ENGINE : file));
  return [...touchedBy(texts)]
    .filter(([, files]) => marks.some((mark) => files.has(mark)))
    .sort(([a, more], [b, less]) => more.size - less.size || a.localeCompare(b))
    .map(([test]) => test);
}
