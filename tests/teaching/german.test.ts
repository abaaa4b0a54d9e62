// The German files of docs/teaching and the English ones: each paragraph has its counterpart with the same links and
// numbers, and headings, buttons and settings have the names that the German pages give them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { catalogueOf, pageIn } from '../../web/packaging/languages.mjs';
import { withTeaching } from '../../web/packaging/teaching.mjs';
import { root } from '../house/tree.ts';
import { FILES, read } from './links.ts';

// ------------------------------------------------------------------------------------------------ paragraphs

/** A heading, a paragraph, an item of a list, or a cell of a table. */
interface Part {
  place: string;
  text: string;
}

function partsOf(markdown: string): Part[] {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .flatMap((block, b): Part[] => {
      const heading = /^#+ /.exec(block)?.[0];
      if (heading) return [{ place: `block ${b}: ${heading}`, text: block.slice(heading.length) }];
      if (block.startsWith('|'))
        return block.split('\n').flatMap((row, r) =>
          row
            .split('|')
            .slice(1, -1)
            .map((cell, c) => ({ place: `block ${b}: row ${r}, column ${c}`, text: cell.trim() })),
        );
      if (/^(- |1\. )/.test(block))
        return block.split(/\n(?=- |\d+\. )/).map((item, i) => ({ place: `block ${b}: item ${i}`, text: item }));
      return [{ place: `block ${b}: paragraph`, text: block }];
    });
}

interface Pair {
  where: string;
  english: string;
  german: string;
}

/** Line breaks mean nothing, and no-break spaces only keep a number with its unit. */
const plain = (text: string): string => text.replace(/\s+/g, ' ');

const pairs: Pair[] = FILES.flatMap((file) => {
  const [english, german] = [partsOf(read(file)), partsOf(read(`de/${file}`))];
  return english.map(({ place, text }, i) => ({
    where: `${file}, ${place}`,
    english: plain(text),
    german: plain(german[i]?.text ?? ''),
  }));
});

/** What differs between the two, by a function of one text, which gets each English finding in German. */
function differences(
  find: (text: string) => string[],
  inGerman: (found: string) => string = (found) => found,
): string[] {
  return pairs.flatMap(({ where, english, german }) => {
    const wanted = find(english).map(inGerman).sort().join(' | ');
    const found = find(german).sort().join(' | ');
    return wanted === found ? [] : [`${where}: ${found}, not ${wanted}`];
  });
}

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

test('headings, paragraphs, lists and tables are the same, in the same order', () => {
  for (const file of FILES) {
    const places = (language: string): string[] => partsOf(read(language + file)).map(({ place }) => place);
    assert.ok(places('').length > 20);
    assert.deepEqual(places('de/'), places(''), file);
  }
  assert.deepEqual(
    pairs.filter(({ english, german }) => (english === '') !== (german === '')),
    [],
  );
});

// ------------------------------------------------------------------------------------------------ names

const withoutTags = (markup: string): string => plain(markup.replace(/<[^>]+>/g, '')).trim();

/** Headings, buttons, choices and settings of a page, in the order of its markup, which is that of each language. */
const namesOn = (markup: string): string[] =>
  [
    ...markup.matchAll(/<(h[1-3]|summary|button|option|strong)\b[^>]*>(.*?)<\/\1>/gs),
    ...markup.matchAll(/(class="setting"[^>]*>)(.*?)<(?:select|rnn-handle)/gs),
  ].map(([, , text = '']) => withoutTags(text));

/** Each name in English, and what the German page has in its place. */
function namesOfPage(path: string): Map<string, string> {
  const file = join(root, path);
  const markup = readFileSync(file, 'utf8');
  const german = namesOn(pageIn('de', file, markup));
  const english = namesOn(markup);
  assert.equal(german.length, english.length, path);
  return new Map(english.map((name, i) => [name, german[i] as string]));
}

/** The lab first, because the texts are about it; what the code says comes last. */
const names: Map<string, string>[] = [
  namesOfPage('web/pages/lab.html'),
  ...CHAPTERS.map((chapter) => namesOfPage(`web/lesson/${chapter}.html`)),
  ...['figures', 'controls', 'app'].map((folder) => new Map(Object.entries(catalogueOf('de', folder)))),
];

/** The German name, or undefined if no page has the English one. A text may give only the beginning of a long name. */
function germanName(english: string): string | undefined {
  for (const known of names) {
    const whole = known.get(english);
    if (whole !== undefined) return whole;
    const [, german] =
      [...known].find(([name]) => name.startsWith(`${english},`) || name.startsWith(`${english}:`)) ?? [];
    if (german !== undefined) return german.replace(/[,:].*$/, '');
  }
  return undefined;
}

/** Bold text that is the beginning of a sentence and no name. */
const SENTENCES = ['The student', 'The teacher', 'A link never contains a guess.'];

/** A caption with gaps: “After … epochs: right on …”. */
function caption(english: string): string | undefined {
  const [after = '', right = ''] = english.split(': ');
  const phrases = Object.entries(catalogueOf('de', 'app'));
  const [, epochs] = phrases.find(([phrase]) => phrase === after.replace('…', '{0}')) ?? [];
  const [, result] = phrases.find(([phrase]) => phrase.startsWith(right.replace('…', '{0} %'))) ?? [];
  return epochs && result && `${epochs.replace('{0}', '…')}: ${result.replace(/\{0\}.*$/, '…')}`;
}

/** A link with its heading: `lab.html#v=1&at=0` → **The training**. */
const LINK = /`[\w-]+\.html#v=1[^`…]*`(?: → \*\*[^*]+\*\*)?/g;
const headingIn = (link: string): string | undefined => /→ \*\*(.+)\*\*$/.exec(link)?.[1];
const linksIn = (text: string): string[] => text.match(LINK) ?? [];
const withoutLinks = (text: string): string => text.replaceAll(LINK, '');

test('links have the same state, and the heading that is there in German', () => {
  const inGerman = (link: string): string => {
    const heading = headingIn(link);
    if (heading === undefined) return link;
    const german = germanName(heading);
    assert.ok(german !== undefined, `no page has the heading “${heading}”`);
    return link.replace(heading, () => german);
  };
  assert.ok(pairs.flatMap(({ german }) => linksIn(german)).length > 150);
  assert.deepEqual(differences(linksIn, inGerman), []);
});

test('code is the same, but for the folder of the German pages in an address', () => {
  const site = 'https://example.org/rnn/';
  const code = (text: string): string[] => all(withoutLinks(text), /`([^`]+)`/g);
  const inGerman = (found: string): string => found.replace(site, `${site}de/`);
  assert.deepEqual(differences(code, inGerman), []);
});

/** Where a link of a file leads, and the place of the heading there, if it names one. */
function targetsIn(folder: string): (text: string) => string[] {
  return (text) =>
    all(text, /\]\(([^)]+)\)/g).map((target) => {
      const [file = '', fragment] = target.split('#');
      const path = join('docs/teaching', folder, file);
      const headings = readFileSync(join(root, path), 'utf8').match(/^#+ .*$/gm) ?? [];
      const place = headings.findIndex(
        (heading) => heading.replace(/^#+ /, '').toLowerCase().replaceAll(' ', '-') === fragment,
      );
      assert.equal(place >= 0, fragment !== undefined, `${path}: ${fragment}`);
      return `${path.replace('/de/', '/')} ${place}`;
    });
}

test('links to documents have the same targets', () => {
  const [english, german] = [targetsIn(''), targetsIn('de')];
  for (const pair of pairs) {
    assert.deepEqual(german(pair.german).sort(), english(pair.english).sort(), pair.where);
  }
});

test('a button, a setting or a heading in bold has its name on the German pages', () => {
  const bold = (text: string): string[] => all(withoutLinks(text), /\*\*([^*]+)\*\*/g);
  const unknown = pairs.flatMap(({ english }) => bold(english)).filter((name) => germanName(name) === undefined);
  assert.deepEqual(unknown.sort(), [...SENTENCES].sort());
  for (const { where, english, german } of pairs) {
    const found = bold(german);
    assert.equal(found.length, bold(english).length, where);
    for (const name of bold(english)) {
      const wanted = germanName(name);
      assert.ok(
        wanted === undefined || found.includes(wanted),
        `${where}: **${wanted}** is not in ${found.join(', ')}`,
      );
    }
  }
});

test('what is quoted from the pages is quoted as the German pages have it', () => {
  let named = 0;
  for (const { where, english, german } of pairs) {
    const quoted = all(english, /“([^”]+)”/g);
    const found = all(german, /„([^“]+)“/g);
    assert.equal(found.length, quoted.length, where);
    assert.doesNotMatch(german, /[”"]/, where);
    for (const name of quoted) {
      const wanted = germanName(name) ?? caption(name);
      if (wanted === undefined) continue; /* speech */
      named++;
      assert.ok(found.includes(wanted), `${where}: „${wanted}“ is not in ${found.join(', ')}`);
    }
  }
  assert.ok(named >= 7, String(named));
});

test('the answers to choose are those of the lab in German', () => {
  const phrases = Object.entries(catalogueOf('de', 'figures'));
  const choices = pairs.filter((_, i) => pairs[i - 1]?.english === 'right choice');
  assert.ok(choices.length >= 7);
  for (const { where, english, german } of choices) {
    if (!/[a-z]{3}/.test(english)) continue; /* a term of a sum */
    const number = english.replace(/^As many: /, '');
    const [, wanted] =
      phrases.find(([phrase]) => phrase === english || phrase === english.replace(number, '{0}')) ?? [];
    assert.equal(german, wanted?.replace('{0}', number), where);
  }
});

test('the page gives a part the heading that it has here', () => {
  const titles = catalogueOf('de', 'pages');
  const shared = pairs.filter(({ where, english }) => where.endsWith('## ') && english in titles);
  assert.ok(shared.length >= 6);
  for (const { where, english, german } of shared) assert.equal(german, titles[english], where);
});

// ------------------------------------------------------------------------------------------------ numbers and symbols

const withoutCode = (text: string): string => text.replaceAll(/`[^`]*`/g, '');

test('each number and each symbol of a paragraph is in the German one, and no others', () => {
  const numbers = (text: string): string[] =>
    withoutCode(text)
      .replaceAll(/(\d),(?=\d{3})/g, '$1') /* 1,000 is 1000 in German */
      .match(/\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|[a-zA-Z][₀-₉]+|∂L\/∂\w|\b[UVWhxtyB]\b|[●○✗−·=→]/g) ?? [];
  assert.ok(pairs.flatMap(({ german }) => numbers(german)).length > 500);
  const notIn = (text: string, found: string[]): string[] => {
    const rest = numbers(text);
    return found.filter((one) => {
      const i = rest.indexOf(one);
      if (i >= 0) rest.splice(i, 1);
      return i < 0;
    });
  };
  for (const { where, english, german } of pairs) {
    const isNumber = (one: string): boolean => /\d|[₀-₉]/.test(one);
    assert.deepEqual(notIn(german, numbers(english).filter(isNumber)), [], `${where}: missing`);
    assert.deepEqual(notIn(english, numbers(german).filter(isNumber)), [], `${where}: not in English`);
    for (const one of new Set(numbers(english)))
      if (!/[=]/.test(one)) assert.ok(numbers(german).includes(one), `${where}: ${one} is missing`);
  }
});

const WORDS: Record<string, RegExp> = {
  two: /zwei|beide/i,
  three: /drei/i,
  four: /vier/i,
  seven: /sieben/i,
  eight: /acht/i,
  nine: /neun/i,
  ten: /zehn/i,
  twelve: /zwölf/i,
  thirteen: /dreizehn/i,
  twenty: /zwanzig/i,
};

test('a number in words is in the German paragraph, too', () => {
  let found = 0;
  for (const { where, english, german } of pairs)
    for (const [word, wanted] of Object.entries(WORDS))
      if (new RegExp(`\\b${word}\\b`, 'i').test(english)) {
        found++;
        assert.match(german, wanted, where);
      }
  assert.ok(found > 30);
});

// ------------------------------------------------------------------------------------------------ German

test('nothing is left in English, and a number stays on one line with its unit', () => {
  for (const file of FILES) {
    const text = withoutCode(read(`de/${file}`));
    assert.deepEqual(text.match(/\b(the|and|of|with|press|is|are|after|epochs?|sequences?|steps?)\b/gi), null, file);
    assert.deepEqual(text.match(/\d (%|Pixel)/g), null, file);
    assert.deepEqual(text.match(/(?<!\[)\d,\d/g), null, `${file}: a decimal comma`);
  }
});

test('teachers are addressed as “Sie”, learners as “du”', () => {
  for (const file of ['README.md', 'answers.md'])
    assert.doesNotMatch(read(`de/${file}`), /\b(du|dein\w*|dir)\b/i, file);
  const questions = read('de/questions.md').split(/^## /m).slice(1).join('');
  assert.doesNotMatch(questions, /\b(Sie [a-zü]+en|Ihre?[mnrs]?)\b/);
  assert.doesNotMatch(questions, /\w+en Sie\b/);
});

test('a choice that is quoted beside its menu begins a choice of that menu, in both languages', () => {
  const file = join(root, 'web/pages/lab.html');
  for (const language of ['en', 'de']) {
    const lab = pageIn(language, file, readFileSync(file, 'utf8'));
    const menus = new Map(
      [...lab.matchAll(/>([^<>]+) <select [^>]*>(.*?)<\/select>/g)].map(([, name = '', choices = '']) => [
        name,
        all(choices, /<option[^>]*>([^<]*)/g),
      ]),
    );
    const quoted = [
      ...read(language === 'de' ? 'de/questions.md' : 'questions.md').matchAll(/\*\*([^*]+)\*\*, [“„]([^”“]+)/g),
    ].flatMap(([, name = '', choice = '']) => (menus.has(name) ? [[name, choice] as const] : []));
    assert.ok(quoted.length > 0, language);
    for (const [name, choice] of quoted)
      assert.ok(
        menus.get(name)?.some((text) => text.startsWith(choice)),
        `${name}: ${choice}`,
      );
  }
});

test('each question says what to hand in and how long it takes', () => {
  const questions = read('de/questions.md')
    .split(/^## /m)
    .filter((part) => /^\d/.test(part));
  assert.equal(questions.length, 12);
  const titles = (file: string): string[] => read(file).match(/^## \d.*$/gm) ?? [];
  assert.deepEqual(titles('de/answers.md'), titles('de/questions.md'));
  for (const part of questions)
    assert.match(part, /^\*Abzugeben:\* der Link .+ \*\d+ Minuten\.\*$/ms, part.split('\n')[0]);
});

test('the German page is made of the German files: the same links, parts and questions, and nothing marked as English', () => {
  const file = join(root, 'web/pages/teachers.html');
  const source = readFileSync(file, 'utf8');
  const [english, german] = [withTeaching(pageIn('en', file, source)), withTeaching(pageIn('de', file, source), 'de')];
  const marked = (page: string): string[] => page.match(/<(?:p|ul|table|article)[^>]* lang="\w+"/g) ?? [];
  assert.deepEqual(marked(german), []);
  const tags = (page: string): string[] =>
    (page
      .slice(page.indexOf('<main'))
      .match(/<(?:section|article|h\d|table|tr|td|th|ul|li|p|input)\b|(?:id|value)="[^"]*"/g) ?? []) as string[];
  assert.ok(tags(english).length > 900, String(tags(english).length));
  assert.deepEqual(tags(german), tags(english));
  const hrefs = (page: string): string[] => all(page.slice(page.indexOf('<main')), /href="([^"]*)"/g).sort();
  assert.deepEqual(hrefs(german), hrefs(english));
  assert.ok(hrefs(german).includes('#questions'));
  for (const question of ['Frage 1 drucken', 'Antwort zu Frage 12']) assert.ok(german.includes(question), question);
  const text = withoutTags(german.slice(german.indexOf('<main')).replaceAll(/<code>.*?<\/code>/g, ''));
  for (const { german: title } of pairs.filter(({ where }) => /questions\.md.*## $/.test(where)))
    assert.ok(text.includes(title) || title === 'Was abzugeben ist', title);
  assert.doesNotMatch(text, /\b(the|and|of|question|answer)\b/i);
});

test('a German handout stands alone: nothing in it refers to a question that it may lack', () => {
  for (const file of ['questions.md', 'answers.md'])
    assert.doesNotMatch(
      read(`de/${file}`)
        .split(/^(?=## )/m)
        .slice(1)
        .join(''),
      /Fragen? \d/,
      file,
    );
});

test('a plan names the questions that the button below it prints', () => {
  const handed = /Fragen ([\d und,]+) aus, die zu dieser Stunde/.exec(read('de/README.md'))?.[1];
  assert.equal(`Fragen ${handed} drucken`, catalogueOf('de', 'pages')['Print questions 5 and 11']);
});
