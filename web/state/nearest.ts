/** Finds the name that was probably meant by a misspelled one. */

/**
 * The number of letters that differ, where two that changed places count once (Damerau and Levenshtein, as far as
 * single words need it).
 */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Infinity;
      row.push(
        Math.min(
          (rows[i - 1]?.[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (rows[i - 1]?.[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]),
          swapped,
        ),
      );
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Returns the name as it is written in `names`. */
export function nearestOf(names: readonly string[], name: string): string | undefined {
  const asked = letters(name);
  if (asked === '' || asked.length > 30) return undefined;
  const most = asked.length < 3 ? 0 : asked.length < 6 ? 1 : 2;
  const near = names
    .map((known) => ({ known, away: distance(asked, letters(known)) }))
    .reduce((best, one) => (one.away < best.away ? one : best), { known: '', away: most + 1 });
  return near.away <= most ? near.known : undefined;
}
