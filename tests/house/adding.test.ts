// What docs/architecture.md promises: a figure is one folder and one line of a list, a chapter is one HTML file and one line.
// A copy of the project gets both, is checked and built, and its chapter is opened.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../../web/packaging/serve.mjs';
import { forEachBrowser } from '../web/harness.ts';
import { files, read, root } from './tree.ts';

const FIGURE = {
  'element.ts': `/** \`<rnn-toy>\`: one number of the moment. */

import { html, LitElement, type TemplateResult } from 'lit';
import { define } from '../../shared/define.ts';

export class RnnToy extends LitElement {
  static override properties = { weights: { type: Number } };
  declare weights: number | undefined;

  override render(): TemplateResult {
    return html\`<output>\${this.weights}</output>\`;
  }
}

define('rnn-toy', RnnToy);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-toy': RnnToy;
  }
}
`,
  'feed.ts': `/** How many weights the network of this moment has. */

import type { App } from '../../app/app.ts';
import './element.ts';
import type { RnnToy } from './element.ts';

export function feed(app: App, figure: RnnToy): void {
  app.runOf(figure).inspection.listen(({ moment }) => {
    figure.weights = moment.parameters.length;
  });
}
`,
  'about.ts': `/** How many weights a network has. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const toy: Figure = {
  selector: 'rnn-toy',
  room: [20, 20, 20],
  load: () => import('./feed.ts'),
  views: {
    toy: { parts: ['#place'], controls: [], height: [80, 80, 80], main: 'rnn-toy', walks: 'time', name: translate('Weights') },
  },
};
`,
};

const CHAPTER = `<h1>The weights of a network</h1>
<p>The layer has <b id="units" data-show="units"></b> units. <button type="button" class="button" id="three" data-set="units=3" data-undo>Give it 3</button></p>
<rnn-toy id="own"></rnn-toy>
<div data-run="units=4">
  <p>This one has <b id="other-units" data-show="units"></b>.</p>
  <rnn-toy id="other"></rnn-toy>
  <rnn-network></rnn-network>
</div>
`;

/** A SimpleRNN layer with one input, and a dense layer with one output, by hand. */
const weights = (units: number): number => units + units * units + units + units + 1;

const copy = mkdtempSync(join(tmpdir(), 'unrolled-adding-'));
const dist = join(copy, 'dist');
after(() => rmSync(copy, { recursive: true, force: true }));

function run(program: string, ...args: string[]): void {
  const PATH = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
  const env = { ...process.env, PATH, BUILD: 'build', DIST: dist, LANGUAGE: 'en' };
  execFileSync(program, args, { cwd: copy, encoding: 'utf8', env });
}

/** A file of the built site. */
const built = (name: string): string => readFileSync(join(dist, name), 'utf8');

/** Changes a file of the copy at a mark that has to be there. */
function replace(file: string, mark: string | RegExp, text: string): void {
  const given = readFileSync(join(copy, file), 'utf8');
  const changed = given.replace(mark, text);
  assert.notEqual(changed, given, `${file}: ${mark}`);
  writeFileSync(join(copy, file), changed);
}

before(() => {
  for (const file of [...files, 'web/shared/core-facts.ts']) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  cpSync(join(root, process.env.BUILD ?? 'build', 'js'), join(copy, 'build/js'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  mkdirSync(join(copy, 'web/figures/toy'));
  for (const [name, text] of Object.entries(FIGURE)) writeFileSync(join(copy, 'web/figures/toy', name), text);
  writeFileSync(join(copy, 'web/lesson/toy.html'), CHAPTER);
  replace('web/figures/index.ts', /(?=import type \{ Figure \})/, "import { toy } from './toy/about.ts';\n");
  replace('web/figures/index.ts', /\];\n$/, '  toy,\n];\n');
  replace('web/lesson/index.ts', /(?=\];\n$)/, "'toy'");
});

test('a figure and a chapter pass the type check', () => {
  run('tsc', '-p', '.');
});

test('a chapter becomes a page, and a figure a script that is loaded when it is used', () => {
  run('vite', 'build', '--logLevel', 'error');
  const page = readFileSync(join(dist, 'toy.html'), 'utf8');
  assert.match(page, /<title>The weights of a network · Unrolled<\/title>/);
  assert.match(page, /<a href="\.\/toy\.html" aria-current="page">The weights of a network<\/a>/);
  assert.doesNotMatch(page, /<!--/);
  const scripts = readdirSync(dist).filter((name) => name.endsWith('.js') && built(name).includes('rnn-toy'));
  const feed = scripts.filter((name) => /\.weights=\w+\.parameters\.length/.test(built(name)));
  assert.equal(feed.length, 1, `${scripts}`);
  assert.ok(!page.includes(feed[0] as string));
});

test('no other file has to be changed', () => {
  const now = readdirSync(copy, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(copy.length + 1))
    .filter((file) => !/^(build|dist|node_modules)\//.test(file) && file !== 'web/shared/core-facts.ts');
  assert.deepEqual(
    now.filter((file) => !files.includes(file) || readFileSync(join(copy, file), 'utf8') !== read(file)).sort(),
    [
      'web/figures/index.ts',
      ...Object.keys(FIGURE).map((name) => `web/figures/toy/${name}`),
      'web/lesson/index.ts',
      'web/lesson/toy.html',
    ].sort(),
  );
});

test('the figure is a view of <rnn-figure>', async () => {
  run('node', 'web/packaging/figure-scripts.mjs');
  const { isView, viewOf } = await import(join(copy, 'web/embed/views.ts'));
  assert.ok(isView('toy'));
  assert.deepEqual([viewOf('toy').name, viewOf('toy').walks], ['Weights', 'time']);
});

forEachBrowser('a chapter shows what the engine says, and its words change the network', async (tab) => {
  const site = await serve(dist);
  try {
    await tab.open(`${site.url}toy.html`);
    const shows = (units: number): Promise<void> =>
      tab.until(
        (number: string, text: string) =>
          document.querySelector('#units')?.textContent === text &&
          document.querySelector('#own')?.shadowRoot?.textContent?.trim() === number,
        String(weights(units)),
        String(units),
      );
    await shows(8);
    await tab.click('#three');
    await shows(3);
    await tab.click('.undo button');
    await shows(8);
    assert.equal(await tab.text('#other-units'), '4');
    await tab.until(
      (number: string) => document.querySelector('#other')?.shadowRoot?.textContent?.trim() === number,
      String(weights(4)),
    );
    await tab.until(() => document.querySelector('rnn-network')?.shadowRoot?.querySelector('.plot') !== null);
    await tab.open(`${site.url}embed.html#view=toy&units=5`);
    await tab.until(
      (number: string) =>
        document.querySelector('rnn-figure')?.shadowRoot?.querySelector('rnn-toy')?.shadowRoot?.textContent?.trim() ===
        number,
      String(weights(5)),
    );
    assert.deepEqual(tab.problems, []);
  } finally {
    await site.close();
  }
});
