// Makes a page of each chapter in web/lesson: its markup inside the frame that all chapters share. In the build and in
// the development server the pages are beside those of web/pages, in every language.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { CHAPTERS } from '../lesson/index.ts';
import { GLOSSARY } from '../symbols/lesson-words.ts';
import { header, pageIn, translator } from './languages.mjs';
import { withUnits } from './units.mjs';

const web = resolve(import.meta.dirname, '..');
const fileOf = (name) => resolve(web, 'lesson', `${name}.html`);
/** The name of a chapter's page. The first chapter is the first page of the site. */
export const pageName = (name) => (name === CHAPTERS[0] ? 'index' : name);
const chapterOf = (page) => (page === 'index' ? CHAPTERS[0] : page);

/** The committed pictures, `chapter.step.figure.svg`. `make stills` takes them. */
const folder = resolve(web, 'lesson/pictures');
const pictures = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.svg'))
      .sort()
  : [];

const textOf = (markup) =>
  markup
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A line may break between a button or a handle and the sign after it, unless both are in one box. */
const keptTogether = (markup) =>
  markup.replace(
    /(?:<button type="button" data-set=[^>]*>[^<]*<\/button>|<rnn-handle [^>]*><\/rnn-handle>)[.,:;]/g,
    (words) => `<span class="kept-together">${words}</span>`,
  );

/**
 * Each reply of a guess gets the words of its choice. Paper shows all replies, and without these words a reply to a wrong
 * choice reads like a statement of the text.
 */
const withChoices = (markup) =>
  markup.replace(/<form[^>]*\sdata-guess=.*?<\/form>/gs, (form) =>
    form.replace(/<p data-reply="([^"]*)"/g, (reply, value) => {
      const words = form.split(`<input type="radio" value="${value}">`)[1]?.split('</label>')[0];
      if (words === undefined) return reply;
      return `${reply} data-choice="${textOf(words).replace(/\.$/, '').replaceAll('"', '&quot;')}"`;
    }),
  );

/**
 * A chapter's markup, its title and the headings of its steps. The title is the text of the first heading, unless a
 * paragraph of the class `chapter-title` gives another one.
 */
function chapterIn(language, name, pictured = true) {
  const markup = withChoices(
    withUnits(keptTogether(pageIn(language, fileOf(name), readFileSync(fileOf(name), 'utf8')))),
  );
  const title = (/<p class="chapter-title">(.+?)<\/p>/s.exec(markup) ?? /<h1[^>]*>(.+?)<\/h1>/s.exec(markup))?.[1];
  if (!title) throw new Error(`${fileOf(name)}: expected a heading, <h1>…</h1>, whose text is the chapter's title`);
  const steps = [...markup.matchAll(/<section[^>]*\sdata-step="[^"]*"[^>]*>(.*?)<\/section>/gs)].map(([, step]) =>
    textOf(/<h2[^>]*>(.+?)<\/h2>/s.exec(step)?.[1] ?? title),
  );
  const lead = textOf(/<p class="lead">(.+?)<\/p>/s.exec(markup)?.[1] ?? title);
  return { markup: pictured ? withPictures(language, name, markup) : markup, title: textOf(title), steps, lead };
}

/** The title and the description in a saved picture. A screen reader says the same about the live figure. */
function alternativeOf(file) {
  const picture = readFileSync(resolve(folder, file), 'utf8');
  const [title, description] = ['title', 'desc'].map(
    (part) => new RegExp(`<${part}>(.+?)</${part}>`, 's').exec(picture)?.[1],
  );
  if (!title || !description)
    throw new Error(`${file}: expected <title> and <desc>. make stills takes the picture anew`);
  return `${title}. ${description}`.replaceAll('"', '&quot;');
}

/** Adds a step's committed pictures, which are in English, to its text, for paper and for browsers without JavaScript. */
function withPictures(language, name, markup) {
  const spoken = language === 'en' ? '' : ' lang="en"';
  let step = 0;
  return markup.replace(/(<section[^>]*\sdata-step="[^"]*"[^>]*>)(.*?)<\/section>/gs, (_, open, text) => {
    const shown = pictures.filter((file) => file.startsWith(`${name}.${step + 1}.`));
    step++;
    const stills = shown.map(
      (file) =>
        `<img class="still" src="../lesson/pictures/${file}" alt="${alternativeOf(file)}"${spoken} loading="lazy">`,
    );
    return `${open}${text}${stills.join('')}</section>`;
  });
}

function pageOf(language, name) {
  const { markup, title, steps, lead } = chapterIn(language, name);
  const at = CHAPTERS.indexOf(name);
  const others = CHAPTERS.map((other) => ({ page: `./${pageName(other)}.html`, ...chapterIn(language, other) }));
  const [before, after] = [others[at - 1], others[at + 1]];
  const link = (address) => (address ? `href="${address}"` : 'hidden');
  /* The links to other languages are added when Vite reads the page, because they depend on its name. */
  const parts = {
    description: lead,
    number: at + 1,
    chapters: CHAPTERS.length,
    contents: others
      .map((other, i) => `<li><a href="${other.page}"${i === at ? ' aria-current="page"' : ''}>${other.title}</a></li>`)
      .join(''),
    chapter: markup,
    'after title': after?.title ?? '',
    steps: steps
      .map(
        (step, i) =>
          `<li><a href="#v=1&amp;lesson=${i + 1}" data-set="lesson=${i + 1}" aria-label="${i + 1}: ${step}" title="${step}"></a></li>`,
      )
      .join(''),
    'chapter header': header(language, 'index.html', 'true'),
  };
  const frame = pageIn(language, fileOf('frame'), readFileSync(fileOf('frame'), 'utf8'));
  const heading = textOf(/<h1[^>]*>(.+?)<\/h1>/s.exec(markup)?.[1] ?? title);
  return frame
    .replace('<title>Unrolled', at === 0 ? `<title>Unrolled: ${heading}` : `<title>${title} · Unrolled`)
    .replace(' data-first', at === 0 ? ' data-first' : '')
    .replace('href="#before"', link(before && `${before.page}#v=1&amp;lesson=${before.steps.length}`))
    .replace('href="#after"', link(after?.page))
    .replace(/<!-- ([a-z ]+) -->/g, (whole, part) => parts[part] ?? whole);
}

const MODULE = 'virtual:lesson';

/**
 * A plugin that supplies `virtual:lesson`, the lesson for `<rnn-figure view="lesson">`: the main part of the frame, and the
 * chapters without the committed pictures.
 */
export const lessonModule = (language) => ({
  name: 'lesson-module',
  resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
  load(id) {
    if (id !== `\0${MODULE}`) return undefined;
    const page = pageIn(language, fileOf('frame'), readFileSync(fileOf('frame'), 'utf8'));
    const frame = /<main[\s\S]*<\/main>/.exec(page)[0];
    const chapters = CHAPTERS.map((name) => {
      const { markup, title, steps } = chapterIn(language, name, false);
      return { name, markup: markup.replace(/\n\s+/g, '\n'), title, steps };
    });
    return `export const frame = ${JSON.stringify(frame)};\nexport const chapters = ${JSON.stringify(chapters)};`;
  },
});

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The words of the lesson in alphabetical order. */
function glossaryIn(language) {
  const words = translator(language, resolve(web, 'symbols/lesson-words.ts'));
  const said = (text) => (language === 'en' ? text : (words(text) ?? text));
  return Object.values(GLOSSARY)
    .map(({ name, text, keras }) => ({ name: said(name), text: said(text), keras: said(keras) }))
    .sort((a, b) => a.name.localeCompare(b.name, language))
    .map(({ name, text, keras }) => {
      const inKeras = keras === '' ? '' : ` <code>${escaped(keras)}</code>`;
      return `<div><dt>${escaped(name)}</dt><dd>${escaped(text)}${inKeras}</dd></div>`;
    })
    .join('\n');
}

/** Entries for Vite in addition to the pages. These files do not exist: the plugin below supplies their text. */
export const chapterPages = CHAPTERS.map((name) => resolve(web, 'pages', `${pageName(name)}.html`));

/** A plugin for Vite that supplies the chapters' pages. */
export const lesson = (language) => ({
  name: 'lesson',
  enforce: 'pre',
  resolveId: (id) => (chapterPages.includes(id) ? id : undefined),
  transformIndexHtml: {
    order: 'pre',
    handler: (markup) => markup.replace('<!-- glossary -->', () => glossaryIn(language)),
  },
  load: (id) => (chapterPages.includes(id) ? pageOf(language, chapterOf(basename(id, '.html'))) : undefined),
  configureServer(server) {
    server.middlewares.use(async ({ url = '/' }, response, next) => {
      const page = basename(url.split(/[?#]/)[0], '.html') || 'index';
      if (!CHAPTERS.includes(chapterOf(page))) return next();
      response.setHeader('Content-Type', 'text/html');
      response.end(await server.transformIndexHtml(`/${page}.html`, pageOf(language, chapterOf(page))));
    });
  },
});
