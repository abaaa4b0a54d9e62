/** How a table or a text was read, in the first line of the text that a link and the browser tab keep. */

import type { ImportForm } from './protocol.ts';

const MARK = '#unrolled ';

/** The choices in a line, and the text that was read below it. */
export const markedText = (form: ImportForm, text: string): string => `${MARK}${JSON.stringify(form)}\n${text}`;

/** The choices in the first line of a text that was kept, and the text below it. */
export function formOf(text: string | Uint8Array): { form: ImportForm; text: string } | undefined {
  if (typeof text !== 'string' || !text.startsWith(MARK)) return undefined;
  const end = text.indexOf('\n');
  try {
    const { kind, target, timesteps, columns } = JSON.parse(text.slice(MARK.length, end)) as Record<string, unknown>;
    if ((kind !== 'series' && kind !== 'text') || typeof timesteps !== 'number') return undefined;
    return {
      form: {
        ...{ kind, timesteps },
        ...(typeof target === 'string' && { target }),
        ...(Array.isArray(columns) && { columns: columns.filter((name) => typeof name === 'string') }),
      },
      text: text.slice(end + 1),
    };
  } catch {
    return undefined;
  }
}

/** The first line of a text that was kept, without the data; empty if it has no choices. */
export const choicesOf = (text: string): string => (text.startsWith(MARK) ? text.slice(0, text.indexOf('\n') + 1) : '');
