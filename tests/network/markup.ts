/** The markup of a template. */
export function markup(template: unknown): string {
  if (template === null || template === undefined || typeof template === 'symbol') return '';
  if (Array.isArray(template)) return template.map(markup).join('');
  if (typeof template !== 'object') return String(template);
  // Listeners are left out.
  if (!('strings' in template)) return '';
  const { strings, values } = template as { strings: string[]; values: unknown[] };
  return strings.map((part, k) => part + (k < values.length ? markup(values[k]) : '')).join('');
}
