// Puts a table of days into a script: `import table from './table.csv?days'` is its text. The dates of days that follow each
// other make up a third of a compressed table, so the script holds the first one and counts on.
import { readFileSync } from 'node:fs';

const QUERY = '?days';
const DAY = 86_400_000;

/** The date after a date. */
const next = (date) => new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);

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
    const numbers = rows.map(([, ...values]) => values.join()).join('\n');
    return `const first = Date.parse('${rows[0][0]}');
const date = (row) => new Date(first + ${DAY} * row).toISOString().slice(0, 10);
export default '${header}\\n' + ${JSON.stringify(numbers)}.replace(/^/gm, ((row) => () => date(row++) + ',')(0)) + '\\n';`;
  },
});
