// Makes a page of each chapter in web/lesson: its markup inside the frame that all chapters share. The pages stand beside
// those in web/pages, in the build and in the development server, in every language.
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { CHAPTERS } from '../lesson/index.ts';
import { pageIn } from './languages.mjs';

const web = resolve(import.meta.dirname, '..');
const fileOf = (name) => resolve(web, 'lesson', `${name}.html`);

/** A chapter's markup and its title, which is the text of its first heading. */
function chapterIn(language, name) {
  const markup = pageIn(language, fileOf(name), readFileSync(fileOf(name), 'utf8'));
  const title = /<h1[^>]*>([^<]+)<\/h1>/.exec(markup)?.[1];
  if (!title) throw new Error(`${fileOf(name)}: expected a heading, <h1>…</h1>, whose text is the chapter's title`);
  return { markup, title };
}

function pageOf(language, name) {
  const { markup, title } = chapterIn(language, name);
  const links = CHAPTERS.map((other) => {
    const current = other === name ? ' aria-current="page"' : '';
    return `<a href="./${other}.html"${current}>${chapterIn(language, other).title}</a>`;
  });
  /* the links to other languages follow from the name of the page, and come when Vite reads it */
  const parts = { chapters: links.join(' '), chapter: markup, 'other languages': '<!-- languages -->' };
  const frame = pageIn(language, fileOf('frame'), readFileSync(fileOf('frame'), 'utf8'));
  return frame.replace('<title>', `<title>${title} · `).replace(/<!-- ([a-z ]+) -->/g, (_, part) => parts[part]);
}

/** What Vite builds beside the pages: files that do not exist, which the plugin below fills. */
export const chapterPages = CHAPTERS.map((name) => resolve(web, 'pages', `${name}.html`));

/** For Vite. */
export const lesson = (language) => ({
  name: 'lesson',
  enforce: 'pre',
  resolveId: (id) => (chapterPages.includes(id) ? id : undefined),
  load: (id) => (chapterPages.includes(id) ? pageOf(language, basename(id, '.html')) : undefined),
  configureServer(server) {
    server.middlewares.use(async ({ url = '/' }, response, next) => {
      const name = basename(url.split(/[?#]/)[0], '.html');
      if (!CHAPTERS.includes(name)) return next();
      response.setHeader('Content-Type', 'text/html');
      response.end(await server.transformIndexHtml(`/${name}.html`, pageOf(language, name)));
    });
  },
});
