// Completes the types of the npm package: what lies in `types/` for `<rnn-figure>`, for React and for Vue. No type needs
// another package, except those for React and for Vue.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const own = join(import.meta.dirname, 'types');

/** The views, and the properties for the fields of the state, by the fields' keys. */
const fieldTypes = (fields, views) => `export type FigureView = ${views.map((name) => `'${name}'`).join(' | ')};

/** The value of an attribute. It is written as text; undefined and null remove the attribute. */
export type AttributeValue = string | number | boolean | null | undefined;

/** The fields of the state, by their keys: docs/addresses.md describes them. */
export interface FigureFields {
${fields.map((key) => `  ${key}?: AttributeValue;\n`).join('')}}

/** The text of each attribute, or null. */
export interface FieldProperties {
${fields.map((key) => `  get ${key}(): string | null;\n  set ${key}(value: AttributeValue);\n`).join('')}}
`;

function everyType(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}

/** `out`: the folder of the package, which has the compiler's types. `fields`: the keys of the fields of the state. */
export function writeTypes(out, fields, views) {
  for (const name of ['figures', 'react', 'vue']) {
    const text = readFileSync(join(own, `${name}.d.ts`), 'utf8');
    writeFileSync(join(out, `${name}.d.ts`), text.replaceAll("'../../shared/", "'./types/web/shared/"));
  }
  copyFileSync(join(own, 'lit.d.ts'), join(out, 'types/lit.d.ts'));
  writeFileSync(join(out, 'figure-fields.d.ts'), fieldTypes(fields, views));
  for (const file of everyType(out)) {
    const lit = relative(dirname(file), join(out, 'types/lit.js'));
    const text = readFileSync(file, 'utf8')
      .replace(
        /(from |import\()(['"])lit(?:-html)?(?:\/directive\.js)?\2/g,
        `$1$2${lit.startsWith('.') ? lit : `./${lit}`}$2`,
      )
      .replace(/((?:from |import |import\()['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js');
    writeFileSync(file, text);
  }
}
