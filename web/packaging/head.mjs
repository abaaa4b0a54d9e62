// What the head of every page holds beside its title: the icon, and what a site shows that links to the page. Such a
// site asks for absolute addresses, which a build knows only if it is told: SITE=https://example.org/unrolled/
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const pages = resolve(import.meta.dirname, '../pages');

/** The icon for a page in one file, which fetches nothing. The other pages name a file, because each would be 180 bytes larger. */
export const iconLink = () => {
  const svg = readFileSync(resolve(pages, 'icon.svg'), 'utf8')
    .trim()
    .replace(/<title>.*<\/title>/, '')
    .replaceAll('"', "'");
  const address = svg.replace(/[<>#]/g, (mark) => encodeURIComponent(mark));
  return `<link rel="icon" href="data:image/svg+xml,${address}">`;
};

const PICTURE = 'social.png';

/** The address of the picture, which is beside the English pages. */
function pictureFrom(language) {
  const site = process.env.SITE;
  if (site) return new URL(PICTURE, site.endsWith('/') ? site : `${site}/`).href;
  return `${language === 'en' ? './' : '../'}${PICTURE}`;
}

/** The title and the description are those of the page, in its language. One element gives both descriptions. */
function preview(markup, language) {
  const [, title = ''] = /<title>([^<]*)<\/title>/.exec(markup) ?? [];
  return [
    `<meta property="og:title" content="${title.replaceAll('"', '&quot;')}">`,
    `<meta property="og:image" content="${pictureFrom(language)}">`,
    '<meta name="twitter:card" content="summary_large_image">',
  ].join('\n  ');
}

/** A plugin for Vite that completes the heads of the pages. */
export const head = (language) => ({
  name: 'head',
  transformIndexHtml: {
    order: 'post',
    handler: (markup) =>
      markup
        .replace('<meta name="description"', '<meta name="description" property="og:description"')
        .replace('</head>', () => `  <link rel="icon" href="./icon.svg">\n  ${preview(markup, language)}\n</head>`),
  },
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'icon.svg', source: readFileSync(resolve(pages, 'icon.svg')) });
    if (language !== 'en') return;
    this.emitFile({ type: 'asset', fileName: PICTURE, source: readFileSync(resolve(pages, PICTURE)) });
  },
});
