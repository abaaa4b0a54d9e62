// Puts a table of days into a script: `import table from './table.csv?days'` is its text. A script holds the first date and
// counts on, and each column as one string: a character is the difference from the day before. Compressed, this is 40 % of
// the file.
import { readFileSync } from 'node:fs';

const QUERY = '?days';
const DAY = 86_400_000;
/** The first character after the quotation mark; the control characters from 127 on are skipped. */
const FIRST = 35;
const CONTROL = 127;
const AFTER = 161;

/** The date after a date. */
const next = (date) => new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);

/** A character for a whole number; numbers near 0 have the first ones, in the order 0, −1, 1, −2, 2. */
function character(number) {
  const code = FIRST + (number < 0 ? -2 * number - 1 : 2 * number);
  return String.fromCharCode(code < CONTROL ? code : code - CONTROL + AFTER);
}

/** The values of a column as differences, and how many decimals they have. */
function packed(values, name) {
  const digits = Math.max(...values.map((value) => value.split('.')[1]?.length ?? 0));
  let before = 0;
  const differences = values.map((value) => {
    if (Number(value).toFixed(digits) !== value)
      throw new Error(`${name}: ${value} has not the decimals of its column, which are ${digits}`);
    const whole = Math.round(Number(value) * 10 ** digits);
    const difference = whole - before;
    before = whole;
    return character(difference);
  });
  return { digits, differences: differences.join('') };
}

/** @returns {import('vite').Plugin} */
export const tables = () => ({
  name: 'tables',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith(`.csv${QUERY}`)) return undefined;
    const [header, ...lines] = readFileSync(id.slice(0, -QUERY.length), 'utf8').trimEnd().split('\n');
    const rows = lines.map((line) => line.split(','));
    rows.forEach(([date], i) => {
      if (i > 0 && date !== next(rows[i - 1][0])) throw new Error(`${id}: no day follows ${rows[i - 1][0]}`);
    });
    const columns = header
      .split(',')
      .map((_, column) => rows.map((row) => row[column]))
      .slice(1)
      .map((values) => packed(values, id));
    return `const values = (digits, differences) => {
  let whole = 0;
  return Array.from(differences, (character) => {
    const code = character.charCodeAt(0);
    const place = code - (code < ${CONTROL} ? ${FIRST} : ${FIRST + AFTER - CONTROL});
    whole += place % 2 ? (-1 - place) / 2 : place / 2;
    return (whole / 10 ** digits).toFixed(digits);
  });
};
const first = Date.parse('${rows[0][0]}');
const columns = [${columns.map(({ digits, differences }) => `values(${digits}, ${JSON.stringify(differences)})`)}];
const date = (row) => new Date(first + ${DAY} * row).toISOString().slice(0, 10);
export default '${header}\\n' + columns[0].map((_, row) => [date(row), ...columns.map((column) => column[row])] + '\\n').join('');`;
  },
});
