// Puts the plans and the questions of docs/teaching, which are Markdown, into teachers.html while the page is built. It
// knows the part of Markdown that these files use, and refuses the rest.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LANGUAGES, pageIn } from './languages.mjs';
import { withEquations, withUnits } from './units.mjs';

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

/** True if docs/teaching has the files in this language; `de/` has them in German. */
const isWritten = (language) => language !== 'en' && existsSync(resolve(folder, language));

/** The parts of a file in their order, each with its heading. */
const partsOf = (file) =>
  readFileSync(resolve(folder, file), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((part) => ({ title: part.slice(0, part.indexOf('\n')), text: part.slice(part.indexOf('\n')) }));

/** The parts in this language by their headings in English: in each language they have the same order. */
function partsIn(language, file) {
  const english = partsOf(file);
  const parts = isWritten(language) ? partsOf(`${language}/${file}`) : english;
  if (parts.length !== english.length)
    throw new Error(
      `docs/teaching/${language}/${file}: expected ${english.length} headings "##" as in English, not ${parts.length}`,
    );
  return new Map(english.map(({ title }, i) => [title, parts[i]]));
}

function partIn(language, file, title) {
  const part = partsIn(language, file).get(title);
  if (part === undefined) throw new Error(`docs/teaching/${file}: expected the heading "## ${title}"`);
  return blocks(part.text);
}

/** What the page says around each question. */
const AROUND = {
  en: { print: (number) => `Print question ${number}`, answer: (number) => `Answer to question ${number}` },
  de: { print: (number) => `Frage ${number} drucken`, answer: (number) => `Antwort zu Frage ${number}` },
};

/** Each question, with a box that chooses it for the print, and its answer, which the page shows when asked to. */
function questions(language) {
  const around = AROUND[isWritten(language) ? language : 'en'];
  return [...partsIn(language, 'questions.md')]
    .filter(([english]) => /^\d/.test(english))
    .map(([english, { title, text }]) => {
      const number = Number.parseInt(english, 10);
      return `<article class="question" id="question-${number}">
<h3>${inline(title)}</h3>
<label class="choose"><input type="checkbox" value="${number}" checked> ${around.print(number)}</label>
${blocks(text)}
<div class="answer"><h4>${around.answer(number)}</h4>
${partIn(language, 'answers.md', english)}</div>
</article>`;
    })
    .join('\n');
}

/** The questions without the boxes and the key, on a page whose title is above them. */
const forTheClass = (articles) =>
  articles
    .replace(/<label class="choose">.*<\/label>\n|\n<div class="answer">[\s\S]*?<\/div>(?=\n<\/article>)/g, '')
    .replace(/<(\/?)h3>/g, '<$1h2>');

/** Parts that are not written in the page's language are marked as English for its voice, which reads them aloud. */
const spoken = (language, tags, text) =>
  language === 'en' || isWritten(language) ? text : text.replace(new RegExp(`^<(${tags})\\b`, 'gm'), '<$1 lang="en"');

/** The units of plans and questions, in the languages that docs/teaching has. */
const UNITS = 'minutes|pixels|Minuten|Pixeln?';

/** Replaces comments such as `<!-- README.md: 45 minutes -->`, a file and a heading, and `<!-- questions -->`. */
export const withTeaching = (markup, language = 'en') =>
  withEquations(
    withUnits(
      markup
        .replace(/<!-- ([\w]+\.md): (.+?) -->/g, (_, file, title) =>
          spoken(language, 'p|ul|table', partIn(language, file, title)),
        )
        .replace('<!-- questions -->', () => spoken(language, 'article', questions(language)))
        .replace('<!-- questions for the class -->', () =>
          forTheClass(spoken(language, 'article', questions(language))),
        ),
      UNITS,
    ),
  );

/** A plugin for Vite that completes the pages for teachers and for their class. */
export const teaching = (language) => ({
  name: 'teaching',
  transformIndexHtml: {
    order: 'pre',
    handler: (markup, { filename }) =>
      /\/(teachers|questions)\.html$/.test(filename) ? withTeaching(markup, language) : markup,
  },
});
