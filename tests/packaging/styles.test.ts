// Do the styles of elements have the same effect without their comments and spaces?
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tightStyles } from '../../web/packaging/styles.mjs';
import { root } from '../house/tree.ts';

const folder = join(root, 'web');
const { transform } = tightStyles();

test('no text in a style of an element holds what is taken out around it', () => {
  let styles = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.ts'),
  )) {
    for (const [css] of readFileSync(join(folder, name), 'utf8').matchAll(/\bcss`[^`]*`/g)) {
      styles++;
      const texts = css.replace(/\/\*[\s\S]*?\*\//g, '').match(/'[^'\n]*'|"[^"\n]*"|url\([^)]*\)/g) ?? [];
      assert.deepEqual(
        texts.filter((text) => /[{};,:]|\s\s|\/\*/.test(text)),
        [],
        name,
      );
    }
  }
  assert.ok(styles > 10);
});

test('comments, indentation and spaces around signs go, all else stays', () => {
  const code =
    'const styles = css`\n  /* why */\n  a:hover, b > c { color: rgb(1, 2, 3); width: calc(1px + 2px); }\n`;\nhtml`<p\n    class="x">a  b\n    c</p>`;';
  assert.deepEqual(transform(code, '/web/figures/x/element.ts'), {
    code: 'const styles = css` a:hover,b > c{color:rgb(1,2,3);width:calc(1px + 2px);}`;\nhtml`<p\n    class="x">a  b\n    c</p>`;',
    map: null,
  });
  assert.equal(transform(code, '/web/state/lab.ts'), undefined);
});
