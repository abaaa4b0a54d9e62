// Makes custom-elements.json (custom elements manifest, schema 1.0.0) from the elements' sources. The first comment of
// a file describes the element and its events, `static properties` and `declare` describe its properties.
import { readFileSync } from 'node:fs';

const one = (text) => text.replace(/\s+/g, ' ').trim();

/** The first comment of a file, without its stars. */
const headOf = (source) =>
  /^\/\*\*([\s\S]*?)\*\//
    .exec(source)?.[1]
    .replace(/^ \* ?/gm, '')
    .replace(/^\s*/, '') ?? '';

/**
 * Lines of the head that begin, indented, with an event's name; one line may hold several, and words may go on below.
 */
function eventsOf(head) {
  const events = [];
  let begun = false;
  for (const line of head.split('\n')) {
    if (/^ {3,}rnn-[a-z-]+/.test(line)) {
      const found = [...line.matchAll(/(?<![\w<])(rnn-[a-z-]+)(?: (\{[^}]*\}))?/g)];
      const last = found.at(-1);
      const words = one(line.slice(last.index + last[0].length));
      for (const [, name, detail] of found) events.push({ name, detail, words: found.length === 1 ? words : '' });
      begun = true;
    } else if (begun && /^ {6,}\S/.test(line)) events.at(-1).words = one(`${events.at(-1).words} ${line}`);
    else begun = false;
  }
  for (const [, name, detail] of head.matchAll(/Event[^:]*: (rnn-[a-z-]+) (\{[^}]*\})/g))
    events.push({ name, detail, words: '' });
  for (const [, name, detail] of head.matchAll(/event is that of[^:]*: (rnn-[a-z-]+) (\{[^}]*\})/g))
    events.push({ name, detail, words: '' });
  return events.map(({ name, detail, words }) => ({
    name,
    type: { text: `CustomEvent${detail ? `<${detail}>` : ''}` },
    ...(words && { description: words.replace(/^[:;,] /, '') }),
  }));
}

/** The type of a property and the comment above it. */
function declared(source, name) {
  const [, , comment = '', type = ''] =
    new RegExp(`\\n((?:  /\\*\\* ?([\\s\\S]*?)\\*/\\n)?)  declare (?:protected )?${name}: ([^;]+);`).exec(source) ?? [];
  const last = comment.includes('/**') ? comment.slice(comment.lastIndexOf('/**') + 3) : comment;
  return { type: one(type), description: one(last.replace(/^ {3}\* ?/gm, '')) };
}

function fieldsOf(source) {
  const [, list = ''] = /static override properties = \{([\s\S]*?)\n? ?\};/.exec(source) ?? [];
  return [...list.matchAll(/(\w+): \{([^}]*)\}/g)]
    .filter(([, , options]) => !options.includes('state: true'))
    .map(([, name, options]) => ({
      name,
      attribute: options.includes('attribute: false') ? undefined : name.toLowerCase(),
      ...declared(source, name),
    }));
}

const describe = (description) => (description ? { description } : {});

/** `attributes`: those that the element reads itself, without a property. */
export function moduleOf(file, path, cssProperties, attributes) {
  const source = readFileSync(file, 'utf8');
  const [, tagName] = /`<(rnn-[\w-]+)/.exec(source) ?? [];
  const [, name] = /export class (Rnn\w+)/.exec(source) ?? [];
  if (!tagName || !name) throw new Error(`${file} names no element`);
  const head = headOf(source);
  const fields = fieldsOf(source);
  const declaration = {
    kind: 'class',
    customElement: true,
    name,
    tagName,
    description: one(head.split(/\n\s*\n/)[0]),
    superclass: {
      name: /class \w+ extends (\w+)/.exec(source)?.[1] ?? 'HTMLElement',
      ...(source.includes('extends LitElement') && { package: 'lit' }),
    },
    members: fields.map(({ name: field, type, description, attribute }) => ({
      kind: 'field',
      name: field,
      ...(type && { type: { text: type } }),
      ...describe(description),
      ...(attribute && { attribute }),
    })),
    attributes:
      attributes?.map((attribute) => ({ name: attribute })) ??
      fields
        .filter(({ attribute }) => attribute)
        .map(({ name: fieldName, attribute, type, description }) => ({
          name: attribute,
          fieldName,
          ...(type && { type: { text: type } }),
          ...describe(description),
        })),
    events: eventsOf(head),
    cssProperties: [...new Set([...source.matchAll(/var\((--[a-z][\w-]*)/g)].map((match) => match[1]))]
      .concat(cssProperties)
      .filter((css, i, all) => !css.startsWith('--_') && all.indexOf(css) === i)
      .map((css) => ({ name: css })),
  };
  return {
    kind: 'javascript-module',
    path,
    declarations: [declaration],
    exports: [
      { kind: 'js', name, declaration: { name, module: path } },
      { kind: 'custom-element-definition', name: tagName, declaration: { name, module: path } },
    ],
  };
}
