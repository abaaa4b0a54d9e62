// Builds the pages in other languages: reads the catalogues, and replaces the words in the sources (a plugin for Vite).
// web/languages/README.md says how to add a language.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { translateCode, translateMarkup } from './words.mjs';

const web = resolve(import.meta.dirname, '..');
const catalogues = resolve(web, 'languages');

/**
 * The first is that of the sources; another has a folder of catalogues, whose pages.json names it: "English": "Deutsch".
 */
export const LANGUAGES = [
  'en',
  ...readdirSync(catalogues, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort(),
];

/** The catalogue of one folder of web/. */
export const catalogueNames = (language) =>
  readdirSync(resolve(catalogues, language))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5));
export const catalogueOf = (language, name) => {
  const file = resolve(catalogues, language, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};
/** The name of the catalogue that contains the words of a file. */
export const catalogueFor = (file) => {
  return relative(web, file).split(/[\\/]/)[0];
};

const nameOf = (language) => (language === 'en' ? 'English' : catalogueOf(language, 'pages').English);

/** Links to the same page in the other languages. `web/app/language.ts` adds the state to their addresses. */
function links(page, language) {
  const to = (other) => `${language === 'en' ? './' : '../'}${other === 'en' ? '' : `${other}/`}${page}`;
  return LANGUAGES.filter((other) => other !== language)
    .map(
      (other) =>
        `<a href="${to(other)}" lang="${other}" hreflang="${other}" data-language="${other}">${nameOf(other)}</a>`,
    )
    .join(' ');
}

/**
 * The key `file: phrase` has precedence over `phrase`, for a file that means something else by the same words. `file`
 * is its path inside the folder.
 */
export function translator(language, file) {
  const words = catalogueOf(language, catalogueFor(file));
  const here = relative(web, file).split(/[\\/]/).slice(1).join('/');
  const has = (key) => Object.hasOwn(words, key);
  return (phrase) =>
    has(`${here}: ${phrase}`) ? words[`${here}: ${phrase}`] : has(phrase) ? words[phrase] : undefined;
}

const translated = (language, file, markup) =>
  language === 'en' ? markup : translateMarkup(markup, translator(language, file));

const HEADER = resolve(web, 'pages/header.html');

/**
 * The header of every page, without the links to other languages. The link to `page` is marked: `current` is "page" for that
 * page itself and "true" for a part of it.
 */
export function header(language, page, current = 'page') {
  const [name, links] = readFileSync(HEADER, 'utf8')
    .trim()
    .split(/(?=<nav)/);
  const marked = links.replace(`href="./${page}"`, `$& aria-current="${current}"`);
  return translated(language, HEADER, name + marked);
}

/** The HTML of a page of web/ in this language. */
export const pageIn = (language, file, markup) =>
  translated(language, file, markup)
    .replace('<html lang="en">', `<html lang="${language}">`)
    .replace('<!-- header -->', () => header(language, basename(file)))
    .replace('<!-- languages -->', () => links(basename(file), language));

/** The main part of a page, without the indentation of its lines, which means something only in `<pre>`. */
const mainOf = (page) =>
  /<main[\s\S]*<\/main>/
    .exec(page)[0]
    .split(/(<pre[\s>][\s\S]*?<\/pre>)/)
    .map((part, i) => (i % 2 === 0 ? part.replace(/\n +/g, '\n') : part))
    .join('');

/** The core's sentences, which the code looks up by their English text. */
export const coreWords = (language) => ({
  CORE_WORDS: JSON.stringify(language === 'en' ? {} : catalogueOf(language, 'core')),
});

/** A plugin for Vite. It runs before every other plugin reads the sources. */
export const spoken = (language) => ({
  name: 'language',
  enforce: 'pre',
  transformIndexHtml: { order: 'pre', handler: (markup, { filename }) => pageIn(language, filename, markup) },
  load(id) {
    const [file, query] = id.split('?');
    return query === 'raw' && file.endsWith('.html')
      ? `export default ${JSON.stringify(mainOf(pageIn(language, file, readFileSync(file, 'utf8'))))};`
      : undefined;
  },
  transform(code, id) {
    const file = id.split('?')[0];
    if (language === 'en' || !file.startsWith(`${web}/`) || !file.endsWith('.ts')) return undefined;
    return { code: translateCode(code, translator(language, file)), map: null };
  },
});
