// Puts the plans and the questions of docs/teaching, which are Markdown, into teachers.html while the page is built. It
// knows the part of Markdown that these files use, and refuses the rest.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LANGUAGES, pageIn } from './languages.mjs';

const folder = resolve(import.meta.dirname, '../../docs/teaching');
const labFile = resolve(import.meta.dirname, '../pages/lab.html');

/** What a link says for each heading of the lab, which may be written in any language of the pages. */
function headingsOfLab() {
  const markup = readFileSync(labFile, 'utf8');
  const found = LANGUAGES.flatMap((language) => [
    ...pageIn(language, labFile, markup).matchAll(/<(h[23]|summary)\b[^>]* id="([\w-]+)-title"[^>]*>(.*?)<\/\1>/g),
  ]);
  return new Map(found.map(([, , name, text]) => [text.replace(/<[^>]+>/g, ''), name]));
}
const HEADINGS = headingsOfLab();

/** The address of a link, which opens the lab at the heading. A chapter opens at its step by itself. */
function addressAt(address, heading) {
  if (heading === undefined || !address.startsWith('lab.html#')) return address;
  const name = HEADINGS.get(heading);
  if (name === undefined)
    throw new Error(`docs/teaching: expected a heading of the lab after ${address}, not "${heading}"`);
  return `${address}&amp;to=${name}`;
}

/** Where the page has what the files link to. Other files of the repository are not on the site. */
const ON_THE_PAGE = { 'questions.md': '#questions' };

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A link to a page of the site with the heading to scroll to, code, a link, bold text, or italic text. */
const MARKS =
  /`([\w-]+\.html#[^`…]*)`(?: → \*\*([^*]+)\*\*)?|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)|\*\*(.+?)\*\*|\*((?:[^*]|\*\*.+?\*\*)+)\*/g;

const marked = (text) =>
  text.replace(MARKS, (_, address, heading, code, name, target, bold, italic) => {
    if (address)
      return `<a class="live" href="${addressAt(address, heading)}">${heading ?? `<code>${address}</code>`}</a>`;
    if (code) return `<code>${code}</code>`;
    if (name) return ON_THE_PAGE[target] ? `<a href="${ON_THE_PAGE[target]}">${name}</a>` : name;
    return bold ? `<strong>${marked(bold)}</strong>` : `<em>${marked(italic)}</em>`;
  });

/** A line of text as markup. */
export const inline = (text) => marked(escaped(text.replace(/\s+/g, ' ').trim()));

const cellsOf = (line) => line.split('|').slice(1, -1).map(inline);

/** On a narrow screen each cell is a line of its own, with its column's heading before it. */
function table(lines) {
  const [heads = [], , ...rows] = lines.map(cellsOf);
  const head = heads.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const body = rows.map(
    (cells) =>
      `<tr>${cells.map((cell, i) => `<td data-column="${heads[i]}"${cell === '' ? ' class="empty"' : ''}>${cell}</td>`).join('')}</tr>`,
  );
  return `<table class="wide"><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function block(text) {
  if (/^(#|>|```|\d+\. |!\[| {4})/.test(text))
    throw new Error(`docs/teaching: expected a paragraph, a list with "-" or a table, not "${text.slice(0, 60)}"`);
  if (text.startsWith('|')) return table(text.split('\n'));
  if (!text.startsWith('- ')) return `<p>${inline(text)}</p>`;
  const items = text.slice(2).split(/\n- /);
  return `<ul>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`;
}

/** Paragraphs, lists and tables as markup. */
export const blocks = (text) =>
  text
    .trim()
    .split(/\n{2,}/)
    .map(block)
    .join('\n');

/** The parts of a file by their headings. */
function partsOf(file) {
  const [, ...parts] = readFileSync(resolve(folder, file), 'utf8').split(/^## /m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n'))]));
}

function partIn(file, title) {
  const text = partsOf(file).get(title);
  if (text === undefined) throw new Error(`docs/teaching/${file}: expected the heading "## ${title}"`);
  return blocks(text);
}

/** Each question, with a box that chooses it for the print, and its answer, which the page shows when asked to. */
function questions() {
  return [...partsOf('questions.md')]
    .filter(([title]) => /^\d/.test(title))
    .map(([title, text]) => {
      const number = Number.parseInt(title, 10);
      return `<article class="question" id="question-${number}">
<h3>${inline(title)}</h3>
<label class="choose"><input type="checkbox" value="${number}" checked> Print question ${number}</label>
${blocks(text)}
<div class="answer"><h4>Answer to question ${number}</h4>
${partIn('answers.md', title)}</div>
</article>`;
    })
    .join('\n');
}

/** The questions without the boxes and the key, on a page whose title is above them. */
const forTheClass = (articles) =>
  articles
    .replace(/<label class="choose">.*<\/label>\n|\n<div class="answer">[\s\S]*?<\/div>(?=\n<\/article>)/g, '')
    .replace(/<(\/?)h3>/g, '<$1h2>');

/** The parts as they are, or marked as English for a page in another language, whose voice would read them aloud. */
const spoken = (language, tags, text) =>
  language === 'en' ? text : text.replace(new RegExp(`^<(${tags})\\b`, 'gm'), '<$1 lang="en"');

/** Replaces comments such as `<!-- README.md: 45 minutes -->`, a file and a heading, and `<!-- questions -->`. */
export const withTeaching = (markup, language = 'en') =>
  markup
    .replace(/<!-- ([\w]+\.md): (.+?) -->/g, (_, file, title) => spoken(language, 'p|ul|table', partIn(file, title)))
    .replace('<!-- questions -->', () => spoken(language, 'article', questions()))
    .replace('<!-- questions for the class -->', () => forTheClass(spoken(language, 'article', questions())));

/** A plugin for Vite that completes the pages for teachers and for their class. */
export const teaching = (language) => ({
  name: 'teaching',
  transformIndexHtml: {
    order: 'pre',
    handler: (markup, { filename }) =>
      /\/(teachers|questions)\.html$/.test(filename) ? withTeaching(markup, language) : markup,
  },
});
